"""Counts how often letters stand beside each other in the languages of Europe: `osnowa/kit/reading/tables/letters.csv`.

    python -m tools.letters LABELS.csv       LABELS.csv: one column a language (its two letters as heading), texts below

The table tells the reader of files which encoding makes words of a text. Only pairs with a letter beyond ASCII are kept, in
lower case, "_" for the edge of a word, as occurrences among 100,000 letters. The labels we count are those of NACE Rev. 2 in
24 languages (Eurostat, re-use with attribution), with the names of places of `osnowa/places/tables` beside them.
"""

import csv
import gzip
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "osnowa" / "kit" / "reading" / "tables" / "letters.csv"
LANGUAGES = ("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sl", "sv")
PLACES = {"PL": "pl", "SI": "sl", "ES": "es", "FR": "fr", "IT": "it"}
#: Letters that must be known although the labels have few of them: the other languages of the country, and Italian endings.
ALSO = {"es": "à_ è_ ò_ ç_ ï_", "it": "à_ è_ é_ ì_ lì dì sì rì ò_ rò nò ù_ tù iù", "fr": "é_ œu ï_ ë_", "nl": "ë_ ïn é_", "de": "äu öf ür ße"}
MOST_PLACES = 3_000  # a language, so that names do not drown the words
CEDILLAS = str.maketrans("şţŞŢ", "șțȘȚ")  # Romanian is written with both; the reader folds them as well
LEAST = 2  # times; less often is a slip of the pen
ALSO_TIMES = 8
_WORD = re.compile(r"[^\W\d_]+")


def pairs_of(text: str) -> Iterator[str]:
    """The neighbours in every word, its edges included."""
    for word in _WORD.findall(text.translate(CEDILLAS)):
        edged = f"_{word.lower()}_"
        yield from (edged[at : at + 2] for at in range(len(edged) - 1))


def texts(labels: Path) -> dict[str, list[str]]:
    """What is counted, by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(labels.read_text(encoding="utf-8-sig"))):
        for language in LANGUAGES:
            found[language].append(row[language])
    places: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(gzip.decompress((ROOT / "osnowa/places/tables/postal.csv.gz").read_bytes()).decode())):
        if row["country"] in PLACES and not row["place"].isascii():
            places[PLACES[row["country"]]].add(row["place"])
    for row in csv.DictReader(io.StringIO(gzip.decompress((ROOT / "osnowa/places/tables/territories.csv.gz").read_bytes()).decode())):
        country = row["code"][:2] if row["scheme"] == "NUTS" else (row["nuts3"] or "PL")[:2]
        if country in PLACES and not row["name"].isascii():
            places[PLACES[country]].add(row["name"])
    for language, names in places.items():
        found[language] += sorted(names)[:: max(1, len(names) // MOST_PLACES)]
    return found


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["language", "pair", "per_100000"])
        for language, lines in sorted(texts(Path(sys.argv[1])).items()):
            counts = Counter(pair for line in lines for pair in pairs_of(line))
            counts.update(dict.fromkeys(ALSO.get(language, "").split(), ALSO_TIMES))
            letters = sum(counts.values())
            for pair, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                if times >= LEAST and not pair.isascii():
                    writer.writerow([language, pair, round(100_000 * times / letters, 1)])


if __name__ == "__main__":
    main()
