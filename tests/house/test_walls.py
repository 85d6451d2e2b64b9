"""Between rooms only the four open drawers; the line of rooms itself is held by import-linter."""

import grimp
import pytest

ROOMS = ("sample", "home", "opendata", "maps", "indicators", "imports", "register", "places", "people", "journal")
OPEN = ("models", "access", "queries", "actions")
#: What a room opens beside the four drawers.
ALSO_OPEN = ("osnowa.journal.jobs", "osnowa.register.codes", "osnowa.people.letters", "osnowa.people.forms.seats")


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    graph = grimp.build_graph("osnowa", cache_dir=None)
    return [(module, other) for module in graph.modules for other in graph.find_modules_directly_imported_by(module)]


def room(module: str) -> str:
    return [*module.split("."), ""][1]


def is_open(module: str) -> bool:
    words = module.split(".")
    return (len(words) > 2 and words[2] in OPEN) or any(module == way or module.startswith(way + ".") for way in ALSO_OPEN)


def test_rooms_enter_each_other_only_through_open_drawers(imports):
    through_walls = [
        f"{module} -> {other}"
        for module, other in imports
        if room(module) in ROOMS and room(other) in ROOMS and room(module) != room(other) and not is_open(other)
    ]
    assert sorted(through_walls) == []


def test_only_actions_commands_and_tasks_write_into_the_journal(imports):
    """The journal's verbs are for deeds: a page that looks calls no `@action` maker."""
    makers = [
        module
        for module, other in imports
        if other == "osnowa.journal.actions" and module.split(".")[2:3] in (["models"], ["access"], ["forms"])
    ]
    assert makers == []
