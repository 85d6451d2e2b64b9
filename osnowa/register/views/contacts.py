"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def contacts(request, **words):
    raise Http404


@public()
def contact(request, **words):
    raise Http404
