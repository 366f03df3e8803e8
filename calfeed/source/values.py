"""Codes, numbers and switches of an events file: each parser returns the value, or says why not."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from babel import Locale, localedata

from calfeed.source.grammar import GrammarError, did_you_mean, shown, surely_meant
from calfeed.source.texts import parse_plain

LARGEST_SEQUENCE = 2_147_483_647  # RFC 5545 §3.3.8
MOST_DAYS_KEPT = 36_500
MOST_SECONDS_CACHED = 86_400
REFRESH_MINUTES = range(5, 31 * 24 * 60 + 1)

_CODE = re.compile("[a-z]{2,3}")
_COLOUR = re.compile("#?(?:([0-9A-Fa-f]{3})|([0-9A-Fa-f]{6}))")
_DURATION = re.compile(r"P(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,8})M)?)?")
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_NO_COUNTRIES = {  # what CLDR adds to ISO 3166
    *("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"),
}
_SWITCHES = {"true": "true", "yes": "true", "on": "true"} | dict.fromkeys(
    ("false", "no", "off"), "false"
)


def parse_language(value: object) -> str:
    """Return the code of a language that dates can be written in."""
    text = parse_plain(value, "the code of a language")
    if text not in _locales():
        raise _unknown_language(text)
    return text


def parse_spoken_language(value: object) -> str:
    """Return the code of a language that people speak or sign."""
    text = parse_plain(value, "the code of a language")
    if text not in _language_codes():
        raise _unknown_language(text)
    return text


def parse_country(value: object) -> str:
    """Return the code of a country (ISO 3166-1 alpha-2)."""
    text = parse_plain(value, "the code of a country")
    if text in _countries():
        return text
    names = {name.casefold(): code for code, name in _countries().items()}
    code = names.get(text.casefold(), text.upper())
    if code not in _countries():
        advice = "write two capitals, for example  BE"
        raise GrammarError("E133", f"unknown country {shown(text)}", advice)
    message = f"unknown country {shown(text)}"
    raise GrammarError("E133", message, f"write  {code}", instead=(text, code))


def parse_colour(value: object) -> str:
    """Return a colour as ``#rrggbb``, in small letters."""
    text = parse_plain(value, "a colour")
    found = _COLOUR.fullmatch(text)
    if found and found[2] and text.startswith("#"):
        return text.lower()
    digits = "0e47cb"
    if found:
        digits = found[2] or "".join(2 * digit for digit in found[1])
    colour = f"#{digits.lower()}"
    raise GrammarError(
        "E129",
        f"{shown(text)} is not a colour",
        f'write six digits, in quotes:  "{colour}"',
        instead=(text, colour) if found else None,
    )


def is_a_colour(text: str) -> bool:
    """Whether *text* is a colour of six digits."""
    found = _COLOUR.fullmatch(text)
    return bool(found and found[2])


def parse_switch(value: object) -> bool:
    """Return whether something is on: ``true`` or ``false``, no other word."""
    if value in ("true", "false"):
        return value == "true"
    likely = _SWITCHES.get(value.casefold()) if isinstance(value, str) else None
    raise GrammarError(
        "E134",
        f"expected true or false; found {shown(value)}",
        hint=f"write  {likely}" if likely else "",
        instead=(str(value), likely) if likely else None,
    )


def parse_keep_past(value: object) -> int | None:
    """Return for how many days past events stay; None: for ever."""
    if value == "forever":
        return None
    return _whole_number(value, most=MOST_DAYS_KEPT, or_else=", or forever")


def parse_cache(value: object) -> int:
    """Return for how many seconds an answer may be kept."""
    return _whole_number(value, most=MOST_SECONDS_CACHED)


def parse_sequence(value: object) -> int:
    """Return the SEQUENCE that an import goes on from."""
    return _whole_number(value, most=LARGEST_SEQUENCE)


def parse_latitude(value: object) -> float:
    """Return degrees, positive to the north."""
    return _degrees(value, most=90)


def parse_longitude(value: object) -> float:
    """Return degrees, positive to the east."""
    return _degrees(value, most=180)


def parse_refresh(value: object) -> str:
    """Return how often subscribers should look, as RFC 5545 §3.3.6 writes a duration."""
    text = parse_plain(value, "a duration")
    found = _DURATION.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    if text.endswith("T") or (days * 24 + hours) * 60 + minutes not in REFRESH_MINUTES:
        raise GrammarError(
            "E135",
            f"{shown(text)} is not a duration between 5 minutes and 31 days",
            "write for example  PT1H  (an hour),  PT30M  (half an hour)  or  P1D  (a day)",
        )
    return text


def parse_only(*allowed: str) -> Callable[[object], str]:
    """Return the parser of a value that is one of *allowed*."""

    def parse(value: object) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        text = value if isinstance(value, str) else ""
        meant = surely_meant(text, allowed)
        expected = f"{', '.join(allowed[:-1])} or {allowed[-1]}" if allowed[1:] else allowed[0]
        raise GrammarError(
            "E137",
            f"expected {expected}; found {shown(value)}",
            hint=f'did you mean "{meant}"?' if meant else did_you_mean(text, allowed),
            instead=(text, meant) if meant else None,
        )

    return parse


def _whole_number(value: object, *, most: int, or_else: str = "") -> int:
    digits = value if isinstance(value, str) and value.isascii() and value.isdigit() else ""
    if not digits or len(digits) > len(str(most)) or int(digits) > most:
        expected = f"expected a whole number from 0 to {most}{or_else}"
        raise GrammarError("E138", f"{expected}; found {shown(value)}")
    return int(digits)


def _degrees(value: object, *, most: int) -> float:
    text = value if isinstance(value, str) else ""
    if not _DEGREES.fullmatch(text) or abs(float(text)) > most:
        raise GrammarError(
            "E138",
            f"expected degrees from -{most} to {most}; found {shown(value)}",
            "write latitude, then longitude:  geo: [50.8467, 4.3525]",
        )
    return float(text)


def likely_language(text: str) -> str:
    """Return the code of the language that *text* seems to name: by its English name, say."""
    by_name = {name.casefold(): code for code, name in _language_codes().items()}
    code = by_name.get(text.casefold()) or re.split("[-_]", text)[0].lower()
    return code if code in _language_codes() else ""


def _unknown_language(text: str) -> GrammarError:
    code = likely_language(text)
    advice = "a language is two or three small letters, for example  en"
    is_likely = code and code != text
    return GrammarError(
        "E132",
        f"unknown language {shown(text)}",
        advice,
        hint=f"write  {code}" if is_likely else "",
        instead=(text, code) if is_likely and not set(text) & {"-", "_"} else None,
    )


@cache
def _locales() -> frozenset[str]:
    return frozenset(filter(_CODE.fullmatch, localedata.locale_identifiers()))


@cache
def _language_codes() -> Mapping[str, str]:
    names = Locale("en").languages
    return {code: name for code, name in names.items() if _CODE.fullmatch(code)}


@cache
def _countries() -> Mapping[str, str]:
    """English names of the countries by code."""
    names = Locale("en").territories
    return {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES  # noqa: PLR2004 (alpha-2)
    }
