"""A mirror always equals the full feed, whatever happened since it last asked."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal, get_args

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfeed.site import Table
from tests.house import House, entries
from tests.site.sync.mirror import Mirror, full
from tests.spine import events_file

FEEDS = (
    "/feeds/all.ics",
    "/feeds/parks.ics",
    "/feeds/schools.ics",
    "/feeds/schools.active.utc.ics",
    "/feeds/parks.fr.visible.ics",
    "/feeds/town.ics",
)
PLAIN: dict[str, Any] = {
    "parks": {"name": "Parks"},
    "schools": {"name": "Schools"},
    "town": {"name": "Town", "of": ["parks", "schools"]},
}
INITIATIVES: dict[str, dict[str, Any]] = {
    "as ever": PLAIN,
    "a union of fewer": {**PLAIN, "town": {"name": "Town", "of": ["parks"]}},
    "one renamed": {
        "greens": {"name": "Greens", "formerly": ["parks"]},
        "schools": {"name": "Schools"},
        "town": {"name": "Town", "of": ["greens", "schools"]},
    },
}


Trouble = Literal["none", "restart", "restored", "lost", "mixed up"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What the file says, for how long, and what the mirrors do meanwhile.

    Before that ``trouble`` may come: the server starts again, another ledger stands in the place
    of the one that was, mirrors lose their tokens or mix them up.
    """

    text: str
    span: timedelta
    limit: int | None
    batches: tuple[int, ...]
    trouble: Trouble


def texts() -> st.SearchStrategy[str]:
    def written(events: dict[str, Any], names: str, keep_past: int | None) -> str:
        if names == "one renamed":
            events = {key: renamed(entry) for key, entry in events.items()}
        return events_file(events, site={"keep_past": keep_past}, initiatives=INITIATIVES[names])

    return st.builds(
        written,
        st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), entries(), max_size=4),
        st.sampled_from(["as ever", "as ever", "as ever", *INITIATIVES]),
        st.sampled_from([20, 20, 20, 20, 20, 60]),
    )


def renamed(entry: dict[str, Any]) -> dict[str, Any]:
    slugs = ["greens" if slug == "parks" else slug for slug in entry["initiatives"]]
    return {**entry, "initiatives": slugs}


def steps() -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        text=texts(),
        span=st.sampled_from(
            [timedelta(0), timedelta(seconds=1), timedelta(1), timedelta(11), timedelta(-1)]
        ),
        limit=st.sampled_from([None, 1, 2]),
        batches=st.tuples(*[st.integers(0, 3)] * len(FEEDS)),
        trouble=st.sampled_from(["none", "none", "none", *get_args(Trouble)]),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(steps(), min_size=2, max_size=8))
def test_a_mirror_equals_the_full_feed(history: list[Step]) -> None:
    house = House()
    mirrors = [Mirror(path) for path in FEEDS]
    table: Table | None = None
    for number, step in enumerate(history):
        upset(mirrors, step.trouble)
        if step.trouble == "restored":
            house.told = replace(house.told, ledger_id=f"restored at {number}")
        house.try_to_publish(step.text)
        if house.told.version:
            if table is None or step.trouble == "restart":
                table = house.table()
            table = table.successor(house.snapshot())
            for mirror, batches in zip(mirrors, step.batches, strict=True):
                follow(mirror, table, step.limit, batches)
        house.now += step.span
    assume(table is not None)
    last = house.table()
    for mirror in mirrors:
        mirror.catch_up(last)
        assert mirror.events == full(last, mirror.path), mirror.path


def upset(mirrors: list[Mirror], trouble: Trouble) -> None:
    """Do to *mirrors* what they have to survive; who lost its token has to begin anew."""
    if trouble == "lost":
        for mirror in mirrors:
            mirror.events, mirror.token = {}, ""
    if trouble == "mixed up":
        tokens = [mirror.token for mirror in mirrors]
        for mirror, token in zip(mirrors, [*tokens[1:], tokens[0]], strict=True):
            mirror.token = token or mirror.token


def follow(mirror: Mirror, table: Table, limit: int | None, batches: int) -> None:
    """Ask *batches* times; if there is no more then, the mirror has the feed as it is."""
    for _ in range(batches):
        if not mirror.ask(table, limit):
            assert mirror.events == full(table, mirror.path), mirror.path
            return
