"""The documents keep their word: commands, links, modules and dependencies in them are real."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperGroup

from calfeed.cli.main import app

PROJECT = Path(__file__).parent.parent
PAGES = [
    *(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((PROJECT / "docs").glob("*.md")),
]


def commands() -> dict[str, set[str]]:
    """Return the options of each command."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    found = dict(group.commands)
    ledger = found.pop("ledger")
    assert isinstance(ledger, TyperGroup)
    found |= {f"ledger {name}": command for name, command in ledger.commands.items()}
    return {
        name: {option for parameter in command.params for option in parameter.opts}
        for name, command in found.items()
    }


def lines_of(program: str) -> Iterator[str]:
    """Yield what the pages show behind *program*, in text or in a console."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        yield from re.findall(rf"`{program} ([^`\n]+)`", text)
        yield from re.findall(rf"^\$ {program} (.+)$", text, re.MULTILINE)


def test_every_command_that_is_named_exists_with_its_options() -> None:
    known = commands()
    lines = list(lines_of("calfeed"))
    assert lines
    for line in lines:
        words = line.split()
        name = " ".join(words[:2]) if words[0] == "ledger" else words[0]
        assert name in known, line
        options = {word for word in words if word.startswith("-") and word != "-"}
        assert options <= known[name] | {"--help"}, line


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE)
    assert {line.split()[0] for line in lines_of("make")} <= set(targets)


def anchors(page: Path) -> set[str]:
    """Return what the headings of *page* can be linked to by, as Markdown viewers name them."""
    headings = re.findall("^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            if not link.startswith("http"):
                assert target.exists(), (page.name, link)
                assert not anchor or anchor in anchors(target), (page.name, link)


def test_modules_that_the_design_names_exist() -> None:
    text = (PROJECT / "docs" / "design.md").read_text(encoding="utf-8")
    house = text.split("## The house")[1].split("Places kept")[0]
    named = re.findall(r"`([a-z_/]+(?:\.py|/))`", house)
    places = [PROJECT, *(PROJECT / "calfeed" / part for part in ("", "ledger", "formats"))]
    missing = {name for name in named if not any((place / name).exists() for place in places)}
    assert named
    assert not missing


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = {"pypi": "org", "pythonhosted": "org", "npmjs": "(org|com)", "yarnpkg": "com"}
    pattern = "|".join(rf"\b{name}\.{end}\b" for name, end in hosts.items())
    listed = subprocess.run(
        ["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (PROJECT / name).is_file():
            data = (PROJECT / name).read_bytes().decode(errors="replace")
            assert re.search(pattern, data) is None, name


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    needed = [*project["dependencies"], *(one for extra in extras for one in extra)]
    names = {re.split(r"[\[><=;]", one)[0] for one in needed}
    text = (PROJECT / "docs" / "design.md").read_text(encoding="utf-8")
    table = text.split("## Dependencies")[1]
    first = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    assert {re.sub(r" \(.*", "", one) for cell in first for one in cell.split(", ")} == names
