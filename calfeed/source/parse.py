"""Documents -> what they state together, or all their problems at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Literal

from calfeed.errors import Place, Problem
from calfeed.source.checks import check_documents
from calfeed.source.days import check_days, remind
from calfeed.source.event import Basis
from calfeed.source.examined import Examined, faulty_events
from calfeed.source.parsed import NO_SITE, Parsed, grounds_of, parse_one
from calfeed.source.pictures import Pictures
from calfeed.source.reading import Grounds
from calfeed.source.stated import Placing, Stated, StatedPicture, Statement
from calfeed.source.yaml import Document


def parse_sources(
    documents: Sequence[Document], *, today: date, as_of: date | None = None
) -> Stated:
    """Return what *documents* state on *today*, a day in the zone of their site.

    With *as_of* it is what they stated on that day: events published and updates announced later
    are left out.

    Raises:
        SourceError: they have errors; all problems are told, in the order of the files.
    """
    grounds = common_grounds(map(grounds_of, documents))
    pictures = Pictures()
    parsed = [
        parse_one(document, Basis(grounds=grounds, find=find, as_of=as_of))
        for document in documents
        for find in (partial(pictures.find, folder=document.folder),)
    ]
    return examine(parsed, today=as_of or today, as_of=as_of).whole()


def common_grounds(stated: Iterable[Grounds | None]) -> Grounds:
    """Return the grounds of the first document that has a site."""
    return next((grounds for grounds in stated if grounds), NO_SITE)


def examine(documents: Sequence[Parsed], *, today: date, as_of: date | None = None) -> Examined:
    """Return what *documents*, in the order of the files, state together on *today*.

    All problems are told, in the order of the files; but where a file could not be read, nothing
    is said of names that may stand in it.
    """
    statements = _statements(documents, as_of)
    problems = [problem for document in documents for problem in document.problems]
    if all(document.is_read for document in documents):
        problems += check_documents(documents)
    problems += [*check_days(statements, today=today), *remind(statements, today=today)]
    ranks = {document.name: rank for rank, document in enumerate(documents)}
    problems.sort(key=lambda problem: _rank(problem, ranks))
    sites = [document for document in documents if document.site]
    faulty = faulty_events(documents, problems)
    if faulty is None or not sites or sites[0].site is None:
        return Examined(problems=tuple(problems))
    stated = Stated(
        site=sites[0].site,
        ledger_required=sites[0].ledger_required,
        initiatives=tuple(one for document in documents for one in document.initiatives),
        statements=tuple(one for one in statements if one.event.key not in faulty),
        pictures=_pictures(documents),
        problems=tuple(problems),
        place=_placing(documents),
    )
    return Examined(problems=stated.problems, stated=stated, faulty=faulty)


def _statements(documents: Iterable[Parsed], as_of: date | None) -> tuple[Statement, ...]:
    statements = (statement for document in documents for statement in document.statements)
    if as_of is not None:
        statements = (
            statement
            for statement in statements
            if statement.event.published is None or statement.event.published <= as_of
        )
    return tuple(sorted(statements, key=lambda statement: statement.event.key))


def _rank(problem: Problem, ranks: dict[str, int]) -> tuple[int, int, int]:
    place = problem.place
    return ranks.get(place.file, len(ranks)), place.line, place.column


def _pictures(documents: Iterable[Parsed]) -> tuple[StatedPicture, ...]:
    found = {one.sha256: one for document in documents for one in document.pictures.values()}
    return tuple(
        StatedPicture(sha256=sha256, extension=one.extension, path=one.path)
        for sha256, one in sorted(found.items())
    )


def _placing(documents: Sequence[Parsed]) -> Placing:
    """Return what finds places in whichever document has the thing in question."""

    def place(
        *path: str | int, of: Literal["key", "value", "entry"] = "value", part: str = ""
    ) -> Place:
        owners = [document for document in documents if document.has(path)] or documents
        return owners[0].place(*path, of=of, part=part)

    return place
