"""`register:propose` and `register:propose_new`: who may, what is offered, what is kept."""

from django.test import Client

from osnowa.journal.models import Entry
from osnowa.register.models import Proposal
from osnowa.register.views.proposals import TRAP
from tests.world import World

URL = "/en/pomorskie/register/dobry-chleb/propose/"
NEW = "/en/pomorskie/register/propose/"
PRESENT = {
    "legal_name": "Spółdzielnia Socjalna Dobry Chleb", "short_name": "Dobry Chleb", "street": "Długa 1", "postal_code": "80-001",
    "locality": "Gdańsk", "activity_status": "active", "about": "", "links": "", "service_areas": ["local_food", "catering"],
    "message": "", "name": "Zofia", "email": "zofia@example.org",
}  # fmt: skip


def test_the_form_shows_the_present_values_to_everyone(client: Client, world: World) -> None:
    page = client.get(URL).content.decode()
    assert 'value="Długa 1"' in page
    assert "Your e-mail" in page


def test_only_the_fields_that_differ_are_kept(client: Client, world: World) -> None:
    answer = client.post(URL, PRESENT | {"street": "Długa 2", "links": "https://chleb.example.org"})
    assert answer.status_code == 302
    made = Proposal.objects.get()
    assert made.values == {"street": "Długa 2", "links": [{"kind": "website", "url": "https://chleb.example.org"}]}
    assert (made.kind, made.state, made.email, made.person, made.language) == ("change", "waiting", "zofia@example.org", None, "en")
    assert "has arrived" in client.get(answer["Location"]).content.decode()


def test_the_register_stays_as_it_was(client: Client, world: World) -> None:
    client.post(URL, PRESENT | {"street": "Długa 2"})
    world.chleb.refresh_from_db()
    assert world.chleb.street == "Długa 1"


def test_the_journal_notes_it_without_personal_text(client: Client, world: World) -> None:
    client.post(URL, PRESENT | {"street": "Długa 2", "message": "Call Zofia"})
    entry = Entry.objects.filter(deed="register.proposal_made").get()
    assert entry.place == "pomorskie"
    assert entry.changes["fields"] == [None, ["street"]]
    assert "ofia" not in f"{entry.changes}{entry.thing_label}{entry.reason}"


def test_nothing_changed_and_nothing_said_is_not_a_proposal(client: Client, world: World) -> None:
    answer = client.post(URL, PRESENT)
    assert answer.status_code == 422
    assert "Nothing differs" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_message_alone_is_enough(client: Client, world: World) -> None:
    client.post(URL, PRESENT | {"message": "The phone is dead."})
    assert Proposal.objects.get().values == {}


def test_without_account_an_address_is_needed(client: Client, world: World) -> None:
    answer = client.post(URL, PRESENT | {"street": "Długa 2", "email": ""})
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_with_account_the_address_is_known(signed_in, world: World) -> None:
    her = signed_in(world.celina)
    assert "Your e-mail" not in her.get(URL).content.decode()
    her.post(URL, PRESENT | {"street": "Długa 2", "email": "other@example.org"})
    made = Proposal.objects.get()
    assert (made.person, made.email) == (world.celina, "celina@example.org")


def test_a_machine_in_the_trap_is_thanked_and_forgotten(client: Client, world: World) -> None:
    answer = client.post(URL, PRESENT | {"street": "Spam 1", TRAP: "https://spam.example"})
    assert answer.status_code == 302
    assert not Proposal.objects.exists()


def test_no_trap_is_laid_for_who_has_signed_in(client: Client, signed_in, world: World) -> None:
    assert f'name="{TRAP}"' in client.get(URL).content.decode()
    her = signed_in(world.celina)
    assert f'name="{TRAP}"' not in her.get(URL).content.decode()
    her.post(URL, PRESENT | {"street": "Długa 2", TRAP: "filled in by a browser"})
    assert Proposal.objects.count() == 1


def test_the_sixth_proposal_within_an_hour_is_too_much(client: Client, world: World) -> None:
    for number in range(2, 7):
        assert client.post(URL, PRESENT | {"street": f"Długa {number}"}).status_code == 302
    assert client.post(URL, PRESENT | {"street": "Długa 7"}).status_code == 429
    assert Proposal.objects.count() == 5


def test_what_a_person_may_not_see_she_cannot_propose_about(client: Client, world: World) -> None:
    assert client.get("/en/pomorskie/register/fundacja-przystan/propose/").status_code == 404


def test_a_hidden_place_and_contacts_are_never_offered(client: Client, world: World) -> None:
    world.chleb.is_location_hidden = True
    world.chleb.save()
    world.chleb.contacts.create(person_name="Tajna", email="tajna@example.org", keep_until="2099-01-01")
    page = client.get(URL).content.decode()
    for hidden in ("Długa 1", "80-001", "tajna@example.org", "Tajna", 'name="street"', 'name="lat"', 'name="visibility"'):
        assert hidden not in page
    client.post(URL, PRESENT | {"street": "Elsewhere 1", "visibility": "public", "lat": "1", "short_name": "Chleb"})
    assert Proposal.objects.get().values == {"short_name": "Chleb"}


def test_a_personal_number_is_not_taken(client: Client, world: World) -> None:
    assert client.post(URL, PRESENT | {"message": "PESEL 44051401359"}).status_code == 422


def test_a_page_of_few_queries(client: Client, world: World, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        client.get(URL)


WHOLE = {
    "legal_name": "Spółdzielnia Nowa Nić", "legal_form": "PL-SPSOC", "locality": "Gdańsk", "postal_code": "80-001",
    "scheme": "PL-NIP", "number": "524-101-55-72", "links": "https://nowanic.example.org", "email": "jan@example.org",
}  # fmt: skip


def test_a_new_organisation_waits_in_the_queue(client: Client, world: World) -> None:
    assert client.post(NEW, WHOLE).status_code == 302
    made = Proposal.objects.get()
    assert (made.kind, made.organisation) == ("new", None)
    assert made.values["identifiers"] == {"PL-NIP": "5241015572"}
    assert made.values["legal_form"] == "PL-SPSOC"


def test_a_wrong_number_is_refused_at_once(client: Client, world: World) -> None:
    answer = client.post(NEW, WHOLE | {"number": "5241015573"})
    assert answer.status_code == 422
    assert "not a valid" in answer.content.decode()


def test_a_number_that_is_taken_is_not_betrayed(client: Client, world: World) -> None:
    """Whether a hidden record bears a number is for the reviewer to know, not for a stranger."""
    assert client.post(NEW, WHOLE | {"scheme": "PL-REGON", "number": "010944940"}).status_code == 302


def test_the_new_form_is_open_to_everyone(client: Client, world: World) -> None:
    assert client.get(NEW).status_code == 200
