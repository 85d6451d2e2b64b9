"""Addresses of agreements. Each part of the room keeps its own list."""

from django.urls import URLPattern

app_name = "agreements"
_ONE = "<slug:region>/agreements/<slug:slug>/"

#: The list, making and changing one, its public page, its stages.
_agreements: list[URLPattern] = []

#: The text: writing it in each language, its versions.
_texts: list[URLPattern] = []

#: Files to take along, and the page that tells whether a sheet is genuine.
_papers: list[URLPattern] = []

#: Signatories and signing. First pages: `signatories` (of who keeps it), `sign` (of the letter's link).
_signing: list[URLPattern] = []

#: What signatories of a pact will do. First page: `commitments`.
_commitments: list[URLPattern] = []

urlpatterns = [*_agreements, *_texts, *_papers, *_signing, *_commitments]
