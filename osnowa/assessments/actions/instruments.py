"""Verbs of instruments: the shipped ones are loaded, files are imported, versions are edited."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.assessments import access
from osnowa.assessments.models import Instrument
from osnowa.assessments.queries.instruments import (
    Definition,
    as_words,
    definition_of,
    fingerprint,
    next_version,
    shipped,
)
from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.models import Region


@action("assessments.instruments_loaded", says=gettext_lazy("loaded the shipped instruments"))
def load_shipped(*, by: Person | None) -> Deed:
    """Writes shipped versions that are not there yet; those nobody used are brought up to date. Returns their names."""
    written = [str(kept) for kept in map(_ship, shipped()) if kept]
    kept = Instrument.objects.filter(region=None).latest("made_at", "pk")
    return Deed(kept, {"instruments": [None, written]} if written else {}, value=written)


def _ship(definition: Definition) -> Instrument | None:
    """The instrument where it had to be written."""
    kept = Instrument.objects.filter(region=None, code=definition.code, version=definition.version).first()
    if kept and (kept.sha256 == fingerprint(definition) or kept.rounds.exists()):
        return None
    kept = kept or Instrument(region=None, code=definition.code, version=definition.version)
    return _keep(kept, definition)


def _keep(instrument: Instrument, definition: Definition) -> Instrument:
    instrument.definition = as_words(definition)
    instrument.sha256 = fingerprint(definition)
    instrument.is_draft = definition.is_draft
    instrument.code, instrument.version = definition.code, definition.version
    instrument.save()
    return instrument


def _versions(region: Region, code: str) -> list[str]:
    """The versions of an instrument that stand in a region, the shipped ones among them."""
    return list(access.instruments(region).filter(code=code).values_list("version", flat=True))


@action("assessments.instrument_changed", says=gettext_lazy("changed an instrument"))
def save_definition(*, by: Person, region: Region, instrument: Instrument, definition: Definition) -> Deed:
    """Keeps what was edited: in the version itself as long as it is the region's own and was never used, else as the next one."""
    definition_of(as_words(definition))
    if fingerprint(definition) == instrument.sha256:
        return Deed(instrument, {})
    if instrument.region_id == region.pk and not instrument.rounds.exists():
        before = instrument.sha256[:12]
        _keep(instrument, replace(definition, code=instrument.code, version=instrument.version))
        return Deed(instrument, {"sha256": [before, instrument.sha256[:12]]}, place=region.slug)
    fresh = replace(definition, code=instrument.code, version=next_version(_versions(region, instrument.code)))
    made = _keep(Instrument(region=region, made_by=by, replaces=instrument), fresh)
    return Deed(made, {"version": [instrument.version, made.version]}, place=region.slug)


@action("assessments.instrument_imported", says=gettext_lazy("imported an instrument"))
def import_instrument(*, by: Person | None, region: Region | None, definition: Definition) -> Deed:
    """Takes an instrument from a file; a version that stands already is never overwritten with another content."""
    kept = Instrument.objects.filter(region=region, code=definition.code, version=definition.version).first()
    if kept and kept.sha256 == fingerprint(definition):
        return Deed(kept, {})
    if kept:
        said = _("Version %(version)s of “%(code)s” stands already and says something else. Write a new version number into the file.")
        raise Refused(said % {"version": definition.version, "code": definition.code})
    before = access.instruments(region).filter(code=definition.code).first()
    made = _keep(Instrument(region=region, made_by=by, replaces=before), definition)
    return Deed(made, {"version": [None, made.version]}, place=region.slug if region else "")
