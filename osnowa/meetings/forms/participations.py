"""Forms of who comes: registration without an account, the door, invitations."""

import re
from email.utils import getaddresses
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from osnowa.kit.words import fold
from osnowa.meetings.actions.participations import Asked
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries.countries import COUNTRIES
from osnowa.meetings.queries.meetings import door_word
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access as register_access
from osnowa.register import codes
from osnowa.register.models import Contact, Organisation
from osnowa.ui.forms import Form

#: So many addresses may be pasted at once.
MOST_ADDRESSES = 500


def named(seen: QuerySet[Organisation], name: str) -> Organisation | None:
    """The organisation people may see that bears exactly this name, if there is one."""
    words = fold(name)
    if not words:
        return None
    found = list(seen.filter(Q(legal_name__iexact=name.strip()) | Q(short_name__iexact=name.strip()) | Q(name_fold=words))[:2])
    return found[0] if len(found) == 1 else None


class GuestForm(Form):
    """Who somebody is and for whom she comes. `needs_email` where a letter has to reach her."""

    person_name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    organisation = forms.CharField(label=gettext_lazy("Organisation"), required=False, max_length=200, widget=forms.TextInput(attrs={"list": "organisation-suggestions", "autocomplete": "off"}), help_text=gettext_lazy("Type a few letters and choose, or write the name. Leave it empty if you come for yourself."))
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)
    is_remote = forms.BooleanField(label=gettext_lazy("I take part online"), required=False)
    needs = forms.CharField(label=gettext_lazy("What would make taking part easier?"), required=False, max_length=300, help_text=gettext_lazy("Such as a sign language interpreter, step-free access, a place at the front. Only the organisers read it."))

    #: Fields that a kind of form does without.
    without: tuple[str, ...] = ()
    needs_email = True

    def __init__(self, *args: Any, meeting: Meeting, person: Anyone, guest: Participation | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting, self.person = meeting, person
        self.fields["sector"].choices = [("", _("not said")), *codes.SECTORS.choices()]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("not said")), *COUNTRIES.choices()]  # type: ignore[attr-defined]
        if not (meeting.venue and meeting.link) or (guest and guest.checked_in_at):  # who is there frees no chair
            del self.fields["is_remote"]
        for name in self.without:
            self.fields.pop(name, None)
        if "email" in self.fields:
            self.fields["email"].required = self.needs_email
        self.initial = _said(guest) if guest else {"language": (get_language() or "en")[:2], "country": meeting.region.jurisdiction}

    @property
    def words(self) -> dict[str, Any]:
        """What the form says, as the actions take it."""
        said = {name: self.cleaned_data[name] for name in self.fields if name != "organisation"}
        name = self.cleaned_data["organisation"].strip()
        known = named(register_access.visible(self.person, self.meeting.region), name)
        return said | {"organisation": known, "organisation_name": "" if known else name}


def _said(guest: Participation) -> dict[str, Any]:
    """What a guest said, as the form shows it."""
    shown = {name: getattr(guest, name) for name in ("person_name", "email", "sector", "country", "language", "is_remote", "needs")}
    return shown | {"organisation": guest.organisation.legal_name if guest.organisation else guest.organisation_name}


class RegistrationForm(GuestForm):
    """Registration without an account."""


class ChangeForm(GuestForm):
    """What a guest may change by the link of her letter; the address stands, since the link was sent there."""

    without = ("email",)


class DoorForm(GuestForm):
    """Somebody who came unannounced, written down by who stands at the door."""

    without = ("language", "needs", "is_remote")
    needs_email = False


class WordForm(Form):
    """The word of the wall, without which nobody says herself that she is there."""

    word = forms.CharField(label=gettext_lazy("Word from the wall or the door"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}), help_text=gettext_lazy("Four letters or digits. They show that you are there; whoever takes part online asks who leads for them."))
    meeting: Meeting

    def clean_word(self) -> str:
        said: str = self.cleaned_data["word"]
        if said.replace(" ", "").upper() != door_word(self.meeting):
            raise ValidationError(_("This is not the word of this meeting. It stands on the wall and at the door; ask who leads if you do not see it."))
        return said


class OwnHereForm(WordForm):
    """A guest who says on her own page that she is there; the link of her letter says who she is."""

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting


class HereForm(WordForm, GuestForm):
    """Somebody who says with the word of the wall that she is there."""

    without = ("language", "needs", "is_remote")
    needs_email = False

    def __init__(self, *args: Any, word: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["word"] = word
        self.fields["person_name"].required = False
        self.fields["email"].help_text = _("The one you registered with: then nothing else is needed.")
        self.order_fields(["word", "email", "person_name", "organisation", "sector", "country"])

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in super().words.items() if name != "word"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("email") and not cleaned.get("person_name") and not {"email", "person_name"} & set(self.errors):
            self.add_error("email", _("Give the e-mail you registered with, or your name."))
        return cleaned


def contacts_of(region: Region) -> QuerySet[Contact]:
    """The contacts of a region who agreed to news and whose keeping has not ended."""
    open_ones = Organisation.objects.filter(region=region).exclude(activity_status=Organisation.Status.CLOSED)
    agreed = Contact.objects.filter(organisation__in=open_ones, wants_news=True, keep_until__gte=timezone.localdate())
    return agreed.exclude(email="").select_related("organisation").order_by("pk")


class InvitationsForm(Form):
    """Whom to invite: addresses pasted, organisations by name, or all contacts of sectors who agreed to news."""

    addresses = forms.CharField(label=gettext_lazy("E-mail addresses"), required=False, max_length=60_000, widget=forms.Textarea(attrs={"rows": 6}), help_text=gettext_lazy("Paste them as they are: one a line, or with commas or semicolons between them; “Name &lt;address&gt;” is understood."))
    organisations = forms.CharField(label=gettext_lazy("Organisations of the register"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("One name a line. Those of their contacts who agreed to news are invited."))
    sectors = forms.MultipleChoiceField(label=gettext_lazy("All contacts who agreed to news, of these sectors"), required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=gettext_lazy("Language for pasted addresses"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        counts: dict[str, int] = {}
        for sector in contacts_of(meeting.region).values_list("organisation__sector", flat=True):
            counts[sector] = counts.get(sector, 0) + 1
        self.fields["sectors"].choices = [  # type: ignore[attr-defined]
            (row.code, f"{row.label}: " + ngettext("%(n)s contact", "%(n)s contacts", counts[row.code]) % {"n": counts[row.code]})
            for row in codes.SECTORS if row.code in counts
        ]  # fmt: skip
        if not counts:
            del self.fields["sectors"]
        spoken = [*meeting.languages, *meeting.region.languages]
        self.initial["language"] = next((code for code in spoken if code in dict(settings.LANGUAGES)), "en")

    def clean_addresses(self) -> list[Asked]:
        asked: list[Asked] = []
        wrong: list[str] = []
        for piece in filter(None, (piece.strip(" ,\t\r") for piece in re.split(r"[\n;]+", self.cleaned_data["addresses"]))):
            for name, email in getaddresses([piece]):
                try:
                    validate_email(email)
                    asked.append(Asked(email, name))
                except ValidationError:
                    wrong.append((email or piece)[:60])
        if wrong:
            words = ngettext("This is no e-mail address: %(which)s. Mend it or take it out; nobody was invited yet.", "These are no e-mail addresses: %(which)s. Mend them or take them out; nobody was invited yet.", len(wrong))
            raise ValidationError(words % {"which": ", ".join(wrong[:10])})
        if len(asked) > MOST_ADDRESSES:
            raise ValidationError(_("These are %(n)s addresses; paste at most %(most)s at once.") % {"n": len(asked), "most": MOST_ADDRESSES})
        return asked

    def clean_organisations(self) -> list[Organisation]:
        names = [line.strip() for line in self.cleaned_data["organisations"].splitlines() if line.strip()]
        here = Organisation.objects.filter(region=self.meeting.region)
        found = {name: named(here, name) for name in names[:MOST_ADDRESSES]}
        unknown = [name[:60] for name, it in found.items() if it is None]
        if unknown:
            raise ValidationError(_("Not found in the register by this name: %(names)s.") % {"names": ", ".join(unknown[:10])})
        return [it for it in found.values() if it]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.asked:
            raise ValidationError(_("Nobody is to be invited: none of those chosen has a contact who agreed to news.") if cleaned.get("organisations") or cleaned.get("sectors") else _("Paste addresses, or name organisations, or choose sectors."))
        return cleaned

    @property
    def asked(self) -> list[Asked]:
        """Everybody to be invited, each address once."""
        cleaned = self.cleaned_data
        wanted = Q(organisation__in=cleaned.get("organisations") or []) | Q(organisation__sector__in=cleaned.get("sectors") or [])
        known = [Asked(row.email, row.person_name, row.language, row.organisation) for row in contacts_of(self.meeting.region).filter(wanted)]
        pasted = [Asked(one.email, one.person_name, cleaned["language"]) for one in cleaned.get("addresses") or []]
        return list({one.email.lower(): one for one in [*pasted, *known]}.values())
