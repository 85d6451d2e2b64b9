"""Files of values in every format: what is read, and what is said of faults."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from osnowa.indicators.readers import Gathered, Hints, read_values
from osnowa.indicators.readers.meta import read_meta, read_places
from osnowa.kit.errors import Refused


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads a text as a file whose ending says nothing."""

    def through(text: str | bytes, name: str = "table.bin", code: str = "") -> Gathered:
        path = tmp_path / "values.bin"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_values(path, Hints(name=name, code=code))

    return through


def rows(it: Gathered) -> list[tuple[Any, ...]]:
    return [(code, *row) for code, block in it.blocks() for row in block]


def refusal(read: Any, text: str, **words: Any) -> str:
    with pytest.raises(Refused) as no:
        read(text, **words)
    return no.value.message


LONG = "indicator,geo,year,value,flag\nGDP,PL63,2020,10.5,\nGDP,PL63,2021,11,b\nGDP,SI03,2020,:,c\nGDP,SI03,2021,,\n"


def test_a_long_table_is_read_with_its_flags(read):
    it = read(LONG)
    assert it.reading.kind == "long"
    assert rows(it) == [("GDP", "PL63", "2020", 10.5, ""), ("GDP", "PL63", "2021", 11.0, "b"), ("GDP", "SI03", "2020", None, "c")]
    assert it.empty == 1


@pytest.mark.parametrize("text", [
    "wskaźnik;kod;rok;wartość\nPKB;PL63;2020;1 234,5\n",
    "kazalnik\tregija\tleto\tvrednost\nPKB\tPL63\t2020\t1.234,5\n",
    "Indicator,NUTS2,Time period,OBS_VALUE\nPKB,PL63,2020,\"1,234.5\"\n",
])  # fmt: skip
def test_headings_and_decimals_of_three_languages_are_understood(read, text):
    assert rows(read(text)) == [("PKB", "PL63", "2020", 1234.5, "")]


@pytest.mark.parametrize(("written", "period"), [
    ("2024", "2024"), ("2024-Q3", "2024-Q3"), ("2024Q3", "2024-Q3"), ("Q3 2024", "2024-Q3"), ("06.2024", "2024-06"), ("2024M06", "2024-06"),
    ("2024-S1", "2024-S1"), ("30.06.2024", "2024-06-30"), ("2014_2024", "2014_2024"), ("2019-2021", "2019_2021"),
])  # fmt: skip
def test_periods_become_text_that_sorts(read, written, period):
    assert rows(read(f"indicator,geo,time,value\nX,PL,{written},1\n"))[0][2] == period


def test_the_bytes_may_be_of_an_old_code_page(read):
    text = "wskaźnik;obszar;rok;wartość\nbezrobocie wśród młodzieży, źródło łączne;PL63;2020;5,5\n"
    assert rows(read(text.encode("cp1250")))[0][0].startswith("bezrobocie wśród młodzieży")


TSV = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \nA,EUR_HAB,PL63\t100 \t: \t110 b\nA,EUR_HAB,PL21\t: c\t95.5 ep\t1e2 \n"


def test_the_dimensions_of_eurostat_make_the_code(read):
    it = read(TSV, name="estat_nama_10r_3gdp.tsv")
    assert it.reading.kind == "eurostat"
    code = "nama_10r_3gdp EUR_HAB"
    assert set(rows(it)) == {
        (code, "PL63", "2019", 100.0, ""), (code, "PL63", "2021", 110.0, "b"), (code, "PL21", "2019", None, "c"),
        (code, "PL21", "2020", 95.5, "ep"), (code, "PL21", "2021", 100.0, ""),
    }  # fmt: skip


def test_a_packed_file_is_unpacked(read):
    assert len(read(gzip.compress(TSV.encode()), name="nama_10r_3gdp.tsv.gz")) == 5


def test_a_packed_file_cut_short_is_refused(read):
    with pytest.raises(Refused, match="cannot be unpacked"):
        read(gzip.compress(TSV.encode() * 50)[:-12])


def test_sdmx_csv_needs_no_column_of_indicators(read):
    text = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nESTAT:X,01/01/26,A,PC,PL63,2020,5,p\n"
    assert rows(read(text, name="lfst_r.csv")) == [("lfst_r PC", "PL63", "2020", 5.0, "p")]


def test_periods_may_go_across(read):
    assert rows(read("code,name,indicator,2020,2021\nPL63,Pomorskie,GDP,1,2\nSI03,Vzhod,GDP,,4\n")) == [
        ("GDP", "PL63", "2020", 1.0, ""), ("GDP", "PL63", "2021", 2.0, ""), ("GDP", "SI03", "2021", 4.0, ""),
    ]  # fmt: skip


def test_indicators_may_go_across(read):
    assert rows(read("nuts2;rok;PKB;bezrobocie\nPL63;2020;10,5;3,2\n")) == [("PKB", "PL63", "2020", 10.5, ""), ("bezrobocie", "PL63", "2020", 3.2, "")]


def test_both_may_go_across(read):
    assert [row[0:3] for row in rows(read("geo,GDP 2020,GDP 2021,Jobs 2021\nPL63,1,2,3\n"))] == [
        ("GDP", "PL63", "2020"), ("GDP", "PL63", "2021"), ("Jobs", "PL63", "2021")
    ]  # fmt: skip


def test_titles_above_and_notes_below_are_set_aside(read):
    it = read("Unemployment in regions,,,\n,,,\nindicator,geo,year,value\nU,PL63,2020,5\nSource: somebody,,,\n")
    assert rows(it) == [("U", "PL63", "2020", 5.0, "")]
    assert [line for line, _reason in it.reading.asides] == [1, 5]


def test_a_workbook_is_read(tmp_path):
    path = tmp_path / "values.csv"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("About").write_row(0, 0, ["Made by hand"])
    sheet = book.add_worksheet("Numbers")
    for at, row in enumerate([["geo", 2020, 2021], ["PL63", 1.5, ":"], ["SI03", "2,5", 3]]):
        sheet.write_row(at, 0, row)
    book.close()
    it = read_values(path, Hints(name="jobs.xlsx"))
    assert rows(it) == [("jobs", "PL63", "2020", 1.5, ""), ("jobs", "SI03", "2020", 2.5, ""), ("jobs", "SI03", "2021", 3.0, "")]


def dataset(**more: Any) -> dict[str, Any]:
    return {
        "version": "2.0", "class": "dataset", "label": "Unemployment", "source": "Eurostat", "updated": "2026-03-01T23:00:00+0100",
        "id": ["freq", "unit", "geo", "time"], "size": [1, 1, 2, 2], "role": {"time": ["time"], "geo": ["geo"]},
        "dimension": {
            "freq": {"category": {"index": {"A": 0}}}, "unit": {"category": {"index": ["PC"], "label": {"PC": "Percentage"}}},
            "geo": {"category": {"index": {"SI03": 1, "PL63": 0}, "label": {"PL63": "Pomorskie", "SI03": "Vzhodna Slovenija"}}},
            "time": {"category": {"index": {"2020": 0, "2021": 1}}},
        },
        "value": {"0": 5.5, "1": 6, "3": 7}, "status": {"1": "b", "2": ":c"}, "extension": {"id": "LFST_R"},
    } | more  # fmt: skip


def test_json_stat_with_sparse_values_is_read(read):
    it = read(json.dumps(dataset(status={"1": "b", "2": "c"})))
    assert rows(it) == [
        ("lfst_r PC", "PL63", "2020", 5.5, ""), ("lfst_r PC", "PL63", "2021", 6.0, "b"),
        ("lfst_r PC", "SI03", "2020", None, "c"), ("lfst_r PC", "SI03", "2021", 7.0, ""),
    ]  # fmt: skip
    assert (it.reading.source, it.reading.published_on) == ("Eurostat", "2026-03-01")
    assert it.reading.definitions["lfst_r PC"].name == "Unemployment: Percentage"
    assert it.reading.place_names["SI03"] == "Vzhodna Slovenija"


def test_json_stat_with_a_list_of_values_and_one_status_for_all_is_read(read):
    it = read(json.dumps(dataset(value=[1, 2, None, 4], status="p")))
    assert [row[3:] for row in rows(it)] == [(1.0, "p"), (2.0, "p"), (None, "p"), (4.0, "p")]


def test_a_collection_gives_all_its_datasets(read):
    other = dataset(label="Jobs", extension={"id": "JOBS"}, status={})
    it = read(json.dumps({"version": "2.0", "class": "collection", "link": {"item": [dataset(status={}), other]}}))
    assert it.codes == ["lfst_r PC", "jobs PC"]


@pytest.mark.parametrize(("whole", "says"), [
    ({"class": "collection", "link": {"item": [{"class": "dataset", "href": "https://example.org/x"}]}}, "only links"),
    ({"type": "FeatureCollection"}, "not JSON-stat"),
    (dataset(value=[1, 2]), "has 2 values; its dimensions need 4"),
    (dataset(id=["freq", "unit", "place", "time"]), "not JSON-stat"),
    (dataset(value={"0": "many"}), "is no number: many"),
])  # fmt: skip
def test_json_that_is_no_such_dataset_is_refused_with_the_reason(read, whole, says):
    assert says in refusal(read, json.dumps(whole))


def test_broken_json_is_refused(read):
    assert "is broken" in refusal(read, '{"class": "dataset", ')


@pytest.mark.parametrize(("text", "says"), [
    ("indicator,geo,year,value\nX,PL63,2020,many\n", "Line 2, cell D2: “many”"),
    ("indicator,geo,year,value\nX,PL63,sometime,1\n", "Line 2, cell C2: “sometime” is no period"),
    ("indicator,geo,year,value\nX,,2020,1\n", "Line 2, cell B2 is empty"),
    ("indicator,geo,year,value\nX,PL63,2020,1\nX,PL63,2020,2\n", "Lines 2 and 3 say different values of X, PL63, 2020: 1 and 2"),
    ("geo,2020,2021\nPL63,1,two\n", "Line 2, cell C2: “two”"),
    ("freq,unit,geo\\TIME_PERIOD\t2020 \nA,EUR\t1 \n", "has 2 dimensions; the first line names 3"),
    ("freq,unit,place\\TIME_PERIOD\t2020 \nA,EUR,PL63\t1 \n", "no dimension “geo”"),
    ("one,two\n1,2\n", "No table of values was found"),
    ("indicator,geo,year,value\n", "holds no observation"),
    ("", "is empty"),
    ("%PDF-1.4 x", "not a table"),
])  # fmt: skip
def test_a_fault_is_told_with_its_line_and_cell(read, text, says):
    assert says in refusal(read, text)


def test_all_faults_are_told_together_and_counted(read):
    said = refusal(read, "indicator,geo,year,value\n" + "".join(f"X,PL63,{year},?\n" for year in range(2000, 2020)))
    assert "20 faults" in said
    assert "D2" in said
    assert "D11" in said
    assert "D12" not in said


def test_what_is_said_twice_alike_counts_once(read):
    it = read("indicator,geo,year,value\nX,PL63,2020,1\nX,PL63,2020,1.0\n")
    assert (len(it), it.same_twice) == (1, 1)


def test_a_value_and_a_missing_one_of_the_same_place_conflict(read):
    assert "different values" in refusal(read, "indicator,geo,year,value\nX,PL63,2020,1\nX,PL63,2020,: c\n")


def test_the_file_of_indicators_says_what_they_are(tmp_path):
    path = tmp_path / "meta.csv"
    path.write_text("indicator,name,type,unit,polarity,breaks\nX,Jobs,ratio,%,highGood,2015;2020\nY,Smoke,other,µg,lowGood,\nZ,People,Total,,neutral,\n")
    found = read_meta(path)
    assert [(it.name, it.kind, it.unit, it.polarity, it.breaks) for it in found.values()] == [
        ("Jobs", "ratio", "%", "higher", ["2015", "2020"]), ("Smoke", "other", "µg", "lower", []), ("People", "Total", "", "neutral", []),
    ]  # fmt: skip


def test_a_polarity_nobody_knows_is_told_with_its_line(tmp_path):
    path = tmp_path / "meta.csv"
    path.write_text("code,name,polarity\nX,Jobs,sideways\n")
    with pytest.raises(Refused, match="“sideways” is no polarity"):
        read_meta(path)


def test_the_file_of_places_needs_no_headings_we_know(tmp_path):
    path = tmp_path / "regions.csv"
    path.write_text("nuts2,name\nPL63,Pomorskie\n")
    assert read_places(path) == {"PL63": "Pomorskie"}
