"""Verbs of an agreement: make, change, freeze, close, end, say that it was reviewed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.models import Agreement
from osnowa.agreements.queries.texts import hash_of, missing, newest
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.places.models import Region

State = Agreement.State
#: What people say of an agreement.
FIELDS = ("kind", "title", "language", "is_public", "keeper", "keeper_name", "targets", "closes_on", "founding_until", "review_on")
#: What the hash covers besides the text; from freezing on it stands for ever (V9).
FROZEN = ("kind", "title", "language")
#: Words that begin other addresses under /agreements/.
RESERVED = frozenset({"new"})


def facts(agreement: Agreement) -> dict[str, Any]:
    """What people say of an agreement, fit for JSON."""
    found = {}
    for name in FIELDS:
        value = getattr(agreement, f"{name}_id" if name == "keeper" else name)
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def locked(agreement: Agreement) -> Agreement:
    """The agreement as it stands, held until the transaction ends, so that nobody writes while it is frozen."""
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    held.region = agreement.region
    return held


def _check(agreement: Agreement) -> None:
    if agreement.founding_until and agreement.closes_on and agreement.founding_until > agreement.closes_on:
        raise Refused(_("Who is founding is known when signing closes at the latest. Choose a day that is not after the last day of signing."))
    if agreement.review_on and agreement.closes_on and agreement.review_on < agreement.closes_on:
        raise Refused(_("The day of review lies before the last day of signing. Choose a later one."))
    if agreement.frozen_at and agreement.closes_on and agreement.closes_on < timezone.localtime(agreement.frozen_at).date():
        raise Refused(_("The last day of signing lies before the day the text was frozen. Choose a later one."))


def _check_open(agreement: Agreement) -> None:
    if agreement.closes_on and agreement.closes_on < timezone.localdate():
        raise Refused(_("The last day of signing has passed. Choose a later one, and freeze the text then."))


@action("agreements.made", says=gettext_lazy("began an agreement"))
def make_agreement(*, by: Any, region: Region, values: dict[str, Any], is_invented: bool = False) -> Deed:
    """Begins an agreement; its text is written next. The same kind and title twice is one agreement."""
    Region.objects.select_for_update().only("pk").get(pk=region.pk)
    same = Agreement.objects.filter(region=region, title=values["title"], kind=values["kind"]).exclude(state=State.ENDED).first()
    if same:
        return Deed(same, {})
    taken = set(Agreement.objects.filter(region=region).values_list("slug", flat=True))
    made = Agreement(region=region, is_invented=is_invented, slug=address_word(values["title"], taken | RESERVED, longest=70), **values)
    _check(made)
    _check_open(made)
    made.save()
    return Deed(made, differences({}, facts(made)), place=region.slug)


@action("agreements.changed", says=gettext_lazy("changed an agreement"))
def change_agreement(*, by: Any, agreement: Agreement, values: dict[str, Any]) -> Deed:
    """Changes what is said of an agreement; once it is frozen, kind, title and language stay (V9)."""
    held = locked(agreement)
    before = facts(held)
    for name, value in values.items():
        setattr(held, name, value)
    changes = differences(before, facts(held))
    if held.state != State.DRAFT and changes.keys() & set(FROZEN):
        raise Refused(_("Kind, title and language belong to the frozen text and cannot be changed. Begin a new agreement instead."))
    if held.state == State.ENDED and changes:
        raise Refused(_("This agreement has ended."))
    _check(held)
    if "closes_on" in changes and held.state == State.DRAFT:
        _check_open(held)
    if "review_on" in changes or "closes_on" in changes:
        held.reminded_on = None
    held.save()
    return Deed(held, changes, place=held.region.slug)


@action("agreements.frozen", says=gettext_lazy("froze the text of an agreement and opened it for signing"))
def freeze(*, by: Any, agreement: Agreement) -> Deed:
    """Freezes the newest version under its hash and opens the agreement for signing; refused while anything is missing (V9). Freezing twice is once."""
    held = locked(agreement)
    if held.state == State.OPEN:
        return Deed(held, {})
    if held.state != State.DRAFT:
        raise Refused(_("The text is frozen already."))
    text = newest(held)
    if lacks := missing(held, text):
        raise Refused(_("The text is not ready to be frozen. %(first)s") % {"first": " ".join(lacks[:3])})
    _check_open(held)
    assert text is not None
    held.sha256, held.frozen_at, held.frozen_by, held.state = hash_of(held, text), timezone.now(), by, State.OPEN
    held.save(update_fields=["sha256", "frozen_at", "frozen_by", "state"])
    return Deed(held, {"state": ["draft", "open"], "sha256": ["", held.sha256], "version": [None, text.number]}, place=held.region.slug)


@action("agreements.closed", says=gettext_lazy("closed the signing of an agreement"))
def close(*, by: Any, agreement: Agreement) -> Deed:
    """Closes signing; who joins later does so by a declaration that cites the frozen text."""
    held = locked(agreement)
    if held.state == State.CLOSED:
        return Deed(held, {})
    if held.state != State.OPEN:
        raise Refused(_("Only an agreement that is open for signing can be closed."))
    held.state, held.closed_at = State.CLOSED, timezone.now()
    held.save(update_fields=["state", "closed_at"])
    return Deed(held, {"state": ["open", "closed"]}, place=held.region.slug)


@action("agreements.ended", says=gettext_lazy("noted that an agreement ended"))
def end(*, by: Any, agreement: Agreement, on: date, reason: str = "") -> Deed:
    """Says that an agreement ended; nobody signs any more, and everything stays to be read."""
    held = locked(agreement)
    if held.state == State.ENDED:
        return Deed(held, {})
    if held.state == State.DRAFT:
        raise Refused(_("A text that was never frozen does not end. Change it, or leave it as it is."))
    assert held.frozen_at is not None
    if not timezone.localtime(held.frozen_at).date() <= on <= timezone.localdate():
        raise Refused(_("Choose a day between the freezing of the text and today."))
    before, held.state, held.ended_on = held.state, State.ENDED, on
    held.closed_at = held.closed_at or timezone.now()
    held.save(update_fields=["state", "ended_on", "closed_at"])
    return Deed(held, {"state": [before, "ended"], "ended_on": [None, on.isoformat()]}, place=held.region.slug, reason=reason)


@action("agreements.reviewed", says=gettext_lazy("reviewed an agreement"))
def review(*, by: Any, agreement: Agreement, next_on: date | None, reason: str = "") -> Deed:
    """Notes that an agreement was looked at again, and when it will be next."""
    held = locked(agreement)
    if held.state in (State.DRAFT, State.ENDED):
        raise Refused(_("Only an agreement that holds is reviewed."))
    if next_on and not timezone.localdate() < next_on <= timezone.localdate() + timedelta(days=366 * 10):
        raise Refused(_("The next review lies in the coming ten years. Choose a day after today."))
    before, held.review_on, held.reminded_on = held.review_on, next_on, None
    held.save(update_fields=["review_on", "reminded_on"])
    changes = [before and before.isoformat(), next_on and next_on.isoformat()]
    return Deed(held, {"review_on": changes}, place=held.region.slug, reason=reason)
