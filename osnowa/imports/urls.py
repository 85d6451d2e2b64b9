"""Addresses of imports."""

from django.urls import include, path

from osnowa.imports.views import arrival, columns, pages, rows

app_name = "imports"

_import = [
    path("", pages.page, name="import"),
    path("columns/", columns.columns, name="columns"),
    path("rows/<int:row>/", rows.row, name="row"),
    path("decide/", rows.decide, name="decide"),
    path("apply/", pages.apply, name="apply"),
    path("undo/", pages.undo, name="undo"),
    path("discard/", pages.discard, name="discard"),
    path("mend/", arrival.mend, name="mend"),
]

urlpatterns = [
    path("<slug:region>/register/import/", arrival.imports, name="imports"),
    path("<slug:region>/register/import/template/", arrival.template, name="template"),
    path("<slug:region>/register/import/<int:number>/", include(_import)),
]
