"""What an editor's YAML server takes each value for: shapes of JSON Schema, used as types.

They admit all that the parsers do, as YAML 1.2 reads it, and refuse what can be told by its looks.
"""

from typing import Annotated, Any

from pydantic import WithJsonSchema
from typing_extensions import TypeAliasType

from calfeed.model import Change
from calfeed.source.texts import LONGEST_PIN, LONGEST_SLUG, RESERVED

_DAY = r"(?:[A-Za-z]+,?\s+)?[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{1,2}:[0-9]{2}"
_POINT = rf"{_DAY}(?:\s+{_TIME})?"
_TO = r"\s+(?:[Tt][Oo]|[-–—])\s+"
_UNANNOUNCED = r"[Tt][Oo]\s+[Bb][Ee]\s+[Aa][Nn][Nn][Oo][Uu][Nn][Cc][Ee][Dd]"

_PLAIN: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""Any plain text: some are numbers or switches where YAML decides on types."""
_CODE = "^[a-z]{2,3}$"
_SLUG: dict[str, Any] = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": LONGEST_SLUG}

SLUGS = _SLUG
"""What the names of events look like."""
INITIATIVE_SLUGS = _SLUG | {"not": {"anyOf": [{"enum": sorted(RESERVED)}, {"pattern": _CODE}]}}
"""What the names of initiatives look like."""


def _text(**facts: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **facts})


def _whole(pattern: str) -> WithJsonSchema:
    """Return the shape of a text that is *pattern*, blanks around it aside."""
    return _text(pattern=rf"^\s*(?:{pattern})\s*$")


def _number(least: int, most: int, *others: str) -> WithJsonSchema:
    number = {"type": "integer", "minimum": least, "maximum": most}
    words = [{"enum": list(others)}] if others else []
    return WithJsonSchema({"anyOf": [number, {"type": "string", "pattern": "^[0-9]+$"}, *words]})


def _degrees(most: int) -> WithJsonSchema:
    number = {"type": "number", "minimum": -most, "maximum": most}
    return WithJsonSchema({"anyOf": [number, {"type": "string", "pattern": r"^[+-]?[0-9.]+$"}]})


PlainText = Annotated[str, WithJsonSchema(_PLAIN)]
Text = TypeAliasType(
    "Text",
    Annotated[
        Any,
        WithJsonSchema(
            {
                "description": "a text, or one for each language: {en: Welcome, fr: Accueil}",
                "anyOf": [
                    _PLAIN,
                    {
                        "type": "object",
                        "minProperties": 1,
                        "propertyNames": {"pattern": _CODE},
                        "additionalProperties": _PLAIN,
                    },
                ],
            }
        ),
    ],
)
Slug = Annotated[str, WithJsonSchema(_PLAIN | SLUGS)]
InitiativeSlug = Annotated[str, WithJsonSchema(_PLAIN | INITIATIVE_SLUGS)]
Pin = Annotated[str, WithJsonSchema(_PLAIN | {"maxLength": LONGEST_PIN})]

Day = Annotated[str, _whole(_DAY)]
Date = Annotated[
    str,
    _whole(
        rf"{_UNANNOUNCED}|{_POINT}(?:{_TO}(?:{_POINT}|{_TIME}))?"
        rf"|{_DAY}\s+{_TIME}\s*[-–—]\s*{_TIME}"
    ),
]
Moment = Annotated[str, _whole(_POINT)]
End = Annotated[str, _whole(rf"{_POINT}|{_TIME}")]
AgendaTime = Annotated[str, _whole(rf"(?:{_DAY}\s+)?{_TIME}")]
Occurrence = Annotated[str, _whole(rf"{_DAY}(?:\s* onwards)?")]
Zone = Annotated[str, _text(pattern="^[A-Za-z][A-Za-z0-9_+/-]*$")]

Switch = Annotated[bool, WithJsonSchema({"enum": [True, False, "true", "false"]})]
Colour = Annotated[str, _text(pattern="^#[0-9A-Fa-f]{6}$")]
Language = Annotated[str, _text(pattern=_CODE)]
Country = Annotated[str, _text(pattern="^[A-Z]{2}$")]
Address = Annotated[str, _text(pattern="^https?://")]
Host = Annotated[str, _text(pattern=r"^[^\s/@]+$")]
Email = Annotated[str, _text(pattern=r"^[^\s@]+@[^\s@]+$")]
Duration = Annotated[str, _text(pattern="^P(?=[0-9T])")]
Latitude = Annotated[float, _degrees(90)]
Longitude = Annotated[float, _degrees(180)]
KeepPast = Annotated[int, _number(0, 36_500, "forever")]
Seconds = Annotated[int, _number(0, 86_400)]
Sequence = Annotated[int, _number(0, 2_147_483_647)]
Times = Annotated[int, _number(1, 1000)]
Format = Annotated[int, WithJsonSchema({"enum": [1, "1"]})]
Required = Annotated[str, WithJsonSchema({"enum": ["required"]})]
Nothing = Annotated[str, WithJsonSchema({"enum": ["none"]})]
ChangeName = Annotated[str, WithJsonSchema({"enum": list(map(str, Change))})]

NEEDS = {
    Change.RESCHEDULED: {"required": ["when"]},
    Change.RELOCATED: {"required": ["place"]},
    Change.MOVED_ONLINE: {"required": ["online"], "properties": {"place": {"enum": ["none"]}}},
    Change.POSTPONED: {"not": {"required": ["when"]}},
    Change.CANCELLED: {"not": {"required": ["when"]}},
}
"""What an update with one of these changes must have, or must not."""
