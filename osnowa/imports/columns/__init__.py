"""What the columns of a file mean: where its headings stand, and which field each column is."""

from osnowa.imports.columns.header import Header, find_header
from osnowa.imports.columns.suggesting import Suggestion, subject_of, suggest

__all__ = ["Header", "Suggestion", "find_header", "subject_of", "suggest"]
