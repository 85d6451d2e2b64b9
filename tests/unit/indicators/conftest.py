"""The sample regions for the tests of this room."""

from tests.samples import _sample_pomorskie, pomorskie

__all__ = ["_sample_pomorskie", "pomorskie"]
