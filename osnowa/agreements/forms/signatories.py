"""Forms of who is asked to sign: lists pasted or chosen, asking to join, mending a row."""

import re
from email.utils import parseaddr
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from osnowa.agreements.actions.signatories import Asked
from osnowa.agreements.models import Agreement, Signatory
from osnowa.kit.words import fold
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.places.queries import find_municipalities
from osnowa.register import access as register_access
from osnowa.register import codes
from osnowa.register.models import Contact, Organisation
from osnowa.ui.forms import Form

#: So many organisations may be named at once.
MOST_LINES = 500


def named(seen: QuerySet[Organisation], name: str) -> Organisation | None:
    """The organisation of these that bears exactly this name, if there is one."""
    words = fold(name)
    if not words:
        return None
    found = list(seen.filter(Q(legal_name__iexact=name.strip()) | Q(short_name__iexact=name.strip()) | Q(name_fold=words))[:2])
    return found[0] if len(found) == 1 else None


def open_ones(region: Region) -> QuerySet[Organisation]:
    """The organisations of a region that are not closed."""
    return Organisation.objects.filter(region=region).exclude(activity_status=Organisation.Status.CLOSED)


def contacts_of(organisations: QuerySet[Organisation]) -> dict[int, Contact]:
    """One contact of each organisation that agreed to news and whose keeping has not ended."""
    agreed = Contact.objects.filter(organisation__in=organisations, wants_news=True, keep_until__gte=timezone.localdate()).exclude(email="")
    return {row.organisation_id: row for row in agreed.order_by("-pk")}


def _sectors(first: str) -> list[tuple[str, str]]:
    return [("", first), *codes.SECTORS.choices()]


class InvitationForm(Form):
    """Whom to ask: lines of name and address, organisations of the register by name, or all of some sectors."""

    lines = forms.CharField(label=gettext_lazy("Organisations with their addresses"), required=False, max_length=60_000, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}), help_text=gettext_lazy("One a line: name; e-mail; sector. “Name &lt;address&gt;” is understood too, the sector may be left out, and so may the address where you want no letter. Who is in the register under this name is linked."))
    sector = forms.ChoiceField(label=gettext_lazy("Sector of those whose line says none"), required=False)
    organisations = forms.CharField(label=gettext_lazy("Organisations of the register"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("One name a line. The letter goes to a contact who agreed to news; where there is none, add an address afterwards."))
    sectors = forms.MultipleChoiceField(label=gettext_lazy("All organisations with a contact who agreed to news, of these sectors"), required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=gettext_lazy("Language of letters to pasted addresses"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agreement = agreement
        self.here = open_ones(agreement.region)
        self.contacts = contacts_of(self.here)
        self.fields["sector"].choices = _sectors(_("not said"))  # type: ignore[attr-defined]
        counts: dict[str, int] = {}
        for sector in self.here.filter(pk__in=self.contacts).values_list("sector", flat=True):
            counts[sector] = counts.get(sector, 0) + 1
        self.fields["sectors"].choices = [  # type: ignore[attr-defined]
            (row.code, f"{row.label}: " + ngettext("%(n)s organisation", "%(n)s organisations", counts[row.code]) % {"n": counts[row.code]})
            for row in codes.SECTORS if row.code in counts
        ]  # fmt: skip
        if not counts:
            del self.fields["sectors"]
        self.initial["language"] = agreement.language if agreement.language in dict(settings.LANGUAGES) else "en"

    def clean_lines(self) -> list[tuple[str, str, str]]:
        rows = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(rows) > MOST_LINES:
            raise ValidationError(_("These are %(n)s lines; paste at most %(most)s at once.") % {"n": len(rows), "most": MOST_LINES})
        found, wrong = [], list[str]()
        for number, line in enumerate(rows, start=1):
            try:
                found.append(_read(line))
            except ValidationError as error:
                wrong.append(_("Line %(number)s (%(line)s): %(why)s") % {"number": number, "line": line[:60], "why": error.messages[0]})
        if wrong:
            raise ValidationError([*wrong[:10], _("Mend these lines or take them out; nobody was asked yet.")])
        return found

    def clean_organisations(self) -> list[Organisation]:
        names = [line.strip() for line in self.cleaned_data["organisations"].splitlines() if line.strip()]
        found = {name: named(self.here, name) for name in names[:MOST_LINES]}
        unknown = [name[:60] for name, it in found.items() if it is None]
        if unknown:
            raise ValidationError(_("Not found in the register by this name: %(names)s.") % {"names": ", ".join(unknown[:10])})
        return [it for it in found.values() if it]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(name) for name in ("lines", "organisations", "sectors")):
            raise ValidationError(_("Paste lines, or name organisations, or choose sectors."))
        return given

    def _known(self, it: Organisation, email: str = "", sector: str = "") -> Asked:
        contact = self.contacts.get(it.pk)
        if email or contact is None:
            return Asked(it.legal_name, email, self.cleaned_data["language"], it, sector)
        return Asked(it.legal_name, contact.email, contact.language, it, sector)

    @property
    def asked(self) -> list[Asked]:
        """Everybody to be asked; those of the register with what is known of them."""
        given, found = self.cleaned_data, list[Asked]()
        for name, email, sector in given["lines"]:
            known = named(self.here, name)
            found.append(self._known(known, email, sector) if known else Asked(name, email, given["language"], None, sector or given["sector"]))
        found += [self._known(it) for it in given["organisations"]]
        chosen = self.here.filter(pk__in=self.contacts, sector__in=given.get("sectors") or [])
        return found + [self._known(it) for it in chosen]


def _read(line: str) -> tuple[str, str, str]:
    """Name, address and sector of a line; raises ValidationError that says what is wrong with it."""
    pieces = [piece.strip() for piece in re.split(r"[;\t]", line)]
    if len(pieces) == 1 and "<" in line:
        pieces = [part.strip() for part in parseaddr(line)]
    name, email, sector, *more = [*pieces, "", ""]
    if any(more[:-2]) or len(more) > 2:
        raise ValidationError(_("a line holds a name, an e-mail and a sector, with semicolons between them"))
    if not name or "@" in name:
        raise ValidationError(_("say the name of the organisation first"))
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError(_("%(email)s is no e-mail address") % {"email": email[:60]}) from error
    code = next((row.code for row in codes.SECTORS if fold(sector) in {fold(row.code), *map(fold, row.labels.values())}), "") if sector else ""
    if sector and not code:
        raise ValidationError(_("%(sector)s is no sector; use: %(sectors)s") % {"sector": sector[:60], "sectors": ", ".join(row.label for row in codes.SECTORS)})
    return name[:300], email, code


class JoinForm(Form):
    """An organisation that nobody asked says that it will sign."""

    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=300, widget=forms.TextInput(attrs={"list": "organisation-suggestions", "autocomplete": "organization"}), help_text=gettext_lazy("Type a few letters and choose, or write the full name."))
    sector = forms.ChoiceField(label=gettext_lazy("Sector"))
    email = forms.EmailField(label=gettext_lazy("E-mail"), help_text=gettext_lazy("The letter with the link to sign goes there."), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, agreement: Agreement, person: Anyone, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agreement, self.person = agreement, person
        self.fields["sector"].choices = _sectors(_("choose"))  # type: ignore[attr-defined]
        self.initial["language"] = (get_language() or "en")[:2]

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        known = named(register_access.visible(self.person, self.agreement.region), given["organisation"])
        return Asked(given["organisation"].strip(), given["email"], given["language"], known, given["sector"])


class MendForm(Form):
    """What is said of a signatory; from signing on only what is counted may be mended, and a record of the register named where none was."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=300)
    organisation_name = forms.CharField(label=gettext_lazy("In the register"), required=False, max_length=300, help_text=gettext_lazy("The name it bears in the register; empty where it is not there."))
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, help_text=gettext_lazy("A new address gets a new link, and the old one leads nowhere."))
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    legal_form = forms.ChoiceField(label=gettext_lazy("Legal form"), required=False)
    municipality_name = forms.CharField(label=gettext_lazy("Municipality"), required=False, max_length=120)

    def __init__(self, *args: Any, signatory: Signatory, **options: Any) -> None:
        super().__init__(*args, **options)
        self.signatory, self.region = signatory, signatory.agreement.region
        self.fields["sector"].choices = _sectors(_("not known"))  # type: ignore[attr-defined]
        forms_here = [row for row in codes.LEGAL_FORMS if row["country"] == self.region.jurisdiction or row.code == signatory.legal_form]
        self.fields["legal_form"].choices = [("", _("not known")), *((row.code, row.label) for row in forms_here)]  # type: ignore[attr-defined]
        known, place = signatory.organisation, signatory.municipality
        self.initial = {name: getattr(signatory, name) for name in ("name", "email", "language", "sector", "legal_form")}
        self.initial |= {"organisation_name": known.legal_name if known else "", "municipality_name": place.name if place else ""}
        if signatory.state in (Signatory.State.SIGNED, Signatory.State.WITHDRAWN):
            for name in ("name", "email", "language", *(("organisation_name",) if known else ())):
                del self.fields[name]

    def clean_organisation_name(self) -> Organisation | None:
        name, now = self.cleaned_data["organisation_name"].strip(), self.signatory.organisation
        if not name or (now and fold(now.legal_name) == fold(name)):
            return now if name else None
        found = named(Organisation.objects.filter(region=self.region), name)
        if found is None:
            raise ValidationError(_("Not found in the register by this name: %(names)s.") % {"names": name[:60]})
        return found

    def clean_municipality_name(self) -> Any:
        name, now = self.cleaned_data["municipality_name"].strip(), self.signatory.municipality
        if not name or (now and fold(now.name) == fold(name)):
            return now if name else None
        same = [place for place in find_municipalities(self.region.jurisdiction, name)[:200] if fold(place.name) == fold(name)]
        here = [place for place in same if place.subregions.filter(region=self.region).exists()] if len(same) > 1 else same
        if len(here) != 1:
            raise ValidationError(_("Several municipalities are called so. Link the organisation of the register instead: it knows its place.") if same else _("No municipality is called so. Write its whole name."))
        return here[0]

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        renamed = {"organisation_name": "organisation", "municipality_name": "municipality"}
        return {renamed.get(name, name): value for name, value in self.cleaned_data.items()}
