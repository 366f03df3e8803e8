"""Requests and what came of them, as values: nothing here asks anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TypeAlias

from calfeed.doctor.codings import decoded

Headers: TypeAlias = tuple[tuple[str, str], ...]


class Trouble(StrEnum):
    """Why there is no answer at all."""

    NO_SUCH_HOST = "no such host"
    NOBODY_ANSWERS = "nobody answers"
    CERTIFICATE = "certificate"
    TOO_SLOW = "too slow"
    NO_HTTP = "no HTTP"
    TOO_LARGE = "too large"
    CUT_OFF = "cut off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it is sent: nothing is added to ``headers`` but Host and Connection."""

    url: str
    method: str = "GET"
    headers: Headers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it came: the body is as it was sent, in its coding."""

    url: str
    status: int
    headers: Headers = ()
    body: bytes = b""

    def field(self, name: str) -> str:
        """Return the field of that name, repeated ones joined (RFC 9110 §5.3); empty if none."""
        return ", ".join(value for field, value in self.headers if field.lower() == name.lower())

    @property
    def has_calendar(self) -> bool:
        """Whether it is what a subscriber hopes for: 200, and a body that begins as one."""
        return self.status == HTTPStatus.OK and is_calendar(self.content or b"")

    @property
    def content(self) -> bytes | None:
        """The body with its coding undone; None where that cannot be done."""
        return decoded(self.body, self.field("Content-Encoding"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No answer: why, and what the machine said of it."""

    url: str
    trouble: Trouble
    detail: str = ""


Ask: TypeAlias = Callable[[Request], Answer | Failure]
"""Sends one request, follows nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A request with the redirects that it was led through.

    ``refused`` says why the last redirect was not followed; empty when none was left.
    """

    hops: tuple[Answer, ...] = ()
    end: Answer | Failure
    refused: str = ""

    @property
    def answer(self) -> Answer | None:
        """The answer at its end, if there is one."""
        return self.end if isinstance(self.end, Answer) else None


def is_calendar(content: bytes) -> bool:
    """Whether *content* begins as a calendar, a byte order mark and blanks before it or not."""
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:15].upper() == b"BEGIN:VCALENDAR"


def is_web_page(content: bytes) -> bool:
    """Whether *content* begins as HTML does."""
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--"))
