"""What stands in addresses and queries: limits and names are those that the code has."""

from collections.abc import Iterator
from itertools import product

from calfeed import addresses
from calfeed.addresses import Show
from calfeed.addresses.grammar import SLUG
from calfeed.formats.openapi import Parameter, Place, Schema
from calfeed.model import Site
from calfeed.site import changes, choosing
from calfeed.site.oembed import UNLIMITED
from calfeed.site.parameters import MOST_VALUES
from calfeed.states import Status


def query_parameters() -> Iterator[Parameter]:
    """Yield what a query of a listing may say."""
    day = {"type": "string", "format": "date"}
    yield _asked("from", "Only what is not over before this day, or waits for a date.", day)
    yield _asked("to", "Only what begins on this day or earlier.", day)
    yield _asked(
        "status",
        "Only what has one of these states.",
        _several({"type": "string", "enum": [one.value for one in Status]}),
    )
    tag = {"type": "string", "minLength": 1, "maxLength": choosing.LONGEST_TAG}
    yield _asked("tag", "Only what has one of these tags.", _several(tag))
    yield _asked(
        "limit",
        "How many events one answer has at most.",
        {"type": "integer", "minimum": 1, "maximum": choosing.MOST, "default": choosing.MOST},
    )
    yield _asked(
        "cursor",
        "Where to go on. It is a part of `next`, and nothing to make oneself.",
        {"type": "string", "maxLength": choosing.LONGEST_CURSOR},
    )


def changes_parameters() -> Iterator[Parameter]:
    """Yield what a query of the change log may say."""
    yield _asked(
        "since",
        "The `cursor` of the last answer; without it all is told from the beginning.",
        {"type": "string"},
    )
    yield _asked(
        "limit",
        "How many rows one answer has at most.",
        {"type": "integer", "minimum": 1, "maximum": changes.MOST, "default": changes.USUAL},
    )


def oembed_parameters(site: Site) -> Iterator[Parameter]:
    """Yield what a query of oEmbed may say."""
    yield Parameter(
        name="url",
        place=Place.QUERY,
        about="The address of a page: of the site, of an initiative, of an event or of its date.",
        schema={"type": "string", "format": "uri"},
        example=f"{site.url}/",
        is_required=True,
    )
    pixels = {"type": "integer", "minimum": 1, "maximum": UNLIMITED}
    yield _asked("maxwidth", "How many pixels wide it may be.", pixels)
    yield _asked("maxheight", "How many pixels tall it may be.", pixels)
    yield _asked("format", "There is only JSON.", {"type": "string", "enum": ["json"]})


def _several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_VALUES}


def _asked(name: str, about: str, schema: Schema) -> Parameter:
    return Parameter(name=name, place=Place.QUERY, about=about, schema=schema)


def named(name: str, about: str, example: str) -> Parameter:
    """Return what stands for a slug or a key, with an *example* unless that is empty."""
    schema = {"type": "string", "pattern": f"^{SLUG}$"}
    return Parameter(
        name=name, place=Place.PATH, about=about, schema=schema, example=example or None
    )


def in_language(site: Site) -> Parameter:
    """Return what stands for one of the languages of *site*."""
    schema = {"type": "string", "enum": [*site.languages]}
    return Parameter(name="language", place=Place.PATH, about="A language.", schema=schema)


def a_variant(variants: list[str]) -> Parameter:
    """Return what stands for one of *variants*."""
    schema = {"type": "string", "enum": variants}
    return Parameter(name="variant", place=Place.PATH, about="A variant.", schema=schema)


def variants_of_feeds(site: Site) -> list[str]:
    """Return every variant of a calendar of *site*, as its path has it."""
    made = (
        addresses.feed_path("", language=language, show=show, utc=utc)
        for language, show, utc in product(("", *site.languages), Show, (False, True))
    )
    return _written(made, addresses.feed_path(""))


def variants_of_events(site: Site) -> list[str]:
    """Return every variant of the calendar of one event."""
    made = (
        addresses.event_feed_path("", language=language, show=show)
        for language, show in product(("", *site.languages), (Show.STRUCK, Show.VISIBLE))
    )
    return _written(made, addresses.event_feed_path(""))


def _written(paths: Iterator[str], plain: str) -> list[str]:
    """Return what stands between the name and the ending in *paths*, but for the *plain* one."""
    before, _, after = plain.rpartition(".")
    return [path[len(before) + 1 : -len(after) - 1] for path in paths if path != plain]
