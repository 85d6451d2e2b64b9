"""Reads of "is this still true?": whom to ask, at which address, and the facts in plain words."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.models import ConfirmationRequest, Contact, Organisation

#: A record not confirmed for this long is asked about again.
STALE_AFTER = timedelta(days=365)
#: Nobody is asked twice within this time by a campaign.
QUIET = timedelta(days=30)
#: Who asks one organisation again within this time is asked whether she means it.
JUST_ASKED = timedelta(days=7)


def stale(today: date) -> Q:
    """Open organisations nobody confirmed within the last year."""
    old = Q(last_confirmed_on__isnull=True) | Q(last_confirmed_on__lt=today - STALE_AFTER)
    return old & ~Q(activity_status=Organisation.Status.CLOSED)


def mailboxes(**where: Any) -> QuerySet[Contact]:
    """Contacts with an e-mail address that may still be kept; mailboxes of a function before those of a person."""
    kept = Contact.objects.filter(keep_until__gte=timezone.localdate(), **where).exclude(email="")
    return kept.order_by("organisation_id", "person_name", "id")


def has_mailbox() -> Exists:
    return Exists(mailboxes(organisation=OuterRef("pk")))


def asked_lately() -> Exists:
    since = timezone.now() - QUIET
    return Exists(ConfirmationRequest.objects.filter(organisation=OuterRef("pk"), sent_at__gte=since))


def just_asked(organisation: Organisation) -> date | None:
    """The day on which the organisation was asked within the last week, if it was."""
    asked = ConfirmationRequest.objects.filter(organisation=organisation, sent_at__gte=timezone.now() - JUST_ASKED)
    newest = asked.order_by("-sent_at").values_list("sent_at", flat=True).first()
    return timezone.localdate(newest) if newest else None


def to_ask(region: Region) -> QuerySet[Organisation]:
    """The organisations a campaign is about: open, not confirmed within the last year."""
    return Organisation.objects.filter(stale(timezone.localdate()), region=region)


def plain_facts(organisation: Organisation) -> list[tuple[str, str]]:
    """What the register says, as (question, answer) a busy person reads on a phone; never the place that is hidden."""
    it = organisation
    status = codes.ACTIVITY_STATUS.label(it.activity_status)
    rows: list[tuple[str, Any]] = [
        (_("Legal name"), it.legal_name),
        (_("Short name"), it.short_name),
        (_("Legal form"), codes.LEGAL_FORMS.label(it.legal_form)),
        (_("Activity status"), status),
        (_("Address"), _address(it)),
        (_("Municipality"), it.municipality.name if it.municipality else ""),
        *((codes.IDENTIFIERS.label(i.scheme), i.value) for i in it.identifiers.all()),
        (_("Founded on"), date_format(it.founded_on) if it.founded_on else ""),
        (_("Main activity"), _main_activity(it)),
        (_("Services"), ", ".join(codes.SERVICE_AREAS.label(area.code) for area in it.service_areas.all())),
        (_("Description"), it.about),
        (_("Links"), "\n".join(link["url"] for link in it.links)),
    ]
    return [(question, answer) for question, answer in rows if answer]


def _address(it: Organisation) -> str:
    if it.is_location_hidden:
        return _("The exact address is hidden and is not shown here either.")
    return ", ".join(filter(None, [it.street, f"{it.postal_code} {it.locality}".strip()]))


def _main_activity(it: Organisation) -> str:
    main = next((activity.nace for activity in it.activities.all() if activity.is_main), "")
    return f"{main} {codes.nace_label(it.nace_version, main)}" if main else ""
