"""What a representation says of its bytes, and that its forms are made once."""

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import brotli  # type: ignore[import-untyped]  # it comes without types
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.representation import Answer, Coding, Representation, encode, represent

NOON = datetime(2021, 9, 23, 12, 0, tzinfo=UTC)
FEED = b"BEGIN:VCALENDAR\r\n" * 40
DECODE = {
    Coding.IDENTITY: bytes,
    Coding.GZIP: gzip.decompress,
    Coding.BROTLI: brotli.decompress,
    Coding.ZSTD: zstandard.ZstdDecompressor().decompress,
}


def a_representation(
    body: bytes = FEED,
    *,
    modified: datetime | None = NOON,
    compress: bool = True,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Representation:
    return represent(
        body,
        media_type="text/calendar; charset=utf-8",
        modified=modified,
        cache_control="public, max-age=300",
        filename="living-in-eu.ics",
        links=('<https://events.example.eu/en/>; rel="alternate"', "</feed>; rel=self"),
        compress=compress,
        status=status,
        headers=headers or {},
    )


def fields_of(answer: Answer) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in answer.fields}


def test_a_whole_answer_says_all_that_http_needs() -> None:
    representation = a_representation()
    form = representation.form(Coding.IDENTITY)

    assert fields_of(form.dated[0]) == {
        "cache-control": "public, max-age=300",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Last-Modified, Link",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "vary": "Accept-Encoding",
        "etag": representation.etag,
        "last-modified": "Thu, 23 Sep 2021 12:00:00 GMT",
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="living-in-eu.ics"',
        "link": '<https://events.example.eu/en/>; rel="alternate", </feed>; rel=self',
        "content-length": str(len(FEED)),
    }


def test_a_304_has_no_field_of_the_body_but_all_that_a_cache_and_a_script_need() -> None:
    whole, unchanged = a_representation().form(Coding.GZIP).dated

    assert unchanged.status == 304
    assert unchanged.body == b""
    assert fields_of(whole).keys() - fields_of(unchanged).keys() == {
        "content-type",
        "content-disposition",
        "content-encoding",
        "content-length",
        "link",
    }
    assert fields_of(unchanged).items() <= fields_of(whole).items()


def test_the_messages_and_the_head_of_an_answer_say_the_same() -> None:
    answer = Answer(200, ((b"etag", b'"a"'), (b"vary", b"Accept-Encoding")), b"body")

    assert answer.start == {
        "type": "http.response.start",
        "status": 200,
        "headers": ((b"etag", b'"a"'), (b"vary", b"Accept-Encoding")),
    }
    assert answer.message == {"type": "http.response.body", "body": b"body"}
    assert answer.head == b'HTTP/1.1 200 OK\r\netag: "a"\r\nvary: Accept-Encoding\r\n'


def test_undated_answers_differ_in_last_modified_alone() -> None:
    form = a_representation().form(Coding.BROTLI)

    for dated, undated in zip(form.dated, form.undated, strict=True):
        named = fields_of(dated)
        assert named.pop("last-modified")
        assert named == fields_of(undated)


def test_what_has_no_date_has_no_last_modified() -> None:
    form = a_representation(modified=None).form(Coding.IDENTITY)

    assert "last-modified" not in fields_of(form.dated[0])


def test_modified_counts_in_whole_seconds_of_utc() -> None:
    moment = datetime(2021, 9, 23, 14, 0, 0, 999999, tzinfo=timezone(timedelta(hours=2)))

    assert a_representation(modified=moment).modified == NOON.timestamp()


def test_each_coding_has_its_own_strong_etag() -> None:
    representation = a_representation()
    etags = {representation.form(coding).etag for coding in Coding}

    assert len(etags) == len(Coding)
    assert all(etag.startswith(b'"') and etag.endswith(b'"') for etag in etags)


@pytest.mark.parametrize("coding", list(Coding))
def test_a_form_says_its_coding_and_its_length(coding: Coding) -> None:
    answer = a_representation().form(coding).dated[0]
    named = fields_of(answer)

    assert named.get("content-encoding") == (None if coding is Coding.IDENTITY else coding)
    assert named["content-length"] == str(len(answer.body))


@settings(max_examples=30)
@given(st.binary(max_size=2000), st.sampled_from(Coding))
def test_a_decoded_form_is_the_body_and_equal_bodies_have_equal_forms(
    body: bytes, coding: Coding
) -> None:
    representation = a_representation(body)

    assert DECODE[coding](representation.coded(coding)) == body
    assert representation.coded(coding) == a_representation(body).coded(coding)
    assert representation.form(coding).etag == a_representation(body).form(coding).etag


@settings(max_examples=30)
@given(st.binary(max_size=200), st.binary(max_size=200), st.sampled_from(Coding))
def test_etags_are_equal_only_where_bytes_are(one: bytes, other: bytes, coding: Coding) -> None:
    etags = {a_representation(body).form(coding).etag for body in (one, other)}

    assert (len(etags) == 1) == (one == other)


def test_gzip_holds_no_time_and_no_name() -> None:
    compressed = encode(FEED, Coding.GZIP)

    assert compressed[:4] == b"\x1f\x8b\x08\x00"  # no flags: so no name
    assert compressed[4:8] == bytes(4)
    assert zlib.decompress(compressed, wbits=31) == FEED


def test_a_form_is_made_once_whoever_asks() -> None:
    representation = a_representation(FEED * 100)
    together = Barrier(8)

    def ask(_: int) -> int:
        together.wait()
        return id(representation.form(Coding.BROTLI))

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(ask, range(8)))) == 1


def test_nothing_is_coded_before_it_is_asked_for() -> None:
    representation = a_representation()
    representation.prepare([Coding.GZIP])

    assert representation.made(Coding.GZIP) is not None
    assert representation.made(Coding.BROTLI) is None


def test_a_successor_prepares_what_was_asked() -> None:
    before, after = a_representation(), a_representation(b"moved")
    before.prepare([Coding.ZSTD])
    before.note_asked(Coding.GZIP)
    before.note_asked(Coding.GZIP)
    after.prepare(before.codings_asked)

    assert before.codings_asked == {Coding.GZIP}
    assert after.made(Coding.GZIP) is not None
    assert after.made(Coding.ZSTD) is None


def test_what_is_not_to_be_compressed_has_one_form_and_does_not_vary() -> None:
    picture = a_representation(b"\x89PNG", compress=False)
    picture.prepare(Coding)

    assert picture.codings == (Coding.IDENTITY,)
    assert picture.made(Coding.GZIP) is None
    assert "vary" not in fields_of(picture.form(Coding.IDENTITY).dated[0])


def test_what_is_no_200_has_no_etag() -> None:
    gone = a_representation(b"This calendar has ended.\n", status=410)
    answer = gone.form(Coding.IDENTITY).dated[0]

    assert answer.status == 410
    assert "etag" not in fields_of(answer)
    assert answer.head.startswith(b"HTTP/1.1 410 Gone\r\n")


def test_headers_come_on_top_or_in_the_place_of_those_that_all_have() -> None:
    named = fields_of(
        a_representation(headers={"Content-Security-Policy": "sandbox", "X-Robots-Tag": "noindex"})
        .form(Coding.IDENTITY)
        .dated[0]
    )

    assert named["content-security-policy"] == "sandbox"
    assert named["x-robots-tag"] == "noindex"


@pytest.mark.parametrize(
    ("filename", "headers"),
    [
        pytest.param('a".ics', {}, id="a quote in a file name"),
        pytest.param("a b.ics", {}, id="a space in a file name"),
        pytest.param("feed.ics", {"x": "a\r\nset-cookie: b"}, id="a line break in a value"),
        pytest.param("feed.ics", {"x": "é"}, id="a letter that is not ASCII"),
        pytest.param("feed.ics", {"x:": "a"}, id="a colon in a name"),
    ],
)
def test_a_field_that_would_break_the_head_is_refused(
    filename: str, headers: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"no name for a file|no header field|ascii"):
        represent(
            FEED,
            media_type="text/calendar",
            modified=NOON,
            cache_control="no-store",
            filename=filename,
            headers=headers,
        )


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="modified has no time zone: 2021-09-23T12:00:00"):
        a_representation(modified=NOON.replace(tzinfo=None))


def test_a_file_name_may_be_left_out() -> None:
    plain = represent(b"", media_type="text/plain", modified=None, cache_control="no-store")

    assert (
        fields_of(plain.form(Coding.IDENTITY).dated[0])
        .keys()
        .isdisjoint({"content-disposition", "link"})
    )
