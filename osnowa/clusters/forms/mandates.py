"""The form of a mandate: who acts for a member, on what basis, from when until when."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.agreements.models import Signatory
from osnowa.clusters.forms.clusters import DayInput
from osnowa.clusters.models import Cluster, Mandate
from osnowa.clusters.queries.rules import rule
from osnowa.compute.membership import months_before
from osnowa.ui.forms import Form

FIELDS = ("person_name", "email", "function", "basis", "valid_from", "valid_to")


class MandateForm(Form):
    """A person with her function, and the days from which until which she acts."""

    person_name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=160)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, help_text=gettext_lazy("Letters to the member go here. Name and address are seen by those who lead, by members and by this person, and are erased a year after the mandate ended."))
    function = forms.CharField(label=gettext_lazy("Function"), required=False, max_length=120)
    basis = forms.ChoiceField(label=gettext_lazy("Basis of the mandate"), choices=Signatory.Basis.choices)
    valid_from = forms.DateField(label=gettext_lazy("Valid from"), widget=DayInput())
    valid_to = forms.DateField(label=gettext_lazy("Valid until"), widget=DayInput())

    def __init__(self, *args: Any, cluster: Cluster, mandate: Mandate | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        self.initial = {"valid_from": today, "valid_to": months_before(today, -(rule(cluster, "mandate_months") or 24))}
        if mandate:
            self.initial = {name: getattr(mandate, name) for name in FIELDS}
