"""Services and shared strategies: the catalogue, its seed, the ledger of uses, what is told to whom."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import python_calamine
from django.urls import reverse

from osnowa.clusters.models import Cluster, Membership, Service, Use
from osnowa.clusters.queries import services as queries
from osnowa.journal.models import Entry
from tests.unit.clusters.making import a_cluster, a_member, an_organisation


def address(it: Cluster, name: str, *words: object) -> str:
    return reverse(f"clusters:{name}", args=[it.region.slug, it.slug, *words])


def a_service(it: Cluster, **values: object) -> Service:
    return Service.objects.create(cluster=it, **({"kind": "training", "title": "Szkolenia", "state": "running"} | values))


def a_use(service: Service, member: Membership, **values: object) -> Use:
    return Use.objects.create(service=service, membership=member, **({"on": date(2026, 10, 5)} | values))


def members(world, it: Cluster, count: int) -> list[Membership]:
    return [a_member(it, an_organisation(world.pomorskie, f"Spółdzielnia Numer {number}", visibility="public")) for number in range(count)]


def line(it: Service, member: Membership, row: int = 1, **values: str) -> dict[str, str]:
    told = {"service": str(it.pk), "membership": str(member.pk), "on": "2026-10-05", "quantity": "2", "paid": "", "saved": "", "satisfaction": "", "note": ""}
    return {f"{row}-{name}": value for name, value in (told | values).items()}


def empty_rows(*rows: int) -> dict[str, str]:
    return {f"{row}-{name}": value for row in rows for name, value in {"service": "", "membership": "", "on": "2026-11-20", "quantity": "1"}.items()}


def book(answer) -> dict[str, list[list[object]]]:
    """{sheet: its rows} of an answer that is a workbook."""
    found = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


# --- the catalogue ----------------------------------------------------------------------------------------------


def test_an_empty_catalogue_leads_to_the_proposals(signed_in, client, world):
    it = a_cluster(world)
    assert "The catalogue is empty" in client.get(address(it, "services")).text
    assert address(it, "seed") not in client.get(address(it, "services")).text
    assert address(it, "seed") in signed_in(world.bolek).get(address(it, "services")).text


def test_every_label_of_the_seed_stands_in_three_languages_and_has_a_known_innovation():
    assert len(queries.SERVICE_KINDS.rows) == 19
    for code in queries.KINDS:
        assert all(code.labels.values())
        assert not code["innovation"] or code["innovation"] in queries.INNOVATION
        assert code["group"] in ("service", "strategy")
        assert len(code.code) <= 30


def test_one_click_puts_a_proposal_into_the_catalogue_in_the_regions_language(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    client.post(address(it, "seed"), {"kind": "energy_sharing"})
    made = it.services.get()
    assert (made.title, made.state, made.innovation, made.is_strategy) == ("Dzielenie się energią", "wished", "ecological", False)
    assert Entry.objects.get(deed="clusters.services_wished").changes == {"services": [None, ["Dzielenie się energią"]]}
    assert "energy_sharing" not in client.get(address(it, "seed")).text


def test_a_proposal_taken_twice_is_there_once(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    for _time in range(2):
        client.post(address(it, "seed"), {"kind": ["training", "training", "nonsense"]})
    assert it.services.count() == 1
    assert Entry.objects.filter(deed="clusters.services_wished").count() == 1


def test_a_service_of_ones_own_has_an_owner_price_and_capacity(signed_in, world):
    it, client = a_cluster(world), signed_in(world.bolek)
    told = {"kind": "joint_purchasing", "title": "Wspólne zakupy energii", "state": "running", "organisation": "Dobry Chleb", "price": "12.50", "unit": "order", "capacity": "40", "innovation": "economic"}
    assert client.post(address(it, "new_service"), told).url == address(it, "services")
    made = it.services.get()
    assert (made.owner, made.price, made.capacity, made.is_strategy) == (world.chleb, Decimal("12.50"), 40, False)
    page = client.get(address(it, "services")).text
    assert "12.50 PLN / order" in page
    assert "40 × order" in page
    assert client.get(reverse("register:organisation", args=[it.region.slug, world.chleb.slug])).request["PATH_INFO"] in page


def test_an_owner_the_register_does_not_know_is_asked_for_again(signed_in, world):
    it = a_cluster(world)
    answer = signed_in(world.bolek).post(address(it, "new_service"), {"kind": "training", "title": "Szkolenia", "state": "running", "organisation": "Nikt"})
    assert answer.status_code == 422
    assert "knows no organisation" in answer.text
    assert not it.services.exists()


def test_a_strategy_stands_apart_and_its_kind_says_that_it_is_one(signed_in, world):
    it = a_cluster(world)
    signed_in(world.bolek).post(address(it, "new_service"), {"kind": "shared_resources", "title": "Dzielimy koszty", "state": "running"})
    assert it.services.get().is_strategy
    assert "Shared strategies" in signed_in(world.bolek).get(address(it, "services")).text


def test_closing_keeps_what_was_used_and_opening_again_takes_the_day_away(signed_in, world):
    it = a_cluster(world)
    service, client = a_service(it), signed_in(world.bolek)
    a_use(service, a_member(it, world.chleb))
    client.post(address(it, "close_service", service.pk), {"on": "2026-11-19"})
    service.refresh_from_db()
    assert (service.state, service.closed_on, service.uses.count()) == ("closed", date(2026, 11, 19), 1)
    client.post(address(it, "service", service.pk), {"kind": "training", "title": "Szkolenia", "state": "running", "closed_on": "2026-11-19"})
    service.refresh_from_db()
    assert (service.state, service.closed_on) == ("running", None)


def test_nothing_is_closed_on_a_day_to_come(signed_in, world):
    service = a_service(a_cluster(world))
    answer = signed_in(world.bolek).post(address(service.cluster, "close_service", service.pk), {"on": "2026-12-01"})
    assert answer.status_code == 422
    service.refresh_from_db()
    assert service.state == "running"


def test_cards_move_among_those_of_their_state(signed_in, world):
    it = a_cluster(world)
    first, _wished, last = a_service(it, order=0), a_service(it, title="Życzenie", state="wished", order=1), a_service(it, title="Targi", order=2)
    signed_in(world.bolek).post(address(it, "move_service", last.pk), {"way": "up"})
    assert [one.pk for one in it.services.filter(state="running")] == [last.pk, first.pk]
    signed_in(world.bolek).post(address(it, "move_service", last.pk), {"way": "up"})
    assert Entry.objects.filter(deed="clusters.service_moved").count() == 1


def test_a_hidden_organisation_that_provides_a_service_is_not_named_to_the_public(client, signed_in, world):
    it = a_cluster(world)
    a_service(it, owner=world.ukryty)
    assert "Przystań" not in client.get(address(it, "services")).text
    assert "Przystań" not in str(book(client.get(address(it, "services_file"))))
    assert "Przystań" in signed_in(world.bolek).get(address(it, "services")).text


# --- the ledger -------------------------------------------------------------------------------------------------


def test_several_lines_are_noted_at_once_and_empty_rows_left_out(signed_in, world):
    it = a_cluster(world)
    service, member = a_service(it), a_member(it, world.chleb)
    answer = signed_in(world.edyta).post(address(it, "note_uses"), line(service, member, saved="100") | line(service, member, 2, satisfaction="5") | empty_rows(3, 4, 5))
    assert answer.url == address(it, "ledger")
    assert set(Use.objects.values_list("quantity", "saved", "satisfaction")) == {(2, 100, None), (2, None, 5)}
    assert Use.objects.filter(satisfaction=5, added_by=world.edyta).exists()


def test_lines_sent_twice_are_noted_once_and_from_a_new_page_again(signed_in, world):
    it = a_cluster(world)
    service, member, client = a_service(it), a_member(it, world.chleb), signed_in(world.edyta)
    a_use(service, member)

    def seen() -> dict[str, str]:
        return {"behind": client.get(address(it, "note_uses")).text.partition('name="behind" value="')[2].partition('"')[0]}

    told = line(service, member) | line(service, member, 2) | empty_rows(3, 4, 5) | seen()
    signed_in(world.bolek).post(address(it, "note_uses"), told | {"1-saved": "7"})
    for _time in range(2):
        assert "2 lines noted" in client.post(address(it, "note_uses"), told, follow=True).text
    assert Use.objects.filter(added_by=world.edyta).count() == 2
    client.post(address(it, "note_uses"), told | seen())
    assert Use.objects.filter(added_by=world.edyta).count() == 4
    assert Entry.objects.filter(deed="clusters.uses_noted", by=world.edyta).count() == 2


def test_a_service_sent_twice_is_one(signed_in, world):
    it = a_cluster(world)
    for _time in range(2):
        signed_in(world.bolek).post(address(it, "new_service"), {"kind": "training", "title": "Szkolenia", "state": "running", "price": "1 200,50"})
    assert it.services.get().price == Decimal("1200.50")


def test_the_journal_holds_only_how_many_lines(signed_in, world):
    it = a_cluster(world)
    signed_in(world.edyta).post(address(it, "note_uses"), line(a_service(it), a_member(it, world.chleb), satisfaction="1", note="Jan był zły") | empty_rows(2, 3, 4, 5))
    assert Entry.objects.get(deed="clusters.uses_noted").changes == {"lines": [None, 1]}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "2026-12-24"}, "still to come"), ({"on": "2026-02-01"}, "was not a member"), ({"membership": ""}, "Choose the member"), ({"service": ""}, "Choose the service"), ({"on": ""}, "Say on which day"),
        ({"quantity": "0"}, "above nought"), ({"on": "2026-04-01"}, "was not open"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_is_refused_and_nothing_is_half_noted(signed_in, world, values, said):
    it = a_cluster(world)
    service, member = a_service(it, starts_on=date(2026, 5, 1)), a_member(it, world.chleb)
    answer = signed_in(world.edyta).post(address(it, "note_uses"), line(service, member) | line(service, member, 2, **values) | empty_rows(3, 4, 5))
    assert answer.status_code == 422
    assert said in answer.text
    assert not Use.objects.exists()


def test_what_is_only_wished_for_is_not_offered_for_noting(signed_in, world):
    it = a_cluster(world)
    wished, member = a_service(it, state="wished", title="Marzenie"), a_member(it, world.chleb)
    a_service(it)
    client = signed_in(world.edyta)
    assert "Marzenie" not in client.get(address(it, "note_uses")).text
    assert client.post(address(it, "note_uses"), line(wished, member) | empty_rows(2, 3, 4, 5)).status_code == 422
    assert not Use.objects.exists()


def test_a_wrong_line_is_corrected_by_a_line_that_reverses_it(signed_in, world):
    it = a_cluster(world)
    use, client = a_use(a_service(it), a_member(it, world.chleb), quantity=3, paid=Decimal("10.50")), signed_in(world.bolek)
    assert client.post(address(it, "reverse_use", use.pk), {"note": "pomyłka"}).url == address(it, "ledger")
    back = Use.objects.get(reverses=use)
    assert (back.on, back.quantity, back.paid, back.saved, back.satisfaction) == (use.on, -3, Decimal("-10.50"), None, None)
    found = queries.usage(it)
    assert (found.uses, found.users, found.paid) == (0, 0, None)
    assert f"reverses line {use.pk}" in client.get(address(it, "ledger")).text


def test_a_line_is_reversed_once_and_a_reversing_line_never(signed_in, world):
    it = a_cluster(world)
    use, client = a_use(a_service(it), a_member(it, world.chleb)), signed_in(world.bolek)
    client.post(address(it, "reverse_use", use.pk))
    assert "reversed already" in client.post(address(it, "reverse_use", use.pk), {"note": "x"}).text
    assert "itself reverses" in client.post(address(it, "reverse_use", Use.objects.get(reverses=use).pk), {"note": "x"}).text
    assert Use.objects.count() == 2


def test_a_representative_reads_the_lines_of_her_organisation_and_nobody_elses(signed_in, world):
    it = a_cluster(world)
    service = a_service(it)
    a_use(service, a_member(it, world.chleb), note="nasza")
    a_use(service, members(world, it, 1)[0], note="cudza")
    page = signed_in(world.ala).get(address(it, "ledger")).text
    assert "nasza" in page
    assert "cudza" not in page
    assert "cudza" in signed_in(world.edyta).get(address(it, "ledger")).text
    cells = str(book(signed_in(world.ala).get(address(it, "services_file")))["Ledger"])
    assert "nasza" in cells
    assert "cudza" not in cells


# --- what is told -----------------------------------------------------------------------------------------------


def test_use_is_told_by_service_member_and_month(signed_in, world):
    it = a_cluster(world)
    service, all_of_them = a_service(it, capacity=10), members(world, it, 6)
    for member in all_of_them[:3]:
        a_use(service, member, quantity=2, saved=50)
    a_use(service, all_of_them[0], on=date(2026, 4, 2), saved=10)
    found = queries.usage(it)
    assert (found.members, found.uses, found.users, found.share_percent, found.saved) == (6, 4, 3, 50, 160)
    assert dict(found.by_month)[2026, 10] == 3
    assert found.services[0].is_widely_used
    page = signed_in(world.bolek).get(address(it, "usage")).text
    assert "3 of 6 members of today used nothing" in page
    assert "Spółdzielnia Numer 5" in page


def test_a_service_is_widely_used_from_a_third_of_the_members_on(world):
    it = a_cluster(world)
    first, last, all_of_them = a_service(it), a_service(it, title="Targi"), members(world, it, 7)
    for member in all_of_them[:3]:
        a_use(first, member)
    for member in all_of_them[:2]:
        a_use(last, member)
    assert [one.is_widely_used for one in queries.usage(it).services] == [True, False]


def test_v4_satisfaction_of_fewer_than_four_members_is_not_told(signed_in, world):
    it = a_cluster(world)
    service, all_of_them = a_service(it), members(world, it, 4)
    for member in all_of_them[:3]:
        a_use(service, member, satisfaction=5)
    a_use(service, all_of_them[0], satisfaction=5)
    assert queries.usage(it).services[0].satisfaction is None
    assert "fewer than 4 voices" in signed_in(world.olga).get(address(it, "usage")).text
    a_use(service, all_of_them[3], satisfaction=3)
    assert queries.usage(it).services[0].satisfaction == Decimal("4.5")


def test_the_public_sees_totals_from_four_members_on_and_never_who(client, world):
    it = a_cluster(world)
    service, all_of_them = a_service(it), members(world, it, 4)
    for member in all_of_them[:3]:
        a_use(service, member, saved=100)
    assert "300 PLN" not in client.get(address(it, "services")).text
    a_use(service, all_of_them[3], saved=100)
    page = client.get(address(it, "services")).text
    assert "400 PLN" in page
    assert "4 / 4" in page
    assert "Used in twelve months" not in page
    assert "Spółdzielnia Numer" not in page
    assert list(book(client.get(address(it, "services_file")))) == ["Catalogue"]


def test_a_year_can_be_chosen_and_a_strange_one_is_the_last_twelve_months(signed_in, world):
    it = a_cluster(world)
    member = a_member(it, world.chleb, joined_on=date(2025, 1, 1))
    a_use(a_service(it), member, on=date(2025, 2, 2))
    client = signed_in(world.bolek)
    assert "What was used: 2025" in client.get(address(it, "usage"), {"year": "2025"}).text
    assert "Nothing was noted in this period" in client.get(address(it, "usage"), {"year": "1789; drop"}).text


def test_the_columns_of_the_ledger_add_up_in_the_workbook(signed_in, world):
    it = a_cluster(world)
    service, member = a_service(it), a_member(it, world.chleb)
    use = a_use(service, member, saved=70)
    a_use(service, member, saved=30)
    signed_in(world.bolek).post(address(it, "reverse_use", use.pk))
    found = book(signed_in(world.bolek).get(address(it, "services_file")))
    assert list(found) == ["Catalogue", "By service", "By member", "By month", "Ledger"]
    saved = [row[6] for row in found["Ledger"][1:]]
    assert (len(saved), sum(saved), queries.usage(it).saved) == (3, 30, 30)


@pytest.mark.parametrize("name", ["services", "usage", "ledger", "note_uses", "services_file"])
@pytest.mark.parametrize("count", [2, 9])
def test_more_services_and_uses_ask_the_database_no_more(signed_in, world, django_assert_max_num_queries, name, count):
    it = a_cluster(world)
    all_of_them = members(world, it, count)
    for number in range(count):
        service = a_service(it, title=f"Usługa {number}", owner=world.chleb)
        for member in all_of_them:
            a_use(service, member)
    client = signed_in(world.bolek)
    client.get(address(it, name))
    with django_assert_max_num_queries(12):
        client.get(address(it, name))
