"""Addresses of clusters. Each part of the room keeps its own list; its first page bears the name of its tab."""

from django.urls import URLPattern, path

from osnowa.clusters.views import clusters

app_name = "clusters"
_ONE = "<slug:region>/clusters/<slug:cluster>/"

#: The list, making and changing one, its front page.
_clusters: list[URLPattern] = [
    path("<slug:region>/clusters/", clusters.clusters, name="clusters"),
    path("<slug:region>/clusters/new/", clusters.new, name="new"),
    path(_ONE, clusters.cluster, name="cluster"),
    path(f"{_ONE}edit/", clusters.edit, name="edit"),
]

#: What it is, who acts around it, what is told of it by rule books.
_portrait: list[URLPattern] = []

#: The eight dimensions: agreed text, versions, points, print. First page: `canvas`.
_canvas: list[URLPattern] = []

#: Memberships, mandates, fees, renewal (first page: `members`); bodies and rules (first page: `bodies`).
_members: list[URLPattern] = []

#: Services, ledger (first page: `services`); budget (first page: `money`).
_services: list[URLPattern] = []

urlpatterns = [*_clusters, *_portrait, *_canvas, *_members, *_services]
