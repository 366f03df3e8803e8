"""The page of each code: its wrong example gives the code, its right one no problem at all."""

import ast
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent

import pytest

from calfeed import explanations
from calfeed.examining import all_problems
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.reader import Reader

HOUSE = Path(explanations.__file__).parent.parent
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PIXELS = b"\xff\xd8\xff a picture"

SITE = {
    "name": "Town events",
    "url": "https://events.example.eu",
    "language": "en",
    "languages": "[en, fr]",
    "timezone": "Europe/Brussels",
}
EVENT = {"title": "Garden day", "initiatives": "[parks]", "when": "2027-05-08 14:00 to 16:00"}
INITIATIVES = "initiatives:\n  parks: {name: Parks}\n"


def codes_in_code() -> set[str]:
    return {
        node.value
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch("[EWR][0-9]{3}", node.value)
    }


def fences(code: str) -> dict[str, str]:
    """Return the examples of a page by what they are called: ``wrong``, ``right whole``."""
    found = re.findall(r"```yaml (.+)\n([\s\S]*?)```", explanations.page(code))
    return dict(found)


def with_defaults(block: str, defaults: dict[str, str], indentation: int) -> str:
    """Return the lines of *block* with those of *defaults* that it does not have."""
    blanks = " " * indentation
    missing = (
        f"{blanks}{key}: {value}\n"
        for key, value in defaults.items()
        if not re.search(rf"^{blanks}{key}:", block, re.MULTILINE)
    )
    return block + "".join(missing)


def filled(text: str, name: str, defaults: dict[str, str]) -> str:
    """Return *text*, each group below ``name:`` that goes on below filled with *defaults*."""
    head, found, rest = text.partition(f"{name}:\n")
    if not found:
        return text
    entries = re.split(
        r"^(?=  \S)", re.split(r"^(?=\S)", rest, maxsplit=1, flags=re.M)[0], flags=re.M
    )
    after = rest[sum(map(len, entries)) :]
    whole = (
        with_defaults(entry, defaults, 4) if re.match(r"  .*:\n", entry) else entry
        for entry in entries
    )
    return "".join((head, found, *whole, *after))


def a_file(text: str, *, is_first: bool) -> str:
    """Return a whole file around an example: what it leaves out is as usual."""
    if not re.match("(site|initiatives|events):\n", text):
        text = f"events:\n  garden-day:\n{indent(text, '    ')}"
    text = filled(text, "events", EVENT)
    text = filled(text, "initiatives", {"name": "Parks"})
    if "site:\n" in text:
        head, found, rest = text.partition("site:\n")
        block, *after = re.split(r"^(?=\S)", rest, maxsplit=1, flags=re.MULTILINE)
        text = head + found + with_defaults(block, SITE, 2) + "".join(after)
    elif is_first:
        text = "site:\n" + with_defaults("", SITE, 2) + text
    if is_first and not re.search("^initiatives:", text, re.MULTILINE):
        text = INITIATIVES + text
    return f"format: 1\n{text}" if is_first else text


def write(folder: Path, text: str, *, is_whole: bool) -> Path:
    """Write the files that an example is, and return where they are."""
    folder.mkdir()
    (folder / "images").mkdir()
    (folder / "images" / "garden.jpg").write_bytes(PIXELS)
    (folder / "images" / "garden.svg").write_text("<svg/>")
    (folder / "images" / "large.jpg").write_bytes(PIXELS + bytes(2 * 1024 * 1024))
    named = re.split(r"^# (\w+\.yaml)\n", text, flags=re.MULTILINE)[1:]
    files = dict(zip(named[::2], named[1::2], strict=True)) or {"events.yaml": text}
    for number, (name, part) in enumerate(files.items()):
        whole = part if is_whole else a_file(part, is_first=number == 0)
        (folder / name).write_text(whole, encoding="utf-8")
    return folder


def codes(folder: Path, told: Told) -> list[str]:
    examined = Reader(folder).examine(NOON)
    return [problem.code for problem in all_problems(examined, told, now=NOON)]


def check(code: str, folder: Path) -> tuple[list[str], list[str]]:
    """Return what is told of the wrong example of *code*, and of the right one."""
    told = Told(ledger_id="in memory")
    found = fences(code)
    if "told" in found:
        before = Reader(write(folder / "told", found["told"], is_whole=False)).read(NOON)
        told = would_tell(before, told, now=NOON).told
    said = []
    for name in ("wrong", "right"):
        is_whole = f"{name} whole" in found
        text = found[f"{name} whole" if is_whole else name]
        said.append(codes(write(folder / name, text, is_whole=is_whole), told))
    return said[0], said[1]


def _no_text(folder: Path) -> None:
    (folder / "events.yaml").write_bytes("name: F\xeate".encode("latin-1"))


def _large_text(folder: Path) -> None:
    text = f"summary: {'Bring a spade. ' * 5000}\n"
    (folder / "events.yaml").write_text(a_file(text, is_first=True))


def _long_pin(folder: Path) -> None:
    (folder / "events.yaml").write_text(a_file(f"uid: {'4711' * 64}\n", is_first=True))


def _large_calendar(folder: Path) -> None:
    events = "".join(
        f"  day-{number}:\n    title: Day {number}\n    summary: {'Spade. ' * 8000}\n"
        for number in range(20)
    )
    (folder / "events.yaml").write_text(a_file(f"events:\n{events}", is_first=True))


WITHOUT_EXAMPLES: dict[str, Callable[[Path], object]] = {
    "E100": lambda folder: (folder / "events.yaml").symlink_to("nowhere"),
    "E101": _no_text,
    "E107": _large_text,
    "E136": _long_pin,
    "E163": lambda folder: (folder / "events.txt").write_text("none"),
    "W406": _large_calendar,
}
"""Codes whose page has no example, for it would not fit there, and how they come about."""


def test_there_is_a_page_for_each_code_and_no_other() -> None:
    assert set(explanations.titles()) == codes_in_code()


def test_errors_come_first_then_warnings_then_reminders() -> None:
    assert [code[0] for code in explanations.titles()] == sorted(
        (code[0] for code in explanations.titles()), key="EWR".index
    )


@pytest.mark.parametrize("code", explanations.titles())
def test_a_page_begins_with_its_code_and_is_written_for_people(code: str) -> None:
    page = explanations.page(code)
    title = page.partition("\n")[0]
    assert title == f"# {code}: {explanations.titles()[code]}"
    assert len(title) <= 72
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert "```" in page or code in WITHOUT_EXAMPLES
    assert "calfeed" in page or len(page.split()) > 30, "it says what to do"


@pytest.mark.parametrize(
    "code", [code for code in explanations.titles() if code not in WITHOUT_EXAMPLES]
)
def test_the_wrong_example_gives_the_code_and_the_right_one_nothing(
    code: str, tmp_path: Path
) -> None:
    wrong, right = check(code, tmp_path)
    assert set(wrong) == {code}
    assert right == []


@pytest.mark.parametrize("code", WITHOUT_EXAMPLES)
def test_what_has_no_example_gives_the_code_all_the_same(code: str, tmp_path: Path) -> None:
    WITHOUT_EXAMPLES[code](tmp_path)
    assert set(codes(tmp_path, Told(ledger_id="in memory"))) == {code}
