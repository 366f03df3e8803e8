import pytest

from calfeed.errors import Problem
from tests.source.sources import GARDEN_DAY, events_file, rendered, stated


def advice(*lines: str) -> tuple[Problem, ...]:
    fields = {line.partition(":")[0]: line for line in (*GARDEN_DAY.splitlines(), *lines)}
    return stated(events_file("\n".join(fields.values()) + "\n")).problems


@pytest.mark.parametrize(
    ("title", "word", "verb"),
    [
        pytest.param("'POSTPONED: Garden day'", "POSTPONED", "postpone", id="in front"),
        pytest.param("'Postponed - Garden day'", "Postponed", "postpone", id="in small letters"),
        pytest.param("Garden day (cancelled)", "cancelled", "cancel", id="in brackets"),
        pytest.param("Garden day - CANCELED", "CANCELED", "cancel", id="at the end"),
        pytest.param("Garden day POSTPONED for now", "POSTPONED", "postpone", id="in capitals"),
        pytest.param("'[New date] Garden day'", "New date", "reschedule", id="two words"),
        pytest.param("'REPORTÉ : Fête'", "REPORTÉ", "postpone", id="in French"),
        pytest.param("'ABGESAGT: Gartentag'", "ABGESAGT", "cancel", id="in German"),
        pytest.param("'ΑΝΑΒΛΗΘΗΚΕ: Γιορτή'", "ΑΝΑΒΛΗΘΗΚΕ", "postpone", id="in Greek"),
        pytest.param("'MOVED ONLINE: Garden day'", "MOVED ONLINE", "move-online", id="online"),
        pytest.param("{fr: 'ANNULÉE: Fête'}", "ANNULÉE", "cancel", id="in one of the languages"),
    ],
)
def test_a_status_word_in_a_title(title: str, word: str, verb: str) -> None:
    (problem,) = advice(f"title: {title}")

    start = problem.place.column - 1
    assert problem.code == "W301"
    assert problem.place.excerpt[-1][start : start + problem.place.length] == word
    record = "remove it, and record the change as an update:\n"
    assert problem.help[0].startswith(f"{record}calfeed {verb} event-1")


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Why trains are cancelled", id="a sentence"),
        pytest.param("Online", id="a kind of event"),
        pytest.param("'The Postponed Generation: a reading'", id="part of a name"),
        pytest.param("New dates for old palms", id="fruit"),
    ],
)
def test_a_title_without_status(title: str) -> None:
    assert advice(f"title: {title}") == ()


def test_a_status_word_in_the_title_of_an_update() -> None:
    (problem,) = advice(
        "updates: [{announced: 2026-01-01, change: corrected, title: 'CANCELLED: Garden day'}]"
    )

    assert (problem.code, problem.place.line) == ("W301", 16)


def test_a_status_word_that_an_update_says_already() -> None:
    (problem,) = advice(
        "title: 'POSTPONED: Garden day'",
        "updates: [{announced: 2026-11-20, change: postponed}]",
    )

    assert problem.help == ("remove it: an update of the event says so already",)


def test_a_join_link_in_a_text() -> None:
    link = "https://us02web.zoom.us/j/123?pwd=abc"

    assert rendered(advice("description: |", f"  Join us at {link} at noon.")) == [
        "warning[W302]: a join link inside a text\n"
        "  --> events.yaml:17:18\n"
        "   |\n"
        "16 |     description: |\n"
        f"17 |       Join us at {link} at noon.\n"
        f"   |                  {'^' * len(link)} people without a calendar app would miss it\n"
        "   |\n"
        "   = help: write it as  online: {url: …}  and take it out of the text"
    ]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        pytest.param(
            ["summary: See https://our.example/room.", "online: {url: https://our.example/room}"],
            1,
            id="the event's own link, wherever it leads",
        ),
        pytest.param(
            ["description: {en: https://meet.google.com/a, fr: https://meet.google.com/b}"],
            2,
            id="in each language",
        ),
        pytest.param(
            ["description: See https://zoom.us.example/a", "online: {url: https://our.example/a}"],
            0,
            id="another link",
        ),
    ],
)
def test_join_links(lines: list[str], count: int) -> None:
    assert [problem.code for problem in advice(*lines)] == ["W302"] * count


def test_a_series_that_skips_months() -> None:
    (problem,) = advice("when: 2031-01-31", "repeats: {every: month, times: 3}")

    assert (problem.code, problem.place.line) == ("R310", 16)
