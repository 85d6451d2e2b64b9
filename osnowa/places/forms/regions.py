"""The form of a region: names, languages, money, law, own words."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.errors import Refused
from osnowa.places.models import RESERVED, TERMS, Region, Territory
from osnowa.places.queries.territories import territory_by_code
from osnowa.ui.forms import Form

#: Languages a region may work in.
LANGUAGES = ("pl", "sl", "en", "es", "eu", "ca", "it", "fr", "nl", "de", "fi", "sv", "hr", "hu", "cs", "sk", "uk")
#: Where Django does not know the own name of a language, or gives its adverb.
OWN_NAMES = {"eu": "Euskara", "cs": "Čeština", "sk": "Slovenčina"}
CURRENCIES = [("EUR", "EUR"), ("PLN", "PLN"), ("HUF", "HUF"), ("CZK", "CZK"), ("SEK", "SEK")]
COUNTRIES = {
    "PL": gettext_lazy("Poland"),
    "SI": gettext_lazy("Slovenia"),
    "IT": gettext_lazy("Italy"),
    "HR": gettext_lazy("Croatia"),
    "HU": gettext_lazy("Hungary"),
    "ES": gettext_lazy("Spain"),
    "FR": gettext_lazy("France"),
    "BE": gettext_lazy("Belgium"),
    "FI": gettext_lazy("Finland"),
    "DE": gettext_lazy("Germany"),
    "AT": gettext_lazy("Austria"),
}
#: What a country usually means for a new region.
USUAL_LANGUAGES = {"PL": "pl", "SI": "sl", "IT": "it", "HR": "hr", "HU": "hu", "ES": "es", "FR": "fr", "BE": "fr",
                   "FI": "fi", "DE": "de", "AT": "de"}  # fmt: skip
USUAL_CURRENCIES = {"PL": "PLN", "HU": "HUF"}


def language_name(code: str) -> str:
    """The name of a language in that language."""
    return OWN_NAMES.get(code) or str(LANG_INFO[code]["name_local"]).capitalize()


def country_of(territory: Territory) -> str:
    """The country a territory lies in."""
    return "PL" if territory.scheme == Territory.Scheme.TERYT else territory.code[:2]


def settings_of(region: Region) -> dict[str, Any]:
    """What the form shows of a region."""
    shown = {f: getattr(region, f) for f in ("name", "languages", "currency", "jurisdiction", "coordinator_name", "coordinator_email")}
    shown["territory"] = f"{region.territory.scheme} {region.territory.code}"
    for prefix, texts in (("name", region.names), ("about", region.about)):
        shown |= {f"{prefix}_{language}": text for language, text in texts.items()}
    for word, texts in region.vocabulary.items():
        shown |= {f"term_{word}_{language}": text for language, text in texts.items()}
    return shown


class RegionForm(Form):
    """The settings of a region. `values()` is what the actions take."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    territory = forms.CharField(
        label=gettext_lazy("Territory"), max_length=20,
        help_text=gettext_lazy("A NUTS, TERYT or LAU code: PL63, TERYT 22, LAU SI070."),
    )  # fmt: skip
    jurisdiction = forms.ChoiceField(
        label=gettext_lazy("Country of law"), choices=list(COUNTRIES.items()),
        help_text=gettext_lazy("Its legal forms and register numbers are offered in the register."),
    )  # fmt: skip
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=CURRENCIES)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple,
        choices=[(code, language_name(code)) for code in LANGUAGES],
    )  # fmt: skip
    coordinator_name = forms.CharField(
        label=gettext_lazy("Coordinator"), max_length=200, required=False, help_text=gettext_lazy("The institution that keeps this register.")
    )
    coordinator_email = forms.EmailField(
        label=gettext_lazy("E-mail of the coordinator"), required=False, help_text=gettext_lazy("Shown to everybody: a shared mailbox is best.")
    )

    def __init__(self, *args: Any, region: Region | None = None, **options: Any) -> None:
        if region is not None:
            options["initial"] = settings_of(region) | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.region = region
        own = region.languages if region else []
        self.page_languages = [code for code, _name in settings.LANGUAGES]
        self.text_languages = list(dict.fromkeys([*self.page_languages, *(one for one in own if one in LANGUAGES)]))
        for language in self.text_languages:
            said = {"lang": language}
            self.fields[f"name_{language}"] = forms.CharField(
                label=_("Name in the language: %(language)s") % {"language": language_name(language)},
                max_length=120, required=False, widget=forms.TextInput(attrs=said),
            )  # fmt: skip
            self.fields[f"about_{language}"] = forms.CharField(
                label=_("Introduction in the language: %(language)s") % {"language": language_name(language)},
                max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4, **said}),
            )  # fmt: skip
        for word, usual in self._words():
            for language in self.page_languages:
                title = f"{usual}: {language_name(language)}"
                self.fields[f"term_{word}_{language}"] = forms.CharField(
                    label=title, max_length=60, required=False, widget=forms.TextInput(attrs={"lang": language, "aria-label": title})
                )

    @staticmethod
    def _words() -> Iterator[tuple[str, str]]:
        for word, (many, one_label, many_label) in TERMS.items():
            yield word, str(one_label)
            yield many, _("%(word)s (several)") % {"word": many_label}

    def main_fields(self) -> list[BoundField]:
        """The fields that are not texts by language."""
        return [self[name] for name in self.fields if name.split("_")[0] not in ("name", "about", "term") or name == "name"]

    def text_fields(self) -> list[BoundField]:
        """Names and introductions by language."""
        return [self[f"{part}_{language}"] for language in self.text_languages for part in ("name", "about")]

    def language_names(self) -> list[str]:
        """The heads of the table of words."""
        return [language_name(language) for language in self.page_languages]

    def words(self) -> list[tuple[str, list[BoundField]]]:
        """The rows of the table of words: the usual word, a field for every language of the pages."""
        return [(usual, [self[f"term_{word}_{lang}"] for lang in self.page_languages]) for word, usual in self._words()]

    def clean_territory(self) -> Territory:
        try:
            return territory_by_code(self.cleaned_data["territory"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None

    def _texts(self, prefix: str, before: dict[str, str], languages: list[str]) -> dict[str, str]:
        """{language: text}; languages the form did not show stay as they were, emptied ones go."""
        kept = {language: text for language, text in before.items() if language not in languages}
        typed = {language: self.cleaned_data.get(f"{prefix}_{language}", "").strip() for language in languages}
        return kept | {language: text for language, text in typed.items() if text}

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        plain = ("name", "territory", "jurisdiction", "currency", "languages", "coordinator_name", "coordinator_email")
        region = self.region or Region()
        words = {word: self._texts(f"term_{word}", region.vocabulary.get(word, {}), self.page_languages) for word, _usual in self._words()}
        return {name: self.cleaned_data[name] for name in plain} | {
            "names": self._texts("name", region.names, self.text_languages),
            "about": self._texts("about", region.about, self.text_languages),
            "vocabulary": {word: texts for word, texts in words.items() if texts},
        }


class NewRegionForm(RegionForm):
    """A region to be: with the word of its address, which never changes."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"), max_length=40, help_text=gettext_lazy("Lower-case letters, digits and hyphens; it never changes.")
    )
    field_order = ("name", "slug", "territory")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED:
            raise forms.ValidationError(_("This word begins other addresses. Choose another one."))
        if Region.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is a region at this address already."))
        return slug
