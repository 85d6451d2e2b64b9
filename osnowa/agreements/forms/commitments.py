"""Forms of a pact: what will be done in a year, and how it went."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from osnowa.agreements.forms.signing_files import PICTURES, SheetField
from osnowa.agreements.models import Commitment
from osnowa.agreements.queries.commitments import COMMITMENTS
from osnowa.ui.forms import Form

State = Commitment.State
MOST_LINKS = 10
_UNITS = [("", gettext_lazy("none")), ("number", gettext_lazy("number")), ("percent", gettext_lazy("per cent")), ("money", pgettext_lazy("a unit", "money"))]


class CommitmentForm(Form):
    """A commitment of the catalogue, or one in own words."""

    code = forms.ChoiceField(label=gettext_lazy("From the catalogue"), required=False)
    text = forms.CharField(label=gettext_lazy("In your own words"), required=False, max_length=400, help_text=gettext_lazy("What exactly, or something the catalogue does not know."))
    year = forms.IntegerField(label=gettext_lazy("Year"))
    target = forms.DecimalField(label=gettext_lazy("Target"), required=False, max_digits=14, decimal_places=2, min_value=0)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, choices=_UNITS)

    def __init__(self, *args: Any, commitment: Commitment | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", _("something else")), *COMMITMENTS.choices()]  # type: ignore[attr-defined]
        self.initial = {name: getattr(commitment, name) for name in self.fields} if commitment else {"year": timezone.localdate().year}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        known = COMMITMENTS.get(given.get("code", ""))
        if known and given.get("target") is not None and not given.get("unit"):
            given["unit"] = known["unit"]
        return given

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("code", "text", "year", "target", "unit")}


class TellForm(Form):
    """How a commitment went, with what proves it."""

    state = forms.ChoiceField(label=gettext_lazy("How did it go?"), widget=forms.RadioSelect, choices=[(code, label) for code, label in State.choices if code != State.PLANNED])
    reached = forms.DecimalField(label=gettext_lazy("Reached"), required=False, max_digits=14, decimal_places=2, min_value=0)
    links = forms.CharField(label=gettext_lazy("Links that prove it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}), help_text=gettext_lazy("One a line; a title may stand before the address."))
    sheet = SheetField(label=gettext_lazy("File that proves it"), required=False, endings=PICTURES)

    def __init__(self, *args: Any, commitment: Commitment, **options: Any) -> None:
        super().__init__(*args, **options)
        links = "\n".join(" ".join(filter(None, (one.get("title", ""), one.get("link", "")))) for one in commitment.evidence)
        self.initial = {"state": "" if commitment.state == State.PLANNED else commitment.state, "reached": commitment.reached, "links": links}

    def clean_links(self) -> list[dict[str, str]]:
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["links"].splitlines())):
            title, _space, link = line.rpartition(" ")
            where = urlsplit(link)
            if where.scheme not in ("http", "https") or "." not in (where.hostname or ""):
                raise ValidationError(_("%(line)s holds no address that begins with https://. Put one line a link.") % {"line": line[:80]})
            found.append({"title": title.strip(" –-:")[:200], "link": link[:500]})
        if len(found) > MOST_LINKS:
            raise ValidationError(_("At most %(most)s links.") % {"most": MOST_LINKS})
        return found

    @property
    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"state": given["state"], "reached": given["reached"], "evidence": given["links"], "sheet": given["sheet"]}
