"""What stands in feeds and should not, one thing at a time, and all that the doctor says of it."""

from collections.abc import Callable, Sequence

from calfeed.doctor.calendar.reading import read
from calfeed.doctor.examining import of_calendar
from calfeed.doctor.findings import Finding
from tests.doctor.feeds import BEGIN, BRUSSELS, a_feed, an_event
from tests.doctor.saying import findings

FOLDED = a_feed(an_event("DESCRIPTION:Ça va")).replace("Ç".encode(), b"\xc3\r\n \x87")
WINDOWS = "W. Europe Standard Time"
LISTED = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Brussels",
    "BEGIN:STANDARD",
    "DTSTART:20300101T000000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0100",
    "RDATE:20301027T030000,20311026T030000,none",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:20300331T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RDATE:20300331T020000,20310330T020000",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def zoned(name: str = "Europe/Brussels", **changes: str) -> list[str]:
    """Return the VTIMEZONE of Brussels with other values, by names of properties."""
    values = {"TZID": name, **changes}
    return [
        f"{one}:{values.get(one, rest)}" for one, _, rest in (x.partition(":") for x in BRUSSELS)
    ]


def in_zone(
    zone: str, *, start: str = "20310508T140000", end: str = "20310508T160000"
) -> list[str]:
    return an_event(f"DTSTART;TZID={zone}:{start}", f"DTEND;TZID={zone}:{end}")


def all_day(start: str, end: str) -> list[str]:
    return an_event(f"DTSTART;VALUE=DATE:{start}", f"DTEND;VALUE=DATE:{end}")


def a_series(recurrence: str, *lines: str) -> bytes:
    master = an_event("RRULE:FREQ=WEEKLY;COUNT=3")
    return a_feed(master, an_event(recurrence, *lines))


FEEDS: dict[str, bytes] = {
    "nothing is wrong": a_feed(),
    "a byte order mark": b"\xef\xbb\xbf" + a_feed(),
    "Latin-1": a_feed(an_event("SUMMARY:été")).replace("é".encode(), b"\xe9"),
    "a fold inside a character": FOLDED,
    "a control character": a_feed(an_event("SUMMARY:Garden\x0bday")),
    "LF": a_feed().replace(b"\r\n", b"\n"),
    "no line end at the end": a_feed().removesuffix(b"\r\n"),
    "blank lines": a_feed().replace(b"END:VEVENT", b"\r\n\r\nEND:VEVENT"),
    "a long line": a_feed(an_event(f"DESCRIPTION:{'long ' * 30}")),
    "a raw line break": a_feed(an_event("SUMMARY:Garden\r\nday")),
    "a line without a name": a_feed(an_event(":what?")),
    "a line that begins with a parameter": a_feed(an_event('X;A="b:c')),
    "cut off": a_feed()[:-40],
    "cut off at once": b"BEGIN:VCALENDAR",
    "an END of nothing": a_feed(an_event(parts=["END:VALARM"])),
    "no END of an alarm": a_feed(an_event(parts=["BEGIN:VALARM", "ACTION:AUDIO"])),
    "an event outside": a_feed() + b"X:1\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n",
    "deeper and deeper": a_feed(an_event(parts=["BEGIN:X"] * 20 + ["END:X"] * 20)),
    "no PRODID": a_feed(head=(BEGIN[0], BEGIN[1], *BEGIN[3:])),
    "neither PRODID nor VERSION": a_feed(head=(BEGIN[0], *BEGIN[3:])),
    "VERSION:1.0": a_feed(head=(BEGIN[0], "VERSION:1.0", *BEGIN[2:])),
    "METHOD": a_feed(head=(*BEGIN, "METHOD:PUBLISH")),
    "a UID of the calendar": a_feed(head=(*BEGIN, "UID:calendar@town.example")),
    "no event": a_feed([], zones=()),
    "no interval": a_feed(head=BEGIN[:-1]),
    "an interval that is none": a_feed(head=(*BEGIN, "X-PUBLISHED-TTL:daily")),
    "an interval of nothing": a_feed(head=(*BEGIN, "X-PUBLISHED-TTL:PT0S")),
    "two calendars": a_feed() + a_feed(an_event("UID:b", "SUMMARY:Another")),
    "no UID": a_feed(an_event(without=["UID"])),
    "no DTSTAMP": a_feed(an_event(without=["DTSTAMP"])),
    "no DTSTART": a_feed(an_event(without=["DTSTART"]), zones=()),
    "POSTPONED": a_feed(an_event("STATUS:POSTPONED")),
    "two STATUS": a_feed(an_event("STATUS:CONFIRMED", "STATUS:CONFIRMED")),
    "a SEQUENCE that is no number": a_feed(an_event("SEQUENCE:one")),
    "a rule that is none": a_feed(an_event("RRULE:FREQ=OFTEN")),
    "a URL that is none": a_feed(an_event("URL:http://[")),
    "a period that ends before it begins": a_feed(
        an_event("DTEND;VALUE=PERIOD:20310508T140000Z/20300508T140000Z")
    ),
    "words that are to be a number": a_feed(an_event("CATEGORIES;VALUE=FLOAT:parks")),
    "no SEQUENCE": a_feed(an_event(without=["SEQUENCE"])),
    "a conference": a_feed(an_event('CONFERENCE;LABEL="Join us":https://meet.example/?a=1;b=2')),
    "a safe conference": a_feed(
        an_event('CONFERENCE;LABEL="Join us":https://meet.example/?a=1%3Bb')
    ),
    "STYLED-DESCRIPTION": a_feed(an_event("STYLED-DESCRIPTION:<b>Garden</b>")),
    "a bare comma": a_feed(an_event(r"LOCATION:Park\, gate\\, west")),
    "a bare backslash": a_feed(an_event(r"SUMMARY:C:\garden")),
    "no VALUE=DATE": a_feed(an_event("DTSTART:20310508", "DTEND:20310509"), zones=()),
    "a day that ends on itself": a_feed(all_day("20310508", "20310508"), zones=()),
    "a day that ends before": a_feed(all_day("20310508", "20310507"), zones=()),
    "an hour that ends before": a_feed(in_zone("Europe/Brussels", end="20310508T130000")),
    "an hour that ends before, in UTC": a_feed(an_event("DTEND:20310507T130000Z")),
    "an hour that ends elsewhere": a_feed(an_event("DTEND:20310508T130000Z")),
    "a day that ends at an hour": a_feed(
        an_event("DTSTART;VALUE=DATE:20310508", "DTEND:20310508T130000Z"), zones=()
    ),
    "an end that is none": a_feed(an_event("DTEND:20311308T130000Z")),
    "DURATION": a_feed(an_event("DURATION:PT1H", without=["DTEND"])),
    "a date of a series, in UTC": a_series("RECURRENCE-ID:20310515T120000Z"),
    "a date of a series, as a day": a_series("RECURRENCE-ID;VALUE=DATE:20310515"),
    "a date of a series that is none": a_series("RECURRENCE-ID:tomorrow"),
    "a date of a series, right": a_series("RECURRENCE-ID;TZID=Europe/Brussels:20310515T140000"),
    "a date of a series that is not there": a_feed(
        an_event("RECURRENCE-ID;TZID=Europe/Brussels:20310515T140000")
    ),
    "a local DTSTAMP": a_feed(an_event("DTSTAMP:20310101T090000")),
    "one UID twice": a_feed(an_event(), an_event("SUMMARY:Another")),
    "alike but for UID": a_feed(an_event(), an_event("UID:other@town.example")),
    "no VTIMEZONE": a_feed(zones=()),
    "a Windows name": a_feed(in_zone(WINDOWS), zones=()),
    "a Windows name with its VTIMEZONE": a_feed(in_zone(WINDOWS), zones=zoned(WINDOWS)),
    "a zone of one's own": a_feed(in_zone("Town"), zones=()),
    "a zone of one's own with its VTIMEZONE": a_feed(in_zone("Town"), zones=zoned("Town")),
    "a VTIMEZONE after the events": a_feed(BRUSSELS, head=(*BEGIN, *an_event()), zones=()),
    "several dates on one RDATE line": a_feed(zones=LISTED),
    "another zone's VTIMEZONE": a_feed(zones=zoned(TZOFFSETTO="+0300")),
    "a VTIMEZONE that stops": a_feed(
        zones=[f"{line};UNTIL=20301027T010000Z" if "RRULE" in line else line for line in BRUSSELS]
    ),
    "a VTIMEZONE that stops on a day": a_feed(
        zones=[f"{line};UNTIL=20400101" if "RRULE" in line else line for line in BRUSSELS]
    ),
    "the first day there is": a_feed(in_zone("Europe/Brussels", start="00010101T000000")),
    "the last day there is": a_feed(in_zone("Europe/Brussels", end="99991231T235900")),
    "a VTIMEZONE that begins late": a_feed(
        zones=zoned(DTSTART="20320328T020000", TZOFFSETFROM="+0100")
    ),
    "a VTIMEZONE without observances": a_feed(zones=(*BRUSSELS[:2], BRUSSELS[-1])),
    "a VTIMEZONE without a name": a_feed(zones=(*BRUSSELS, BRUSSELS[0], BRUSSELS[-1])),
    "an observance without a beginning": a_feed(zones=zoned(DTSTART="soon")),
    "an observance on a day": a_feed(zones=zoned(DTSTART="19810329")),
    "an offset that is none": a_feed(zones=zoned(TZOFFSETTO="1")),
    "an offset west, with seconds": a_feed(zones=zoned(TZOFFSETTO="-001730")),
    "an observance every second": a_feed(zones=zoned(RRULE="FREQ=SECONDLY")),
    "an observance every no year": a_feed(
        zones=zoned(RRULE="FREQ=YEARLY;INTERVAL=0;BYMONTH=2;BYMONTHDAY=31")
    ),
    "an observance until never": a_feed(zones=zoned(RRULE="FREQ=YEARLY;UNTIL=never")),
    "an observance of the 99th Monday": a_feed(zones=zoned(RRULE="FREQ=YEARLY;BYDAY=99XX")),
    "cancelled in silence": a_feed(an_event("STATUS:CANCELLED", "TRANSP:TRANSPARENT")),
    "cancelled, and busy": a_feed(an_event("STATUS:CANCELLED", "SUMMARY:CANCELLED: Garden day")),
    "cancelled, with a reminder": a_feed(
        an_event(
            "STATUS:CANCELLED",
            "TRANSP:TRANSPARENT",
            "SUMMARY:ANNULÉ : Garden day",
            parts=["BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT1H", "END:VALARM"],
        )
    ),
    "only the title says it": a_feed(an_event("SUMMARY:Garden day [postponed]")),
}


def told(content: bytes, again: bytes | None = None) -> Sequence[Finding]:
    return list(of_calendar(read(content), read(again) if again else None))


def test_what_feeds_have_wrong(golden: Callable[[str, bytes], None]) -> None:
    said = [f"{name.upper()}\n{findings(told(content))}" for name, content in FEEDS.items()]
    golden("doctor-calendar.txt", "\n\n".join(said).encode())


MANY = [an_event(f"UID:{number}", f"SUMMARY:Day {number}") for number in range(3)]
TWICE: dict[str, tuple[bytes, bytes]] = {
    "the same": (a_feed(), a_feed()),
    "new UIDs": (a_feed(), a_feed(an_event("UID:new@town.example"))),
    "new stamps": (a_feed(*MANY), a_feed(*MANY).replace(b"T090000Z", b"T090001Z")),
    "another order": (a_feed(*MANY), a_feed(*reversed(MANY))),
    "no stamp any more": (a_feed(), a_feed(an_event(without=["DTSTAMP"]))),
}


def test_what_changes_from_one_fetch_to_the_next(golden: Callable[[str, bytes], None]) -> None:
    said = [f"{name.upper()}\n{findings(told(*both))}" for name, both in TWICE.items()]
    golden("doctor-twice.txt", "\n\n".join(said).encode())
