"""Health: rule books and the pilot plan beside the facts."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from osnowa.agreements.models import Agreement, Signatory
from osnowa.clusters.actions.health import note_comparison, note_report, plan_pilot, state_facts
from osnowa.clusters.models import Body, BudgetLine, Cluster, Comparison, Service, Use
from osnowa.clusters.queries.facts import FACTS, facts_of
from osnowa.clusters.queries.health import health_of
from osnowa.clusters.queries.rulebooks import book_of as rulebook
from osnowa.clusters.queries.rulebooks import books
from osnowa.compute.conditions import TESTS
from osnowa.journal.models import Entry
from osnowa.meetings.models import Meeting, Series
from tests.unit.clusters.making import a_cluster, a_member, an_organisation

ON = date(2026, 11, 20)


def address(it: Cluster, name: str = "health") -> str:
    return reverse(f"clusters:{name}", args=[it.region.slug, it.slug])


def states(checked) -> dict[str, str]:
    return {answer.outcome.condition.code: answer.outcome.state for answer in checked.answers}


def book_of(it: Cluster, code: str) -> dict[str, str]:
    return next(states(one) for one in health_of(it)[1] if one.book.code == code)


def value(it: Cluster, code: str):
    return facts_of(Cluster.objects.select_related("region", "letter", "series").get(pk=it.pk))[code].value


def held(series: Series, kind: str, count: int) -> None:
    for number in range(count):
        Meeting.objects.create(region=series.region, series=series, slug=f"{kind}-{number}", kind=kind, title=kind, state="held", starts_at="2026-05-05T10:00Z", ends_at="2026-05-05T12:00Z", time_zone="Europe/Warsaw", keep_until=date(2027, 1, 1))


def a_letter(world, signed: int) -> Agreement:
    letter = Agreement.objects.create(region=world.pomorskie, slug="list", title="List", language="pl", state="open", sha256="0" * 64, frozen_at="2026-01-01T10:00Z", closes_on=date(2026, 12, 1))
    for number in range(signed):
        Signatory.objects.create(agreement=letter, name=f"Podmiot {number}", function="prezes", sector=["public", "business"][number % 2], state="signed", way="scan", person_name="Jan Nowak", basis="register", signed_sha256="0" * 64, signed_on=ON)
    return letter


def test_every_rule_book_asks_for_facts_that_are_known_of_in_three_languages():
    for book in books():
        assert {"en", "pl", "sl"} == set(book.titles) == set(book.notes)
        assert book.source
        assert book.url.startswith("https://")
        for one in book.conditions:
            assert one.fact in FACTS
            assert one.test in TESTS
            assert {"en", "pl", "sl"} == set(book.texts[one.code])


def test_an_empty_cluster_meets_nothing_and_what_nobody_stated_is_unknown(world):
    found = book_of(a_cluster(world), "des")
    assert (found["partners"], found["feasibility"], found["agreement"]) == ("not_met", "unknown", "unknown")


def test_c18_three_partners_of_two_forms_with_stated_papers(world):
    it = a_cluster(world, governance={"pl": "Zgromadzenie i rada."})
    for organisation in (world.chleb, world.ukryty, an_organisation(world.pomorskie, "Gmina Miasta Gdańska", "public", "PL-GMINA")):
        a_member(it, organisation)
    period = {"value": ["2026-01-01", "2028-12-31"], "link": "https://example.org/umowa"}
    state_facts(by=world.bolek, cluster=it, on=ON, facts={"agreement": period, "feasibility": {"value": True, "link": ""}, "annual_report": {"value": False, "link": ""}})
    it.refresh_from_db()
    found = book_of(it, "des")
    assert {code for code, state in found.items() if state == "met"} == {"partners", "legal_forms", "agreement", "feasibility", "governance"}
    assert {code for code, state in found.items() if state == "not_met"} == {"enrolled", "annual_report"}
    assert {code for code, state in found.items() if state == "unknown"} == {"chain", "contact"}


def test_members_that_left_do_not_count(world):
    it = a_cluster(world)
    a_member(it, world.chleb, state="left", left_on=date(2026, 6, 1), ending="own")
    assert value(it, "partners") == 0


def test_numbers_of_money_are_shares_of_this_years_secured_sources(world):
    it = a_cluster(world)
    for origin, amount in (("grant", 60), ("fees", 25), ("sales", 15)):
        BudgetLine.objects.create(cluster=it, year=2026, side="source", title=origin, origin=origin, amount=amount, is_secured=True)
    for year in (2026, 2027, 2029):
        BudgetLine.objects.create(cluster=it, year=year, side="cost", title="Etat", amount=100)
    assert [value(it, code) for code in ("sources", "biggest_source", "own_share", "budget_years")] == [3, 60, 40, 2]


def test_a_line_that_was_reversed_is_no_use(world):
    it = a_cluster(world)
    member = a_member(it, world.chleb)
    service = Service.objects.create(cluster=it, kind="brand", title="Marka", state="running")
    first = Use.objects.create(service=service, membership=member, on=ON, satisfaction=5)
    Use.objects.create(service=service, membership=member, on=ON)
    Use.objects.create(service=service, membership=member, on=ON, quantity=-1, reverses=first)
    assert [value(it, code) for code in ("services", "uses", "satisfaction")] == [1, 1, 0]


def pilot(world) -> Cluster:
    series = Series.objects.create(region=world.pomorskie, slug="cykl", name="Cykl", planned={"workshop": 4, "briefing": 4})
    it = a_cluster(world, series=series, letter=a_letter(world, 19))
    plan_pilot(by=world.bolek, cluster=it, plan={"workshop": 4, "briefing": 4, "signatories": 20, "initiative": True, "report_by": date(2026, 11, 30)})
    held(series, "workshop", 4)
    held(series, "briefing", 3)
    it.refresh_from_db()
    return it


def test_the_pilot_plan_is_read_from_meetings_signatures_and_days(world):
    plan, _books = health_of(pilot(world))
    assert plan is not None
    assert {answer.outcome.condition.code: answer.state for answer in plan.answers} == {
        "workshop": "met", "briefing": "due in 10 days", "signatories": "due in 11 days", "report": "due in 10 days", "fund_concept": "due in 10 days", "initiative": "due in 10 days",
    }  # fmt: skip


def test_a_report_that_comes_late_is_not_met(world):
    it = pilot(world)
    note_report(by=world.bolek, cluster=it, on=date(2026, 12, 5), with_fund_concept=True)
    it.refresh_from_db()
    plan, _books = health_of(it)
    assert plan is not None
    assert {code: state for code, state in states(plan).items() if code in ("report", "fund_concept")} == {"report": "not_met", "fund_concept": "met"}


def test_the_first_day_of_the_report_stands(world):
    it = pilot(world)
    for day in (date(2026, 11, 28), date(2026, 12, 5)):
        note_report(by=world.bolek, cluster=it, on=day)
    it.refresh_from_db()
    assert it.pilot["report_on"] == "2026-11-28"


def test_the_page_tells_sources_and_that_they_are_not_verified(signed_in, world):
    page = signed_in(world.bolek).get(address(pilot(world))).text
    assert "delibera n. 1949" in page
    assert "not yet compared with the whole source" in page
    assert "no score and no verdict" in page


def test_who_leads_states_facts_with_a_link(signed_in, world):
    it = a_cluster(world)
    answer = signed_in(world.edyta).post(address(it, "facts"), {"feasibility": "yes", "feasibility_link": "https://example.org/studium", "agreement_from": "2026-01-01", "agreement_to": "2028-12-31"})
    assert answer.url == address(it)
    it.refresh_from_db()
    assert it.facts == {
        "feasibility": {"value": True, "link": "https://example.org/studium", "on": "2026-11-20"},
        "agreement": {"value": ["2026-01-01", "2028-12-31"], "link": "", "on": "2026-11-20"},
    }
    assert 'href="https://example.org/studium"' in signed_in(world.edyta).get(address(it)).text


def test_half_a_period_is_sent_back(signed_in, world):
    answer = signed_in(world.edyta).post(address(a_cluster(world), "facts"), {"agreement_from": "2026-01-01"})
    assert answer.status_code == 422
    assert "Give both days" in answer.text


def test_what_is_stated_again_keeps_its_day(world):
    it = a_cluster(world)
    for day in (date(2026, 1, 1), ON):
        state_facts(by=world.bolek, cluster=it, on=day, facts={"contact": {"value": True, "link": ""}})
    it.refresh_from_db()
    assert it.facts["contact"]["on"] == "2026-01-01"


def test_setting_the_pilot_plan_and_emptying_it(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    client.post(address(it, "pilot"), {"workshop": "4", "report_by": "2026-11-30"})
    it.refresh_from_db()
    assert it.pilot == {"workshop": 4, "report_by": "2026-11-30"}
    client.post(address(it, "pilot"), {"workshop": ""})
    it.refresh_from_db()
    assert it.pilot == {}
    assert "The pilot plan</h2>" not in client.get(address(it)).text


def test_the_checker_speaks_the_readers_language(signed_in, world):
    it = a_cluster(world)
    with translation.override("sl"):
        assert "Vsaj trije partnerji" in signed_in(world.bolek).get(address(it)).text


def test_the_public_does_not_see_it(client, signed_in, world):
    it = a_cluster(world)
    assert client.get(address(it)).status_code == 302
    assert signed_in(world.celina).get(address(it)).status_code == 403
    a_member(it, world.chleb)
    assert signed_in(world.ala).get(address(it)).status_code == 200


def compare(client, it: Cluster, book: str = "geces", **told: str):
    return client.post(reverse("clusters:compare_book", args=[it.region.slug, it.slug, book]), told)


def test_who_leads_notes_how_a_book_was_compared_and_everybody_inside_reads_it(signed_in, world):
    it = pilot(world)
    assert compare(signed_in(world.edyta), it, on="2026-11-19", seen="Raport GECES, s. 12–40").url == address(it)
    kept = Comparison.objects.get()
    assert (kept.book, kept.region, kept.by, kept.on) == ("geces", world.pomorskie, world.edyta, date(2026, 11, 19))
    page = signed_in(world.bolek).get(address(it)).text
    assert f"Compared with the source on 19 November 2026 by {world.edyta}: Raport GECES, s. 12–40" in page
    assert page.count("not yet compared with the whole source") == len(books()) - 1
    assert list(Entry.objects.latest("pk").changes) == ["geces on", "geces seen"]


def test_who_compared_is_named_to_those_with_a_seat_in_the_region_only(signed_in, world):
    it = pilot(world)
    note_comparison(by=world.edyta, region=it.region, book="des", on=ON, seen="Uchwała")
    a_member(it, world.chleb)
    page = signed_in(world.ala).get(address(it)).text
    assert "Uchwała" in page
    assert str(world.edyta) not in page


def test_a_comparison_taken_back_leaves_the_book_unverified(signed_in, world):
    it, client = pilot(world), signed_in(world.edyta)
    for told in ({"on": "2026-11-19", "seen": "Raport"}, {"on": "2026-11-20", "seen": "Raport"}, {"on": "", "seen": ""}):
        compare(client, it, **told)
    assert not Comparison.objects.exists()
    assert client.get(address(it)).text.count("not yet compared with the whole source") == len(books())


@pytest.mark.parametrize(("told", "said"), [({"on": "2026-11-21", "seen": "Raport"}, "yet to come"), ({"on": "2026-11-19"}, "or neither"), ({"seen": "Raport"}, "or neither")])
def test_half_a_comparison_or_one_to_come_is_sent_back(signed_in, world, told, said):
    answer = compare(signed_in(world.edyta), pilot(world), **told)
    assert answer.status_code == 422
    assert said in answer.text
    assert not Comparison.objects.exists()


def test_there_is_no_page_of_a_book_nobody_wrote(signed_in, world):
    assert compare(signed_in(world.edyta), a_cluster(world), "nobody").status_code == 404


def test_the_targets_tell_in_which_document_they_stand(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    source = {"source": "Plan pilotażu", "source_link": "https://example.org/plan", "source_on": "2024-11-22"}
    assert "Name the document" in client.post(address(it, "pilot"), {"workshop": "4"} | source | {"source": ""}).text
    client.post(address(it, "pilot"), {"workshop": "4"} | source)
    page = client.get(address(it)).text
    assert 'href="https://example.org/plan"' in page
    assert "Plan pilotażu</a>, 22 November 2024" in page


@pytest.mark.parametrize("count", [1, 8])
def test_more_of_everything_asks_the_database_no_more(signed_in, world, count, django_assert_max_num_queries):
    it = pilot(world)
    for number in range(count):
        a_member(it, an_organisation(world.pomorskie, f"Spółdzielnia {number}"))
        Body.objects.create(cluster=it, name=f"Rada {number}", kind="council")
        Service.objects.create(cluster=it, kind="brand", title=f"Usługa {number}", state="running")
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(12):
        client.get(address(it))


def test_who_compares_a_book_has_its_conditions_before_her(signed_in, world):
    it = a_cluster(world)
    page = signed_in(world.edyta).get(reverse("clusters:compare_book", args=[it.region.slug, it.slug, "des"])).text
    found = rulebook("des")
    assert found
    assert all(escape(words) in page for words in found.asks)


def test_the_joint_initiative_leads_to_its_meeting(signed_in, world):
    it = pilot(world)
    Cluster.objects.filter(pk=it.pk).update(initiative=Meeting.objects.filter(kind="workshop").first())
    page = signed_in(world.bolek).get(address(it)).text
    assert reverse("meetings:meeting", args=["pomorskie", "workshop-0"]) in page
