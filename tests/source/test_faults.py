import pytest

from tests.source.sources import GARDEN_DAY, HEAD, events_file, problems, said, stated

SITE = """\
  name: {en: Town events, fr: La ville}
  url: https://events.example.eu/
  language: fr
  languages: [fr, en, fr]
  timezone: Europe/Brussels
"""


def complaints(*lines: str) -> list[str]:
    """Return what is said of an event with these lines, without its place."""
    return [
        line.partition(": error")[2] for line in said(events_file(GARDEN_DAY + "\n".join(lines)))
    ]


def about_initiative(*lines: str) -> list[str]:
    text = HEAD + "  woods:\n    name: Woods\n" + "".join(f"    {line}\n" for line in lines)
    return [line.partition(": error")[2] for line in said(text)]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param(
            "place: [a]", "[E122]: expected keys with values; found a list", id="a list of places"
        ),
        pytest.param(
            "place: {}", '[E121]: "place" of "event-1" has no "name"', id="a place without name"
        ),
        pytest.param(
            "place: {name: A, country: be}", '[E133]: unknown country "be"', id="small letters"
        ),
        pytest.param(
            "place: {name: A, country: EU}", '[E133]: unknown country "EU"', id="a union of them"
        ),
        pytest.param(
            "place: {name: A, geo: [91, 4]}",
            '[E138]: expected degrees from -90 to 90; found "91"',
            id="north of the pole",
        ),
        pytest.param(
            "place: {name: A, geo: [nan, 181]}",
            '[E138]: expected degrees from -90 to 90; found "nan"\n'
            '[E138]: expected degrees from -180 to 180; found "181"',
            id="no degrees",
        ),
        pytest.param(
            "place: {name: A, geo: [50.1]}",
            "[E122]: expected latitude and longitude",
            id="one number",
        ),
        pytest.param(
            "place: {name: A, geo: [1, 2, 3]}",
            "[E122]: expected latitude and longitude",
            id="three numbers",
        ),
        pytest.param(
            "online: https://a.example",
            '[E122]: expected keys with values; found "https://a.example"',
            id="a link alone",
        ),
        pytest.param(
            "online: {url: 'javascript:alert(1)'}",
            '[E126]: "javascript:alert(1)" is not a web address',
            id="another scheme",
        ),
        pytest.param(
            "website: mailto:a@b.example",
            '[E126]: "mailto:a@b.example" is not a web address',
            id="a mail address for a site",
        ),
        pytest.param(
            "website: https://a.example:99999",
            '[E126]: "https://a.example:99999" is not a web address',
            id="a port that cannot be",
        ),
        pytest.param(
            'website: "https://a.example/\\n"',
            '[E126]: "https://a.example/\\n" is not a web address',
            id="a line end in an address",
        ),
        pytest.param(
            "website: https://ä..example",
            '[E126]: "https://ä..example" is not a web address',
            id="a host that cannot be",
        ),
        pytest.param(
            "website: https://a.example/" + "a" * 2048,
            "[E126]: the web address is longer than 2048 characters",
            id="a very long address",
        ),
        pytest.param(
            "website: [a]", "[E122]: expected a web address; found a list", id="a list of sites"
        ),
        pytest.param("summary: ''", "[E123]: the text is empty", id="an empty text"),
        pytest.param("summary: {}", "[E123]: the text is empty", id="no language"),
        pytest.param("summary:", '[E123]: "summary" has no value', id="no value"),
        pytest.param("summary: [a]", "[E122]: expected a text; found a list", id="a list of texts"),
        pytest.param("summary: {xx: a}", '[E132]: unknown language "xx"', id="no language at all"),
        pytest.param(
            "summary: {de: a, el: b}",
            '[E141]: "de" is not among the languages of the site\n'
            '[E141]: "el" is not among the languages of the site',
            id="languages that are not published",
        ),
        pytest.param(
            "summary: {fr: [a]}", "[E122]: expected a text; found a list", id="a list in French"
        ),
        pytest.param(
            'contact: "a\\nb"', "[E125]: this text has more than one line", id="two lines for one"
        ),
        pytest.param(
            'contact: "a\\u2028b"',
            "[E125]: this text has more than one line",
            id="a Unicode separator ends a line too",
        ),
        pytest.param(
            "organisers: Us", '[E122]: expected a list; found "Us"', id="one thing for a list"
        ),
        pytest.param(
            "organisers: {name: Us}",
            "[E122]: expected a list; found a mapping",
            id="one mapping for a list",
        ),
        pytest.param(
            "organisers: [{name: Us, email: us at example}]",
            '[E128]: "us at example" is not an e-mail address',
            id="no mail address",
        ),
        pytest.param(
            f"organisers: [{{name: Us, email: us@{'a' * 260}.example}}]",
            f'[E128]: "us@{"a" * 56}…" is not an e-mail address',
            id="a very long mail address",
        ),
        pytest.param(
            "organisers:\n  -\n  - Us", "[E123]: an item of the list is empty", id="an empty item"
        ),
        pytest.param(
            "languages: [english, xx]",
            '[E132]: unknown language "english"\n[E132]: unknown language "xx"',
            id="languages by name",
        ),
        pytest.param(
            "registration: {closes: soon}",
            '[E121]: "registration" of "event-1" has no "url"\n[E300]: "soon" is not understood',
            id="no address, and no day",
        ),
        pytest.param(
            "agenda: [{title: a}]",
            '[E121]: "agenda" of "event-1" has no "at"',
            id="an agenda without hours",
        ),
        pytest.param(
            "free: 'on'", '[E134]: expected true or false; found "on"', id="a word for true"
        ),
        pytest.param("free: 1", '[E134]: expected true or false; found "1"', id="a number"),
        pytest.param(
            "free: [a]", "[E134]: expected true or false; found a list", id="a list of switches"
        ),
        pytest.param("timezone: Europe", '[E306]: unknown time zone "Europe"', id="a region"),
        pytest.param(
            "timezone: [a]", "[E122]: expected a time zone; found a list", id="a list of zones"
        ),
        pytest.param(
            "time_to_be_confirmed: true",
            "[E139]: the date has an hour, so its time is not to be confirmed",
            id="an hour, and none",
        ),
        pytest.param(
            "repeats: weekly", '[E122]: expected a rule; found "weekly"', id="a rule in a word"
        ),
        pytest.param(
            "repeats: {evry: week, times: 2}",
            '[E102]: unknown key "evry" in "repeats"',
            id="a key of rules",
        ),
        pytest.param("published: soon", '[E300]: "soon" is not a day', id="no day"),
        pytest.param("formerly: [A]", '[E130]: "A" cannot be a name', id="a former key"),
        pytest.param(
            "uid: " + "a" * 256, "[E136]: the UID is longer than 255 characters", id="a long UID"
        ),
        pytest.param(
            "sequence: 2147483648",
            '[E138]: expected a whole number from 0 to 2147483647; found "2147483648"',
            id="more than a calendar takes",
        ),
        pytest.param(
            "sequence: ٣",
            '[E138]: expected a whole number from 0 to 2147483647; found "٣"',
            id="other digits",
        ),
        pytest.param(
            "updates: [a]", '[E122]: expected keys with values; found "a"', id="no mapping"
        ),
        pytest.param(
            "updates:\n  - {announced: 2031-13-01, change: postpond}",
            "[E301]: 2031-13-01 does not exist\n"
            "[E137]: expected postponed, rescheduled, cancelled, reinstated, moved-online, "
            'relocated or corrected; found "postpond"',
            id="an update that is wrong twice",
        ),
        pytest.param(
            "updates:\n  - {announced: 2026-01-01, change: corrected, published: 2026-01-01}",
            '[E102]: unknown key "published" in an update of "event-1"',
            id="what an update cannot change",
        ),
        pytest.param(
            "updates:\n  - {announced: 2026-01-01, change: cancelled, occurrence: later}",
            '[E300]: "later" is not a day',
            id="no day of a series",
        ),
        pytest.param(
            "updates:\n  - {announced: 2026-01-01, change: cancelled, occurrence: [a]}",
            "[E300]: expected a day; found a list",
            id="a list of days",
        ),
        pytest.param(
            "updates:\n  - {announced: 2026-01-01, change: cancelled, timezone: Mars}",
            '[E306]: unknown time zone "Mars"',
            id="an unknown zone in an update",
        ),
        pytest.param(
            "image: {file: a.jpg}",
            '[E121]: "image" of "event-1" has no "alt"',
            id="a picture for those who see",
        ),
    ],
)
def test_a_bad_event(line: str, complaint: str) -> None:
    assert "\n".join(complaints(line)) == complaint


def test_a_series_needs_its_first_date() -> None:
    text = events_file(
        "title: a\ninitiatives: [parks]\nwhen: to be announced\nrepeats: {every: week, times: 2}\n",
        "title: a\ninitiatives: [parks]\nwhen: soon\nrepeats: {every: week, times: 2}\n",
    )

    assert said(text) == [
        'events.yaml:16:14: error[E140]: a series needs its first date, not "to be announced"',
        'events.yaml:20:11: error[E300]: "soon" is not understood',
    ]


def test_initiatives_are_named() -> None:
    assert said(events_file("title: a\ninitiatives: []\nwhen: 2031-05-08\n")) == [
        "events.yaml:14:18: error[E123]: the list is empty"
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param(
            "languages: [fr, en, fr]",
            "languages: [de]",
            '[E142]: "fr" is the language of the site, and not among its languages',
            id="without its own language",
        ),
        pytest.param(
            "language: fr",
            "language: FR",
            '[E132]: unknown language "FR"',
            id="a language in capitals",
        ),
        pytest.param(
            "[fr, en, fr]",
            "[fr, en-GB]",
            '[E132]: unknown language "en-GB"',
            id="a language of a country",
        ),
        pytest.param(
            "[fr, en, fr]", "fr", '[E122]: expected a list; found "fr"', id="languages in a word"
        ),
        pytest.param(
            "https://events.example.eu/",
            "https://events.example.eu/?a=b",
            "[E126]: the public address has a question mark or a # in it",
            id="a query in the public address",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  keep_past: -1",
            '[E138]: expected a whole number from 0 to 36500, or forever; found "-1"',
            id="past events for less than no time",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  refresh: PT1M",
            '[E135]: "PT1M" is not a duration between 5 minutes and 31 days',
            id="a refresh each minute",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  refresh: P1DT",
            '[E135]: "P1DT" is not a duration between 5 minutes and 31 days',
            id="half a duration",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  refresh: 1h",
            '[E135]: "1h" is not a duration between 5 minutes and 31 days',
            id="no duration",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  cache: 1.5",
            '[E138]: expected a whole number from 0 to 86400; found "1.5"',
            id="half a second",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  prefixes: {new: true}",
            '[E102]: unknown key "new" in "prefixes" of the site',
            id="an unknown prefix",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  embed_from: ['https://a.example/']",
            '[E127]: "https://a.example/" is not the name of a host',
            id="an address for a host",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  embed_from: ['a b']",
            '[E127]: "a b" is not the name of a host',
            id="no host",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  links: {imprint: https://a.example}",
            '[E102]: unknown key "imprint" in "links" of the site',
            id="an unknown statement",
        ),
        pytest.param(
            "Europe/Brussels",
            "Europe/Brussels\n  ledger: [required]",
            "[E137]: expected required; found a list",
            id="a ledger that is no word",
        ),
        pytest.param(
            "  url: https://events.example.eu/\n",
            "",
            '[E121]: the site has no "url"',
            id="no address",
        ),
    ],
)
def test_a_bad_site(old: str, new: str, complaint: str) -> None:
    text = f"format: 1\nsite:\n{SITE}".replace(old, new)

    assert [line.partition(": error")[2] for line in said(text)] == [complaint]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param("colour: '#fff'", '[E129]: "#fff" is not a colour', id="three digits"),
        pytest.param("colour: 0e47cb", '[E129]: "0e47cb" is not a colour', id="digits alone"),
        pytest.param("colour: red", '[E129]: "red" is not a colour', id="the name of a colour"),
        pytest.param("of: [park]", '[E400]: unknown initiative "park"', id="an unknown initiative"),
        pytest.param("formerly: [api]", '[E131]: an initiative cannot be named "api"', id="taken"),
        pytest.param("nmae: a", '[E102]: unknown key "nmae" in "woods"', id="a misspelt key"),
        pytest.param("logo: {file: a.png}", '[E121]: "logo" of "woods" has no "alt"', id="no alt"),
    ],
)
def test_a_bad_initiative(line: str, complaint: str) -> None:
    assert about_initiative(line) == [complaint]


@pytest.mark.parametrize(
    ("slug", "complaint"),
    [
        pytest.param("Parks & woods", '[E130]: "Parks & woods" cannot be a name', id="not letters"),
        pytest.param("-parks", '[E130]: "-parks" cannot be a name', id="a hyphen in front"),
        pytest.param("é", '[E130]: "é" cannot be a name', id="nothing that an address can have"),
        pytest.param("api", '[E131]: an initiative cannot be named "api"', id="an address of ours"),
        pytest.param("fre", '[E131]: an initiative cannot be named "fre"', id="three letters"),
        pytest.param(
            "a" * 81, f'[E130]: the name "{"a" * 59}…" is longer than 80 letters', id="81"
        ),
    ],
)
def test_a_bad_name_of_an_initiative(slug: str, complaint: str) -> None:
    text = HEAD.replace("parks:", f"{slug}:")

    assert [line.partition(": error")[2] for line in said(text)] == [complaint]


def test_names_of_two_or_three_letters_are_for_languages_but_events_may_have_them() -> None:
    text = f"{HEAD}events:\n  en:\n    title: a\n    initiatives: [parks]\n    when: 2031-05-08\n"

    assert [one.event.key for one in stated(text).statements] == ["en"]


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        pytest.param(
            HEAD.replace("format: 1", "format: 2"),
            ['1:9: error[E137]: expected 1; found "2"'],
            id="a format to come",
        ),
        pytest.param(
            HEAD.replace("format: 1\n", ""),
            ['1:1: error[E121]: the file has no "format"'],
            id="no format",
        ),
        pytest.param(
            HEAD + "evnts: {}\n",
            ['11:1: error[E102]: unknown key "evnts" in the file'],
            id="a misspelt key",
        ),
        pytest.param(
            HEAD + "events: []\n",
            ["11:9: error[E122]: expected keys with values; found a list"],
            id="a list of events",
        ),
        pytest.param(
            HEAD + "events:\n  a:\n",
            ['12:3: error[E123]: "a" has no value'],
            id="an event without anything",
        ),
        pytest.param(
            HEAD + "events:\n  a: b\n",
            ['12:6: error[E122]: expected keys with values; found "b"'],
            id="an event of a word",
        ),
        pytest.param(
            HEAD + "events:\n  Garden Day: {title: a, initiatives: [parks], when: 2031-05-08}\n",
            ['12:3: error[E130]: "Garden Day" cannot be a name'],
            id="an event with a title for a name",
        ),
    ],
)
def test_a_bad_file(text: str, complaints: list[str]) -> None:
    assert said(text) == [f"events.yaml:{complaint}" for complaint in complaints]


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        pytest.param(
            "titel: a",
            ('did you mean "title"?', "title: the event's name, without its state"),
            id="a misspelt key",
        ),
        pytest.param(
            "audience: a",
            (
                "",
                "there are: title, timezone, when, time_to_be_confirmed, place, online, image, "
                "summary, description, organisers, contact, website, languages, registration, "
                "agenda, tags, related, links, free, initiatives, published, repeats, draft, "
                "formerly, uid, sequence, updates",
                "a key of your own begins with  x-",
            ),
            id="a key of nobody's",
        ),
        pytest.param(
            "place: {name: A, country: Belgium}", ("", "write  BE"), id="a country by its name"
        ),
        pytest.param(
            "place: {name: A, country: be}", ("", "write  BE"), id="a country in small letters"
        ),
        pytest.param(
            "place: {name: A, country: Utopia}",
            ("", "write two capitals, for example  BE"),
            id="no country",
        ),
        pytest.param(
            "languages: [English]",
            ("write  en", "a language is two or three small letters, for example  en"),
            id="a language by its name",
        ),
        pytest.param(
            "languages: [fr-BE]",
            ("write  fr", "a language is two or three small letters, for example  en"),
            id="a language of a country",
        ),
        pytest.param(
            "languages: [qqq]",
            ("", "a language is two or three small letters, for example  en"),
            id="no language",
        ),
        pytest.param("free: YES", ("write  true",), id="a word for true"),
        pytest.param("free: maybe", ("",), id="no word for it"),
        pytest.param(
            "website: www.example.eu/a",
            ("", "write it with its beginning:  https://www.example.eu/a"),
            id="an address without beginning",
        ),
        pytest.param(
            "website: https://me:pw@a.example",
            ("", "leave out the name or password before the @: everybody would see it"),
            id="an address with a password",
        ),
        pytest.param(
            "website: https://a.example/a b",
            ("", "write a blank inside an address as  %20"),
            id="an address with a blank",
        ),
        pytest.param(
            "website: see below",
            ("", "write a blank inside an address as  %20"),
            id="a text with a blank",
        ),
        pytest.param(
            "website: ftp://a.example",
            ("", "it begins with  https://  or  http://  and the name of a host"),
            id="another scheme",
        ),
        pytest.param("tags: trees", ("", "write it in brackets:  [trees]"), id="one tag"),
        pytest.param(
            "registration: https://r.example",
            ("", "write for example  {url: https://r.example}"),
            id="a link alone",
        ),
        pytest.param(
            "formerly: [Garden Day]",
            (
                "for example  garden-day",
                "a name has small letters a to z, digits, and single hyphens between them",
            ),
            id="a title for a name",
        ),
        pytest.param(
            "updates:\n  - {announced: 2026-01-01, change: cancled}",
            ('did you mean "cancelled"?',),
            id="a misspelt change",
        ),
        pytest.param(
            "updates:\n  - {change: cancelled, anounced: [a]}",
            (
                'did you mean "announced"?',
                "an update starts with the day you told the public, for example  "
                "announced: 2021-09-28",
            ),
            id="a misspelt announced, without a day",
        ),
        pytest.param(
            "updates:\n  - {announced: 2026-01-01, change: corrected, draft: true}",
            ("", 'an update cannot change "draft": it stands with the event itself'),
            id="a key that updates have not",
        ),
        pytest.param(
            "contact: # the mayor",
            ("everything after # is a comment", 'put the text in quotes:  contact: "# the mayor"'),
            id="a text that is a comment",
        ),
    ],
)
def test_advice(line: str, advice: tuple[str, ...]) -> None:
    (problem,) = problems(events_file(GARDEN_DAY + line))

    assert (problem.hint, *problem.help) == advice


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        pytest.param("colour: '#FFF'", 'write six digits, in quotes:  "#ffffff"', id="short form"),
        pytest.param("colour: '0E47CB'", 'write six digits, in quotes:  "#0e47cb"', id="no hash"),
        pytest.param("colour: blue", 'write six digits, in quotes:  "#0e47cb"', id="a name"),
    ],
)
def test_advice_about_colours(line: str, advice: str) -> None:
    text = HEAD + f"  woods:\n    name: Woods\n    {line}\n"

    (problem,) = problems(text)

    assert problem.help == (advice,)


def test_an_address_that_is_meant_for_a_host() -> None:
    (problem,) = problems(
        HEAD.replace("  name", "  embed_from: ['https://a.example/b']\n  name", 1)
    )

    assert problem.help == ("write  a.example",)
