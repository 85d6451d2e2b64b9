"""Forms of those who propose and of those who decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.access import Anyone
from osnowa.places.models import Region, Territory
from osnowa.register import codes
from osnowa.register.actions import checked_identifier
from osnowa.register.forms.organisations import DateInput, Lines, Several, _each, _kind_of, forms_of, schemes_of
from osnowa.register.models import Organisation, Proposal
from osnowa.register.queries.proposals import Row, different, present
from osnowa.ui.forms import Form

_MESSAGE = forms.Textarea(attrs={"rows": 3})


def _text(label: Any, longest: int, *, required: bool = False, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, **options)


class _FromSomebody(Form):
    """Asks for name and e-mail address only where nobody has signed in."""

    message = _text(gettext_lazy("Message to the coordinator"), 2000, widget=_MESSAGE)
    name = _text(gettext_lazy("Your name"), 120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Only to tell you what became of your proposal. It is not published."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Anyone, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person if isinstance(person, Person) else None
        if self.person:
            del self.fields["email"]
            self.fields["name"].initial = self.person.name
        self.order_fields([*(name for name in self.fields if name not in ("message", "name", "email")), "message", "name", "email"])

    @property
    def sender(self) -> dict[str, Any]:
        """Who proposes, as the action takes it."""
        cleaned = self.cleaned_data
        return {"by": self.person, "name": cleaned.get("name", ""), "email": cleaned.get("email", ""), "message": cleaned["message"]}


def _links(lines: Sequence[str], known: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Links with their kinds; a link the record has already keeps its kind."""
    kinds = {link["url"]: link["kind"] for link in known}
    return [{"kind": kinds.get(url) or _kind_of(url), "url": url} for url in lines]


class _Links(Lines):
    """Addresses of pages, one a line."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Links"), required=False, help_text=gettext_lazy("One address a line, with https:// in front.")
        )

    def clean(self, value: Any) -> Any:
        return _each(super().clean(value), URLValidator(["http", "https"]))


class ChangeForm(_FromSomebody):
    """The public facts of an organisation as they are, to be put right. `values` holds only what differs."""

    legal_name = _text(gettext_lazy("Legal name"), 300, required=True)
    short_name = _text(gettext_lazy("Short name"), 120)
    street = _text(gettext_lazy("Street and number"), 160)
    postal_code = _text(gettext_lazy("Postal code"), 10)
    locality = _text(gettext_lazy("Locality"), 120)
    activity_status = forms.ChoiceField(label=gettext_lazy("Activity status"))
    about = _text(gettext_lazy("Description"), 4000, widget=forms.Textarea(attrs={"rows": 4}))
    links = _Links()
    service_areas = Several(codes.SERVICE_AREAS, label=gettext_lazy("Services"))
    target_groups = Several(codes.TARGET_GROUPS, label=gettext_lazy("People served"))

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        self.organisation = organisation
        self.present = present(organisation)
        shown = self.present | {"links": [link["url"] for link in organisation.links]}
        super().__init__(*args, initial=shown, **options)
        for name in set(self.fields) - set(self.present) - {"message", "name", "email"}:
            del self.fields[name]
        status = self.fields["activity_status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [(code, label) for code, label in codes.ACTIVITY_STATUS.choices()]
        status.disabled = organisation.is_closed

    def clean_links(self) -> list[dict[str, str]]:
        return _links(self.cleaned_data["links"], self.organisation.links)

    @property
    def values(self) -> dict[str, Any]:
        return different(self.present, {n: v for n, v in self.cleaned_data.items() if n in self.present})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.values and not cleaned.get("message"):
            raise ValidationError(_("Nothing differs from what the register says. Change a field or write a message."))
        return cleaned


class NewForm(_FromSomebody):
    """An organisation the register does not know. `values` is what the action takes."""

    legal_name = _text(gettext_lazy("Legal name"), 300, required=True)
    legal_form = forms.ChoiceField(label=gettext_lazy("Legal form"))
    street = _text(gettext_lazy("Street and number"), 160)
    postal_code = _text(gettext_lazy("Postal code"), 10)
    locality = _text(gettext_lazy("Locality"), 120, required=True)
    scheme = forms.ChoiceField(label=gettext_lazy("Kind of number"), required=False)
    number = _text(gettext_lazy("Number"), 40, help_text=gettext_lazy("From a public register, if you know it."))
    links = _Links()

    def __init__(self, *args: Any, region: Region, **options: Any) -> None:
        super().__init__(*args, **options)
        country = region.jurisdiction
        legal_form, scheme = self.fields["legal_form"], self.fields["scheme"]
        assert isinstance(legal_form, forms.ChoiceField)
        assert isinstance(scheme, forms.ChoiceField)
        legal_form.choices = [
            (code, label) for code, label in forms_of(country) if not code or codes.LEGAL_FORMS[code]["kind"] == "legal_person"
        ]
        scheme.choices = [(code, codes.IDENTIFIERS[code].label) for code in schemes_of(country)]

    def clean_links(self) -> list[dict[str, str]]:
        return _links(self.cleaned_data["links"], [])

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if not number:
            return ""
        try:
            return checked_identifier(self.cleaned_data.get("scheme", ""), number)
        except Refused as no:
            raise ValidationError(no.message) from None

    @property
    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        names = ("legal_name", "legal_form", "street", "postal_code", "locality", "links")
        values = {name: cleaned[name] for name in names if cleaned[name]}
        return values | ({"identifiers": {cleaned["scheme"]: cleaned["number"]}} if cleaned["number"] else {})


class ClaimForm(_FromSomebody):
    """Somebody acts for an organisation: as what, and on what basis."""

    function = _text(gettext_lazy("Your function in the organisation"), 120, required=True)
    basis = forms.ChoiceField(
        label=gettext_lazy("Basis of your mandate"),
        choices=lambda: [pair for pair in codes.MANDATE_BASIS.choices() if pair[0] != "invitation"],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = True
        self.fields["message"].help_text = _("For instance where the coordinator can check your mandate.")


class DecisionForm(Form):
    """What a reviewer takes over of a proposal, and why."""

    fields_taken = forms.MultipleChoiceField(required=False)
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=Territory.objects.none(), required=False,
        help_text=gettext_lazy("The municipalities this postal code serves."),
    )  # fmt: skip
    ended_on = forms.DateField(label=gettext_lazy("Closed on"), widget=DateInput, required=False)
    end_reason = forms.ChoiceField(
        label=gettext_lazy("Reason of closing"), choices=lambda: [("", "—"), *codes.END_REASONS.choices()], required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Sent to the proposer by e-mail. A refusal needs one."),
    )  # fmt: skip

    def __init__(self, *args: Any, proposal: Proposal, rows: Sequence[Row], places: Sequence[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        taken, municipality = self.fields["fields_taken"], self.fields["municipality"]
        assert isinstance(taken, forms.MultipleChoiceField)
        assert isinstance(municipality, forms.ModelChoiceField)
        taken.choices = [(row.name, row.label) for row in rows]
        self.places = list(places)
        now = proposal.organisation.municipality_id if proposal.organisation else None
        municipality.queryset = Territory.objects.filter(pk__in=[place.pk for place in places])
        municipality.initial = now if now in [place.pk for place in places] else None
        if len(places) < 2:
            del self.fields["municipality"]
        if proposal.values.get("activity_status") != Organisation.Status.CLOSED:
            del self.fields["ended_on"], self.fields["end_reason"]

    def accepted(self) -> dict[str, Any]:
        """What is accepted, as the action takes it. A single municipality needs no choice; several do."""
        cleaned = self.cleaned_data
        taken = set(cleaned["fields_taken"])
        chosen = cleaned.get("municipality") or (self.places[0] if len(self.places) == 1 else None)
        if "postal_code" in taken and self.places and chosen is None:
            raise Refused(_("This postal code serves several municipalities. Choose the right one."))
        return {
            "fields": taken, "municipality": chosen, "ended_on": cleaned.get("ended_on"),
            "end_reason": cleaned.get("end_reason", ""), "reason": cleaned["reason"],
        }  # fmt: skip
