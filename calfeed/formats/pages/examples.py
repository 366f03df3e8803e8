"""What the page for developers shows of each format: excerpts of an event that was postponed.

They are parts of what the renderers give for one event, which a test tells them, word for word.
"""

from dataclasses import dataclass

from markupsafe import Markup

from calfeed.addresses import (
    CATALOG,
    CHANGES,
    Form,
    FormPath,
    event_feed_path,
    event_listing_path,
    feed_path,
    form_path,
)
from calfeed.forms import CALENDAR, MEDIA_TYPES, TITLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A format: ``path`` has in braces what the site puts in, ``name`` is its id on the page.

    ``excerpt`` leaves out lines or members, and says nothing that the format does not.
    """

    name: str
    title: str
    path: str
    media_type: str
    about: Markup
    excerpt: str


def _form(form: Form, about: Markup, excerpt: str) -> Example:
    return Example(
        name=form.removesuffix(".json").replace(".", "-"),
        title=TITLES[form],
        path=form_path(FormPath(form=form, slug="{initiative}")),
        media_type=MEDIA_TYPES[form],
        about=about,
        excerpt=excerpt,
    )


VEVENT = """\
BEGIN:VEVENT
SEQUENCE:1
STATUS:CANCELLED
TRANSP:TRANSPARENT
DTSTART;TZID=Europe/Brussels:20270508T140000
SUMMARY;LANGUAGE=en:POSTPONED: Garden day
"""

EXAMPLES = (
    Example(
        name="ics",
        title="iCalendar",
        path=feed_path("{initiative}"),
        media_type=CALENDAR,
        about=Markup(
            "For calendar apps (RFC 5545). What is off has <code>STATUS:CANCELLED</code>, the"
            " word for its state before its title, and the date that it had. Variants:"
            " <code>.visible.ics</code> has <code>TENTATIVE</code> instead, for apps that hide"
            " what is cancelled; <code>.active.ics</code> leaves it out; <code>.utc.ics</code> is"
            " for readers that know no time zones. A language stands first:"
            " <code>.fr.visible.ics</code>. With <code>Prefer: subscribe-enhanced-get</code> an"
            " answer has only what changed since the last one; that is experimental."
        ),
        excerpt=VEVENT,
    ),
    _form(
        Form.LISTING,
        Markup(
            "All facts in all languages, with the old dates in <code>previous</code> and every"
            " update in <code>history</code>. Without a query the whole feed; with"
            " <code>from</code>, <code>to</code>, <code>status</code>, <code>tag</code> and"
            " <code>limit</code> some events at a time, and <code>next</code> is where it goes on."
        ),
        """\
{"events": [{
  "id": "garden-day",
  "sequence": 1,
  "status": "postponed",
  "label": {"en": "Postponed"},
  "notice": {"en": "The park is being repaired."},
  "when": {"start": "2027-05-08T14:00:00+02:00", "timezone": "Europe/Brussels"},
  "history": [{"announced": "2026-11-20", "change": "postponed"}]
}]}
""",
    ),
    _form(
        Form.JCAL,
        Markup("The calendar for programs that would rather read JSON (RFC 7265)."),
        """\
["vcalendar", [], [["vevent", [
  ["sequence", {}, "integer", 1],
  ["status", {}, "text", "CANCELLED"],
  ["dtstart", {"tzid": "Europe/Brussels"}, "date-time", "2027-05-08T14:00:00"],
  ["summary", {"language": "en"}, "text", "POSTPONED: Garden day"]
], []]]]
""",
    ),
    _form(
        Form.FULLCALENDAR,
        Markup(
            "An event source of FullCalendar: give its address as <code>events</code>. Every date"
            " is an object, and <code>classNames</code> has its state for your style sheet. Its"
            " own reader of iCalendar drops time zones: give it the <code>.utc.ics</code> variant."
        ),
        """\
[{
  "title": "POSTPONED: Garden day",
  "start": "2027-05-08T14:00:00+02:00",
  "allDay": false,
  "classNames": ["is-postponed"],
  "extendedProps": {"status": "postponed", "notice": "The park is being repaired."}
}]
""",
    ),
    _form(
        Form.ATOM,
        Markup("The news of a feed, for feed readers (RFC 4287): an entry for each change."),
        """\
<entry>
<title>Postponed: Garden day</title>
<category term="postponed"/>
</entry>
""",
    ),
    _form(
        Form.JSON_FEED,
        Markup("The same as JSON Feed 1.1."),
        """\
{"items": [{"title": "Postponed: Garden day", "tags": ["postponed"]}]}
""",
    ),
    Example(
        name="change-log",
        title="Change log",
        path=CHANGES,
        media_type="application/json",
        about=Markup(
            "All that ever changed, oldest first. Follow <code>next</code> until it is null, then"
            " keep <code>cursor</code> and ask later with <code>?since=</code> and that."
        ),
        excerpt="""\
{"changes": [{
  "change": "postponed",
  "event": "garden-day",
  "sequence": 1,
  "when": {"start": "2027-05-08T14:00:00+02:00"},
  "notice": {"en": "The park is being repaired."}
}]}
""",
    ),
    Example(
        name="event-ics",
        title="One event as iCalendar",
        path=event_feed_path("{event}"),
        media_type=CALENDAR,
        about=Markup("To follow one event alone; it stays there when it is over."),
        excerpt=VEVENT,
    ),
    Example(
        name="event-json",
        title="One event as JSON",
        path=event_listing_path("{event}"),
        media_type=MEDIA_TYPES[Form.LISTING],
        about=Markup("In the same shape as several."),
        excerpt="""\
{"events": [{"id": "garden-day", "status": "postponed", "previous": []}]}
""",
    ),
    Example(
        name="catalogue",
        title="Catalogue",
        path=CATALOG,
        media_type="application/json",
        about=Markup(
            "Every feed with its facts and its addresses; <code>.opml</code> has the same for"
            " feed readers. What was postponed counts, and moves <code>updated</code>."
        ),
        excerpt="""\
{"feeds": [{"id": "parks", "name": {"en": "Parks"}, "events": 1}]}
""",
    ),
)
"""In the order of the page; what is published in a new format is told here, in one more."""
