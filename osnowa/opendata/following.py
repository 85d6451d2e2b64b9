"""One look at another installation's register: its description, its table, and taking over what it says."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence, keep
from osnowa.opendata import fetching
from osnowa.opendata.actions.following import Rows, Tally, take_over
from osnowa.opendata.hanging import Beside
from osnowa.opendata.incoming import records
from osnowa.opendata.models import Followed
from osnowa.places.models import Region

Facts = dict[str, Any]
_MOST_OF_DESCRIPTION = 8 << 20
_MOST_OF_TABLE = 4 << 30


def begin(region: Region, address: str) -> Followed:
    """The followed register at an address, or a new one that is not saved yet."""
    scheme, host = fetching.origin(address)
    if f"{scheme}://{host}" == "{}://{}".format(*fetching.origin(settings.ADDRESS)):
        raise Refused(Sentence(_("That is this installation itself: a register does not follow itself.")))
    found = Followed.objects.select_related("region__territory").filter(region=region, address=address, ended_at=None).first()
    return found or Followed(region=region, address=address)


def look(followed: Followed, *, by: Any = None) -> Tally | None:
    """Takes over what is new there; None where nothing is. Refused with the reason, and then nothing here has changed."""
    try:
        return _look(followed, by)
    except Refused as refused:
        if followed.pk and Followed.objects.filter(pk=followed.pk).exists():
            Followed.objects.filter(pk=followed.pk).update(looked_at=timezone.now(), report={"problem": keep(refused.said)})
        raise


def _look(followed: Followed, by: Any) -> Tally | None:
    with tempfile.TemporaryDirectory(prefix="osnowa-follow-") as folder:
        description, table = Path(folder) / "datapackage.json", Path(folder) / "organisations.csv"
        got = fetching.get(followed.address, description, most_bytes=_MOST_OF_DESCRIPTION, etag=followed.etag)
        if got.is_same:
            _note_same(followed)
            return None
        package = _described(description)
        resource = _table_of(package)
        _fetched(got.address, resource, table)
        offers, figures = (_beside(got.address, package, name, Path(folder)) for name in ("offers", "figures"))
        followed.title = str(package.get("title", ""))[:300]
        followed.licence = _licence(package)
        followed.etag = got.etag
        beside = Beside.of(offers, figures, followed.region.currency)
        return _taken(followed, by, lambda: records(table, _original(got.address), beside))


def _taken(followed: Followed, by: Any, rows: Rows) -> Tally:
    tally: Tally = take_over(by=by, followed=followed, rows=rows)
    return tally


def _fetched(address: str, resource: Facts, into: Path) -> Path:
    """A file of the description, whole."""
    _check_whole(resource, fetching.get(fetching.beside(address, resource.get("path")), into, most_bytes=_MOST_OF_TABLE))
    return into


def _beside(address: str, package: Facts, name: str, folder: Path) -> Path | None:
    """The table of what hangs on organisations, where the description names one."""
    resource = _resource(package, name)
    return _fetched(address, resource, folder / f"{name}.csv") if resource else None


def _note_same(followed: Followed) -> None:
    followed.looked_at = timezone.now()
    followed.report = {"is_same": True}
    followed.save(update_fields=["looked_at", "report"])


def _described(path: Path) -> Facts:
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        package = None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise Refused(Sentence(_("There is no description of a register at this address. It ends like this: /data/pomorskie/datapackage.json")))
    return package


def _table_of(package: Facts) -> Facts:
    """The resource that holds the organisations as CSV."""
    found = _resource(package, "organisations")
    if found is None:
        raise Refused(Sentence(_("The description names no table of organisations.")))
    return found


def _resource(package: Facts, name: str) -> Facts | None:
    """A table of the description as CSV."""
    return next((one for one in package["resources"] if isinstance(one, dict) and one.get("name") == name and one.get("format") == "csv"), None)


def _check_whole(resource: Facts, taken: fetching.Got) -> None:
    """Where the description tells the hash, the file must have it."""
    said = resource.get("hash")
    if said and said != f"sha256:{taken.sha256}":
        raise Refused(Sentence(_("The file is another one than described: the register changed in between. Try again later.")))


def _licence(package: Facts) -> str:
    first = next((one for one in package.get("licenses", ()) if isinstance(one, dict)), {})
    return str(first.get("name") or first.get("title") or "")[:200]


def _original(address: str) -> Callable[[str], str]:
    """What makes the lasting address of the original out of a uid."""
    scheme, host = fetching.origin(address)
    return lambda uid: f"{scheme}://{host}/id/{uid}"
