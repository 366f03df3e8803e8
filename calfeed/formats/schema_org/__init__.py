"""schema.org's vocabulary as JSON-LD, for the pages of events."""

from calfeed.formats.schema_org.data import date_as_data, event_as_data
from calfeed.formats.schema_org.script import as_script

__all__ = ["as_script", "date_as_data", "event_as_data"]
