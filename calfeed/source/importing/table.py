"""A table of events, as spreadsheets and other programs write it, -> entries of an events file."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import StringIO

from calfeed.errors import CalfeedError
from calfeed.source.importing.calendar import Read
from calfeed.source.importing.outcome import LEFT_OUT, PAST, Candidate, Fields, Note, Terms
from calfeed.source.importing.texts import as_markdown, one_line

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "subject", "summary", "name", "event", "titre", "titel", "betreff"),
    "start": (
        "start",
        "start date",
        "date",
        "when",
        "begin",
        "début",
        "date de début",
        "datum",
        "beginn",
        "startdatum",
        "beginnt am",
    ),
    "start time": (
        "start time",
        "time",
        "heure",
        "heure de début",
        "uhrzeit",
        "startzeit",
        "beginnt um",
    ),
    "end": ("end", "end date", "until", "fin", "date de fin", "ende", "enddatum", "endet am"),
    "end time": ("end time", "heure de fin", "endzeit", "endet um"),
    "all day": (
        "all day",
        "all day event",
        "all-day",
        "journée entière",
        "ganztägig",
        "ganztägiges ereignis",
    ),
    "place": ("place", "location", "venue", "where", "lieu", "ort"),
    "online": ("online", "link", "meeting link", "join", "lien", "besprechungslink"),
    "website": ("website", "url", "web", "site", "site web", "webseite"),
    "description": ("description", "details", "notes", "text", "beschreibung", "texte"),
    "tags": (
        "tags",
        "categories",
        "category",
        "catégories",
        "catégorie",
        "kategorien",
        "kategorie",
    ),
    "uid": ("uid", "id"),
    "private": ("private", "privé", "privat"),
}
"""The columns that are read, each by its names in English, French and German."""

_YES = {"true", "yes", "1", "x", "oui", "vrai", "ja", "wahr"}
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]([0-9]{1,2}:[0-9]{2})(?::[0-9]{2})?)?"
)
_PARTS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})(?: +(.+))?")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?::[0-9]{2})? *([ap]\.?m\.?)?", re.IGNORECASE)
MOST_ROWS = 50_000
"""How many events one table may have."""

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    values: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Return what stands in a column, nothing where there is no such column."""
        return self.values.get(column, "").strip()


class RowError(ValueError):
    """A row that is no event; says why."""


def read_table(
    data: bytes,
    terms: Terms,
    *,
    name: str,
    day_first: bool | None,
    progress: Callable[[int, int], None],
) -> Read:
    """Return the events in *data*; *day_first* says how ``5/8/2027`` is to be read, if need be.

    Raises:
        CalfeedError: it has no column for titles or dates, or dates that could be read two ways.
    """
    text, notes = _decoded(data)
    rows = _rows(text, name)
    reads_day_first = _reads_day_first(rows, day_first, name)
    candidates, known = [], 0
    for number, row in enumerate(rows, 1):
        if row.cell("uid") and row.cell("uid") in terms.uids:
            known += 1
            continue
        try:
            candidates.append(_candidate(row, terms, day_first=reads_day_first))
        except RowError as error:
            title = one_line(row.cell("title"))[:60]
            notes.append(Note(line=row.line, what=f'{error} ("{title}")', outcome=LEFT_OUT))
        progress(number, len(rows))
    wanted = [one for one in candidates if _is_wanted(one, terms)]
    past = Counter({PAST: len(candidates) - len(wanted)})
    return Read(candidates=tuple(wanted), notes=tuple(notes), known=known, skipped=+past)


def _is_wanted(candidate: Candidate, terms: Terms) -> bool:
    last = re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(candidate.fields["when"]))[-1]
    return terms.since is None or last >= str(terms.since)


def _decoded(data: bytes) -> tuple[str, list[Note]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = Note(line=1, what="the table is not saved in UTF-8", outcome="read as Windows-1252")
        return data.decode("cp1252", errors="replace"), [note]


def _rows(text: str, name: str) -> list[_Row]:
    head = text.partition("\n")[0]
    delimiter = max((";", "\t", ","), key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows: list[_Row] = []
    columns: list[str] = []
    try:
        for values in reader:
            if not columns:
                columns = _columns(values, name)
            elif any(value.strip() for value in values):
                rows.append(_Row(reader.line_num, dict(zip(columns, values, strict=False))))
    except csv.Error as error:
        raise CalfeedError(
            f"{name} cannot be read on from line {reader.line_num}: {error}\n"
            "Save it again as CSV, in UTF-8."
        ) from None
    if len(rows) > MOST_ROWS:
        raise CalfeedError(
            f"{name} has {len(rows):,} rows; {MOST_ROWS:,} are the most\nDivide it, by years say."
        )
    return rows


def _columns(head: Sequence[str], name: str) -> list[str]:
    by_name = {known: column for column, names in COLUMNS.items() for known in names}
    columns = [by_name.get(" ".join(cell.casefold().split()), "") for cell in head]
    for needed in ("title", "start"):
        if needed not in columns:
            raise CalfeedError(
                f"{name} has no column for the {needed}\n"
                f"Its first row names the columns; call one of them  {COLUMNS[needed][0]}"
            )
    return columns


def _reads_day_first(rows: Iterable[_Row], day_first: bool | None, name: str) -> bool:
    """Return whether days stand before months, as all rows of the table together say.

    Raises:
        CalfeedError: they do not say, and neither does *day_first*.
    """
    written = [
        (int(found[1]), int(found[2]))
        for row in rows
        for column in ("start", "end")
        if (found := _PARTS.match(row.cell(column)))
    ]
    if day_first is not None or not written:
        return bool(day_first)
    could = {
        True: all(month <= 12 for _, month in written),  # noqa: PLR2004 - a year's months
        False: all(month <= 12 for month, _ in written),  # noqa: PLR2004 - likewise
    }
    if could[True] != could[False]:
        return could[True]
    first = f"{written[0][0]}/{written[0][1]}"
    raise CalfeedError(
        f"{name}: nobody can tell whether {first} is the day or the month first\n"
        "Say it:  --dates day-first  or  --dates month-first"
    )


def _candidate(row: _Row, terms: Terms, *, day_first: bool) -> Candidate:
    title = one_line(row.cell("title"))[:_LONGEST_TITLE]
    if not title:
        raise RowError("no title")
    if row.cell("private").casefold() in _YES:
        raise RowError("it is marked as private")
    fields: Fields = {"title": title, "initiatives": [terms.initiative]}
    if terms.draft:
        fields["draft"] = True
    if uid := row.cell("uid"):
        fields["uid"] = uid
    fields["when"] = _when(row, day_first=day_first)
    link = row.cell("online")
    optional: Fields = {
        "place": one_line(row.cell("place")),
        "online": {"url": link} if link else "",
        "website": row.cell("website"),
        "description": as_markdown(row.cell("description")),
        "tags": [tag for part in re.split("[,;]", row.cell("tags")) if (tag := one_line(part))],
    }
    fields |= {name: value for name, value in optional.items() if value}
    return Candidate(line=row.line, title=title, fields=fields)


def _when(row: _Row, *, day_first: bool) -> str:
    """Return the date as ``when`` has it; a last day of whole days is included."""
    start, clock = _moment(row.cell("start"), row.cell("start time"), day_first=day_first)
    is_whole = row.cell("all day").casefold() in _YES
    begin = f"{start} {clock:%H:%M}" if clock and not is_whole else f"{start}"
    if not row.cell("end") and not row.cell("end time"):
        return begin
    end, until = _moment(
        row.cell("end") or row.cell("start"), row.cell("end time"), day_first=day_first
    )
    if is_whole or clock is None or until is None:
        return f"{start} to {end}" if end > start and (is_whole or clock is None) else begin
    if (end, until) <= (start, clock):
        return begin
    return f"{begin} to {until:%H:%M}" if end == start else f"{begin} to {end} {until:%H:%M}"


def _moment(written: str, clock: str, *, day_first: bool) -> tuple[date, time | None]:
    text = " ".join(written.split())
    if found := _ISO.fullmatch(text):
        year, month, day, rest = found.groups()
    elif found := _PARTS.fullmatch(text):
        one, other, year, rest = found.groups()
        day, month = (one, other) if day_first else (other, one)
    else:
        raise RowError(f"a date that is not understood: {text[:40]}" if text else "no start date")
    try:
        return date(int(year), int(month), int(day)), _clock(clock.strip() or rest or "")
    except ValueError as error:
        raise RowError(
            str(error) if isinstance(error, RowError) else f"no such day: {text}"
        ) from None


def _clock(written: str) -> time | None:
    if not written:
        return None
    found = _TIME.fullmatch(written)
    if found is None:
        raise RowError(f"a time that is not understood: {written[:40]}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if half := (found[3] or "").lower():
        hour = hour % 12 + 12 * half.startswith("p")
    try:
        return time(hour, minute)
    except ValueError:
        raise RowError(f"a time that does not exist: {written[:40]}") from None
