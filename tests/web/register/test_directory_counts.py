"""The numbers beside the filters of the directory: counted in the frame, equal to those of the database."""

import itertools
import random
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from osnowa.places.models import Subregion
from osnowa.register import access
from osnowa.register.actions import add_organisation, change_organisation, take_snapshot
from osnowa.register.models import Organisation, Recognition
from osnowa.register.queries.directory import FACETS, Wish, facet_counts, wanted
from osnowa.register.queries.facets import count

WISHES = (
    "", "form=PL-SPSOC", "form=PL-SPSOC&form=PL-FUN", "status=closed", "closed=1", "sector=social_economy&status=active", "area=gdanski",
    "area=gdanski&area=slupski", "service=catering", "service=catering&service=transport&form=PL-FUN", "recognition=PL-PS",
    "recognition=PL-PS&recognition=PL-OPP&area=gdanski", "municipality=2261011", "on=2020-06-30", "on=2020-06-30&form=PL-FUN&service=catering",
    "on=2020-06-30&recognition=PL-PS", "q=chleb", "q=nowa&sector=civil_society", "q=nothing-of-this-kind", "form=nonsense",
)  # fmt: skip


@pytest.fixture
def many(world):
    """Sixty organisations of many kinds, some closed, some hidden, some in two areas."""
    chance = random.Random(7)
    overlapping = Subregion.objects.create(region=world.pomorskie, code="slupski", name="Obszar słupski")
    overlapping.municipalities.add(world.slupsk, world.gdansk)
    for place in range(60):
        values = {
            "legal_name": f"Nowa {place}", "legal_form": chance.choice(["PL-SPSOC", "PL-FUN", "PL-STO"]),
            "sector": chance.choice(["social_economy", "civil_society", ""]), "visibility": chance.choice(["public", "public", "members", "coordinator"]),
            "activity_status": chance.choice(["active", "not_confirmed", "suspended"]), "municipality": chance.choice([world.gdansk, world.slupsk, None]),
            "registered_on": chance.choice([None, date(2010, 1, 1), date(2021, 1, 1)]),
            "service_areas": chance.choice([[], ["catering"], ["catering", "transport"]]),
        }  # fmt: skip
        made = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
        if place % 4 == 0:
            Recognition.objects.create(organisation=made, code=chance.choice(["PL-PS", "PL-OPP"]), granted_on=date(2015, 1, 1), review_on=date(2030, 1, 1))
        if place % 7 == 0:
            Organisation.objects.filter(pk=made.pk).update(activity_status="closed", ended_on=date(2022, 5, 1), end_reason="liquidated")
    return world


def by_database(seen, wish):
    return wanted(seen, wish).count(), facet_counts(seen, wish)


@pytest.mark.parametrize("words", WISHES)
def test_the_frame_counts_what_the_database_counts(many, words):
    take_snapshot(by=many.bolek, region=many.pomorskie)
    for person in (many.bolek, many.olga, many.celina, many.ala):
        wish, seen = Wish.of(QueryDict(words)), access.visible(person, many.pomorskie)
        found = count(many.pomorskie, person, seen, wish)
        assert (found.total, found.facets) == by_database(seen, wish)


def test_any_mixture_of_filters_is_counted_alike(many):
    take_snapshot(by=many.bolek, region=many.pomorskie)
    seen = access.visible(many.bolek, many.pomorskie)
    choices = {"form": "PL-FUN", "status": "active", "sector": "social_economy", "area": "slupski", "service": "transport", "recognition": "PL-OPP"}
    assert set(choices) == set(FACETS)
    for some in itertools.chain.from_iterable(itertools.combinations(choices.items(), size) for size in (2, 3, 6)):
        wish = Wish.of(QueryDict("&".join(f"{name}={code}" for name, code in some)))
        found = count(many.pomorskie, many.bolek, seen, wish)
        assert (found.total, found.facets) == by_database(seen, wish), some


def test_what_changed_since_the_snapshot_counts_at_once(many):
    take_snapshot(by=many.bolek, region=many.pomorskie)
    seen, wish = access.visible(many.bolek, many.pomorskie), Wish.of(QueryDict(""))
    before = count(many.pomorskie, many.bolek, seen, wish)
    change_organisation(by=many.bolek, organisation=many.chleb, values={"legal_form": "PL-FUN"})
    after = count(many.pomorskie, many.bolek, seen, wish)
    assert after.facets["form"]["PL-FUN"] == before.facets["form"]["PL-FUN"] + 1
    assert (after.total, after.facets) == by_database(seen, wish)


def test_a_new_area_counts_at_once(many):
    take_snapshot(by=many.bolek, region=many.pomorskie)
    seen, wish = access.visible(many.bolek, many.pomorskie), Wish.of(QueryDict(""))
    count(many.pomorskie, many.bolek, seen, wish)
    Subregion.objects.filter(code="slupski").first().municipalities.remove(many.gdansk)
    change_organisation(by=many.bolek, organisation=many.chleb, values={"short_name": "Chleb"})
    assert count(many.pomorskie, many.bolek, seen, wish).facets == facet_counts(seen, wish)


def test_the_page_shows_the_same_rows_with_and_without_a_snapshot(many, signed_in):
    directory, client = reverse("register:directory", args=["pomorskie"]), signed_in(many.bolek)

    def page(words):
        answer = client.get(f"{directory}?{words}")
        shown = answer.context["page"]
        return shown.paginator.count, [one.pk for one, _cells in answer.context["rows"]], [facet["choices"] for facet in answer.context["facets"]]

    plain = {words: page(words) for words in WISHES}
    take_snapshot(by=many.bolek, region=many.pomorskie)
    assert {words: page(words) for words in WISHES} == plain


def test_the_directory_takes_as_many_queries_for_many_as_for_few(many, signed_in, django_assert_max_num_queries):
    client = signed_in(many.bolek)
    take_snapshot(by=many.bolek, region=many.pomorskie)
    for words in ("", "form=PL-FUN&area=gdanski", "q=nowa"):
        client.get(reverse("register:directory", args=["pomorskie"]) + "?" + words)
        with django_assert_max_num_queries(16):
            client.get(reverse("register:directory", args=["pomorskie"]) + "?" + words)
