"""Forms of the agenda and of what follows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.meetings.forms.participations import named
from osnowa.meetings.forms.times import DayInput
from osnowa.meetings.models import Block, FollowUp, Meeting
from osnowa.meetings.queries.kinds import KINDS
from osnowa.people.models import Person
from osnowa.places.queries.seats import seats_in
from osnowa.register.models import Organisation
from osnowa.ui.forms import Form

_USUAL_DOTS, _MOST_DOTS = 3, 20


class BlockForm(Form):
    """A part of the agenda. Blocks of the board ask the room something."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=0, max_value=600, initial=15)
    question = forms.CharField(label=gettext_lazy("Question to the room"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    about = forms.ModelChoiceField(Block.objects.none(), label=gettext_lazy("Cards of"), required=False, empty_label=gettext_lazy("none"), help_text=gettext_lazy("For votes, orders and consent: the block whose cards they are about."))
    dots = forms.IntegerField(label=gettext_lazy("Dots for each voice"), required=False, min_value=1, max_value=_MOST_DOTS, initial=_USUAL_DOTS, help_text=gettext_lazy("For votes."))
    are_names_hidden = forms.BooleanField(label=gettext_lazy("Hide who says what"), required=False, initial=True)
    notes = forms.CharField(label=gettext_lazy("Notes for the minutes"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, meeting: Meeting, block: Block | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.block = block
        kinds = {code: str(kind.name).capitalize() for code, kind in KINDS.items()} or {"talk": _("Talk")}
        if block and block.kind not in kinds:
            kinds[block.kind] = block.kind
        self.fields["kind"].choices = list(kinds.items())  # type: ignore[attr-defined]
        others = meeting.blocks.filter(kind="cards")
        others = others.exclude(pk=block.pk) if block else others
        self.fields["about"].queryset = others  # type: ignore[attr-defined]
        if block:
            names = ("kind", "title", "minutes", "question", "about", "are_names_hidden", "notes")
            self.initial = {name: getattr(block, name) for name in names} | {"dots": block.settings.get("dots")}
        else:
            self.initial = {"kind": "talk", "minutes": 15, "dots": _USUAL_DOTS, "are_names_hidden": True}
            del self.fields["notes"]

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it; settings of other kinds stay as they are."""
        cleaned = dict(self.cleaned_data)
        dots, settings = cleaned.pop("dots"), dict(self.block.settings) if self.block else {}
        if cleaned["kind"] == "vote":
            settings["dots"] = dots or _USUAL_DOTS
        return cleaned | {"settings": settings}


class FollowUpForm(Form):
    """What is to be done, by whom, until when."""

    text = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    owner_name = forms.CharField(label=gettext_lazy("Who does it"), required=False, max_length=160)
    owner = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Who is reminded"), required=False, empty_label=gettext_lazy("the coordinators"), help_text=gettext_lazy("Three days before the day, and once when it has passed."))
    organisation = forms.CharField(label=gettext_lazy("Organisation of the register"), required=False, max_length=200, widget=forms.TextInput(attrs={"list": "organisation-suggestions", "autocomplete": "off"}))
    due_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())
    block = forms.ModelChoiceField(Block.objects.none(), label=gettext_lazy("From which block"), required=False, empty_label=gettext_lazy("none"))

    def __init__(self, *args: Any, meeting: Meeting, follow_up: FollowUp | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.meeting = meeting
        holders = Person.objects.filter(pk__in=seats_in(meeting.region).values("person"), is_active=True).order_by("name")
        self.fields["owner"].queryset = holders  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda person: person.name or person.email  # type: ignore[attr-defined]
        self.fields["block"].queryset = meeting.blocks.all()  # type: ignore[attr-defined]
        if follow_up:
            self.initial = {name: getattr(follow_up, name) for name in ("text", "owner_name", "owner", "due_on", "block")}
            self.initial["organisation"] = follow_up.organisation.legal_name if follow_up.organisation else ""

    def clean_organisation(self) -> Organisation | None:
        name = self.cleaned_data["organisation"].strip()
        found = named(Organisation.objects.filter(region=self.meeting.region), name)
        if name and found is None:
            raise forms.ValidationError(_("Not found in the register by this name: %(names)s.") % {"names": name[:60]})
        return found

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
