"""Imports run one way, as data does: a module may only know those before it in the chain."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import calfeed

HOUSE = Path(calfeed.__file__).parent

CHAIN = [
    {"errors", "dates"},
    {"model", "addresses"},
    {"words", "markup", "representation", "problem_details", "commands", "explanations"},
    {"source"},
    {"states"},
    {"ledger"},
    {"occurrences"},
    {"snapshot"},
    {"agenda", "changelog", "forms"},
    {"formats"},
    {"site"},
    {"publisher", "follower", "exporting", "comparing", "doctor"},
    {"watching", "examining"},
    {"web"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, names in enumerate(CHAIN) for name in names}
WORLD = {"datetime.now", "datetime.today", "date.today", "time.time", "os.environ"}
PURE = (
    *(
        "dates",
        "model",
        "addresses",
        "occurrences",
        "snapshot",
        "changelog",
        "words",
        "states",
        "markup",
        "forms",
        "formats",
        "site",
    ),
    *("comparing", "doctor", "commands"),
)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(HOUSE.rglob("*.py")):
        if path != HOUSE / "__init__.py":
            yield ".".join(path.relative_to(HOUSE).with_suffix("").parts), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("calfeed"):
            within = (node.module or "").removeprefix("calfeed").removeprefix(".")
            names = (alias.name for alias in node.names if alias.name != "__version__")
            yield from [within] if within else names
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("calfeed.")
                for alias in node.names
                if alias.name.startswith("calfeed.")
            )


def stage(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def test_every_module_has_its_place_in_the_house() -> None:
    assert {stage(name) for name, _ in modules()} == set(RANK)


@pytest.mark.parametrize(("name", "path"), [pytest.param(*one, id=one[0]) for one in modules()])
def test_no_import_runs_uphill(name: str, path: Path) -> None:
    own = RANK[stage(name)]
    uphill = [
        other
        for other in imported(path)
        if stage(other) != stage(name) and RANK[stage(other)] >= own
    ]
    assert not uphill


def test_formats_are_siblings_that_do_not_know_one_another() -> None:
    known = {
        (name.split(".")[1], other.split(".")[1])
        for name, path in modules()
        if name.startswith("formats.")
        for other in imported(path)
        if other.startswith("formats.") and other.split(".")[1] != name.split(".")[1]
    }
    assert known <= {("ics", "timezones"), ("readback", "ics"), ("readback", "timezones")}


@pytest.mark.parametrize("room", PURE)
def test_no_renderer_reads_a_clock_or_a_setting(room: str) -> None:
    used = {
        f"{node.value.id}.{node.attr}"
        for name, path in modules()
        if stage(name) == room
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert not used & WORLD


def test_no_module_imports_within_a_function() -> None:
    inner = [
        name
        for name, path in modules()
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inner
