"""Style sheets and scripts: each has its hash in its path, so it may be kept for ever."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from calfeed.addresses import embed_script_path, static_path
from calfeed.model import Initiative

NAMES = (
    "pages.css",
    "embed.css",
    "copy.js",
    "embed-generator.js",
    "embedded.js",
    "filter.js",
    "platform.js",
    "your-time.js",
)
PUBLISHED: tuple[str, ...] = ("96d9ee374890e49b",)
"""Every version of ``v1.js`` that partner sites may hold, by its hash, the newest last.

Whoever changes the script after a release keeps the former one as ``v1-{hash}.js`` beside it.
"""
MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Static:
    """One file, as it is served."""

    path: str
    body: bytes
    media_type: str


@cache
def statics() -> Mapping[str, Static]:
    """Return the files that all sites share, by name."""
    return {name: _static(name, _read(name)) for name in NAMES}


def path_of(name: str) -> str:
    """Return the path of the file *name*."""
    return statics()[name].path


@cache
def newest_embed_script() -> Static:
    """Return the script for partner sites, under the path that has this version for ever."""
    return _embed_script(_read("v1.js"))


@cache
def embed_scripts() -> Mapping[str, Static]:
    """Return every version of the script for partner sites that was ever published, by path."""
    former = (_embed_script(_read(f"v1-{one}.js")) for one in PUBLISHED[:-1])
    return {one.path: one for one in (*former, newest_embed_script())}


def colours(initiatives: Iterable[Initiative]) -> Static:
    """Return the style sheet of the initiatives' colours: style attributes are not allowed."""
    rules = (f".of-{one.slug}{{--initiative:{one.colour}}}\n" for one in initiatives if one.colour)
    return _static("site.css", "".join(rules).encode())


def _read(name: str) -> bytes:
    return (files("calfeed") / "formats" / "pages" / "static" / name).read_bytes()


def _embed_script(body: bytes) -> Static:
    path = embed_script_path(sha256(body).hexdigest())
    return Static(path=path, body=body, media_type=MEDIA_TYPES["js"])


def _static(name: str, body: bytes) -> Static:
    stem, _, extension = name.rpartition(".")
    return Static(
        path=static_path(stem, sha256(body).hexdigest(), extension),
        body=body,
        media_type=MEDIA_TYPES[extension],
    )
