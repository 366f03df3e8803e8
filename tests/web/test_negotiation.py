"""Which answer a request's header fields get, as RFC 9110 has it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.representation import Answer, Coding, Representation, represent
from calfeed.web.negotiation import accepted_codings, choose, parse_http_date

NOON = datetime(2021, 9, 23, 12, 0, tzinfo=UTC)
NOW = (NOON + timedelta(days=1)).timestamp()
BR, ZSTD, GZIP, IDENTITY = Coding


def a_feed(
    *, compress: bool = True, status: int = 200, modified: datetime | None = NOON
) -> Representation:
    feed = represent(
        b"BEGIN:VCALENDAR\r\n" * 40,
        media_type="text/calendar",
        modified=modified,
        cache_control="max-age=300",
        compress=compress,
        status=status,
    )
    feed.prepare(Coding)
    return feed


FEED = a_feed()
TAGS = {coding: FEED.form(coding).etag.decode() for coding in Coding}


def chosen(feed: Representation, *headers: tuple[str, str], now: float = NOW) -> tuple[int, str]:
    """Return status and coding of the answer to *headers*."""
    answer = choose(
        feed, [(name.encode(), value.encode("latin-1")) for name, value in headers], now=now
    )
    assert isinstance(answer, Answer)
    etag = dict(answer.fields)[b"etag"]
    coding = next(coding for coding in Coding if feed.form(coding).etag == etag)
    return answer.status, coding


@pytest.mark.parametrize(
    ("value", "codings"),
    [
        pytest.param(None, [IDENTITY], id="no field: what all can read"),
        pytest.param("", [IDENTITY], id="an empty field: identity alone"),
        pytest.param("gzip", [GZIP, IDENTITY], id="one coding"),
        pytest.param("gzip, deflate", [GZIP, IDENTITY], id="Evolution, vdirsyncer"),
        pytest.param("gzip, deflate, br, zstd", [BR, ZSTD, GZIP, IDENTITY], id="Thunderbird"),
        pytest.param("gzip;q=1.0, br;q=0.5", [GZIP, BR, IDENTITY], id="the better quality first"),
        pytest.param("br;q=0.001", [BR, IDENTITY], id="the least quality is above identity"),
        pytest.param("identity, gzip;q=0.5", [IDENTITY, GZIP], id="identity preferred"),
        pytest.param("gzip;q=0", [IDENTITY], id="refused"),
        pytest.param("gzip;q=0.000, br", [BR, IDENTITY], id="refused with all its decimals"),
        pytest.param("gzip, identity;q=0", [GZIP], id="identity refused"),
        pytest.param("identity;q=0", [], id="nothing left"),
        pytest.param("*", [BR, ZSTD, GZIP, IDENTITY], id="any"),
        pytest.param("*;q=0", [], id="none"),
        pytest.param("gzip, *;q=0", [GZIP], id="only that"),
        pytest.param("identity;q=0.5, *;q=0", [IDENTITY], id="identity only"),
        pytest.param("br;q=0, *;q=0.5", [ZSTD, GZIP, IDENTITY], id="any but one"),
        pytest.param("*;q=0.5, gzip;q=0.1", [BR, ZSTD, IDENTITY, GZIP], id="any rather than it"),
        pytest.param("x-gzip", [GZIP, IDENTITY], id="its old name"),
        pytest.param("GZip;Q=0.5 , BR ; q=0.7", [BR, GZIP, IDENTITY], id="case and space"),
        pytest.param("gzip;q=2, br;q=0.1234, zstd;q=x", [IDENTITY], id="no qualities"),
        pytest.param("gzip;level=9", [IDENTITY], id="a parameter that is none"),
        pytest.param("gzip;q=0, gzip", [GZIP, IDENTITY], id="named twice: the better"),
        pytest.param(",, ;q=1,gzip,,", [GZIP, IDENTITY], id="empty elements"),
        pytest.param("deflate, compress, \xff", [IDENTITY], id="none that is on offer"),
    ],
)
def test_accepted_codings(value: str | None, codings: list[Coding]) -> None:
    field = None if value is None else value.encode("latin-1")

    assert list(accepted_codings(field)) == codings


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_no_accept_encoding_is_too_odd_to_be_answered(value: bytes) -> None:
    codings = accepted_codings(value)

    assert len(set(codings)) == len(codings)
    assert IDENTITY in codings or b"0" in value


def test_repeated_lines_are_one_field() -> None:
    assert chosen(FEED, ("accept-encoding", "deflate"), ("accept-encoding", "gzip")) == (200, GZIP)
    assert chosen(
        FEED, ("if-none-match", '"other"'), ("x", "y"), ("if-none-match", TAGS[IDENTITY])
    ) == (304, IDENTITY)


@pytest.mark.parametrize(
    ("accepted", "tags", "expected"),
    [
        pytest.param("gzip", TAGS[GZIP], (304, GZIP), id="the same"),
        pytest.param("gzip", f"W/{TAGS[GZIP]}", (304, GZIP), id="compared weakly"),
        pytest.param("gzip", f'"a", {TAGS[GZIP]} ,"b,c"', (304, GZIP), id="one of a list"),
        pytest.param("gzip", "*", (304, GZIP), id="any"),
        pytest.param("gzip", " * ", (304, GZIP), id="any, with space around"),
        pytest.param("gzip", TAGS[BR], (200, GZIP), id="of a form that it cannot read"),
        pytest.param("gzip", TAGS[IDENTITY], (304, IDENTITY), id="of another that it can"),
        pytest.param("gzip, identity;q=0", TAGS[IDENTITY], (200, GZIP), id="of one it refuses"),
        pytest.param(
            "gzip, br", f"{TAGS[IDENTITY]}, {TAGS[GZIP]}", (304, GZIP), id="a cache that holds two"
        ),
        pytest.param("gzip", TAGS[GZIP].strip('"'), (200, GZIP), id="without its quotes"),
        pytest.param("gzip", TAGS[GZIP].upper(), (200, GZIP), id="in capitals"),
        pytest.param("gzip", '"', (200, GZIP), id="no tag"),
        pytest.param("gzip", "", (200, GZIP), id="empty"),
    ],
)
def test_if_none_match(accepted: str, tags: str, expected: tuple[int, str]) -> None:
    assert chosen(FEED, ("accept-encoding", accepted), ("if-none-match", tags)) == expected


@pytest.mark.parametrize(
    ("since", "status"),
    [
        pytest.param("Thu, 23 Sep 2021 12:00:00 GMT", 304, id="the same second"),
        pytest.param("Thu, 23 Sep 2021 12:00:01 GMT", 304, id="later"),
        pytest.param("Thu, 23 Sep 2021 11:59:59 GMT", 200, id="earlier"),
        pytest.param("Thursday, 23-Sep-21 12:00:00 GMT", 304, id="RFC 850"),
        pytest.param("Thu Sep 23 12:00:00 2021", 304, id="asctime"),
        pytest.param("2021-09-23T12:00:00Z", 200, id="no HTTP-date: ignored"),
        pytest.param("Thu, 23 Sep 2031", 200, id="half an HTTP-date"),
        pytest.param("Thu, 23 Sep 2031 12:00:00 +0200", 200, id="not GMT"),
        pytest.param("Thu, 99 Sep 2031 12:00:00 GMT", 200, id="no such day"),
        pytest.param("", 200, id="empty"),
    ],
)
def test_if_modified_since(since: str, status: int) -> None:
    assert chosen(FEED, ("if-modified-since", since)) == (status, IDENTITY)


def test_if_none_match_goes_before_if_modified_since() -> None:
    later = ("if-modified-since", "Fri, 24 Sep 2021 12:00:00 GMT")
    earlier = ("if-modified-since", "Wed, 22 Sep 2021 12:00:00 GMT")

    assert chosen(FEED, ("if-none-match", '"other"'), later)[0] == 200
    assert chosen(FEED, ("if-none-match", TAGS[IDENTITY]), earlier)[0] == 304


def test_last_modified_is_left_out_and_not_compared_while_it_is_in_the_future() -> None:
    since = [(b"if-modified-since", b"Thu, 23 Sep 2021 12:00:00 GMT")]
    before = choose(FEED, since, now=NOON.timestamp() - 0.5)
    after = choose(FEED, since, now=NOON.timestamp())

    assert isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert (before.status, b"last-modified" in dict(before.fields)) == (200, False)
    assert (after.status, b"last-modified" in dict(after.fields)) == (304, True)


def test_what_has_no_date_is_never_told_by_date() -> None:
    undated = a_feed(modified=None)

    assert chosen(undated, ("if-modified-since", "Thu, 23 Sep 2021 12:00:00 GMT"))[0] == 200


def test_what_is_no_200_knows_no_conditions() -> None:
    answer = choose(a_feed(status=410), [(b"if-none-match", b"*")], now=NOW)

    assert isinstance(answer, Answer)
    assert answer.status == 410


def test_a_form_that_is_not_made_is_named_first() -> None:
    feed = represent(b"feed", media_type="text/calendar", modified=NOON, cache_control="no-cache")
    since = (b"if-modified-since", b"Thu, 23 Sep 2021 12:00:00 GMT")

    assert choose(feed, [(b"accept-encoding", b"gzip")], now=NOW) is GZIP
    assert choose(feed, [(b"accept-encoding", b"gzip"), since], now=NOW) is GZIP
    assert feed.codings_asked == {GZIP}


def test_what_a_client_holds_needs_no_other_form() -> None:
    feed = represent(b"feed", media_type="text/calendar", modified=NOON, cache_control="no-cache")
    held = feed.form(GZIP).etag
    answer = choose(feed, [(b"accept-encoding", b"gzip, br"), (b"if-none-match", held)], now=NOW)

    assert isinstance(answer, Answer)
    assert answer.status == 304


def test_what_is_not_compressed_is_sent_as_it_is_or_not_at_all() -> None:
    picture = a_feed(compress=False)

    assert chosen(picture, ("accept-encoding", "gzip, br")) == (200, IDENTITY)
    assert choose(picture, [(b"accept-encoding", b"gzip, identity;q=0")], now=NOW) is None


@settings(max_examples=100)
@given(st.text(max_size=40))
def test_a_date_is_read_or_ignored(text: str) -> None:
    parse_http_date(text.encode())


def test_a_date_is_read_as_utc() -> None:
    assert parse_http_date(b"Thu, 23 Sep 2021 12:00:00 GMT") == NOON.timestamp()
    assert parse_http_date(b"Thu Sep 23 12:00:00 2021") == NOON.timestamp()
    assert parse_http_date(b"Wed, 32 Sep 2021 12:00:00 GMT") is None
