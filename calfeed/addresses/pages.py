"""The paths of pages for people: what each is of, in a language or in none."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from calfeed.addresses.grammar import ALL, LANGUAGE, SLUG


class Page(StrEnum):
    """What a page shows."""

    INDEX = "index"
    COMING = "coming"
    PAST = "past"
    FEEDS = "feeds"
    DEVELOPERS = "developers"
    INITIATIVE = "initiative"
    EVENT = "event"
    DATES = "dates"
    EMBED = "embed"
    EMBEDDED_EVENT = "embedded-event"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePath:
    """The parts of a page's path.

    ``language`` is empty for the address that names none. ``slug`` is an initiative's (of lists
    also empty, for all events), ``key`` an event's, ``day`` the original day of one date of a
    series. ``number`` counts the pages of a list from 1, that of all dates of a series, too; of
    coming events the first stands on the index or the initiative's page.
    """

    page: Page
    language: str = ""
    slug: str = ""
    key: str = ""
    day: date | None = None
    number: int = 1


_DAY = r"\d{4}-\d{2}-\d{2}"
_NUMBER = r"(?:[2-9]|[1-9]\d{1,4})"
_PATTERNS = {
    Page.INDEX: rf"/(?:(?P<language>{LANGUAGE})/)?",
    Page.FEEDS: rf"/(?P<language>{LANGUAGE})/feeds/",
    Page.DEVELOPERS: rf"(?:/(?P<language>{LANGUAGE}))?/developers/",
    Page.EVENT: rf"(?:/(?P<language>{LANGUAGE}))?/events/(?P<key>{SLUG})/(?:(?P<day>{_DAY})/)?",
    Page.DATES: (
        rf"/(?P<language>{LANGUAGE})/events/(?P<key>{SLUG})/all/(?:(?P<number>{_NUMBER})/)?"
    ),
    Page.EMBEDDED_EVENT: (
        rf"/embed/(?P<language>{LANGUAGE})/events/(?P<key>{SLUG})/(?:(?P<day>{_DAY})/)?"
    ),
    Page.EMBED: rf"/embed/(?P<language>{LANGUAGE})/(?P<slug>{SLUG})/",
    Page.PAST: rf"/(?P<language>{LANGUAGE})/(?:(?P<slug>{SLUG})/)?past/(?:(?P<number>{_NUMBER})/)?",
    Page.COMING: rf"/(?P<language>{LANGUAGE})/(?:(?P<slug>{SLUG})/)?all/(?P<number>{_NUMBER})/",
    Page.MISSING: rf"/(?:(?P<language>{LANGUAGE})/)?404\.html",
    Page.INITIATIVE: rf"(?:/(?P<language>{LANGUAGE}))?/(?P<slug>{SLUG})/",
}
_FORMS = {
    Page.INDEX: "{language}/",
    Page.FEEDS: "{language}/feeds/",
    Page.DEVELOPERS: "{language}/developers/",
    Page.EVENT: "{language}/events/{key}/{day}",
    Page.DATES: "{language}/events/{key}/all/{number}",
    Page.EMBEDDED_EVENT: "/embed{language}/events/{key}/{day}",
    Page.EMBED: "/embed{language}/{slug}/",
    Page.PAST: "{of}/past/{number}",
    Page.COMING: "{of}/{all}{number}",
    Page.MISSING: "{language}/404.html",
    Page.INITIATIVE: "{language}/{slug}/",
}
_COMPILED = {page: re.compile(pattern) for page, pattern in _PATTERNS.items()}
_NO_SLUGS = frozenset(
    {ALL, "api", "developers", "embed", "events", "feeds", "media", "past", "static"}
)
_EVENT_AT_END = re.compile(rf"/{LANGUAGE}/events/(?P<key>{SLUG})/\Z")


def page_path(parts: PagePath) -> str:
    """Return the path that has these *parts*."""
    language = _in(parts.language)
    return _FORMS[parts.page].format(
        language=language,
        of=f"{language}/{parts.slug}" if parts.slug else language,
        slug=parts.slug,
        key=parts.key,
        day=_dated(parts.day),
        number=f"{parts.number}/" if parts.number > 1 else "",
        all="all/" if parts.number > 1 else "",
    )


def parse_page_path(path: str) -> PagePath | None:
    """Return the parts of a page's path; None if it is none. Existence is not looked at."""
    for page, pattern in _COMPILED.items():
        if found := pattern.fullmatch(path):
            return _parts(page, found.groupdict())
    return None


def is_for_people(path: str) -> bool:
    """Whether *path* looks like a page's: who asks for it reads the answer."""
    return "." not in path.rpartition("/")[2]


def missing_page_path(path: str) -> str:
    """Return where it says that there is nothing at *path*, in the language that it begins with."""
    found = re.match(rf"/({LANGUAGE})/", path)
    return page_path(PagePath(page=Page.MISSING, language=found[1] if found else ""))


def event_page_path(key: str, language: str, day: date | None = None) -> str:
    """Return the path of an event's page in *language*, or of one date of a series."""
    return _FORMS[Page.EVENT].format(language=_in(language), key=key, day=_dated(day))


def key_of_page(path: str) -> str:
    """Return the key of the event whose page *path* ends with; empty if it does with none."""
    found = _EVENT_AT_END.search(path)
    return found["key"] if found else ""


def initiative_page_path(slug: str, language: str) -> str:
    """Return the path of an initiative's page in *language*."""
    return _FORMS[Page.INITIATIVE].format(language=_in(language), slug=slug)


def index_page_path(language: str) -> str:
    """Return the path of the index in *language*."""
    return page_path(PagePath(page=Page.INDEX, language=language))


def _in(language: str) -> str:
    return f"/{language}" if language else ""


def _dated(day: date | None) -> str:
    return f"{day.isoformat()}/" if day else ""


def _parts(page: Page, found: dict[str, str | None]) -> PagePath | None:
    slug, day = found.get("slug") or "", _day(found.get("day"))
    if (slug in _NO_SLUGS and not (page is Page.EMBED and slug == ALL)) or day is _NO_DAY:
        return None
    return PagePath(
        page=page,
        language=found.get("language") or "",
        slug=slug,
        key=found.get("key") or "",
        day=day,
        number=int(found.get("number") or 1),
    )


_NO_DAY = date.min


def _day(written: str | None) -> date | None:
    """Return the day as written; None where there is none, `_NO_DAY` for a day that is none."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return _NO_DAY
