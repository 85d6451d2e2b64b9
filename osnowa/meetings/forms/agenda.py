"""Forms of the agenda and of what follows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from osnowa.meetings.forms.participations import named
from osnowa.meetings.forms.times import DayInput
from osnowa.meetings.models import Block, FollowUp, Meeting
from osnowa.meetings.queries.kinds import KINDS
from osnowa.people.models import Person
from osnowa.places.queries.seats import seats_in
from osnowa.register.models import Organisation
from osnowa.ui.forms import Form, personal_numbers

_USUAL_DOTS, _MOST_DOTS = 3, 20
_USUAL_PLACES, _MOST_PLACES = 5, 20
_MOST_OPTIONS, _LONGEST = 30, 280
#: {kind: which of the fields below it uses}. Kinds of rooms above are prepared on their own panel of the page Board.
_USES = {"vote": ("about", "of", "options", "dots"), "rank": ("about", "of", "options", "places"), "consent": ("about", "of", "options")}


class BlockForm(Form):
    """A part of the agenda. Blocks of the board ask the room something; the template shows what the chosen kind uses."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    minutes = forms.IntegerField(label=pgettext_lazy("of an agenda", "Minutes"), min_value=0, max_value=600, initial=15)
    question = forms.CharField(label=gettext_lazy("Question to the room"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    about = forms.ModelChoiceField(Block.objects.none(), label=gettext_lazy("Cards of"), required=False, empty_label=gettext_lazy("none"), help_text=gettext_lazy("The block whose cards voices choose from."))
    of = forms.ChoiceField(label=gettext_lazy("Voices choose from"), required=False, choices=[("cards", gettext_lazy("its cards")), ("groups", gettext_lazy("the headings of its groups"))])
    options = forms.CharField(label=gettext_lazy("Options of your own, one per line"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("They stand beside the cards, or alone where no block is chosen, when this part is opened."))
    dots = forms.IntegerField(label=gettext_lazy("Dots for each voice"), required=False, min_value=1, max_value=_MOST_DOTS, initial=_USUAL_DOTS)
    places = forms.IntegerField(label=gettext_lazy("Places each voice may give"), required=False, min_value=1, max_value=_MOST_PLACES, initial=_USUAL_PLACES)
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
            self.initial = {name: getattr(block, name) for name in names} | _shown(block.settings)
        else:
            self.initial = {"kind": "talk", "minutes": 15, "are_names_hidden": True} | _shown({})
            del self.fields["notes"]

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        options = [line for line in lines if line]
        for number, line in enumerate(lines, start=1):
            if len(line) > _LONGEST:
                raise forms.ValidationError(_("Line %(line)s is longer than the %(most)s signs a card holds.") % {"line": number, "most": _LONGEST})
        if len(options) > _MOST_OPTIONS:
            raise forms.ValidationError(_("These are %(n)s options; a phone shows up to %(most)s.") % {"n": len(options), "most": _MOST_OPTIONS})
        if personal_numbers(self.cleaned_data["options"]):
            raise forms.ValidationError(_("This looks like the personal number of somebody (PESEL, EMŠO). Take it out: the register keeps none."))
        if twice := next((line for line in options if options.count(line) > 1), ""):
            raise forms.ValidationError(_("“%(text)s” stands there twice.") % {"text": twice[:60]})
        return options

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        uses = _USES.get(cleaned.get("kind", ""), ())
        for name in {"of", "options", "dots", "places"}.difference(uses):  # may not be seen, so may not be wrong
            self.errors.pop(name, None)
        if "about" in uses and cleaned.get("of") == "groups" and not cleaned.get("about"):
            self.add_error("about", _("Choose the block whose groups voices choose from."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it; what the kind does not use is left out."""
        cleaned = dict(self.cleaned_data)
        uses = _USES.get(cleaned["kind"], ())
        usual = {"of": "cards", "options": [], "dots": _USUAL_DOTS, "places": _USUAL_PLACES}
        said = {name: cleaned.pop(name, None) or value for name, value in usual.items()}
        before = self.block.settings if self.block else {}
        kept = {name: value for name, value in before.items() if name not in said}
        used = {name: value for name, value in said.items() if name in uses and (name in before or value != usual[name])}
        if "about" not in uses:
            cleaned["about"] = None
        return cleaned | {"settings": kept | used}


def _shown(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings of a block as the fields show them."""
    options = "\n".join(str(one) for one in settings.get("options", []))
    return {"of": settings.get("of", "cards"), "dots": settings.get("dots", _USUAL_DOTS), "places": settings.get("places", _USUAL_PLACES), "options": options}


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
