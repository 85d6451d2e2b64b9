"""What happened lately in a region of the sample: confirmations, corrections, proposals that wait, questions asked."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from osnowa.journal.actions import through
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.actions import change_organisation, confirm_organisation, propose
from osnowa.register.models import ConfirmationRequest, Organisation, Proposal
from osnowa.sample.making import LAST_DAY
from osnowa.sample.people import seat_in

#: What people write to a coordinator: (kind, message) by language.
_MESSAGES = {
    "pl": ("Zmieniliśmy numer lokalu przy tej samej ulicy.", "Jestem wiceprezeską, wpis w rejestrze sądowym to potwierdza."),
    "sl": ("Zamenjali smo hišno številko v isti ulici.", "Sem zastopnica zadruge, to potrjuje vpis v register."),
    "es": ("Hemos cambiado de número en la misma calle.", "Soy la presidenta, consta en el registro."),
}
_NEW = {"pl": "Koło Gospodyń Wiejskich „Wełniany Kubek”", "sl": "Društvo Volneni vrč", "es": "Asociación El Cántaro Lanudo"}
_NEW_FORMS = {"pl": "PL-KGW", "sl": "SI-DRU", "es": "ES-ASO"}
_LATER = {"pl": "Od jesieni przyjmujemy zamówienia także przez internet.", "sl": "Od jeseni sprejemamo naročila tudi po spletu.",
          "es": "Desde otoño aceptamos pedidos por internet."}  # fmt: skip


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 15), UTC)


def live(region: Region, language: str, people: dict[str, Person]) -> None:
    """Lets the last weeks happen; the dates of beginning and end of organisations stay as they are."""
    dice = Random(f"osnowa life {region.slug}")
    public = Organisation.objects.filter(region=region, visibility="public").exclude(activity_status="closed")
    placed = public.filter(kind="legal_person", is_location_hidden=False).select_related("region", "municipality", "parent")
    open_ones = sorted(placed, key=lambda one: one.slug)  # not by the database: collations differ
    chosen = dice.sample(open_ones, 22)
    editor = people.get("editor") or people.get("coordinator")
    for number, organisation in enumerate(chosen[:10]):
        day = LAST_DAY - timedelta(days=20 - 2 * number)
        with through("sample", _at(day, 8 + number % 5)):
            if number % 3:
                confirm_organisation(by=editor, organisation=organisation, source="coordinator", on=day)
            else:
                change_organisation(
                    by=editor, organisation=organisation, values={"about": f"{organisation.about} {_LATER[language]}".strip()},
                    source="sample", on=day,
                )  # fmt: skip
    _propose(region, language, chosen[10:14])
    _ask(region, chosen[14:20], people.get("coordinator"))
    if "representative" in people:
        represented = next(o for o in open_ones if o.legal_form == "PL-SPSOC" and o.activity_status == "active")
        seat_in(represented, people["representative"])


def _propose(region: Region, language: str, organisations: list[Organisation]) -> None:
    moved, claim = _MESSAGES[language]
    tongue = "en" if language == "es" else language
    first, second, third, _fourth = organisations
    asked: dict[str, Any] = {"email": "zgloszenie@example.org", "language": tongue}
    waiting: list[dict[str, Any]] = [
        {"kind": "change", "organisation": first, "values": {"street": f"{first.street} A".strip()}, "message": moved} | asked,
        {"kind": "claim", "organisation": second, "message": claim, "basis": "register", "name": "Irena Polanek"} | asked,
        {"kind": "new", "values": {"legal_name": _NEW[language], "legal_form": _NEW_FORMS[language], "locality": third.locality,
                                   "postal_code": third.postal_code}, "name": "Halina Wiklina"} | asked,
    ]  # fmt: skip
    for number, words in enumerate(waiting):
        moment = _at(LAST_DAY - timedelta(days=6 - 2 * number), 11)
        with through("sample", moment):
            made = propose(by=None, region=region, **words)
        Proposal.objects.filter(pk=made.pk).update(made_at=moment)


def _ask(region: Region, organisations: list[Organisation], by: Person | None) -> None:
    """Questions sent in October: some answered, some waiting."""
    sent = _at(date(2026, 10, 20), 9)
    ConfirmationRequest.objects.bulk_create(
        ConfirmationRequest(
            organisation=organisation, sent_to=f"{organisation.slug[:40]}@example.org", sent_by=by, sent_at=sent,
            expires_on=date(2026, 12, 31), answer="confirmed" if number < 2 else "",
            answered_at=sent + timedelta(days=3 + number) if number < 2 else None,
        )
        for number, organisation in enumerate(organisations)
    )  # fmt: skip
    for number, organisation in enumerate(organisations[:2]):
        with through("link", sent + timedelta(days=3 + number)):
            confirm_organisation(by=None, organisation=organisation, source="confirmation_link", on=date(2026, 10, 23) + timedelta(days=number))
