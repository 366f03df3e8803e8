"""What oEmbed says of a page of ours; only its address is looked at, nothing is ever fetched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import parse_qs

from calfeed.addresses import (
    ALL,
    OEMBED,
    Page,
    PagePath,
    event_page_path,
    index_page_path,
    initiative_page_path,
    page_path,
    parse_page_path,
    picture_path,
)
from calfeed.formats import oembed
from calfeed.formats.oembed import Preview, Thumbnail
from calfeed.formats.pages import Facts, in_short, subject_of
from calfeed.model import Picture, Text
from calfeed.representation import Representation, represent
from calfeed.site.caching import for_a_while
from calfeed.site.questions import Answers, problem

USUAL = {Page.EVENT: (600, 320), Page.INITIATIVE: (600, 540), Page.INDEX: (600, 540)}
"""Width and height of each embed, where the one who asks allows so much."""

EACH, AROUND = 100, 40
"""How tall an event with a label is, and the line below all: the frame cannot be scrolled."""

UNLIMITED = 999_999
"""More pixels than any screen has, and more than any digits that are read."""

LENGTH = re.compile(r"[1-9]\d{0,5}", re.ASCII)


class QueryError(Exception):
    """A query cannot be answered: with which status, and what to do."""

    def __init__(self, status: HTTPStatus, told: str) -> None:
        super().__init__(told)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a query asks for, in its normal form: of which page, and how large at most."""

    parts: PagePath
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the embed: the usual ones, or what is allowed."""
        width, height = USUAL[self.parts.page]
        return min(width, self.width), min(height, self.height)


class Previews:
    """What oEmbed says of the pages of one snapshot."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._answers = Answers()

    def heeds(self, path: str) -> bool:
        """Whether *path* is that of oEmbed."""
        return path == OEMBED

    def ask(self, path: str, query: str) -> Representation:  # noqa: ARG002 - as questions are asked
        """Return the preview that *query* asks for; a problem if there is none."""
        try:
            asked = self._parse(parse_qs(query, keep_blank_values=True))
            return self._answers.get(asked, lambda: self._answer(asked))
        except QueryError as error:
            return problem(error.status, str(error))

    def _parse(self, query: Mapping[str, list[str]]) -> Asked:
        if _only(query, "format", "json") != "json":
            told = "format: expected json, which is all that there is"
            raise QueryError(HTTPStatus.NOT_IMPLEMENTED, told)
        width, height = _length(query, "maxwidth"), _length(query, "maxheight")
        return Asked(parts=self._page(_only(query, "url", "")), width=width, height=height)

    def _page(self, address: str) -> PagePath:
        """Return which page *address* is of, in its own language or in the site's."""
        if not address:
            told = f"url: expected the address of a page, such as {self._facts.site.url}/"
            raise QueryError(HTTPStatus.BAD_REQUEST, told)
        own, path = self._facts.site.url, address.partition("#")[0]
        if not path.startswith(f"{own}/"):
            raise _not_found()
        path = path.removeprefix(own)
        parts = parse_page_path(path) or parse_page_path(f"{path}/")
        if parts is None or parts.page not in USUAL:
            raise _not_found()
        language = parts.language or self._facts.site.language
        if language not in self._facts.addressed:
            raise _not_found()
        return replace(parts, language=language)

    def _answer(self, asked: Asked) -> Representation:
        preview = self._event(asked) if asked.parts.page is Page.EVENT else self._list(asked)
        return represent(
            oembed.render(preview),
            media_type="application/json",
            modified=None,
            cache_control=for_a_while(self._facts.site),
        )

    def _event(self, asked: Asked) -> Preview:
        facts, parts = self._facts, asked.parts
        revision = facts.revision(parts.key)
        if revision is None or revision.withdrawn:
            raise _not_found()
        subject = subject_of(revision, facts, parts.day)
        if subject is None:
            raise _not_found()
        language = parts.language
        frame = PagePath(
            page=Page.EMBEDDED_EVENT, language=language, key=revision.key, day=parts.day
        )
        initiatives = [(one.slug, one.name) for one in facts.initiatives_of(revision)]
        return self._preview(
            asked,
            title=subject.details.title,
            page=event_page_path(revision.key, language, parts.day),
            frame=page_path(frame),
            by=initiatives[0] if initiatives else None,
            picture=subject.details.image,
        )

    def _list(self, asked: Asked) -> Preview:
        """Return the preview of an initiative, or of the index."""
        facts, language = self._facts, asked.parts.language
        slug = facts.snapshot.slugs.get(asked.parts.slug, asked.parts.slug)
        if not slug:
            title, page = facts.site.name, index_page_path(language)
        elif slug in facts.snapshot.feeds:
            title, page = facts.snapshot.feeds[slug].name, initiative_page_path(slug, language)
        else:
            raise _not_found()
        frame = page_path(PagePath(page=Page.EMBED, language=language, slug=slug or ALL))
        count = max(1, (asked.size[1] - AROUND) // EACH)
        return self._preview(asked, title=title, page=page, frame=f"{frame}?count={count}")

    def _preview(  # noqa: PLR0913 - each is a fact of its own, named where it is called
        self,
        asked: Asked,
        *,
        title: Text,
        page: str,
        frame: str,
        by: tuple[str, Text] | None = None,
        picture: Picture | None = None,
    ) -> Preview:
        facts, language = self._facts, asked.parts.language
        site, voice = facts.site, facts.voice(language)
        return Preview(
            title=in_short(voice.choose(title).text),
            page=site.url + page,
            frame=site.url + frame,
            size=asked.size,
            provider=(voice.choose(site.name).text, f"{site.url}/"),
            author=by
            and (voice.choose(by[1]).text, site.url + initiative_page_path(by[0], language)),
            thumbnail=_thumbnail(picture, asked, site.url),
        )


def _thumbnail(picture: Picture | None, asked: Asked, url: str) -> Thumbnail | None:
    """Return *picture* if it is known to be no larger than is asked for (oEmbed 1.0 §2.3.4)."""
    if picture is None or picture.size is None:
        return None
    width, height = picture.size
    if width > asked.width or height > asked.height:
        return None
    address = url + picture_path(picture.sha256, picture.extension)
    return Thumbnail(address=address, size=picture.size)


def _length(query: Mapping[str, list[str]], name: str) -> int:
    value = _only(query, name, str(UNLIMITED))
    if LENGTH.fullmatch(value) is None:
        told = f"{name}: expected a number of pixels from 1 to {UNLIMITED}"
        raise QueryError(HTTPStatus.BAD_REQUEST, told)
    return int(value)


def _only(query: Mapping[str, list[str]], name: str, usual: str) -> str:
    values = query.get(name, [usual])
    if len(values) > 1:
        raise QueryError(HTTPStatus.BAD_REQUEST, f"{name}: expected one value")
    return values[0]


def _not_found() -> QueryError:
    told = "url: expected a page that there is: of the site, an initiative, an event or its date"
    return QueryError(HTTPStatus.NOT_FOUND, told)
