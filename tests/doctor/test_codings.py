"""Codings are undone, whatever bytes come, up to a limit."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.doctor import codings
from calfeed.doctor.codings import decoded
from calfeed.representation import Coding, encode

RAW = zlib.compress(b"a feed", wbits=-15)


@given(st.binary(max_size=300), st.sampled_from(Coding))
def test_what_was_encoded_is_decoded(body: bytes, coding: Coding) -> None:
    assert decoded(encode(body, coding), coding) == body


@given(st.binary(), st.sampled_from(["gzip", "deflate", "br", "zstd", "br, gzip", "lzma"]))
def test_no_bytes_crash(body: bytes, coding: str) -> None:
    assert decoded(body, coding) is None or len(body) > 0


@pytest.mark.parametrize(
    ("body", "coding", "content"),
    [
        (b"a feed", "", b"a feed"),
        (gzip.compress(b"a feed", mtime=0), "X-GZIP", b"a feed"),
        (gzip.compress(gzip.compress(b"a feed", mtime=0), mtime=0), "gzip, gzip", b"a feed"),
        (zlib.compress(b"a feed"), "deflate", b"a feed"),
        (RAW, "deflate", b"a feed"),
        (gzip.compress(b"a feed", mtime=0)[:-4], "gzip", None),
        (encode(b"a feed" * 99, Coding.BROTLI)[:-3], "br", None),
        (encode(b"a feed" * 99, Coding.ZSTD)[:-3], "zstd", None),
        (b"a feed", "zstd", None),
        (b"a feed", "compress", None),
    ],
)
def test_codings(body: bytes, coding: str, content: bytes | None) -> None:
    assert decoded(body, coding) == content


@pytest.mark.parametrize("coding", [Coding.GZIP, Coding.BROTLI, Coding.ZSTD])
def test_a_bomb_is_not_unfolded(monkeypatch: pytest.MonkeyPatch, coding: Coding) -> None:
    monkeypatch.setattr(codings, "LIMIT", 200_000)
    assert decoded(encode(bytes(200_000), coding), coding) is not None
    assert decoded(encode(bytes(200_001), coding), coding) is None
