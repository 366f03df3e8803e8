"""What the parts of paths are made of."""

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""An initiative's slug or an event's key."""

LANGUAGE = "[a-z]{2,3}"

ALL = "all"
"""Stands where a slug does, for the events of every initiative."""
