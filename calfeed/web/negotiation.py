"""Which answer of a representation a request's header fields ask for (RFC 9110 §§12 and 13)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus

from calfeed.representation import Answer, Coding, Form, Representation

Headers = Sequence[tuple[bytes, bytes]]
"""A request's header fields as ASGI gives them: names in lower case, a repeated one repeated."""

READ = frozenset({b"accept-encoding", b"accept-language", b"if-modified-since", b"if-none-match"})
ENTITY_TAG = re.compile(rb'"[\x21\x23-\x7e\x80-\xff]*"')
QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
HTTP_DATE = re.compile(
    r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"
    r"|\w{6,9}, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT"
    r"|\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}",
    re.ASCII,
)
"""IMF-fixdate and the two obsolete forms that RFC 9110 §5.6.7 wants read."""

LAST_RESORT = 0.0001
"""What identity is worth where it is not named: less than any quality that can be written."""


def choose(
    representation: Representation, headers: Headers, *, now: float
) -> Answer | Coding | None:
    """Return the answer to a GET or HEAD with *headers* at *now*, in seconds since 1970.

    Or the coding of the form that has to be made first; None if no form is acceptable. A client
    that holds an acceptable form is told so, even if another is smaller. Last-Modified is left
    out while it is in the future: nobody may see it later than Date (RFC 9110 §8.8.2.1).
    """
    fields = _joined(headers)
    codings = accepted_codings(fields.get(b"accept-encoding"))
    if not representation.compress:
        codings = tuple(coding for coding in codings if coding is Coding.IDENTITY)
    if not codings:
        return None
    preferred = codings[0]
    representation.note_asked(preferred)
    is_dated = representation.modified is None or representation.modified <= now
    held = _held(representation, codings, fields, is_dated)
    form = held or representation.made(preferred)
    if form is None:
        return preferred
    whole, unchanged = form.dated if is_dated else form.undated
    return whole if held is None else unchanged


@lru_cache(maxsize=64)
def accepted_codings(value: bytes | None) -> tuple[Coding, ...]:
    """Return the codings that *value*, an Accept-Encoding, allows: the best first.

    Without the field only identity, which all can read. Identity stays allowed until it is
    refused; an element that cannot be read allows nothing; of equals the most compact is first.
    """
    if value is None:
        return (Coding.IDENTITY,)
    qualities = _qualities(value.decode("latin-1").lower())
    rest = qualities.get("*", 0.0)
    identity = rest if "*" in qualities else LAST_RESORT
    worth = {
        coding: qualities.get(coding, identity if coding is Coding.IDENTITY else rest)
        for coding in Coding
    }
    return tuple(sorted(filter(worth.get, Coding), key=worth.__getitem__, reverse=True))


def prefers(headers: Headers) -> bool:
    """Whether *headers* have a Prefer (RFC 7240), which what is ready does not look at."""
    return b"prefer" in dict(headers)


def in_language(representation: Representation, headers: Headers) -> Representation:
    """Return *representation* in the language that Accept-Language likes best, if it has several.

    By lookup (RFC 4647 §3.4): a range that has no match is tried without its last subtag.
    """
    if not representation.translations:
        return representation
    wanted = accepted_languages(_joined(headers).get(b"accept-language", b""))
    ranges = (shorter for one in wanted for shorter in _shortened(one))
    found = next((one for one in ranges if one in representation.translations), None)
    return representation if found is None else representation.translations[found]


@lru_cache(maxsize=256)
def accepted_languages(value: bytes) -> tuple[str, ...]:
    """Return the language ranges of *value*, an Accept-Language: the best first, none refused."""
    qualities = _qualities(value.decode("latin-1").lower())
    return tuple(sorted(filter(qualities.get, qualities), key=qualities.__getitem__, reverse=True))


def parse_http_date(value: bytes) -> float | None:
    """Return the seconds since 1970 that *value* names; None if it is no HTTP-date."""
    text = value.decode("latin-1").strip()
    if HTTP_DATE.fullmatch(text) is None:
        return None
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _shortened(range_: str) -> Iterator[str]:
    """Yield ``de-at``, then ``de``."""
    while range_:
        yield range_
        range_ = range_.rpartition("-")[0]


def _joined(headers: Headers) -> Mapping[bytes, bytes]:
    """Return *headers* by name, repeated lines of those that are read joined (RFC 9110 §5.3)."""
    fields = dict(headers)
    if len(fields) < len(headers):
        for name in fields.keys() & READ:
            fields[name] = b", ".join(value for other, value in headers if other == name)
    return fields


def _held(
    representation: Representation,
    codings: tuple[Coding, ...],
    fields: Mapping[bytes, bytes],
    is_dated: bool,
) -> Form | None:
    """Return the form that the client holds and may go on using; None if it needs the bytes."""
    if representation.status != HTTPStatus.OK:
        return None  # RFC 9110 §13.2.1: conditions are of what would be a 200
    tags = fields.get(b"if-none-match")
    if tags is not None:
        forms = filter(None, map(representation.made, codings))
        return next((form for form in forms if _names(tags, form.etag)), None)
    since = fields.get(b"if-modified-since")
    if since is None or representation.modified is None or not is_dated:
        return None
    date = parse_http_date(since)
    is_newer = date is None or representation.modified > date
    return None if is_newer else representation.made(codings[0])


def _names(tags: bytes, etag: bytes) -> bool:
    """Return whether If-None-Match *tags* name *etag*, compared weakly: a W/ does not count."""
    return tags == etag or tags.strip() == b"*" or etag in ENTITY_TAG.findall(tags)


def _qualities(value: str) -> dict[str, float]:
    """Return the quality of each element that *value* names, the best where it is named twice."""
    qualities: dict[str, float] = {}
    for element in "".join(value.split()).split(","):
        name, _, weight = element.partition(";")
        found = QUALITY.fullmatch(weight or "q=1")
        if name and found:
            name = name.removeprefix("x-")  # x-gzip is gzip: RFC 9110 §8.4.1.3
            qualities[name] = max(qualities.get(name, 0.0), float(found[1]))
    return qualities
