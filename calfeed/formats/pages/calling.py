"""Links that bring calendars and events into the apps of services, exactly as these read them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from urllib.parse import quote

from calfeed.dates import When

DETAILS = 900
"""Characters of a text inside an address: more is refused by some."""


def webcal(address: str) -> str:
    """Return the address of a feed with the scheme that calendar apps listen to."""
    return "webcal://" + address.partition("://")[2]


def google_subscription(address: str) -> str:
    """Return where Google Calendar adds the feed at *address*; it wants ``webcal``."""
    return f"https://calendar.google.com/calendar/r?{_query({'cid': webcal(address)})}"


def outlook_subscription(address: str, name: str, *, host: str) -> str:
    """Return where Outlook on the web at *host* adds the feed; it wants ``https``."""
    return f"https://{host}/calendar/0/addfromweb?{_query({'url': address, 'name': name})}"


def google_event(when: When, *, title: str, place: str, details: str, page: str) -> str:
    """Return where Google Calendar offers to keep a copy of one event."""
    start, end = _span(when)
    form = "%Y%m%dT%H%M%S" if when.is_timed else "%Y%m%d"
    values = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{start:{form}}/{end:{form}}",
        **({"ctz": when.zone} if when.is_timed else {}),
        "details": _details(details, page),
        **({"location": place} if place else {}),
    }
    return f"https://calendar.google.com/calendar/render?{_query(values)}"


def outlook_event(when: When, *, title: str, place: str, details: str, page: str) -> str:
    """Return where Outlook.com offers to keep a copy of one event."""
    start, end = _span(when)
    if when.is_timed:
        first, last = when.span()
        moments = {"startdt": f"{first:%Y-%m-%dT%H:%M:%SZ}", "enddt": f"{last:%Y-%m-%dT%H:%M:%SZ}"}
    else:
        moments = {"startdt": f"{start:%Y-%m-%d}", "enddt": f"{end:%Y-%m-%d}", "allday": "true"}
    values = {
        "rru": "addevent",
        **moments,
        "subject": title,
        **({"location": place} if place else {}),
        "body": _details(details, page),
    }
    return f"https://outlook.live.com/calendar/0/action/compose?{_query(values)}"


def _span(when: When) -> tuple[date | datetime, date | datetime]:
    """Return beginning and end, the end of whole days exclusive, on the event's own clocks."""
    end = when.end if when.end is not None else when.start
    return when.start, end if when.is_timed else end + timedelta(days=1)


def _details(text: str, page: str) -> str:
    room = DETAILS - len(page) - 2
    short = text if len(text) <= room else text[: room - 1].rsplit(" ", 1)[0] + "…"
    return f"{short}\n\n{page}" if short else page


def _query(values: Mapping[str, str]) -> str:
    """Return a query in which all is encoded once, a blank as ``%20`` (RFC 3986 §2)."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())
