"""VEVENTs as tests look at them: unfolded lines, one list for each component."""

from calfeed.addresses import Show, Variant
from calfeed.formats import ics
from calfeed.ledger.revision import Revision

Lines = list[str]


def vevents(
    revision: Revision, *, language: str = "en", show: Show = Show.STRUCK, utc: bool = False
) -> list[Lines]:
    """Return the lines of each VEVENT that a feed has of *revision*; none if it has none."""
    drawn = ics.draw(revision, Variant(language=language, show=show, utc=utc))
    text = drawn.body.decode().replace("\r\n ", "") if drawn else ""
    components = text.split("BEGIN:VEVENT\r\n")[1:]
    return [component.removesuffix("END:VEVENT\r\n").splitlines() for component in components]


def value(lines: Lines, name: str) -> str:
    """Return the value of the property *name*, its parameters left out; empty if it is absent."""
    found = values(lines, name)
    assert len(found) <= 1
    return found[0] if found else ""


def values(lines: Lines, name: str) -> list[str]:
    """Return the values of all properties *name*, their parameters left out."""
    named = [line for line in lines if line.startswith((f"{name}:", f"{name};"))]
    return [line.split(":", 1)[1] for line in named]
