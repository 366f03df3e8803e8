"""Content codings undone, up to a limit: a small body may hold a very large one."""

import zlib
from collections.abc import Callable
from types import MappingProxyType

import brotli  # type: ignore[import-untyped]  # it comes without types
import zstandard

LIMIT = 64_000_000
"""Bytes of a feed, its coding undone: far above any that a calendar takes."""

STEP = 65_536
SIP = 256
"""Bytes of zstd undone at once: its blocks may be 4 bytes and hold 128 KB."""


def decoded(body: bytes, coding: str) -> bytes | None:
    """Return *body* with the codings undone that a Content-Encoding names, the last one first.

    None where one is not known, or *body* is not in it, or holds more than `LIMIT`.
    """
    for name in reversed([one.strip().lower() for one in coding.split(",")]):
        undo = _UNDONE.get(name)
        undone = undo(body) if undo else None
        if undone is None:
            return None
        body = undone
    return body


def _as_it_is(body: bytes) -> bytes:
    return body


def _gunzip(body: bytes) -> bytes | None:
    return _inflate(body, zlib.MAX_WBITS | 16)


def _undeflate(body: bytes) -> bytes | None:
    """With its zlib frame (RFC 9110 §8.4.1.2), or bare as some have always sent it."""
    return _inflate(body, zlib.MAX_WBITS) or _inflate(body, -zlib.MAX_WBITS)


def _inflate(body: bytes, wbits: int) -> bytes | None:
    decompressor = zlib.decompressobj(wbits)
    try:
        content = decompressor.decompress(body, LIMIT + 1)
    except zlib.error:
        return None
    return content if decompressor.eof and len(content) <= LIMIT else None


def _unbrotli(body: bytes) -> bytes | None:
    decompressor = brotli.Decompressor()
    pieces, size = [], 0
    try:
        piece = decompressor.process(body, output_buffer_limit=STEP)
        while piece and size <= LIMIT:
            pieces.append(piece)
            size += len(piece)
            piece = decompressor.process(b"", output_buffer_limit=STEP)
    except brotli.error:
        return None
    return b"".join(pieces) if decompressor.is_finished() and size <= LIMIT else None


def _unzstd(body: bytes) -> bytes | None:
    decompressor = zstandard.ZstdDecompressor(max_window_size=LIMIT).decompressobj()
    pieces, size = list[bytes](), 0
    try:
        for start in range(0, len(body), SIP):
            pieces.append(decompressor.decompress(body[start : start + SIP]))
            size += len(pieces[-1])
            if decompressor.eof or size > LIMIT:
                break
    except zstandard.ZstdError:
        return None
    return b"".join(pieces) if decompressor.eof and size <= LIMIT else None


_UNDONE: MappingProxyType[str, Callable[[bytes], bytes | None]] = MappingProxyType(
    {
        "": _as_it_is,
        "identity": _as_it_is,
        "gzip": _gunzip,
        "x-gzip": _gunzip,
        "deflate": _undeflate,
        "br": _unbrotli,
        "zstd": _unzstd,
    }
)
