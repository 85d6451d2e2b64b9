"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def quality(request, **words):
    raise Http404
