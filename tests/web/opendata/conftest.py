"""Kept dumps of one test are not another's: databases of tests begin their numbers anew."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_dumps_from_before(settings):
    shutil.rmtree(Path(settings.VAR) / "dumps", ignore_errors=True)
