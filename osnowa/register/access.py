"""Who may see and do what in the register. Everything else asks here."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.kit.doors import Moved
from osnowa.people.models import Person
from osnowa.people.queries import seats_that_hold
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register.models import (
    ConfirmationRequest,
    Contact,
    Listing,
    Merge,
    Organisation,
    OrganisationSeat,
    PossibleDuplicate,
    Proposal,
    Recognition,
    Visibility,
    YearlyFigures,
)

find_region = places_access.find_region
may_review = places_access.may_review


def _seats(person: Anyone) -> dict[int, tuple[int, set[str]]]:
    """{organisation: (region, roles)} of the seats a person holds today; one query a request."""
    if not isinstance(person, Person):
        return {}
    held: dict[int, tuple[int, set[str]]] | None = getattr(person, "_held_organisations", None)
    if held is None:
        held = {}
        seats = seats_that_hold(OrganisationSeat, timezone.localdate()).filter(person=person, organisation__merged_into=None)
        for organisation_id, region_id, role in seats.values_list("organisation_id", "organisation__region_id", "role"):
            held.setdefault(organisation_id, (region_id, set()))[1].add(role)
        person._held_organisations = held  # type: ignore[attr-defined]
    return held


def levels(person: Anyone, region: Region) -> tuple[str, ...]:
    """The visibilities open to a person in a region."""
    if places_access.may_edit_register(person, region) or places_access.may_review(person, region):
        return (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.COORDINATOR)
    if places_access.may_look_inside(person, region) or any(of == region.pk for of, _ in _seats(person).values()):
        return (Visibility.PUBLIC, Visibility.MEMBERS)
    return (Visibility.PUBLIC,)


def visible(person: Anyone, region: Region) -> QuerySet[Organisation]:
    """The organisations of a region a person may see; her own organisations always."""
    all_here = Organisation.objects.filter(region=region)
    seen = all_here.filter(visibility__in=levels(person, region))
    own = own_beside(person, region)
    return seen | all_here.filter(pk__in=own) if own else seen


def own_beside(person: Anyone, region: Region) -> list[int]:
    """Her own organisations, which she sees beside those of her levels; none where her levels hold all, and then nothing is asked."""
    return [] if Visibility.COORDINATOR in levels(person, region) else own_organisations(person, region)


def own_organisations(person: Anyone, region: Region, role: str = "") -> list[int]:
    """The organisations of a region in which a person holds a seat, or one of this role."""
    return [organisation for organisation, (of, held) in _seats(person).items() if of == region.pk and (not role or role in held)]


def find_organisation(person: Anyone, region: str, slug: str) -> Organisation:
    """The organisation at an address, if the person may see it; else 404. Merged records lead to the one that stands."""
    place = find_region(person, region)
    found = visible(person, place).select_related("municipality__parent", "parent", "successor").filter(slug=slug)
    merged = Organisation.every_record.filter(merged_into=OuterRef("pk"))
    organisation = found.annotate(has_merged=Exists(merged)).first()
    if organisation is None:
        raise _moved(person, place, slug) or Http404
    organisation.region = place
    return organisation


def _moved(person: Anyone, region: Region, slug: str) -> Moved | None:
    """Where the record of an old address stands now, if the person may see it there."""
    old = now = Organisation.every_record.filter(region=region, slug=slug).first()
    while now and now.merged_into:
        now = now.merged_into
    if old is None or now is None or old == now or not visible(person, region).filter(pk=now.pk).exists():
        return None
    said = _("“%(old)s” was merged into “%(now)s” meanwhile. Open that record and do it there.") % {"old": old, "now": now}
    return Moved(said, slug=now.slug)


def may_add(person: Anyone, region: Region) -> bool:
    return places_access.may_edit_register(person, region)


def may_edit(person: Anyone, organisation: Organisation) -> bool:
    """Editors of the region, and those who hold a seat in the organisation or in the parent of the unit."""
    if places_access.may_edit_register(person, organisation.region):
        return True
    seats = _seats(person)
    return organisation.pk in seats or organisation.parent_id in seats


def may_close(person: Anyone, organisation: Organisation) -> bool:
    return places_access.may_edit_register(person, organisation.region)


def may_see_contacts(person: Anyone, organisation: Organisation) -> bool:
    return may_edit(person, organisation)


def may_see_exact_place(person: Anyone, organisation: Organisation) -> bool:
    """A hidden place (a shelter) is exact only for those who edit the record."""
    return not organisation.is_location_hidden or may_edit(person, organisation)


def may_give_seats(person: Anyone, organisation: Organisation) -> bool:
    """Region coordinators, and the organisation's own representative."""
    if places_access.may_coordinate(person, organisation.region):
        return True
    _, held = _seats(person).get(organisation.pk, (0, set()))
    return OrganisationSeat.Role.REPRESENTATIVE in held


def may_see_history(person: Anyone, organisation: Organisation) -> bool:
    """What was changed may have been hidden before: only those who edit see it."""
    return may_edit(person, organisation)


def may_ask_confirmation(person: Anyone, thing: Any) -> bool:
    region = thing.region if isinstance(thing, Organisation) else thing
    return places_access.may_edit_register(person, region)


def _row_of(model: Any) -> Callable[..., Any]:
    """Finds a row of an organisation the person may see; the row knows its organisation without a query."""

    def find(person: Anyone, region: str, slug: str, number: int) -> Any:
        organisation = find_organisation(person, region, slug)
        row = model.objects.filter(organisation=organisation, pk=number).first()
        if row is None:
            raise Http404
        row.organisation = organisation
        return row

    return find


find_figures = _row_of(YearlyFigures)
find_recognition = _row_of(Recognition)
find_listing = _row_of(Listing)
find_contact = _row_of(Contact)


def may_edit_row(person: Anyone, row: Any) -> bool:
    return may_edit(person, row.organisation)


def visible_figures(person: Anyone, organisation: Organisation) -> QuerySet[YearlyFigures]:
    """Yearly figures at the visibilities open to a person; small counts in them are still to be hidden (V3)."""
    if may_edit(person, organisation):
        return organisation.figures.all()
    return organisation.figures.filter(visibility__in=levels(person, organisation.region))


def visible_recognitions(person: Anyone, organisation: Organisation) -> QuerySet[Recognition]:
    """What was granted and what ended is public; what was only applied for or refused is not."""
    if may_edit(person, organisation):
        return organisation.recognitions.all()
    state = Recognition.State
    return organisation.recognitions.filter(state__in=(state.GRANTED, state.WITHDRAWN, state.EXPIRED))


def visible_listings(person: Anyone, organisation: Organisation) -> QuerySet[Listing]:
    """Offers, needs and resources at the visibilities open to a person, while they last."""
    if may_edit(person, organisation):
        return organisation.listings.all()
    seen = organisation.listings.filter(visibility__in=levels(person, organisation.region))
    return seen.filter(Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate()))


def visible_contacts(person: Anyone, organisation: Organisation) -> QuerySet[Contact]:
    """Contacts that agreed to be published and whose keeping has not ended; all of them for those who edit."""
    if may_see_contacts(person, organisation):
        return organisation.contacts.all()
    return organisation.contacts.filter(may_publish=True, keep_until__gte=timezone.localdate())


def find_proposal(person: Anyone, region: str, number: int) -> Proposal:
    """A proposal of the region's queue."""
    place = find_region(person, region)
    known = ("organisation__municipality", "person", "decided_by")
    found = Proposal.objects.filter(region=place, pk=number).select_related(*known).first()
    if found is None:
        raise Http404
    found.region = place
    return found


def may_decide(person: Anyone, proposal: Proposal) -> bool:
    return may_review(person, proposal.region)


def find_confirmation_request(person: Anyone, token: str) -> ConfirmationRequest:
    """The question a link was sent with; whoever holds the link may answer it."""
    known = ("organisation__region", "organisation__municipality", "organisation__parent")
    found = ConfirmationRequest.objects.select_related(*known).filter(token=token).first()
    if found is None:
        raise Http404
    return found


def find_seat(person: Anyone, region: str, slug: str, seat: int) -> OrganisationSeat:
    """One seat of the organisation at an address."""
    organisation = find_organisation(person, region, slug)
    found = OrganisationSeat.objects.filter(organisation=organisation, pk=seat).select_related("person").first()
    if found is None:
        raise Http404
    found.organisation = organisation
    return found


def may_change_seat(person: Anyone, seat: OrganisationSeat) -> bool:
    return may_give_seats(person, seat.organisation)


def may_merge(person: Anyone, thing: Any) -> bool:
    """Who edits the region's register also says which of its records are one; `thing` is of a region, or is one."""
    return places_access.may_edit_register(person, thing if isinstance(thing, Region) else thing.region)


def find_pair(person: Anyone, region: str, number: int) -> PossibleDuplicate:
    """Two records of the region that may be one, with what they name."""
    place = find_region(person, region)
    known = [f"{one}__{what}" for one in ("first", "second") for what in ("municipality", "parent", "successor")]
    found = PossibleDuplicate.objects.filter(region=place, pk=number).select_related("decided_by", *known).first()
    if found is None:
        raise Http404
    found.region = found.first.region = found.second.region = place
    return found


def find_merge(person: Anyone, region: str, number: int) -> Merge:
    """A merge of two records of the region."""
    place = find_region(person, region)
    found = Merge.objects.filter(kept__region=place, pk=number).select_related("kept", "gone", "by", "undone_by").first()
    if found is None:
        raise Http404
    found.kept.region = found.gone.region = place
    return found


def may_undo(person: Anyone, merge: Merge) -> bool:
    return may_merge(person, merge.kept)
