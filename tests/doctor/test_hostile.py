"""No bytes whatever make the doctor fall over."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from calfeed.doctor.answers import Answer, Failure, Request
from calfeed.doctor.calendar.reading import read
from calfeed.doctor.discovering import linked_feeds
from calfeed.doctor.examining import examine, of_calendar
from calfeed.doctor.runs import check, run_of
from calfeed.doctor.targets import Target, led_to
from calfeed.doctor.visiting import visit
from tests.doctor.feeds import a_feed, an_event
from tests.doctor.saying import report

NAMES = ["DTSTART", "DTEND", "RRULE", "UID", "STATUS", "TZID", "RDATE", "SEQUENCE", "CONFERENCE"]
PARAMETERS = [
    "",
    ";TZID=Europe/Brussels",
    ';TZID="../x"',
    ";VALUE=DATE",
    ';A="b;c",d',
    ";TZID=\x00",
]
VALUES = st.text(max_size=20) | st.sampled_from(
    [
        *("20310508", "20310508T140000", "00010101T000000", "99991231T235960Z", "20310230"),
        *("FREQ=YEARLY", "FREQ=SECONDLY;COUNT=0", "+0100", "-9999", "PT1H", "CANCELLED"),
    ]
)
HEADERS = ["ETag", "Location", "Content-Encoding", "Content-Type", "Last-Modified", "Date", "Vary"]
lines = st.builds(
    lambda name, parameter, value: f"{name}{parameter}:{value}",
    st.sampled_from(NAMES) | st.text(max_size=8),
    st.sampled_from(PARAMETERS),
    VALUES,
)
parts = st.sampled_from(
    [f"{end}:{name}" for end in ("BEGIN", "END") for name in ("VEVENT", "VTIMEZONE", "DAYLIGHT")]
)
feeds = st.lists(lines | parts, max_size=12).map(
    lambda inner: "\r\n".join(["BEGIN:VCALENDAR", *inner, "END:VCALENDAR"]).encode(
        "utf-8", "surrogatepass"
    )
)
spoilt = st.tuples(st.integers(0, 600), st.binary(max_size=6)).map(
    lambda change: a_feed(an_event())[: change[0]] + change[1] + a_feed(an_event())[change[0] :]
)


@given(st.binary() | feeds | spoilt, feeds)
def test_no_bytes_make_it_crash(content: bytes, again: bytes) -> None:
    reading, other = read(content), read(again)
    for finding in of_calendar(reading, other):
        assert 0 <= finding.line <= content.count(b"\n") + 1
    before, now = (run_of(one, address="", etag="") for one in (reading, other))
    assert all(check(before, now, day=date(2026, 11, 24)))


@given(
    st.lists(
        st.builds(
            lambda status, headers, body: Answer(
                url="https://town.example/a", status=status, headers=tuple(headers), body=body
            ),
            st.sampled_from([200, 200, 200, 301, 304, 404, 599]),
            st.lists(st.tuples(st.sampled_from(HEADERS), st.text(max_size=30)), max_size=4),
            st.binary(max_size=40) | feeds,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_answers_make_it_crash(answers: list[Answer]) -> None:
    waiting = iter(answers * 99)

    def ask(_: Request) -> Answer | Failure:
        return next(waiting)

    visited = visit(Target(url="https://town.example/a"), ask, lambda _: None)
    assert report(examine(visited, before=None, day=date(2026, 11, 24)))


@given(st.binary() | st.text().map(lambda text: f'<a href="{text}.ics">'.encode(errors="ignore")))
def test_no_page_makes_it_crash(page: bytes) -> None:
    for url in linked_feeds(page, "https://town.example/"):
        assert url.startswith(("http://", "https://"))


@given(st.text())
def test_no_redirect_leads_off_the_web(location: str) -> None:
    there = led_to("https://town.example/a", location)
    assert there is None or there.startswith(("http://", "https://"))
