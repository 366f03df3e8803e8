import pytest

from tests.source.sources import GARDEN_DAY, HEAD, events_file, problems, rendered, said, stated


def an_event(key: str, *lines: str) -> str:
    fields = "".join(f"    {line}\n" for line in (*GARDEN_DAY.splitlines(), *lines))
    return f"  {key}:\n{fields}"


def test_a_misspelt_initiative_as_a_whole_message() -> None:
    (message,) = rendered(problems(events_file(GARDEN_DAY.replace("[parks]", "[schools, park]"))))

    assert message == (
        'error[E400]: unknown initiative "park"\n'
        "  --> events.yaml:14:28\n"
        "   |\n"
        "13 |     title: Garden day\n"
        "14 |     initiatives: [schools, park]\n"
        '   |                            ^^^^ did you mean "parks"?\n'
        "   |\n"
        "   = help: there are: parks, schools"
    )


def test_of_very_many_initiatives_not_all_are_listed() -> None:
    many = "".join(f"  woods-{number}: {{name: Woods}}\n" for number in range(20))

    (problem,) = problems(events_file(GARDEN_DAY.replace("parks", "lakes"), head=HEAD + many))

    assert problem.help == ("it has to stand among the initiatives first",)


def test_of_very_many_events_a_command_lists_them() -> None:
    many = [GARDEN_DAY] * 12

    (problem,) = problems(events_file(*many, f"{GARDEN_DAY}related: [market]\n"))

    assert problem.help == ("all events with their names:  calfeed list",)


@pytest.mark.parametrize(
    ("texts", "complaints"),
    [
        pytest.param(
            [HEAD, f"events:\n{an_event('fair')}", f"events:\n{an_event('fair')}"],
            ['3.yaml:2:3: error[E401]: two events are named "fair"'],
            id="two events of one key",
        ),
        pytest.param(
            [HEAD, "initiatives:\n  parks: {name: Parks}\n"],
            ['2.yaml:2:3: error[E402]: two initiatives are named "parks"'],
            id="two initiatives of one name",
        ),
        pytest.param(
            [HEAD, HEAD[: HEAD.index("initiatives:")]],
            ["2.yaml:2:1: error[E161]: the site is described twice"],
            id="two sites",
        ),
        pytest.param(
            ["format: 1\n", "initiatives:\n  parks: {name: Parks}\n"],
            [
                "1.yaml:1:1: error[E160]: no site: nothing says what the calendars are called "
                "and where they are"
            ],
            id="no site in any file",
        ),
        pytest.param(
            [HEAD + "events:\n" + an_event("fair", "formerly: [market]") + an_event("market")],
            ['events.yaml:16:16: error[E403]: "market" is an event of its own'],
            id="a former key that is still there",
        ),
        pytest.param(
            [
                HEAD
                + "events:\n"
                + an_event("fair", "formerly: [market]")
                + an_event("sale", "formerly: [market]")
            ],
            ['events.yaml:21:16: error[E403]: "market" was the name of "fair"'],
            id="two successors",
        ),
        pytest.param(
            [HEAD + "events:\n" + an_event("fair", "uid: a@b") + an_event("sale", "uid: a@b")],
            ['events.yaml:21:10: error[E404]: "fair" and "sale" have the same UID'],
            id="two events of one UID",
        ),
        pytest.param(
            [HEAD + "events:\n" + an_event("fair", "related: [fiar, market, fair]")],
            [
                'events.yaml:16:15: error[E408]: unknown event "fiar"',
                'events.yaml:16:21: error[E408]: unknown event "market"',
            ],
            id="related to nothing",
        ),
        pytest.param(
            [
                HEAD
                + "  all-of-it: {name: All, of: [parks, all-of-it]}\n"
                + "  more: {name: More, of: [all-of-it, woods]}\n"
            ],
            [
                'events.yaml:11:38: error[E405]: "all-of-it" is a union itself',
                'events.yaml:12:27: error[E405]: "all-of-it" is a union itself',
                'events.yaml:12:38: error[E400]: unknown initiative "woods"',
            ],
            id="unions of unions, and of nothing",
        ),
        pytest.param(
            [
                HEAD
                + "  all-of-it: {name: All, of: [parks]}\nevents:\n"
                + an_event("fair").replace("[parks]", "[all-of-it, parks]")
            ],
            ['events.yaml:15:19: error[E406]: "all-of-it" is a union of initiatives'],
            id="an event of a union",
        ),
        pytest.param(
            [
                HEAD
                + "  woods: {name: Woods, formerly: [forest, parks]}\n"
                + "  lakes: {name: Lakes, formerly: [forest]}\n"
            ],
            [
                'events.yaml:11:43: error[E407]: "parks" is the name, or a former name, '
                "of another initiative",
                'events.yaml:12:35: error[E407]: "forest" is the name, or a former name, '
                "of another initiative",
            ],
            id="names of others",
        ),
    ],
)
def test_documents_that_do_not_go_together(texts: list[str], complaints: list[str]) -> None:
    assert [line.removeprefix("events/") for line in said(*texts)] == complaints


def test_an_event_may_be_related_to_itself_and_to_former_keys() -> None:
    text = HEAD + "events:\n" + an_event("fair", "formerly: [market]", "related: [market, fair]")

    (one,) = stated(text).statements

    assert one.event.details.related == ("fair", "market")


def test_events_with_different_pins_and_names_go_together() -> None:
    text = (
        HEAD
        + "events:\n"
        + an_event("fair", "uid: a@b", "formerly: [market]")
        + an_event("sale", "uid: c@d", "formerly: [auction, bazaar]")
    )

    assert [one.uid for one in stated(text).statements] == ["a@b", "c@d"]


def test_in_a_folder_the_format_stands_beside_the_site() -> None:
    found = stated(HEAD, "events:\n" + an_event("fair"))

    assert [one.event.key for one in found.statements] == ["fair"]
    assert str(found.statements[0].place("when")) == "events/2.yaml:5:11"
