"""The register's code lists, each a CSV under `tables/` with labels in three languages."""

from pathlib import Path

from django.utils.translation import get_language

from osnowa.kit.codes import Code, CodeList
from osnowa.kit.words import fold

_TABLES = Path(__file__).parent / "tables"

ACTIVITY_STATUS = CodeList(_TABLES / "activity_status.csv")
ECONOMIC_ACTIVITY = CodeList(_TABLES / "economic_activity.csv")
END_REASONS = CodeList(_TABLES / "end_reasons.csv")
GEO_PRECISION = CodeList(_TABLES / "geo_precision.csv")
IDENTIFIERS = CodeList(_TABLES / "identifiers.csv")
LAWFUL_BASES = CodeList(_TABLES / "lawful_bases.csv")
LEGAL_FORMS = CodeList(_TABLES / "legal_forms.csv")
LINK_KINDS = CodeList(_TABLES / "link_kinds.csv")
MANDATE_BASIS = CodeList(_TABLES / "mandate_basis.csv")
NACE = {version: CodeList(_TABLES / "nace.csv.gz", version=version) for version in ("2.1", "2")}
NEED_TYPES = CodeList(_TABLES / "need_types.csv")
PS_GOALS = CodeList(_TABLES / "ps_goals.csv")
PS_REGIMES = CodeList(_TABLES / "ps_regimes.csv")
RECOGNITIONS = CodeList(_TABLES / "recognitions.csv")
RECOGNITION_STATES = CodeList(_TABLES / "recognition_states.csv")
RESOURCE_TYPES = CodeList(_TABLES / "resource_types.csv")
SECTORS = CodeList(_TABLES / "sectors.csv")
SERVICE_AREAS = CodeList(_TABLES / "service_areas.csv")
#: What people call the fields of services beside their labels; only the search knows these words.
SERVICE_WORDS = CodeList(_TABLES / "service_words.csv")
SOURCES = CodeList(_TABLES / "sources.csv")
TARGET_GROUPS = CodeList(_TABLES / "target_groups.csv")
UNITS = CodeList(_TABLES / "units.csv")
URGENCY = CodeList(_TABLES / "urgency.csv")
VISIBILITY = CodeList(_TABLES / "visibility.csv")


def nace_label(version: str, code: str) -> str:
    """The label of a NACE code in the reader's language; the code itself where the version does not know it."""
    return NACE[version].label(code) if version in NACE else code


def unit_symbol(code: str) -> str:
    """The short sign of a unit that stands after any number (km, kg, szt.) in the reader's language; empty where none is usual."""
    row = UNITS.get(code)
    return row.more.get(f"symbol_{(get_language() or 'en')[:2]}", "") if row else ""


def find_activities(words: str, version: str = "2.1", most: int = 30) -> list[Code]:
    """NACE groups and classes whose code begins with the words, or whose label holds them, folded."""
    wanted = fold(words)
    if not wanted:
        return []
    rows = (row for row in NACE[version] if int(row["level"]) >= 3)
    return [row for row in rows if row.code.startswith(words.strip()) or wanted in fold(row.label)][:most]
