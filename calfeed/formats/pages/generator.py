"""The generator of snippets: what partners paste into their pages, all addresses absolute."""

from dataclasses import dataclass

from calfeed.addresses import (
    EMBED_SCRIPT,
    Page,
    PagePath,
    initiative_page_path,
    listing_path,
    page_path,
)
from calfeed.formats.pages.embeds import MOST, USUAL
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.voice import Voice
from calfeed.model import Initiative

ACCENT = "#0e47cb"
"""What the choice of a colour begins with where the initiative has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """What the template of the generator needs; the paths are what its preview asks for."""

    language: str
    title: str
    page: str
    frame: str
    frame_path: str
    script: str
    script_path: str
    feed: str
    feed_path: str
    accent: str
    usual: int
    most: int


def generator_of(one: Initiative, facts: Facts, voice: Voice) -> Generator:
    """Return the generator of the snippets that show the events of *one*."""
    frame = page_path(PagePath(page=Page.EMBED, language=voice.language, slug=one.slug))
    feed, url = listing_path(one.slug), facts.site.url
    return Generator(
        language=voice.language,
        title=voice.say("{name} events", name=voice.choose(one.name).text).unescape(),
        page=url + initiative_page_path(one.slug, voice.language),
        frame=url + frame,
        frame_path=frame,
        script=url + EMBED_SCRIPT,
        script_path=EMBED_SCRIPT,
        feed=url + feed,
        feed_path=feed,
        accent=one.colour or ACCENT,
        usual=USUAL,
        most=MOST,
    )
