"""The form of an organisation, of its closing and of its reopening."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.journal.queries import newest_entry
from osnowa.kit.codes import CodeList
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.places.models import Region, Territory
from osnowa.places.queries import municipalities_of
from osnowa.register import codes
from osnowa.register.actions import checked_identifier
from osnowa.register.models import Organisation
from osnowa.register.queries import plain
from osnowa.register.queries.search import bearing
from osnowa.ui.forms import Form, ModelForm

#: Hosts by which a link is told apart; everything else is a website.
_HOSTS = {"facebook.com": "facebook", "instagram.com": "instagram", "linkedin.com": "linkedin", "youtube.com": "youtube"}


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Lines(forms.CharField):
    """A text with one item a line; empty lines do not count."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(line.strip() for line in (value or "").splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class Several(forms.MultipleChoiceField):
    """Check boxes over a code list."""

    def __init__(self, codelist: CodeList, **options: Any) -> None:
        super().__init__(
            choices=codelist.choices, widget=forms.CheckboxSelectMultiple, required=False, **options
        )


def forms_of(country: str, has: str = "") -> list[tuple[str, str]]:
    """The legal forms of a country and of the EU, and the one a record `has`, by label; last the one that is not known."""
    known = [row for row in codes.LEGAL_FORMS if row.code != "UNKNOWN"]
    rows = [row for row in known if row.code == has or (row["country"] in (country, "EU") and row["kind"] != "collective")]
    not_known = codes.LEGAL_FORMS["UNKNOWN"]
    return [("", "—"), *sorted(((row.code, row.label) for row in rows), key=lambda pair: pair[1]), (not_known.code, not_known.label)]


def schemes_of(country: str) -> list[str]:
    """The numbers an organisation of a country can have, national ones first."""
    rows = [row.code for row in codes.IDENTIFIERS if row["country"] == country]
    return rows + [row.code for row in codes.IDENTIFIERS if row["country"] == "" and row.code == "LEI"]


class OrganisationForm(ModelForm):
    """Everything about an organisation that stands in one record. `values` is what the action takes."""

    other_names = Lines(label=gettext_lazy("Other names"), required=False, help_text=gettext_lazy("One name a line."))
    links = Lines(label=gettext_lazy("Links"), required=False, help_text=gettext_lazy("One address a line, with https:// in front."))
    main_activity = forms.CharField(
        label=gettext_lazy("Main activity (NACE)"), required=False, help_text=gettext_lazy("A class such as 88.10. Type a word to search.")
    )
    other_activities = forms.CharField(
        label=gettext_lazy("Other activities (NACE)"), required=False, help_text=gettext_lazy("Codes with commas between them.")
    )
    service_areas = Several(codes.SERVICE_AREAS, label=gettext_lazy("Services"))
    target_groups = Several(codes.TARGET_GROUPS, label=gettext_lazy("People served"))
    economic_activity = Several(codes.ECONOMIC_ACTIVITY, label=gettext_lazy("Economic activity"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_another = forms.BooleanField(label=gettext_lazy("This is another organisation of the same name"), required=False)

    class Meta:
        model = Organisation
        fields = (
            "legal_name", "short_name", "other_names", "legal_form", "sector", "founded_on", "registered_on",
            "activity_status", "street", "postal_code", "locality", "municipality", "lat", "lon", "is_location_hidden",
            "about", "links", "economic_activity", "target_groups", "visibility",
        )  # fmt: skip
        widgets = {"founded_on": DateInput(), "registered_on": DateInput(), "about": forms.Textarea(attrs={"rows": 5})}

    #: The parts of the form as the page shows them: (heading, fields).
    PARTS = (
        (gettext_lazy("Name and form"), ("is_another", "legal_name", "short_name", "other_names", "legal_form", "sector", "founded_on", "registered_on", "activity_status")),
        (gettext_lazy("Numbers"), ()),
        (gettext_lazy("Place"), ("street", "postal_code", "municipality", "locality", "lat", "lon", "is_location_hidden")),
        (gettext_lazy("Activity"), ("main_activity", "other_activities", "economic_activity", "service_areas", "target_groups", "about")),
        (gettext_lazy("To be found and shown"), ("links", "visibility")),
    )

    def __init__(self, *args: Any, region: Region, parent: Organisation | None = None, **options: Any) -> None:
        instance: Organisation = options.get("instance") or Organisation(region=region, country=region.jurisdiction)
        options["instance"] = instance
        options["initial"] = self._present(instance) | options.get("initial", {})
        super().__init__(*args, **options)
        self.region = region
        self.parent: Organisation | None = parent or instance.parent
        self.fields["legal_form"] = forms.ChoiceField(label=_("Legal form"), choices=lambda: forms_of(region.jurisdiction, instance.legal_form))
        self.fields["sector"] = forms.ChoiceField(
            label=_("Sector"), choices=lambda: [("", _("as usual for the form")), *codes.SECTORS.choices()], required=False
        )
        status = self.fields["activity_status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [(code, label) for code, label in codes.ACTIVITY_STATUS.choices() if code != "closed" or instance.is_closed]
        if instance.is_closed:
            status.disabled = True
        numbers = instance.identifiers.all() if instance.pk else []
        present = {identifier.scheme: identifier.value for identifier in numbers}
        usual = [s for s in schemes_of(region.jurisdiction) if s in present or self._fits(s)]
        self.schemes = [*usual, *(s for s in present if s not in usual)]
        for scheme in self.schemes:
            self.fields[f"id_{scheme}"] = forms.CharField(
                label=codes.IDENTIFIERS[scheme].label, required=False, initial=present.get(scheme, ""), max_length=40
            )
        self._choose_municipality(instance)
        self.twin = self._twin()
        if self.twin is None:
            del self.fields["is_another"]

    def _fits(self, scheme: str) -> bool:
        return self.parent is None or codes.IDENTIFIERS[scheme]["legal_person_only"] != "1"

    @staticmethod
    def _present(instance: Organisation) -> dict[str, Any]:
        """What related rows and lists say now, as the form's fields show it."""
        if instance._state.adding:
            return {}
        activities = list(instance.activities.all())
        return {
            "main_activity": next((a.nace for a in activities if a.is_main), ""),
            "other_activities": ", ".join(a.nace for a in activities if not a.is_main),
            "service_areas": [area.code for area in instance.service_areas.all()],
            "links": [link["url"] for link in instance.links],
            "seen": newest_entry(instance),
        }

    def _choose_municipality(self, instance: Organisation) -> None:
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)
        typed = self.data.get(self.add_prefix("municipality"), "")
        field.queryset = Territory.objects.filter(pk=int(typed) if typed.isdecimal() else instance.municipality_id or 0)
        self.postal_code_typed = self.data.get(self.add_prefix("postal_code"), instance.postal_code).strip()
        self.municipalities = municipalities_of(self.region.jurisdiction, self.postal_code_typed) if self.postal_code_typed else []
        self.municipality_options = self.municipalities or list(field.queryset)
        self.municipality_chosen = typed or str(instance.municipality_id or "")

    @cached_property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The form in parts, with its numbers in theirs."""
        numbers = tuple(f"id_{scheme}" for scheme in self.schemes)
        return [(str(heading), [self[name] for name in names or numbers if name in self.fields]) for heading, names in self.PARTS]

    def _twin(self) -> Organisation | None:
        """For a new organisation: one of the register with the same name in the same place, to be asked about."""
        name = fold(self.data.get(self.add_prefix("legal_name"), ""))
        if not name or not self.instance._state.adding:
            return None
        alike = bearing(Organisation.objects.filter(region=self.region), name, self.region.pk)
        place = fold(self.data.get(self.add_prefix("locality"), ""))
        return next((one for one in alike[:200] if fold(one.legal_name) == name and fold(one.locality) == place), None)

    def clean_postal_code(self) -> str:
        """Polish codes typed without their dash get it."""
        code = str(self.cleaned_data["postal_code"]).strip()
        return f"{code[:2]}-{code[2:]}" if self.region.jurisdiction == "PL" and re.fullmatch(r"\d{5}", code) else code

    def unlike(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The values that differ from these facts: against the version a person saw, what she changed herself."""
        return {name: value for name, value in self.values.items() if _in_order(_fact(value)) != _in_order(facts.get(name))}

    def take_over(self, fresh: "OrganisationForm", mine: Iterable[str], newest: str) -> None:
        """Shows what others changed meanwhile in every field the person did not touch, so that saving keeps both."""
        hers = {field for name in mine for field in _FIELDS_OF.get(name, (name,))}
        hers |= {f"id_{scheme}" for scheme in self.schemes} if "identifiers" in hers else set()
        data = QueryDict(mutable=True)
        for bound in fresh:
            if bound.name in hers:
                data.setlist(bound.name, QueryDict.getlist(self.data, bound.name))  # type: ignore[arg-type]
            elif (value := bound.value()) not in (None, False):
                data.setlist(bound.name, [str(v) for v in value] if isinstance(value, list) else [str(value)])
        data["seen"] = newest
        self.data = data

    def clean_links(self) -> list[dict[str, str]]:
        return [{"kind": _kind_of(url), "url": url} for url in _each(self.cleaned_data["links"], URLValidator(["http", "https"]))]

    def clean_main_activity(self) -> str:
        typed = str(self.cleaned_data["main_activity"]).split(" ")[0]
        return self._known_activity(typed) if typed else ""

    def clean_other_activities(self) -> list[str]:
        typed = re.split(r"[,;\s]+", self.cleaned_data["other_activities"])
        return [self._known_activity(code) for code in typed if code]

    def _known_activity(self, code: str) -> str:
        code = re.sub(r"^(\d\d\.\d\d)\.Z$", r"\1", code.strip().upper())
        if code not in codes.NACE[self.instance.nace_version]:
            raise ValidationError(
                _("%(code)s is not a code of NACE %(version)s. It looks like 88.10."),
                params={"code": code, "version": self.instance.nace_version},
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.twin and not cleaned.get("is_another"):
            self.add_error(
                "is_another",
                _("%(name)s in %(place)s is in the register already. Look at it first; tick this if yours is another one.")
                % {"name": self.twin.legal_name, "place": self.twin.locality},
            )
        for scheme in self.schemes:
            name = f"id_{scheme}"
            if cleaned.get(name):
                try:
                    cleaned[name] = checked_identifier(scheme, cleaned[name])
                except Refused as no:
                    self.add_error(name, no.message)
        self._ask_for_municipality(cleaned)
        if (cleaned.get("lat") is None) != (cleaned.get("lon") is None):
            self.add_error("lat", _("Give both coordinates or neither."))
        return cleaned

    def _ask_for_municipality(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("municipality")
        if not self.municipalities or chosen in self.municipalities:
            return
        if len(self.municipalities) == 1:
            cleaned["municipality"] = self.municipalities[0]
        elif "postal_code" in self.changed_data or chosen is None:
            self.add_error(
                "municipality",
                ngettext(
                    "This postal code serves %(n)s municipality. Choose it.",
                    "This postal code serves %(n)s municipalities. Choose the right one.",
                    len(self.municipalities),
                )
                % {"n": len(self.municipalities)},
            )

    @cached_property
    def values(self) -> dict[str, Any]:
        """The checked values as `add_organisation` and `change_organisation` take them."""
        cleaned = dict(self.cleaned_data)
        for question in ("seen", "is_another"):
            cleaned.pop(question, None)
        numbers = {scheme: cleaned.pop(f"id_{scheme}") for scheme in self.schemes}
        kept = self.instance.identifiers.exclude(scheme__in=self.schemes) if self.instance.pk else []
        main, others = cleaned.pop("main_activity"), cleaned.pop("other_activities")
        cleaned["activities"] = [*([main] if main else []), *others]
        cleaned["identifiers"] = {i.scheme: i.value for i in kept} | {s: v for s, v in numbers.items() if v}
        cleaned["sector"] = cleaned["sector"] or codes.LEGAL_FORMS[cleaned["legal_form"]]["sector"]
        cleaned["pes_category"] = codes.LEGAL_FORMS[cleaned["legal_form"]]["pes_category"]
        if self.parent:
            cleaned |= {"kind": Organisation.Kind.UNIT, "parent": self.parent}
        return cleaned


#: Which fields of the form make a fact of the register.
_FIELDS_OF = {"activities": ("main_activity", "other_activities"), "legal_form": ("legal_form",)}


def _fact(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else plain(value)


def _in_order(value: Any) -> Any:
    """Lists of codes are sets to people; activities keep their order, since the first is the main one."""
    return sorted(value) if isinstance(value, list) and all(isinstance(v, str) and "." not in v for v in value) else value or None


def _each(items: Iterable[str], check: Any) -> list[str]:
    for item in items:
        try:
            check(item)
        except ValidationError:
            raise ValidationError(_("%(item)s is not an address of a page."), params={"item": item}) from None
    return list(items)


def _kind_of(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return _HOSTS.get(host, "website")


class CloseForm(Form):
    """When and why an organisation ended."""

    ended_on = forms.DateField(label=gettext_lazy("Closed on"), widget=DateInput)
    end_reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=lambda: [("", "—"), *codes.END_REASONS.choices()])
    successor = forms.CharField(
        label=gettext_lazy("Taken over by"), required=False,
        help_text=gettext_lazy("The last word of the address of the organisation that took it over, if there is one."),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note for the history"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        self.fields["ended_on"].initial = timezone.localdate

    def clean_successor(self) -> Organisation | None:
        slug = self.cleaned_data["successor"].strip().strip("/").split("/")[-1]
        if not slug:
            return None
        others = Organisation.objects.filter(region=self.organisation.region).exclude(pk=self.organisation.pk)
        found = others.filter(slug=slug).first()
        if found is None:
            raise ValidationError(_("No organisation of this region has that address."))
        return found


class ReasonForm(Form):
    """A reason that goes into the history."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
