"""The paths of what other programs read beside calendars: one form of a feed, or of one event."""

import re
from dataclasses import dataclass
from enum import StrEnum

from calfeed.addresses.grammar import LANGUAGE, SLUG

CATALOG = "/feeds/catalog.json"
CATALOG_OPML = "/feeds/catalog.opml"
SITEMAP = "/sitemap.xml"
CHANGES = "/api/changes"
OPENAPI = "/openapi.json"

_SITEMAP_PART = re.compile(r"/sitemap-([1-9]\d{0,4})\.xml", re.ASCII)


class Form(StrEnum):
    """How a feed, or the news of what changed in it, is written, as its address ends."""

    LISTING = "json"
    JCAL = "jcal.json"
    FULLCALENDAR = "fullcalendar.json"
    ATOM = "changes.atom"
    JSON_FEED = "changes.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPath:
    """The parts of the path of a feed in one form: of an initiative's, or of one event's.

    ``language`` is that of a form that has one text for each thing, empty for the site's own.
    """

    form: Form
    slug: str = ""
    key: str = ""
    language: str = ""


_PATTERNS = (
    re.compile(
        rf"/feeds/(?P<slug>{SLUG})"
        r"\.(?P<form>json|jcal\.json|fullcalendar\.json|changes\.atom|changes\.json)"
    ),
    re.compile(rf"/feeds/(?P<slug>{SLUG})\.(?P<language>{LANGUAGE})\.(?P<form>fullcalendar\.json)"),
    re.compile(rf"/events/(?P<key>{SLUG})\.(?P<form>json)"),
)


def form_path(parts: FormPath) -> str:
    """Return the path that has these *parts*."""
    stem = f"/events/{parts.key}" if parts.key else f"/feeds/{parts.slug}"
    language = f".{parts.language}" if parts.language else ""
    return f"{stem}{language}.{parts.form}"


def sitemap_part_path(number: int) -> str:
    """Return the path of one part of a sitemap that has several, counted from 1."""
    return f"/sitemap-{number}.xml"


def parse_sitemap_part(path: str) -> int | None:
    """Return the number of the part at *path*; None if it is of none."""
    found = _SITEMAP_PART.fullmatch(path)
    return int(found[1]) if found else None


def listing_path(slug: str) -> str:
    """Return the path of an initiative's events as JSON."""
    return form_path(FormPath(form=Form.LISTING, slug=slug))


def event_listing_path(key: str) -> str:
    """Return the path of one event as JSON."""
    return form_path(FormPath(form=Form.LISTING, key=key))


def parse_form_path(path: str) -> FormPath | None:
    """Return the parts of the path of a feed in one form; None if it is none."""
    for pattern in _PATTERNS:
        if path != CATALOG and (found := pattern.fullmatch(path)):
            parts = found.groupdict()
            return FormPath(
                form=Form(parts["form"]),
                slug=parts.get("slug") or "",
                key=parts.get("key") or "",
                language=parts.get("language") or "",
            )
    return None
