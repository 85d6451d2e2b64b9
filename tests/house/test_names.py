"""Names say what a thing is; tests are claims."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "handler", "service", "data", "info"}
SOURCES = sorted(path for top in ("osnowa", "tools", "benchmarks", "tests") for path in (ROOT / top).rglob("*.py"))
OURS = [path for path in SOURCES if "migrations" not in path.parts]


def names_in(path: Path) -> set[str]:
    """What a file defines: its own name, functions, classes, arguments, variables."""
    found = {path.stem}
    tree = ast.parse(path.read_text())
    passing = {id(part) for node in ast.walk(tree) if isinstance(node, ast.comprehension) for part in ast.walk(node.target)}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.arg(arg=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()) if id(node) not in passing:
                found.add(name)
    return found


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_name_says_nothing(path):
    place = path.relative_to(ROOT).as_posix()
    said = {name for name in names_in(path) if name.lower().strip("_") in BANNED}
    if "/forms" in place:
        said -= {"data"}  # Django's own word for what came with a form
    if "clusters" in place or "pilot" in place or path.stem == "everything":
        said -= {name for name in said if name.lower().strip("_") == "service"}  # what a cluster offers: a noun of the glossary
    assert said == set()


@pytest.mark.parametrize("path", [path for path in OURS if path.name.startswith("test_")], ids=lambda path: path.stem)
def test_test_names_are_claims(path):
    tests = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [name for name in tests if len(name.removeprefix("test_").split("_")) < 2] == []


def test_every_folder_of_tests_is_a_package():
    """Two files of the same name in two folders would hide each other otherwise."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
