from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from calfeed.addresses import Show, Variant
from calfeed.dates import When
from calfeed.formats import ics
from calfeed.model import Change, Link, Online, Organiser, Picture, Registration, Standing, Venue
from tests.builders import (
    CREATED,
    STAMP,
    a_revision,
    an_event,
    an_override,
    an_update,
    at,
)
from tests.formats.ics.unfolding import Lines, value, values, vevents
from tests.shipped import COFFEE_CORNER, COFFEE_CORNER_MOVED, EXPO, MAYORS, SUMMIT, WORKSHOP_ONLINE

OFF = Standing(off=Change.POSTPONED, reason=an_update(Change.POSTPONED))
JOIN = Online(url="https://meet.example.eu/a;b=c", label={"en": 'Join "us"'})
PLACE = Venue(name={"en": "Berlaymont building"})


def the(**details: object) -> Lines:
    (only,) = vevents(a_revision(an_event(**details)))  # type: ignore[arg-type] # a test's own
    return only


def test_numbers_and_stamps_are_the_ledgers_on_every_component() -> None:
    told = a_revision(COFFEE_CORNER_MOVED, sequence=2147483647, uid="its, uid")

    for lines in vevents(told):
        assert lines[:5] == [
            "UID:its\\, uid",
            f"DTSTAMP:{STAMP:%Y%m%dT%H%M%SZ}",
            f"CREATED:{CREATED:%Y%m%dT%H%M%SZ}",
            f"LAST-MODIFIED:{STAMP:%Y%m%dT%H%M%SZ}",
            "SEQUENCE:2147483647",
        ]


@pytest.mark.parametrize(
    ("standing", "show", "status"),
    [
        (Standing(), Show.STRUCK, "CONFIRMED"),
        (Standing(), Show.VISIBLE, "CONFIRMED"),
        (Standing(), Show.ACTIVE, "CONFIRMED"),
        (OFF, Show.STRUCK, "CANCELLED"),
        (OFF, Show.VISIBLE, "TENTATIVE"),
    ],
)
def test_status_is_always_there(standing: Standing, show: Show, status: str) -> None:
    (lines,) = vevents(a_revision(an_event(standing=standing)), show=show)

    assert value(lines, "STATUS") == status


def test_an_active_feed_leaves_out_what_is_off() -> None:
    assert vevents(a_revision(an_event(standing=OFF)), show=Show.ACTIVE) == []
    assert vevents(a_revision(withdrawn=STAMP), show=Show.ACTIVE) == []


def test_what_has_no_date_yet_is_in_no_feed() -> None:
    assert vevents(a_revision(an_event(when=None))) == []


@pytest.mark.parametrize(
    ("standing", "when", "transp", "busy"),
    [
        pytest.param(Standing(), at("2021-11-10 16:00"), "OPAQUE", "", id="as planned"),
        pytest.param(Standing(), at("2021-11-10"), "OPAQUE", "", id="a whole day"),
        pytest.param(OFF, at("2021-11-10 16:00"), "TRANSPARENT", "FREE", id="off"),
        pytest.param(
            Standing(),
            When(start=date(2021, 11, 10), zone="Europe/Brussels", to_be_confirmed=True),
            "TRANSPARENT",
            "FREE",
            id="its time to be confirmed",
        ),
    ],
)
def test_nobody_is_busy_with_what_may_not_take_place(
    standing: Standing, when: When, transp: str, busy: str
) -> None:
    (lines,) = vevents(a_revision(an_event(standing=standing, when=when)))

    assert value(lines, "TRANSP") == transp
    assert value(lines, "X-MICROSOFT-CDO-BUSYSTATUS") == busy


def test_the_state_comes_first_and_the_pages_address_last() -> None:
    notice = {"en": "The *speaker* is ill."}
    off = replace(OFF, reason=an_update(Change.POSTPONED, notice=notice))
    lines = the(standing=off, summary={"en": "On cities."}, description={"en": "**All** of it."})

    told = (
        "Postponed on 23 September 2021. It was planned for 10 November 2021\\, "
        "16:00\N{EN DASH}17:30\\, Brussels time\\; the new date is not known yet."
        "\\n\\nThe speaker is ill."
    )
    assert value(lines, "COMMENT") == told
    assert value(lines, "DESCRIPTION") == (
        f"{told}\\n\\nOn cities.\\n\\nAll of it.\\n\\nhttps://events.example.eu/en/events/summit/"
    )
    assert value(lines, "SUMMARY") == "POSTPONED: Summit"


def test_what_is_as_planned_has_no_comment() -> None:
    assert values(the(), "COMMENT") == []


def test_what_was_withdrawn_keeps_its_last_words_to_itself() -> None:
    off = replace(OFF, reason=an_update(Change.POSTPONED, notice={"en": "Ill."}))
    (lines,) = vevents(a_revision(an_event(standing=off), withdrawn=STAMP))

    assert value(lines, "SUMMARY") == "WITHDRAWN: Summit"
    assert value(lines, "COMMENT").startswith("Removed by the publisher on 23 September 2021.")
    assert "Ill" not in value(lines, "DESCRIPTION")


def test_a_time_to_be_confirmed_is_said_while_it_may_be() -> None:
    (planned,) = vevents(a_revision(MAYORS))
    (off,) = vevents(a_revision(replace(MAYORS, standing=OFF)))

    assert value(planned, "DESCRIPTION").startswith("Time to be confirmed.\\n\\n")
    assert "to be confirmed" not in value(off, "DESCRIPTION")


def test_how_to_take_part_is_told_while_it_takes_place() -> None:
    (on,) = vevents(a_revision(SUMMIT))
    (off,) = vevents(a_revision(replace(SUMMIT, standing=OFF)))

    assert (
        "Join the summit: https://meet.example.eu/ucc-summit\\n"
        "Registration: https://register.example.eu/ucc-summit\\n"
        "Registration closes: 9 November 2021\\, 18:00\\, Brussels time\\n\\n"
    ) in value(on, "DESCRIPTION")
    assert "16:00 Welcome\\n16:10 Panel: services designed" in value(on, "DESCRIPTION")
    assert value(on, "CONFERENCE") == "https://meet.example.eu/ucc-summit"
    assert "meet.example.eu" not in "".join(off)
    assert "egistration" not in value(off, "DESCRIPTION")


def test_registration_may_have_no_end() -> None:
    lines = the(registration=Registration(url="https://register.example.eu"))

    assert value(lines, "DESCRIPTION").startswith("Registration: https://register.example.eu\\n\\n")


def test_a_private_address_is_nowhere() -> None:
    lines = the(online=replace(JOIN, private=True))

    assert "meet.example.eu" not in "".join(lines)
    assert value(lines, "LOCATION") == "Online"


def test_a_conference_has_a_feature_a_label_and_no_bare_semicolon() -> None:
    assert (
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Join ^'us^'\";LANGUAGE=en:"
        "https://meet.example.eu/a%3Bb=c"
    ) in the(online=JOIN)


def test_a_conference_without_a_label_has_a_word_of_calfeeds() -> None:
    (lines,) = vevents(a_revision(an_event(online=replace(JOIN, label=None))), language="fr")

    assert any('LABEL="Participer en ligne";LANGUAGE=fr' in line for line in lines)
    assert "Participer en ligne: https://meet" in value(lines, "DESCRIPTION")


@pytest.mark.parametrize(
    ("details", "location"),
    [
        pytest.param({}, "", id="not known"),
        pytest.param({"online": JOIN}, "Online", id="online"),
        pytest.param({"place": PLACE, "online": JOIN}, "Berlaymont building", id="both"),
        pytest.param(
            {"place": replace(PLACE, address={"en": "Rue de la Loi 200,\nBrussels"})},
            "Berlaymont building\\, Rue de la Loi 200\\, Brussels",
            id="with its address, on one line",
        ),
        pytest.param(
            {"place": replace(PLACE, address=PLACE.name, country="BE")},
            "Berlaymont building\\, Belgium",
            id="with its country, nothing twice",
        ),
    ],
)
def test_location(details: dict[str, object], location: str) -> None:
    assert value(the(**details), "LOCATION") == location


def test_geo_is_there_where_the_file_has_it() -> None:
    assert "GEO:50.843000;-4.382778" in the(place=replace(PLACE, geo=(50.843, -4.3827777)))
    assert values(the(place=PLACE), "GEO") == []


@pytest.mark.parametrize(
    ("extension", "kind"), [("jpg", "jpeg"), ("png", "png"), ("webp", "webp"), ("avif", "avif")]
)
def test_a_picture_is_named_by_its_hash(extension: str, kind: str) -> None:
    picture = Picture(sha256="0123456789abcdef" * 4, extension=extension, alt={"en": "A map"})

    assert (
        f"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/{kind}:"
        f"https://events.example.eu/media/0123456789abcdef.{extension}"
    ) in the(image=picture)


def test_the_url_is_the_page_in_the_language_of_the_feed() -> None:
    (lines,) = vevents(a_revision(WORKSHOP_ONLINE), language="el")

    assert "URL:https://events.example.eu/el/events/local-green-deals-workshop/" in lines


def test_language_names_the_language_that_a_text_is_really_in() -> None:
    (lines,) = vevents(a_revision(WORKSHOP_ONLINE), language="de")

    named = {line.split(":")[0] for line in lines if "LANGUAGE=" in line}
    assert named == {
        "SUMMARY;LANGUAGE=de",
        "DESCRIPTION;LANGUAGE=de",
        "COMMENT;LANGUAGE=en",  # no German notice
        "LOCATION;LANGUAGE=de",
        'CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL="Join online";LANGUAGE=en',
        "CATEGORIES;LANGUAGE=en",
    }


def test_texts_fall_back_to_the_sites_language_and_then_to_any() -> None:
    title = {"el": "Σύνοδος", "fr": "Sommet"}
    told = a_revision(an_event(title=title), language="fr")
    foreign = a_revision(an_event(title=title), language="de")

    assert "SUMMARY;LANGUAGE=fr:Sommet" in vevents(told, language="de")[0]
    assert "SUMMARY;LANGUAGE=el:Σύνοδος" in vevents(foreign, language="de")[0]


def test_words_without_a_catalogue_are_english_and_say_so() -> None:
    moved = Standing(reason=an_update(Change.REINSTATED))
    (lines,) = vevents(a_revision(an_event(online=JOIN, standing=moved)), language="is")

    assert "LOCATION;LANGUAGE=en:Online" in lines
    assert any(line.startswith("COMMENT;LANGUAGE=en:It takes place after") for line in lines)
    assert any(line.startswith("DESCRIPTION;LANGUAGE=en:It takes place after") for line in lines)


def test_categories_are_tags_and_the_names_of_initiatives_by_language() -> None:
    names = {"a": {"en": "Cities, green"}, "b": {"en": "Towns", "fr": "Villes"}}
    told = a_revision(an_event(tags=("mobility",), initiatives=("a", "b")), initiatives=names)
    (lines,) = vevents(told, language="fr")

    assert [line for line in lines if line.startswith("CATEGORIES")] == [
        "CATEGORIES;LANGUAGE=en:mobility,Cities\\, green",
        "CATEGORIES;LANGUAGE=fr:Villes",
    ]


def test_the_organiser_with_a_mail_address_stands_as_such() -> None:
    organisers = (
        Organiser(name={"en": "Commission"}, url="https://x.eu"),
        Organiser(name={"en": "Town; hall"}, email="hall@x.eu"),
        Organiser(name={"en": "Region"}, email="region@x.eu"),
    )
    lines = the(organisers=organisers, contact="hall@x.eu, room 1")

    assert [line for line in lines if line.startswith("ORGANIZER")] == [
        'ORGANIZER;CN="Town; hall":mailto:hall@x.eu'
    ]
    assert "CONTACT:hall@x.eu\\, room 1" in lines
    assert "Organised by Commission\\, Town\\; hall\\, Region" in value(lines, "DESCRIPTION")
    assert values(the(organisers=organisers[:1]), "ORGANIZER") == []


def test_related_events_are_siblings() -> None:
    (lines,) = vevents(a_revision(related=("uid-1", "uid-2")))

    assert [line for line in lines if line.startswith("RELATED-TO")] == [
        "RELATED-TO;RELTYPE=SIBLING:uid-1",
        "RELATED-TO;RELTYPE=SIBLING:uid-2",
    ]


def test_links_have_their_label_or_stand_alone() -> None:
    links = (
        Link(url="https://x.eu/film", label={"en": "Recording"}),
        Link(url="https://x.eu/report"),
    )
    described = value(the(links=links, website="https://x.eu"), "DESCRIPTION")

    assert "Website: https://x.eu\\nRecording: https://x.eu/film\\nhttps://x.eu/report" in described


def test_html_is_there_where_a_text_has_markdown() -> None:
    lines = the(summary={"en": "R&D, see https://x.eu."}, description={"en": "**All** of <it>"})

    assert value(lines, "X-ALT-DESC") == (
        "<html><body>"
        '<p>R&amp\\;D\\, see <a href="https://x.eu">https://x.eu</a>.</p>'
        "<p><strong>All</strong> of &lt\\;it&gt\\;</p>"
        '<p><a href="https://events.example.eu/en/events/summit/">'
        "https://events.example.eu/en/events/summit/</a></p>"
        "</body></html>"
    )
    assert values(the(summary={"en": "Plain"}), "X-ALT-DESC") == []


def test_a_title_is_one_line() -> None:
    assert value(the(title={"en": " a\r\n b\t c "}), "SUMMARY") == "a b c"


@pytest.mark.parametrize("name", ["VALARM", "ATTENDEE", "METHOD", "STYLED-DESCRIPTION", "DURATION"])
def test_what_clients_mind_is_never_there(name: str) -> None:
    told = [COFFEE_CORNER_MOVED, MAYORS, SUMMIT, EXPO]

    assert not any(
        name in line for event in told for lines in vevents(a_revision(event)) for line in lines
    )


def test_an_event_has_the_same_bytes_whatever_it_was_drawn_for() -> None:
    variant = Variant(language="fr")

    one, other = (ics.draw(a_revision(MAYORS), variant) for _ in range(2))

    assert one == other


def test_a_drawing_names_its_zones_and_the_instants_it_spans() -> None:
    drawn = ics.draw(a_revision(COFFEE_CORNER_MOVED), Variant(language="en"))

    assert drawn
    assert drawn.zones == ("Europe/Brussels",)
    assert drawn.first == datetime(2021, 9, 7, 12, tzinfo=UTC)
    assert drawn.last == datetime(2021, 12, 7, 14, tzinfo=UTC)


def test_a_date_of_a_series_may_have_another_zone() -> None:
    override = an_override(
        COFFEE_CORNER, "2021-12-07", Standing(), when=at("2021-12-31 14:00", zone="Europe/Athens")
    )
    told = a_revision(replace(COFFEE_CORNER, overrides=(override,)))
    drawn = ics.draw(told, Variant(language="en"))

    assert drawn
    assert drawn.zones == ("Europe/Athens", "Europe/Brussels")
    assert drawn.last == datetime(2021, 12, 31, 12, tzinfo=UTC)
    assert vevents(told)[1][7:9] == [
        "RECURRENCE-ID;TZID=Europe/Brussels:20211207T140000",
        "DTSTART;TZID=Europe/Athens:20211231T140000",
    ]


@pytest.mark.parametrize(
    ("when", "utc"),
    [
        pytest.param(at("2021-09-07 14:00", zone="UTC"), False, id="UTC"),
        pytest.param(at("2021-09-07"), False, id="a whole day"),
        pytest.param(at("2021-09-07 14:00"), True, id="all in UTC"),
    ],
)
def test_what_needs_no_zone_names_none(when: When, utc: bool) -> None:
    drawn = ics.draw(a_revision(an_event(when=when)), Variant(language="en", utc=utc))

    assert drawn
    assert drawn.zones == ()
    assert b"TZID" not in drawn.body
