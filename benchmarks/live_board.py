"""Eighty phones at one board, and the server killed twice: nothing lost, nothing twice, p95 ≤ 200 ms, wall ≤ 2 s behind.

    python -m benchmarks.live_board                         10 minutes, SQLite, the server as `osnowa serve` runs it
    python -m benchmarks.live_board --database postgres     the same on a throw-away PostgreSQL
    python -m benchmarks.live_board --minutes 2 --phones 20 --workers 1

Phones poll every 2 s, write, change and take back cards, score the eight dimensions of the CSEI with importance and target, give dots,
put cards in order, agree and object, change their minds, say some things twice, and every fourth loses the network for up to two
minutes. Who leads has a page open that polls too, and puts cards under headings, merges and hides some while others come in. The
server is killed once among cards and once among scores. At the end what phones and who leads were told is done is compared with what
the database holds. Exit code 1 when a limit is missed. Times are measured by the phones, outages of the killed server left out.

How far the wall is behind is measured on what it shows at once: the words of each card, and how many voices have answered in the
scoring, against how many phones were told so (an answer still on its way to its phone may make up for one that the wall is late with).
The web of a round moves in steps of four voices by design; its lag is none of a machine and is not measured.
"""

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from tools import postgres

LIMIT_MS, LIMIT_LAG_S = 200.0, 2.0
ROOT = Path(__file__).resolve().parent.parent
#: When each part is opened, as a share of the time.
PARTS = (("cards", 0.0), ("score", 0.35), ("vote", 0.7), ("rank", 0.8), ("consent", 0.9))
#: When the server is killed: among cards, and among scores.
KILLS = (0.2, 0.5)


def percentile(times: list[float], share: float) -> float:
    """The smallest time that is not beaten by more than this share of the others (nearest rank)."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def furnish() -> dict[str, Any]:
    """A region with a meeting of five parts and somebody who leads it; what the phones have to know of it."""
    from datetime import timedelta

    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from osnowa.assessments import actions as assessments
    from osnowa.assessments.models import Instrument
    from osnowa.home.preparation import collect_static, compile_words
    from osnowa.meetings.models import Block, Group, Meeting
    from osnowa.people.models import Person
    from osnowa.places.models import Region, Territory

    compile_words()
    collect_static()
    call_command("migrate", verbosity=0)
    territory = Territory.objects.filter(code="PL63").first() or Territory.objects.create(scheme="NUTS", code="PL63", name="Pomorskie", name_fold="pomorskie", level=2)
    region = Region.objects.create(slug="tablica", name="Tablica", languages=["pl", "en"], jurisdiction="PL", territory=territory)
    starts_at = timezone.now()
    meeting = Meeting.objects.create(region=region, slug="warsztat", title="Warsztat", state="announced", starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), time_zone="Europe/Warsaw", keep_until=starts_at.date() + timedelta(days=90))
    first = Block.objects.create(meeting=meeting, kind="cards", title="cards", question="Co nas łączy?")
    about = {"about": first, "settings": {"of": "groups"}}  # what a room of eighty votes on: the headings of its cards
    blocks = {"cards": first} | {kind: Block.objects.create(meeting=meeting, kind=kind, title=kind, order=order, **({} if kind == "score" else about)) for order, (kind, _share) in enumerate(PARTS[1:], start=1)}
    assessments.load_shipped(by=None)
    assessments.make_round(by=None, region=region, instrument=Instrument.objects.get(region=None, code="csei"), values={"title": "CSEI"}, block=blocks["score"])
    for number in range(8):
        Group.objects.create(block=first, title=f"Grupa {number}", order=number)
    client = Client()
    client.force_login(Person.objects.create_user("lead@example.org", name="Lead", is_operator=True), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = "/en/tablica/meetings/warsztat"
    return {
        "code": meeting.code, "wall": f"{page}/wall/now/", "lead": f"{page}/lead/now/", "arrange": f"{page}/lead/{first.pk}/cards/", "cookies": {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value},
        "blocks": [(share, f"{page}/lead/{blocks[kind].pk}/open/") for kind, share in PARTS],
    }  # fmt: skip


class Server:
    """The server of production, in a process group of its own, so that killing it kills no other."""

    def __init__(self, port: int, workers: int) -> None:
        from osnowa.home.running import server_words

        self.port, self.words = port, server_words("127.0.0.1", port, workers=workers, threads=4)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self.words, cwd=ROOT, env=os.environ | {"LOG_LEVEL": "WARNING"}, start_new_session=True)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/robots.txt", timeout=5).read()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise SystemExit("the server does not answer")

    def end(self, number: int) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, number)
        self.process.wait(30)


@contextmanager
def surroundings(database: str) -> Iterator[None]:
    """A folder and a database of its own, and Django set up for them."""
    with tempfile.TemporaryDirectory() as folder, postgres.server() if database == "postgres" else nullcontext("") as address:
        os.environ |= {"OSNOWA_VAR": folder, "OSNOWA_ENV": os.devnull, "DJANGO_SETTINGS_MODULE": "osnowa.settings", "LOG_LEVEL": "ERROR"}
        if address:
            os.environ["DATABASE_URL"] = address
        else:
            os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        yield
        django.db.connections.close_all()


def compare(found: dict[str, Any]) -> tuple[list[str], dict[str, int]]:
    """What was told is done against what the database holds: what is wrong, and how much there is."""
    from osnowa.meetings.models import Meeting, Voice

    meeting = Meeting.objects.get(code=found["code"])
    known = {voice.key: voice.pk for voice in Voice.objects.filter(meeting=meeting)}
    told: list[tuple[int, dict[str, Any]]] = []
    wrong: list[str] = []
    if len(known) != len(found["voices"]):
        wrong.append(f"{len(found['voices'])} phones joined, there are {len(known)} voices")
    for said in found["voices"]:
        voice = known.get(said["cookie"].partition(":")[0])
        wrong += [f"left on a phone: {said['left']}"] * bool(said["left"]) + [f"refused: {why}" for why in said["refused"]]
        if voice is None:
            wrong.append("a phone has no voice")
        else:
            told += [(voice, one) for one in said["told"]]
    sides = {"cards": cards_of(meeting, told), "marks": marks_of(meeting, told), "scores": scores_of(meeting, told), "arranged": arranged(meeting, found["deeds"])}
    for name, (expected, kept) in sides.items():
        wrong += [f"{name}: {spot} told {expected.get(spot)}, kept {kept.get(spot)}" for spot in expected.keys() | kept.keys() if expected.get(spot) != kept.get(spot)]
    texts = [text for _voice, _turn, text, _gone in sides["cards"][1].values() if text]
    wrong += [f"{len(texts) - len(set(texts))} texts stand twice"] * (len(texts) != len(set(texts)))
    return wrong, {"voices": len(known)} | {name: len(kept) for name, (_expected, kept) in sides.items()} | {"deeds": len(found["deeds"])}


#: What was told and what is kept, each {what it is about: what it says}.
Sides = tuple[dict[Any, tuple[Any, ...]], dict[Any, tuple[Any, ...]]]
Told = list[tuple[int, dict[str, Any]]]


def cards_of(meeting: Any, told: Told) -> Sides:
    """The cards of voices by their keys."""
    from osnowa.meetings.models import Card

    expected = {one["key"]: (voice, one["turn"], one["words"].get("text", ""), one["what"] == "withdraw") for voice, one in told if one["what"] in ("card", "withdraw")}
    cards = Card.objects.filter(block__meeting=meeting, voice__isnull=False)
    return expected, {str(card.key): (card.voice_id, card.turn, card.text, card.is_withdrawn) for card in cards}


def marks_of(meeting: Any, told: Told) -> Sides:
    """Dots, places and consent by voice, block and card."""
    from osnowa.meetings.models import Mark

    said = [(voice, one) for voice, one in told if one["what"] in ("dots", "order", "consent")]
    expected = {(voice, one["block"], card): (one["turn"], value) for voice, one in said for card, value in _values(one)}
    return expected, {(mark.voice_id, mark.block_id, mark.card_id): (mark.turn, mark.value) for mark in Mark.objects.filter(block__meeting=meeting)}


def scores_of(meeting: Any, told: Told) -> Sides:
    """Answers by voice and item; a voice that answers as two respondents is two times in what is kept."""
    from osnowa.assessments.models import Answer

    fields = ("value", "importance", "target")
    said = [(voice, one["turn"], one["words"]) for voice, one in told if one["what"] == "score"]
    expected = {(voice, 0, words["item"]): (turn, *(int(words[name]) if words.get(name, "none") != "none" else None for name in fields)) for voice, turn, words in said}
    seen: dict[int, list[int]] = {}
    kept: dict[Any, tuple[Any, ...]] = {}
    for voice, respondent, item, *words in Answer.objects.filter(respondent__round__block__meeting=meeting).values_list("respondent__voice", "respondent", "item", "turn", *fields):
        known = seen.setdefault(voice, [])
        known += [respondent] * (respondent not in known)
        kept[voice, known.index(respondent), item] = tuple(words)
    return expected, kept


def arranged(meeting: Any, deeds: list[dict[str, Any]]) -> Sides:
    """Of every card on the board its heap, its heading and whether it is hidden, as the deeds of who leads leave them."""
    from osnowa.meetings.models import Block
    from osnowa.meetings.queries.board.heaps import piles

    shown = [(card, heap) for pile in piles(Block.objects.get(meeting=meeting, kind="cards"), with_hidden=True) for heap in pile.heaps for card in heap.cards]
    roots, groups, hidden = dict[int, int](), dict[int, int](), set[int]()
    for deed in deeds:
        first, *others = sorted(deed["cards"])
        if deed["deed"] == "merge":
            roots |= dict.fromkeys([*others, *(card for card, root in roots.items() if root in others)], first)
        elif deed["deed"] == "hide":
            hidden |= {first, *others}
        else:
            groups |= dict.fromkeys(deed["cards"], deed["group"])
    expected = {}
    for card in meeting_cards(meeting):
        root = roots.get(card, card)
        expected[card] = (root, groups.get(root), root in hidden)
    return expected, {card.pk: (heap.root, heap.group, heap.is_hidden) for card, heap in shown}


def meeting_cards(meeting: Any) -> list[int]:
    """The cards of voices that were not taken back."""
    from osnowa.meetings.models import Card

    return list(Card.objects.filter(block__meeting=meeting, voice__isnull=False, is_withdrawn=False).values_list("pk", flat=True))


def _values(one: dict[str, Any]) -> list[tuple[int, int]]:
    """(card, value) of what a mark's message says."""
    if one["what"] == "order":
        return [(int(name[6:]), int(value or 0)) for name, value in one["words"].items()]
    return [(int(one["words"]["card"]), int(one["words"]["value"]))]


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """Runs the room; returns what the phones measured."""
    task = furnish()
    server = Server(postgres.free_port(), chosen.workers)
    server.start()
    task |= {"port": server.port, "phones": chosen.phones, "seconds": chosen.minutes * 60, "seed": chosen.seed}
    phones = subprocess.Popen([sys.executable, "-m", "benchmarks.live_board_phones"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert phones.stdin is not None
    assert phones.stdout is not None
    try:
        phones.stdin.write(json.dumps(task))
        phones.stdin.close()
        began, outages = time.monotonic(), list[float]()
        for share in KILLS:
            time.sleep(max(0.0, began + share * task["seconds"] - time.monotonic()))
            server.end(signal.SIGKILL)
            killed = time.monotonic()
            server.start()
            outages.append(time.monotonic() - killed)
        found: dict[str, Any] = json.loads(phones.stdout.read())
    finally:
        if phones.poll() is None:
            phones.terminate()
        phones.wait(30)
        server.end(signal.SIGTERM)
    return found | {"outages": outages, "code": task["code"]}


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.live_board", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--phones", type=int, default=80)
    parser.add_argument("--workers", type=int, default=2, help="processes of the server, as `osnowa serve` (default 2)")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that no server stays behind
    with surroundings(chosen.database):
        found = measure(chosen)
        wrong, counts = compare(found)
    print(f"{chosen.phones} phones, {chosen.minutes:g} minutes, {chosen.database}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'request':14} {'number':>8} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    everything = [ms for kind in ("nothing new", "panel", "say") for ms in found["ms"].get(kind, [])]
    for kind, times in [*found["ms"].items(), ("phones, all", everything)]:
        print(f"{kind:14} {len(times):8} {percentile(times, 0.5):8.1f} {percentile(times, 0.95):8.1f} {max(times, default=0):8.1f}")
    for kind, lags in found["lags"].items():
        print(f"wall behind, {kind}: p50 {percentile(lags, 0.5):.2f} s, p95 {percentile(lags, 0.95):.2f} s, max {max(lags, default=0):.2f} s of {len(lags)} ({found['lags_of_outage'][kind]} in an outage left out)")
    back = ", ".join(f"{outage:.1f} s" for outage in found["outages"])
    print(f"server killed {len(found['outages'])} times, back after {back}; {found['failed']} requests without an answer, {found['repeated']} messages said twice on purpose")
    print(f"kept: {counts}; told and not kept, or kept and not told: {len(wrong)}")
    missed = [*wrong, *found["strange"]]
    if percentile(everything, 0.95) > LIMIT_MS:
        missed.append(f"p95 {percentile(everything, 0.95):.0f} ms is over {LIMIT_MS:.0f} ms")
    for kind, lags in found["lags"].items():
        if max(lags, default=0.0) > LIMIT_LAG_S or not lags:
            missed.append(f"{kind}: the wall is {max(lags, default=0.0):.2f} s behind of {len(lags)}, over {LIMIT_LAG_S:.0f} s")
    for line in missed[:20]:
        print(f"  missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
