"""The catalogue says everything DCAT-AP 3 asks for."""

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from osnowa.opendata.formats.dcat import File, Place, catalogue
from osnowa.opendata.formats.rdf import as_jsonld, as_turtle
from tests.unit.opendata.facts import ADDRESS, golden
from tests.unit.opendata.linked import parsed

SPDX = Namespace("http://spdx.org/rdf/terms#")
PLACES = [
    Place("pomorskie", {"pl": "Pomorskie", "sl": "Pomorjansko", "en": "Pomorskie"}, "PL63", "PL", "Urząd Marszałkowski", "urzad@example.org",
          "2026-01-05", "2026-11-20T09:00:00+00:00", True, ("pl", "en"), (File("organisations", "csv", 12345, "ab" * 32),)),
    Place("pusty", {"pl": "Pusty", "sl": "Prazna", "en": "Empty"}, "", "SI", "", "", "2026-11-20", "2026-11-20T09:00:00+00:00", False),
]  # fmt: skip
#: The mandatory properties of DCAT-AP 3.0 by class.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    DCAT.CatalogRecord: (DCTERMS.modified, FOAF.primaryTopic),
    FOAF.Agent: (FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
}


@pytest.fixture
def found(settings) -> Graph:
    settings.ADDRESS = ADDRESS
    return parsed(as_turtle(catalogue(ADDRESS, PLACES, "2026-11-20")), "turtle")


@pytest.mark.parametrize("kind", MANDATORY, ids=lambda kind: kind.rpartition("/")[2])
def test_mandatory_properties_are_there(found, kind):
    things = set(found.subjects(RDF.type, kind))
    assert things
    assert [(one, name) for one in things for name in MANDATORY[kind] if found.value(one, name, any=True) is None] == []


def test_everything_named_is_described(found):
    named = {one for name in (DCTERMS.publisher, DCAT.dataset, DCAT.distribution, DCAT.record, DCAT.service, DCAT.contactPoint) for one in found.objects(None, name)}
    assert named
    assert {one for one in named if (one, RDF.type, None) not in found} == set()


def test_every_region_gives_register_statistics_and_indicators(found):
    (whole,) = found.subjects(RDF.type, DCAT.Catalog)
    sets = set(found.objects(whole, DCAT.dataset))
    assert sets == {URIRef(f"{ADDRESS}/data/{slug}/{kind}") for slug in ("pomorskie", "pusty") for kind in ("register", "statistics", "indicators")}
    assert {found.value(one, FOAF.primaryTopic) for one in found.objects(whole, DCAT.record)} == sets


def test_a_dataset_says_where_when_whose_and_under_which_licence(found):
    register = URIRef(f"{ADDRESS}/data/pomorskie/register")
    assert found.value(register, DCTERMS.spatial) == URIRef("http://data.europa.eu/nuts/code/PL63")
    when = found.value(register, DCTERMS.temporal)
    assert str(found.value(when, DCAT.startDate)) == "2026-01-05"
    assert str(found.value(found.value(register, DCTERMS.publisher), FOAF.name)) == "Urząd Marszałkowski"
    assert found.value(register, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert {str(one)[-4:] for one in found.objects(register, DCAT.theme)} == {"SOCI", "ECON"}
    assert Literal("Rejestr ekonomii społecznej: Pomorskie", "pl") in set(found.objects(register, DCTERMS.title))
    assert any("do not exist" in one for one in found.objects(register, DCTERMS.description))


def test_a_file_that_is_made_tells_its_size_and_hash(found):
    table = URIRef(f"{ADDRESS}/data/pomorskie/organisations.csv#file")
    assert int(found.value(table, DCAT.byteSize)) == 12345
    assert str(found.value(found.value(table, SPDX.checksum), SPDX.checksumValue)) == "ab" * 32
    assert found.value(table, DCAT.downloadURL) == URIRef(f"{ADDRESS}/data/pomorskie/organisations.csv")
    assert found.value(URIRef(f"{ADDRESS}/data/pusty/organisations.csv#file"), DCAT.byteSize) is None


def test_json_and_turtle_say_the_same_and_are_the_golden_ones(found, settings):
    said = catalogue(ADDRESS, PLACES[:1], "2026-11-20")
    golden("catalog.ttl", as_turtle(said))
    golden("catalog.jsonld", as_jsonld(said))
    assert isomorphic(parsed(as_turtle(said), "turtle"), parsed(as_jsonld(said)))


def test_an_installation_without_regions_has_a_catalogue_too(settings):
    empty = parsed(as_turtle(catalogue(ADDRESS, [], "2026-11-20")), "turtle")
    (whole,) = empty.subjects(RDF.type, DCAT.Catalog)
    assert all(empty.value(whole, name, any=True) for name in MANDATORY[DCAT.Catalog])
