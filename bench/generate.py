"""Writes events files of any size for the benchmark: the same bytes for the same size."""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

INITIATIVES = 50
FIRST_DAY = date(2027, 1, 4)
DAYS = 1000
"""The events lie ahead, on this many days from the first one."""

SITE = """\
format: 1

site:
  name: Generated events
  url: https://bench.example.eu
  language: en
  languages: [en, fr, de, el]
  timezone: Europe/Brussels
  keep_past: forever

initiatives:
"""

INITIATIVE = """\
  initiative-{number}:
    name: Initiative number {number}
    url: https://initiative-{number}.example.eu
    colour: "#0e47cb"
    summary: {{en: Cities of number {number} at work, fr: Les villes du numéro {number} au travail}}
"""

EVENT = """\
  event-{number}:
    title:
      en: Workshop {number} on local green deals
      fr: Atelier {number} sur les pactes verts locaux
      el: Εργαστήριο {number} για τις πράσινες συμφωνίες
    initiatives: [initiative-{initiative}]
    published: 2026-09-01
    when: {day} {hour:02}:30 to {end:02}:00
    place: {{name: Town hall {number}, address: "Main street {number}, 1000 Brussels", country: BE}}
    website: https://www.local-green-deals.example.eu/workshops/{number}
"""

SUMMARY = """\
    summary:
      en: Mayors and businesses draft their local green deal in a morning.
      de: Städte und Unternehmen entwerfen ihren lokalen Grünen Deal.
"""

SERIES = """\
    repeats: {{every: week, times: 12}}
    online: {{url: "https://meet.example.eu/{number}", label: Join the workshop}}
    summary: Mayors and businesses draft their local green deal in a morning.
"""

POSTPONED = """\
    summary: Mayors and businesses draft their local green deal in a morning.
    updates:
      - announced: 2026-10-05
        change: postponed
        notice: A new date will be announced here.
"""


def generate(folder: Path, *, events: int, files: int = 1) -> Path:
    """Write *events* to *folder*, and return what ``calfeed serve`` takes: a file or the folder.

    With one file it holds all; with more the site has a file of its own beside them.
    """
    folder.mkdir(parents=True)
    head = SITE + "".join(INITIATIVE.format(number=number) for number in range(INITIATIVES))
    written = [event(number, events) for number in range(events)]
    if files == 1:
        whole = folder / "events.yaml"
        whole.write_text(head + "\nevents:\n" + "\n".join(written))
        return whole
    (folder / "site.yaml").write_text(head)
    for number, part in enumerate(parts(written, files)):
        name = folder / f"events-{number:04}.yaml"
        name.write_text("format: 1\n\nevents:\n" + "\n".join(part))
    return folder


def event(number: int, events: int) -> str:
    """Return one event of *events*: of ten, one is a series and one is postponed."""
    fields = {
        "number": number,
        "initiative": initiative_of(number, events),
        "day": FIRST_DAY + timedelta(days=number % DAYS),
        "hour": 8 + number % 9,
        "end": 10 + number % 9,
    }
    rest = {3: SERIES, 7: POSTPONED}.get(number % 10, SUMMARY)
    return (EVENT + rest).format(**fields)


def initiative_of(number: int, events: int) -> int:
    """Return whose event it is: the shares grow evenly, so that there are feeds of all sizes."""
    shares = list(accumulate(range(1, INITIATIVES + 1)))
    place = number * shares[-1] // events
    return next(slot for slot, end in enumerate(shares) if place < end)


def parts(written: list[str], files: int) -> Iterator[list[str]]:
    """Yield *written* in *files* parts of one length, the last ones shorter or left out."""
    length = -(-len(written) // files)
    for start in range(0, len(written), length):
        yield written[start : start + length]


def main() -> None:
    """Write an events file, or a folder of them, of the size that is asked for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, help="a folder to make")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--files", type=int, default=1)
    asked = parser.parse_args()
    print(generate(asked.folder, events=asked.events, files=asked.files))


if __name__ == "__main__":
    main()
