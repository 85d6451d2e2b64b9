"""The kinds of words requests are made of: each bounded, so that no database and no path is asked what it cannot hold."""

from typing import Annotated

from ninja import Field, Query
from pydantic import StringConstraints

from osnowa.opendata.api.paging import MOST, USUAL

#: No sign that no key writes (NUL and its like); such signs break databases and files.
_PRINTED = r"^[^\x00-\x1f\x7f]*$"
_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Word = Annotated[str, StringConstraints(max_length=100, pattern=_PRINTED)]
Code = Annotated[str, StringConstraints(max_length=40, pattern=_PRINTED)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=_PRINTED)]
Short = Annotated[str, StringConstraints(max_length=120, pattern=_PRINTED)]
Street = Annotated[str, StringConstraints(max_length=160, pattern=_PRINTED)]
Url = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=_PRINTED)]
Text = Annotated[str, StringConstraints(max_length=10_000, pattern=_LINES)]
Codes = Annotated[list[Code], Field(max_length=50)]
Cursor = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[A-Za-z0-9_-]*$")]

__all__ = ["MOST", "USUAL", "Code", "Codes", "Cursor", "Name", "Query", "Short", "Street", "Text", "Url", "Word"]
