"""Texts and names of an events file: each parser returns the value, or says what it should be."""

import re

from calfeed.addresses.grammar import SLUG
from calfeed.source.grammar import GrammarError, shown

LONGEST_SLUG = 80
LONGEST_PIN = 255

RESERVED = frozenset(
    (
        *("all", "catalog", "events", "feeds", "embed", "api", "oembed", "developers", "schema"),
        *("static", "media", "past", "healthz", "readyz", "openapi", "sitemap", "robots"),
    )
)
"""What an initiative cannot be named: calfeed has these addresses itself."""

_SLUG = re.compile(SLUG)
_TWO_OR_THREE_LETTERS = re.compile("[a-z]{2,3}")
_SEPARATORS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})


def parse_plain(value: object, expected: str) -> str:
    """Return *value*, which must be a text; *expected* says of what kind, for the message."""
    if not isinstance(value, str):
        raise GrammarError("E122", f"expected {expected}; found {shown(value)}")
    return value


def parse_words(value: object) -> str:
    """Return a text of any number of lines, without white space at its end.

    The Unicode separators of lines and paragraphs end a line like any other: some readers of
    calendars take them for the end of a content line.
    """
    if not (text := parse_plain(value, "a text").translate(_SEPARATORS).rstrip()):
        raise GrammarError("E123", "the text is empty", "write it, or remove the line")
    return text


def parse_line(value: object) -> str:
    """Return a text of one line."""
    text = parse_words(value).lstrip()
    if "\n" in text:
        advice = "write it on one line; where that is too long, go on below after  >-"
        raise GrammarError("E125", "this text has more than one line", advice)
    return text


def parse_slug(value: object) -> str:
    """Return the name of an initiative or of an event, as it stands in addresses."""
    text = value if isinstance(value, str) else ""
    if len(text) > LONGEST_SLUG:
        raise GrammarError("E130", f"the name {shown(text)} is longer than {LONGEST_SLUG} letters")
    if not _SLUG.fullmatch(text):
        meant = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
        raise GrammarError(
            "E130",
            f"{shown(value)} cannot be a name",
            "a name has small letters a to z, digits, and single hyphens between them",
            hint=f"for example  {meant}" if meant else "",
        )
    return text


def parse_initiative_slug(value: object) -> str:
    """Return the name of an initiative: none that calfeed needs for an address of its own."""
    slug = parse_slug(value)
    if slug in RESERVED:
        why = "calfeed has something else at this address; choose another name"
    elif _TWO_OR_THREE_LETTERS.fullmatch(slug):
        why = "two or three letters are kept for languages; choose a longer name"
    else:
        return slug
    raise GrammarError("E131", f'an initiative cannot be named "{slug}"', why)


def parse_pin(value: object) -> str:
    """Return the UID that an import brought."""
    text = parse_line(value)
    if len(text) > LONGEST_PIN:
        raise GrammarError("E136", f"the UID is longer than {LONGEST_PIN} characters")
    return text
