"""How a phone says who speaks: a sector, an organisation, or nothing at all."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from osnowa.meetings.models import Voice
from osnowa.register.codes import SECTORS
from osnowa.ui.forms import Form


class JoinForm(Form):
    """All fields may stay empty; `key` makes two sendings of one form one voice."""

    sector = forms.ChoiceField(label=_("For which sector do you speak?"), required=False, widget=forms.RadioSelect)
    organisation_name = forms.CharField(
        label=_("Organisation"), max_length=200, required=False, help_text=_("You may leave this empty. Please do not write your name.")
    )
    is_remote = forms.BooleanField(label=_("I take part from afar, not in the room"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, min_length=20)

    def __init__(self, *args: Any, voice: Voice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [*SECTORS.choices(), ("", _("I would rather not say"))]  # type: ignore[attr-defined]
        self.initial.setdefault("key", voice.key if voice else secrets.token_urlsafe(18))
        if voice:
            self.initial.update({"sector": voice.sector, "organisation_name": voice.organisation_name, "is_remote": voice.via == Voice.Via.REMOTE})

    @property
    def words(self) -> dict[str, Any]:
        """What the voice says about itself, as the action wants it."""
        via = Voice.Via.REMOTE if self.cleaned_data["is_remote"] else Voice.Via.PHONE
        return {name: self.cleaned_data[name] for name in ("key", "sector", "organisation_name")} | {"via": via}
