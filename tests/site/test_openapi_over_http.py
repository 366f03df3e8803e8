"""A program that knows nothing but the description asks a real server, and believes each answer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from tests.house import House, body
from tests.spine import an_entry, an_update, events_file
from tests.web.live import Live, running

CHECKS = [  # the first of them refuses a 500, too: only oEmbed has a 501, which its rules ask for
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
NAMES = {
    "initiative": ["all", "parks", "none"],
    "event": ["garden", "none"],
    "url": ["https://events.example.eu/", "https://events.example.eu/none/"],
}
"""What stands for names: those that there are, and one that is not."""

EXAMPLES = 8
"""Requests of each kind at each address: enough for every parameter, and soon done."""

BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*HealthCheck],
)


def a_house() -> House:
    house = House()
    events = {
        "garden": an_entry(tags=["outdoors"], updates=[an_update("postponed")]),
        "fair": an_entry(when="2026-12-01 10:00 to 11:00"),
    }
    house.publish(events_file(events))
    return house


def document() -> Any:
    """Return the description, with names of what there is."""
    data = json.loads(body(a_house().table(), "/openapi.json"))
    for path in data["paths"].values():
        for one in path["get"]["parameters"]:
            if one.get("name") in NAMES:
                one["schema"] = {"enum": NAMES[one["name"]]}
    return data


DOCUMENT = document()
DESCRIBED = schemathesis.openapi.from_dict(DOCUMENT)
NOT_HERE = {"/sitemap-{number}.xml", "/media/{picture}.{extension}"}


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    with running(a_house().table()) as server:
        yield server


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_every_answer_is_as_described(live: Live, path: str, mode: GenerationMode) -> None:
    operation = DESCRIBED[path]["GET"]
    statuses: list[int] = []

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        address = f"http://127.0.0.1:{live.port}"
        answer = case.call_and_validate(base_url=address, checks=CHECKS)
        statuses.append(answer.status_code)

    ask()
    assert statuses
    assert 200 in statuses or path in NOT_HERE or mode is GenerationMode.NEGATIVE
