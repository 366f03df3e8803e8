"""A page for each code that can be told: what it means, an example, and how to mend it."""

import re
from importlib import resources

_TITLE = re.compile(r"# [EWR][0-9]{3}: (.+)\n")


def titles() -> dict[str, str]:
    """Return what each code is about in a few words: errors, then warnings, then reminders."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    codes = [name.removesuffix(".md") for name in names if name.endswith(".md")]
    return {code: _title(code) for code in sorted(codes, key=_rank)}


def page(code: str) -> str:
    """Return the page of *code*, which is one of ``titles()``, in Markdown."""
    return resources.files(__package__).joinpath(f"{code}.md").read_text("utf-8")


def _title(code: str) -> str:
    found = _TITLE.match(page(code))
    return found[1] if found else code


def _rank(code: str) -> tuple[int, str]:
    return "EWR".index(code[0]), code
