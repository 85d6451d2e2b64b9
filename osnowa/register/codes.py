"""The register's code lists, each a CSV under `tables/` with labels in three languages."""

from pathlib import Path

from osnowa.kit.codes import CodeList

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
NACE = CodeList(_TABLES / "nace.csv.gz")
NEED_TYPES = CodeList(_TABLES / "need_types.csv")
PS_GOALS = CodeList(_TABLES / "ps_goals.csv")
PS_REGIMES = CodeList(_TABLES / "ps_regimes.csv")
RECOGNITIONS = CodeList(_TABLES / "recognitions.csv")
RECOGNITION_STATES = CodeList(_TABLES / "recognition_states.csv")
RESOURCE_TYPES = CodeList(_TABLES / "resource_types.csv")
SECTORS = CodeList(_TABLES / "sectors.csv")
SERVICE_AREAS = CodeList(_TABLES / "service_areas.csv")
SOURCES = CodeList(_TABLES / "sources.csv")
TARGET_GROUPS = CodeList(_TABLES / "target_groups.csv")
UNITS = CodeList(_TABLES / "units.csv")
URGENCY = CodeList(_TABLES / "urgency.csv")
VISIBILITY = CodeList(_TABLES / "visibility.csv")
