"""What calfeed says in each language: its own words from catalogues, dates and zones from CLDR."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    get_timezone_location,
)
from babel.messages.pofile import read_po

from calfeed.dates import When
from calfeed.model import Text, Venue

ENGLISH = "en"
LOCALES = {
    ENGLISH: "en_IE",  # day before month; "Thursday 2 December", no comma
    "pt": "pt_PT",  # as Portugal writes dates, not Brazil
}
NO_RANGES = frozenset({"lt", "mt"})
"""Of these CLDR's ranges of days are not as its dates: words are missing, or the year leads."""

REMEMBERED = 4096


class Spoken(NamedTuple):
    """A text and the language that it is really in."""

    text: str
    language: str


def choose(text: Text, language: str, otherwise: str) -> Spoken:
    """Return *text* in *language*, else in the language *otherwise*, else in its first."""
    for wanted in (language, otherwise):
        if wanted in text:
            return Spoken(text[wanted], wanted)
    first = min(text)
    return Spoken(text[first], first)


def on_one_line(text: str) -> str:
    """Return *text* with one blank for each gap."""
    return " ".join(text.split())


def say_venue(venue: Venue, language: str, otherwise: str) -> Spoken:
    """Return a place's name, address and country on one line, none said twice."""
    name = choose(venue.name, language, otherwise)
    parts = [name.text]
    if venue.address:
        parts.append(choose(venue.address, language, otherwise).text)
    if venue.country:
        parts.append(say_country(venue.country, name.language))
    return Spoken(", ".join(dict.fromkeys(map(on_one_line, parts))), name.language)


def language_of_words(language: str) -> str:
    """Return the language that calfeed speaks for *language*: itself, or English."""
    return language if catalogue(language) else ENGLISH


def say(message: str, language: str, **values: str) -> str:
    """Return the English *message* in *language*, English where no catalogue has it.

    Values are put in as they are: braces inside them mean nothing.
    """
    return catalogue(language).get(message, message).format(**values)


def message(text: str) -> str:
    """Return *text* itself: this marks what catalogues translate and `say` is handed later."""
    return text


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the translations of *language* by their English; none for a language without."""
    source = files("calfeed") / "locale" / language / "LC_MESSAGES" / "calfeed.po"
    if not source.is_file():
        return {}
    found = read_po(BytesIO(source.read_bytes()), locale=language)
    return {str(entry.id): str(entry.string) for entry in found if entry.id and entry.string}


@lru_cache(REMEMBERED)
def say_day(day: date, language: str) -> str:
    """Return *day* in full without its weekday: ``30 September 2021``."""
    return format_date(day, "long", locale=_locale(language))


@lru_cache(REMEMBERED)
def say_when(when: When, language: str, *, weekday: bool = False) -> str:
    """Return a date in full, with its hours and the city of its clocks if it has an hour.

    ``Thursday 2 December 2021, 14:30, Brussels time``. The weekday is that of a single day; a
    range has none. Dash and blanks of ranges are each language's own. No year is ever left out.
    """
    locale = _locale(language)
    if not isinstance(when.start, datetime):
        return _say_days(when.start, when.end or when.start, locale, weekday=weekday)
    day = format_date(when.start, "full" if weekday else "long", locale=locale)
    zone = say_zone(when.zone, language)
    if not isinstance(when.end, datetime):
        return f"{day}, {_say_time(when.start, locale)}, {zone}"
    if when.end.date() == when.start.date():
        return f"{day}, {_say_span(when.start.time(), when.end.time(), language)}, {zone}"
    start, end = (_say_moment(moment, locale) for moment in (when.start, when.end))
    return f"{locale.interval_formats[None].format(start, end)}, {zone}"


@lru_cache(REMEMBERED)
def say_hours(when: When, language: str) -> str:
    """Return what a date says beside its first day: ``14:30–16:30, Brussels time``.

    Of several days the whole range; of one whole day nothing.
    """
    if not isinstance(when.start, datetime):
        is_one_day = when.end is None or when.end == when.start
        return "" if is_one_day else say_when(when, language)
    locale, zone = _locale(language), say_zone(when.zone, language)
    if not isinstance(when.end, datetime):
        return f"{_say_time(when.start, locale)}, {zone}"
    if when.end.date() != when.start.date():
        return say_when(when, language)
    return f"{_say_span(when.start.time(), when.end.time(), language)}, {zone}"


@lru_cache(REMEMBERED)
def say_month(day: date, language: str) -> str:
    """Return the month of *day* as a heading has it: ``November 2021``."""
    return format_skeleton("yMMMM", day, locale=_locale(language))


@lru_cache(REMEMBERED)
def say_day_in_short(day: date, language: str) -> tuple[str, str, str]:
    """Return weekday, day and month of *day* for a leaf of a calendar: ``Tue``, ``16``, ``Nov``."""
    weekdays, months = (
        names["stand-alone"]["abbreviated"]
        for names in (_locale(language).days, _locale(language).months)
    )
    return weekdays[day.weekday()], str(day.day), months[day.month]


@cache
def say_language(code: str, language: str) -> str:
    """Return the name of the language *code*; the code where CLDR has none."""
    return str(_locale(language).languages.get(code, code))


@cache
def own_name(language: str) -> str:
    """Return what a language is called by those who speak it, as a menu has it: ``Français``."""
    name = str(Locale.parse(language).languages.get(language, language))
    return name[:1].upper() + name[1:]


@cache
def say_zone(zone: str, language: str) -> str:
    """Return whose clocks *zone*'s are, by its city: ``Brussels time``."""
    city = get_timezone_location(zone, locale=_locale(language), return_city=True)
    return city if zone == "UTC" else say("{city} time", language, city=city)


@cache
def say_country(code: str, language: str) -> str:
    """Return the name of the country of an ISO 3166 *code*; the code where CLDR has none."""
    return str(_locale(language).territories.get(code, code))


@cache
def _locale(language: str) -> Locale:
    spoken = language_of_words(language)
    return Locale.parse(LOCALES.get(spoken, spoken))


def _say_moment(moment: datetime, locale: Locale) -> str:
    return f"{format_date(moment, 'long', locale=locale)}, {_say_time(moment, locale)}"


def _say_time(moment: datetime, locale: Locale) -> str:
    return format_skeleton("Hm", moment, locale=locale)


@lru_cache(REMEMBERED)
def _say_span(start: time, end: time, language: str) -> str:
    return format_interval(start, end, "Hm", locale=_locale(language))


def _say_days(start: date, end: date, locale: Locale, *, weekday: bool) -> str:
    if start == end:
        return format_date(start, "full" if weekday else "long", locale=locale)
    if locale.language in NO_RANGES:
        days = [format_date(day, "long", locale=locale) for day in (start, end)]
        return str(locale.interval_formats[None].format(*days))
    ranges = locale.interval_formats.get("yMMMMd") or locale.interval_formats["yMMMd"]
    field = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    first, last = ranges[field]
    return format_date(start, _in_full(first), locale=locale) + format_date(
        end, _in_full(last), locale=locale
    )


def _in_full(pattern: str) -> str:
    """Return a pattern of CLDR with its month as a word, and days without a zero before them."""
    in_words = pattern if "MMMM" in pattern else re.sub(r"M+\.?", "MMMM", pattern)
    return in_words.replace("dd", "d")
