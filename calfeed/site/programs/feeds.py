"""The addresses of feeds and of single events, in every form and variant."""

from collections.abc import Iterator
from http import HTTPStatus

from calfeed import addresses
from calfeed.addresses import Form, FormPath
from calfeed.formats.openapi import Address, Other, Parameter
from calfeed.forms import CALENDAR, MEDIA_TYPES, TITLES
from calfeed.model import Site
from calfeed.site.programs.parameters import (
    a_variant,
    in_language,
    query_parameters,
    variants_of_events,
    variants_of_feeds,
)

NOT_FOUND = Other(status=HTTPStatus.NOT_FOUND, about="There is nothing, and there never was.")
ENDED = Other(status=HTTPStatus.GONE, about="This calendar has ended: do not ask again.")
OVER = Other(status=HTTPStatus.GONE, about="This feed has ended: do not ask again.")
BAD = Other(
    status=HTTPStatus.BAD_REQUEST,
    about="A known parameter has a value that it cannot have. Unknown ones are ignored.",
)
WHOLE = (
    "All of it where no parameter is given; otherwise some events at a time, and `next` is the "
    "address of those that follow, until it is null."
)


def calendars(site: Site, slug: Parameter, key: Parameter) -> Iterator[Address]:
    """Yield the addresses of calendars in all variants."""
    contents = {CALENDAR: ""}
    yield Address(
        path=addresses.feed_path("{initiative}"),
        operation="getCalendar",
        summary="The calendar of an initiative, in the site's language",
        contents=contents,
        parameters=(slug,),
        others=(NOT_FOUND, ENDED),
        is_synced=True,
    )
    yield Address(
        path=addresses.feed_path("{initiative}.{variant}"),
        operation="getCalendarVariant",
        summary="A variant of an initiative's calendar",
        about="Its parts, each of which may be left out: a language; `visible`, where what is off "
        "is marked by its title alone, or `active`, where it is left out; `utc`, without time "
        "zones, for readers that know none.",
        contents=contents,
        parameters=(slug, a_variant(variants_of_feeds(site))),
        others=(NOT_FOUND, ENDED),
        is_synced=True,
    )
    yield Address(
        path=addresses.event_feed_path("{event}"),
        operation="getEventCalendar",
        summary="A calendar of one event, in the site's language",
        contents=contents,
        parameters=(key,),
        others=(NOT_FOUND,),
    )
    yield Address(
        path=addresses.event_feed_path("{event}.{variant}"),
        operation="getEventCalendarVariant",
        summary="A variant of one event's calendar",
        contents=contents,
        parameters=(key, a_variant(variants_of_events(site))),
        others=(NOT_FOUND,),
    )


def listings(slug: Parameter, key: Parameter) -> Iterator[Address]:
    """Yield the addresses of events as JSON."""
    contents = {MEDIA_TYPES[Form.LISTING]: "listing"}
    queried = tuple(query_parameters())
    yield Address(
        path=addresses.listing_path("{initiative}"),
        operation="getEvents",
        summary="The events of an initiative, in all languages",
        about=WHOLE,
        contents=contents,
        parameters=(slug, *queried),
        others=(BAD, NOT_FOUND, OVER),
    )
    yield Address(
        path=addresses.event_listing_path("{event}"),
        operation="getEvent",
        summary="One event, in the shape that several have",
        contents=contents,
        parameters=(key, *queried),
        others=(BAD, NOT_FOUND),
    )


def forms(site: Site, slug: Parameter) -> Iterator[Address]:
    """Yield the addresses of what libraries read."""
    yield Address(
        path=addresses.form_path(FormPath(form=Form.JCAL, slug="{initiative}")),
        operation="getJcal",
        summary="The calendar of an initiative as jCal (RFC 7265)",
        contents={MEDIA_TYPES[Form.JCAL]: "jcal"},
        parameters=(slug,),
        others=(NOT_FOUND, OVER),
    )
    for language in ("", "{language}"):
        path = FormPath(form=Form.FULLCALENDAR, slug="{initiative}", language=language)
        yield Address(
            path=addresses.form_path(path),
            operation="getFullCalendarIn" if language else "getFullCalendar",
            summary="An event source of FullCalendar, in "
            + ("a language of the site" if language else "the site's language"),
            about="The `start`, `end` and `timeZone` that FullCalendar sends are ignored: "
            "there is one answer, with all dates.",
            contents={MEDIA_TYPES[Form.FULLCALENDAR]: "fullcalendar"},
            parameters=(slug, in_language(site)) if language else (slug,),
            others=(NOT_FOUND, OVER),
        )


def news(slug: Parameter) -> Iterator[Address]:
    """Yield the addresses of what changed lately."""
    for form, operation, schema in (
        (Form.ATOM, "getNewsAsAtom", ""),
        (Form.JSON_FEED, "getNewsAsJsonFeed", "jsonfeed"),
    ):
        yield Address(
            path=addresses.form_path(FormPath(form=form, slug="{initiative}")),
            operation=operation,
            summary=f"What changed lately, as {TITLES[form]}, in the site's language",
            contents={MEDIA_TYPES[form]: schema},
            parameters=(slug,),
            others=(NOT_FOUND, OVER),
        )
