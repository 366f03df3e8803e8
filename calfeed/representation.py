"""Bytes with a media type and all that HTTP says of them: each form is made once and kept."""

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import formatdate
from enum import StrEnum
from http import HTTPStatus
from threading import Lock
from types import MappingProxyType
from typing import TypeAlias

import brotli  # type: ignore[import-untyped]  # it comes without types
import zstandard

Fields: TypeAlias = tuple[tuple[bytes, bytes], ...]

POLICY = "default-src 'none'; frame-ancestors 'none'"
"""The Content-Security-Policy of all that is no page: it loads nothing and stands in no frame."""

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
ON_ALL: Mapping[str, str] = MappingProxyType(
    {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Last-Modified, Link",
        "content-security-policy": POLICY,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
)
"""What every answer has, whatever it is."""

TOKEN = re.compile(r"[\w.+-]+", re.ASCII)
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class Coding(StrEnum):
    """A content coding (RFC 9110 §8.4.1), the most compact first."""

    BROTLI = "br"
    ZSTD = "zstd"
    GZIP = "gzip"
    IDENTITY = "identity"


def encode(body: bytes, coding: Coding) -> bytes:
    """Return *body* in *coding*; the same body gives the same bytes, with no time in them.

    The levels are where, on feeds, one more step costs much and saves under 3 %.
    """
    match coding:
        case Coding.BROTLI:
            compressed: bytes = brotli.compress(body, quality=7)
            return compressed
        case Coding.ZSTD:
            return zstandard.ZstdCompressor(level=12).compress(body)
        case Coding.GZIP:
            return zlib.compress(body, 6, wbits=31)  # 31: a gzip frame, its MTIME 0
        case _:
            return body


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One response, ready to be sent.

    ``start`` and ``message`` are ASGI's two messages, ``head`` the same start as HTTP/1.1 writes
    it, without Date and without the empty line that ends it.
    """

    status: int
    fields: Fields
    body: bytes = b""
    start: dict[str, object] = field(init=False)
    message: dict[str, object] = field(init=False)
    head: bytes = field(init=False)

    def __post_init__(self) -> None:
        start = {"type": "http.response.start", "status": self.status, "headers": self.fields}
        message = {"type": "http.response.body", "body": self.body}
        status = f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n".encode()
        lines = [name + b": " + value + b"\r\n" for name, value in self.fields]
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "head", status + b"".join(lines))


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A representation in one coding: its bytes, their strong ETag, and its answers.

    Two pairs of answers, whole and 304: ``dated`` have Last-Modified, ``undated`` have not.
    """

    body: bytes
    etag: bytes
    dated: tuple[Answer, Answer]
    undated: tuple[Answer, Answer]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Representation:
    """Bytes with a media type, and every answer that HTTP can give with them.

    Immutable as seen from outside. Its forms are made when first asked for, once each, whatever
    the number of threads that ask; ``modified`` is in seconds since 1970, None where unknown.
    ``translations`` are what Accept-Language chooses from instead (RFC 9110 §12.5.4), by language;
    this one is for those who ask for none of them. ``heeds_query``: it is what there is without a
    query; with one there may be something else.
    """

    status: int
    body: bytes
    compress: bool
    modified: int | None
    kept: Fields
    whole: Fields
    translations: "Mapping[str, Representation]"
    heeds_query: bool
    _forms: dict[Coding, Form] = field(default_factory=dict, init=False)
    _asked: set[Coding] = field(default_factory=set, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    @property
    def etag(self) -> str:
        """The ETag of the bytes as they are, in its quotes."""
        return self.form(Coding.IDENTITY).etag.decode()

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings that it can be sent in, the most compact first."""
        return tuple(Coding) if self.compress else (Coding.IDENTITY,)

    @property
    def codings_asked(self) -> frozenset[Coding]:
        """The codings that requests chose so far: what its successor should have ready."""
        return frozenset(self._asked)

    def coded(self, coding: Coding) -> bytes:
        """Return its bytes in *coding*, as they are sent and as the static export writes them."""
        return self.form(coding).body

    def prepare(self, codings: Iterable[Coding]) -> None:
        """Make its forms in those of *codings* that it can have, before they are asked for."""
        for coding in codings:
            if coding in self.codings:
                self.form(coding)

    def made(self, coding: Coding) -> Form | None:
        """Return its form in *coding* if it was made already; None where that would be work."""
        return self._forms.get(coding)

    def form(self, coding: Coding) -> Form:
        """Return its form in *coding*; the first call makes it, and others wait for that."""
        form = self._forms.get(coding)
        if form is None:
            with self._lock:
                form = self._forms.get(coding) or self._make(coding)
                self._forms[coding] = form
        return form

    def note_asked(self, coding: Coding) -> None:
        """Remember that a request chose *coding*."""
        if coding not in self._asked:
            self._asked.add(coding)

    def _make(self, coding: Coding) -> Form:
        body = encode(self.body, coding)
        etag = b'"%s"' % hashlib.sha256(body).hexdigest()[:32].encode()
        kept, whole = self.kept, (*self.whole, (b"content-length", b"%d" % len(body)))
        if coding is not Coding.IDENTITY:
            whole = (*whole, (b"content-encoding", coding.encode()))
        if self.status == HTTPStatus.OK:  # the others are nothing to keep and ask about again
            kept = (*kept, (b"etag", etag))
        undated = self._answers(body, kept, whole)
        if self.modified is None:
            return Form(body, etag, undated, undated)
        date = (b"last-modified", formatdate(self.modified, usegmt=True).encode())
        return Form(body, etag, self._answers(body, (*kept, date), whole), undated)

    def _answers(self, body: bytes, kept: Fields, whole: Fields) -> tuple[Answer, Answer]:
        unchanged = Answer(HTTPStatus.NOT_MODIFIED, kept)
        if self.status == HTTPStatus.NOT_MODIFIED:  # it was never to be sent whole
            return unchanged, unchanged
        return Answer(self.status, kept + whole, body), unchanged


NO_TRANSLATIONS: Mapping[str, Representation] = MappingProxyType({})


def represent(  # noqa: PLR0913 - each is a fact of its own, named where it is called
    body: bytes,
    *,
    media_type: str,
    modified: datetime | None,
    cache_control: str,
    filename: str | None = None,
    links: tuple[str, ...] = (),
    compress: bool = True,
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] = NO_HEADERS,
    translations: Mapping[str, Representation] = NO_TRANSLATIONS,
    heeds_query: bool = False,
) -> Representation:
    """Return the representation that *body* is, with its header fields.

    *links* are whole Link values, ``<https://…>; rel="alternate"``; *filename* is what a browser
    saves it as; *headers* come on top of the fields that all have, or in their place. A
    *modified* is aware, and counts in whole seconds.

    Raises:
        ValueError: a header field cannot hold its value, or *modified* has no zone.
    """
    if modified is not None and modified.tzinfo is None:
        raise ValueError(f"modified has no time zone: {modified.isoformat()}")
    kept = {"cache-control": cache_control, **ON_ALL}
    if compress:
        kept["vary"] = "Accept-Encoding"
    kept |= {name.lower(): value for name, value in headers.items()}
    return Representation(
        status=status,
        body=body,
        compress=compress,
        modified=None if modified is None else int(modified.timestamp()),
        kept=_fields(kept),
        whole=_fields(_of_whole(media_type, filename, links)),
        translations=translations,
        heeds_query=heeds_query,
    )


def _of_whole(media_type: str, filename: str | None, links: tuple[str, ...]) -> Mapping[str, str]:
    """Return the fields that only an answer with its body has."""
    whole = {"content-type": media_type}
    if filename is not None:
        whole["content-disposition"] = _disposition(filename)
    if links:
        whole["link"] = ", ".join(links)
    return whole


def _disposition(filename: str) -> str:
    if TOKEN.fullmatch(filename) is None:
        raise ValueError(f"no name for a file: {filename!r}")
    return f'inline; filename="{filename}"'


def _fields(headers: Mapping[str, str]) -> Fields:
    fields = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in headers.items())
    for name, value in fields:
        if CONTROL.search(value) or TOKEN.fullmatch(name.decode()) is None:
            raise ValueError(f"no header field: {name!r}: {value!r}")
    return fields
