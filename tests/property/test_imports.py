"""Laws of imports: undo is the identity, twice is once, whatever the list and whatever the register held before."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from osnowa.register.models import Contact, Organisation, YearlyFigures
from osnowa.register.queries import facts_of
from tests.lists import NIPS, applied, checked, undone
from tests.world import World, make_world

names = some.sampled_from(("Fundacja Most", "Spółdzielnia Socjalna Ogród", "Stowarzyszenie Jantar", "Dobry Chleb", "KGW Lipa", "OSP w Borze"))
rows = some.lists(
    some.tuples(
        some.integers(1, 6), names, some.sampled_from(("", "1234563218", *NIPS)), some.sampled_from(("", "Polna 1", "Leśna 2")),
        some.sampled_from(("", "80-001", "76-200", "83-000", "1")), some.sampled_from(("", "Gdańsk", "Słupsk")),
        some.sampled_from(("", "2015-03-04", "12.5.2001", "31.2.2001")), some.sampled_from(("", "a@b.example", "c@d.example")),
    ),
    min_size=1, max_size=8,
)  # fmt: skip
HEAD = "Nr;Nazwa;NIP;Ulica;Kod pocztowy;Miejscowość;Data założenia;E-mail"


def as_file(rows: list[tuple[Any, ...]]) -> str:
    return "\n".join([HEAD, *(";".join(map(str, row)) for row in rows)]) + "\n"


def everything(world: World) -> tuple[Any, ...]:
    """The register as it stands: facts, sources of facts, contacts, figures."""
    organisations = list(Organisation.every_record.filter(region=world.pomorskie).order_by("pk"))
    known = facts_of(organisations)
    return (
        known, {it.pk: (it.provenance, it.name_fold, it.slug) for it in organisations},
        list(Contact.objects.order_by("pk").values_list("organisation_id", "email", "phone")), YearlyFigures.objects.count(),
    )  # fmt: skip


class Laws(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(first=rows, second=rows)
    def test_undo_is_the_identity(self, first: list[Any], second: list[Any]) -> None:
        world = make_world()
        applied(checked(world.pomorskie, as_file(first)))
        before = everything(world)
        undone(applied(checked(world.pomorskie, as_file(second))))
        assert everything(world) == before

    @settings(max_examples=25, deadline=None)
    @given(rows=rows)
    def test_twice_is_once(self, rows: list[Any]) -> None:
        """But for rows left out as possible duplicates: what they resembled may bear another name after the first time."""
        world = make_world()
        first = checked(world.pomorskie, as_file(rows))
        applied(first)
        before = everything(world)
        again = applied(checked(world.pomorskie, as_file(rows)))
        assert again.outcome["changed"] == 0
        assert again.outcome["added"] <= first.counts["duplicates"]
        assert again.outcome["added"] or everything(world) == before

    @settings(max_examples=25, deadline=None)
    @given(rows=rows)
    def test_counts_add_up(self, rows: list[Any]) -> None:
        world = make_world()
        it = checked(world.pomorskie, as_file(rows))
        parts = {name: count for name, count in it.counts.items() if name not in ("read", "missing")}
        assert it.counts["read"] == len(rows) == sum(parts.values())
