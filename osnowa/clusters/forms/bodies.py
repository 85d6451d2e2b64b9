"""Forms of bodies, of terms in them, and of the rules of procedure."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.clusters import DayInput
from osnowa.clusters.models import Body, Cluster, Membership, Term
from osnowa.clusters.queries.rules import BODIES, HEADINGS, RULES, Rule, rule
from osnowa.compute.membership import months_before
from osnowa.ui.forms import Form


class BodyForm(Form):
    """What a body is called, what it decides, how many places it has and how long its terms last."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    powers = forms.CharField(label=gettext_lazy("What it decides"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    seats = forms.IntegerField(label=gettext_lazy("Number of places"), required=False, min_value=1, max_value=999, help_text=gettext_lazy("Leave it empty where every member belongs to it."))
    term_months = forms.IntegerField(label=gettext_lazy("Term in months"), required=False, min_value=1, max_value=120)

    def __init__(self, *args: Any, body: Body | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = BODIES.choices()  # type: ignore[attr-defined]
        if body:
            self.initial = {name: getattr(body, name) for name in ("name", "kind", "powers", "seats", "term_months")}


class TermForm(Form):
    """Who holds a place, in which role, for which member, from when until when."""

    person_name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=160, help_text=gettext_lazy("Seen by those who lead and by members only; erased a year after the term ended."))
    role = forms.CharField(label=gettext_lazy("Role"), required=False, max_length=80, help_text=gettext_lazy("Such as chair or secretary."))
    membership = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("For the member"), required=False, empty_label=gettext_lazy("for nobody"))
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=DayInput())

    def __init__(self, *args: Any, body: Body, term: Term | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        members = body.cluster.memberships.filter(state=Membership.State.MEMBER).select_related("organisation")
        if term and term.membership_id:
            members = members | body.cluster.memberships.filter(pk=term.membership_id).select_related("organisation")
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]
        today = timezone.localdate()
        self.initial = {"starts_on": today, "ends_on": months_before(today, -(body.term_months or 24))}
        if term:
            self.initial = {name: getattr(term, name) for name in ("person_name", "role", "membership", "starts_on", "ends_on")}


def _field(it: Rule) -> forms.Field:
    usual = _("Usual: %(value)s (%(source)s).") % {"value": it.written(it.usual), "source": it.origin} if it.kind != "codes" else str(it.source)
    words: dict[str, Any] = {"label": it.label, "required": False, "help_text": usual}
    if it.kind == "yes":
        return forms.BooleanField(**words)
    if it.kind == "codes":
        return forms.MultipleChoiceField(choices=it.choice_list, widget=forms.CheckboxSelectMultiple, **words)
    if it.kind == "choice":
        return forms.ChoiceField(choices=[(code, capfirst(label)) for code, label in it.choice_list], **words)
    if it.kind == "month":
        months = [("", _("each a year after it joined or renewed")), *((str(number), capfirst(str(name))) for number, name in MONTHS.items())]
        return forms.TypedChoiceField(choices=months, coerce=int, empty_value=None, **words)
    return forms.IntegerField(min_value=it.least, max_value=it.most, **words)


class RulesForm(Form):
    """All rules of procedure; what is left empty is not laid down."""

    def __init__(self, *args: Any, cluster: Cluster, **options: Any) -> None:
        super().__init__(*args, **options)
        for it in RULES:
            self.fields[it.code] = _field(it)
            self.initial[it.code] = rule(cluster, it.code)

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(str(words), [self[it.code] for it in RULES if it.heading == heading]) for heading, words in HEADINGS.items()]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {it.code: self.cleaned_data[it.code] for it in RULES}
