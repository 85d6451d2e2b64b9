import pytest
from django.urls import reverse

from osnowa.journal.queries import newest_entry
from osnowa.register.actions import add_organisation
from osnowa.register.models import Organisation


def url(it):
    return reverse("register:edit", kwargs={"region": it.region.slug, "slug": it.slug})


@pytest.fixture
def typed(world):
    return {
        "legal_name": world.chleb.legal_name, "legal_form": "PL-SPSOC", "sector": "", "activity_status": "active",
        "street": "Długa 1", "postal_code": "80-001", "locality": "Gdańsk", "municipality": world.gdansk.pk, "visibility": "public",
        "id_PL-NIP": "123-456-32-18", "main_activity": "10.71 Manufacture of bread", "other_activities": "56.21; 88.10.Z",
        "links": "https://chleb.example.org\nhttps://www.facebook.com/chleb", "service_areas": ["catering"],
        "seen": newest_entry(world.chleb), "founded_on": "2015-05-04",
    }  # fmt: skip


def test_who_may_edit(client, world, signed_in):
    assert client.get(url(world.chleb)).status_code == 302
    for person, status in [(world.celina, 403), (world.olga, 403), (world.rafal, 403), (world.maja, 403),
                           (world.ala, 200), (world.edyta, 200), (world.bolek, 200), (world.darek, 200)]:  # fmt: skip
        assert signed_in(person).get(url(world.chleb)).status_code == status, person


def test_editing_saves_every_field_with_its_source(world, signed_in, typed):
    done = signed_in(world.ala).post(url(world.chleb), typed)
    assert done.status_code == 302
    it = Organisation.objects.get(pk=world.chleb.pk)
    assert list(it.identifiers.values_list("value", flat=True)) == ["1234563218"]
    assert [a.nace for a in it.activities.all()] == ["10.71", "56.21", "88.10"]
    assert [link["kind"] for link in it.links] == ["website", "facebook"]
    assert it.sector == "social_economy"
    assert it.provenance["identifiers"]["source"] == "self_declared"
    assert it.provenance["identifiers"]["by"] == world.ala.pk


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("id_PL-NIP", "1234563219", "check digit"),
        ("id_PL-REGON", "010944940", "another record"),
        ("main_activity", "99.99", "NACE"),
        ("links", "chleb", "address of a page"),
        ("lat", "54.1", "both coordinates"),
        ("postal_code", "83-000", "serves 2 municipalities"),
        ("about", "PESEL 44051401359", "personal number"),
        ("legal_form", "PL-NONE", "valid choice"),
        ("founded_on", "2030-01-01", "in the future"),
        ("founded_on", "0001-01-01", "too long ago"),
        ("registered_on", "2010-01-01", "before it was founded"),
        ("postal_code", "abc", "not a postal code"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(world, signed_in, typed, field, value, error):
    more = {"municipality": ""} if field == "postal_code" else {}
    done = signed_in(world.edyta).post(url(world.chleb).replace("/pl/", "/en/"), typed | {field: value} | more, HTTP_ACCEPT_LANGUAGE="en")
    assert done.status_code == 422
    assert error in done.content.decode()
    assert Organisation.objects.get(pk=world.chleb.pk).changed_at == world.chleb.changed_at


@pytest.mark.parametrize(("lat", "lon", "error"), [("95", "18", "no such point"), ("10", "10", "km from Gdańsk"), ("18.6", "54.3", "km from")])
def test_a_point_far_from_its_municipality_is_refused(world, signed_in, typed, lat, lon, error):
    done = signed_in(world.edyta).post(url(world.chleb), typed | {"lat": lat, "lon": lon})
    assert done.status_code == 422
    assert error in done.content.decode()


def test_a_point_given_by_hand_says_that_it_is_exact(world, signed_in, typed):
    assert signed_in(world.edyta).post(url(world.chleb), typed | {"lat": "54.36", "lon": "18.65"}).status_code == 302
    assert Organisation.objects.get(pk=world.chleb.pk).geo_precision == "address"


def test_a_postal_code_of_one_municipality_needs_no_choice_and_moves_the_point(world, signed_in, typed):
    signed_in(world.edyta).post(url(world.chleb), typed | {"postal_code": "76-200", "locality": "Słupsk", "municipality": ""})
    it = Organisation.objects.get(pk=world.chleb.pk)
    assert (it.municipality, it.lat, it.geo_precision) == (world.slupsk, 54.46, "locality")


def test_two_people_editing_different_fields_at_once_keep_both(world, signed_in, typed):
    assert signed_in(world.ala).post(url(world.chleb), typed | {"short_name": "Chlebek", "links": ""}).status_code == 302
    assert signed_in(world.edyta).post(url(world.chleb), typed | {"short_name": "Dobry Chleb", "street": "Nowa 2"}).status_code == 302
    it = Organisation.objects.get(pk=world.chleb.pk)
    assert (it.short_name, it.street) == ("Chlebek", "Nowa 2")


def test_two_people_editing_the_same_field_are_told_and_nothing_is_overwritten(world, signed_in, typed):
    assert signed_in(world.ala).post(url(world.chleb), typed | {"short_name": "Chlebek", "locality": "Oliwa"}).status_code == 302
    second = signed_in(world.edyta).post(url(world.chleb), typed | {"short_name": "Bochen", "street": "Nowa 2"})
    assert second.status_code == 422
    assert "Short name" in second.content.decode()
    assert Organisation.objects.get(pk=world.chleb.pk).short_name == "Chlebek"
    again = {name: second.context["form"][name].value() for name in ("short_name", "street", "locality")}
    assert again == {"short_name": "Bochen", "street": "Nowa 2", "locality": "Oliwa"}
    again = second.context["form"].data
    assert signed_in(world.edyta).post(url(world.chleb), again).status_code == 302
    it = Organisation.objects.get(pk=world.chleb.pk)
    assert (it.short_name, it.street, it.locality) == ("Bochen", "Nowa 2", "Oliwa")


def test_the_same_name_in_the_same_place_is_asked_about(world, signed_in, typed):
    add = reverse("register:add", kwargs={"region": "pomorskie"})
    del typed["seen"]
    new = typed | {"id_PL-NIP": "5241015572"}
    asked = signed_in(world.edyta).post(add, new)
    assert asked.status_code == 422
    assert "in the register already" in asked.content.decode()
    assert signed_in(world.edyta).post(add, new | {"is_another": "on"}).status_code == 302
    assert Organisation.objects.filter(slug="spoldzielnia-socjalna-dobry-chleb").exists()


def test_adding_makes_an_address_of_the_name_and_a_unit_of_its_parent(world, signed_in, typed):
    add = reverse("register:add", kwargs={"region": "pomorskie"})
    assert signed_in(world.ala).get(add).status_code == 403
    del typed["seen"]
    new = typed | {"legal_name": "Fundacja Łąka", "legal_form": "PL-FUN", "id_PL-NIP": "5241015572"}
    assert signed_in(world.edyta).post(add, new).status_code == 302
    made = Organisation.objects.get(slug="fundacja-laka")
    unit = typed | {"legal_name": "KIS Łąka", "legal_form": "PL-KIS", "id_PL-NIP": ""}
    assert signed_in(world.edyta).post(f"{add}?parent=fundacja-laka", unit).status_code == 302
    assert Organisation.objects.get(slug="kis-laka").parent == made


def test_searching_activities_by_word_or_code(client, db):
    found = client.get(reverse("register:activities"), {"main_activity": "bread"}).content.decode()
    assert "10.71" in found
    assert "88.10" in client.get(reverse("register:activities"), {"main_activity": "88.1"}).content.decode()


def test_a_foreign_form_and_number_survive_an_edit(world, signed_in):
    values = {"legal_name": "Most S. Coop.", "legal_form": "ES-COOP", "sector": "social_economy", "identifiers": {"ES-NIF": "G12345674"}}
    it = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
    address = f"/en/pomorskie/register/{it.slug}/edit/"
    client = signed_in(world.bolek)
    form = client.get(address).context["form"]
    said = {name: value for name in form.fields if (value := form[name].value())}
    answer = client.post(address, said | {"about": "Across the border."})
    assert answer.status_code == 302, answer.context["form"].errors
    it.refresh_from_db()
    assert (it.about, it.legal_form) == ("Across the border.", "ES-COOP")
    assert it.identifiers.get().value == "G12345674"
