"""What people read of one row of the change log: a title, what happened, both dates, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from calfeed.changelog import WORDS, Entry
from calfeed.ledger.told import Kind
from calfeed.markup import as_html, as_plain_text
from calfeed.model import Change, Site, Standing, Text, Update
from calfeed.states import say_state
from calfeed.words import choose, message, on_one_line, say, say_day, say_when

BEGINS = {Kind.NEW, Kind.JOINED}
CHANGES = {Kind.DATED: Change.RESCHEDULED, Kind.RETURNED: Change.REINSTATED}
TAKEN_OUT = message("Taken out of this calendar on {day}.")
SAYS_NO_DATE = {Change.MOVED_ONLINE, Change.RELOCATED, Change.REINSTATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A title, sentences for a paragraph each, and the editor's notice in Markdown, if any."""

    title: str
    sentences: tuple[str, ...]
    notice: str = ""

    @property
    def html(self) -> str:
        """All but the title, as HTML that is safe anywhere."""
        said = [f"<p>{escape(one, quote=False)}</p>" for one in self.sentences]
        return "\n".join([*said, *([as_html(self.notice, below=2)] if self.notice else [])])

    @property
    def text(self) -> str:
        """All but the title, as plain text."""
        return "\n\n".join([*self.sentences, *filter(None, [as_plain_text(self.notice)])])


def tell(entry: Entry, site: Site) -> Telling:
    """Return what *entry*, which is news, says in the language of *site*, by its clocks."""
    return _Teller(entry, site).tell()


@dataclass(frozen=True, slots=True)
class _Teller:
    entry: Entry
    site: Site

    def tell(self) -> Telling:
        row, notice = self.entry.row, self.entry.notice
        return Telling(
            title=self._say(
                "{change}: {fact}",
                change=self._say(WORDS[row.kind]),
                fact=on_one_line(self._choose(row.title)),
            ),
            sentences=tuple(self._sentences()),
            notice=self._choose(notice) if notice else "",
        )

    def _sentences(self) -> Iterator[str]:
        entry, when = self.entry, self.entry.when
        if entry.onwards and entry.occurrence:
            yield self._say("From {day} onwards", day=say_day(entry.occurrence, self.site.language))
            when = None
        if entry.row.kind in BEGINS:
            yield (
                self._say("Announced for {date}", date=self._date)
                if when
                else self._say("Announced")
            )
            return
        if entry.row.kind is Kind.WITHDRAWN:
            yield self._state(Standing(), withdrawn=self._day)
            return
        if entry.row.kind is Kind.LEFT:
            day = say_day(self._day, self.site.language)
            yield self._say(TAKEN_OUT, day=day)
            if when:
                yield self._date
            return
        change = CHANGES.get(entry.row.kind) or Change(entry.row.kind.value)
        reason = Update(announced=self._day, change=change)
        is_off = change in {Change.POSTPONED, Change.CANCELLED}
        old = (entry.was,) if entry.was else ()
        yield self._state(Standing(off=change if is_off else None, old=old, reason=reason))
        if change in SAYS_NO_DATE and when and not old:
            yield self._date

    def _state(self, standing: Standing, withdrawn: date | None = None) -> str:
        entry = self.entry
        return say_state(
            standing,
            self.site.language,
            when=None if entry.onwards else entry.when,
            place=self._place,
            withdrawn=withdrawn,
        )

    @property
    def _place(self) -> str:
        """The place that the row gave, else the present one."""
        given, place = self.entry.row.given.get("place"), self.entry.revision.event.details.place
        name = given["name"] if given else place.name if place else None
        return on_one_line(self._choose(name)) if name else ""

    @property
    def _day(self) -> date:
        """The day on which it was announced, or told: a withdrawal, a difference."""
        announced = self.entry.row.given.get("announced")
        if announced:
            return date.fromisoformat(announced)
        return self.entry.row.dated.astimezone(ZoneInfo(self.site.timezone)).date()

    @property
    def _date(self) -> str:
        return (
            say_when(self.entry.when, self.site.language, weekday=True) if self.entry.when else ""
        )

    def _choose(self, text: Text) -> str:
        return choose(text, self.site.language, self.site.language).text

    def _say(self, message: str, **values: str) -> str:
        return say(message, self.site.language, **values)
