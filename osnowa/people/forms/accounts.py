"""What people type about themselves."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from osnowa.people.models import Person
from osnowa.ui.forms import Form, NoPersonalNumbers


class InvitationForm(Form):
    """Name and password of somebody who accepts an invitation."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("The same password again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person
        self.fields["name"].initial = person.name
        self.fields["password"].help_text = password_validators_help_text_html()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("password") and words.get("again") and words["password"] != words["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return words


class ProfileForm(Form):
    """A person's own name and language."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=settings.LANGUAGES)


class EraseForm(Form):
    """Proof that it is her own account she erases."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class AddKeyForm(NoPersonalNumbers, AddWebAuthnForm):  # type: ignore[misc]
    """allauth's form, with a name for the name."""

    name = forms.CharField(label=_("Name of the key"), max_length=60, required=False)


class RenameKeyForm(NoPersonalNumbers, EditWebAuthnForm):  # type: ignore[misc]
    """allauth's form, with a name for the name."""

    name = forms.CharField(label=_("Name of the key"), max_length=60)
