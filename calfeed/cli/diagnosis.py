"""How a diagnosis is printed: what the feed is, what is wrong, how its events will be shown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from calfeed.cli.report import visible
from calfeed.doctor.answers import Answer
from calfeed.doctor.calendar.reading import Event, Reading
from calfeed.doctor.examining import Diagnosis
from calfeed.doctor.findings import Finding, Kind, Level, by_kind
from calfeed.doctor.showing import SHOWN, Case

Data = dict[str, object]

STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.HINT: "bold cyan"}
MOST_CASES = 5
MOST_EVENTS = 10
INDENT = (0, 0, 0, 4)


def print_diagnosis(diagnosis: Diagnosis, console: Console) -> None:
    """Print all of *diagnosis* on *console*."""
    console.print(Text(visible(diagnosis.visit.plain.end.url), style="bold"), soft_wrap=True)
    if diagnosis.reading and diagnosis.visit.feed:
        facts = ", ".join(_facts(diagnosis, diagnosis.reading, diagnosis.visit.feed))
        console.print(Text(visible(facts)))
    print_findings(diagnosis.findings, console)
    if diagnosis.shown:
        console.print()
        console.print(Text("How events that are off, moved or tentative will be shown", "bold"))
    for case, events in diagnosis.shown.items():
        console.print()
        _print_case(case, events, console)
    console.print()
    console.print(Text(closing(diagnosis)))


def print_findings(findings: Iterable[Finding], console: Console) -> None:
    """Print *findings* by their kinds, a blank line before each."""
    for kind, found in by_kind(findings):
        console.print()
        _print_kind(kind, found, console)


def closing(diagnosis: Diagnosis) -> str:
    """Return how many kinds of problems there are, in a line."""
    counts = [_counted(number, level) for level in Level if (number := diagnosis.count(level))]
    return f"{', '.join(counts)}." if counts else "No problems found."


def data(diagnosis: Diagnosis) -> Data:
    """Return all that is printed, and more, for a program."""
    visit, reading = diagnosis.visit, diagnosis.reading
    feed = visit.feed
    return {
        "address": visit.target.url,
        "feed": feed.url if feed else None,
        "events": len(reading.events) if reading else None,
        "bytes": len(reading.content) if reading else None,
        "etag": (feed.field("ETag") or None) if feed else None,
        "findings": [
            _kind_data(kind) | {"cases": list(map(_finding_data, found))}
            for kind, found in by_kind(diagnosis.findings)
        ],
        "shown": [
            {
                "case": case.value,
                "events": list(map(_event_data, events)),
                "clients": [
                    {"client": one.client, "how": one.how, "known": one.known.value}
                    for one in SHOWN[case]
                ],
            }
            for case, events in diagnosis.shown.items()
        ],
        "errors": diagnosis.count(Level.ERROR),
        "warnings": diagnosis.count(Level.WARNING),
        "hints": diagnosis.count(Level.HINT),
    }


def _facts(diagnosis: Diagnosis, reading: Reading, feed: Answer) -> Iterator[str]:
    events = _counted(len(reading.events), "event")
    name = _name(reading)
    yield f'{events} of "{name}"' if name else events
    coded = {name: trip.answer for name, trip in diagnosis.visit.codings.items() if trip.answer}
    sizes = [
        f"{_size(answer.body)} in {name}"
        for name, answer in coded.items()
        if answer.field("Content-Encoding").lower() == name
    ]
    yield _size(reading.content) + (f" ({', '.join(sizes)})" if sizes else "")
    etag, modified = feed.field("ETag"), feed.field("Last-Modified")
    yield f"ETag {etag}" if etag else (f"Last-Modified {modified}" if modified else "no validator")


def _name(reading: Reading) -> str:
    lines = chain.from_iterable(
        calendar.all(name) for name in ("NAME", "X-WR-CALNAME") for calendar in reading.calendars
    )
    return next((line.text for line in lines), "")


def _print_kind(kind: Kind, found: Sequence[Finding], console: Console) -> None:
    title = Text.assemble((f"{kind.level}[{kind.code}]", STYLES[kind.level]), f": {kind.title}")
    console.print(title, soft_wrap=True)
    told = [finding for finding in found if finding.line or finding.detail]
    for finding in told[:MOST_CASES]:
        console.print(_indented(Text(visible(_case(finding)), overflow="fold")))
    if len(told) > MOST_CASES:
        console.print(_indented(Text(f"and {len(told) - MOST_CASES} more")))
    advice = Table.grid(padding=(0, 1))
    advice.add_row(Text("hit:", "dim"), Text(kind.hit))
    advice.add_row(Text("do:", "dim"), Text(kind.todo))
    console.print(_indented(advice))


def _case(finding: Finding) -> str:
    column = f", column {finding.column}" if finding.column else ""
    place = f"line {finding.line}{column}" if finding.line else ""
    return ": ".join(filter(None, (place, finding.detail)))


def _print_case(case: Case, events: Sequence[Event], console: Console) -> None:
    console.print(Text(f"{case}: {_counted(len(events), 'event')}"))
    for event in events[:MOST_EVENTS]:
        console.print(_indented(Text(visible(str(event)), overflow="fold")))
    if len(events) > MOST_EVENTS:
        console.print(_indented(Text(f"and {len(events) - MOST_EVENTS} more")))
    clients = Table.grid(padding=(0, 2))
    for one in SHOWN[case]:
        clients.add_row(Text(one.client, "bold"), Text(f"{one.how} ({one.known})"))
    console.print()
    console.print(_indented(clients))


def _indented(what: Text | Table) -> Padding:
    return Padding(what, INDENT, expand=False)


def _kind_data(kind: Kind) -> Data:
    return {
        "code": kind.code,
        "level": kind.level.value,
        "title": kind.title,
        "hit": kind.hit,
        "do": kind.todo,
    }


def _finding_data(finding: Finding) -> Data:
    return {
        "detail": finding.detail,
        "line": finding.line or None,
        "column": finding.column or None,
    }


def _event_data(event: Event) -> Data:
    start = str(event.start) if event.start else None
    return {"uid": event.uid, "title": event.summary, "start": start}


def _size(body: bytes) -> str:
    return f"{len(body) / 1000:.1f} kB"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
