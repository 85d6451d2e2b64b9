"""`register:quality`: how good the register is, and what to mend next."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from osnowa.register import access, codes
from osnowa.register.actions import change_organisation, take_snapshot
from osnowa.register.models import Identifier, Organisation, Recognition, StatusReport, YearlyFigures
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept
from osnowa.register.queries.quality import quality
from tests.world import World

URL = "/en/pomorskie/quality/"


def links(client: Client, query: str = "") -> dict[str, list[str]]:
    """{organisation: addresses of the corrections} as the page shows them."""
    corrections = client.get(URL + query).context["corrections"]
    return {c.organisation.slug: [url.split("/")[-2] for _, url in c.links] for c in corrections}


@pytest.fixture
def granted(world: World) -> Recognition:
    return Recognition.objects.create(
        organisation=world.chleb, code="PL-PS", state="granted", granted_on=date(2024, 3, 1), review_on=date(2027, 3, 1)
    )


def test_the_figures_are_public_and_count_what_is_public(client: Client, world: World) -> None:
    answer = client.get(URL)
    assert answer.status_code == 200
    total = answer.context["quality"].total
    assert (total.n, total.counts["identifier"], total.counts["confirmed"], total.counts["activity"]) == (1, 1, 0, 1)


def test_editors_count_every_open_record(signed_in, world: World) -> None:
    quality = signed_in(world.edyta).get(URL).context["quality"]
    assert quality.total.n == 3
    assert quality.total.counts["identifier"] == 3, "a unit leans on the number of its legal person"
    assert quality.total.counts["municipality"] == 3
    assert [(line.label, line.n) for line in quality.forms if line.n] == sorted((line.label, line.n) for line in quality.forms)
    assert [(line.label, line.n) for line in quality.areas] == [("Obszar gdański", 1), ("in none of these areas", 2)]


def test_forms_and_areas_add_up_to_the_whole(signed_in, world: World) -> None:
    quality = signed_in(world.edyta).get(URL).context["quality"]
    for lines in (quality.forms, quality.areas):
        assert sum(line.n for line in lines) == quality.total.n
        for check, count in quality.total.counts.items():
            assert sum(line.counts[check] for line in lines) == count


def test_names_to_mend_are_for_editors_only(client: Client, signed_in, world: World) -> None:
    for stranger in (client, signed_in(world.olga), signed_in(world.rafal), signed_in(world.maja)):
        html = stranger.get(URL).content.decode()
        assert "What to mend next" not in html
        assert "Dobry Chleb" not in html
    assert "Dobry Chleb" in signed_in(world.edyta).get(URL).content.decode()


def test_a_correction_leads_straight_to_its_form(signed_in, world: World) -> None:
    her = signed_in(world.edyta)
    found = links(her)
    assert found["dobry-chleb"] == ["dobry-chleb", "contacts", "figures"]
    assert "edit" in found["warsztat-terapii-zajeciowej-w-slupsku"], "no main activity"


def test_a_missing_number_and_place_are_noticed(signed_in, world: World) -> None:
    world.chleb.identifiers.all().delete()
    Organisation.objects.filter(pk=world.chleb.pk).update(municipality=None)
    her = signed_in(world.edyta)
    assert "dobry-chleb" in links(her, "?mend=number")
    assert "dobry-chleb" in links(her, "?mend=place")


def test_a_postal_code_of_another_municipality_is_noticed(signed_in, world: World) -> None:
    Organisation.objects.filter(pk=world.chleb.pk).update(municipality=world.slupsk)
    assert list(links(signed_in(world.edyta), "?mend=place")) == ["dobry-chleb"]


def test_an_ambiguous_postal_code_with_its_municipality_is_right(signed_in, world: World) -> None:
    Organisation.objects.filter(pk=world.chleb.pk).update(postal_code="83-000", municipality=world.slupsk)
    assert links(signed_in(world.edyta), "?mend=place") == {}


def test_a_status_without_its_yearly_report_is_noticed(signed_in, world: World, granted: Recognition) -> None:
    her = signed_in(world.edyta)
    assert "dobry-chleb" in links(her, "?mend=report")
    report = StatusReport.objects.create(recognition=granted, year=2025, due_on=date(2026, 3, 31))
    assert "dobry-chleb" in links(her, "?mend=report")
    report.filed_on = date(2026, 3, 30)
    report.save()
    assert links(her, "?mend=report") == {}


def test_an_overdue_review_is_noticed(signed_in, world: World, granted: Recognition) -> None:
    her = signed_in(world.edyta)
    assert links(her, "?mend=review") == {}
    Recognition.objects.update(review_on=date(2026, 1, 1))
    assert "dobry-chleb" in links(her, "?mend=review")


def test_figures_of_last_year_end_the_asking(signed_in, world: World) -> None:
    her = signed_in(world.edyta)
    assert "dobry-chleb" in links(her, "?mend=figures")
    YearlyFigures.objects.create(organisation=world.chleb, year=2025, as_of_on=date(2025, 12, 31), employees=4)
    assert "dobry-chleb" not in links(her, "?mend=figures")


def test_the_most_to_mend_comes_first(signed_in, world: World) -> None:
    corrections = signed_in(world.edyta).get(URL).context["corrections"]
    numbers = [len(c.links) for c in corrections]
    assert numbers == sorted(numbers, reverse=True)


def test_an_unknown_filter_is_passed_over(signed_in, world: World) -> None:
    assert signed_in(world.edyta).get(URL + "?mend=nonsense&page=99").status_code == 200


def test_an_empty_region_says_so(client: Client, world: World) -> None:
    Organisation.objects.filter(region=world.podravje).update(visibility="coordinator")
    assert "No organisation is here yet" in client.get("/en/podravje/quality/").content.decode()


def test_the_queries_do_not_grow_with_the_register(signed_in, world: World, django_assert_max_num_queries) -> None:
    Organisation.objects.bulk_create(
        Organisation(region=world.pomorskie, slug=f"o-{n}", legal_name=f"O {n}", legal_form="PL-FUN", sector="civil_society",
                     country="PL", name_fold=f"o {n}", activity_status="active")
        for n in range(60)
    )  # fmt: skip
    her = signed_in(world.edyta)
    with django_assert_max_num_queries(18):
        her.get(URL)
    take_snapshot(by=None, region=world.pomorskie)
    with django_assert_max_num_queries(14):
        her.get(URL)


def _by_hand(world: World, person) -> dict[str, list[int]]:
    """{legal form: [open organisations, and for how many each check holds]}, one organisation after the other."""
    found: dict[str, list[int]] = {}
    today = timezone.localdate()
    for it in access.visible(person, world.pomorskie).exclude(activity_status="closed"):
        numbers = Identifier.objects.filter(organisation__in=filter(None, [it.pk, it.parent_id]))
        holds = (
            True, numbers.exists(), it.lat is not None and it.lon is not None,
            it.last_confirmed_on is not None and it.last_confirmed_on >= today - timedelta(days=365), it.municipality_id is not None,
            it.legal_form in codes.LEGAL_FORMS.rows, it.contacts.exclude(email="").filter(keep_until__gte=today).exists(),
            it.activities.filter(is_main=True).exists(),
        )  # fmt: skip
        found[it.legal_form] = [n + one for n, one in zip(found.get(it.legal_form, [0] * 8), holds, strict=True)]
    return found


def test_what_is_counted_is_so_of_each_organisation_with_and_without_a_snapshot(world: World) -> None:
    for deed in (
        lambda: None,
        lambda: take_snapshot(by=None, region=world.pomorskie),
        lambda: change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_form": "PL-STO", "municipality": None}),
        lambda: change_organisation(by=world.bolek, organisation=world.wtz, values={"last_confirmed_on": date(2026, 11, 1)}),
    ):
        deed()
        for person in (world.bolek, world.ala, world.celina):
            seen = access.visible(person, world.pomorskie)
            counted = quality(Kept(frame_of(world.pomorskie, person)), seen, timezone.localdate())
            expected = _by_hand(world, person)
            assert [[line.n, *line.counts.values()] for line in counted.forms] == [
                expected[code] for code in sorted(expected, key=lambda code: (codes.LEGAL_FORMS.label(code), code))
            ]
            assert [counted.total.n, *counted.total.counts.values()] == [sum(column) for column in zip(*expected.values(), strict=True)]
