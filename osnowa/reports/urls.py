"""Addresses of documents; all carry the language in front."""

from django.urls import path

from osnowa.reports.views import editions, listing, writing

app_name = "reports"
urlpatterns = [
    path("<slug:region>/documents/", listing.reports, name="reports"),
    path("<slug:region>/documents/new/", listing.new, name="new"),
    path("<slug:region>/documents/<slug:slug>/", writing.report, name="report"),
    path("<slug:region>/documents/<slug:slug>/settings/", listing.settings, name="settings"),
    path("<slug:region>/documents/<slug:slug>/aside/", listing.shelve, name="shelve"),
    path("<slug:region>/documents/<slug:slug>/sections/<slug:key>/", writing.section, name="section"),
    path("<slug:region>/documents/<slug:slug>/sections/<slug:key>/versions/", writing.history, name="history"),
    path("<slug:region>/documents/<slug:slug>/preview/", writing.preview, name="preview"),
    path("<slug:region>/documents/<slug:slug>/freeze/", editions.freeze, name="freeze"),
    path("<slug:region>/documents/<slug:slug>/compare/", editions.compare, name="compare"),
    path("<slug:region>/documents/<slug:slug>/editions/<int:number>/", editions.edition, name="edition"),
    path("<slug:region>/documents/<slug:slug>/editions/<int:number>/as/<str:form>/", editions.edition_file, name="edition_file"),
    path("<slug:region>/documents/<slug:slug>/editions/<int:number>/publish/", editions.publish, name="publish"),
]
