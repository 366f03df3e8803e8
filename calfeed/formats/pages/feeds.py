"""The people's list of feeds: every calendar with its addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from calfeed.addresses import ALL, PagePath, Show, feed_path, initiative_page_path
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import Frame, frame_of, head_of
from calfeed.formats.pages.subscribe import Way, ways_of
from calfeed.formats.pages.voice import Voice
from calfeed.model import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One feed: what it is called, where it is shown, its links, its address in each variant."""

    slug: str
    name: Markup
    href: str
    ways: tuple[Way, ...]
    addresses: tuple[tuple[Markup, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPage:
    """All that the template of the list needs."""

    frame: Frame
    calendars: tuple[Calendar, ...]


def feeds_page(parts: PagePath, facts: Facts) -> bytes:
    """Return the list of all calendars, that of all events first."""
    voice = facts.voice(parts.language)
    title = voice.say("All calendars").unescape()
    description = voice.say("Subscribe to a calendar, and it follows our changes.").unescape()
    head = head_of(parts, facts, voice, title=title, description=description)
    whole = _calendar(ALL, facts.site.name, facts, voice)
    single = (
        _calendar(slug, one.name, facts, voice, is_short=facts.has_many)
        for slug, one in facts.initiatives.items()
    )
    page = FeedsPage(
        frame=frame_of(parts, facts, voice, head=head, scripts=("copy.js", "platform.js")),
        calendars=(whole, *single),
    )
    return fill("feeds.html", page=page)


def _calendar(
    slug: str, name: Text, facts: Facts, voice: Voice, *, is_short: bool = False
) -> Calendar:
    address = _address(slug, Show.STRUCK, facts, voice)
    visible = _address(slug, Show.VISIBLE, facts, voice)
    return Calendar(
        slug=slug,
        name=voice.text(name),
        href="" if slug == ALL else initiative_page_path(slug, voice.language),
        ways=() if is_short else tuple(_ways(address, visible, name, voice)),
        addresses=(
            (voice.say("For Apple, Thunderbird, Nextcloud and most others"), address),
            (voice.say("For Google, Outlook and Home Assistant"), visible),
            (
                voice.say("Without events that are postponed or cancelled"),
                _address(slug, Show.ACTIVE, facts, voice),
            ),
        ),
    )


def _ways(address: str, visible: str, name: Text, voice: Voice) -> Iterator[Way]:
    said = voice.say("{name} events", name=voice.choose(name).text).unescape()
    yield from ways_of(address, visible, said, voice)


def _address(slug: str, show: Show, facts: Facts, voice: Voice) -> str:
    return facts.site.url + feed_path(slug, language=facts.other(voice.language), show=show)
