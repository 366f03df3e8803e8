"""The founding case as a subscriber lived it: announced, postponed a week before, held in December.

The subscriber asks with the ETag of the last answer, as calendar apps do, and the publisher is
restarted in between.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.readers import icalendar_reader
from tests.readers.reading import ReadEvent
from tests.spine import Spine, a_spine, events_file, stamp

SITE = {"languages": ["en", "fr"], "keep_past": "forever"}
INITIATIVES = {
    "living-in-eu": {"name": "Living-in.EU"},
    "intelligent-cities-challenge": {"name": "Intelligent Cities Challenge"},
}
ANNOUNCED: dict[str, Any] = {
    "title": "Commissioner Thierry Breton meets EU mayors",
    "initiatives": ["living-in-eu", "intelligent-cities-challenge"],
    "published": "2021-09-06",
    "when": "2021-09-30",
    "time_to_be_confirmed": True,
    "place": "Brussels, Belgium",
}
POSTPONED = {
    "announced": "2021-09-23",
    "change": "postponed",
    "notice": {
        "en": "The Commissioner is detained by urgent business.",
        "fr": "Le commissaire est retenu par une affaire urgente.",
    },
}
HELD = {
    "announced": "2021-11-15",
    "change": "rescheduled",
    "when": "2021-12-02 14:30 to 16:30",
    "place": {"name": "Berlaymont building", "country": "BE"},
}
SUMMIT = {
    "title": "UserCentriCities Summit",
    "initiatives": ["living-in-eu"],
    "when": "2021-11-10 16:00 to 17:30",
}


def a_file(*updates: dict[str, Any]) -> str:
    meeting = {**ANNOUNCED, **({"updates": list(updates)} if updates else {})}
    return events_file(
        {"commissioner-meets-eu-mayors": meeting, "summit": SUMMIT},
        site=SITE,
        initiatives=INITIATIVES,
    )


class Subscriber:
    """A calendar app: keeps the last answer, asks whether there is another."""

    def __init__(self, spine: Spine, path: str) -> None:
        self._spine = spine
        self._path = path
        self._etag = ""
        self.events: list[ReadEvent] = []

    def poll(self) -> int:
        status, headers, body = self._spine.get(self._path, {"If-None-Match": self._etag})
        if status == 200:
            self._etag = headers["ETag"]
            self.events = icalendar_reader.read(body)
        return status

    @property
    def meeting(self) -> ReadEvent:
        (found,) = [event for event in self.events if "mayors" in event.url]
        return found


def test_the_meeting_with_the_mayors(tmp_path: Path) -> None:
    with a_spine(tmp_path, a_file()) as spine:
        calendar = Subscriber(spine, "/feeds/living-in-eu.ics")
        french = Subscriber(spine, "/feeds/intelligent-cities-challenge.fr.ics")
        assert [calendar.poll(), calendar.poll()] == [200, 304]
        assert french.poll() == 200
        announced = calendar.meeting
        assert announced.summary == ANNOUNCED["title"]
        assert announced.dtstart == date(2021, 9, 30)
        assert (announced.status, announced.sequence) == ("CONFIRMED", 0)

        spine.edit(a_file(POSTPONED))
        assert [calendar.poll(), calendar.poll()] == [200, 304]
        postponed = calendar.meeting
        assert postponed.summary == f"POSTPONED: {ANNOUNCED['title']}"
        assert postponed.dtstart == date(2021, 9, 30)
        assert (postponed.status, postponed.transp) == ("CANCELLED", "TRANSPARENT")
        assert (postponed.uid, postponed.sequence) == (announced.uid, 1)
        assert "23 September 2021" in postponed.description
        assert "detained by urgent business" in postponed.description

        assert french.poll() == 200
        assert french.meeting.uid == announced.uid
        assert "affaire urgente" in french.meeting.description

        spine.restart()
        assert [calendar.poll(), french.poll()] == [304, 304]

        spine.edit(a_file(POSTPONED, HELD))
        assert [calendar.poll(), calendar.poll()] == [200, 304]
        held = calendar.meeting
        assert held.summary == f"NEW DATE: {ANNOUNCED['title']}"
        assert held.dtstart == datetime(2021, 12, 2, 13, 30, tzinfo=UTC)
        assert (held.status, held.location) == ("CONFIRMED", "Berlaymont building, Belgium")
        assert (held.uid, held.sequence) == (announced.uid, 2)
        assert "30 September 2021" in held.description
        assert stamp(held) > stamp(postponed) > stamp(announced)
