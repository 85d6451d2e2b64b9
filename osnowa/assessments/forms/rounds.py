"""What is said of a round, what was agreed, who answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.assessments.access import instruments, visible
from osnowa.assessments.models import Round
from osnowa.assessments.queries.asking import importance_names
from osnowa.assessments.queries.instruments import Definition, definition_in
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.codes import SECTORS
from osnowa.ui.forms import Form

_MOST_ASKED = 100_000


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any, **words: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput, input_formats=["%Y-%m-%d"], **words)


class RoundForm(Form):
    """A round: what is asked, of whom, when, and who sees what came of it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    instrument = forms.ChoiceField(label=gettext_lazy("Instrument"))
    subject = forms.CharField(
        label=gettext_lazy("What is assessed"), max_length=160, required=False, help_text=gettext_lazy("For example: the cluster to be. Left empty, it is the region.")
    )
    before = forms.ChoiceField(label=gettext_lazy("Round before"), required=False, help_text=gettext_lazy("It is drawn beneath as a shadow, so that change can be seen."))
    opens_on = _day(gettext_lazy("From"))
    closes_on = _day(gettext_lazy("Until"), help_text=gettext_lazy("Told to those who answer; the round is closed by hand."))
    is_shown_live = forms.BooleanField(
        label=gettext_lazy("Show results while answers come in"), required=False, initial=True, help_text=gettext_lazy("All voices together, in steps of four and more. Sectors are shown after closing.")
    )
    is_public = forms.BooleanField(label=gettext_lazy("Results are public"), required=False, help_text=gettext_lazy("Otherwise those with a seat in the region see them."))

    def __init__(self, *args: Any, region: Region, person: Person, round_: Round | None = None, **words: Any) -> None:
        super().__init__(*args, **words)
        self.region, self.round = region, round_
        self.instruments = {str(one.pk): one for one in instruments(region).order_by("code", "-made_at")}
        self.rounds = {str(one.pk): one for one in visible(person, region).exclude(pk=round_.pk if round_ else 0)}
        self._choose("instrument", [(key, f"{definition_in(one).title} {one.version}") for key, one in self.instruments.items()])
        self._choose("before", [("", _("none")), *((key, one.title) for key, one in self.rounds.items())])
        if round_:
            del self.fields["instrument"]
        for code, name in SECTORS.choices():
            self.fields[f"asked_{code}"] = forms.IntegerField(label=name, min_value=0, max_value=_MOST_ASKED, required=False)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def plain(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("asked_")]

    @property
    def asked(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith("asked_")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("opens_on") and cleaned.get("closes_on") and cleaned["closes_on"] < cleaned["opens_on"]:
            self.add_error("closes_on", ValidationError(_("The last day lies before the first."), code="order"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action needs."""
        said = {name: self.cleaned_data[name] for name in ("title", "subject", "opens_on", "closes_on", "is_shown_live", "is_public")}
        asked = {code: number for code in SECTORS.rows if (number := self.cleaned_data.get(f"asked_{code}"))}
        return said | {"asked": asked, "before": self.rounds.get(self.cleaned_data["before"])}


def initial_of(round_: Round) -> dict[str, Any]:
    """What a form of a round begins with."""
    plain = {name: getattr(round_, name) for name in ("title", "subject", "opens_on", "closes_on", "is_shown_live", "is_public")}
    return plain | {"before": str(round_.before_id or "")} | {f"asked_{code}": number for code, number in round_.asked.items()}


class AgreedForm(Form):
    """What the room agreed on for a dimension."""

    level = forms.TypedChoiceField(label=gettext_lazy("Level agreed"), coerce=int, empty_value=None, required=False)
    target = forms.TypedChoiceField(label=gettext_lazy("Target"), coerce=int, empty_value=None, required=False)
    target_on = _day(gettext_lazy("To be reached by"))
    importance = forms.TypedChoiceField(label=gettext_lazy("Importance"), coerce=int, empty_value=None, required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea, max_length=4000, required=False, help_text=gettext_lazy("Arguments, without names of persons."))
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"), widget=forms.Textarea, max_length=4000, required=False, help_text=gettext_lazy("One a line: a title, and after | an address if there is one.")
    )

    def __init__(self, *args: Any, definition: Definition, **words: Any) -> None:
        super().__init__(*args, **words)
        steps = [("", "–"), *((str(step), f"{step} {definition.scale.name(step)}".strip()) for step in definition.scale.steps)]
        for name in ("level", "target"):
            self.fields[name].choices = steps  # type: ignore[attr-defined]
        self.fields["importance"].choices = [("", "–"), *((str(step), f"{step} {name}") for step, name in importance_names().items())]  # type: ignore[attr-defined]

    def clean_evidence(self) -> list[dict[str, str]]:
        found = []
        for number, row in enumerate(self.cleaned_data["evidence"].splitlines(), start=1):
            title, _bar, link = (part.strip() for part in row.partition("|"))
            if link:
                try:
                    URLValidator(["http", "https"])(link)
                except ValidationError:
                    raise ValidationError(_("Line %(line)s: “%(link)s” is no address. Write it as https://…") % {"line": number, "link": link}, code="link") from None
            if title or link:
                found.append({"title": title or link, "link": link})
        return found


class BeginForm(Form):
    """Who answers: a sector, nothing else."""

    sector = forms.ChoiceField(label=gettext_lazy("Which sector do you speak for?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["sector"].choices = SECTORS.choices()  # type: ignore[attr-defined]
