"""Whatever two files say, what would be told can be said in every form, beside every variant."""

import json
from datetime import date
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from calfeed.cli.difference.data import as_json
from calfeed.cli.difference.markdown import as_markdown
from calfeed.cli.difference.published import Out, report_of_published
from calfeed.cli.difference.report import Report
from calfeed.cli.difference.text import print_report
from calfeed.cli.difference.told import Before, report_of_told
from calfeed.comparing import read_published, which_feed
from calfeed.errors import SourceError
from calfeed.ledger.told import Told
from calfeed.publisher import would_tell
from calfeed.source.parse import parse_sources
from calfeed.source.stated import Stated
from calfeed.source.yaml import parse_document
from tests.house import NOON, House, body, files

DAY = date(2026, 11, 23)
FEEDS = (
    "/feeds/all.ics",
    "/feeds/parks.fr.visible.ics",
    "/feeds/schools.active.utc.ics",
    "/feeds/all.utc.ics",
)
few = settings(max_examples=40)


def stated_of(text: str) -> Stated | None:
    """Return what *text* states; None if it has errors."""
    try:
        return parse_sources([parse_document(text.encode(), name="events.yaml")], today=DAY)
    except SourceError:
        return None


def said(report: Report) -> str:
    """Return *report* in every form; each must say something."""
    out = StringIO()
    print_report(report, Console(file=out, width=80, force_terminal=True), details=True)
    forms = (out.getvalue(), as_markdown(report), as_json(report))
    assert all(forms)
    assert json.loads(forms[2])["events"] is not None
    return "".join(forms)


@few
@given(files(), files(), st.booleans())
def test_what_is_told_can_be_said(before: str, after: str, is_ledger: bool) -> None:
    house, stated = House(), stated_of(after)
    house.try_to_publish(before)
    if stated is None:
        return
    told = Before(told=house.told, name="x", is_ledger=is_ledger)
    try:
        prospect = would_tell(stated, house.told, now=NOON)
    except SourceError:
        return
    report = report_of_told(stated, prospect, told, day=DAY)
    said(report)
    assert len(report.entries) >= len({row.uid for row in prospect.publication.rows})


@few
@given(files(), files(), st.sampled_from(FEEDS))
def test_what_differs_from_a_feed_can_be_said(before: str, after: str, path: str) -> None:
    house, stated = House(), stated_of(after)
    house.try_to_publish(before)
    if stated is None or not house.told.version:
        return
    events = read_published(body(house.table(), path))
    out = Out(address="x", which=which_feed(path, stated.site), events=events)
    pins = {one.key: one.uid for one in events.values()}
    report = report_of_published(
        stated, would_tell(stated, Told(ledger_id="", pins=pins), now=NOON), out, day=DAY
    )
    said(report)
    assert before != after or report.is_empty
