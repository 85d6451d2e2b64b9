"""Our code lists as SKOS, and what they come close to in ESSglobal."""

import re

import pytest
from rdflib import RDF, SKOS, Literal, URIRef
from rdflib.compare import isomorphic

from osnowa.opendata.formats import vocabulary
from osnowa.opendata.formats.rdf import Iri, Text, about, as_jsonld, as_turtle
from osnowa.register import codes
from tests.unit.opendata.facts import ADDRESS, golden
from tests.unit.opendata.linked import parsed

STANDARD = "http://purl.org/essglobal/standard/"


@pytest.fixture(autouse=True)
def address(settings):
    settings.ADDRESS = ADDRESS


def form(code: str) -> URIRef:
    return URIRef(f"{ADDRESS}/data/vocabulary/legal-forms#{code}")


@pytest.mark.parametrize("word", vocabulary.SCHEMES)
def test_turtle_and_json_say_the_same(word):
    said = vocabulary.statements(word)
    turtle = parsed(as_turtle(said), "turtle")
    assert isomorphic(turtle, parsed(as_jsonld(said)))
    assert len(turtle) == len(set(said))
    assert len(set(turtle.subjects(RDF.type, SKOS.Concept))) == len(list(vocabulary.SCHEMES[word][0]))


def test_a_polish_form_has_its_labels_and_what_it_comes_close_to():
    found = parsed(as_turtle(vocabulary.statements("legal-forms")), "turtle")
    labels = set(found.objects(form("PL-SPSOC"), SKOS.prefLabel))
    assert labels == {Literal("Spółdzielnia socjalna", "pl"), Literal("Socialna zadruga", "sl"), Literal("Social co-operative", "en")}
    assert set(found.objects(form("PL-SPSOC"), SKOS.closeMatch)) == {
        URIRef(f"{STANDARD}organisational-structure/OS60"), URIRef(f"{STANDARD}organisational-structure/OS30"), URIRef(f"{STANDARD}legal-form/L2")}  # fmt: skip
    assert found.value(form("PL-SPSOC"), SKOS.inScheme) == URIRef(f"{ADDRESS}/data/vocabulary/legal-forms")
    assert (URIRef(f"{STANDARD}legal-form/L2"), SKOS.prefLabel, Literal("Spółdzielnia", "pl")) in found


@pytest.mark.parametrize("code", ["PL-WTZ", "PL-ZAZ", "PL-CIS", "PL-KIS", "PL-FUN", "PL-STO", "PL-KGW", "SI-DRU", "SI-ZAD", "SI-ZAV", "SI-UST"])
def test_every_usual_form_of_poland_and_slovenia_is_matched(code):
    assert vocabulary.close("form", code, "L")
    assert vocabulary.close("form", code, "OS")


def test_matches_name_only_codes_there_are():
    known = {"form": codes.LEGAL_FORMS, "service": codes.SERVICE_AREAS}
    for (kind, code), close in vocabulary.matches().items():
        assert code in known[kind], code
        assert all(one in vocabulary.ESSGLOBAL and re.fullmatch(r"(OS|L|AM)\d+", one) for one in close), code


def test_services_are_the_golden_ones():
    golden("services.ttl", as_turtle(vocabulary.statements("services")))


def test_signs_of_turtle_in_text_and_addresses_do_no_harm():
    said = about(Iri("https://example.org/a b>"), "skos:Concept", skos_note=[Text('a "quoted" \\ word\n', "pl"), Text("\u007f")])
    assert len(parsed(as_turtle(said), "turtle")) == 3
    assert '"a \\"quoted\\" \\\\ word\\n"@pl' in as_turtle(said)
