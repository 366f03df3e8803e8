"""What would be told, for programs: one JSON object, whose names stay."""

import json
from dataclasses import asdict

from calfeed.cli.difference.report import Entry, Mark, Report
from calfeed.cli.machine import problem_data

_WORDS = {Mark.WITHDRAWN: "withdrawn", Mark.CHANGED: "changed", Mark.NEW: "new"}


def as_json(report: Report) -> str:
    """Return *report* as one JSON object."""
    data = {
        "against": report.against,
        "events": [_entry(entry) for entry in report.entries],
        "settings": [asdict(setting) for setting in report.settings],
        "calendars": [asdict(feed) for feed in report.feeds],
        "warnings": [problem_data(problem) for problem in report.warnings],
        "notes": list(report.notes),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "event": entry.key,
        "uid": entry.uid,
        "what": _WORDS[entry.mark],
        "title": entry.title,
        "head": entry.turn.head,
        "said": list(entry.turn.said),
        "sequence": {"before": entry.was, "after": entry.becomes},
        "calendars": [asdict(feed) for feed in entry.feeds],
        "joins": [asdict(feed) for feed in entry.joins],
        "leaves": [asdict(feed) for feed in entry.leaves],
        "properties": [
            {
                "recurrence_id": change.component or None,
                "name": change.name,
                "before": list(change.before),
                "after": list(change.after),
            }
            for change in entry.properties
        ],
    }
