"""Small events files for tests of what they mean, and what their editor is told of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest

from calfeed.cli.report import render
from calfeed.errors import Problem, SourceError
from calfeed.model import Event
from calfeed.source.parse import parse_sources
from calfeed.source.stated import Stated, Statement
from calfeed.source.yaml import Document, parse_document, read_document

TODAY = date(2026, 11, 23)
EXAMPLE = Path(__file__).parent / "example.yaml"

HEAD = """\
format: 1
site:
  name: Town events
  url: https://events.example.eu
  language: en
  languages: [en, fr]
  timezone: Europe/Brussels
initiatives:
  parks: {name: Parks}
  schools: {name: Schools}
"""

GARDEN_DAY = """\
title: Garden day
initiatives: [parks]
when: 2031-05-08 14:00 to 16:00
"""

SERIES = """\
title: Coffee corner
initiatives: [parks]
when: 2031-01-07 14:00 to 15:00
repeats: {every: month, by: first Tuesday, times: 4}
"""


def a_document(text: str, *, name: str = "events.yaml") -> Document:
    return parse_document(text.encode(), name=name)


def events_file(*entries: str, head: str = HEAD) -> str:
    """Return a file whose events are *entries*, each the fields of one: ``event-1`` and so on."""
    events = (
        f"  event-{number}:\n{indent(dedent(entry), '    ')}"
        for number, entry in enumerate(entries, 1)
    )
    return f"{head}events:\n{''.join(events)}" if entries else head


def stated(*texts: str, today: date = TODAY, as_of: date | None = None) -> Stated:
    documents = [
        a_document(text, name="events.yaml" if len(texts) == 1 else f"events/{number}.yaml")
        for number, text in enumerate(texts, 1)
    ]
    return parse_sources(documents, today=today, as_of=as_of)


def statement(*fields: str, today: date = TODAY) -> Statement:
    """Return the statement of the one event that has *fields*, written below one another."""
    return stated(events_file("\n".join(map(dedent, fields))), today=today).statements[0]


def event(*fields: str, today: date = TODAY) -> Event:
    return statement(*fields, today=today).event


def update(*lines: str) -> str:
    """Return the line ``updates:`` and one entry below it of *lines*; more go below that."""
    return "updates:\n" + an_update(*lines)


def an_update(*lines: str) -> str:
    return f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])


def problems(*texts: str, today: date = TODAY) -> tuple[Problem, ...]:
    """Return the problems of sources that have an error."""
    with pytest.raises(SourceError) as caught:
        stated(*texts, today=today)
    return caught.value.problems


def told(*fields: str, today: date = TODAY) -> list[str]:
    """Return the whole messages about the one event that has *fields*, as a terminal shows them."""
    return rendered(problems(events_file("\n".join(map(dedent, fields))), today=today))


def said(*texts: str, today: date = TODAY) -> list[str]:
    """Return each problem of sources with an error on one line: code, message, place."""
    return [str(problem) for problem in problems(*texts, today=today)]


def rendered(found: tuple[Problem, ...]) -> list[str]:
    return [render(problem).plain for problem in found]


def example() -> str:
    return EXAMPLE.read_text(encoding="utf-8")


def example_with(old: str, new: str) -> Iterator[str]:
    """Yield the messages about the example file with one slip in it."""
    text = example()
    assert text.count(old) == 1
    yield from messages_of(text.replace(old, new))


def messages_of(text: str) -> list[str]:
    """Return the messages about a file that stands where the example does, pictures beside it."""
    document = read_document(EXAMPLE, name="events.yaml")
    changed = Document(
        name=document.name,
        folder=document.folder,
        text=text,
        sha256=document.sha256,
        data=parse_document(text.encode(), name=document.name).data,
    )
    try:
        return rendered(parse_sources([changed], today=TODAY).problems)
    except SourceError as error:
        return rendered(error.problems)
