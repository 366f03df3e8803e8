"""iCalendar (RFC 5545, RFC 7986): revisions as VEVENTs, feeds as VCALENDARs."""

from calfeed.formats.ics.calendar import Part, render
from calfeed.formats.ics.drawing import Drawn, draw

__all__ = ["Drawn", "Part", "draw", "render"]
