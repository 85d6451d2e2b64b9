"""The phones, the lead and the wall of `benchmarks.live_board`: a process of its own, the standard library alone.

Reads what to do as JSON from standard input, writes what came of it as JSON to standard output.
"""

import asyncio
import json
import random
import re
import sys
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

POLL_S, HERE_S, THINK_S, WALL_S = 2.0, 30.0, 8.0, 1.0
LEAD_S, ARRANGE_S = 2.0, 8.0
PATIENCE_S = 10.0
LAST_WORDS_S = 45.0


#: Words of cards have no digits: eleven in a row may be somebody's personal number, which the board rightly refuses.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Gone(Exception):
    """The server did not answer."""


@dataclass
class Answer:
    status: int
    heads: dict[str, str]
    body: str
    ms: float


@dataclass
class Line:
    """A connection that is kept open, with the cookies of one browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **heads: str) -> Answer:
        began = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._ask(method, path, body, heads), PATIENCE_S)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError, IndexError) as no:
            self.drop()
            raise Gone from no
        answer.ms = (time.perf_counter() - began) * 1000
        return answer

    def drop(self) -> None:
        if self.streams:
            self.streams[1].close()
        self.streams = None

    async def _ask(self, method: str, path: str, body: bytes, heads: dict[str, str]) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        reader, writer = self.streams
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Cookie: {cookie}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in heads.items()]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        raw = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(raw[0].split()[1])
        found: dict[str, str] = {}
        for line in filter(None, raw[1:]):
            name, _colon, value = line.partition(":")
            found[name.strip().lower()] = value.strip()
            if name.strip().lower() == "set-cookie":
                key, _equals, rest = value.strip().partition("=")
                self.cookies[key] = rest.split(";")[0]
        text = await self._body(reader, found) if status != 204 else b""
        if found.get("connection") == "close":
            self.drop()
        return Answer(status, found, text.decode("utf-8", "replace"), 0.0)

    async def _body(self, reader: asyncio.StreamReader, heads: dict[str, str]) -> bytes:
        if heads.get("transfer-encoding") != "chunked":
            return await reader.readexactly(int(heads.get("content-length", 0)))
        found = b""
        while size := int(await reader.readline(), 16):
            found += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return found


@dataclass
class Room:
    """What all share: the task, the clock, and what is measured."""

    task: dict[str, Any]
    began: float = field(default_factory=time.monotonic)
    ms: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0
    strange: list[str] = field(default_factory=list)
    deeds: list[dict[str, Any]] = field(default_factory=list)
    #: By the word of a card, or by "voice 1", "voice 2" … in the order in which phones were told that they have scored.
    taken_at: dict[str, float] = field(default_factory=dict)
    seen_at: dict[str, float] = field(default_factory=dict)
    outages: list[float] = field(default_factory=list)
    is_over: bool = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def note(self, kind: str, answer: Answer, *expected: int) -> Answer:
        self.ms.setdefault(kind, []).append(answer.ms)
        if answer.status not in expected:
            self.strange.append(f"{kind}: {answer.status} {answer.body[:120]}")
        return answer

    def next_scorer(self) -> int:
        return 1 + sum(word.startswith("voice ") for word in self.taken_at)

    def missed(self) -> None:
        self.failed += 1
        self.outages.append(time.monotonic())


@dataclass
class Phone:
    """One voice: joins, polls, says, repeats what was not answered, loses the network once."""

    room: Room
    number: int
    chance: random.Random
    line: Line
    queue: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    turn: int = 0
    panel: str = ""
    pulse: str = ""
    repeated: int = 0
    has_scored: bool = False

    @property
    def way(self) -> str:
        return f"/{('pl', 'sl', 'en')[self.number % 3]}/m/{self.room.task['code']}/"

    async def live(self) -> None:
        length = self.room.task["seconds"]
        await asyncio.sleep(self.chance.uniform(0, min(30.0, length / 6)))
        await self._until(self._join)
        away_from = self.chance.uniform(0.2, 0.6) * length
        away_until = away_from + self.chance.uniform(0.3, 1) * min(120.0, length / 5)
        next_word, next_here = self.room.seconds, self.room.seconds + HERE_S
        while self.room.seconds < length or (self.queue and self.room.seconds < length + LAST_WORDS_S):
            if self.panel and self.room.seconds >= next_word and self.room.seconds < length:
                self._think()
                next_word = self.room.seconds + self.chance.expovariate(1 / THINK_S)
            is_away = self.number % 4 == 0 and away_from <= self.room.seconds < away_until
            if not is_away:
                try:
                    await self._look()
                    if self.queue or self.room.seconds >= next_here:
                        await self._send()
                        next_here = self.room.seconds + HERE_S
                except Gone:
                    self.room.missed()
            await asyncio.sleep(POLL_S * self.chance.uniform(0.9, 1.1))

    async def _until(self, step: Any) -> None:
        while True:
            try:
                await step()
                return
            except Gone:
                self.room.missed()
                await asyncio.sleep(POLL_S)

    async def _join(self) -> None:
        page = self.room.note("join", await self.line.ask("GET", self.way), 200)
        words = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.body))
        words |= {"sector": self.chance.choice(["", "public", "business"])}
        body = urlencode(words).encode()
        self.room.note("join", await self.line.ask("POST", self.way, body, Content_Type="application/x-www-form-urlencoded"), 302)
        self.room.note("phone", await self.line.ask("GET", self.way + "phone/"), 200)

    async def _look(self) -> None:
        answer = await self.line.ask("GET", f"{self.way}now/?seen={self.pulse}")
        self.room.note("nothing new" if answer.status == 204 else "panel", answer, 200, 204)
        if answer.status == 200:
            self.panel, self.pulse = answer.body, answer.heads["osnowa-pulse"]

    def _think(self) -> None:
        """Says something that the panel asks for: a card written, changed or taken back, a score, dots, an order, consent."""
        block = re.search(r'name="block" value="(\d+)"', self.panel)
        kinds = set(re.findall(r'name="what" value="(\w+)"', self.panel))
        if not block:
            return
        cards = list(dict.fromkeys(re.findall(r'name="(?:card|place-(?=\d))"? ?value="?(\d+)', self.panel) or re.findall(r'name="place-(\d+)"', self.panel)))
        key = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        token = key.hex.translate(LETTERS)
        own = [one for one in self.said if one["what"] == "card" and one["block"] == int(block[1])]
        card = self.chance.choice(cards) if cards else ""
        if "card" in kinds and own and self.chance.random() < 0.3:
            what = self.chance.choice(["card", "card", "withdraw"])
            self._say(int(block[1]), what, self.chance.choice(own)["key"], {"text": f"Karta {token}"} if what == "card" else {})
        elif "card" in kinds:
            self._say(int(block[1]), "card", str(key), {"text": f"Karta {token}"})
        elif "score" in kinds:
            self._score(int(block[1]))
        elif "dots" in kinds and card:
            self._say(int(block[1]), "dots", card, {"card": card, "value": str(self.chance.randint(0, 3))})
        elif "order" in kinds and cards:
            places = self.chance.sample(cards, min(5, len(cards)))
            self._say(int(block[1]), "order", "order", {f"place-{pk}": str(places.index(pk) + 1) if pk in places else "" for pk in cards})
        elif "consent" in kinds and card:
            self._say(int(block[1]), "consent", card, {"card": card, "value": str(self.chance.choice([1, 0, -1])), "reason": f"bo {token}"})

    def _score(self, block: int) -> None:
        """Fills one more field, as hands do: level, importance, target of a dimension, then the next; now and then changes its mind."""
        said = {one["key"]: one["words"] for one in self.said if one["block"] == block}
        fields: dict[tuple[str, str], list[str]] = {}
        for form in self.panel.split("<form")[1:]:
            key = re.findall(r'name="key" value="(score \w+)"', form)[0]
            for name, value in re.findall(r'type="radio" id="[^"]+" name="(\w+)" value="(\w+)"', form):
                fields.setdefault((key, name), []).append(value)
        empty = [(key, name) for key, name in fields if name not in said.get(key, {})]
        key, name = empty[0] if empty and self.chance.random() < 0.8 else self.chance.choice(list(fields))
        self._say(block, "score", key, said.get(key, {"item": key.removeprefix("score ")}) | {name: self.chance.choice(fields[key, name])})

    def _say(self, block: int, what: str, key: str, words: dict[str, Any]) -> None:
        self.turn += 1
        message = {"block": block, "what": what, "key": key, "turn": self.turn, "words": words}
        self.queue = [one for one in self.queue if (one["block"], one["key"]) != (block, key)] + [message]
        self.said.append(message)

    async def _send(self) -> None:
        batch = self.queue[:25]
        again = self.chance.sample(self.said, min(len(self.said), 2)) if self.chance.random() < 0.1 else []
        again = [one for one in again if one not in batch]
        self.repeated += len(again)
        messages = batch + again
        self.chance.shuffle(messages)
        body = json.dumps({"messages": messages}).encode()
        heads = {"Content_Type": "application/json", "X_CSRFToken": self.line.cookies["csrftoken"]}
        answer = self.room.note("say", await self.line.ask("POST", self.way + "say/", body, **heads), 200)
        if answer.status != 200:
            return
        heard = json.loads(answer.body)
        # What is said twice on purpose may come when its part has long been closed.
        self.refused += [f"{one['key']}: {one['why']}" for one in heard["refused"] if one["key"] in {said["key"] for said in batch}]
        gone = set(heard["taken"]) | {one["key"] for one in heard["refused"]}
        for one in batch:
            if one["key"] in heard["taken"]:
                self.told[f"{one['block']} {one['key']}"] = one
                for token in re.findall(r"Karta (\w{32})", one["words"].get("text", "")):
                    self.room.taken_at.setdefault(token, time.monotonic())
                if one["what"] == "score" and not self.has_scored:
                    self.has_scored = True
                    self.room.taken_at[f"voice {self.room.next_scorer()}"] = time.monotonic()
        self.queue = [one for one in self.queue if one not in batch or one["key"] not in gone]
        if batch:
            self.pulse = ""  # a phone draws its panel anew after what it said was taken


async def wall(room: Room) -> None:
    """Looks every second, as the page does; notes when each card is first seen, and each voice is first counted among the scoring."""
    line, pulse = Line(room.task["port"], dict(room.task["cookies"])), ""
    while not room.is_over:
        try:
            answer = room.note("wall", await line.ask("GET", f"{room.task['wall']}?seen={pulse}"), 200, 204)
            pulse = answer.heads.get("osnowa-pulse", pulse)
            counted = [int(many) for many in re.findall(r"(\d+) voices? ha(?:s|ve) answered", answer.body)]
            for word in {*re.findall(r"Karta (\w{32})", answer.body), *(f"voice {n}" for n in range(1, 1 + max(counted, default=0)))}:
                room.seen_at.setdefault(word, time.monotonic())
        except Gone:
            room.missed()
        await asyncio.sleep(WALL_S)


@dataclass
class Lead:
    """Who leads, with the page open: begins the parts when they are due; puts cards under headings, merges some, hides some."""

    room: Room
    line: Line
    chance: random.Random
    page: str = ""
    pulse: str = ""

    async def live(self) -> None:
        coming, length = list(self.room.task["blocks"]), self.room.task["seconds"]
        wanted: dict[str, Any] = {}
        next_deed = ARRANGE_S
        while not self.room.is_over:
            try:
                await self._look()
                if coming and self.room.seconds >= coming[0][0] * length:
                    await self._do(coming[0][1], {})
                    del coming[0]
                elif wanted := wanted or (self._choose() if self.room.seconds >= next_deed else {}):  # a deed that was not answered is done again
                    await self._do(self.room.task["arrange"], wanted)
                    self.room.deeds.append(wanted)
                    wanted, next_deed = {}, self.room.seconds + ARRANGE_S
            except Gone:
                self.room.missed()
            await asyncio.sleep(LEAD_S)

    async def _look(self) -> None:
        answer = self.room.note("lead", await self.line.ask("GET", f"{self.room.task['lead']}?seen={self.pulse}"), 200, 204)
        self.page, self.pulse = answer.body or self.page, answer.heads.get("osnowa-pulse", self.pulse)

    def _choose(self) -> dict[str, Any]:
        """What to do with some of the cards on the page, those that were hidden left alone."""
        hidden = {card for deed in self.room.deeds if deed["deed"] == "hide" for card in deed["cards"]}
        cards = [int(card) for card in re.findall(r'name="card" value="(\d+)" form="arrange"', self.page) if int(card) not in hidden]
        deed, many = self.chance.choice([("group", 5), ("group", 3), ("merge", 2), ("hide", 1)])
        groups = re.findall(r'<section class="pile" data-group="(\d+)"', self.page)
        return {"deed": deed, "cards": self.chance.sample(cards, many), "group": int(self.chance.choice(groups))} if len(cards) >= many and groups else {}

    async def _do(self, way: str, deed: dict[str, Any]) -> None:
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)[0]
        fields = [("csrfmiddlewaretoken", token), *((name, deed[name]) for name in ("deed", "group") if name in deed), *(("card", card) for card in deed.get("cards", []))]
        self.room.note("deed", await self.line.ask("POST", way, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded"), 302)


def lags(room: Room) -> tuple[dict[str, list[float]], dict[str, int]]:
    """{cards, scores: how much later the wall showed it than a phone was told}, and how many fell into an outage and are left out."""
    calm: dict[str, list[float]] = {"cards": [], "scores": []}
    left_out = dict.fromkeys(calm, 0)
    for word, taken in room.taken_at.items():
        kind = "scores" if word.startswith("voice ") else "cards"
        lag = max(0.0, room.seen_at.get(word, taken) - taken)
        if any(taken - 2 <= outage <= taken + lag for outage in room.outages):
            left_out[kind] += 1
        elif word in room.seen_at:
            calm[kind].append(lag)
    return calm, left_out


async def run(task: dict[str, Any]) -> dict[str, Any]:
    room = Room(task)
    phones = [Phone(room, n, random.Random(task["seed"] * 1000 + n), Line(task["port"])) for n in range(task["phones"])]
    looking = asyncio.create_task(wall(room))
    leading = asyncio.create_task(Lead(room, Line(task["port"], dict(task["cookies"])), random.Random(task["seed"])).live())
    await asyncio.gather(*(phone.live() for phone in phones))
    await asyncio.sleep(3)
    room.is_over = True
    await asyncio.gather(looking, leading)
    voices = [{"cookie": phone.line.cookies.get(f"voice-{task['code']}", ""), "told": list(phone.told.values()), "left": len(phone.queue), "refused": phone.refused} for phone in phones]
    calm, left_out = lags(room)
    return {
        "voices": voices, "ms": room.ms, "failed": room.failed, "strange": room.strange[:20], "lags": calm, "lags_of_outage": left_out,
        "deeds": room.deeds, "repeated": sum(phone.repeated for phone in phones),
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
