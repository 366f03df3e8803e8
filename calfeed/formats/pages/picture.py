"""Pictures: where their bytes are, what they show, how large they are, whose they are."""

from dataclasses import dataclass

from markupsafe import Markup

from calfeed.addresses import picture_path
from calfeed.formats.pages.voice import Voice
from calfeed.model import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture on a page; ``size`` keeps its room free until it is there."""

    src: str
    alt: str
    language: str
    size: tuple[int, int] | None
    credit: Markup | None = None


def shown_picture(picture: Picture | None, voice: Voice) -> Shown | None:
    """Return *picture* as a page shows it."""
    if picture is None:
        return None
    alt = voice.choose(picture.alt)
    return Shown(
        src=picture_path(picture.sha256, picture.extension),
        alt=alt.text,
        language="" if alt.language == voice.of_words else alt.language,
        size=picture.size,
        credit=voice.say("Picture: {credit}", credit=picture.credit) if picture.credit else None,
    )
