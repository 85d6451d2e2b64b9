from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from osnowa.register.forms.listings import checked_cpv
from osnowa.register.models import Listing


def page(it, number=None):
    words = {"region": it.region.slug, "slug": it.slug} | ({"number": number} if number else {})
    return reverse("register:listing" if number else "register:listings", kwargs=words)


def organisation_page(it):
    return reverse("register:organisation", kwargs={"region": it.region.slug, "slug": it.slug})


def listing_of(it, **more):
    facts = {"kind": "offer", "type_code": "catering", "name": "Obiady dla szkół"}
    return Listing.objects.create(organisation=it, **facts | more)


def sent(**more):
    return {"what": "offer:catering", "name": "Obiady dla szkół", "visibility": "public"} | more


def test_who_may_edit_listings(client, world, signed_in):
    row = listing_of(world.chleb)
    for url in (page(world.chleb), page(world.chleb, row.pk)):
        assert client.get(url).status_code == 302
        for person, status in [(world.ala, 200), (world.edyta, 200), (world.darek, 200), (world.celina, 403), (world.maja, 403)]:
            assert signed_in(person).get(url).status_code == status, (url, person)
    hidden = listing_of(world.ukryty)
    for url in (page(world.ukryty), page(world.ukryty, hidden.pk), page(world.chleb, hidden.pk)):
        assert signed_in(world.ala).get(url).status_code == 404, url


def test_an_offer_is_added_with_its_terms(client, world, signed_in):
    reply = signed_in(world.ala).post(
        page(world.chleb),
        sent(unit="meal", capacity_per_month="1 500", price_from="12,50", price_to="18", lead_time_days="3", cpv="55520000-1"),
    )
    assert reply.status_code == 302
    row = world.chleb.listings.get()
    assert (row.kind, row.type_code, row.unit, row.cpv) == ("offer", "catering", "meal", "55520000-1")
    assert (row.price_from, row.price_to, row.capacity_per_month) == (Decimal("12.5"), Decimal(18), Decimal(1500))
    text = client.get(organisation_page(world.chleb)).content.decode()
    assert "12.5 to 18 PLN / meal" in text
    assert "capacity a month: 1,500 × meal · ready in 3 days · CPV 55520000-1" in text


@pytest.mark.parametrize(
    ("language", "unit", "price", "amount"),
    [("pl", "km", "PLN / km", " km"), ("pl", "piece", "/ szt.", " szt."), ("sl", "hour", "/ h", " h"), ("pl", "meal", "/ posiłek", " × posiłek")],
)
def test_a_unit_stands_after_a_number_as_a_sign_or_undeclined(client, world, language, unit, price, amount):
    listing_of(world.chleb, unit=unit, price_from=3, price_to=3, capacity_per_month=59)
    with translation.override(language):
        text = client.get(organisation_page(world.chleb)).content.decode()
    assert price in text
    assert f"59{amount}" in text


@pytest.mark.parametrize(
    ("what", "kind", "type_code"),
    [("need:premises", "need", "premises"), ("resource:vehicle", "resource", "vehicle"), ("offer:laundry", "offer", "laundry")],
)
def test_each_kind_takes_its_types_from_its_own_list(world, signed_in, what, kind, type_code):
    assert signed_in(world.ala).post(page(world.chleb), sent(what=what, urgency="high")).status_code == 302
    row = world.chleb.listings.get()
    assert (row.kind, row.type_code, row.urgency) == (kind, type_code, "high" if kind == "need" else "")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": "need:catering"}, "Select a valid choice"),
        ({"price_from": "20", "price_to": "10"}, "less than the price from"),
        ({"cpv": "5552"}, "eight digits"),
        ({"cpv": "99000000"}, "no division 99"),
        ({"until_on": "2020-01-01"}, "past already"),
        ({"name": "Jan, PESEL 44051401359"}, "personal number"),
    ],
)
def test_what_does_not_hold_is_said_and_not_saved(world, signed_in, more, words):
    reply = signed_in(world.ala).post(page(world.chleb), sent(**more))
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert not world.chleb.listings.exists()


@pytest.mark.parametrize("code", ["55520000-1", "03113100-7", "18451000-5", "71355200-3", "03300000-2"])
def test_official_cpv_codes_are_taken_even_where_their_check_digit_is_wrong(code):
    assert checked_cpv(code) == code
    assert checked_cpv(code[:8]) == code[:8]
    assert checked_cpv(code.replace("-", " ")) == code


@pytest.mark.parametrize("code", ["", "5552000", "555200001234", "abc", "00000000"])
def test_other_words_are_no_cpv_codes(code):
    with pytest.raises(ValidationError):
        checked_cpv(code)


def test_the_public_page_shows_public_listings_while_they_last(client, world, signed_in):
    past = timezone.localdate() - timedelta(days=1)
    listing_of(world.chleb, name="Dla wszystkich")
    listing_of(world.chleb, name="Dla swoich", visibility="members")
    listing_of(world.chleb, name="Dawno temu", until_on=past)
    text = client.get(organisation_page(world.chleb)).content.decode()
    assert [name in text for name in ("Dla wszystkich", "Dla swoich", "Dawno temu")] == [True, False, False]
    text = signed_in(world.olga).get(organisation_page(world.chleb)).content.decode()
    assert [name in text for name in ("Dla wszystkich", "Dla swoich", "Dawno temu")] == [True, True, False]
    text = signed_in(world.ala).get(organisation_page(world.chleb)).content.decode()
    assert [name in text for name in ("Dla wszystkich", "Dla swoich", "Dawno temu")] == [True, True, True]


def test_a_listing_is_changed_and_removed(world, signed_in):
    row, ala = listing_of(world.chleb), signed_in(world.ala)
    assert 'value="offer:catering" selected' in ala.get(page(world.chleb, row.pk)).content.decode()
    ala.post(page(world.chleb, row.pk), sent(name="Obiady i kolacje"))
    row.refresh_from_db()
    assert row.name == "Obiady i kolacje"
    ala.post(page(world.chleb, row.pk), {"deed": "remove"})
    assert not world.chleb.listings.exists()


def test_the_pages_take_few_queries(world, signed_in, django_assert_max_num_queries):
    rows = [listing_of(world.chleb, name=f"Nr {n}") for n in range(20)]
    ala = signed_in(world.ala)
    for url in (page(world.chleb), page(world.chleb, rows[3].pk), organisation_page(world.chleb)):
        with django_assert_max_num_queries(12):
            assert ala.get(url).status_code == 200
