"""Zones as VTIMEZONEs: read from the zone database, written in the form that every reader reads."""

from calfeed.formats.timezones.observances import vtimezone

__all__ = ["vtimezone"]
