"""Every kind of finding: its code, its words, its line in docs/doctor.md, and that it is met."""

import re
from pathlib import Path

from calfeed.doctor.examining import kinds
from calfeed.doctor.findings import Level
from tests.conftest import GOLDEN

PAGE = Path(__file__).parents[2] / "docs" / "doctor.md"
ASKED_ELSEWHERE = {f"D10{number}" for number in range(1, 8)} | {"D123", "D135", "D231"}
"""Kinds that no golden file shows: they have tests of their own."""


def test_codes_are_one_each() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"D[1-7]\d\d", code) for code in codes)


def test_every_kind_says_who_is_hit_and_what_to_do() -> None:
    for kind in kinds():
        assert all(text and not text.endswith(".") for text in (kind.title, kind.hit, kind.todo))


def test_the_page_has_every_kind() -> None:
    rows = re.findall(r"^\| (D\d+) \| (\w+) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert rows == [(kind.code, kind.level.value, kind.title) for kind in kinds()]


def test_every_kind_is_met_in_a_golden_file() -> None:
    told = "".join(path.read_text("utf-8") for path in GOLDEN.glob("doctor-*.txt"))
    met = set(re.findall(rf"^(?:{'|'.join(Level)})\[(D\d+)\]", told, re.MULTILINE))
    assert met | ASKED_ELSEWHERE == {kind.code for kind in kinds()}
