"""The first events file: a site, an initiative, a draft to try things out on, all explained."""

from dataclasses import dataclass
from datetime import date

from calfeed.source.writing import written_in_line

SCHEMA_FILE = "events.schema.json"
"""What the file's first line calls the schema that stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """What has to be known before the first event: all of it as its editor wrote it."""

    name: str
    url: str
    language: str
    timezone: str
    initiative: str
    slug: str


def starter(known: Starter, *, today: date) -> str:
    """Return the text of an events file that says what is *known*, with a draft next year."""
    day = date(today.year + 1, 5, 8)
    return _TEMPLATE.format(
        schema=SCHEMA_FILE,
        name=written_in_line(known.name),
        url=written_in_line(known.url),
        language=written_in_line(known.language),
        timezone=written_in_line(known.timezone),
        initiative=written_in_line(known.initiative),
        slug=known.slug,
        today=today,
        day=day,
        later=day.replace(month=6, day=12),
    )


_TEMPLATE = """\
# yaml-language-server: $schema=./{schema}
#
# What the calendars show. Rules of thumb:
#   1. The name of an event (the line before its colon) is permanent. Never rename it.
#   2. Something changed after publication? Do not edit it in place:
#      add an entry at the END of the event's "updates".
#   3. Never write POSTPONED or CANCELLED into a title. calfeed adds it, translated.
#   4. An event that is off is "cancelled" in updates, not deleted.
# Check your work:  calfeed check        Look at it:  calfeed preview

format: 1

site:
  name: {name}
  url: {url}   # public address; it is part of every event's identity
  language: {language}   # of the texts in this file
  # languages: [{language}, fr]   # publish in more; a text is then written by language, or as it is
  timezone: {timezone}   # of every time below, unless an event says otherwise

initiatives:   # whose events these are; each has a calendar of its own
  {slug}:
    name: {initiative}

events:

  # An event to try things out on. While it says "draft: true", nobody sees it.
  garden-day:
    title: Garden day
    initiatives: [{slug}]
    draft: true
    when: {day} 14:00 to 16:00   # or: {day}, {day} to {later}, to be announced
    place: Town park
    summary: One or two sentences that say what it is.
    # online: {{url: https://meet.example.eu/garden}}
    # updates:   # what happened afterwards, oldest first; or let calfeed write them:
    #   - announced: {today}   #   calfeed postpone garden-day
    #     change: postponed
    #     notice: The garden is being dug over.
    #   - announced: {today}   #   calfeed reschedule garden-day "{later} 10:00 to 12:00"
    #     change: rescheduled
    #     when: {later} 10:00 to 12:00
"""
