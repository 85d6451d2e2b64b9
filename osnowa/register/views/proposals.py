"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def propose(request, **words):
    raise Http404


@public()
def claim(request, **words):
    raise Http404


@public()
def propose_new(request, **words):
    raise Http404


@public()
def moderation(request, **words):
    raise Http404


@public()
def proposal(request, **words):
    raise Http404
