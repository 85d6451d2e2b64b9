"""Web server and worker end together, and nobody stays behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from osnowa.home import running
from osnowa.kit.errors import Refused

pytestmark = pytest.mark.real_time


def sleeper(seconds: float, code: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import time, sys; time.sleep({seconds}); sys.exit({code})"]


@pytest.fixture(autouse=True)
def signals_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, way in before.items():
        signal.signal(number, way)


def lives(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is None


def test_when_one_stops_the_other_is_ended_and_named():
    house = running.Household({"web server": sleeper(60), "background worker": sleeper(0.3, 3)})
    assert house.run(lambda: None, lambda: False) == "The background worker stopped with exit code 3; everything was ended."
    assert not any(lives(process) for process in house.running.values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_both_without_a_word(number):
    house = running.Household({"web server": sleeper(60), "background worker": sleeper(60)})
    threading.Timer(0.6, os.kill, (os.getpid(), number)).start()
    assert house.run(lambda: None, lambda: False) == ""
    assert not any(lives(process) for process in house.running.values())


def test_a_process_that_does_not_listen_is_ended_all_the_same(monkeypatch):
    monkeypatch.setattr(running, "PATIENCE", 0.5)
    deaf = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]
    house = running.Household({"web server": deaf, "background worker": sleeper(0.5)})
    house.run(lambda: None, lambda: False)
    assert not any(lives(process) for process in house.running.values())


def test_the_address_is_said_once_when_the_server_answers():
    said = []
    house = running.Household({"web server": sleeper(1.2)})
    began = time.monotonic()
    house.run(lambda: said.append("up"), lambda: time.monotonic() - began > 0.4)
    assert said == ["up"]


def test_commands_beside_a_running_house_know_its_address(tmp_path):
    """A command reads what the house was started with, until the house has ended; the environment wins."""
    words = "from osnowa import settings; print(settings.ADDRESS, settings.IS_DEMO)"
    plain = {name: value for name, value in os.environ.items() if name not in ("OSNOWA_ADDRESS", "OSNOWA_DEMO")}

    def told(**more):
        env = plain | {"OSNOWA_VAR": str(tmp_path), "OSNOWA_ENV": os.devnull, **more}
        return subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True, check=True).stdout.strip()

    note = tmp_path / "started.json"
    with running.noted(note, address="http://localhost:8123", is_demo=True):
        assert told() == "http://localhost:8123 True"
        assert told(OSNOWA_ADDRESS="https://osnowa.example.org", OSNOWA_DEMO="0") == "https://osnowa.example.org False"
    assert told() == "http://localhost:8000 False"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    note.write_text(f'{{"address": "http://localhost:8123", "is_demo": true, "process": {gone.pid}}}')
    assert told() == "http://localhost:8000 False"


def test_a_taken_port_is_said_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} is taken"):
            running.refuse_taken_port("127.0.0.1", port)


def test_nobody_answering_is_not_an_error():
    assert running.answers("http://127.0.0.1:9") is False
