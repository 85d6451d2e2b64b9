"""Answering by a link, and entering sheets of paper."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from osnowa.assessments import actions
from osnowa.assessments.models import Answer, Respondent
from tests.unit.assessments.making import a_round
from tests.world import World


def test_one_answers_step_by_step_and_comes_back_later(client: Client, world: World, django_assert_max_num_queries: Callable[..., object]) -> None:
    one = a_round(world)
    at = reverse("assessments:answer", args=[one.token])
    assert "No account, no name" in client.get(at).content.decode()
    assert client.post(at, {"sector": "moon"}).status_code == 422
    assert client.post(at, {"sector": "public"}).status_code == 302
    assert client.cookies[f"respondent-{one.pk}"]["httponly"]
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = client.get(at)
    assert "Purpose" in page.content.decode()
    answer = client.post(at, {"at": "D1", "D1": "4", "D1 importance": "3", "D1 target": "5"})
    assert answer["Location"].endswith("?at=D2")
    client.post(at, {"at": "D2", "D2": "none"})
    assert client.get(at).context["dimension"].code == "D3"
    client.post(at, {"at": "D1", "D1": "2"})
    assert dict(Answer.objects.values_list("item", "value")) == {"D1": 2, "D2": None}
    assert Respondent.objects.get().sector == "public"
    assert "6 questions are not answered yet." in client.get(at, {"at": "end"}).content.decode()


def test_what_is_not_on_the_scale_is_said_on_the_page(client: Client, world: World) -> None:
    one = a_round(world)
    at = reverse("assessments:answer", args=[one.token])
    client.post(at, {"sector": "public"})
    answer = client.post(at, {"at": "D1", "D1": "9"})
    assert answer.status_code == 422
    assert "number from 1 to 5" in answer.content.decode()


def test_a_round_that_is_not_open_takes_nothing(client: Client, world: World) -> None:
    one = a_round(world, is_open=False)
    at = reverse("assessments:answer", args=[one.token])
    assert "has not begun" in client.get(at).content.decode()
    assert client.post(at, {"sector": "public"}).status_code == 422
    actions.open_round(by=world.bolek, round_=one)
    actions.close_round(by=world.bolek, round_=one)
    assert "closed" in client.get(at).content.decode()


def test_surveys_with_choices_and_texts_are_answered_too(client: Client, world: World) -> None:
    one = a_round(world, "evaluation")
    at = reverse("assessments:answer", args=[one.token])
    client.post(at, {"sector": "public"})
    client.post(at, {"at": "E1", "worth": "5", "heard": "4", "clear": "none", "access": "3"})
    client.post(at, {"at": "E2", "learnt": "a lot", "better": "", "again": "yes"})
    assert Answer.objects.get(item="again").words == "yes"
    assert Answer.objects.get(item="clear").value is None


def test_a_sheet_is_ten_keys_and_the_next_begins(signed_in: Callable[..., Client], world: World) -> None:
    """Sector, eight levels, Enter: every field takes one digit, after which the script moves on."""
    one = a_round(world)
    client, at = signed_in(world.bolek), reverse("assessments:paper", args=["pomorskie", one.slug])
    page = client.get(at).content.decode()
    fields = page.count('maxlength="1"')
    assert fields + 1 <= 12
    words = {"sector": "3"} | {f"D{number}": str(1 + number % 5) for number in range(1, 8)} | {"D8": "0"}
    answer = client.post(at, words, follow=True)
    assert "Sheet 1 is saved." in answer.content.decode()
    sheet = Respondent.objects.get()
    assert (sheet.sector, sheet.via, sheet.entered_by) == ("public", "paper", world.bolek)
    assert dict(sheet.answers.values_list("item", "value")) == {"D1": 2, "D2": 3, "D3": 4, "D4": 5, "D5": 1, "D6": 2, "D7": 3, "D8": None}


def test_a_wrong_sheet_keeps_nothing_and_says_why(signed_in: Callable[..., Client], world: World) -> None:
    one = a_round(world)
    client, at = signed_in(world.bolek), reverse("assessments:paper", args=["pomorskie", one.slug])
    answer = client.post(at, {"sector": "3", "D1": "2", "D8": "7"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert not Respondent.objects.exists()
    assert "1 to 5" in client.post(at, {"sector": "8"}).content.decode()


def test_a_sheet_of_choices_is_entered_by_numbers(signed_in: Callable[..., Client], world: World) -> None:
    one = a_round(world, "needs")
    client, at = signed_in(world.bolek), reverse("assessments:paper", args=["pomorskie", one.slug])
    client.post(at, {"sector": "1", "needs": "1, 3", "urgency": "2", "need-words": "a van"})
    kept = dict(Answer.objects.values_list("item", "words"))
    assert kept["needs"] is not None and len(kept["needs"]) == 2  # noqa: PT018
    assert isinstance(kept["urgency"], str)
    assert kept["need-words"] == "a van"


def test_the_script_of_the_page_is_answered_in_words(signed_in: Callable[..., Client], world: World) -> None:
    one = a_round(world)
    client, at = signed_in(world.bolek), reverse("assessments:paper", args=["pomorskie", one.slug])
    assert client.post(at, {"sector": "1", "D1": "2"}, headers={"accept": "application/json"}).json() == {"said": "Sheet 1 is saved."}
    wrong = client.post(at, {"sector": "1", "D1": "8"}, headers={"accept": "application/json"})
    assert (wrong.status_code, "1 to 5" in wrong.json()["wrong"]) == (422, True)


def test_the_link_that_is_sent_round_opens_in_the_language_of_who_reads_it(client: Client, world: World) -> None:
    """Not in that of who leads the round, from whose page it was copied."""
    one = a_round(world)

    def leads_to(language: str) -> str:
        return client.get(f"/answer/{one.token}", headers={"Accept-Language": language})["Location"]

    assert leads_to("sl-SI,sl;q=0.9") == f"/sl/answer/{one.token}/"
    assert leads_to("en-GB") == f"/en/answer/{one.token}/"
    assert leads_to("de-DE") == f"/pl/answer/{one.token}/", "nobody's language of ours: the region's"
    client.force_login(world.bolek, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/pl/pomorskie/assessments/rounds/{one.slug}/settings/").text
    assert f'http://testserver/answer/{one.token}"' in page
    assert f"/pl/answer/{one.token}" not in page
