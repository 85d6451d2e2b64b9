"""A full letter (26 signatories) asks the database no more than an empty one, whoever keeps it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from osnowa.agreements.actions.agreements import freeze
from osnowa.agreements.actions.commitments import commit
from osnowa.agreements.models import Paper, Signatory
from tests.unit.agreements.drafts import a_draft

TODAY = date(2026, 11, 20)
#: The bound of the house; the pages of this room keep one below it.
MOST = 11
OF_IT = ("agreement", "edit", "text", "versions", "signatories", "invite", "join", "commitments", "commitments_file", "sheet")
OF_A_ROW = ("signatory", "note_signature", "check_mandate", "withdraw_signatory", "signatory_commitments")


def a_full_pact(world, many):
    """A pact with rows in every state, with files, promises, places and checked mandates."""
    it = freeze(by=world.bolek, agreement=a_draft(world, kind="pact", title=f"Pakt {many}", closes_on=TODAY + timedelta(days=10)))
    for number in range(many):
        how = {"state": "signed", "way": "scan", "signed_sha256": it.sha256, "signed_on": TODAY} if number % 5 else {"state": "declared"}
        row = Signatory.objects.create(
            agreement=it, name=f"Gmina {number}", sector="public", basis="register", person_name="Anna", email=f"g{number}@example.org", municipality=world.gdansk,
            organisation=(world.chleb, world.wtz, None)[min(number, 2)], mandate_checked_at=it.frozen_at if number % 2 else None, mandate_checked_by=world.bolek, **how,
        )  # fmt: skip
        Paper.objects.create(signatory=row, kind="signature", name="karta.pdf", content_type="application/pdf", content=b"x", size=1, sha256="0" * 64)
        commit(by=None, signatory=row, values={"code": "promotion", "text": "", "year": 2026})
    return it


def asked_by(client, it):
    """{address: how many questions} of every page of a pact and of one of its rows."""
    row = it.signatories.filter(state="signed").order_by("pk").first()
    places = {name: reverse(f"agreements:{name}", args=["pomorskie", it.slug]) for name in OF_IT}
    places |= {name: reverse(f"agreements:{name}", args=["pomorskie", it.slug, row.pk]) for name in OF_A_ROW}
    places |= {name: reverse(f"agreements:{name}", args=[row.token]) for name in ("sign", "own_commitments")}
    places |= {f"{name} {form}": reverse(f"agreements:{name}", args=["pomorskie", it.slug, form]) for name in ("text_file", "register_file") for form in ("pdf",)}
    places |= {"verify": reverse("agreements:verify", args=[it.code]), "agreements": reverse("agreements:agreements", args=["pomorskie"])}
    found = {}
    for name, address in places.items():
        with CaptureQueriesContext(connection) as questions:
            assert client.get(address).status_code == 200, name
        found[name] = len(questions)
    return found


@pytest.mark.parametrize("who", ["edyta", "bolek"])
def test_pages_of_who_keeps_an_agreement_ask_little_and_never_more(world, signed_in, who):
    client = signed_in(getattr(world, who))
    few, many = (asked_by(client, a_full_pact(world, number)) for number in (2, 26))
    assert {name: number for name, number in many.items() if number > few[name]} == {}
    assert {name: number for name, number in many.items() if number > MOST} == {}
