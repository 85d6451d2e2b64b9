from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from osnowa.register.forms.contacts import years_on
from osnowa.register.models import Contact


def page(it, number=None):
    words = {"region": it.region.slug, "slug": it.slug} | ({"number": number} if number else {})
    return reverse("register:contact" if number else "register:contacts", kwargs=words)


def organisation_page(it):
    return reverse("register:organisation", kwargs={"region": it.region.slug, "slug": it.slug})


def contact_of(it, **more):
    facts = {"person_name": "Jan Nowak", "email": "jan@example.org", "keep_until": timezone.localdate() + timedelta(days=100)}
    return Contact.objects.create(organisation=it, **facts | more)


def sent(**more):
    until = years_on(timezone.localdate(), 1).isoformat()
    return {"person_name": "Jan Nowak", "email": "jan@example.org", "language": "pl", "lawful_basis": "consent", "keep_until": until} | more


def test_who_may_edit_contacts(client, world, signed_in):
    row = contact_of(world.chleb)
    for url in (page(world.chleb), page(world.chleb, row.pk)):
        assert client.get(url).status_code == 302
        for person, status in [(world.ala, 200), (world.edyta, 200), (world.darek, 200), (world.celina, 403), (world.olga, 403),
                               (world.maja, 403)]:  # fmt: skip
            assert signed_in(person).get(url).status_code == status, (url, person)
    hidden = contact_of(world.ukryty)
    for url in (page(world.ukryty), page(world.ukryty, hidden.pk), page(world.chleb, hidden.pk)):
        assert signed_in(world.ala).get(url).status_code == 404, url


def test_a_contact_is_kept_for_two_years_unless_somebody_says_otherwise(world, signed_in):
    until = years_on(timezone.localdate(), 2)
    text = signed_in(world.ala).get(page(world.chleb)).content.decode()
    assert f'value="{until.isoformat()}"' in text
    assert years_on(date(2024, 2, 29), 2) == date(2026, 2, 28)


def test_each_consent_says_what_it_allows(world, signed_in):
    text = signed_in(world.ala).get(page(world.chleb)).content.decode()
    for words in ("stand on the public page", "to receive news of the region", "to be asked to take part in surveys"):
        assert words in text


def test_a_contact_is_saved_and_is_private_until_the_person_agrees(client, world, signed_in):
    ala = signed_in(world.ala)
    assert ala.post(page(world.chleb), sent()).status_code == 302
    row = world.chleb.contacts.get()
    assert (row.email, row.may_publish, row.lawful_basis) == ("jan@example.org", False, "consent")
    for one in (client, signed_in(world.olga)):
        assert "jan@example.org" not in one.get(organisation_page(world.chleb)).content.decode()
    assert "jan@example.org" in ala.get(organisation_page(world.chleb)).content.decode()
    ala.post(page(world.chleb, row.pk), sent(may_publish="on"))
    assert "jan@example.org" in client.get(organisation_page(world.chleb)).content.decode()


def test_a_contact_past_its_keeping_is_not_shown(client, world):
    contact_of(world.chleb, may_publish=True, keep_until=timezone.localdate() - timedelta(days=1))
    assert "jan@example.org" not in client.get(organisation_page(world.chleb)).content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"keep_until": ""}, "This field is required"),
        ({"keep_until": "2020-01-01"}, "past already"),
        ({"keep_until": "2999-01-01"}, "five years at most"),
        ({"email": ""}, "Give an e-mail address or a telephone number."),
        ({"phone": "44051401359"}, "personal number"),
    ],
)
def test_what_does_not_hold_is_said_and_not_saved(world, signed_in, more, words):
    reply = signed_in(world.ala).post(page(world.chleb), sent(**more))
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert "a_contact_can_be_reached" not in reply.content.decode()
    assert not world.chleb.contacts.exists()


def test_a_contact_is_erased_for_good(world, signed_in):
    row, ala = contact_of(world.chleb), signed_in(world.ala)
    assert ala.post(page(world.chleb, row.pk), {"deed": "erase"}).status_code == 302
    assert not Contact.objects.exists()
    history = reverse("register:history", kwargs={"region": "pomorskie", "slug": world.chleb.slug})
    text = ala.get(history).content.decode()
    assert "Nowak" not in text
    assert "jan@" not in text


def test_the_pages_take_few_queries(world, signed_in, django_assert_max_num_queries):
    rows = [contact_of(world.chleb, person_name=f"Nr {n}") for n in range(20)]
    ala = signed_in(world.ala)
    for url in (page(world.chleb), page(world.chleb, rows[3].pk), organisation_page(world.chleb)):
        with django_assert_max_num_queries(12):
            assert ala.get(url).status_code == 200
