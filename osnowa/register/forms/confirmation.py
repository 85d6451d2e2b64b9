"""Forms around "is this still true?"."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy

from osnowa.register.forms.proposals import ChangeForm
from osnowa.register.models import Contact, Organisation
from osnowa.register.queries.confirmation import mailboxes
from osnowa.ui.forms import Form


class AskForm(Form):
    """At which address to ask: a contact's, or another one in a chosen language."""

    contact: forms.ModelChoiceField[Contact] = forms.ModelChoiceField(queryset=Contact.objects.none(), label=gettext_lazy("Contact"), required=False)
    email = forms.EmailField(label=gettext_lazy("Or another e-mail"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, required=False)
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.first = mailboxes(organisation=organisation).first()
        self.otherwise = (organisation.region.languages or ["en"])[0]
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.queryset = mailboxes(organisation=organisation)

    @property
    def target(self) -> dict[str, str]:
        """E-mail and language, as the action takes them; the first mailbox where nothing was chosen."""
        cleaned = self.cleaned_data
        if cleaned["email"]:
            return {"email": cleaned["email"], "language": cleaned["language"] or self.otherwise}
        box = cleaned["contact"] or self.first
        return {"email": box.email, "language": box.language} if box else {"email": "", "language": self.otherwise}


class CorrectionForm(ChangeForm):
    """The proposer's form for the holder of a link: her address is known already."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, person=AnonymousUser(), **options)
        del self.fields["email"], self.fields["name"]


class GoneForm(Form):
    """What the holder of a link may add when the organisation no longer exists."""

    message = forms.CharField(
        label=gettext_lazy("What happened, and when?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
