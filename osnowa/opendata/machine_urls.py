"""Addresses of open data for machines: no language in front."""

from django.urls import path

from osnowa.opendata.api.app import addresses
from osnowa.opendata.api.page import to_api
from osnowa.opendata.views import machines

app_name = "data"
urlpatterns = [
    path("api/v1/docs", to_api, name="api_docs"),
    *addresses(),
    path("id/<str:word>", machines.thing, name="thing"),
    path("data/catalog.<slug:form>", machines.catalogue, name="catalogue"),
    path("data/vocabulary/<slug:name>", machines.scheme, name="scheme"),
    path("data/vocabulary/<slug:name>.<slug:form>", machines.codes, name="codes"),
    path("data/murmurations/index.json", machines.profiles, name="profiles"),
    path("data/<slug:region>/datapackage.json", machines.package, name="package"),
    path("data/<slug:region>/changes.atom", machines.changes, name="changes"),
    path("data/<slug:region>/murmurations/<slug:slug>.json", machines.profile, name="profile"),
    path("data/<slug:region>/murmurations/<slug:slug>/<int:number>.json", machines.listing, name="listing"),
    path("data/<slug:region>/<slug:table>.<slug:form>", machines.dump, name="dump"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap/pages.xml", machines.sitemap_pages, name="sitemap_pages"),
    path("sitemap/<slug:region>-<int:number>.xml", machines.sitemap_region, name="sitemap_region"),
]
