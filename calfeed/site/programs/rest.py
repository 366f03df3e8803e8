"""The addresses of what is no feed: what leads to the others, and files."""

from collections.abc import Iterator
from http import HTTPStatus

from calfeed import addresses
from calfeed.addresses import EMBED_SCRIPT, OEMBED
from calfeed.formats.openapi import Address, Other, Parameter, Place
from calfeed.model import Site
from calfeed.site.files import MEDIA_TYPES as OF_PICTURES
from calfeed.site.programs.feeds import BAD, NOT_FOUND
from calfeed.site.programs.parameters import changes_parameters, oembed_parameters

JSON = "application/json"
JAVASCRIPT = {"text/javascript": ""}


def directory(site: Site) -> Iterator[Address]:
    """Yield the addresses that lead to others."""
    yield Address(
        path=addresses.CATALOG,
        operation="getCatalog",
        summary="Every feed with its facts, and the address of each of its forms",
        contents={JSON: "catalog"},
        is_dated=False,
        is_file=False,
    )
    yield Address(
        path=addresses.CATALOG_OPML,
        operation="getCatalogAsOpml",
        summary="The same as OPML 2.0",
        contents={"text/x-opml": ""},
        is_dated=False,
        is_file=False,
    )
    yield Address(
        path=addresses.CHANGES,
        operation="getChanges",
        summary="All that ever changed, oldest first",
        about="Follow `next` until it is null, then keep `cursor` and ask later with `since`. "
        "A site of mere files has none.",
        contents={JSON: "changes"},
        parameters=tuple(changes_parameters()),
        others=(BAD,),
        is_dated=False,
        is_linked=False,
        is_file=False,
    )
    yield _oembed(site)
    yield Address(
        path=addresses.OPENAPI,
        operation="getDescription",
        summary="This description",
        contents={JSON: ""},
        is_dated=False,
        is_file=False,
    )


def _oembed(site: Site) -> Address:
    return Address(
        path=OEMBED,
        operation="getPreview",
        summary="How another site shows a page (oEmbed 1.0)",
        contents={JSON: "oembed"},
        parameters=tuple(oembed_parameters(site)),
        others=(
            Other(status=HTTPStatus.BAD_REQUEST, about="A parameter is wrong."),
            Other(status=HTTPStatus.NOT_FOUND, about="There is no such page."),
            Other(status=HTTPStatus.NOT_IMPLEMENTED, about="There is only JSON."),
        ),
        is_dated=False,
        is_linked=False,
        is_file=False,
    )


def files() -> Iterator[Address]:
    """Yield the addresses of files that are published as they are."""
    part = addresses.sitemap_part_path(1).replace("1", "{number}")
    number = Parameter(
        name="number",
        place=Place.PATH,
        about="Counted from 1; a sitemap that is short has no parts.",
        schema={"type": "integer", "minimum": 1, "maximum": 99999},
    )
    picture = Parameter(
        name="picture",
        place=Place.PATH,
        about="A picture, as JSON has its address.",
        schema={"type": "string", "pattern": "^[0-9a-f]{16}$"},
    )
    extension = Parameter(
        name="extension",
        place=Place.PATH,
        about="That of its kind.",
        schema={"type": "string", "enum": [*OF_PICTURES]},
    )
    sitemap = {"application/xml": ""}
    known = dict.fromkeys(OF_PICTURES.values(), "")
    yield _file(addresses.SITEMAP, "getSitemap", "Every page and when it last changed", sitemap)
    yield _file(part, "getSitemapPart", "A part of a long sitemap", sitemap, number)
    yield _file(addresses.ROBOTS, "getRobots", "What crawlers may read", {"text/plain": ""})
    media = addresses.picture_path("{picture}", "{extension}")
    yield _file(media, "getPicture", "A picture", known, picture, extension)
    yield _file(EMBED_SCRIPT, "getScript", "The script for sites that show events", JAVASCRIPT)


def _file(
    path: str, operation: str, summary: str, contents: dict[str, str], *parameters: Parameter
) -> Address:
    return Address(
        path=path,
        operation=operation,
        summary=summary,
        contents=contents,
        parameters=parameters,
        others=(NOT_FOUND,) if parameters else (),
        is_dated=False,
        is_linked=False,
        is_file=False,
    )
