"""Keep FILE.ics a mirror of a feed, as often as this is run: python mirror.py ADDRESS FILE.ics"""

import sys
from pathlib import Path
from urllib.request import HTTPError, Request, urlopen

from icalendar import Calendar

address, mirror = sys.argv[1], Path(sys.argv[2])
token = mirror.with_suffix(".token")  # says what the mirror has; only the server can read it


def merged(held: Calendar, told: Calendar) -> Calendar:
    """Return *told* with all of *held* that it says nothing of, without what it says is gone."""
    new = {part.get("UID", part.get("TZID")) for part in told.subcomponents}
    kept = [part for part in held.subcomponents if part.get("UID", part.get("TZID")) not in new]
    parts = [*kept, *(part for part in told.subcomponents if part.get("STATUS") != "DELETED")]
    told.subcomponents = sorted(parts, key=lambda part: part.name != "VTIMEZONE")
    return told


while True:
    headers = {"Prefer": "subscribe-enhanced-get, limit=500"}
    if token.exists():
        headers["Sync-Token"] = token.read_text()
    try:
        answer = urlopen(Request(address, headers=headers))
        told = Calendar.from_ical(answer.read())
        held = Calendar.from_ical(mirror.read_bytes()) if token.exists() else Calendar()
        mirror.write_bytes(merged(held, told).to_ical())
    except HTTPError as error:
        if error.code == 409:  # the token is of what is no more: drop all, and begin again
            token.unlink()
            continue
        if error.code != 304:
            raise
        answer = error
    token.write_text(answer.headers["Sync-Token"])
    if "limit" not in answer.headers["Preference-Applied"]:
        break
