"""Facts of the site and of initiatives that would be told otherwise."""

from collections.abc import Mapping
from typing import Any

import pytest

from calfeed.comparing import Setting, compare
from calfeed.ledger.told import Told
from tests.comparing.test_events import DAY
from tests.house import House
from tests.spine import INITIATIVES, events_file


def settings(initiatives: Mapping[str, Any] | None = None, **site: Any) -> tuple[Setting, ...]:
    """Return what differs from the usual site when it has other facts."""
    house = House()
    house.publish(events_file({}))
    before = house.told
    publication = house.publish(events_file({}, site=site, initiatives=initiatives))
    return compare(before, house.told, publication, day=DAY).settings


@pytest.mark.parametrize(
    ("site", "name", "before", "after"),
    [
        pytest.param({"name": "Village"}, "name.en", "Town events", "Village", id="a text"),
        pytest.param({"languages": ["en"]}, "languages", "en, fr", "en", id="a list"),
        pytest.param({"keep_past": "forever"}, "keep_past", "400", "forever", id="for ever"),
        pytest.param({"contact": "a@b.eu"}, "contact", "", "a@b.eu", id="new"),
        pytest.param(
            {"prefixes": {"online": False}}, "prefixes.online", "yes", "no", id="yes and no"
        ),
        pytest.param(
            {"links": {"privacy": "https://a.eu"}}, "links.privacy", "", "https://a.eu", id="inside"
        ),
    ],
)
def test_a_fact_of_the_site(site: dict[str, Any], name: str, before: str, after: str) -> None:
    assert settings(**site) == (Setting(name=name, before=before, after=after),)


def test_a_fact_of_an_initiative() -> None:
    parks = {"name": "Parks", "colour": "#0e47cb", "summary": {"fr": "Les parcs"}}
    assert settings({**INITIATIVES, "parks": parks}) == (
        Setting(slug="parks", name="colour", before="", after="#0e47cb"),
        Setting(slug="parks", name="summary.fr", before="", after="Les parcs"),
    )


def test_initiatives_come_and_go() -> None:
    came = {**INITIATIVES, "sports": {"name": "Sports"}}
    assert settings(came) == (Setting(slug="sports", before="", after="Sports"),)
    assert settings({"parks": INITIATIVES["parks"]}) == (
        Setting(slug="schools", before="Schools", after=""),
    )


def test_one_that_comes_back_is_new_again_and_one_that_stays_away_is_nothing() -> None:
    house = House()
    few = {"parks": INITIATIVES["parks"]}
    house.publish(events_file({}))
    house.publish(events_file({}, initiatives=few))
    retired = house.told
    house.publish(events_file({}, initiatives=few, site={"name": "Village"}))
    assert [one.name for one in compare(retired, house.told, day=DAY).settings] == ["name.en"]

    house.publish(events_file({}, site={"name": "Village"}))

    assert compare(retired, house.told, day=DAY).settings[1:] == (
        Setting(slug="schools", before="", after="Schools"),
    )


def test_a_rename_is_said_once_and_is_no_news_later() -> None:
    house = House()
    house.publish(events_file({}))
    before = house.told
    initiatives = {
        "gardens": {"name": "Parks", "formerly": ["parks"]},
        "schools": INITIATIVES["schools"],
    }
    house.publish(events_file({}, initiatives=initiatives))
    assert compare(before, house.told, day=DAY).settings == (
        Setting(slug="gardens", name="slug", before="parks", after="gardens"),
    )

    renamed = house.told
    house.publish(events_file({}, initiatives=initiatives, site={"name": "Village"}))
    assert [one.name for one in compare(renamed, house.told, day=DAY).settings] == ["name.en"]


def test_the_first_site_has_no_setting_that_changed_but_its_initiatives_are_new() -> None:
    house = House()
    publication = house.publish(events_file({}))
    found = compare(Told(ledger_id=""), house.told, publication, day=DAY)
    assert [(one.slug, one.before, one.after) for one in found.settings] == [
        ("parks", "", "Parks"),
        ("schools", "", "Schools"),
    ]
