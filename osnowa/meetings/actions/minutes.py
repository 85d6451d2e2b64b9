"""Minutes are frozen: what happened stands from then on, under its hash."""

import hashlib
import json
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Meeting, Minutes
from osnowa.meetings.queries.minutes import texts_of


@action("meetings.minutes_frozen", says=gettext_lazy("froze the minutes of a meeting"))
def freeze_minutes(*, by: Any, meeting: Meeting) -> Deed:
    """Makes the next edition of what happened. Refused while a block is open, before the meeting, and where nothing changed."""
    if meeting.starts_at > timezone.now():
        raise Refused(_("The meeting has not begun yet: minutes tell what happened."))
    if meeting.blocks.filter(state="open").exists():
        raise Refused(_("A block is still open on the board. Close it first, so that its results are whole."))
    texts = texts_of(meeting)
    sha256 = hashlib.sha256(json.dumps(texts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    before = meeting.editions.order_by("-number").first()
    if before and before.sha256 == sha256:
        raise Refused(_("Nothing changed since edition %(number)s.") % {"number": before.number})
    made = Minutes.objects.create(meeting=meeting, number=before.number + 1 if before else 1, texts=texts, sha256=sha256, frozen_by=by)
    return Deed(meeting, {"edition": [before and before.number, made.number], "sha256": [before and before.sha256, sha256]}, place=meeting.region.slug, value=made)
