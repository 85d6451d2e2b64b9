"""The form of a contact: who, how to reach her, what she agreed to, until when it is kept."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.register import codes
from osnowa.register.actions.contacts import usual_keep_until, years_on
from osnowa.register.forms.organisations import DateInput
from osnowa.register.models import Contact, Organisation
from osnowa.ui.forms import ModelForm

#: How long a contact is kept at most.
MOST_YEARS = 5


class ContactForm(ModelForm):
    """A person or mailbox; every consent says in plain words what it allows."""

    class Meta:
        model = Contact
        fields = ("person_name", "function", "email", "phone", "language", "lawful_basis", "keep_until",
                  "may_publish", "wants_news", "wants_surveys")  # fmt: skip
        widgets = {"keep_until": DateInput()}
        labels = {
            "may_publish": gettext_lazy("May be published"),
            "wants_news": gettext_lazy("Agrees to news"),
            "wants_surveys": gettext_lazy("Agrees to surveys"),
        }
        help_texts = {
            "person_name": gettext_lazy("May stay empty for a shared mailbox."),
            "function": gettext_lazy("Such as chair of the board, or office."),
            "email": gettext_lazy("A work address; better the address of an office than of a person."),
            "may_publish": gettext_lazy("The person agreed that name, function, e-mail and telephone stand on the public page. Without it only those who edit the organisation see them."),
            "wants_news": gettext_lazy("The person agreed to receive news of the region by e-mail, and may take this back at any time."),
            "wants_surveys": gettext_lazy("The person agreed to be asked to take part in surveys, and may take this back at any time."),
        }  # fmt: skip

    #: The parts of the form as the page shows them.
    PARTS = (
        (gettext_lazy("Who"), ("person_name", "function", "email", "phone", "language")),
        (gettext_lazy("What was agreed"), ("may_publish", "wants_news", "wants_surveys")),
        (gettext_lazy("Keeping"), ("lawful_basis", "keep_until")),
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        today = timezone.localdate()
        spoken = [code for code in organisation.region.languages if code in dict(settings.LANGUAGES)]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=settings.LANGUAGES, help_text=_("The language in which we write to this contact.")
        )
        self.fields["lawful_basis"] = forms.ChoiceField(label=_("Lawful basis"), choices=codes.LAWFUL_BASES.choices, initial="public_task")
        keep = self.fields["keep_until"]
        keep.help_text = _("After this day the contact is erased. A reminder comes 30 days before. At most five years.")
        if self.instance.pk is None:
            self.initial["keep_until"] = usual_keep_until(today)
            self.initial["language"] = spoken[0] if spoken else settings.LANGUAGE_CODE

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(heading), [self[name] for name in names]) for heading, names in self.PARTS]

    def clean_keep_until(self) -> date:
        day: date = self.cleaned_data["keep_until"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("This day is past already. Erase the contact instead."))
        if day > years_on(today, MOST_YEARS):
            raise ValidationError(_("A contact is kept for five years at most. Ask again then."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("email") and not cleaned.get("phone") and not {"email", "phone"} & set(self.errors):
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return cleaned
