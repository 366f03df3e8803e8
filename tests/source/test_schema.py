from dataclasses import asdict
from datetime import date, datetime

import pytest

from calfeed.model import (
    AgendaItem,
    Initiative,
    Link,
    Online,
    Organiser,
    Registration,
    Site,
    Text,
    Venue,
)
from calfeed.source.schema import EventEntry, FileEntry, InitiativeEntry, SiteEntry, UpdateEntry
from tests.source.sources import GARDEN_DAY, HEAD, event, events_file, problems, stated

SITE = """\
  name: {en: Town events, fr: La ville}
  url: https://events.example.eu/
  language: fr
  languages: [fr, en, fr]
  timezone: Europe/Brussels
"""


def site(*lines: str) -> Site:
    return stated(f"format: 1\nsite:\n{SITE}" + "".join(f"  {line}\n" for line in lines)).site


def test_a_site_with_little_has_the_defaults() -> None:
    assert site() == Site(
        name={"en": "Town events", "fr": "La ville"},
        url="https://events.example.eu",
        language="fr",
        languages=("fr", "en"),
        timezone="Europe/Brussels",
    )


def test_a_site_with_all_keys() -> None:
    found = site(
        "keep_past: 30",
        "refresh: PT30M",
        "cache: 60",
        "prefixes: {new_date: false, online: false}",
        "compress_ics: false",
        "embed_from: [partner.example.eu, '*.Example.org', 'localhost:8000']",
        "contact: The town hall",
        "licence: CC BY 4.0",
        "links: {accessibility: https://events.example.eu/a11y}",
    )

    assert asdict(found) == {
        **asdict(site()),
        "keep_past": 30,
        "refresh": "PT30M",
        "cache": 60,
        "prefix_new_date": False,
        "prefix_online": False,
        "compress_ics": False,
        "embed_from": ("partner.example.eu", "*.example.org", "localhost:8000"),
        "contact": "The town hall",
        "licence": "CC BY 4.0",
        "links": {"accessibility": "https://events.example.eu/a11y"},
    }


def test_past_events_may_stay_for_ever() -> None:
    assert site("keep_past: forever").keep_past is None


def test_one_language_is_enough() -> None:
    assert stated(HEAD.replace("  languages: [en, fr]\n", "")).site.languages == ("en",)


def test_an_initiative_with_all_keys_but_a_logo() -> None:
    text = (
        HEAD
        + "  woods:\n"
        + "    name: {fr: Les bois, en: The woods}\n    short_name: TW\n"
        + "    url: http://woods.example\n    colour: '#0E47CB'\n    summary: Trees.\n"
        + "    contact: us\n    licence: CC0\n    formerly: [forest]\n"
        + "  everything: {name: All of it, of: [parks, woods]}\n"
    )

    assert stated(text).initiatives[2:] == (
        Initiative(
            slug="woods",
            name={"en": "The woods", "fr": "Les bois"},
            short_name={"en": "TW"},
            url="http://woods.example",
            colour="#0e47cb",
            summary={"en": "Trees."},
            contact="us",
            licence="CC0",
            formerly=("forest",),
        ),
        Initiative(slug="everything", name={"en": "All of it"}, of=("parks", "woods")),
    )


def test_an_event_with_all_keys() -> None:
    details = event(
        "title: {fr: Fête, en: Garden day}",
        "initiatives: [schools, parks, schools]",
        "when: {starts: 2031-05-08 14:00, ends: '16:00'}",
        "place: {name: Park, address: 'Rue 1, 1000 Brussels', country: BE, geo: [50.5, -4]}",
        "online: {url: https://meet.example.eu/a, label: Join, private: true}",
        "summary: In short.",
        "description: |\n  At length.\n\n  - a list\n",
        "organisers: [The town, {name: Us, url: https://us.example, email: us@example.eu}]",
        "contact: us",
        "website: https://day.example",
        "languages: [fr, en, ase]",
        "registration: {url: https://register.example.eu, closes: 2031-05-01 18:00}",
        "agenda: [{at: '9:30', title: Coffee}]",
        "tags: [trees, green, trees]",
        "related: [event-1]",
        "links: [{url: https://l.example, label: Report}, {url: https://m.example}]",
        "free: true",
        "x-internal: [1, {a: ''}]",
    ).details

    assert details.title == {"en": "Garden day", "fr": "Fête"}
    assert list(details.title) == ["en", "fr"]
    assert str(details.when) == "2031-05-08 14:00 to 16:00"
    assert details.place == Venue(
        name={"en": "Park"}, address={"en": "Rue 1, 1000 Brussels"}, country="BE", geo=(50.5, -4.0)
    )
    assert details.online == Online(
        url="https://meet.example.eu/a", label={"en": "Join"}, private=True
    )
    assert details.summary == {"en": "In short."}
    assert details.description == {"en": "At length.\n\n- a list"}
    assert details.organisers == (
        Organiser(name={"en": "The town"}),
        Organiser(name={"en": "Us"}, url="https://us.example", email="us@example.eu"),
    )
    assert (details.contact, details.website) == ("us", "https://day.example")
    assert details.languages == ("ase", "en", "fr")
    assert details.registration == Registration(
        url="https://register.example.eu",
        closes=datetime(2031, 5, 1, 18, 0),
    )
    assert details.agenda == (AgendaItem(at="09:30", title={"en": "Coffee"}),)
    assert (details.tags, details.related) == (("green", "trees"), ("event-1",))
    assert details.links == (
        Link(url="https://l.example", label={"en": "Report"}),
        Link(url="https://m.example"),
    )
    assert details.free is True


def test_an_event_may_have_neither_date_nor_place() -> None:
    found = event("title: a", "initiatives: [parks]", "when: to be announced", "place: none")

    assert (found.details.when, found.details.place) == (None, None)


def test_registration_may_close_with_a_day() -> None:
    found = event(GARDEN_DAY, "registration: {url: https://r.example, closes: 2031-05-01}")

    assert found.details.registration is not None
    assert found.details.registration.closes == date(2031, 5, 1)


def test_own_keys_are_left_alone_wherever_they_stand() -> None:
    text = "x-a: b\n" + HEAD.replace("  name: Town events", "  x-note:\n  name: Town events")

    assert stated(text + "x-b:\n").site == stated(HEAD).site


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("Fête", {"en": "Fête"}, id="plain: in the language of the site"),
        pytest.param("{fr: Fête}", {"fr": "Fête"}, id="in one language that is not the site's"),
        pytest.param("' padded  '", {"en": "padded"}, id="blanks around it are nobody's"),
        pytest.param(">-\n    on two\n    lines", {"en": "on two lines"}, id="folded"),
        pytest.param("no", {"en": "no"}, id="a word that YAML takes for false"),
        pytest.param("12:30", {"en": "12:30"}, id="a word that YAML takes for 750"),
        pytest.param("'<b>Bold</b>'", {"en": "<b>Bold</b>"}, id="a tag is text like other text"),
    ],
)
def test_texts(written: str, text: Text) -> None:
    found = event(f"title: {written}", "initiatives: [parks]", "when: 2031-05-08")

    assert found.details.title == text


@pytest.mark.parametrize(
    ("written", "url"),
    [
        pytest.param("https://a.example", "https://a.example", id="a host alone"),
        pytest.param("http://a.example:8080/b?c=d#e", None, id="port, path, query and fragment"),
        pytest.param("https://a.example/(x)~;v=1,2/%20", None, id="signs that may stand there"),
        pytest.param(
            "https://el.example/wiki/Αθήνα",
            "https://el.example/wiki/%CE%91%CE%B8%CE%AE%CE%BD%CE%B1",
            id="other letters are percent-encoded",
        ),
        pytest.param(
            "https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4", id="other hosts"
        ),
    ],
)
def test_web_addresses(written: str, url: str | None) -> None:
    assert event(GARDEN_DAY, f'website: "{written}"').details.website == (url or written)


def test_the_schema_knows_the_keys_that_grammars_read() -> None:
    definitions = EventEntry.model_json_schema()["$defs"]

    (problem,) = problems(events_file(GARDEN_DAY + "repeats: {as: usual}\n"))

    assert problem.help == (f"the keys are {', '.join(definitions['RepeatsEntry']['properties'])}",)
    assert set(definitions["WhenEntry"]["properties"]) == {"starts", "ends"}


def test_every_key_says_what_it_is() -> None:
    for model in (FileEntry, SiteEntry, InitiativeEntry, EventEntry, UpdateEntry):
        assert all(field.description for field in model.model_fields.values())


def test_an_update_may_give_what_an_event_has_but_for_what_is_permanent() -> None:
    of_event, of_update = set(EventEntry.model_fields), set(UpdateEntry.model_fields)

    assert of_update - of_event == {"announced", "change", "occurrence", "notice"}
    assert of_event - of_update == {
        *("initiatives", "published", "repeats", "updates", "draft", "formerly", "uid", "sequence")
    }
