"""Event calendars from a text file, and the truth for every subscriber when plans change."""

__version__ = "0.1.0"
