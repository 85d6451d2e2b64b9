"""Addresses of clusters. Each part of the room keeps its own list; its first page bears the name of its tab."""

from django.urls import URLPattern, path

from osnowa.clusters.views import canvas, clusters, health

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
_portrait: list[URLPattern] = [
    path(f"{_ONE}health/", health.health, name="health"),
    path(f"{_ONE}health/facts/", health.facts, name="facts"),
    path(f"{_ONE}health/pilot/", health.pilot, name="pilot"),
]

#: The eight dimensions: agreed text, versions, points, print. First page: `canvas`.
_DIMENSION = f"{_ONE}canvas/<slug:dimension>/"
_canvas: list[URLPattern] = [
    path(f"{_ONE}canvas/", canvas.canvas, name="canvas"),
    path(f"{_ONE}canvas.<slug:form>", canvas.canvas_file, name="canvas_file"),
    path(_DIMENSION, canvas.dimension, name="dimension"),
    path(f"{_DIMENSION}text/<slug:language>/", canvas.dimension_text, name="dimension_text"),
    path(f"{_DIMENSION}versions/<slug:language>/", canvas.dimension_versions, name="dimension_versions"),
    path(f"{_DIMENSION}add/<slug:kind>/", canvas.add_point, name="add_point"),
    path(f"{_DIMENSION}points/<int:point>/", canvas.point, name="point"),
    path(f"{_DIMENSION}points/<int:point>/remove/", canvas.remove_point, name="remove_point"),
]

#: Memberships, mandates, fees, renewal (first page: `members`); bodies and rules (first page: `bodies`).
_members: list[URLPattern] = []

#: Services, ledger (first page: `services`); budget (first page: `money`).
_services: list[URLPattern] = []

urlpatterns = [*_clusters, *_portrait, *_canvas, *_members, *_services]
