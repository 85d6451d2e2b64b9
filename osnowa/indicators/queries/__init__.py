"""Reads of indicators: statistics of the register."""

from osnowa.indicators.queries.movements import moved
from osnowa.indicators.queries.sector_table import SectorTable, counted_days, sector_table

__all__ = ["SectorTable", "counted_days", "moved", "sector_table"]
