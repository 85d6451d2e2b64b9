"""Laws of merging: taking a merge back is as if it had never been; merging loses nothing."""

import re
from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    confirm_organisation,
    merge_organisations,
    save_part,
    unmerge,
)
from osnowa.register.models import (
    Contact,
    Listing,
    Merge,
    Organisation,
    OrganisationSeat,
    PossibleDuplicate,
    Proposal,
    Recognition,
    YearlyFigures,
)
from osnowa.register.queries import facts
from osnowa.register.queries.merges import CHOICES

NUMBERS = {"PL-NIP": ["5260001246", "5252248481", "5213017228"], "PL-REGON": ["000331501", "192598184", "000288975"]}
NAMES = ["Spółdzielnia Nić", "Spółdzielnia „NIĆ”", "Nić i Igła", "Fundacja Nić"]
DAYS = [date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
some = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=2)

VALUES = st.fixed_dictionaries(
    {"legal_name": st.sampled_from(NAMES), "legal_form": st.sampled_from(["PL-SPSOC", "PL-FUN"]), "sector": st.just("social_economy")},
    optional={
        "short_name": st.sampled_from(["", "Nić", "SN"]),
        "other_names": st.lists(st.sampled_from(NAMES), unique=True, max_size=2),
        "about": st.sampled_from(["", "Szyje.", "Ceruje."]),
        "founded_on": st.none() | st.sampled_from([date(2001, 1, 1), date(2010, 5, 5)]),
        "last_confirmed_on": st.none() | st.sampled_from([date(2025, 1, 1), date(2026, 1, 1)]),
        "street": st.sampled_from(["", "Długa 1", "Krótka 2"]),
        "postal_code": st.sampled_from(["", "80-001", "76-200"]),
        "locality": st.sampled_from(["", "Gdańsk", "Słupsk"]),
        "is_location_hidden": st.booleans(),
        "visibility": st.sampled_from(["public", "members", "coordinator"]),
        "links": st.lists(st.sampled_from(["https://a.pl", "https://b.pl"]).map(lambda url: {"kind": "website", "url": url}), max_size=1),
        "target_groups": st.lists(st.sampled_from(["youth", "elderly"]), unique=True, max_size=2),
        "activities": st.lists(st.sampled_from(["10.71", "56.21", "88.10"]), unique=True, max_size=3),
        "service_areas": st.lists(st.sampled_from(["catering", "it", "energy"]), unique=True, max_size=2).map(sorted),
    },
)
HANGING = st.fixed_dictionaries({
    "figures": st.lists(st.sampled_from(DAYS), unique=True),
    "statuses": st.lists(st.sampled_from(["PL-PS", "ECEI"]), max_size=2),
    "offers": st.lists(st.sampled_from(["Chleb", "Bułki"]), max_size=2),
    "contacts": st.lists(st.sampled_from(["biuro@example.org", "zarzad@example.org"]), max_size=2),
    "seats": st.sets(st.sampled_from(["ala", "celina", "olga"])),
    "proposals": st.integers(0, 2),
    "unit": st.booleans(),
    "pair": st.booleans(),
})  # fmt: skip
NUMBERS_OF_TWO = st.fixed_dictionaries({scheme: st.lists(st.none() | st.sampled_from(known), min_size=2, max_size=2, unique=True)
                                        for scheme, known in NUMBERS.items()})  # fmt: skip
SIDES = st.dictionaries(st.sampled_from([*CHOICES, "number:PL-NIP", "number:PL-REGON"]), st.sampled_from(["kept", "gone"]))
law = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def record(world, values, numbers, hanging) -> Organisation:
    """A record of Pomorskie with these facts and rows."""
    values = values | {"identifiers": {scheme: number for scheme, number in numbers.items() if number}}
    it = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
    today = timezone.localdate()
    for day in hanging["figures"]:
        save_part(by=world.bolek, organisation=it, row=YearlyFigures(year=day.year, as_of_on=day, employees=it.pk))
    for code in hanging["statuses"]:
        row = Recognition(code=code, granted_on=date(2024, 1, 1), review_on=date(2027, 1, 1))
        save_part(by=world.bolek, organisation=it, row=row)
    for name in hanging["offers"]:
        save_part(by=world.bolek, organisation=it, row=Listing(kind="offer", type_code="catering", name=name))
    for email in hanging["contacts"]:
        Contact.objects.create(organisation=it, email=email, keep_until=date(2028, 1, 1))
    for who in sorted(hanging["seats"]):
        OrganisationSeat.objects.create(
            person=getattr(world, who), organisation=it, role="org_editor", valid_from=today, valid_to=date(2027, 1, 1)
        )
    for number in range(hanging["proposals"]):
        Proposal.objects.create(region=it.region, organisation=it, kind="change", message=f"{it.pk} {number}", email="x@example.org")
    if hanging["unit"]:
        unit = {"kind": "unit", "parent": it, "legal_name": f"Zakład {it.pk}", "legal_form": "PL-ZAZ", "sector": "social_economy"}
        add_organisation(by=world.bolek, region=world.pomorskie, values=unit)
    if hanging["pair"]:
        first, second = sorted((it, world.ukryty), key=lambda one: one.pk)
        PossibleDuplicate.objects.create(region=it.region, first=first, second=second, score=0.7)
    return it


def rows_of_everything():
    """Every row of every model of every room, as plain values; the journal, the merges and the moment of change apart."""
    left_out = {Merge, Entry}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("osnowa.") and model not in left_out:
            fields = [f for f in model._meta.concrete_fields if f.name not in ("changed_at", "last_login")]
            found[model._meta.label] = {row.pk: [f.value_from_object(row) for f in fields] for row in model._base_manager.all()}
    return found


def pages(client, *records):
    """What the pages that show these records say, to one who edits and to a stranger."""
    urls = [f"/en/pomorskie/register/{it.slug}/" for it in records]
    urls += ["/en/pomorskie/", "/en/pomorskie/register/?col=numbers&closed=1", "/en/pomorskie/quality/", "/en/search/?q=nic"]
    return {url: re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(url).content.decode()) for url in urls}


class undone:
    """Whatever happens inside never happened."""

    def __enter__(self):
        self.inside = transaction.atomic()
        self.inside.__enter__()

    def __exit__(self, *error):
        if error[0] is None:
            transaction.set_rollback(True)
        return self.inside.__exit__(*error)


@pytest.fixture
def readers(client, signed_in, world):
    return [client, signed_in(world.bolek)]


def two(world, values, numbers, hanging):
    pairs = [{scheme: both[side] for scheme, both in numbers.items()} for side in (0, 1)]
    return [record(world, values[side], pairs[side], hanging[side]) for side in (0, 1)]


def merged(world, kept, gone, choices):
    """The merge, or None where the rules rightly say no (what was chosen contradicts itself)."""
    try:
        with transaction.atomic():
            return merge_organisations(by=world.bolek, kept=kept, gone=gone, choices=choices)
    except Refused:
        return None


@law
@given(st.tuples(VALUES, VALUES), NUMBERS_OF_TWO, st.tuples(HANGING, HANGING), SIDES)
def test_taking_a_merge_back_is_as_if_it_had_never_been(world, readers, values, numbers, hanging, choices):
    with undone():
        kept, gone = two(world, values, numbers, hanging)
        rows, shown = rows_of_everything(), [pages(reader, kept, gone) for reader in readers]
        before = [facts(kept), facts(gone)]
        merge = merged(world, kept, gone, choices)
        if merge is None:
            return
        assert rows_of_everything() != rows
        unmerge(by=world.bolek, merge=merge)
        assert [facts(Organisation.objects.get(pk=it.pk)) for it in (kept, gone)] == before
        assert rows_of_everything() == rows
        assert [pages(reader, kept, gone) for reader in readers] == shown


@law
@given(st.tuples(VALUES, VALUES), NUMBERS_OF_TWO, st.tuples(HANGING, HANGING), SIDES)
def test_merging_loses_no_number_no_name_no_entry_and_no_row(world, readers, values, numbers, hanging, choices):
    with undone():
        kept, gone = two(world, values, numbers, hanging)
        rows, entries = rows_of_everything(), set(Entry.objects.values_list("pk", flat=True))
        names = {name for it in (kept, gone) for name in (it.legal_name, it.short_name, *it.other_names) if name}
        if merged(world, kept, gone, choices) is None:
            return
        after = rows_of_everything()
        same_or_more = ("register.Activity", "register.ServiceArea", "register.PossibleDuplicate")
        for label, there in rows.items():
            assert there.keys() == after[label].keys() or (label in same_or_more and there.keys() <= after[label].keys()), label
        assert entries <= set(Entry.objects.values_list("pk", flat=True))
        stands = Organisation.objects.get(pk=kept.pk)
        assert names <= {stands.legal_name, stands.short_name, *stands.other_names}
        coordinator = readers[1]
        for number in filter(None, (number for both in numbers.values() for number in both)):
            found = coordinator.get(f"/en/pomorskie/register/?q={number}").context["page"].object_list
            assert [it.pk for it in found] == [kept.pk], number


@law
@given(st.tuples(VALUES, VALUES, VALUES), NUMBERS_OF_TWO, st.tuples(HANGING, HANGING, HANGING), st.booleans())
def test_chains_and_rows_of_merges_are_taken_back_from_the_newest(world, values, numbers, hanging, is_chain):
    with undone():
        one, other = two(world, values[:2], numbers, hanging[:2])
        third = record(world, values[2], {}, hanging[2])
        rows = rows_of_everything()
        steps = [(other, one), (third, other)] if is_chain else [(one, other), (one, third)]
        merges = [merged(world, *step, {}) for step in steps]
        if None in merges:
            return
        unmerge(by=world.bolek, merge=merges[1])
        unmerge(by=world.bolek, merge=merges[0])
        assert rows_of_everything() == rows


@law
@given(st.tuples(VALUES, VALUES), NUMBERS_OF_TWO, st.tuples(HANGING, HANGING), st.sampled_from(["short_name", "about", "other_names", "street"]))
def test_what_was_done_since_stays_with_the_record_that_stood(world, values, numbers, hanging, field):
    with undone():
        kept, gone = two(world, values, numbers, hanging)
        before = facts(gone)
        merge = merged(world, kept, gone, {})
        if merge is None:
            return
        stands = Organisation.objects.get(pk=kept.pk)
        value = ["Since"] if field == "other_names" else "Since"
        change_organisation(by=world.edyta, organisation=stands, values={field: value})
        confirm_organisation(by=world.edyta, organisation=stands)
        added = save_part(by=world.edyta, organisation=stands, row=Listing(kind="need", type_code="x", name="Since"))
        unmerge(by=world.bolek, merge=merge)
        now = Organisation.objects.get(pk=kept.pk)
        assert getattr(now, field) == value
        assert now.last_confirmed_on == timezone.localdate()
        assert list(now.listings.filter(name="Since")) == [added]
        assert facts(Organisation.objects.get(pk=gone.pk)) == before


def test_every_model_that_points_at_an_organisation_is_counted():
    """The laws above look at every model there is; this says that there are some of several rooms."""
    pointing = Counter(
        relation.related_model._meta.app_label
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    )
    assert set(pointing) >= {"register", "imports"}
