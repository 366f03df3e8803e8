"""Checks that look across all documents: names that are taken twice, unknown, or given away."""

from collections.abc import Iterator, Sequence

from calfeed.errors import Place, Problem
from calfeed.source.grammar import did_you_mean, shown
from calfeed.source.parsed import Named, Parsed
from calfeed.source.stated import Statement

_MOST_NAMED = 12


def check_documents(documents: Sequence[Parsed]) -> Iterator[Problem]:
    """Yield what is wrong with how the documents go together; *documents* are in file order."""
    yield from _check_site(documents)
    yield from _check_taken(documents)
    yield from _check_initiatives(documents)
    yield from _check_events(documents)
    yield from _check_identities(documents)


def _check_site(documents: Sequence[Parsed]) -> Iterator[Problem]:
    with_site = [document for document in documents if document.has_site]
    if documents and not with_site:
        yield Problem(
            code="E160",
            message="no site: nothing says what the calendars are called and where they are",
            place=Place(file=documents[0].name),
            help=("write at the top  site:  with  name,  url,  language  and  timezone",),
        )
    for document in with_site:
        if document is not with_site[0]:
            yield Problem(
                code="E161",
                message="the site is described twice",
                place=document.place("site", of="key"),
                hint=f"{with_site[0].name} has it too",
                help=("keep one of them",),
            )
        elif not document.has_format:
            yield Problem(
                code="E121",
                message='the file has no "format"',
                place=document.place("site", of="key"),
                help=("add above it  format: 1",),
            )


def _check_taken(documents: Sequence[Parsed]) -> Iterator[Problem]:
    """YAML refuses double keys within a file, so what is found here is in two files."""
    events: dict[str, Parsed] = {}
    initiatives: dict[str, Parsed] = {}
    for document in documents:
        for key in document.events:
            if (first := events.setdefault(key, document)) is not document:
                yield _taken("E401", "events", key, document, first)
        for slug in document.slugs:
            if (first := initiatives.setdefault(slug, document)) is not document:
                yield _taken("E402", "initiatives", slug, document, first)


def _taken(code: str, kind: str, name: str, document: Parsed, first: Parsed) -> Problem:
    return Problem(
        code=code,
        message=f'two {kind} are named "{name}"',
        place=document.place(kind, name, of="key"),
        hint=f"the other: {first.place(kind, name, of='key')}",
        help=("give one of them another name: of two that were published, the newer",),
    )


def _check_initiatives(documents: Sequence[Parsed]) -> Iterator[Problem]:
    slugs = _slugs(documents)
    unions = _unions(documents)
    former = dict.fromkeys(slugs, "")
    for document in documents:
        for initiative in document.initiatives:
            slug = initiative.slug
            for index, name in enumerate(initiative.formerly):
                if former.setdefault(name, slug) != slug:
                    yield _given_away(name, document.place("initiatives", slug, "formerly", index))
            for index, name in enumerate(initiative.of):
                if name not in slugs:
                    where = document.place("initiatives", slug, "of", index)
                    yield _unknown("initiative", name, slugs, where)
                elif name in unions:
                    yield Problem(
                        code="E405",
                        message=f'"{name}" is a union itself',
                        place=document.place("initiatives", slug, "of", index),
                        hint="a union gathers initiatives, not unions",
                        help=("name the initiatives that it gathers",),
                    )


def _check_events(documents: Sequence[Parsed]) -> Iterator[Problem]:
    slugs, unions = _slugs(documents), _unions(documents)
    plain = slugs.keys() - unions
    keys = {key: None for document in documents for key in document.events}
    known = {*keys, *(old for one in _statements(documents) for old in one.formerly)}
    for document in documents:
        for named in document.events.values():
            if not plain.issuperset(named.initiatives):
                yield from _wrong_initiatives(named, document, slugs, unions)
            for index, key in enumerate(named.related):
                if key not in known:
                    where = document.place("events", named.key, "related", index)
                    yield _unknown("event", key, keys, where)


def _wrong_initiatives(
    named: Named, document: Parsed, slugs: dict[str, None], unions: set[str]
) -> Iterator[Problem]:
    for index, name in enumerate(named.initiatives):
        where = document.place("events", named.key, "initiatives", index)
        if name in unions:
            yield Problem(
                code="E406",
                message=f'"{name}" is a union of initiatives',
                place=where,
                hint="it gathers their events by itself",
                help=("name the initiatives whose event it is",),
            )
        elif name not in slugs:
            yield _unknown("initiative", name, slugs, where)


def _check_identities(documents: Sequence[Parsed]) -> Iterator[Problem]:
    """An event is known to subscribers by one UID, which follows from its first key or a pin."""
    owners = {key: key for document in documents for key in document.events}
    pins: dict[str, str] = {}
    for statement in _statements(documents):
        key, uid = statement.event.key, statement.uid
        for index, old in enumerate(statement.formerly):
            if (owner := owners.setdefault(old, key)) != key:
                yield _two_identities(old, owner, statement.place("formerly", index))
        if uid is not None and (owner := pins.setdefault(uid, key)) != key:
            yield Problem(
                code="E404",
                message=f'"{owner}" and "{key}" have the same UID',
                place=statement.place("uid"),
                hint="one UID is one event",
                help=("calendars would keep one of the two: remove the line from the newer",),
            )


def _two_identities(old: str, owner: str, where: Place) -> Problem:
    if old == owner:
        return Problem(
            code="E403",
            message=f'"{old}" is an event of its own',
            place=where,
            hint="so it cannot be a former name of this one",
            help=("remove it here, or remove that event if this one replaces it",),
        )
    return Problem(
        code="E403",
        message=f'"{old}" was the name of "{owner}"',
        place=where,
        hint="an event has one successor",
        help=("remove it from one of the two",),
    )


def _given_away(name: str, where: Place) -> Problem:
    return Problem(
        code="E407",
        message=f'"{name}" is the name, or a former name, of another initiative',
        place=where,
        hint="an address leads to one calendar",
        help=("a name is never given to another initiative: remove it here, or rename that one",),
    )


def _unknown(kind: str, name: str, known: dict[str, None], where: Place) -> Problem:
    names = list(known)
    advice = f"it has to stand among the {kind}s first"
    if len(names) <= _MOST_NAMED:
        advice = f"there are: {', '.join(names)}" if names else advice
    elif kind == "event":
        advice = "all events with their names:  calfeed list"
    return Problem(
        code="E400" if kind == "initiative" else "E408",
        message=f"unknown {kind} {shown(name)}",
        place=where,
        hint=did_you_mean(name, names),
        help=(advice,),
    )


def _statements(documents: Sequence[Parsed]) -> Iterator[Statement]:
    return (statement for document in documents for statement in document.statements)


def _slugs(documents: Sequence[Parsed]) -> dict[str, None]:
    return {slug: None for document in documents for slug in document.slugs}


def _unions(documents: Sequence[Parsed]) -> set[str]:
    return {one.slug for document in documents for one in document.initiatives if one.of}
