"""The page for developers: each format with its address, and how a postponement looks in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from calfeed import addresses
from calfeed.addresses import ALL, CATALOG, OPENAPI, PagePath
from calfeed.formats.pages.environment import fill
from calfeed.formats.pages.examples import EXAMPLES
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.frame import Frame, frame_of, head_of
from calfeed.words import ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A format with a real address of this site."""

    name: str
    title: str
    media_type: str
    about: Markup
    address: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopersPage:
    """All that the template needs; ``in_english`` is the attribute of what is in English."""

    frame: Frame
    only_in: Markup | None
    in_english: Markup
    formats: tuple[Shown, ...]
    listing: str
    catalogue: str
    description: str


def developers_page(parts: PagePath, facts: Facts) -> bytes:
    """Return what developers of other programs need: in English, around it the page's language."""
    voice, url = facts.voice(parts.language), facts.site.url
    title = voice.say("For developers").unescape()
    description = voice.say("Addresses and formats for other programs.").unescape()
    head = head_of(parts, facts, voice, title=title, description=description)
    is_english = voice.of_words == ENGLISH
    page = DevelopersPage(
        frame=frame_of(parts, facts, voice, head=head, scripts=("copy.js",)),
        only_in=None
        if is_english
        else voice.say("This text is available in {language} only.", language=voice.name(ENGLISH)),
        in_english=Markup("") if is_english else Markup(' lang="en"'),
        formats=tuple(_shown(facts)),
        listing=url + addresses.listing_path(next(iter(facts.initiatives), ALL)),
        catalogue=url + CATALOG,
        description=url + OPENAPI,
    )
    return fill("developers.html", page=page)


def _shown(facts: Facts) -> Iterator[Shown]:
    """Yield each format at the address of an initiative or an event that there is, if one is."""
    listed = facts.agenda.all
    ahead = (entry.revision for entry in (*listed.coming[:1], *listed.undated[:1]))
    event = next(chain(ahead, listed.past), None)
    names = {
        "initiative": next(iter(facts.initiatives), ALL),
        "event": event.key if event else "",
        "language": facts.site.languages[-1],
    }
    for one in EXAMPLES:
        if names["event"] or "{event}" not in one.path:
            yield Shown(
                name=one.name,
                title=one.title,
                media_type=one.media_type,
                about=one.about,
                address=facts.site.url + one.path.format(**names),
                excerpt=one.excerpt,
            )
