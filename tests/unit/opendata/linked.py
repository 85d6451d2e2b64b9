"""Linked data read back with rdflib."""

import json
import warnings
from typing import Any

from rdflib import Graph


def parsed(content: Any, form: str = "json-ld") -> Graph:
    """The statements of a document; rdflib warns of its own older parts while it reads."""
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format=form)
