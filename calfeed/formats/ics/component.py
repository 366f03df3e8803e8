"""One VEVENT as content lines; a state becomes STATUS here and nowhere else."""

from collections.abc import Iterator

from calfeed.addresses import Show, Variant, picture_path
from calfeed.formats.ics.contentlines import label, parameter, text, uri
from calfeed.formats.ics.dates import date_lines, dated, recurrence_lines, utc_time
from calfeed.formats.ics.occurrences import Series
from calfeed.formats.ics.wording import Wording
from calfeed.ledger.revision import Revision
from calfeed.model import Details, Online, Picture
from calfeed.occurrences import Occurrence
from calfeed.words import Spoken

MEDIA_TYPES = {"avif": "avif", "jpeg": "jpeg", "jpg": "jpeg", "png": "png", "webp": "webp"}


def component_lines(
    revision: Revision, occurrence: Occurrence, series: Series | None, variant: Variant
) -> Iterator[str]:
    """Yield the unfolded lines of one VEVENT; *series* is its dates if it is a series' master."""
    wording = Wording(
        occurrence=occurrence,
        frame=revision.frame,
        key=revision.key,
        language=variant.language,
    )
    yield "BEGIN:VEVENT"
    yield from _numbers(revision)
    yield from _state(occurrence, variant.show)
    if (original := occurrence.original) is not None:
        yield dated("RECURRENCE-ID", original.start, original.zone, utc=variant.utc)
    yield from date_lines(occurrence.when, utc=variant.utc)
    if series:
        yield from recurrence_lines(occurrence.when, series, utc=variant.utc)
    yield from _words(wording)
    yield from _addresses(wording, occurrence)
    yield from _relations(wording, occurrence.details)
    yield "END:VEVENT"


def _numbers(revision: Revision) -> Iterator[str]:
    """The same on every VEVENT of a UID: some readers look at the first alone, some at all."""
    stamp = utc_time(revision.stamp)
    yield f"UID:{text(revision.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"CREATED:{utc_time(revision.created)}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{revision.sequence}"


def _state(occurrence: Occurrence, show: Show) -> Iterator[str]:
    if not occurrence.is_off:
        yield "STATUS:CONFIRMED"
    else:
        yield "STATUS:TENTATIVE" if show is Show.VISIBLE else "STATUS:CANCELLED"
    if occurrence.is_off or occurrence.when.to_be_confirmed:
        yield "TRANSP:TRANSPARENT"
        yield "X-MICROSOFT-CDO-BUSYSTATUS:FREE"
    else:
        yield "TRANSP:OPAQUE"


def _words(wording: Wording) -> Iterator[str]:
    yield from _spoken("SUMMARY", wording.title)
    yield from _spoken("DESCRIPTION", wording.description)
    yield from _spoken("COMMENT", wording.comment)
    yield from _spoken("LOCATION", wording.location)
    if html := wording.html:
        yield f"X-ALT-DESC;FMTTYPE=text/html:{text(html)}"


def _addresses(wording: Wording, occurrence: Occurrence) -> Iterator[str]:
    details = occurrence.details
    if details.place and details.place.geo:
        yield "GEO:" + ";".join(f"{degrees:.6f}" for degrees in details.place.geo)
    yield f"URL:{uri(wording.page)}"
    if details.online and not details.online.private and not occurrence.is_off:
        yield _conference(details.online, wording)
    if details.image:
        yield _image(details.image, wording)


def _conference(online: Online, wording: Wording) -> str:
    said = wording.choose(online.label) if online.label else wording.say("Join online")
    return (
        f"CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL={parameter(said.text)}"
        f";LANGUAGE={parameter(said.language)}:{uri(online.url)}"
    )


def _image(picture: Picture, wording: Wording) -> str:
    address = wording.frame.site_url + picture_path(picture.sha256, picture.extension)
    kind = MEDIA_TYPES[picture.extension]
    return f"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/{kind}:{uri(address)}"


def _relations(wording: Wording, details: Details) -> Iterator[str]:
    for language, names in _categories(wording, details).items():
        yield f"CATEGORIES;LANGUAGE={parameter(language)}:{','.join(names)}"
    if details.contact and (contact := text(details.contact)):
        yield f"CONTACT:{contact}"
    for organiser in details.organisers:
        if organiser.email:  # ORGANIZER stands once at most (RFC 5545 §3.6.1)
            name = wording.choose(organiser.name).text
            yield f"ORGANIZER;CN={parameter(name)}:{uri('mailto:' + organiser.email)}"
            break
    for uid in wording.frame.related:
        yield f"RELATED-TO;RELTYPE=SIBLING:{text(uid)}"


def _categories(wording: Wording, details: Details) -> dict[str, list[str]]:
    """Return tags and the initiatives' names as TEXT, by the language that they are in."""
    names = [Spoken(tag, wording.frame.language) for tag in details.tags]
    names += [wording.choose(name) for name in wording.frame.initiatives.values()]
    by_language: dict[str, list[str]] = {}
    for said in names:
        if value := text(label(said.text)):
            by_language.setdefault(said.language, []).append(value)
    return by_language


def _spoken(name: str, said: Spoken | None) -> Iterator[str]:
    """A line if there is anything to say: libical takes a property without a value for an error."""
    if said and (value := text(said.text)):
        yield f"{name};LANGUAGE={parameter(said.language)}:{value}"
