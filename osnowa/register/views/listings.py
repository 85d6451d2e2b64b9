"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def listings(request, **words):
    raise Http404


@public()
def listing(request, **words):
    raise Http404
