from collections.abc import Callable
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import calfeed
from calfeed.dates import When
from calfeed.words import (
    ENGLISH,
    Spoken,
    catalogue,
    choose,
    language_of_words,
    say,
    say_country,
    say_day,
    say_when,
    say_zone,
)
from tests.builders import at
from tools.messages import said

TO = "\N{THIN SPACE}\N{EN DASH}\N{THIN SPACE}"
LOCALE = Path(calfeed.__file__).parent / "locale"
LANGUAGES = sorted(path.name for path in LOCALE.iterdir())


def placeholders(message: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(message) if name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_no_other(language: str) -> None:
    assert catalogue(language).keys() == set(said())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_message(language: str) -> None:
    for message, translation in catalogue(language).items():
        assert placeholders(translation) == placeholders(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prefix_ends_as_one_in_every_language(language: str) -> None:
    prefixes = [said for message, said in catalogue(language).items() if message.endswith(": ")]

    assert len(prefixes) == 5
    assert all(said.endswith(": ") for said in prefixes)


def test_english_says_its_messages_as_they_are() -> None:
    assert all(message == said for message, said in catalogue("en").items())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Postponed."),
        ("fr", "Reporté."),
        ("de", "Verschoben."),
        ("el", "Αναβλήθηκε."),
        ("is", "Postponed."),
        ("../en", "Postponed."),
    ],
)
def test_say_speaks_english_where_there_is_no_catalogue(language: str, said: str) -> None:
    assert say("Postponed.", language) == said


def test_braces_in_a_value_mean_nothing() -> None:
    assert say("Website: {address}", "en", address="{0}{x}") == "Website: {0}{x}"


def test_the_language_of_words_is_the_one_really_spoken() -> None:
    assert [language_of_words(language) for language in ("el", "is")] == ["el", "en"]


@pytest.mark.parametrize(
    ("language", "chosen"),
    [
        pytest.param("fr", Spoken("Bonjour", "fr"), id="its own"),
        pytest.param("el", Spoken("Hallo", "de"), id="the site's"),
    ],
)
def test_choose(language: str, chosen: Spoken) -> None:
    assert choose({"de": "Hallo", "fr": "Bonjour"}, language, "de") == chosen


def test_choose_takes_the_first_where_neither_is_given() -> None:
    assert choose({"el": "Γεια", "fr": "Bonjour"}, "de", "en") == Spoken("Γεια", "el")


@pytest.mark.parametrize(
    ("when", "language", "said"),
    [
        (at("2021-09-30"), "en", "30 September 2021"),
        (at("2021-09-30"), "is", "30 September 2021"),
        (at("2021-09-30"), "fr", "30 septembre 2021"),
        (at("2021-09-30"), "de", "30. September 2021"),
        (at("2021-09-30"), "el", "30 Σεπτεμβρίου 2021"),
        (at("2021-11-16", "2021-11-18"), "en", "16\N{EN DASH}18 November 2021"),
        (at("2021-11-16", "2021-11-18"), "de", "16.\N{EN DASH}18. November 2021"),
        (at("2021-11-16", "2021-11-18"), "el", "16\N{EN DASH}18 Νοεμβρίου 2021"),
        (
            at("2021-11-30", "2021-12-02"),
            "fr",
            f"30 novembre{TO}2 décembre 2021",
        ),
        (
            at("2021-12-31", "2022-01-01"),
            "en",
            f"31 December 2021{TO}1 January 2022",
        ),
        (at("2021-12-02 14:30"), "en", "2 December 2021, 14:30, Brussels time"),
        (
            at("2021-12-02 14:30", "2021-12-02 16:30"),
            "en",
            "2 December 2021, 14:30\N{EN DASH}16:30, Brussels time",
        ),
        (
            at("2021-12-02 14:30", "2021-12-02 16:30"),
            "de",
            "2. Dezember 2021, 14:30\N{EN DASH}16:30 Uhr, Ortszeit Brüssel",
        ),
        (
            at("2021-12-02 22:00", "2021-12-03 02:00", "Europe/Athens"),
            "en",
            f"2 December 2021, 22:00{TO}3 December 2021, 02:00, Athens time",
        ),
        (at("2021-12-02 14:30", zone="UTC"), "fr", "2 décembre 2021, 14:30, UTC"),
    ],
)
def test_a_date_is_said_in_full_with_its_year(when: When, language: str, said: str) -> None:
    assert say_when(when, language) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at("2021-12-02"), "Thursday 2 December 2021"),
        (at("2021-12-02 14:30"), "Thursday 2 December 2021, 14:30, Brussels time"),
        (at("2021-11-16", "2021-11-18"), "16\N{EN DASH}18 November 2021"),
    ],
)
def test_a_single_day_has_its_weekday_when_asked(when: When, said: str) -> None:
    assert say_when(when, "en", weekday=True) == said


DATES = (
    (at("2021-12-02 09:05"), True),
    (at("2021-12-02 09:05", "2021-12-02 16:30"), True),
    (at("2021-11-16", "2021-11-18"), False),
    (at("2021-11-30", "2021-12-02"), False),
)


def test_every_language_says_dates_in_its_own_way(golden: Callable[[str, bytes], None]) -> None:
    """For fluent readers, who see all of a language at a glance, and for news of CLDR."""
    lines = [
        f"{language}: " + "; ".join(say_when(when, language, weekday=day) for when, day in DATES)
        for language in sorted([ENGLISH, *LANGUAGES])
    ]
    golden("dates.txt", ("\n".join(lines) + "\n").encode())


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Europe/Brussels", "en", "Brussels time"),
        ("Europe/Brussels", "fr", "heure\N{NO-BREAK SPACE}: Bruxelles"),
        ("Europe/Athens", "el", "ώρα: Αθήνα"),
        ("Etc/GMT+5", "en", "GMT+5 time"),
        ("UTC", "de", "UTC"),
    ],
)
def test_a_zone_is_said_by_its_city(zone: str, language: str, said: str) -> None:
    assert say_zone(zone, language) == said


def test_a_day_is_said_in_full() -> None:
    assert say_day(date(2021, 9, 23), "fr") == "23 septembre 2021"


def test_a_country_is_said_by_its_name_and_an_unknown_one_by_its_code() -> None:
    assert say_country("BE", "el") == "Βέλγιο"
    assert say_country("XQ", "en") == "XQ"
