"""What is said of an event or of one date of it, in all languages that the editor wrote."""

from collections.abc import Callable, Mapping

from calfeed.addresses import picture_path
from calfeed.dates import moment_text
from calfeed.markup import as_html
from calfeed.model import Details, Online, Picture, Registration, Text, Venue

Data = Mapping[str, object]


def details_as_data(details: Details, *, site_url: str, is_off: bool, zone: str) -> Data:
    """Return what *details* say; how to take part only while it takes place (not *is_off*).

    Texts by language: plain ones, but ``description_html``, which is safe anywhere. *zone* is
    that of the date.
    """
    return {
        "title": one_line(details.title),
        "place": place_as_data(details.place),
        "online": _online(details.online, is_off=is_off),
        "summary": details.summary and dict(details.summary),
        "description_html": each(details.description, as_html),
        "image": _picture(details.image, site_url),
        "organisers": [
            {"name": one_line(one.name), "url": one.url, "email": one.email}
            for one in details.organisers
        ],
        "contact": details.contact,
        "website": details.website,
        "languages": list(details.languages),
        "registration": None if is_off else _registration(details.registration, zone),
        "agenda": [{"at": item.at, "title": one_line(item.title)} for item in details.agenda],
        "tags": list(details.tags),
        "links": [{"url": link.url, "label": _line(link.label)} for link in details.links],
        "free": details.free,
    }


def one_line(text: Text) -> dict[str, str]:
    """Return *text* with every run of white space as one blank."""
    return {name: " ".join(said.split()) for name, said in text.items()}


def each(text: Text | None, written: Callable[[str], str]) -> dict[str, str] | None:
    """Return *text* with what *written* makes of it in each language; None of none."""
    return None if text is None else {name: written(said) for name, said in text.items()}


def _line(text: Text | None) -> dict[str, str] | None:
    return None if text is None else one_line(text)


def place_as_data(place: Venue | None) -> Data | None:
    """Return where an event takes place, or took place before; None if nowhere is known."""
    if place is None:
        return None
    geo = place.geo and {"latitude": place.geo[0], "longitude": place.geo[1]}
    return {
        "name": one_line(place.name),
        "address": _line(place.address),
        "country": place.country,
        "geo": geo,
    }


def _online(online: Online | None, *, is_off: bool) -> Data | None:
    """That it is online, always; where, only for those who may come."""
    if online is None:
        return None
    if online.private or is_off:
        return {"url": None, "label": None}
    return {"url": online.url, "label": _line(online.label)}


def _picture(picture: Picture | None, site_url: str) -> Data | None:
    if picture is None:
        return None
    return {
        "url": site_url + picture_path(picture.sha256, picture.extension),
        "alt": one_line(picture.alt),
        "credit": picture.credit,
        "width": picture.size and picture.size[0],
        "height": picture.size and picture.size[1],
    }


def _registration(registration: Registration | None, zone: str) -> Data | None:
    if registration is None:
        return None
    closes = registration.closes
    return {
        "url": registration.url,
        "closes": None if closes is None else moment_text(closes, zone),
    }
