"""Verbs about contacts. The journal keeps which fields changed and never what stood in them: that is personal."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.register.models import Contact, Organisation

Person = Any
#: What people fill in; the only thing the journal tells about a contact is which of these changed.
FIELDS = ("person_name", "function", "email", "phone", "language", "may_publish", "wants_news", "wants_surveys",
          "lawful_basis", "keep_until")  # fmt: skip

def years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


#: How long contacts are usually kept before the person is asked again.
USUAL_YEARS = 2


def usual_keep_until(today: date | None = None) -> date:
    """The day until which a contact taken today is usually kept."""
    return years_on(today or timezone.localdate(), USUAL_YEARS)


@action("register.contact_saved", says=gettext_lazy("saved a contact"))
def save_contact(*, by: Person, organisation: Organisation, contact: Contact) -> Deed:
    """Adds or changes a contact. Refused where nobody could be reached by it or its keeping has no end (V19)."""
    if not contact.email and not contact.phone:
        raise Refused(_("Give an e-mail address or a telephone number."))
    if not contact.keep_until:
        raise Refused(_("Say until when the contact may be kept."))
    old = Contact.objects.filter(pk=contact.pk).first() if contact.pk else None
    changed = [name for name in FIELDS if getattr(contact, name) != (getattr(old, name) if old else _EMPTY.get(name, ""))]
    contact.organisation = organisation
    contact.save()
    changes = {"contacts": [None, changed]} if changed else {}
    return Deed(organisation, changes, place=organisation.region.slug, value=contact)


_EMPTY = {"may_publish": False, "wants_news": False, "wants_surveys": False}


@action("register.contact_erased", says=gettext_lazy("erased a contact"))
def erase_contact(*, by: Person, contact: Contact, reason: str = "") -> Deed:
    """Erases a contact for good; nothing brings it back."""
    organisation = contact.organisation
    held = [name for name in FIELDS if getattr(contact, name)]
    contact.delete()
    return Deed(organisation, {"contacts": [held, None]}, place=organisation.region.slug, reason=reason, value=organisation)


def erase_outdated_contacts(*, by: Person = None, today: date | None = None) -> int:
    """Erases the contacts whose end of keeping has passed; returns how many. Safe to run every day."""
    day = today or timezone.localdate()
    outdated = list(Contact.objects.filter(keep_until__lt=day).select_related("organisation__region"))
    for contact in outdated:
        erase_contact(by=by, contact=contact, reason=_("The end of keeping has passed."))
    return len(outdated)
