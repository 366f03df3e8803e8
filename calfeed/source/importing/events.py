"""One event of another calendar, with the dates of it that differ, as an events file has it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from calfeed.model import Change
from calfeed.source.importing.components import Component, Property
from calfeed.source.importing.details import Own, details_of
from calfeed.source.importing.moments import Clocks, Dated, NoDateError
from calfeed.source.importing.outcome import LEFT_OUT, Candidate, Fields, Note, Terms
from calfeed.source.importing.series import RuleError, Series, moved, series_of, single_days
from calfeed.source.importing.states import WITHDRAWN, state_of
from calfeed.source.importing.texts import one_line
from calfeed.source.writing import Written

_PRIVATE = {"PRIVATE", "CONFIDENTIAL"}
_LONGEST_TITLE = 300
_LONGEST_UID = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The calendar that events are read from, and what the import goes by."""

    clocks: Clocks
    terms: Terms
    is_own: bool


class Importing:
    """Gathers what one event, with its dates that differ, comes to."""

    def __init__(self, source: Source, group: Sequence[Component]) -> None:
        self.candidates: list[Candidate] = []
        self.notes: list[Note] = []
        self.past = 0
        self._source = source
        newest = sorted(group, key=_number, reverse=True)
        masters = [one for one in newest if one.first("RECURRENCE-ID") is None]
        self._event = (masters or newest)[0]
        self._overrides = [one for one in newest if one is not self._event]
        self._title, self._state = state_of(self._event, is_own=source.is_own)

    def run(self) -> None:
        """Read the event; whatever is wrong with it is a note."""
        title = self._title[:_LONGEST_TITLE] or "Untitled"
        self._title = title
        if reason := self._reason_to_leave_out():
            self._note(reason, LEFT_OUT)
            return
        try:
            dated = self._source.clocks.dated(self._event, keep_utc=self._repeats())
        except NoDateError as error:
            self._note(str(error), LEFT_OUT)
            return
        for doubt in dated.doubts:
            self._note(doubt, "check it")
        if self._repeats():
            self._read_series(dated)
            return
        for other in self._overrides:
            self._note("the same event stands here twice", LEFT_OUT, other.line)
        if self._is_wanted(dated.last_day):
            self._add(self._fields(dated), self._updates(dated))

    def _reason_to_leave_out(self) -> str:
        if self._event.text("CLASS").upper() in _PRIVATE:
            return "it is marked as private"
        return "it was withdrawn" if self._state == WITHDRAWN else ""

    def _repeats(self) -> bool:
        dates = (*self._event.all("RRULE"), *self._event.all("RDATE"))
        return any(one.value.strip() for one in dates)

    def _is_wanted(self, last: date) -> bool:
        since = self._source.terms.since
        is_wanted = since is None or last >= since
        self.past += not is_wanted
        return is_wanted

    def _read_series(self, dated: Dated) -> None:
        rules = [one.value for one in self._event.all("RRULE") if one.value.strip()]
        try:
            if len(rules) != 1:
                raise RuleError("dates without one rule")
            series = series_of(rules[0], dated, self._left_out(), today=self._source.terms.today)
        except RuleError as error:
            self._read_single_dates(dated, rules, str(error))
            return
        if series.is_cut:
            self._note("a series without an end", f"it ends on {series.days[-1]}")
        if not self._is_wanted(series.days[-1]):
            return
        first = series.first
        fields = {**self._fields(first), "repeats": series.repeats}
        self._add(fields, [*self._updates(first), *self._updates_of_dates(first, series)])
        self._add_dates([one for one in self._extra(dated) if one.first_day not in series.days])

    def _read_single_dates(self, dated: Dated, rules: Sequence[str], reason: str) -> None:
        try:
            days = {dated.first_day}
            for rule in rules:
                days |= set(single_days(rule, dated, today=self._source.terms.today))
        except RuleError as error:
            self._note(str(error), LEFT_OUT)
            return
        planned = [moved(dated, day) for day in sorted(days - self._left_out())]
        dates = {one.when: one for one in (*planned, *self._extra(dated))}
        self._note(reason, f"imported as {len(dates)} events, one for each date")
        self._add_dates(sorted(dates.values(), key=lambda one: one.when))

    def _add_dates(self, dates: Sequence[Dated]) -> None:
        """Add an event of its own for each of *dates*, the first one with the UID."""
        for dated in dates:
            if self._is_wanted(dated.first_day):
                self._add(self._fields(dated), self._updates(dated))

    def _left_out(self) -> set[date]:
        """Return the days that EXDATE takes out, on the clocks of the event."""
        return {one.first_day for one in self._dates_of("EXDATE")}

    def _extra(self, dated: Dated) -> list[Dated]:
        """Return the dates that RDATE adds, each as long as *dated*."""
        dates = []
        for one in self._dates_of("RDATE"):
            dates.append(dated.shifted(dated.distance_to(one)))
        return sorted(dates, key=lambda one: one.when)

    def _dates_of(self, name: str) -> Iterator[Dated]:
        clocks = self._source.clocks
        first = clocks.dated(self._event, keep_utc=True)
        for found in self._event.all(name):
            for value in filter(None, found.value.strip().split(",")):
                single = replace(found, value=value.partition("/")[0])
                event = Component(name="VEVENT", line=found.line, properties={"DTSTART": [single]})
                try:
                    yield clocks.dated(event, keep_utc=first.zone == "UTC")
                except NoDateError as error:
                    self._note(f"{name}: {error}", "it is not counted")

    def _fields(self, dated: Dated) -> Fields:
        terms = self._source.terms
        fields: Fields = {
            "title": self._by_language("SUMMARY", self._title),
            "initiatives": [terms.initiative],
        }
        if terms.draft:
            fields["draft"] = True
        if published := self._day_of("CREATED"):
            fields["published"] = published
        if self._has_uid():
            fields["uid"] = one_line(self._event.text("UID"))
            if (number := _number(self._event)) > 0:
                fields["sequence"] = number
        fields["when"] = dated.when
        if dated.zone != terms.timezone:
            fields["timezone"] = dated.zone
        own = Own(
            is_own=self._source.is_own, names=terms.own_names, is_online=self._is_moved_online()
        )
        return {**fields, **details_of(self._event, own)}

    def _is_moved_online(self) -> bool:
        return self._state == Change.MOVED_ONLINE.value

    def _has_uid(self) -> bool:
        """Whether this entry takes the UID: the first of an event that became several."""
        uid = self._event.text("UID")
        return 0 < len(uid) <= _LONGEST_UID and not self.candidates

    def _by_language(self, name: str, text: str) -> Written:
        found = self._event.first(name)
        code = found.parameters.get("LANGUAGE", "")[:2].lower() if found else ""
        terms = self._source.terms
        is_other = code in terms.languages and code != terms.language
        return {code: text} if is_other else text

    def _day_of(self, name: str) -> date | None:
        """Return the day of a moment, never one that has not come yet."""
        found = self._event.first(name)
        return self._day(found) if found else None

    def _day(self, found: Property) -> date | None:
        try:
            moment, _ = self._source.clocks.moment(found)
        except NoDateError:
            return None
        day = moment.date() if isinstance(moment, datetime) else moment
        return min(day, self._source.terms.today)

    def _announced(self, component: Component) -> date:
        days = [
            self._day(found)
            for name in ("LAST-MODIFIED", "DTSTAMP")
            if (found := component.first(name))
        ]
        told = next(filter(None, days), self._source.terms.today)
        return max(told, self._day_of("CREATED") or told)

    def _updates(self, dated: Dated) -> list[Fields]:
        """Return what the state of the whole event says happened to it."""
        if self._state in {Change.POSTPONED.value, Change.CANCELLED.value}:
            if not self._source.is_own:
                self._note(
                    f"it is {self._state}", f"imported with an update, change: {self._state}"
                )
            day = min(self._announced(self._event), dated.first_day)  # it never took place
            return [{"announced": day, "change": self._state}]
        if self._is_moved_online():
            online = details_of(self._event, Own(is_own=self._source.is_own)).get("online")
            if online:
                announced = self._announced(self._event)
                return [{"announced": announced, "change": self._state, "online": online}]
        if self._state == Change.RESCHEDULED.value:
            self._note("its title says that the date is a new one", f"imported for {dated.when}")
        return []

    def _updates_of_dates(self, dated: Dated, series: Series) -> list[Fields]:
        updates = []
        seen = set[object]()
        for override in self._overrides:
            update = self._update_of(override, dated, series)
            if update and update["occurrence"] not in seen:
                seen.add(update["occurrence"])
                updates.append(update)
        return sorted(updates, key=lambda one: (str(one["announced"]), str(one["occurrence"])))

    def _update_of(self, override: Component, dated: Dated, series: Series) -> Fields | None:
        """Return what differs on one date of a series; None if nothing does that can be said."""
        found = override.first("RECURRENCE-ID")
        if found is None:
            self._note("the same event stands here twice", LEFT_OUT, override.line)
            return None
        if found.parameters.get("RANGE"):
            self._note("it changes all later dates", "imported for its own date alone", found.line)
        original = Component(name="VEVENT", line=found.line, properties={"DTSTART": [found]})
        keep_utc = dated.zone == "UTC"
        try:
            day = self._source.clocks.dated(original, keep_utc=keep_utc).first_day
            given_date = self._source.clocks.dated(override, keep_utc=keep_utc)
        except NoDateError as error:
            self._note(str(error), LEFT_OUT, override.line)
            return None
        if day not in series.days:
            self._note(f"{day} is no date of the series", LEFT_OUT, override.line)
            return None
        change, given = self._difference(override, given_date, moved(dated, day))
        if not change:
            return None
        update: Fields = {"announced": self._announced(override), "occurrence": day}
        return {**update, "change": change, **given}

    def _difference(self, override: Component, now: Dated, planned: Dated) -> tuple[str, Fields]:
        title, state = state_of(override, is_own=self._source.is_own)
        if state in {Change.POSTPONED.value, Change.CANCELLED.value}:
            return ("" if state == self._state else state), {}
        own = Own(is_own=self._source.is_own, names=self._source.terms.own_names)
        was, given_now = (details_of(one, own) for one in (self._event, override))
        given: Fields = {
            name: given_now[name]
            for name in ("place", "online")
            if name in given_now and given_now[name] != was.get(name)
        }
        if title and title != self._title:
            given["title"] = title[:_LONGEST_TITLE]
        if (now.when, now.zone) != (planned.when, planned.zone):
            zone: Fields = {"timezone": now.zone} if now.zone != planned.zone else {}
            return Change.RESCHEDULED.value, {"when": now.when, **zone, **given}
        return (Change.CORRECTED.value if given else ""), given

    def _add(self, fields: Fields, updates: Sequence[Fields]) -> None:
        if updates:
            fields["updates"] = list(updates)
            first = str(updates[0]["announced"])
            if "published" in fields and str(fields["published"]) > first:
                del fields["published"]
        self.candidates.append(Candidate(line=self._event.line, title=self._title, fields=fields))

    def _note(self, what: str, outcome: str, line: int = 0) -> None:
        said = f'{what} ("{self._title[:60]}")'
        self.notes.append(Note(line=line or self._event.line, what=said, outcome=outcome))


def _number(component: Component) -> int:
    """Return SEQUENCE, 0 where it has none."""
    written = component.text("SEQUENCE")
    is_number = written.isascii() and written.isdigit() and len(written) < len("2147483647")
    return int(written) if is_number else 0
