"""Reads of the ecosystem: roles with who plays them, what is missing, the picture, and organisations that may fit a role."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from osnowa.clusters.models import Actor, Cluster
from osnowa.compute.rings import Mark, Name, Rings, place
from osnowa.kit.codes import Code, CodeList
from osnowa.places.access import Anyone
from osnowa.places.models import Region, Subregion
from osnowa.register import access as register_access
from osnowa.register import codes
from osnowa.register.models import Organisation, Recognition

ROLES = CodeList(Path(__file__).parents[1] / "tables" / "roles.csv")
RINGS = {
    "core": pgettext_lazy("a ring", "core"), "coordination": pgettext_lazy("a ring", "co-ordination"),
    "support": pgettext_lazy("a ring", "support"), "environment": pgettext_lazy("a ring", "environment"),
}  # fmt: skip
_SUGGESTED = 12
_WIDTH = 21


@dataclass(frozen=True)
class Player:
    """Who plays a role, as the reader may know it: an organisation she may not see has no name."""

    actor: Actor
    is_seen: bool
    sector: str

    @property
    def name(self) -> str:
        return str(self.actor) if self.is_seen else _("an organisation that is not public")

    @property
    def organisation(self) -> Organisation | None:
        return self.actor.organisation if self.is_seen else None


@dataclass(frozen=True)
class Role:
    """A role with its place in the picture and who plays it. `number` stands in the picture and in the table."""

    number: int
    code: Code
    players: tuple[Player, ...]

    @property
    def is_expected(self) -> bool:
        return self.code["is_expected"] == "yes"

    @property
    def is_missing(self) -> bool:
        return self.is_expected and not self.players

    @property
    def ring(self) -> str:
        return str(RINGS[self.code["ring"]])

    @property
    def sector(self) -> str:
        return codes.SECTORS.label(self.code["sector"])


@dataclass(frozen=True)
class Ecosystem:
    """All roles, and what is missing: expected roles, sectors, parts of the region without anybody."""

    roles: tuple[Role, ...]
    sectors: tuple[str, ...]
    subregions: tuple[Subregion, ...]

    @property
    def missing_roles(self) -> list[Role]:
        return [role for role in self.roles if role.is_missing]

    @property
    def players(self) -> int:
        return sum(len(role.players) for role in self.roles)

    @property
    def is_whole(self) -> bool:
        return not (self.missing_roles or self.sectors or self.subregions)


def division_of(region: Region) -> list[Subregion]:
    """The parts of the region in the division it uses first; one query and their municipalities."""
    found: dict[str, list[Subregion]] = {}
    for part in region.subregions.prefetch_related("municipalities"):
        found.setdefault(part.kind, []).append(part)
    return next((found[kind] for kind in Subregion.Kind.values if kind in found), [])


def ecosystem(cluster: Cluster, person: Anyone) -> Ecosystem:
    """The roles of the table, and of the cluster where it has others; three queries."""
    open_to = register_access.levels(person, cluster.region)
    by_role: dict[str, list[Player]] = {}
    for actor in cluster.actors.select_related("organisation", "subregion"):
        it = actor.organisation
        row = ROLES.get(actor.role)
        sector = actor.sector or (it.sector if it else "") or (row["sector"] if row else "")
        by_role.setdefault(actor.role, []).append(Player(actor, it is None or it.visibility in open_to, sector))
    roles = tuple(Role(number, code, tuple(by_role.get(code.code, ()))) for number, code in enumerate(ROLES, start=1))
    players = [player for some in by_role.values() for player in some]
    present = {player.sector for player in players}
    missing = tuple(code.label for code in codes.SECTORS if code.code not in present)
    return Ecosystem(roles, missing, tuple(_unreached(cluster.region, players)))


def _unreached(region: Region, players: Iterable[Player]) -> list[Subregion]:
    some = list(players)
    named = {one.actor.subregion_id for one in some}
    towns = {one.actor.organisation.municipality_id for one in some if one.actor.organisation}
    return [part for part in division_of(region) if part.pk not in named and not towns & {it.pk for it in part.municipalities.all()}]


@dataclass(frozen=True)
class Dot:
    """A role in the picture: played, expected and missing, or possible."""

    mark: Mark
    role: Role

    @property
    def look(self) -> str:
        return "played" if self.role.players else "missing" if self.role.is_expected else "possible"

    @property
    def said(self) -> str:
        who = ", ".join(player.name for player in self.role.players) or (_("missing") if self.role.is_expected else _("nobody"))
        return f"{self.role.code.label}: {who}"


@dataclass(frozen=True)
class Label:
    """The name of a ring or a sector in lines, each at its place."""

    lines: tuple[tuple[float, float, str], ...]
    anchor: str


@dataclass(frozen=True)
class Picture:
    """The picture, ready for its template."""

    rings: Rings
    dots: tuple[Dot, ...]
    sectors: tuple[Label, ...]
    circles: tuple[Label, ...]
    view: str


def _broken(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > _WIDTH and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _label(name: Name, text: str, leading: float = 16) -> Label:
    lines = _broken(text)
    top = name.y - leading * (len(lines) - 1) * (1 if name.y < 0 and not name.side else 0 if not name.side else 0.5)
    return Label(tuple((name.x, top + leading * at, line) for at, line in enumerate(lines)), {-1: "end", 0: "middle", 1: "start"}[name.side])


def picture(it: Ecosystem) -> Picture:
    """Roles as numbered marks in rings (core to environment) and sectors."""
    by_code = {role.code.code: role for role in it.roles}
    placed = place(tuple(RINGS), tuple(codes.SECTORS.rows), {role.code.code: (role.code["ring"], role.code["sector"]) for role in it.roles})
    dots = tuple(Dot(mark, by_code[mark.key]) for mark in placed.marks)
    sectors = tuple(_label(name, codes.SECTORS.label(name.key)) for name in placed.segments)
    circles = tuple(_label(name, str(RINGS[name.key])) for name in placed.rings)
    wide, high = placed.radii[-1] + 170, placed.radii[-1] + 44
    return Picture(placed, dots, sectors, circles, f"{-wide:.0f} {-high:.0f} {2 * wide:.0f} {2 * high:.0f}")


def fitting(cluster: Cluster, role: Code, person: Anyone) -> list[Organisation]:
    """Organisations of the register that may play a role, by status or legal form, else by sector."""
    found = role["found_by"].split()
    here = register_access.visible(person, cluster.region).filter(merged_into=None).exclude(activity_status=Organisation.Status.CLOSED)
    granted = Recognition.objects.filter(organisation=OuterRef("pk"), code__in=found, state="granted", ended_on=None)
    wanted = here.filter(Q(legal_form__in=found) | Q(Exists(granted))) if found else here.filter(sector=role["sector"])
    taken = cluster.actors.filter(role=role.code).exclude(organisation=None).values("organisation")
    return list(wanted.exclude(pk__in=taken).select_related("municipality").order_by("name_fold", "pk")[:_SUGGESTED])
