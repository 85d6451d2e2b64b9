"""A few invented indicators of the sample regions and their neighbours, so that rankings and profiles have something to show."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from osnowa.indicators.actions import import_values
from osnowa.indicators.models import Indicator
from osnowa.indicators.queries.arrivals import Said, prepare
from osnowa.people.models import Person

SOURCE = "Osnowa: liczby zmyślone · izmišljene številke · invented numbers"
PUBLISHED_ON = "2026-01-15"
#: NUTS 2: the sample regions (or what they lie in) and regions around them.
PLACES = (
    "PL63", "PL62", "PL61", "PL42", "PL41", "PL51", "PL52", "PL43", "PL21", "PL22", "PL72", "PL82",
    "SI03", "SI04", "AT21", "AT22", "ES22", "ES21", "ES23", "ES24",
)  # fmt: skip
YEARS = range(2017, 2026)
#: code, names in English, Polish and Slovene, unit, polarity, theme, usual value, how far places differ, yearly drift.
_WORK, _PEOPLE, _ECONOMY = ("Work", "Praca", "Delo"), ("People", "Ludność", "Prebivalstvo"), ("Economy", "Gospodarka", "Gospodarstvo")
#: In English, Polish and Slovene.
DEFINITION = (
    "Invented for the demonstration. It says nothing of these regions.",
    "Wskaźnik zmyślony na potrzeby pokazu. Nic nie mówi o tych regionach.",
    "Kazalnik je izmišljen za predstavitev. O teh regijah ne pove ničesar.",
)
INDICATORS = (
    ("sample_se_jobs", "Jobs in social enterprises per 10,000 residents (invented)", "Miejsca pracy w PS na 10 tys. mieszkańców (zmyślone)",
     "Delovna mesta v socialnih podjetjih na 10.000 prebivalcev (izmišljeno)", "/ 10 000", "higher", _WORK, 14.0, 6.0, 0.6),
    ("sample_unemployment", "Unemployment rate (invented)", "Stopa bezrobocia (zmyślona)", "Stopnja brezposelnosti (izmišljeno)", "%", "lower", _WORK, 6.0, 2.0, -0.25),
    ("sample_disabled_work", "Employment of persons with disabilities (invented)", "Zatrudnienie osób z niepełnosprawnościami (zmyślone)",
     "Zaposlenost invalidov (izmišljeno)", "%", "higher", _WORK, 29.0, 5.0, 0.8),
    ("sample_elderly", "Residents aged 65 and over (invented)", "Mieszkańcy w wieku 65 lat i więcej (zmyślone)", "Prebivalci, stari 65 let in več (izmišljeno)",
     "%", "neutral", _PEOPLE, 19.0, 2.0, 0.4),
    ("sample_nonprofits", "Non-profit organisations per 10,000 residents (invented)", "Organizacje non-profit na 10 tys. mieszkańców (zmyślone)",
     "Nepridobitne organizacije na 10.000 prebivalcev (izmišljeno)", "/ 10 000", "higher", _PEOPLE, 27.0, 7.0, 0.3),
    ("sample_income", "Disposable income per resident (invented)", "Dochód do dyspozycji na mieszkańca (zmyślony)",
     "Razpoložljivi dohodek na prebivalca (izmišljeno)", "EUR", "higher", _ECONOMY, 14_000.0, 3_500.0, 450.0),
)  # fmt: skip


def load_indicators(*, by: Person | None) -> int:
    """Imports the invented values where the instance has no indicators at all; how many values."""
    if Indicator.objects.exists():
        return 0
    with tempfile.TemporaryDirectory(prefix="osnowa-sample-") as folder:
        values, meta = Path(folder) / "values.csv", Path(folder) / "meta.csv"
        _write(values, ["indicator", "geo", "year", "value", "flag"], _values())
        _write(meta, ["code", "name", "name_pl", "name_sl", "unit", "polarity", "kind", *_in_three("theme"), *_in_three("definition")], (
            [code, en, pl, sl, unit, polarity, Indicator.INVENTED, *theme, *DEFINITION] for code, en, pl, sl, unit, polarity, theme, *_numbers in INDICATORS
        ))  # fmt: skip
        arrival = prepare(path=values, name="sample.csv", meta=meta, said=Said(source=SOURCE, published_on=PUBLISHED_ON))
        return int(import_values(by=by, arrival=arrival)["new"])


def _in_three(column: str) -> tuple[str, str, str]:
    """The heading of a text in English, Polish and Slovene."""
    return column, f"{column}_pl", f"{column}_sl"


def _values() -> Iterator[list[object]]:
    for code, *_words, usual, apart, drift in INDICATORS:
        for place in PLACES:
            luck = Random(f"osnowa {code} {place}")
            value = usual + luck.gauss(0, apart)
            for year in YEARS:
                value = max(usual / 10, value + drift + luck.gauss(0, apart / 12))
                yield [code, place, year, round(value, 0 if usual > 1000 else 1), "b" if (code, year) == ("sample_unemployment", 2021) else ""]


def _write(path: Path, headings: list[str], rows: Iterator[list[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
