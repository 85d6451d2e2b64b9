"""Being written."""

from django.http import Http404

from osnowa.kit.doors import public


@public()
def figures(request, **words):
    raise Http404


@public()
def figures_row(request, **words):
    raise Http404
