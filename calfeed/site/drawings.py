"""Events drawn once for each variant, whatever number of calendars they stand in."""

from calfeed.addresses import Variant
from calfeed.formats import ics
from calfeed.ledger.revision import Revision


class Drawings:
    """What was drawn so far: of each event and variant the newest revision alone is kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Variant], tuple[Revision, ics.Drawn | None]] = {}

    def draw(self, revision: Revision, variant: Variant) -> ics.Drawn | None:
        """Return *revision* as *variant* shows it, drawn unless it is kept; None: not at all."""
        kept = self._kept.get((revision.uid, variant))
        if kept is None or kept[0] is not revision:
            kept = self._kept[revision.uid, variant] = revision, ics.draw(revision, variant)
        return kept[1]
