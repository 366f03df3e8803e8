"""Queries of listings: some events of a feed, some at a time."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice

from calfeed.dates import stamp_text
from calfeed.ledger.revision import Revision
from calfeed.model import Change
from calfeed.occurrences import Occurrence, only_date, series_of
from calfeed.representation import Representation
from calfeed.site.choosing import Choice, parse_choice
from calfeed.site.listings import Listings
from calfeed.site.parameters import QueryError
from calfeed.site.questions import Answers, problem
from calfeed.snapshot import Feed
from calfeed.states import status_of


class Queries:
    """What the listings of one snapshot answer to queries."""

    def __init__(self, listings: Listings) -> None:
        self._listings = listings
        self._answers = Answers()

    def heeds(self, path: str) -> bool:
        """Whether there is a listing at *path*."""
        return self._listings.feed(path) is not None

    def ask(self, path: str, query: str) -> Representation | None:
        """Return the events that *query* asks for, a problem if it cannot be; None: all of them."""
        try:
            choice = parse_choice(query)
        except QueryError as error:
            return problem(HTTPStatus.BAD_REQUEST, str(error), parameter=error.parameter)
        feed = self._listings.feed(path)
        if choice is None or feed is None:
            return None
        asked = self._listings.proper(path), choice
        return self._answers.get(asked, lambda: self._answer(feed, choice))

    def _answer(self, feed: Feed, choice: Choice) -> Representation:
        fitting = (one for one in feed.revisions if _fits(one, choice))
        chosen = list(islice(fitting, choice.limit + 1))
        shown = chosen[: choice.limit]
        is_last = len(chosen) == len(shown)
        following = "" if is_last else choice.query_after(_place(shown[-1]))
        return self._listings.listing(feed, shown, following=following)


def _fits(revision: Revision, choice: Choice) -> bool:
    if choice.after and _place(revision) <= choice.after:
        return False
    if choice.tags and not set(choice.tags).intersection(revision.event.details.tags):
        return False
    dates = list(_dates(revision))
    if dates:
        return any(_is_chosen(one, choice) for one in dates)
    standing, withdrawn = revision.event.standing, revision.withdrawn is not None
    return choice.last is None and _has_status(status_of(standing, withdrawn=withdrawn), choice)


def _dates(revision: Revision) -> Iterator[Occurrence]:
    if (series := series_of(revision)) is not None:
        yield from series.all().values()
    elif (only := only_date(revision)) is not None:
        yield only


def _is_chosen(date: Occurrence, choice: Choice) -> bool:
    """Whether *date* is among those asked for: one that waits for another day may be any day."""
    when = date.when
    if choice.last and when.first_day > choice.last:
        return False
    waits = choice.last is None and date.standing.off is Change.POSTPONED
    if choice.first and not waits and when.last_day(when.zone) < choice.first:
        return False
    return _has_status(status_of(date.standing, withdrawn=date.withdrawn is not None), choice)


def _has_status(status: str, choice: Choice) -> bool:
    return not choice.statuses or status in choice.statuses


def _place(revision: Revision) -> tuple[str, str]:
    """Return where *revision* stands in every feed: its order never changes."""
    return stamp_text(revision.created), revision.uid
