"""Signing in: password, language, too many tries, the second step, closed sign-up."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

PASSWORD = "dobre-haslo-123"


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/en/account/login/", {"login": email, "password": password}, **more)


def test_signing_in_leads_to_pages_in_the_language_of_the_person(client, world):
    response = sign_in(client, "bolek@example.org")
    assert response.status_code == 302
    assert response["Location"] == "/pl/"
    assert client.cookies["django_language"].value == "pl"


def test_signing_in_leads_to_where_one_was_going(client, world):
    response = client.post("/en/account/login/?next=/en/account/me/", {"login": "maja@example.org", "password": PASSWORD})
    assert response["Location"] == "/sl/account/me/"


def test_a_wrong_password_says_so_and_signs_nobody_in(client, world):
    response = sign_in(client, "bolek@example.org", "something else")
    assert response.status_code == 200
    assert "not correct" in response.content.decode()
    assert client.get("/en/account/me/").status_code == 302


def test_the_eleventh_failed_try_from_one_address_is_429(client, world):
    answers = [sign_in(client, f"nobody-{number}@example.org", "wrong").status_code for number in range(11)]
    assert answers == [200] * 10 + [429]


def test_the_sixth_failed_try_at_one_account_is_429_even_with_the_right_password(client, world):
    for _ in range(5):
        assert sign_in(client, "bolek@example.org", "wrong").status_code == 200
    response = sign_in(client, "bolek@example.org")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_nobody_signs_up_without_an_invitation(client, world):
    assert "by invitation" in client.get("/en/account/signup/").content.decode()
    client.post("/en/account/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not type(world.ala).objects.filter(email="new@example.org").exists()


def test_an_authenticator_app_is_set_up_and_then_asked_for(client, world, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    sign_in(client, "bolek@example.org")
    asked = client.get("/en/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/en/account/reauthenticate/")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/en/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert "data:image/svg+xml" in page.content.decode()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert client.post("/en/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=world.bolek, type="totp").exists()
    assert "codes left" in client.get("/en/account/2fa/recovery-codes/").content.decode()

    other = Client()
    assert sign_in(other, "bolek@example.org")["Location"] == "/en/account/2fa/authenticate/"
    assert other.get("/en/account/me/").status_code == 302
    assert "six digits" in other.get("/en/account/2fa/authenticate/").content.decode()
    assert other.post("/en/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    recovery = Authenticator.objects.get(user=world.bolek, type="recovery_codes").wrap().get_unused_codes()[0]
    assert other.post("/en/account/2fa/authenticate/", {"code": recovery}).status_code == 302
    assert other.get("/en/account/me/").status_code == 200


def test_a_forgotten_password_is_set_anew_by_a_letter_in_the_language_of_the_person(client, world):
    client.post("/en/account/password/reset/", {"email": "maja@example.org"})
    letter = mail.outbox[0]
    assert letter.to == ["maja@example.org"]
    link = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    assert "/sl/account/" in link
    page = client.get(link, follow=True)
    done = client.post(page.redirect_chain[-1][0], {"password1": "calkiem-nowe-9", "password2": "calkiem-nowe-9"})
    assert done.status_code == 302
    assert sign_in(Client(), "maja@example.org", "calkiem-nowe-9").status_code == 302


def test_an_unknown_address_gets_a_letter_and_the_page_says_the_same(client, world):
    known = client.post("/en/account/password/reset/", {"email": "maja@example.org"}, follow=True)
    unknown = client.post("/en/account/password/reset/", {"email": "stranger@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert mail.outbox[1].subject == "No account with this address"


def test_a_new_address_counts_after_its_link_was_opened(signed_in, world):
    celina = signed_in(world.celina)
    celina.post("/en/account/reauthenticate/", {"password": PASSWORD})
    celina.post("/en/account/email/", {"email": "celina@example.net", "action_add": ""})
    world.celina.refresh_from_db()
    assert world.celina.email == "celina@example.org"
    link = next(word for word in mail.outbox[0].body.split() if "/confirm-email/" in word)
    assert "/pl/" in link
    assert celina.get(link).status_code == 200
    celina.post(link)
    world.celina.refresh_from_db()
    assert world.celina.email == "celina@example.net"


ASK = "/en/pomorskie/register/dobry-chleb/ask/"


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        ("http://testserver/en/pomorskie/quality/?page=2#top", "/en/pomorskie/quality/%3Fpage%3D2"),
        ("", "/en/pomorskie/register/dobry-chleb/"),
        ("https://elsewhere.example/en/pomorskie/", "/en/pomorskie/register/dobry-chleb/"),
        ("http://testserver//elsewhere.example/", "/en/pomorskie/register/dobry-chleb/"),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_back_to_a_page(client, world, referer, way):
    answer = client.post(ASK, headers={"referer": referer} if referer else {})
    assert answer["Location"] == f"/en/account/login/?next={way}"


def test_signing_out_leads_to_the_first_page_in_the_same_language(client, world):
    assert client.get("/sl/account/logout/")["Location"] == "/sl/"
    sign_in(client, "bolek@example.org")
    assert client.post("/sl/account/logout/")["Location"] == "/sl/"
