"""Addresses of agreements. Each part of the room keeps its own list."""

from django.urls import URLPattern, path

from osnowa.agreements.views import commitments, listing, papers, signatories, signing, texts, verifying, writing

app_name = "agreements"
_ONE = "<slug:region>/agreements/<slug:slug>/"

#: The list, making and changing one, its public page, its stages.
_agreements: list[URLPattern] = [
    path("<slug:region>/agreements/", listing.agreements, name="agreements"),
    path("<slug:region>/agreements/new/", writing.new, name="new"),
    path(_ONE, listing.agreement, name="agreement"),
    path(f"{_ONE}edit/", writing.edit, name="edit"),
    path(f"{_ONE}freeze/", writing.freeze, name="freeze"),
    path(f"{_ONE}close/", writing.close, name="close"),
    path(f"{_ONE}end/", writing.end, name="end"),
    path(f"{_ONE}reviewed/", writing.reviewed, name="reviewed"),
]

#: The text: writing it in each language, its versions.
_texts: list[URLPattern] = [
    path(f"{_ONE}text/", texts.text, name="text"),
    path(f"{_ONE}versions/", texts.versions, name="versions"),
]

#: Files to take along, and the page that tells whether a sheet is genuine.
_papers: list[URLPattern] = [
    path(f"{_ONE}text.<str:form>", papers.text_file, name="text_file"),
    path(f"{_ONE}register.<str:form>", papers.register_file, name="register_file"),
    path(f"{_ONE}sheet.pdf", papers.sheet, name="sheet"),
    path("verify/<str:code>/", verifying.verify, name="verify"),
]

#: Signatories and signing. First pages: `signatories` (of who keeps it), `sign` (of the letter's link).
_signing: list[URLPattern] = [
    path("sign/<str:token>/", signing.sign, name="sign"),
    path("sign/<str:token>/answer/", signing.sign_answer, name="sign_answer"),
    path("sign/<str:token>/withdraw/", signing.sign_withdraw, name="sign_withdraw"),
    path(f"{_ONE}join/", signing.join, name="join"),
    path(f"{_ONE}signatories/", signatories.signatories, name="signatories"),
    path(f"{_ONE}signatories/invite/", signatories.invite, name="invite"),
    path(f"{_ONE}signatories/<int:signatory>/", signatories.signatory, name="signatory"),
    path(f"{_ONE}signatories/<int:signatory>/deed/", signatories.signatory_deed, name="signatory_deed"),
    path(f"{_ONE}signatories/<int:signatory>/note/", signatories.note_signature, name="note_signature"),
    path(f"{_ONE}signatories/<int:signatory>/mandate/", signatories.check_mandate, name="check_mandate"),
    path(f"{_ONE}signatories/<int:signatory>/withdraw/", signatories.withdraw_signatory, name="withdraw_signatory"),
    path(f"{_ONE}signatories/<int:signatory>/papers/", signatories.add_paper, name="add_paper"),
    path(f"{_ONE}signatories/<int:signatory>/papers/<int:paper>/", signatories.paper_file, name="paper_file"),
]

#: What signatories of a pact will do. First page: `commitments`.
_commitments: list[URLPattern] = [
    path("sign/<str:token>/commitments/", commitments.own_commitments, name="own_commitments"),
    path("sign/<str:token>/commitments/<int:commitment>/", commitments.own_commitment, name="own_commitment"),
    path(f"{_ONE}commitments/", commitments.commitments, name="commitments"),
    path(f"{_ONE}commitments.xlsx", commitments.commitments_file, name="commitments_file"),
    path(f"{_ONE}commitments/<int:commitment>/", commitments.commitment, name="commitment"),
    path(f"{_ONE}signatories/<int:signatory>/commitments/", commitments.signatory_commitments, name="signatory_commitments"),
]

urlpatterns = [*_agreements, *_texts, *_papers, *_signing, *_commitments]
