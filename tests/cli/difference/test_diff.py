"""``calfeed diff``: what publishing would tell, beside each thing that it can be compared with."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Run
from tests.cli.difference import story
from tests.cli.web import a_web_server
from tests.repository import committed, git
from tests.spine import an_entry, an_update, events_file

Golden = Callable[[str, bytes], None]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The events file as it was published, in the folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "events.yaml"
    path.write_text(story.before())
    return path


@pytest.fixture
def edited(calfeed: Run, file: Path) -> Path:
    """The same after it was published, and edited since."""
    calfeed("publish")
    file.write_text(story.after())
    return file


def lines(calfeed: Run, *arguments: object) -> list[str]:
    """Return what ``calfeed diff`` says; it must end well."""
    ran = calfeed("diff", *arguments)
    assert ran.status == 0, ran.err
    return str(ran.out).splitlines()


def data(calfeed: Run, *arguments: object) -> dict[str, Any]:
    ran = calfeed("diff", "--format", "json", *arguments)
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def told(calfeed: Run, *arguments: object) -> dict[str, str]:
    """Return by key what happens to each event, in its few words."""
    return {one["event"]: one["head"] for one in data(calfeed, *arguments)["events"]}


def undated(said: str) -> bytes:
    """Return *said* without today's date, which a withdrawal tells."""
    today = datetime.now(ZoneInfo("Europe/Brussels")).date()
    return said.replace(f"{today:%-d %B %Y}", "TODAY").encode()


STORY = {
    "smart-city-expo-2031": "withdrawn",
    "commissioner-meets-eu-mayors": "as planned -> postponed",
    "living-in-eu-coffee-corner": "1 date of the series",
    "local-green-deals-workshop": "leaves 1 calendar",
    "usercentricities-summit-2031": "edited",
    "winter-school-2032": "new",
}


UNSEEN_BY_ALL = {"usercentricities-summit-2031"}
"""What the feed of all events in English does not show: a title in French."""


@pytest.mark.usefixtures("edited")
def test_the_founding_story_for_a_person(calfeed: Run, golden: Golden) -> None:
    golden("diff.txt", calfeed("diff").out.encode())
    golden("diff-details.txt", undated(calfeed("diff", "--details").out))


@pytest.mark.usefixtures("edited")
def test_the_founding_story_for_a_pull_request(calfeed: Run, golden: Golden) -> None:
    golden("diff.md", undated(calfeed("diff", "--format", "markdown").out))


@pytest.mark.usefixtures("edited")
def test_the_founding_story_for_programs(calfeed: Run) -> None:
    found = data(calfeed)
    assert found["against"] == "what was told (version 1)"
    assert {one["event"]: one["head"] for one in found["events"]} == STORY
    mayors = found["events"][1]
    assert mayors["what"] == "changed"
    assert mayors["sequence"] == {"before": 0, "after": 1}
    assert mayors["title"].startswith("POSTPONED: Smart, Green and Resilient cities")
    assert mayors["calendars"] == [
        {"slug": "intelligent-cities-challenge", "name": "Intelligent Cities Challenge"},
        {"slug": "living-in-eu", "name": "Living-in.EU"},
    ]
    assert {
        "recurrence_id": None,
        "name": "STATUS",
        "before": ["STATUS:CONFIRMED"],
        "after": ["STATUS:CANCELLED"],
    } in mayors["properties"]
    assert found["settings"] == [
        {"slug": "living-in-eu", "name": "colour", "before": "#0e47cb", "after": "#123456"}
    ]
    assert [one["code"] for one in found["warnings"]] == ["W404"]
    assert found["notes"] == []


def test_where_nothing_was_published_all_is_new_and_nothing_is_begun(
    calfeed: Run, file: Path
) -> None:
    said = lines(calfeed)
    assert said[:2] == [
        "Nothing was told before: subscribers are told everything for the first time.",
        "5 events would be told to subscribers of 2 calendars.",
    ]
    assert not (file.parent / ".calfeed").exists()
    elsewhere = file.parent / "ledger.sqlite"
    assert lines(calfeed, "--ledger", elsewhere)[:2] == said[:2]
    assert not elsewhere.exists()


def test_a_ledger_that_was_lost_is_not_taken_for_none(calfeed: Run, file: Path) -> None:
    (file.parent / ".calfeed").mkdir()
    ran = calfeed("diff")
    assert (ran.status, ran.out) == (1, "")
    assert "calfeed ledger restore BACKUP" in ran.err


@pytest.mark.usefixtures("file")
def test_nothing_to_tell_is_said(calfeed: Run) -> None:
    calfeed("publish")
    assert lines(calfeed) == [
        "Nothing would be told.",
        "Compared with what was told (version 1).",
    ]
    assert calfeed("diff", "--exit-code").status == 0
    assert calfeed("diff", "--format", "markdown").out == (
        "### Nothing would be told.\n\nCompared with `what was told (version 1)`.\n"
    )


@pytest.mark.usefixtures("edited")
def test_differences_end_with_1_where_that_is_asked_for(calfeed: Run) -> None:
    assert calfeed("diff").status == 0
    assert calfeed("diff", "--exit-code").status == 1


def test_settings_alone_are_told_too(calfeed: Run, file: Path) -> None:
    events = {"summit": story.SUMMIT}
    file.write_text(events_file(events, site=story.SITE, initiatives=story.INITIATIVES))
    calfeed("publish")
    initiatives = {
        "living-in-eu": story.INITIATIVES["living-in-eu"],
        "challenge": {"name": "Challenge", "formerly": ["intelligent-cities-challenge"]},
        "sports": {"name": "Sports"},
    }
    file.write_text(
        events_file(events, site={**story.SITE, "keep_past": 30}, initiatives=initiatives)
    )
    said = lines(calfeed)
    assert said[0] == "Only names and settings of calendars would be told."
    assert said[3:] == [
        "  ~ the site: keep_past 400 -> 30",
        "  ~ intelligent-cities-challenge is challenge now; its old addresses go on",
        "  ~ challenge: name.en Intelligent Cities Challenge -> Challenge",
        "  ~ sports: a new calendar, Sports",
    ]
    file.write_text(
        events_file(
            events, site=story.SITE, initiatives={"living-in-eu": story.INITIATIVES["living-in-eu"]}
        )
    )
    assert (
        "  ~ intelligent-cities-challenge: no longer in the file; "
        "its calendar ends 400 days after its last event"
    ) in lines(calfeed)


def test_what_would_stop_a_publication_is_said(calfeed: Run, file: Path) -> None:
    calfeed("publish")
    file.write_text(events_file({}, site=story.SITE, initiatives=story.INITIATIVES))
    assert lines(calfeed)[:2] == [
        "Publishing would stop: the sources have no events any more: "
        "commissioner-meets-eu-mayors, living-in-eu-coffee-corner, local-green-deals-workshop, "
        "smart-city-expo-2031, usercentricities-summit-2031",
        "If they are to be shown as WITHDRAWN:  calfeed publish --withdraw 5",
    ]
    assert "> Publishing would stop: " in calfeed("diff", "--format", "markdown").out


def test_beside_an_older_file_or_folder(calfeed: Run, edited: Path) -> None:
    (edited.parent / "old.yaml").write_text(story.before())
    (edited.parent / "then").mkdir()
    (edited.parent / "then" / "all.yaml").write_text(story.before())
    for older in (["old.yaml"], ["then"], ["--against", "old.yaml"], ["--against", "then"]):
        assert told(calfeed, *older) == STORY
    said = data(calfeed, "old.yaml")
    assert said["against"] == "old.yaml"
    assert {str(one["sequence"]) for one in said["events"]} == {"{'before': None, 'after': None}"}
    assert "SEQUENCE" not in str(said)


@pytest.mark.usefixtures("edited")
def test_beside_a_ledger_that_is_named(calfeed: Run, tmp_path: Path) -> None:
    found = data(calfeed, "--against", ".calfeed/ledger.sqlite", "--ledger", "none.sqlite")
    assert {one["event"]: one["head"] for one in found["events"]} == STORY
    assert found["against"] == "the ledger .calfeed/ledger.sqlite, version 1"
    url = f"sqlite:///{tmp_path / '.calfeed' / 'ledger.sqlite'}"
    assert told(calfeed, "--against", url) == STORY


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        pytest.param(
            ["events.yaml"],
            1,
            "events.yaml cannot be compared with itself\n"
            "Name an older file, or none to compare with what was told:  calfeed diff\n",
            id="itself",
        ),
        pytest.param(
            ["main"],
            1,
            "there is no main\nIs it a revision of git?  calfeed diff --against main\n",
            id="no file",
        ),
        pytest.param(
            ["events.yaml", "--against", "main"],
            2,
            "name an older file, or --against something, not both",
            id="two things",
        ),
        pytest.param(["--format", "html"], 2, "'html' is not one of", id="no format"),
    ],
)
@pytest.mark.usefixtures("file")
def test_what_cannot_be_compared_is_said_with_a_next_step(
    calfeed: Run, arguments: list[str], status: int, said: str
) -> None:
    ran = calfeed("diff", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err


def test_an_older_file_with_errors_says_which_is_wrong(calfeed: Run, file: Path) -> None:
    (file.parent / "old.yaml").write_text(story.before().replace("when:", "whem:"))
    ran = calfeed("diff", "old.yaml")
    assert (ran.status, ran.out) == (1, "")
    assert "--> old.yaml:" in ran.err


@pytest.mark.usefixtures("edited")
def test_beside_a_published_site_or_one_of_its_feeds(calfeed: Run, tmp_path: Path) -> None:
    calfeed("build", tmp_path / "public")
    feeds = tmp_path / "public" / "feeds"
    bodies = {f"/town/feeds/{one.name}": one.read_bytes() for one in feeds.glob("*.ics")}
    with a_web_server(bodies) as address:
        found = data(calfeed, "--against", f"{address}/town/")
        one = told(calfeed, "--against", f"{address}/town/feeds/living-in-eu.fr.visible.ics")
    assert found["against"] == f"{address}/town/feeds/all.ics"
    everywhere = {key: head for key, head in STORY.items() if key not in UNSEEN_BY_ALL}
    assert {one["event"]: one["head"] for one in found["events"]} == {
        **everywhere,
        "local-green-deals-workshop": "edited",
    }
    assert one == STORY
    saved = feeds / "all.ics"
    assert data(calfeed, "--against", saved)["events"] == found["events"]


@pytest.mark.usefixtures("edited")
def test_what_a_variant_leaves_out_is_said(calfeed: Run, tmp_path: Path) -> None:
    calfeed("build", tmp_path / "public")
    feed = tmp_path / "public" / "feeds" / "all.active.ics"
    mayors = data(calfeed, "--against", feed)["events"][1]
    assert (mayors["event"], mayors["head"]) == ("commissioner-meets-eu-mayors", "left out")
    assert mayors["said"] == ["postponed, no new date yet: not in calendars of this kind"]
    assert mayors["title"].startswith("Smart, Green and Resilient cities")


def test_dates_of_a_series_are_compared_in_a_feed_too(calfeed: Run, edited: Path) -> None:
    calfeed("publish")
    calfeed("build", edited.parent / "public")
    coffee = story.AFTER["living-in-eu-coffee-corner"]
    moved = an_update("rescheduled", occurrence="2031-10-07", when="2031-10-15 14:00 to 15:00")
    events = {
        **story.AFTER,
        "living-in-eu-coffee-corner": {**coffee, "updates": [*coffee["updates"], moved]},
        "winter-school-2032": {**story.AFTER["winter-school-2032"], "when": "2032-01-21"},
    }
    edited.write_text(events_file(events, site=story.SITE, initiatives=story.INITIATIVES))
    found = data(calfeed, "--against", edited.parent / "public" / "feeds" / "living-in-eu.ics")
    heads = {one["event"]: (one["head"], one["said"][0]) for one in found["events"]}
    assert heads == {
        "living-in-eu-coffee-corner": (
            "1 date of the series",
            "changed: DTSTART, DTEND, DESCRIPTION, COMMENT",
        ),
        "winter-school-2032": (
            "new date",
            "20–22 January 2032 -> Wednesday 21 January 2032",
        ),
    }


@pytest.mark.usefixtures("file")
def test_a_page_that_is_no_feed_is_said(calfeed: Run) -> None:
    with a_web_server({"/feeds/all.ics": b"<html>\x1b[2J"}) as address:
        ran = calfeed("diff", "--against", address)
        missing = calfeed("diff", "--against", f"{address}/nothing.ics")
    assert ran.err == (
        f"calfeed: {address}/feeds/all.ics is no calendar\n"
        "Name a site that calfeed publishes, or one of its feeds:  "
        "calfeed diff --against https://events.example.eu/feeds/all.ics\n"
    )
    assert missing.err == (
        f"calfeed: {address}/nothing.ics cannot be fetched: HTTP Error 404: Not Found\n"
        "Name a site that calfeed publishes, or one of its feeds:  "
        "calfeed diff --against https://events.example.eu/feeds/all.ics\n"
    )


def test_a_hostile_feed_is_text(calfeed: Run, file: Path) -> None:
    (file.parent / "feed.ics").write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:</summary><script>\x1b[2J`@a\r\n"
        b"SUMMARY:```\\n# @everyone [x](http://a.eu) <img src=x>\x1b[2J\r\n"
        b"X-<SCRIPT>:1\r\nDTSTART:20991231T000000Z\r\nSEQUENCE:99999999999999999999\r\n"
        b"URL:javascript:alert(1)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    for form in ("text", "markdown"):
        ran = calfeed("diff", "--against", "feed.ics", "--format", form)
        assert ran.status == 0
        assert "\x1b" not in ran.out
    assert "```` ``` # @everyone [x](http://a.eu) <img src=x>␛[2J ````<br>" in ran.out
    assert "``</summary><script>␛[2J`@a`` (revision 0 → 1)<br>" in ran.out
    assert "<SCRIPT>" not in ran.out


def a_repository(folder: Path) -> Path:
    git(folder, "init", "--quiet")
    committed(folder)
    return folder


def test_beside_a_revision_of_git(calfeed: Run, file: Path) -> None:
    (file.parent / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (file.parent / "link.yaml").symlink_to("events.yaml")
    pictured = {**story.SUMMIT, "image": {"file": "a.png", "alt": "A"}}
    events = {**story.BEFORE, "usercentricities-summit-2031": pictured}
    file.write_text(events_file(events, site=story.SITE, initiatives=story.INITIATIVES))
    a_repository(file.parent)
    assert lines(calfeed, "--against", "HEAD") == [
        "Nothing would be told.",
        "Compared with events.yaml in HEAD.",
    ]
    (file.parent / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n another")
    assert data(calfeed, "--against", "HEAD")["events"][0]["said"] == ["edited: image"]
    file.write_text(story.after())
    assert told(calfeed, "--against", "HEAD") == STORY
    commit = git(file.parent, "rev-parse", "HEAD")
    assert data(calfeed, "--against", commit)["against"] == f"events.yaml in {commit[:10]}"
    assert git(file.parent, "status", "--porcelain") == "M a.png\n M events.yaml"


def test_beside_a_revision_of_a_folder_that_names_pictures_beside_it(
    calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = file.parent / "town site"
    (site / "events" / "2031").mkdir(parents=True)
    (site / "events" / "2031" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    entry = an_entry(image={"file": "2031/a.png", "alt": "A"})
    (site / "events" / "all.yaml").write_text(events_file({"garden": entry}))
    file.unlink()
    a_repository(file.parent)
    (site / "events" / "all.yaml").write_text(
        events_file({"garden": {**entry, "updates": [an_update("postponed")]}})
    )
    monkeypatch.chdir(site / "events" / "2031")
    assert told(calfeed, "--against", "HEAD") == {"garden": "as planned -> postponed"}
    monkeypatch.chdir(site)
    assert told(calfeed, "--against", "HEAD", "-f", "events") == {
        "garden": "as planned -> postponed"
    }


def test_a_folder_that_is_a_whole_repository(calfeed: Run, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "events"
    folder.mkdir()
    file.rename(folder / "all.yaml")
    a_repository(folder)
    (folder / "all.yaml").write_text(story.after())
    assert told(calfeed, "--against", "HEAD") == STORY


def test_an_older_revision_with_errors_says_which_is_wrong(calfeed: Run, file: Path) -> None:
    file.write_text(story.before().replace("when:", "whem:"))
    a_repository(file.parent)
    file.write_text(story.before())
    ran = calfeed("diff", "--against", "HEAD")
    assert (ran.status, ran.out) == (1, "")
    assert "--> HEAD:events.yaml:" in ran.err


@pytest.mark.parametrize("revision", ["nope", "-x", "--output=/tmp/x", "HEAD~7", "a b;c"])
def test_a_revision_that_is_none_is_said(calfeed: Run, file: Path, revision: str) -> None:
    a_repository(file.parent)
    ran = calfeed("diff", f"--against={revision}")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f'calfeed: "{revision}" is no ledger, no address, no file, and no revision of git\n'
        "Compare for example with  --against HEAD  or  --against https://events.example.eu\n"
    )


@pytest.mark.usefixtures("file")
def test_no_repository_is_said_in_the_words_of_git(calfeed: Run) -> None:
    ran = calfeed("diff", "--against", "HEAD")
    assert ran.status == 1
    assert "no revision of git either:\nfatal: not a git repository" in ran.err
    assert "calfeed diff --against https://events.example.eu" in ran.err


def test_a_revision_without_the_file_is_said(calfeed: Run, file: Path) -> None:
    file.rename(file.parent / "other.yaml")
    a_repository(file.parent)
    (file.parent / "other.yaml").rename(file)
    assert calfeed("diff", "--against", "HEAD").err == (
        "calfeed: there is no events.yaml in HEAD\n"
        "Compare with a revision that has it, or with a file:  calfeed diff OLD-FILE\n"
    )


def test_no_git_is_said(calfeed: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(file.parent))
    assert calfeed("diff", "--against", "HEAD").err == (
        "calfeed: git cannot be run: No such file or directory\n"
        "Install it, or compare with an older file:  calfeed diff OLD-FILE\n"
    )
