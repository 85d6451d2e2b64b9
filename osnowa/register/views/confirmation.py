"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def ask(request, **words):
    raise Http404


@public()
def answer(request, **words):
    raise Http404


@public()
def campaign(request, **words):
    raise Http404
