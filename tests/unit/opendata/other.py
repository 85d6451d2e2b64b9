"""Another installation: a small web server on this machine that answers with what our own dumps once said."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import Client

from osnowa.opendata import dumps
from osnowa.places.models import Region
from osnowa.register.models import Organisation


class Other:
    """What the other installation says at each path; a path may answer with a status and headers of its own."""

    def __init__(self) -> None:
        self.says: dict[str, bytes] = {}
        self.sends: dict[str, tuple[int, dict[str, str]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def package(self) -> str:
        return f"{self.address}/data/pomorskie/datapackage.json"

    def record(self, region: Region) -> None:
        """Keeps what our dumps say of a region now."""
        client = Client()
        for name in ("organisations.csv", "offers.csv", "figures.csv", "datapackage.json"):
            dumps.forget(region)
            path = f"/data/{region.slug}/{name}"
            answer = client.get(path)
            self.says[f"/data/pomorskie/{name}"] = answer.content if not answer.streaming else b"".join(answer)

    def change(self, old: str, new: str, table: str = "organisations") -> None:
        """Says something else in a table from now on."""
        path = f"/data/pomorskie/{table}.csv"
        assert old.encode() in self.says[path], old
        self.says[path] = self.says[path].replace(old.encode(), new.encode())

    def describe(self, **said: object) -> None:
        """Changes what the description says."""
        path = "/data/pomorskie/datapackage.json"
        self.says[path] = json.dumps(json.loads(self.says[path]) | said).encode()


@contextmanager
def serving(other: Other) -> Iterator[Other]:
    """Answers on a port of this machine as long as the block lasts."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            other.asked.append((self.path, dict(self.headers)))
            body = other.says.get(self.path, b"")
            status, headers = other.sends.get(self.path, (200 if self.path in other.says else 404, {}))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    other.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield other
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def forget_here() -> None:
    """Empties the register, as if the other installation were elsewhere."""
    from osnowa.journal.models import Entry

    Organisation.every_record.update(parent=None, successor=None, merged_into=None, kind="legal_person")
    Organisation.every_record.all().delete()
    Entry.objects.all().delete()
