"""All addresses. Pages carry the language in front; machines' addresses do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("osnowa.home.machine_urls")),
    path("", include("osnowa.opendata.machine_urls")),
    path("", include("osnowa.meetings.short_urls")),
    path("", include("osnowa.assessments.short_urls")),
    *i18n_patterns(
        path("", include("osnowa.ui.urls")),
        path("account/", include("osnowa.people.urls")),
        path("account/", include("allauth.urls")),
        path("", include("osnowa.journal.urls")),
        path("", include("osnowa.places.urls")),
        path("", include("osnowa.reports.urls")),
        path("", include("osnowa.opendata.urls")),
        path("", include("osnowa.maps.urls")),
        path("", include("osnowa.clusters.urls")),
        path("", include("osnowa.agreements.urls")),
        path("", include("osnowa.assessments.urls")),
        path("", include("osnowa.meetings.urls")),
        path("", include("osnowa.indicators.urls")),
        path("", include("osnowa.imports.urls")),
        path("", include("osnowa.register.urls")),
        path("", include("osnowa.home.urls")),  # last: the word of a region fits any single word
    ),
]

handler400 = "osnowa.ui.views.bad_request"
handler403 = "osnowa.ui.views.forbidden"
handler404 = "osnowa.ui.views.not_found"
handler500 = "osnowa.ui.views.broken"
