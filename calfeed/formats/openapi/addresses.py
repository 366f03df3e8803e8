"""What is described: one kind of address, what a request may say there, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

Schema = Mapping[str, object]


class Place(StrEnum):
    """Where in a request a parameter stands."""

    PATH = "path"
    QUERY = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One part of an address; those in the path are always required."""

    name: str
    place: Place
    about: str
    schema: Schema
    example: object = None
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """An answer that is not what was asked for: a problem, in JSON (RFC 9457)."""

    status: HTTPStatus
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One kind of address.

    ``path`` has its parameters in braces, ``operation`` names it once among all. ``contents`` are
    the media types of its answer, each with the name of its schema, empty if it has none.
    ``is_dated``: it has Last-Modified; ``is_linked``: its Link leads to the same in other forms;
    ``is_file``: Content-Disposition names it; ``is_synced``: what changed can be had alone.
    """

    path: str
    operation: str
    summary: str
    about: str = ""
    contents: Mapping[str, str]
    parameters: tuple[Parameter, ...] = ()
    others: tuple[Other, ...] = ()
    is_dated: bool = True
    is_linked: bool = True
    is_file: bool = True
    is_synced: bool = False
