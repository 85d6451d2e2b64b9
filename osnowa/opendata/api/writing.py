"""Writing with a key: the register's own verbs, with the rights of the key's person; a cookie is never believed here."""

from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router
from ninja.params.functions import Header
from ninja.security import HttpBearer
from pydantic import StringConstraints

from osnowa.journal.actions import through
from osnowa.journal.queries import newest_entry
from osnowa.opendata.actions.keys import note_request, note_use, request_before
from osnowa.opendata.api import shapes
from osnowa.opendata.api.bodies import ChangedOrganisation, Closing, NewOrganisation
from osnowa.opendata.api.checking import values_of
from osnowa.opendata.api.finding import region_of
from osnowa.opendata.api.problems import Problem
from osnowa.opendata.models import ApiKey
from osnowa.opendata.queries import identity, page
from osnowa.register import access, actions, codes
from osnowa.register.models import Organisation
from osnowa.ui.forms import personal_numbers

Version = Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x20-\x7e]*$")]
Once = Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x20-\x7e]*$")]
VERSION: Any = Header("", alias="If-Match", description=gettext_noop("The ETag of the record as it was read."))
ONCE: Any = Header("", alias="Idempotency-Key", description=gettext_noop("A word of your own for this request: sent again with it, the request is done once."))


def no_key() -> Problem:
    said = _("Send “Authorization: Bearer” with a key of your account that has not ended.")
    return Problem(401, said, headers={"WWW-Authenticate": "Bearer"})


class Key(HttpBearer):
    """The key of a person, made in her account."""

    def __call__(self, request: HttpRequest) -> Any:
        return getattr(request, "auth", None)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError


router = Router(tags=["writing"], auth=Key())


def _key(request: HttpRequest) -> ApiKey:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    return key


def _record(person: Any, uid: UUID) -> Organisation:
    """The record as the person may see it; what she may not see is not there."""
    it = Organisation.every_record.select_related("region__territory", "municipality", "parent").filter(uid=uid).first()
    if it is None or not access.visible(person, it.region).filter(pk=it.pk).exists():
        raise Problem(404)
    return it


def _check_version(it: Organisation, said: str, *, is_needed: bool) -> None:
    """What the writer has read is what stands here; each entry of the journal makes a new version."""
    newest = str(newest_entry(it))
    now = {"ETag": f'"{newest}"'}
    if not said:
        if is_needed:
            raise Problem(428, _("Send If-Match with the ETag of the record as you have read it."), headers=now)
        return
    read = {one.strip().removeprefix("W/").strip('"').partition("-")[0] for one in said.split(",")}
    if newest not in read and "*" not in read:
        raise Problem(412, _("Read the record again and say your change anew."), headers=now)


def _written(it: Organisation, status: int = 200, *, is_repeated: bool = False) -> HttpResponse:
    facts = shapes.Written(
        uid=it.uid, id=identity(it), page=page(it), region=it.region.slug, slug=it.slug, visibility=it.visibility
    )  # fmt: skip
    answer = HttpResponse(facts.model_dump_json(), status=status, content_type="application/json")
    answer["ETag"] = f'"{newest_entry(it)}"'
    answer["Location"] = reverse("data:api_organisation", args=[it.uid])
    answer["Cache-Control"] = "no-store"
    if is_repeated:
        answer["Idempotent-Replayed"] = "true"
    return answer


def _source(person: Any, it: Organisation) -> str:
    """Who edits an organisation as its own representative declares; the office's word is the coordinator's."""
    return "coordinator" if access.may_close(person, it) else "self_declared"


def _may(is_so: bool) -> None:
    if not is_so:
        raise Problem(403, _("The person whose key this is may not do this in the register."))


def _check_reason(sent: Closing) -> None:
    if sent.end_reason not in codes.END_REASONS:
        said = _("There is no code “%(code)s” in this list.") % {"code": sent.end_reason}
        raise Problem(422, errors=[{"pointer": "#/end_reason", "detail": said}])
    if personal_numbers(sent.note):
        said = _("This looks like the personal number of somebody (PESEL, EMŠO). Take it out: the register keeps none.")
        raise Problem(422, errors=[{"pointer": "#/note", "detail": said}])


@router.post(
    "/regions/{slug:region}/organisations", url_name="api_organisations", response={201: shapes.Written},
    summary=gettext_noop("Add an organisation"),
    description=gettext_noop("With “Idempotency-Key” the same request may be sent again after a broken line: it is done once."),
)  # fmt: skip
def add_organisation(request: HttpRequest, region: str, sent: NewOrganisation, idempotency_key: Once = ONCE) -> HttpResponse:
    key = _key(request)
    place = region_of(region)
    _may(access.may_add(key.person, place))
    with transaction.atomic(), through("api"):
        note_use(key)
        before = request_before(key, idempotency_key, request)
        if before:
            return _written(before, 201, is_repeated=True)
        values = values_of(sent, place)
        if sent.parent:
            parent = _record(key.person, sent.parent)
            values |= {"kind": Organisation.Kind.UNIT, "parent": parent}
        it = actions.add_organisation(by=key.person, region=place, values=values)
        note_request(key, idempotency_key, request, it)
    return _written(it, 201)


@router.patch(
    "/organisations/{uuid:uid}", url_name="api_organisation", response=shapes.Written,
    summary=gettext_noop("Change an organisation"),
    description=gettext_noop("Only what is named changes. “If-Match” carries the ETag of the record as it was read; where somebody has changed "
                             "it meanwhile nothing is written (412)."),
)  # fmt: skip
def change_organisation(request: HttpRequest, uid: UUID, sent: ChangedOrganisation, if_match: Version = VERSION) -> HttpResponse:
    key = _key(request)
    with transaction.atomic(), through("api"):
        note_use(key)
        it = _record(key.person, uid)
        _may(access.may_edit(key.person, it))
        Organisation.every_record.select_for_update().get(pk=it.pk)
        _check_version(it, if_match, is_needed=True)
        values = values_of(sent, it.region, it)
        actions.change_organisation(by=key.person, organisation=it, values=values, source=_source(key.person, it))
    return _written(it)


@router.post(
    "/organisations/{uuid:uid}/close", url_name="api_close", response=shapes.Written,
    summary=gettext_noop("Close an organisation"),
    description=gettext_noop("With the day and the reason; nothing is ever deleted."),
)  # fmt: skip
def close_organisation(request: HttpRequest, uid: UUID, sent: Closing, if_match: Version = VERSION, idempotency_key: Once = ONCE) -> HttpResponse:
    key = _key(request)
    with transaction.atomic(), through("api"):
        note_use(key)
        it = _record(key.person, uid)
        _may(access.may_close(key.person, it))
        _check_reason(sent)
        if request_before(key, idempotency_key, request):
            return _written(it, is_repeated=True)
        _check_version(it, if_match, is_needed=False)
        successor = _record(key.person, sent.successor) if sent.successor else None
        actions.close_organisation(
            by=key.person, organisation=it, ended_on=sent.ended_on, end_reason=sent.end_reason, successor=successor, reason=sent.note
        )  # fmt: skip
        note_request(key, idempotency_key, request, it)
    return _written(it)


@router.post(
    "/organisations/{uuid:uid}/confirm", url_name="api_confirm", response=shapes.Written,
    summary=gettext_noop("Confirm an organisation"),
    description=gettext_noop("Says that the record is true as of today."),
)  # fmt: skip
def confirm_organisation(request: HttpRequest, uid: UUID, if_match: Version = VERSION, idempotency_key: Once = ONCE) -> HttpResponse:
    key = _key(request)
    with transaction.atomic(), through("api"):
        note_use(key)
        it = _record(key.person, uid)
        _may(access.may_edit(key.person, it))
        if request_before(key, idempotency_key, request):
            return _written(it, is_repeated=True)
        _check_version(it, if_match, is_needed=False)
        actions.confirm_organisation(by=key.person, organisation=it, source=_source(key.person, it))
        note_request(key, idempotency_key, request, it)
    return _written(it)
