"""An organisation as JSON-LD says the same to a machine as to people."""

import pytest
from rdflib import RDF, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from osnowa.opendata.formats import schema_org
from tests.unit.opendata.facts import ADDRESS, UID, UNIT, cooperative, golden, shelter
from tests.unit.opendata.linked import parsed

SCHEMA = Namespace("https://schema.org/")
ESS = Namespace("http://purl.org/essglobal/vocab/")
ROV = Namespace("http://www.w3.org/ns/regorg#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ME = URIRef(f"{ADDRESS}/id/{UID}")


@pytest.fixture(autouse=True)
def address(settings):
    settings.ADDRESS = ADDRESS


def test_the_document_is_the_golden_one():
    golden("organisation.jsonld", schema_org.document(cooperative(), ADDRESS, "PLN"))
    golden("shelter.jsonld", schema_org.document(shelter(), ADDRESS, "PLN"))


def test_machines_read_who_it_is():
    found = parsed(schema_org.document(cooperative(), ADDRESS, "PLN"))
    assert set(found.objects(ME, RDF.type)) == {SCHEMA.Organization, ESS.SSEInitiative}
    assert str(found.value(ME, SCHEMA.legalName)) == str(found.value(ME, ROV.legalName)) == "Spółdzielnia Socjalna „Dobry Chleb”"
    assert {str(one) for one in found.objects(ME, SCHEMA.name)} == {"Dobry Chleb"}
    assert str(found.value(ME, SCHEMA.alternateName)) == "Piekarnia Dobry Chleb; Sopot"
    assert str(found.value(ME, SCHEMA.taxID)) == "1234563218"
    numbers = {(str(found.value(one, SCHEMA.propertyID)), str(found.value(one, SCHEMA.value))) for one in found.objects(ME, SCHEMA.identifier)}
    assert numbers >= {("PL-KRS", "0000123456"), ("org-id", "PL-KRS-0000123456"), ("org-id", "PL-NIP-1234563218"), ("uid", UID)}
    assert found.value(ME, SCHEMA.foundingDate) == Literal("2015-05-04", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date"))
    assert found.value(ME, SCHEMA.sameAs) == URIRef("https://chleb.example/")
    assert found.value(ME, SCHEMA.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert found.value(ME, SCHEMA.subOrganization) == URIRef(f"{ADDRESS}/id/{UNIT}")


def test_machines_read_where_it_is_and_how_large():
    found = parsed(schema_org.document(cooperative(), ADDRESS, "PLN"))
    address = found.value(ME, SCHEMA.address)
    assert (str(found.value(address, SCHEMA.streetAddress)), str(found.value(address, SCHEMA.addressCountry))) == ("Długa 1", "PL")
    ours = found.value(ME, ESS.hasAddress)
    assert (found.value(ours, RDF.type), str(found.value(ours, VCARD["postal-code"]))) == (ESS.Address, "80-001")
    geo = found.value(found.value(ME, SCHEMA.location), SCHEMA.geo)
    assert (float(found.value(geo, SCHEMA.latitude)), float(found.value(geo, SCHEMA.longitude))) == (54.33, 18.62)
    assert int(found.value(found.value(ME, SCHEMA.numberOfEmployees), SCHEMA.value)) == 12


def test_machines_read_what_it_offers_seeks_and_knows():
    found = parsed(schema_org.document(cooperative(), ADDRESS, "PLN"))
    offers = {str(found.value(one, SCHEMA.name)): one for one in found.objects(ME, SCHEMA.makesOffer)}
    assert set(offers) == {"Chleb na zakwasie", "Sala szkoleniowa"}
    price = found.value(offers["Chleb na zakwasie"], SCHEMA.priceSpecification)
    assert (float(found.value(price, SCHEMA.minPrice)), str(found.value(price, SCHEMA.priceCurrency))) == (9, "PLN")
    (demand,) = found.objects(ME, SCHEMA.seeks)
    assert (found.value(demand, RDF.type), str(found.value(demand, SCHEMA.name))) == (SCHEMA.Demand, "Lokal na sklep")
    assert {"catering", "10.71"} <= {str(found.value(one, SCHEMA.termCode)) for one in found.objects(ME, SCHEMA.knowsAbout)}


def test_essglobal_is_told_the_form_and_the_sector():
    found = parsed(schema_org.document(cooperative(), ADDRESS, "PLN"))
    standard = "http://purl.org/essglobal/standard/"
    assert set(found.objects(ME, ESS.legalForm)) == {
        URIRef(f"{ADDRESS}/data/vocabulary/legal-forms#PL-SPSOC"), URIRef(f"{standard}legal-form/L2")}  # fmt: skip
    assert set(found.objects(ME, ESS.organisationalStructure)) == {
        URIRef(f"{standard}organisational-structure/{code}") for code in ("OS30", "OS60")}  # fmt: skip
    assert set(found.objects(ME, ESS.economicSector)) == {URIRef(f"{standard}activities-modified/{code}") for code in ("AM60", "AM130")}


def test_of_a_hidden_place_only_the_municipality_is_told():
    document = schema_org.document(shelter(), ADDRESS, "PLN")
    assert document["address"] == {"@type": "PostalAddress", "addressLocality": "Słupsk", "addressRegion": "PL636", "addressCountry": "PL"}
    assert document["location"]["name"] == "Słupsk"
    assert (document["parentOrganization"], document["dissolutionDate"]) == (f"{ADDRESS}/id/{UID}", "2026-06-30")
    assert "numberOfEmployees" not in document


def test_an_invented_organisation_says_so():
    assert "does not exist" in schema_org.document(cooperative(), ADDRESS, "PLN")["disambiguatingDescription"]
    assert "disambiguatingDescription" not in schema_org.document(shelter(), ADDRESS, "PLN")


def test_civil_society_is_an_ngo_and_business_no_initiative_of_the_social_economy():
    kinds = {sector: schema_org.node(cooperative() | {"sector": sector}, ADDRESS, "PLN")["@type"] for sector in ("civil_society", "business")}
    assert kinds == {"civil_society": ["NGO", "ess:SSEInitiative"], "business": ["Organization"]}


def test_a_node_in_a_graph_says_the_same_as_a_document_of_its_own():
    alone = schema_org.document(cooperative(), ADDRESS, "PLN")
    alone.pop("license")
    together = {"@context": dict(schema_org.CONTEXT), "@graph": [schema_org.node(cooperative(), ADDRESS, "PLN")]}
    assert isomorphic(parsed(alone), parsed(together))
