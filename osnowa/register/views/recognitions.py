"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def recognitions(request, **words):
    raise Http404


@public()
def recognition(request, **words):
    raise Http404
