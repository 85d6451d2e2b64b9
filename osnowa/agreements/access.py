"""Who may see an agreement, who keeps it, and how a link or a code becomes what it stands for."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from osnowa.agreements.models import Agreement, Commitment, Paper, Signatory
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region

find_region = places_access.find_region


def region_of(thing: Region | Agreement | Signatory | Commitment | Paper) -> Region:
    """The region of an agreement or of a part of it."""
    if isinstance(thing, Region):
        return thing
    if isinstance(thing, Agreement):
        return thing.region
    return (thing if isinstance(thing, Signatory) else thing.signatory).agreement.region


def may_keep(person: Anyone, thing: Region | Agreement | Signatory | Commitment | Paper) -> bool:
    """Writes the text, freezes it, invites, checks mandates and notes signatures: coordinators and editors of the region."""
    return places_access.may_edit_register(person, region_of(thing))


def may_freeze(person: Anyone, thing: Region | Agreement) -> bool:
    """Freezes, closes and ends: coordinators of the region."""
    return places_access.may_coordinate(person, region_of(thing))


def visible(person: Anyone, region: Region) -> QuerySet[Agreement]:
    """The agreements a person may see: public ones that are no drafts; all for who has a seat in the region."""
    here = Agreement.objects.filter(region=region)
    if places_access.may_look_inside(person, region) or may_keep(person, region):
        return here
    return here.filter(is_public=True).exclude(state=Agreement.State.DRAFT)


def find_agreement(person: Anyone, region: str, slug: str) -> Agreement:
    """The agreement at an address."""
    place = find_region(person, region)
    found = get_object_or_404(visible(person, place).select_related("keeper"), slug=slug)
    found.region = place
    return found


def find_by_code(person: Anyone, code: str) -> Agreement:
    """The frozen agreement whose code stands on a sheet; it is enough to know the code."""
    return get_object_or_404(Agreement.objects.select_related("region", "keeper").exclude(state=Agreement.State.DRAFT), code=code.upper())


def find_signatory(person: Anyone, region: str, slug: str, signatory: int) -> Signatory:
    """A row of the signature register of the agreement at an address."""
    agreement = find_agreement(person, region, slug)
    found = get_object_or_404(Signatory.objects.select_related("organisation", "municipality", "mandate_checked_by"), agreement=agreement, pk=signatory)
    found.agreement = agreement
    return found


def find_by_token(person: Anyone, token: str) -> Signatory:
    """The signatory a letter's link stands for; whoever holds the link may read the text and sign by e-mail."""
    return get_object_or_404(Signatory.objects.select_related("agreement__region", "organisation").exclude(agreement__state=Agreement.State.DRAFT), token=token, erased_on=None)


def find_paper(person: Anyone, region: str, slug: str, signatory: int, paper: int) -> Paper:
    """A file about a signature or a commitment of a row at an address."""
    row = find_signatory(person, region, slug, signatory)
    found = get_object_or_404(row.papers, pk=paper)
    found.signatory = row
    return found


def find_pact(person: Anyone, region: str, slug: str) -> Agreement:
    """The agreement at an address, where its signatories commit themselves to something."""
    found = find_agreement(person, region, slug)
    if found.kind != Agreement.Kind.PACT:
        raise Http404
    return found


def find_commitment(person: Anyone, region: str, slug: str, commitment: int) -> Commitment:
    """A commitment of a signatory of the pact at an address."""
    pact = find_pact(person, region, slug)
    found = get_object_or_404(Commitment.objects.select_related("signatory__organisation"), signatory__agreement=pact, pk=commitment)
    found.signatory.agreement = pact
    return found


def find_own_pact(person: Anyone, token: str) -> Signatory:
    """The signatory of a pact a letter's link stands for."""
    found = find_by_token(person, token)
    if found.agreement.kind != Agreement.Kind.PACT:
        raise Http404
    return found


def find_own_commitment(person: Anyone, token: str, commitment: int) -> Commitment:
    """A commitment of the signatory a letter's link stands for."""
    row = find_own_pact(person, token)
    found = get_object_or_404(row.commitments, pk=commitment)
    found.signatory = row
    return found
