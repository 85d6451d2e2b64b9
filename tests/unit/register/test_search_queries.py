"""What people type and what they mean: more than two hundred queries with the record they should lead to.

`search_queries.csv` also keeps the order in which the first records came, so that every database is held to the same.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from osnowa.places.models import Region, Subregion, Territory
from osnowa.register.actions import NewOrganisation, add_organisations
from osnowa.register.models import Organisation
from osnowa.register.queries.search import search
from tests.world import territory

HERE = Path(__file__).parent
QUERIES = HERE / "search_queries.csv"
_REGIONS = {"pl": ("PL", "PL-FUN", "TERYT"), "sl": ("SI", "SI-DRU", "LAU")}
#: Areas of the two regions, with their towns.
AREAS = {
    "pl": {"Słupski": ("Słupsk", "Ustka", "Bytów"), "Nadwiślański": ("Tczew", "Malbork", "Kwidzyn")},
    "sl": {"Prlekija": ("Ljutomer", "Ormož"), "Maribor z okolico": ("Maribor", "Ruše")},
}
#: So many of the first records of each query are kept in the list.
ORDERED = 5


def lines(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def each(text):
    return list(filter(None, text.split("|")))


def make_register():
    """{key: organisation} of the records of the list, in two regions."""
    made = {}
    for word, (country, form, scheme) in _REGIONS.items():
        top = territory("NUTS", country + "9", word, 1)
        region = Region.objects.create(slug=word, name=word, languages=[word], currency="EUR", jurisdiction=country, territory=top)
        records = [row for row in lines(HERE / "search_records.csv") if row["region"] == word]
        places = {name: territory(scheme, f"{word}{number}", name, 3, top) for number, name in enumerate(dict.fromkeys(row["municipality"] for row in records))}
        for number, (name, towns) in enumerate(AREAS[word].items()):
            area = Subregion.objects.create(region=region, code=f"{word}-{number}", name=name)
            area.municipalities.set([places[town] for town in towns])
        rows = [_new(row, form, places) for row in records]
        add_organisations(by=None, region=region, rows=rows)
        made |= {row["key"]: one.made for row, one in zip(records, rows, strict=True)}
    return made


def _new(row, form, places: dict[str, Territory]):
    return NewOrganisation({
        "legal_name": row["legal_name"], "short_name": row["short_name"], "other_names": each(row["other_names"]), "legal_form": form,
        "sector": "social_economy", "activity_status": "active", "locality": row["locality"], "postal_code": row["postal_code"], "municipality": places[row["municipality"]],
        "activities": each(row["activities"]), "service_areas": each(row["services"]),
        "identifiers": dict(number.split("=") for number in each(row["identifiers"])),
    })  # fmt: skip


@cache
def queries():
    return lines(QUERIES)


def found(word, words):
    region = Region.objects.get(slug=word)
    return search(region, seen=Organisation.objects.filter(region=region), words=words)


@pytest.mark.django_db
def test_every_query_of_the_list_finds_what_is_meant():
    names = {one.pk: key for key, one in make_register().items()}
    wrong = []
    for row in queries():
        keys = [names[pk] for pk in found(row["region"], row["words"]).ids]
        fits = {"first": keys[:1] == [row["record"]], "among five": row["record"] in keys[:5], "nothing": not keys}[row["expected"]]
        if not fits:
            wrong.append((row["region"], row["words"], row["expected"], row["record"], keys[:5]))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(queries()) >= 200


@pytest.mark.django_db
def test_the_order_of_every_query_is_the_one_kept_on_every_database():
    names = {one.pk: key for key, one in make_register().items()}
    orders = {(row["region"], row["words"]): [names[pk] for pk in found(row["region"], row["words"]).ids][:ORDERED] for row in queries()}
    assert orders == {(row["region"], row["words"]): row["order"].split() for row in queries()}
