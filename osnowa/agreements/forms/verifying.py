"""What somebody holds who wants to know whether it is genuine."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.ui.forms import Form

_LARGEST = 20 * 1024 * 1024


class VerifyForm(Form):
    """A hash or words, or a file; nothing of it is kept."""

    said = forms.CharField(label=gettext_lazy("Hash or words"), required=False, max_length=400_000, widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("The 64 signs printed on the sheet, or the whole text."))
    file = forms.FileField(label=gettext_lazy("File"), required=False, allow_empty_file=True, help_text=gettext_lazy("PDF, JSON or plain text, up to 20 MB. It is compared and not kept."))

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > _LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB. Compare the hash that is printed on it."))
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("said") and not said.get("file"):
            raise forms.ValidationError(_("Paste the hash or the text, or choose a file."))
        return said
