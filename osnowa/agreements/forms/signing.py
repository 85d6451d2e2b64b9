"""Forms of signing: through the link, noting a signature, checking a mandate, withdrawing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.signing import Mandate
from osnowa.agreements.forms.days import DayInput
from osnowa.agreements.forms.signing_files import ALL, PICTURES, SheetField
from osnowa.agreements.models import Paper, Signatory
from osnowa.ui.forms import Form

Basis, Way = Signatory.Basis, Signatory.Way
_BASES = [("", gettext_lazy("choose")), *Basis.choices]
_WAYS = [(code, label) for code, label in Way.choices if code != Way.EMAIL]


class MandateFields(Form):
    """Who signs, in which function, on which basis."""

    person_name = forms.CharField(label=gettext_lazy("Name and surname of who signs"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"}), help_text=gettext_lazy("Where only two may sign together, name both."))
    function = forms.CharField(label=gettext_lazy("Function"), max_length=120, help_text=gettext_lazy("Such as chair of the board, mayor, proxy."))
    basis = forms.ChoiceField(label=gettext_lazy("Basis of representation"), choices=_BASES, help_text=gettext_lazy("Whoever does not represent the organisation by the register signs with a power of attorney and adds it below."))

    @property
    def mandate(self) -> Mandate:
        return Mandate(*(self.cleaned_data[name] for name in ("person_name", "function", "basis")))


class SignForm(MandateFields):
    """Consent through the link of the letter."""

    proof = SheetField(label=gettext_lazy("Power of attorney or other document"), required=False, endings=PICTURES)
    agrees = forms.BooleanField(label=gettext_lazy("I have read the text above, and I sign it for the organisation."))
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signatory: Signatory, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["sha256"] = signatory.agreement.sha256

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("basis") == Basis.POWER_OF_ATTORNEY and not given.get("proof") and "proof" not in self.errors:
            self.add_error("proof", _("Whoever signs with a power of attorney encloses it as a file."))
        return given


class NoteForm(MandateFields):
    """A signature on paper or in a file, noted by who keeps the agreement."""

    way = forms.ChoiceField(label=gettext_lazy("How it was signed"), choices=_WAYS)
    on = forms.DateField(label=gettext_lazy("Signed on"), widget=DayInput())
    sheet = SheetField(label=gettext_lazy("Scan or signature file"), endings=ALL)
    signed_file = SheetField(label=gettext_lazy("The signed file itself, where the signature is a file of its own"), required=False, endings=ALL)
    proof = SheetField(label=gettext_lazy("Power of attorney or other document"), required=False, endings=PICTURES)
    mandate_note = forms.CharField(label=gettext_lazy("What you saw of the mandate"), required=False, max_length=300, help_text=gettext_lazy("Such as a number in the court register, or where the power of attorney is kept. Checking the mandate is a step of its own."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("on", timezone.localdate())

    @property
    def words(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        given = self.cleaned_data
        sheets = [given[name] for name in ("sheet", "signed_file") if given.get(name)]
        return {"mandate": self.mandate, "sheets": sheets} | {name: given[name] for name in ("way", "on", "proof", "mandate_note")}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        sheet = given.get("sheet")
        if given.get("way") == Way.SCAN and sheet and not sheet.content_type.startswith(("image/", "application/pdf")):
            self.add_error("sheet", _("A scan is a PDF or a picture. Is this a signature file? Then choose so above."))
        return given


class CheckForm(Form):
    """What was seen of a mandate."""

    basis = forms.ChoiceField(label=gettext_lazy("Basis of representation"), choices=Basis.choices)
    seen = forms.CharField(label=gettext_lazy("What you saw"), max_length=300, help_text=gettext_lazy("Such as a number in the court register and the day you looked, or the day and number of a document."))
    proof = SheetField(label=gettext_lazy("Power of attorney or other document"), required=False, endings=PICTURES)


class DoubtForm(Form):
    """Why a mandate counts as checked no longer."""

    reason = forms.CharField(label=gettext_lazy("Why the check does not hold"), max_length=300)


class WithdrawalForm(Form):
    """A withdrawal with its day and reason."""

    on = forms.DateField(label=gettext_lazy("Withdrew on"), widget=DayInput())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("It stands in the register of signatures; please name no persons."))

    def __init__(self, *args: Any, is_own: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["on"] = timezone.localdate()
        if is_own:
            del self.fields["on"]

    @property
    def words(self) -> dict[str, Any]:
        return {"on": self.cleaned_data.get("on") or timezone.localdate(), "reason": self.cleaned_data["reason"]}


class PaperForm(Form):
    """One more file about a signature."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=[(Paper.Kind.SIGNATURE, Paper.Kind.SIGNATURE.label), (Paper.Kind.MANDATE, Paper.Kind.MANDATE.label)])
    sheet = SheetField(label=gettext_lazy("File"), endings=ALL)

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet is None:
            raise ValidationError(_("Choose a file."))
        return sheet
