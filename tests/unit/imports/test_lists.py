"""A list goes in: what is new, what changes, what is doubtful, what is missing; twice is once; undo is the identity."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from osnowa.imports.actions import decide_rows, start_applying
from osnowa.imports.models import Import, Row
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.register.actions import add_organisation, change_organisation, close_organisation, merge_organisations
from osnowa.register.models import Contact, Organisation, Proposal
from osnowa.register.queries import facts, facts_of
from tests.lists import NIPS, applied, checked, outcomes, undone

HEAD = "Numer wpisu;Nazwa;NIP;Ulica;Kod pocztowy;Miejscowość;Data założenia;E-mail"
FIRST = f"""{HEAD}
WZ/17;Spółdzielnia Socjalna Ogród;{NIPS[0]};Polna 3;80-001;Gdańsk;12.03.2015;biuro@ogrod.example
WZ/4;Fundacja Most;{NIPS[1]};Długa 7;80-001;Gdańsk;2012-01-05;
WZ/9;Stowarzyszenie Jantar;;Morska 1;76-200;Słupsk;;
"""


def register(world):
    """Every fact of the register of Pomorskie."""
    return facts_of(list(Organisation.objects.filter(region=world.pomorskie).order_by("pk")))


def organisation(name):
    return Organisation.objects.get(legal_name=name)


def test_a_list_goes_in_with_what_it_says(world):
    it = applied(checked(world.pomorskie, FIRST, by=world.bolek))
    assert it.counts == {"read": 3, "set_aside": 0, "errors": 0, "new": 3, "changed": 0, "unchanged": 0, "duplicates": 0, "missing": 0}
    assert it.outcome["added"] == 3
    ogrod = organisation("Spółdzielnia Socjalna Ogród")
    assert (ogrod.street, ogrod.postal_code, ogrod.locality, ogrod.founded_on) == ("Polna 3", "80-001", "Gdańsk", date(2015, 3, 12))
    assert ogrod.legal_form == "PL-SPSOC"
    assert ogrod.municipality == world.gdansk
    assert dict(ogrod.identifiers.values_list("scheme", "value")) == {"PL-NIP": NIPS[0]}
    assert ogrod.provenance["street"] == {"source": "import_list", "on": "2026-11-20", "by": world.bolek.pk}
    contact = ogrod.contacts.get()
    assert (contact.email, contact.may_publish, contact.keep_until) == ("biuro@ogrod.example", False, date(2028, 11, 20))
    assert Entry.objects.filter(batch=it.batch, deed="register.organisation_added").count() == 3


def test_the_same_file_twice_changes_nothing(world):
    applied(checked(world.pomorskie, FIRST))
    before, entries = register(world), Entry.objects.filter(deed__startswith="register.").count()
    again = applied(checked(world.pomorskie, FIRST))
    assert (again.counts["unchanged"], again.counts["read"], again.counts["missing"]) == (3, 3, 0)
    assert register(world) == before
    assert Entry.objects.filter(deed__startswith="register.").count() == entries
    assert Contact.objects.filter(email="biuro@ogrod.example").count() == 1


def test_a_list_without_numbers_is_known_again_by_its_rows(world):
    nameless = "Nazwa;Miejscowość\nStowarzyszenie Jantar;Słupsk\nFundacja Most;Gdańsk\n"
    applied(checked(world.pomorskie, nameless))
    again = checked(world.pomorskie, nameless)
    assert again.counts["unchanged"] == 2


def test_a_newer_list_changes_field_by_field(world):
    applied(checked(world.pomorskie, FIRST))
    it = checked(world.pomorskie, FIRST.replace("Polna 3", "Leśna 9"))
    row = it.rows.get(outcome="changed")
    assert row.changes == {"street": ["Polna 3", "Leśna 9"]}
    applied(it)
    assert organisation("Spółdzielnia Socjalna Ogród").street == "Leśna 9"


def test_what_was_corrected_by_hand_stands_until_the_list_says_something_new(world):
    applied(checked(world.pomorskie, FIRST))
    ogrod = organisation("Spółdzielnia Socjalna Ogród")
    change_organisation(by=world.bolek, organisation=ogrod, values={"street": "Polna 3A"})
    assert checked(world.pomorskie, FIRST).counts["unchanged"] == 3
    newer = checked(world.pomorskie, FIRST.replace("Polna 3;", "Polna 5;"))
    assert newer.rows.get(outcome="changed").changes == {"street": ["Polna 3A", "Polna 5"]}


def test_what_a_newer_list_leaves_out_is_proposed_for_closing_and_never_closed(world):
    applied(checked(world.pomorskie, FIRST))
    it = applied(checked(world.pomorskie, FIRST.rsplit("WZ/9;", 1)[0]))
    assert it.counts["missing"] == 1
    jantar = organisation("Stowarzyszenie Jantar")
    assert jantar.activity_status == "not_confirmed"
    proposal = Proposal.objects.get(organisation=jantar)
    assert (proposal.values, proposal.state) == ({"activity_status": "closed"}, "waiting")
    undone(it)
    assert not Proposal.objects.exists()


def test_a_row_to_be_mended_is_not_missing(world):
    applied(checked(world.pomorskie, FIRST))
    broken = FIRST.replace("WZ/9;", "XX/1;").replace("76-200", "7").replace(f"WZ/4;Fundacja Most;{NIPS[1]};Długa 7;80-001", f"WZ/4;Most;{NIPS[1]};Długa 7;8")
    it = checked(world.pomorskie, broken)
    assert (it.counts["errors"], it.counts["missing"]) == (2, 0)


def test_another_spelling_changes_no_name_and_a_guess_no_municipality(world):
    words = "Nazwa;NIP;Miejscowość\nSPÓŁDZIELNIA SOCJALNA \"DOBRY CHLEB\";1234563218;Gdańsk\n"
    change_organisation(by=world.bolek, organisation=world.chleb, values={"municipality": world.slupsk, "lat": None, "lon": None})
    assert checked(world.pomorskie, words).counts["unchanged"] == 1
    renamed = checked(world.pomorskie, words.replace("DOBRY CHLEB", "DOBRY RAZOWIEC"), source="inna").rows.get()
    assert renamed.changes["legal_name"][1] == 'SPÓŁDZIELNIA SOCJALNA "DOBRY RAZOWIEC"'


def test_a_unit_of_the_register_is_known_by_name_and_place_without_its_legal_person(world):
    words = "Nazwa;Forma prawna;Kod pocztowy;Miejscowość\nWarsztat Terapii Zajęciowej w Słupsku;WTZ;76-200;Słupsk\n"
    assert checked(world.pomorskie, words).counts["unchanged"] == 1


def test_a_list_is_the_same_whatever_capitals_its_name_has(world):
    one = checked(world.pomorskie, FIRST, source="Lista OWES")
    assert checked(world.pomorskie, FIRST, source=" lista  owes").source == one.source


def test_what_a_list_calls_closed_is_proposed_for_closing(world):
    words = "Nazwa;NIP;Stan\nDobry Chleb;1234563218;wykreślona\n"
    mapping = {0: "legal_name", 1: "number:PL-NIP", 2: "activity_status"}
    it = applied(checked(world.pomorskie, words, mapping=mapping))
    world.chleb.refresh_from_db()
    assert (world.chleb.activity_status, it.outcome["proposed_closings"]) == ("active", 1)
    assert checked(world.pomorskie, words, mapping=mapping).counts["unchanged"] == 1


def test_a_part_of_a_list_and_mended_rows_miss_nothing(world):
    whole = applied(checked(world.pomorskie, FIRST))
    one = "\n".join(FIRST.splitlines()[:2])
    assert checked(world.pomorskie, one, is_whole=False).counts["missing"] == 0
    assert checked(world.pomorskie, one, mends=whole).counts["missing"] == 0


def test_a_number_of_the_register_tells_who_a_row_is(world):
    it = checked(world.pomorskie, "Nazwa;NIP;Ulica\nDobry Chleb Sp. Soc.;123-456-32-18;Szeroka 4\n")
    row = it.rows.get()
    assert (row.organisation, row.outcome) == (world.chleb, "changed")
    assert row.changes["street"] == ["Długa 1", "Szeroka 4"]


def test_a_number_of_a_merged_record_leads_to_the_kept_one_and_stays_there(world):
    values = {"legal_name": "Dobry Chleb", "legal_form": "PL-SPSOC", "sector": "social_economy", "identifiers": {"PL-NIP": NIPS[0]}}
    other = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
    merge_organisations(by=world.bolek, kept=world.chleb, gone=other)
    it = applied(checked(world.pomorskie, f"Nazwa;NIP;Ulica\nDobry Chleb;{NIPS[0]};Nowa 2\n"))
    assert it.outcome["changed"] == 1
    fresh = Organisation.objects.get(pk=world.chleb.pk)
    assert (fresh.street, fresh.identifiers.get(scheme="PL-NIP").value) == ("Nowa 2", "1234563218")


def test_a_number_of_another_region_stops_its_row(world):
    change_organisation(by=world.maja, organisation=world.zadruga, values={"identifiers": {"SI-MAT": "5921449"}})
    it = checked(world.pomorskie, "Nazwa;SI-MAT\nZadruga;5921449\n", mapping={0: "legal_name", 1: "number:SI-MAT"})
    assert it.counts["errors"] == 1


def test_a_number_that_stands_twice_with_other_values_is_told(world):
    words = "Nr;Nazwa\n1;Fundacja Most\n1;Fundacja Las\n2;Stowarzyszenie Mak\n2;Stowarzyszenie Mak\n"
    it = checked(world.pomorskie, words, mapping={0: "source_key", 1: "legal_name"})
    assert outcomes(it) == {"Fundacja Most": "new", "Fundacja Las": "error", "Stowarzyszenie Mak": "set_aside"}
    assert it.counts["new"] == 2


DOUBT = "Nazwa;Miejscowość;Ulica\nSpółdzielnia Socjalna Dobry Chleb;Gdańsk;Piekarska 8\n"


@pytest.fixture
def doubtful(world):
    it = checked(world.pomorskie, DOUBT)
    row = it.rows.get()
    row.outcome, row.organisation, row.changes = "duplicate", None, {}
    row.likely = [{"organisation": world.chleb.pk, "score": 0.8, "why": []}]
    row.save()
    return it


def test_an_undecided_row_is_left_out_and_stays(world, doubtful):
    it = applied(doubtful)
    assert (it.outcome["added"], it.outcome["changed"], it.outcome["left_out"]) == (0, 0, 1)


def test_a_row_said_to_be_the_same_changes_that_organisation(world, doubtful):
    decide_rows(by=world.bolek, it=doubtful, decision="same")
    applied(doubtful)
    world.chleb.refresh_from_db()
    assert world.chleb.street == "Piekarska 8"


def test_a_row_said_to_be_another_is_added(world, doubtful):
    decide_rows(by=world.bolek, it=doubtful, decision="different")
    it = applied(doubtful)
    assert it.outcome["added"] == 1
    assert Organisation.objects.filter(legal_name="Spółdzielnia Socjalna Dobry Chleb").count() == 2


def test_a_row_to_be_left_out_is_left_out(world):
    it = checked(world.pomorskie, FIRST)
    decide_rows(by=world.bolek, it=it, decision="skip", rows=[1])
    assert applied(it).outcome["added"] == 2


# Undo


def test_undo_brings_everything_back(world):
    before = register(world)
    it = applied(checked(world.pomorskie, FIRST + "WZ/40;Dobry Chleb;1234563218;Nowa 2;80-001;Gdańsk;;nowy@chleb.example\n"))
    assert register(world) != before
    done = undone(it)
    assert register(world) == before
    assert (done.state, done.outcome["removed"], done.outcome["restored"]) == ("undone", 3, 1)
    assert not Contact.objects.filter(email__in=("biuro@ogrod.example", "nowy@chleb.example")).exists()
    assert world.chleb.provenance == Organisation.objects.get(pk=world.chleb.pk).provenance


def test_undo_leaves_what_was_changed_by_hand_since(world):
    it = applied(checked(world.pomorskie, f"Nazwa;NIP;Ulica;Miejscowość\nDobry Chleb;1234563218;Nowa 2;Sopot\nFundacja Most;{NIPS[1]};Długa;Gdańsk\n"))
    fresh = Organisation.objects.get(pk=world.chleb.pk)
    change_organisation(by=world.bolek, organisation=fresh, values={"street": "Nowa 2B"})
    change_organisation(by=world.bolek, organisation=organisation("Fundacja Most"), values={"about": "Ważne."})
    done = undone(it)
    world.chleb.refresh_from_db()
    assert (world.chleb.street, world.chleb.locality) == ("Nowa 2B", "Gdańsk")
    assert organisation("Fundacja Most").about == "Ważne."
    assert done.outcome["kept"] == 1


def test_an_import_can_be_undone_after_a_later_one_was_undone(world):
    before = register(world)
    first = applied(checked(world.pomorskie, FIRST))
    second = applied(checked(world.pomorskie, FIRST.replace("Polna 3", "Leśna 9")))
    undone(second)
    undone(first)
    assert register(world) == before


def test_undo_goes_from_the_newest_import_back(world):
    first = applied(checked(world.pomorskie, FIRST))
    applied(checked(world.pomorskie, FIRST.replace("Polna 3", "Leśna 9")))
    with pytest.raises(Refused, match="later import"):
        undone(first)


def test_a_closing_that_waits_does_not_keep_what_an_import_added(world):
    before = register(world)
    first = applied(checked(world.pomorskie, FIRST))
    applied(checked(world.pomorskie, FIRST.rsplit("WZ/9;", 1)[0]))
    assert Proposal.objects.filter(organisation=organisation("Stowarzyszenie Jantar")).exists()
    undone(first)
    assert register(world) == before


def test_only_an_applied_import_is_undone(world):
    from osnowa.imports.actions import start_undoing

    with pytest.raises(Refused):
        start_undoing(by=world.bolek, it=checked(world.pomorskie, FIRST))


# Two at once, and faults


def test_two_people_apply_the_same_list_and_it_goes_in_once(world):
    one, two = checked(world.pomorskie, FIRST, by=world.bolek), checked(world.pomorskie, FIRST, by=world.edyta)
    applied(one)
    late = applied(two)
    assert (late.state, late.outcome, late.counts["unchanged"]) == ("ready", {}, 3)
    assert "changed since the preview" in late.why_not
    assert applied(late).outcome["added"] == 0
    assert Organisation.objects.filter(legal_name="Fundacja Most").count() == 1


def test_an_import_is_applied_once(world):
    it = checked(world.pomorskie, FIRST)
    start_applying(by=world.bolek, it=it)
    with pytest.raises(Refused):
        start_applying(by=world.bolek, it=Import.objects.get(pk=it.pk))


def test_a_fault_in_the_middle_leaves_nothing_half_done(world, monkeypatch):
    from osnowa.imports.actions import applying

    before = register(world)
    it = checked(world.pomorskie, FIRST)
    monkeypatch.setattr(applying, "_AT_ONCE", 1)
    wrote = applying.write_new

    def break_at_the_third(**words):
        if words["rows"][0].values["legal_name"] == "Stowarzyszenie Jantar":
            raise RuntimeError("killed")
        wrote(**words)

    monkeypatch.setattr(applying, "write_new", break_at_the_third)
    with pytest.raises(RuntimeError):
        applied(it)
    assert register(world) == before
    assert not it.rows.filter(is_written=True).exists()
    monkeypatch.setattr(applying, "write_new", wrote)
    assert applied(Import.objects.get(pk=it.pk)).outcome["added"] == 3


# Units and figures


def test_units_find_their_legal_person_by_the_number_of_the_list(world):
    applied(checked(world.pomorskie, FIRST))
    units = "Numer osoby prawnej;Nazwa jednostki;Miejscowość\nWZ/4;Świetlica Most;Gdańsk\nWZ/99;Klub;Gdańsk\n"
    it = checked(world.pomorskie, units, subject="units", mapping={0: "parent", 1: "legal_name", 2: "locality"})
    assert outcomes(it) == {"Świetlica Most": "new", "Klub": "error"}
    applied(it)
    assert organisation("Świetlica Most").parent == organisation("Fundacja Most")


def test_a_unit_brings_the_legal_person_it_names(world):
    words = "Nazwa;Prowadzący\nZAZ Słoneczny;Stowarzyszenie Iskra\nZAZ Leśny;Stowarzyszenie Iskra\n"
    it = applied(checked(world.pomorskie, words, subject="units", mapping={0: "legal_name", 1: "parent_name"}))
    iskra = organisation("Stowarzyszenie Iskra")
    assert set(iskra.units.values_list("legal_name", flat=True)) == {"ZAZ Słoneczny", "ZAZ Leśny"}
    assert (it.outcome["added"], it.outcome["owners"], iskra.legal_form) == (2, 1, "PL-STO")
    undone(it)
    assert not Organisation.objects.filter(legal_name__contains="ZAZ").exists()
    assert not Organisation.objects.filter(pk=iskra.pk).exists()


FIGURES = "Nr;Rok;Zatrudnieni;Przychody\nWZ/17;2024;12;150000\nWZ/17;2025;14;170000\nWZ/4;2025;3;\nWZ/99;2025;3;1\n"
OF_FIGURES = {0: "source_key", 1: "year", 2: "employees", 3: "revenue_total"}


def test_yearly_figures_go_to_the_organisations_of_the_list(world):
    applied(checked(world.pomorskie, FIRST))
    before = register(world)
    it = checked(world.pomorskie, FIGURES, subject="figures", mapping=OF_FIGURES)
    assert (it.counts["changed"], it.counts["errors"]) == (3, 1)
    applied(it)
    ogrod = organisation("Spółdzielnia Socjalna Ogród")
    assert list(ogrod.figures.values_list("year", "employees", "revenue_total")) == [(2025, 14, 170000), (2024, 12, 150000)]
    again = checked(world.pomorskie, FIGURES, subject="figures", mapping=OF_FIGURES)
    assert again.counts["unchanged"] == 3
    undone(it)
    assert register(world) == before


def test_figures_that_contradict_what_the_register_says_are_told(world):
    applied(checked(world.pomorskie, FIRST))
    applied(checked(world.pomorskie, FIGURES, subject="figures", mapping=OF_FIGURES))
    women = "Nr;Rok;Kobiety\nWZ/17;2025;20\n"
    it = checked(world.pomorskie, women, subject="figures", mapping={0: "source_key", 1: "year", 2: "employees_women"})
    assert it.counts["errors"] == 1


# Where it is


def test_rows_of_other_regions_can_be_left_out(world):
    words = "Nazwa;Województwo;Miejscowość;Kod pocztowy\nFundacja A;pomorskie;Gdańsk;80-001\nFundacja B;mazowieckie;Warszawa;00-950\n"
    it = checked(world.pomorskie, words, only_here=True)
    assert outcomes(it) == {"Fundacja A": "new", "Fundacja B": "set_aside"}


def test_what_only_a_postal_code_or_a_point_tells_lies_elsewhere_too(world):
    words = """Nazwa;Kod pocztowy;Miejscowość;Szerokość geograficzna;Długość geograficzna
Fundacja A;80-999;Nieznana;;
Fundacja B;30-999;Nieznana;;
Fundacja C;;;54,40;18,60
Fundacja D;;;50,06;19,94
Fundacja E;;;;
"""
    it = checked(world.pomorskie, words, only_here=True)
    assert outcomes(it) == {"Fundacja A": "new", "Fundacja B": "set_aside", "Fundacja C": "new", "Fundacja D": "set_aside", "Fundacja E": "new"}


def test_a_town_of_the_same_name_elsewhere_is_not_taken_for_one_of_the_region(world):
    applied(checked(world.pomorskie, "Nazwa;Kod pocztowy;Miejscowość\nFundacja A;30-999;Gdańsk\nFundacja B;80-999;Gdańsk\n"))
    assert organisation("Fundacja A").municipality is None
    assert organisation("Fundacja B").municipality == world.gdansk


def test_a_postal_code_of_two_municipalities_is_told_by_the_name(world):
    it = applied(checked(world.pomorskie, "Nazwa;Kod pocztowy;Gmina\nFundacja A;83-000;Słupsk\nFundacja B;83-000;\n"))
    assert it.outcome["added"] == 2
    assert organisation("Fundacja A").municipality == world.slupsk
    assert organisation("Fundacja B").municipality is None


# Statements


def test_the_statements_grow_with_thousands_of_rows_not_with_rows(world):
    def statements(rows, source):
        words = HEAD + "\n" + "".join(f"{source}{n};Fundacja {source} {n};;Polna {n};80-001;Gdańsk;;f{source}{n}@f.example\n" for n in range(rows))
        with CaptureQueriesContext(connection, ) as seen:
            applied(checked(world.pomorskie, words, source=source))
        return len(seen)

    one, two, three = statements(1000, "a"), statements(2000, "b"), statements(3000, "c")
    assert abs((three - two) - (two - one)) <= 12
    assert two - one < 400
    assert Row.objects.filter(is_written=True).count() == 6000


def test_a_closed_organisation_of_a_list_is_not_missing(world):
    applied(checked(world.pomorskie, FIRST))
    close_organisation(by=world.bolek, organisation=organisation("Stowarzyszenie Jantar"), ended_on=date(2026, 11, 1), end_reason="liquidation")
    assert checked(world.pomorskie, FIRST.rsplit("WZ/9;", 1)[0]).counts["missing"] == 0


def test_facts_of_many_are_the_facts_of_each(world):
    for pk, known in register(world).items():
        assert known == facts(Organisation.objects.get(pk=pk))
