"""Addresses of the register."""

from django.urls import include, path

from osnowa.register.views import (
    confirmation,
    contacts,
    directory,
    duplicates,
    figures,
    listings,
    organisations,
    proposals,
    quality,
    recognitions,
    seats,
)

app_name = "register"

_organisation = [
    path("", organisations.organisation, name="organisation"),
    path("edit/", organisations.edit, name="edit"),
    path("history/", organisations.history, name="history"),
    path("restore/<int:entry>/", organisations.restore, name="restore"),
    path("close/", organisations.close, name="close"),
    path("reopen/", organisations.reopen, name="reopen"),
    path("confirm/", organisations.confirm, name="confirm"),
    path("ask/", confirmation.ask, name="ask"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<int:number>/", contacts.contact, name="contact"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<int:number>/", figures.figures_row, name="figures_row"),
    path("recognitions/", recognitions.recognitions, name="recognitions"),
    path("recognitions/<int:number>/", recognitions.recognition, name="recognition"),
    path("listings/", listings.listings, name="listings"),
    path("listings/<int:number>/", listings.listing, name="listing"),
    path("people/", seats.seats, name="seats"),
    path("people/<int:seat>/", seats.seat, name="seat"),
    path("propose/", proposals.propose, name="propose"),
    path("claim/", proposals.claim, name="claim"),
    path("same/", duplicates.same, name="same"),
]

urlpatterns = [
    path("confirm/<str:token>/", confirmation.answer, name="answer"),
    path("activities/", organisations.activities, name="activities"),
    path("<slug:region>/register/", directory.directory, name="directory"),
    path("<slug:region>/register/export/<str:form>/", directory.export, name="export"),
    path("<slug:region>/register/new/", organisations.add, name="add"),
    path("<slug:region>/register/propose/", proposals.propose_new, name="propose_new"),
    path("<slug:region>/register/views/save/", directory.save_view, name="save_view"),
    path("<slug:region>/register/views/remove/", directory.remove_view, name="remove_view"),
    path("<slug:region>/register/<slug:slug>/", include(_organisation)),
    path("<slug:region>/moderation/", proposals.moderation, name="moderation"),
    path("<slug:region>/moderation/<int:number>/", proposals.proposal, name="proposal"),
    path("<slug:region>/duplicates/", duplicates.duplicates, name="duplicates"),
    path("<slug:region>/duplicates/look/", duplicates.look, name="look_for_duplicates"),
    path("<slug:region>/duplicates/<int:number>/", duplicates.duplicate, name="duplicate"),
    path("<slug:region>/merges/<int:number>/", duplicates.merge, name="merge"),
    path("<slug:region>/quality/", quality.quality, name="quality"),
    path("<slug:region>/quality/ask/", confirmation.campaign, name="campaign"),
]
