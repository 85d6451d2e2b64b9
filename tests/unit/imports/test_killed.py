"""A worker killed in the middle of applying leaves nothing half done, and another takes the work up again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BEGIN = """
import django; django.setup()
from osnowa.imports.models import Import
from osnowa.journal.models import Job
from osnowa.register.models import Organisation
"""
PREPARE = BEGIN + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from osnowa.places.models import Region, Territory
area = Territory.objects.create(scheme="NUTS", code="PL63", name="Pomorskie", name_fold="pomorskie", level=2)
region = Region.objects.create(slug="pomorskie", name="Pomorskie", languages=["pl"], currency="PLN", jurisdiction="PL", territory=area)
from tests.lists import checked
from osnowa.imports.actions import start_applying
it = checked(region, "Nr;Nazwa\\n" + "".join(f"{n};Fundacja Numer {n} Fala\\n" for n in range(1, 2501)))
start_applying(by=None, it=it)
"""
APPLY = BEGIN + """
import sys, time
from osnowa.imports import tasks
from osnowa.journal import jobs
def step(done, total):
    print("half", done, flush=True)
    time.sleep({pause})
jobs._stepper = lambda job: step
jobs.run.func(str(Import.objects.get().job_id))
"""
COUNT = BEGIN + """
it = Import.objects.select_related("job").get()
print(it.state, it.job.state, Organisation.objects.count(), it.rows.filter(is_written=True).count())
"""
TAKE_UP = BEGIN + """
from datetime import timedelta
from django.utils import timezone
from osnowa.journal import jobs
Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=10))
print(jobs.take_up_again())
"""


@pytest.fixture
def house(tmp_path):
    """python(script) runs a script as a process of its own on a database of this test."""
    words = {**os.environ, "OSNOWA_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/one.sqlite3",
             "DJANGO_SETTINGS_MODULE": "osnowa.settings", "LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}  # fmt: skip

    def start(script):
        return subprocess.Popen([sys.executable, "-c", script], env=words, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    return start


def said(process):
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.split()


@pytest.mark.real_time
def test_a_killed_worker_leaves_nothing_half_done(house):
    said(house(PREPARE))
    worker = house(APPLY.format(pause=60))
    assert worker.stdout is not None
    assert worker.stdout.readline().split()[0] == "half"
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    assert said(house(COUNT)) == ["applying", "running", "0", "0"]
    assert said(house(TAKE_UP)) == ["1"]
    said(house(APPLY.format(pause=0)))
    assert said(house(COUNT)) == ["applied", "done", "2500", "2500"]
