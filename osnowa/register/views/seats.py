"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def seats(request, **words):
    raise Http404
