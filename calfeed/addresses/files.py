"""The paths of pictures and of the files that pages are made of, and each path as a file."""

import re

PICTURE_PATTERN = re.compile(r"/media/(?P<name>[0-9a-f]{16})\.(?P<extension>[a-z]+)")
STATIC_PATTERN = re.compile(r"/static/(?P<file>[a-z0-9-]+-[0-9a-f]{16}\.(?:css|js|svg))")
ROBOTS = "/robots.txt"
EMBED_SCRIPT = "/embed/v1.js"
EMBED_SCRIPT_PATTERN = re.compile(r"/embed/v1-(?P<hash>[0-9a-f]{16})\.js")
OEMBED = "/oembed"
INDEX = "index.html"
"""The file that a static host shows of a folder."""


def picture_path(sha256: str, extension: str) -> str:
    """Return the path of a picture: 16 hex digits of its hash name it."""
    return f"/media/{sha256[:16]}.{extension}"


def static_path(name: str, sha256: str, extension: str) -> str:
    """Return the path of a style sheet or script; other bytes have another one."""
    return f"/static/{name}-{sha256[:16]}.{extension}"


def embed_script_path(sha256: str) -> str:
    """Return the path of one version of the script for partner sites, which never changes."""
    return f"/embed/v1-{sha256[:16]}.js"


def file_of(path: str) -> str:
    """Return the file, below the root of a static host, that is shown at *path*."""
    return path.removeprefix("/") + (INDEX if path.endswith("/") else "")
