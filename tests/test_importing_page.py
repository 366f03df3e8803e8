"""What docs/importing.md says of columns, limits and options is what the code takes."""

import re
from pathlib import Path

import typer
from typer.core import TyperGroup

from calfeed.cli.main import app
from calfeed.source.importing.series import MOST_SINGLE, YEARS
from calfeed.source.importing.table import COLUMNS

PAGE = (Path(__file__).parent.parent / "docs" / "importing.md").read_text(encoding="utf-8")


def rows(first: str) -> list[list[str]]:
    """Return the cells of the table whose first column is called *first*."""
    _, _, rest = PAGE.partition(f"\n| {first} |")
    _, _, *lines = rest.partition("\n\n")[0].split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_columns_are_those_that_are_read_with_all_their_names() -> None:
    told = {
        row[0].strip("`"): {row[0].strip("`"), *re.findall("`([^`]+)`", row[1])}
        for row in rows("column")
    }
    assert told == {column: set(names) for column, names in COLUMNS.items()}


def test_the_options_are_those_of_the_command() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    parameters = group.commands["import"].params
    options = {name for one in parameters for name in one.opts if name.startswith("--")}
    assert {row[0].strip("`") for row in rows("option")} == options - {"--help"}


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"ends after {YEARS} years, at the end of that year" in PAGE
    assert f"single events, at most {MOST_SINGLE}," in PAGE
