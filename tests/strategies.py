"""Any event that a source may state, as hypothesis draws them: any text, any date, any state."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from calfeed.addresses import Show, Variant
from calfeed.dates import When, on_day
from calfeed.ledger.revision import Revision
from calfeed.model import (
    AgendaItem,
    Change,
    Details,
    Event,
    Link,
    Online,
    Organiser,
    Override,
    Registration,
    Rule,
    Standing,
    Text,
    Update,
    Venue,
)
from tests.builders import a_revision

ZONES = (
    "Europe/Brussels",
    "Europe/Athens",
    "America/New_York",
    "Asia/Calcutta",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "UTC",
)
LANGUAGES = ("en", "fr", "de", "el", "nl")
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "a\\nb",
        "a\\",
        "a;b,c:d",
        '"^n"',
        "BEGIN:VEVENT\r\nUID:x",
        "**a**\n\n- [b](https://x.eu)",
        " ",
    ]
)
texts: st.SearchStrategy[Text] = st.dictionaries(
    st.sampled_from(LANGUAGES), words, min_size=1, max_size=3
).map(lambda text: dict(sorted(text.items())))
days = st.dates(date(1995, 1, 1), date(2037, 12, 31))
urls = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map("https://x.eu/".__add__)


def is_plain(when: When) -> bool:
    """Whether its clocks show its hours once: a source refuses those they skip or double."""
    moments = [moment for moment in (when.start, when.end) if isinstance(moment, datetime)]
    aware = [moment.replace(tzinfo=ZoneInfo(when.zone)) for moment in moments]
    return all(one.utcoffset() == one.replace(fold=1).utcoffset() for one in aware)


@st.composite
def whens(draw: st.DrawFn, day: st.SearchStrategy[date] = days) -> When:
    zone, first = draw(st.sampled_from(ZONES)), draw(day)
    if draw(st.booleans()):
        end = draw(st.none() | st.integers(0, 5).map(lambda more: first + timedelta(days=more)))
        return When(start=first, end=end, zone=zone, to_be_confirmed=draw(st.booleans()))
    start = datetime.combine(first, draw(st.times()).replace(second=0, microsecond=0))
    last = draw(st.none() | st.integers(1, 3000).map(lambda more: start + timedelta(minutes=more)))
    return When(start=start, end=last, zone=zone)


plain_whens = whens().filter(is_plain)


@st.composite
def updates(draw: st.DrawFn, change: Change | None = None) -> Update:
    return Update(
        announced=draw(days),
        change=change or draw(st.sampled_from(Change)),
        notice=draw(st.none() | texts),
    )


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    off = draw(st.sampled_from([None, Change.POSTPONED, Change.CANCELLED]))
    return Standing(
        off=off,
        online=draw(st.booleans()),
        old=tuple(draw(st.lists(plain_whens, max_size=2))),
        reason=draw(st.none() | updates(off)),
    )


venues = st.builds(
    Venue,
    name=texts,
    address=st.none() | texts,
    country=st.sampled_from([None, "BE", "GR"]),
    geo=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
onlines = st.builds(Online, url=urls, label=st.none() | texts, private=st.booleans())
organisers = st.builds(Organiser, name=texts, email=st.sampled_from([None, "a@x.eu", "é;@x.eu"]))


def details_of(when: When | None) -> st.SearchStrategy[Details]:
    """Return any details on the date *when*."""
    return st.builds(
        Details,
        title=texts,
        when=st.just(when),
        place=st.none() | venues,
        online=st.none() | onlines,
        summary=st.none() | texts,
        description=st.none() | texts,
        organisers=st.lists(organisers, max_size=2).map(tuple),
        contact=st.none() | words,
        website=st.none() | urls,
        registration=st.none() | st.builds(Registration, url=urls, closes=st.none() | days),
        agenda=st.lists(st.builds(AgendaItem, at=st.just("10:00"), title=texts), max_size=1).map(
            tuple
        ),
        tags=st.lists(words, max_size=2).map(tuple),
        links=st.lists(st.builds(Link, url=urls, label=st.none() | texts), max_size=1).map(tuple),
    )


@st.composite
def rules(draw: st.DrawFn, first: date) -> Rule:
    """Return a rule from *first* on; sometimes one that RRULE alone cannot say."""
    step = draw(st.integers(1, 9))
    every = [first + timedelta(days=step * number) for number in range(draw(st.integers(1, 6)))]
    kept = [day for day in every[1:-1] if draw(st.integers(0, 9))]
    dates = sorted({first, *kept, every[-1]})
    left_out = [day for day in dates[1:] if not draw(st.integers(0, 3))]
    return Rule(rrule=f"FREQ=DAILY;INTERVAL={step}", days=tuple(dates), leaves_out=tuple(left_out))


@st.composite
def events(draw: st.DrawFn) -> Event:
    when = draw(plain_whens)
    details, standing = draw(details_of(when)), draw(standings())
    rule = draw(st.none() | rules(when.first_day))
    if rule and not all(is_plain(on_day(when, day)) for day in rule.days):
        rule = None
    return Event(
        key="any",
        initiatives=("parks",),
        details=details,
        standing=standing,
        rule=rule,
        overrides=tuple(draw(overrides(rule, when))) if rule else (),
        updates=(standing.reason,) if standing.reason else (),
    )


@st.composite
def overrides(draw: st.DrawFn, rule: Rule, when: When) -> list[Override]:
    named = [day for day in rule.days if day not in rule.leaves_out and draw(st.booleans())]
    return [
        Override(
            day=day,
            details=draw((st.just(on_day(when, day)) | plain_whens).flatmap(details_of)),
            standing=draw(standings()),
        )
        for day in named
    ]


@st.composite
def revisions(draw: st.DrawFn) -> Revision:
    """Return any event as it may be told: what a ledger can hold."""
    moments = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1))
    moments = moments.map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
    return a_revision(
        draw(events()),
        uid=draw(st.sampled_from(["8d4c1c3e", "a;b,c\\d@x.eu"])),
        sequence=draw(st.integers(0, 2**31 - 1)),
        stamp=draw(moments),
        created=draw(moments),
        withdrawn=draw(st.none() | moments),
        initiatives={"parks": draw(texts)},
        related=draw(st.sampled_from([(), ("another",)])),
    )


variants = st.builds(
    Variant,
    language=st.sampled_from(LANGUAGES),
    show=st.sampled_from(Show),
    utc=st.booleans(),
)
