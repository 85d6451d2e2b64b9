"""Forms of services: one service or shared strategy, closing it, lines of the ledger."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.clusters import DayInput, organisation_field, organisation_named
from osnowa.clusters.forms.fees import money
from osnowa.clusters.models import Cluster, Membership, Service
from osnowa.clusters.queries.services import INNOVATION, SERVICE_KINDS, STRATEGY_KINDS
from osnowa.places.access import Anyone
from osnowa.ui.forms import Form
from osnowa.ui.numbers import AmountField

#: So many lines of the ledger are noted at once.
ROWS = 5


class ServiceForm(Form):
    """What it is, who provides it, for whom, at which price, how much of it."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    about = forms.CharField(label=gettext_lazy("What it is"), required=False, max_length=4000, widget=forms.Textarea, help_text=gettext_lazy("For whom, what one gets, how one asks for it."))
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Service.State.choices)
    organisation = organisation_field(gettext_lazy("Who provides it"), required=False, help_text=gettext_lazy("An organisation of the register. Type a few letters and choose."))
    is_for_community = forms.BooleanField(label=gettext_lazy("For the community too, not only for members"), required=False)
    innovation = forms.ChoiceField(label=gettext_lazy("Type of innovation"), required=False)
    price = money(gettext_lazy("Price of one use"), required=False, help_text=gettext_lazy("0 means free. Empty means not known yet."))
    unit = forms.CharField(label=gettext_lazy("Unit of use"), required=False, max_length=40, help_text=gettext_lazy("For example: hour, order, day."))
    capacity = money(gettext_lazy("Capacity a month"), required=False, help_text=gettext_lazy("How many units a month can be used at most."))
    starts_on = forms.DateField(label=gettext_lazy("Offered since"), required=False, widget=DayInput)
    closed_on = forms.DateField(label=gettext_lazy("Closed on"), required=False, widget=DayInput)

    WHAT = ("kind", "title", "about", "state")
    WHO = ("organisation", "is_for_community", "innovation")
    HOW_MUCH = ("price", "unit", "capacity", "starts_on", "closed_on")

    def __init__(self, *args: Any, cluster: Cluster, person: Anyone, service: Service | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cluster, self.person = cluster, person
        self.fields["kind"].choices = [(str(_("Services")), SERVICE_KINDS.choices()), (str(_("Shared strategies")), STRATEGY_KINDS.choices())]  # type: ignore[attr-defined]
        self.fields["innovation"].choices = [("", _("not said")), *INNOVATION.choices()]  # type: ignore[attr-defined]
        self.fields["price"].label = _("Price of one use, %(currency)s") % {"currency": cluster.region.currency}
        if service:
            names = set(self.fields) - {"organisation"}
            self.initial = {name: getattr(service, name) for name in names} | {"organisation": str(service.owner or "")}

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        heads = ((_("What it is"), self.WHAT), (_("Who and for whom"), self.WHO), (_("How much"), self.HOW_MUCH))
        return [(heading, [self[name] for name in names]) for heading, names in heads]

    def clean_organisation(self) -> Any:
        name = self.cleaned_data["organisation"].strip()
        found = organisation_named(self.person, self.cluster.region, name)
        if name and found is None:
            raise ValidationError(_("The register of this region knows no organisation, or more than one, with this name. Choose one from the suggestions, or leave it empty."), code="unknown")
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        cleaned = dict(self.cleaned_data)
        return cleaned | {"owner": cleaned.pop("organisation"), "is_strategy": cleaned["kind"] in STRATEGY_KINDS}


class CloseForm(Form):
    """On which day it was closed."""

    on = forms.DateField(label=gettext_lazy("Closed on"), widget=DayInput)


class UseForm(Form):
    """A line of the ledger; a row in which nothing is chosen is left out."""

    service = forms.ModelChoiceField(Service.objects.none(), label=gettext_lazy("Service"), required=False)
    membership = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Member"), required=False)
    on = forms.DateField(label=gettext_lazy("Date"), required=False, widget=DayInput)
    quantity = AmountField(label=gettext_lazy("How much"), required=False, min_value=0, localize=True)
    paid = money(gettext_lazy("Paid"), required=False)
    saved = money(gettext_lazy("Saved"), required=False)
    satisfaction = forms.ChoiceField(label=gettext_lazy("Satisfaction"), required=False, choices=[("", "–"), *((str(step), str(step)) for step in range(1, 6))])
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    FIELDS = ("service", "membership", "on", "quantity", "paid", "saved", "satisfaction", "note")

    @property
    def is_empty(self) -> bool:
        """Whether neither service nor member nor anything to count is in the row."""
        return not any(self.cleaned_data.get(name) for name in ("service", "membership", "paid", "saved", "satisfaction", "note"))

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIELDS]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_empty:
            for name, words in (("service", _("Choose the service.")), ("membership", _("Choose the member.")), ("on", _("Say on which day."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(words, code="required"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = {name: self.cleaned_data[name] for name in self.FIELDS}
        return cleaned | {"quantity": cleaned["quantity"] if cleaned["quantity"] is not None else 1, "satisfaction": int(cleaned["satisfaction"]) if cleaned["satisfaction"] else None}


class UsesForm:
    """Several lines of the ledger at once."""

    def __init__(self, told: Any, *, cluster: Cluster) -> None:
        services = list(cluster.services.filter(is_strategy=False).exclude(state=Service.State.WISHED))
        members = list(cluster.memberships.filter(joined_on__isnull=False).select_related("organisation").order_by("organisation__name_fold", "pk"))
        self.has_services, self.has_members = bool(services), bool(members)
        today = timezone.localdate()
        self.rows = [UseForm(told, prefix=str(row), initial={"on": today, "quantity": 1}) for row in range(1, ROWS + 1)]
        for row in self.rows:
            _offer(row, "service", services, cluster.services.all())
            _offer(row, "membership", members, cluster.memberships.select_related("organisation"))

    def is_valid(self) -> bool:
        wrong = [row for row in self.rows if not row.is_valid()]
        return not wrong

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What the action takes."""
        return [row.values for row in self.rows if not row.is_empty]


def _offer(form: Form, name: str, things: list[Any], queryset: Any) -> None:
    """Offers things read once to a field of each row, without asking the database again."""
    field: Any = form.fields[name]
    field.queryset = queryset
    field.choices = [("", _("choose")), *((it.pk, str(it)) for it in things)]


class ReverseForm(Form):
    """Why a line of the ledger is taken back."""

    note = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=200)


def years_choice(years: list[int]) -> list[tuple[str, str]]:
    """The periods a reading of the ledger can be about."""
    return [("", str(_("the last twelve months"))), *((str(year), str(year)) for year in years)]
