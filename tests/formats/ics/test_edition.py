"""A release that writes VEVENTs otherwise raises EDITION, or no subscriber hears of the change."""

from collections.abc import Callable
from hashlib import sha256

from calfeed.addresses import Show, Variant
from calfeed.formats import ics
from calfeed.ledger.revision import EDITION
from tests.shipped import revisions


def test_an_edition_writes_the_same_bytes_for_ever(golden: Callable[[str, bytes], None]) -> None:
    """Once released, an edition's file is never written anew: raise EDITION, then --regold."""
    drawings = [
        ics.draw(revision, Variant(language=language, show=show, utc=utc))
        for revision in revisions()
        for language in ("en", "fr", "de", "el", "nl")
        for show in Show
        for utc in (False, True)
    ]
    bodies = b"".join(drawn.body for drawn in drawings if drawn)

    golden(f"edition-{EDITION}.sha256", f"{sha256(bodies).hexdigest()}\n".encode())
