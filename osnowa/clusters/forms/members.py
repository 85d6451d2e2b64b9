"""Forms of the path of a member: applying, deciding, renewing, leaving, vote and tier."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from osnowa.clusters import access
from osnowa.clusters.forms.clusters import DayInput, organisation_field, organisation_named
from osnowa.clusters.models import Cluster, FeeTier, Membership
from osnowa.places.access import Anyone
from osnowa.register.models import Organisation
from osnowa.ui.forms import Form


class ApplyForm(Form):
    """Which organisation applies, since when, and whether it wants a vote. A representative chooses among her own."""

    organisation = organisation_field(gettext_lazy("Organisation"), help_text=gettext_lazy("Type a few letters and choose, or write the name as it stands in the register."))
    on = forms.DateField(label=gettext_lazy("Day of the application"), widget=DayInput())
    is_supporting = forms.BooleanField(label=gettext_lazy("As a supporting member, without a vote"), required=False)

    def __init__(self, *args: Any, cluster: Cluster, person: Anyone, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cluster, self.person, self.leads = cluster, person, access.may_lead(person, cluster)
        self.initial = {"on": timezone.localdate(), **self.initial}
        if not self.leads:
            self.own = {str(it.pk): it for it in Organisation.objects.filter(pk__in=access.represented(person, cluster.region)).order_by("name_fold", "pk")}
            self.fields["organisation"] = forms.ChoiceField(label=_("Organisation"), choices=[(key, str(it)) for key, it in self.own.items()])
            del self.fields["on"]

    def clean_organisation(self) -> Organisation:
        said = self.cleaned_data["organisation"]
        found = organisation_named(self.person, self.cluster.region, said) if self.leads else self.own.get(said)
        if found is None:
            raise ValidationError(_("The register knows no organisation, or several, by this name: “%(name)s”. Choose one of those suggested.") % {"name": said})
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {"organisation": cleaned["organisation"], "on": cleaned.get("on") or timezone.localdate(), "is_supporting": cleaned["is_supporting"]}


class DecideForm(Form):
    """Accepted or refused, on which day, on what basis."""

    is_accepted = forms.TypedChoiceField(
        label=gettext_lazy("Decision"), choices=(("yes", pgettext_lazy("an application", "accepted")), ("no", pgettext_lazy("an application", "refused"))),
        coerce=lambda said: said == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Decided on"), widget=DayInput())
    decision = forms.CharField(label=gettext_lazy("What the decision rests on"), max_length=300, help_text=gettext_lazy("Such as the number of the resolution. No names of persons."))
    joined_on = forms.DateField(label=gettext_lazy("Member from"), required=False, widget=DayInput(), help_text=gettext_lazy("Leave it empty for the day of the decision."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"is_accepted": "yes", "on": timezone.localdate(), **self.initial}


class EndForm(Form):
    """Since when and why an organisation is no member any more, or goes no further on the way."""

    on = forms.DateField(label=gettext_lazy("First day without membership"), widget=DayInput())
    ending = forms.ChoiceField(label=gettext_lazy("Why it ended"), choices=Membership.Ending.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": timezone.localdate(), **self.initial}


class RenewForm(Form):
    """On which day a membership was renewed."""

    on = forms.DateField(label=gettext_lazy("Renewed on"), widget=DayInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": timezone.localdate(), **self.initial}


class MembershipForm(Form):
    """Whether a member has a vote, and the fee tier agreed with it."""

    is_supporting = forms.BooleanField(label=gettext_lazy("Supporting, without a vote"), required=False)
    tier = forms.ModelChoiceField(FeeTier.objects.none(), label=gettext_lazy("Fee tier"), required=False, empty_label=gettext_lazy("by sector and revenue"))

    def __init__(self, *args: Any, membership: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tier"].queryset = membership.cluster.tiers.all()  # type: ignore[attr-defined]
        self.initial = {"is_supporting": membership.is_supporting, "tier": membership.tier}
