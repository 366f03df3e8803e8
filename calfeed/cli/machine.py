"""A verdict for machines: a JSON object, or annotations of GitHub's workflows."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TypeAlias

from calfeed.cli.report import advice, visible
from calfeed.cli.verdict import Verdict
from calfeed.errors import Problem, Severity

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"

FORMAT = 1
"""The version of the JSON object: it grows by new names only, or gets a new number."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REMINDER: "notice"}


def as_json(verdict: Verdict) -> str:
    """Return *verdict* as one JSON object, which docs/events.md describes."""
    stated = verdict.stated
    events = [one for one in stated.statements if not one.draft] if stated else []
    counts: dict[str, Json] = {f"{name}s": count for name, count in verdict.counts.items()}
    data: Json = {
        "format": FORMAT,
        "sources": verdict.name,
        "ok": verdict.is_good,
        "counts": counts | {"fixable": verdict.mendable, "fixed": verdict.fixed},
        "stated": {
            "initiatives": len(stated.initiatives),
            "events": len(events),
            "drafts": len(stated.statements) - len(events),
            "languages": list(stated.site.languages),
        }
        if stated
        else None,
        "problems": [problem_data(problem) for problem in verdict.problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_github(verdict: Verdict, *, workspace: Path | None) -> Iterator[str]:
    """Yield a workflow command for each problem, which GitHub shows at its line of the change.

    GitHub knows files by their path in *workspace*, the folder of the repository.
    """
    for problem in verdict.problems:
        place = problem.place
        properties = {"file": _in_workspace(place.file, workspace)}
        if place.excerpt:
            properties |= {
                "line": str(place.line),
                "col": str(place.column),
                "endColumn": str(place.column + place.length),
            }
        properties["title"] = f"calfeed {problem.code}"
        named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        yield f"::{_LEVELS[problem.severity]} {named}::{_message(problem)}"


def problem_data(problem: Problem) -> Json:
    """Return *problem* as each JSON object of calfeed has it."""
    place, mend = problem.place, problem.mend
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "hint": problem.hint,
        "help": list(problem.help),
        "notes": list(problem.notes),
        "fix": {
            "line": mend.line,
            "column": mend.column,
            "length": mend.length,
            "text": mend.text,
        }
        if mend
        else None,
    }


def _in_workspace(file: str, workspace: Path | None) -> str:
    path = Path(file).absolute()
    if workspace and path.is_relative_to(workspace.absolute()):
        return PurePath(path.relative_to(workspace.absolute())).as_posix()
    return file


def _message(problem: Problem) -> str:
    head = f"{problem.message}: {problem.hint}" if problem.hint else problem.message
    return "%0A".join(_escaped(visible(line)) for line in (head, *advice(problem)))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(visible(text)).replace(":", "%3A").replace(",", "%2C")
