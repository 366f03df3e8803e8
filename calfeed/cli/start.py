"""What every process of calfeed sets before anything else."""

import logging
import zoneinfo


def start() -> None:
    """Let the locked tzdata be the only zone data, and log to stderr what goes wrong."""
    zoneinfo.reset_tzpath(to=[])
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
