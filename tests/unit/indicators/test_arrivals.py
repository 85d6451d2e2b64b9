"""New, revised, unchanged, missing; places told by code or name; a release taken back."""

from pathlib import Path
from typing import Any

import pytest

from osnowa.indicators.actions import import_values, take_back_release
from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.queries.arrivals import Said, address_of, prepare, preview
from osnowa.indicators.queries.profiles import profile, series_of
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from tests.world import World, territory

HEAD = "indicator,geo,year,value,flag\n"
FIRST = HEAD + "X,PL63,2020,10,\nX,PL63,2021,12,\nX,PL21,2020,20,\nX,PL21,2021,22,\n"
SECOND = HEAD + "X,PL63,2020,10,\nX,PL63,2021,15,\nX,PL21,2021,22,\nX,PL63,2022,16,b\n"


@pytest.fixture
def bring(tmp_path: Path, world: World) -> Any:
    """Imports a text, as the command does."""

    def through(text: str, *, dry: bool = False, meta: str = "", regions: str = "", **said: Any) -> dict[str, Any]:
        paths = {}
        for name, content in (("values", text), ("meta", meta), ("regions", regions)):
            if content:
                paths[name] = tmp_path / f"{name}.csv"
                paths[name].write_text(content)
        arrival = prepare(path=paths["values"], meta=paths.get("meta"), regions=paths.get("regions"), said=Said(**said))
        told: dict[str, Any] = preview(arrival) if dry else import_values(by=world.darek, arrival=arrival)
        return told

    return through


def newest(code: str = "X") -> dict[tuple[str, str], float | None]:
    return {(it.geo, it.period): it.value for it in Value.objects.filter(indicator__code=code, is_newest=True)}


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("new", "revised", "unchanged", "missing"))


def test_a_first_release_is_new_throughout(bring):
    report = bring(FIRST, source="GUS")
    assert counts(report) == (4, 0, 0, 0)
    assert newest() == {("PL63", "2020"): 10, ("PL63", "2021"): 12, ("PL21", "2020"): 20, ("PL21", "2021"): 22}
    entry = Entry.objects.get(deed="indicators.values_imported")
    assert entry.changes["new"] == [None, 4]
    assert entry.thing_label == "GUS"


def test_a_newer_release_says_what_it_changes_and_keeps_what_it_revises(bring):
    bring(FIRST)
    report = bring(SECOND)
    assert counts(report) == (1, 1, 2, 1)
    assert report["largest"] == [{"code": "X", "geo": "PL63", "period": "2021", "before": 12.0, "after": 15.0}]
    assert report["missing_examples"] == [{"code": "X", "geo": "PL21", "period": "2020"}]
    assert newest()["PL63", "2021"] == 15
    assert newest()["PL21", "2020"] == 20
    assert sorted(Value.objects.filter(geo="PL63", period="2021").values_list("value", "is_newest")) == [(12.0, False), (15.0, True)]


def test_a_dry_run_says_the_same_and_writes_nothing(bring):
    bring(FIRST)
    before = (Value.objects.count(), Release.objects.count(), Entry.objects.count())
    assert counts(bring(SECOND, dry=True)) == (1, 1, 2, 1)
    assert (Value.objects.count(), Release.objects.count(), Entry.objects.count()) == before


def test_the_same_file_again_leaves_no_release(bring):
    bring(FIRST)
    assert counts(bring(FIRST)) == (0, 0, 4, 0)
    assert Release.objects.count() == 1
    assert Entry.objects.filter(deed="indicators.values_imported").count() == 1


def test_taking_a_release_back_makes_the_values_before_it_hold_again(bring, world):
    bring(FIRST)
    report = bring(SECOND)
    told = take_back_release(by=world.darek, release=Release.objects.get(pk=report["release"]))
    assert told == {"withdrawn": 2, "restored": 1}
    assert newest() == {("PL63", "2020"): 10, ("PL63", "2021"): 12, ("PL21", "2020"): 20, ("PL21", "2021"): 22}
    assert Value.objects.count() == 6
    assert Entry.objects.filter(deed="indicators.release_taken_back").count() == 1


def test_after_taking_all_back_the_file_can_come_again(bring, world):
    report = bring(FIRST)
    take_back_release(by=world.darek, release=Release.objects.get(pk=report["release"]))
    assert newest() == {}
    assert counts(bring(FIRST)) == (4, 0, 0, 0)


def test_only_the_last_release_of_an_indicator_is_taken_back(bring, world):
    first = Release.objects.get(pk=bring(FIRST)["release"])
    second = Release.objects.get(pk=bring(SECOND)["release"])
    with pytest.raises(Refused, match="later release"):
        take_back_release(by=world.darek, release=first)
    take_back_release(by=world.darek, release=second)
    with pytest.raises(Refused, match="already"):
        take_back_release(by=world.darek, release=second)
    take_back_release(by=world.darek, release=first)
    assert newest() == {}


def test_a_release_of_other_indicators_does_not_stand_in_the_way(bring, world):
    first = Release.objects.get(pk=bring(FIRST)["release"])
    bring(HEAD + "Y,PL63,2020,1,\n")
    take_back_release(by=world.darek, release=first)
    assert newest("Y") == {("PL63", "2020"): 1}


def test_a_code_no_list_knows_is_kept_and_told(bring):
    report = bring(HEAD + "X,PL63,2020,1,\nX,PL99,2020,2,\n", regions="nuts2,name\nPL99,Nowhere\n")
    assert report["unknown_places"] == ["PL99"]
    it = Value.objects.get(geo="PL99")
    assert (it.geo_name, it.territory) == ("Nowhere", None)


def test_a_place_may_be_told_by_its_name(bring):
    report = bring("obszar,data,wskaznik,wartosc\nwoj. pomorskie,06.2024,PS ogółem,63\n")
    it = Value.objects.get()
    assert (it.geo, it.period, it.indicator.code, report["unknown_count"]) == ("PL63", "2024-06", "PS ogółem", 0)


def test_a_name_no_place_bears_is_set_aside(bring):
    report = bring("obszar,data,wskaznik,wartosc\nPomorskie,2024,A,1\nAtlantyda,2024,A,2\n")
    assert (report["new"], report["set_aside_count"]) == (1, 1)
    with pytest.raises(Refused, match="No place of the file is known: Atlantyda"):
        bring("obszar,data,wskaznik,wartosc\nAtlantyda,2024,A,2\n")


def test_two_names_of_one_place_that_disagree_are_refused(bring):
    with pytest.raises(Refused, match="Two names in the file mean the place PL63"):
        bring("obszar,data,wskaznik,wartosc\nPomorskie,2024,A,1\nwoj. pomorskie,2024,A,2\n")
    assert not Indicator.objects.exists()


def test_the_zero_a_spreadsheet_took_from_a_code_is_given_back(bring):
    dolny = territory("TERYT", "02", "dolnośląskie", 1, kind="wojewodztwo")
    bring("indicator;teryt;rok;wartosc\nX;2;2024;5\n")
    assert Value.objects.get().territory == dolny


def test_the_file_of_indicators_defines_them_and_changes_them(bring):
    meta = "code,name,name_pl,type,unit,polarity,theme,definition,breaks\nX,Jobs,Miejsca pracy,ratio,%,lowGood,Work,All jobs.,2021\n"
    bring(FIRST, meta=meta)
    it = Indicator.objects.get()
    assert (it.name, it.names, it.kind, it.unit, it.polarity, it.theme, it.breaks) == ("Jobs", {"pl": "Miejsca pracy"}, "ratio", "%", "lower", "Work", ["2021"])
    report = bring(FIRST, meta="code,name,polarity\nX,Posts,highGood\n")
    it.refresh_from_db()
    assert (it.name, it.polarity, it.unit, report["redefined"]) == ("Posts", "higher", "%", 1)


def test_breaks_come_from_flags_and_from_the_definition(bring):
    bring(SECOND, breaks=("2021",))
    it = Indicator.objects.get()
    points = series_of(["PL63"], [it])[it.pk, "PL63"]
    assert [(point.period, point.is_break) for point in points] == [("2020", False), ("2021", True), ("2022", True)]


def test_only_places_of_one_level_are_compared(bring):
    bring(HEAD + "X,PL63,2020,10,\nX,PL21,2020,20,\nX,PL6,2020,99,\nX,PL,2020,99,\nX,PL633,2020,99,\nX,EU27_2020,2020,99,\nX,PLZZ,2020,99,\nX,EA20,2020,99,\n")
    found = profile("PL63").stands[0].standing
    assert (found.rank, found.of, found.z) == (2, 2, -1.0)


def test_the_latest_period_is_that_with_a_value_of_the_place(bring):
    bring(HEAD + "X,PL63,2020,10,\nX,PL21,2020,20,\nX,PL63,2021,:,c\nX,PL21,2021,30,\n")
    it = profile("PL63").stands[0]
    assert (it.period, it.standing.of, it.standing.best) == ("2020", 2, 20)


@pytest.mark.parametrize(("code", "address"), [
    ("2a_Popdens", "2a_Popdens"), ("ŚDS/Sp.S razem", "ŚDS-Sp.S razem"), ("import", "import_"), ("..", ".._"), ("50% ?", "50-"), ("/", "x"),
])  # fmt: skip
def test_a_code_becomes_fit_for_an_address(code, address):
    assert address_of(code).rstrip("- ") == address.rstrip("- ")


def test_long_codes_that_begin_alike_stay_apart():
    one, other = address_of("a" * 200 + "1"), address_of("a" * 200 + "2")
    assert one != other
    assert len(one) <= 120
