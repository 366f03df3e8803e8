"""What docs/reviewing.md says of the objects for programs is what the commands write."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import run
from tests.spine import an_entry, an_update, events_file

PAGE = Path(__file__).parent.parent / "docs" / "reviewing.md"
POSTPONED = an_entry(updates=[an_update("postponed", notice="The garden is being dug over.")])

MISSPELT = an_entry(updates=[{"anounced": "2026-01-10", "change": "postponed"}])


def keys_by_table() -> dict[str, list[str]]:
    """Return the first cells of each table of keys, by what its head says they are keys of."""
    text = PAGE.read_text(encoding="utf-8")
    tables = re.findall(r"^\| key of (.+?) \| value \|\n\|---\|---\|\n((?:\|.*\n)+)", text, re.M)
    return {name: re.findall(r"^\| `(\w+)` \|", rows, re.M) for name, rows in tables}


def test_each_object_has_the_keys_that_the_page_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(*arguments: object) -> Any:
        return json.loads(run(capsys, monkeypatch, *arguments).out)

    old, file, broken = (tmp_path / f"{name}.yaml" for name in ("old", "events", "broken"))
    old.write_text(events_file({"garden": an_entry()}), encoding="utf-8")
    file.write_text(
        events_file({"garden": POSTPONED}, site={"name": "Village events"}), encoding="utf-8"
    )
    broken.write_text(events_file({"garden": MISSPELT}), encoding="utf-8")

    diff = written("diff", old, "--format", "json", "--file", file)
    check = written("check", broken, "--format", "json")
    (listed,) = written("list", "--json", "--file", file)
    shown = written("show", "garden", "--json", "--file", file)
    objects = {
        "`diff`": diff,
        "an event of `diff`": diff["events"][0],
        "a property": diff["events"][0]["properties"][0],
        "a setting": diff["settings"][0],
        "`check`": check,
        "`counts`": check["counts"],
        "a problem": check["problems"][0],
        "a `fix`": check["problems"][0]["fix"],
        "an event of `list`": listed,
        "`show`": shown,
        "an entry of `history`": shown["history"][0],
    }
    assert keys_by_table() == {name: list(one) for name, one in objects.items()}
