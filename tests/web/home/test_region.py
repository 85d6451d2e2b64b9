"""The front page of a region: what a minister understands in one minute."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from osnowa.indicators.models import Indicator, Release, Value
from osnowa.register.actions import add_organisation, close_organisation, take_snapshot
from osnowa.register.models import Organisation, Recognition, YearlyFigures
from tests.world import World


def test_the_front_page_of_a_region_counts_what_the_reader_sees(world: World, client: Client, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    front = reverse("home:region", kwargs={"region": "pomorskie"})
    assert client.get(front).context["portrait"].total == 1
    bolek = signed_in(world.bolek)
    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True)
    bolek.get(front)
    with django_assert_max_num_queries(13):
        assert bolek.get(front).context["portrait"].total == 3


def test_a_word_that_names_no_region_is_not_found(world: World, client: Client) -> None:
    assert client.get("/en/nowhere/").status_code == 404


def test_the_words_of_the_house_are_not_taken_for_regions(world: World, client: Client) -> None:
    for word in ("about", "search", "accessibility", "privacy", "ui"):
        assert client.get(f"/en/{word}/").status_code == 200


PAGE = "/en/pomorskie/"


def shown(client: Client, page: str = PAGE) -> str:
    return client.get(page).content.decode()


def test_every_large_number_leads_to_what_lies_beneath_it(world: World, client: Client) -> None:
    Recognition.objects.create(organisation=world.chleb, code="PL-PS", state="granted", granted_on=date(2024, 1, 1), review_on=date(2027, 1, 1))
    page = client.get(PAGE)
    told = {it.words: it for it in page.context["figures"]}
    assert told["social enterprise"].url == "/en/pomorskie/register/?recognition=PL-PS"
    assert all(it.url and it.source for it in told.values())
    for it in told.values():
        assert client.get(it.url).status_code == 200
    assert f'>{told["organisation"].words}</a>' in page.content.decode()


def test_a_number_and_the_list_beneath_it_agree(world: World, signed_in: Any) -> None:
    bolek = signed_in(world.bolek)
    page = bolek.get(PAGE)
    listed = bolek.get(page.context["figures"][0].url)
    assert page.context["portrait"].total == listed.context["page"].paginator.count == 3


def test_the_change_over_a_year_is_said_in_words_and_explained(world: World, client: Client) -> None:
    for place in range(3):
        an_organisation(world, f"Nowa {place}", registered_on=date(2026, 3, 1 + place))
    gone = an_organisation(world, "Dawna", registered_on=date(2010, 1, 1))
    close_organisation(by=world.bolek, organisation=gone, ended_on=date(2026, 2, 1), end_reason="liquidated")
    page = client.get(PAGE)
    assert page.context["figures"][0].change == "2 more than a year ago"
    said = [it.words for it in page.context["happened"]]
    assert said == ["3 organisations began, most often: Social co-operative (3).", "1 organisation closed: Social co-operative."]
    assert [str(one) for one in page.context["portrait"].newest] == ["Nowa 2", "Nowa 1", "Nowa 0"]


def test_jobs_are_told_with_how_many_reported_and_not_of_fewer_than_five(world: World, client: Client) -> None:
    def tell(organisation: Organisation, employees: int) -> None:
        YearlyFigures.objects.create(organisation=organisation, year=2025, as_of_on=date(2025, 12, 31), employees=employees)

    tell(world.chleb, 100)
    for place in range(3):
        tell(an_organisation(world, f"Nowa {place}"), 10)
    assert "job" not in [it.words.rstrip("s") for it in client.get(PAGE).context["figures"]]
    tell(an_organisation(world, "Piąta"), 2)
    jobs = client.get(PAGE).context["portrait"].jobs
    assert (jobs.persons, jobs.organisations) == (132, 5)


def test_people_of_a_unit_are_not_counted_twice(world: World, client: Client) -> None:
    for it, employees in ((world.ukryty, 40), (world.wtz, 15)):
        YearlyFigures.objects.create(organisation=it, year=2025, as_of_on=date(2025, 12, 31), employees=employees)
    for place in range(4):
        YearlyFigures.objects.create(organisation=an_organisation(world, f"Nowa {place}"), year=2025, as_of_on=date(2025, 12, 31), employees=1)
    assert client.get(PAGE).context["portrait"].jobs.persons == 44


def test_an_empty_region_says_what_comes_next(world: World, client: Client, signed_in: Any) -> None:
    Organisation.objects.filter(region=world.podravje).delete()
    assert "/en/podravje/register/propose/" in shown(client, "/en/podravje/")
    first = shown(signed_in(world.maja), "/en/podravje/")
    ways = [reverse(name, args=["podravje"]) for name in ("imports:imports", "register:add", "places:subregions", "indicators:snapshots")]
    assert all(f'href="{way}"' in first.split('class="first-steps"')[1] for way in ways)
    assert "No snapshot of this register" not in first


def test_who_keeps_the_register_is_told_that_no_snapshot_is_kept(world: World, client: Client, signed_in: Any) -> None:
    assert "No snapshot of this register is kept yet" in shown(signed_in(world.bolek))
    assert "No snapshot of this register is kept yet" not in shown(client)
    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True)
    assert "No snapshot of this register is kept yet" not in shown(signed_in(world.bolek))


def test_a_region_with_neither_figures_nor_dates_nor_activities_has_a_page(world: World, client: Client) -> None:
    page = shown(client, "/en/podravje/")
    assert "No organisation began or closed in the last year." in page
    assert "Among regions" not in page


def test_the_region_stands_among_others_where_there_are_indicators(world: World, client: Client) -> None:
    release = Release.objects.create(source="The test", published_on=date(2026, 1, 1))
    for polarity, code in (("higher", "pay"), ("lower", "poverty"), ("neutral", "age")):
        indicator = Indicator.objects.create(code=code, name=code.title(), unit="%", polarity=polarity)
        for place, geo in enumerate(("PL63", "PL21", "PL51", "EU27_2020", "PL6")):
            Value.objects.create(indicator=indicator, geo=geo, period="2024", value=10 + place, release=release)
    found = {it.indicator.code: it for it in client.get(PAGE).context["positions"]}
    assert {code: (it.standing.rank, it.standing.of) for code, it in found.items()} == {"pay": (3, 3), "poverty": (1, 3)}
    assert "The test" in shown(client)


def test_what_a_reader_may_not_see_is_in_no_number(world: World, client: Client) -> None:
    portrait = client.get(PAGE).context["portrait"]
    assert portrait.total == 1
    assert sum(portrait.places.values()) == 1
    assert world.slupsk.pk not in portrait.places


def an_organisation(world: World, name: str, **values: Any) -> Organisation:
    known = {"legal_name": name, "legal_form": "PL-SPSOC", "sector": "social_economy", "activity_status": "active", "municipality": world.gdansk}
    return add_organisation(by=world.bolek, region=world.pomorskie, values=known | values)
