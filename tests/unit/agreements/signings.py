"""Frozen agreements and signatories for tests."""

from datetime import date
from typing import Any

from osnowa.agreements.actions.agreements import freeze, make_agreement
from osnowa.agreements.actions.signatories import Asked, invite
from osnowa.agreements.actions.signing import Mandate, Sheet, note_signature
from osnowa.agreements.actions.texts import write_text
from osnowa.agreements.models import Agreement, Signatory
from osnowa.places.models import Region

TODAY_LETTER = date(2026, 11, 20)
PDF = Sheet("karta.pdf", "application/pdf", b"%PDF-1.7 podpisana karta %%EOF")
MANDATE = Mandate("Anna Kowalska", "prezeska zarządu", "register")


def a_draft(region: Region, **more: Any) -> Agreement:
    """A letter of intent whose text is written and not frozen."""
    values = {"title": "List intencyjny", "kind": "letter", "language": region.languages[0], **more}
    made = make_agreement(by=None, region=region, values=values)
    write_text(by=None, agreement=made, language=made.language, blocks=[{"key": "purpose", "heading": "Cel", "text": "Budujemy klaster razem."}])
    return made


def a_letter(region: Region, **more: Any) -> Agreement:
    """A letter of intent that is open for signing."""
    return freeze(by=None, agreement=a_draft(region, **more))


def asked(agreement: Agreement, name: str = "Fundacja Most", email: str = "most@example.org", sector: str = "civil_society", **more: Any) -> Signatory:
    """An organisation written by hand that is asked to sign."""
    invite(by=None, agreement=agreement, asked=[Asked(name, email, sector=sector, **more)])
    return agreement.signatories.order_by("pk").last()


def signed(agreement: Agreement, name: str = "Fundacja Most", on: date = date(2026, 11, 20), mandate: Mandate = MANDATE, **more: Any) -> Signatory:
    """An organisation whose signature on paper was noted."""
    row = asked(agreement, name, email="", **more)
    note_signature(by=None, signatory=row, mandate=mandate, way="scan", on=on, sheets=[PDF])
    row.refresh_from_db()
    return row
