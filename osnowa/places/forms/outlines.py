"""The form by which the operator uploads outlines."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.places.models import Territory
from osnowa.places.readers import MOST_BYTES
from osnowa.ui.forms import Form


class OutlinesForm(Form):
    """A file, where it comes from, and what may be said of it where it cannot be found out."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("GeoJSON or TopoJSON in degrees (WGS 84), at most 200 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.geojson,.topojson,application/json,application/geo+json"}),
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Source and licence"), max_length=300,
        help_text=gettext_lazy("Shown under every map, for example: © EuroGeographics for the administrative boundaries."),
    )  # fmt: skip
    scheme = forms.ChoiceField(
        label=gettext_lazy("Code list"), required=False, choices=[("", gettext_lazy("find out")), *Territory.Scheme.choices]
    )
    code_field = forms.CharField(
        label=gettext_lazy("Field with the codes"), max_length=60, required=False, help_text=gettext_lazy("Left empty, it is found out.")
    )
    name_field = forms.CharField(
        label=gettext_lazy("Field with the names"), max_length=60, required=False, help_text=gettext_lazy("For files without codes.")
    )
    object_name = forms.CharField(
        label=gettext_lazy("Object"), max_length=60, required=False, help_text=gettext_lazy("Only for TopoJSON files with several objects.")
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 200 MB. Cut out your country or region first, then import that."))
        start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        file.seek(0)
        if not start.startswith(b"{"):
            raise forms.ValidationError(_("This is not a JSON file. Outlines are read from GeoJSON or TopoJSON."))
        return file

    def words(self) -> dict[str, Any]:
        """What the job is told besides the file."""
        return {name: self.cleaned_data[name] for name in ("source", "scheme", "code_field", "name_field", "object_name")}
