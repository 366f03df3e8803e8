"""Where an event of another calendar takes place and what it says, as an events file has it."""

import re
from dataclasses import dataclass

from calfeed.source.grammar import GrammarError
from calfeed.source.importing.components import Component, Property
from calfeed.source.importing.outcome import Fields
from calfeed.source.importing.texts import as_markdown, from_html, one_line, plain
from calfeed.source.links import parse_email, parse_url
from calfeed.source.writing import Written
from calfeed.words import say

_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com"
    r"|webex\.com|meet\.jit\.si|whereby\.com)/[^\s<>\")\]]+"
)
_CONFERENCES = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
)
_LONGEST_PLACE = 500
_MOST_TAGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What of an event calfeed wrote itself: then its own words are no part of the texts."""

    is_own: bool = False
    names: frozenset[str] = frozenset()
    is_online: bool = False


def details_of(event: Component, own: Own) -> Fields:
    """Return place, link, texts, tags and people of *event*; what it has not is not there."""
    online, place = _online(event), _place(event, own)
    website = "" if own.is_own else _url(event.text("URL"))
    fields: Fields = {
        "place": place,
        "online": "" if own.is_online else online,
        "description": _description(event, own),
        "organisers": [] if own.is_own else _organisers(event),
        "contact": one_line(event.text("CONTACT")),
        "website": "" if website and _MEETING.match(website) else website,
        "tags": [name for name in _categories(event) if name not in own.names][:_MOST_TAGS],
    }
    return {name: value for name, value in fields.items() if value}


def _place(event: Component, own: Own) -> Written:
    found = event.first("LOCATION")
    lines = plain(found.text).split("\n") if found else []
    name = one_line(", ".join(filter(None, map(str.strip, lines))))[:_LONGEST_PLACE]
    if _url(name) or (own.is_own and name in _words_for_online()):
        return ""
    geo = re.fullmatch(r"\s*(-?[0-9.]+)\s*;\s*(-?[0-9.]+)\s*", _raw(event, "GEO"))
    if not name or geo is None:
        return name
    degrees = [
        float(part) if part.count(".") <= 1 and part.strip("-.") else 200.0 for part in geo.groups()
    ]
    is_real = abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180  # noqa: PLR2004 (degrees)
    return {"name": name, "geo": degrees} if is_real else name


def _online(event: Component) -> Written:
    for name in _CONFERENCES:
        for found in event.all(name):
            if url := _url(found.value if name == "CONFERENCE" else found.text):
                label = one_line(found.parameters.get("LABEL", ""))
                return {"url": url, "label": label} if label else {"url": url}
    if url := _url(one_line(event.text("LOCATION"))):
        return {"url": url}
    for name in ("LOCATION", "URL", "DESCRIPTION"):
        if found_link := _MEETING.search(_raw(event, name).replace("\\n", "\n")):
            return {"url": url} if (url := _url(found_link[0])) else ""
    return ""


def _description(event: Component, own: Own) -> str:
    html = event.first("X-ALT-DESC")
    found = event.first("DESCRIPTION")
    text = plain(found.text) if found else ""
    if own.is_own:
        return as_markdown(_without_own_words(text, event))
    if html and "html" in html.parameters.get("FMTTYPE", "").lower():
        return from_html(html.text)
    return as_markdown(text)


def _without_own_words(text: str, event: Component) -> str:
    """Return what an editor wrote of *text*: the state's sentences and the page are calfeed's."""
    comment = event.first("COMMENT")
    page = _raw(event, "URL")
    told = plain(comment.text) if comment else ""
    return text.removeprefix(told).strip().removesuffix(page).strip()


def _organisers(event: Component) -> list[Written]:
    found = event.first("ORGANIZER")
    if found is None:
        return []
    email = _email(re.sub("^mailto:", "", found.value.strip(), flags=re.IGNORECASE))
    name = one_line(found.parameters.get("CN", "")) or email
    if not name:
        return []
    return [{"name": name, "email": email} if email else {"name": name}]


def _categories(event: Component) -> list[str]:
    names = (
        one_line(part.replace("\\,", ",").replace("\\;", ";").replace("\\n", " "))
        for found in event.all("CATEGORIES")
        for part in re.split(r"(?<!\\),", found.value)
    )
    return list(dict.fromkeys(filter(None, names)))


def _raw(event: Component, name: str) -> str:
    found: Property | None = event.first(name)
    return found.value if found else ""


def _url(written: str) -> str:
    try:
        return parse_url(written.strip())
    except GrammarError:
        return ""


def _email(written: str) -> str:
    try:
        return parse_email(written)
    except GrammarError:
        return ""


def _words_for_online() -> set[str]:
    return {say("Online", language) for language in ("en", "fr", "de", "el")}
