"""Calendars and tables of other programs -> entries of an events file, and what was left out."""
