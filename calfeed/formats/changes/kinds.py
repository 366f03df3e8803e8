"""What each kind of row of the change log is called, and which of them are no news."""

from calfeed.ledger.told import Kind
from calfeed.words import message

WORDS = {
    Kind.NEW: message("New"),
    Kind.JOINED: message("New"),
    Kind.RETURNED: message("Back on"),
    Kind.WITHDRAWN: message("Withdrawn"),
    Kind.DATED: message("Date announced"),
    Kind.RESCHEDULED: message("New date"),
    Kind.CANCELLED: message("Cancelled"),
    Kind.POSTPONED: message("Postponed"),
    Kind.REINSTATED: message("Back on"),
    Kind.MOVED_ONLINE: message("Now online"),
    Kind.RELOCATED: message("New place"),
    Kind.CORRECTED: message("Corrected"),
}
NO_NEWS = frozenset({Kind.EDITED, Kind.CORRECTED, Kind.REISSUED, Kind.LEFT})
