"""What Prefer asks for, by the grammar of RFC 7240."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.site.sync.preference import Preference, parse_preference

ALL = Preference()


@pytest.mark.parametrize(
    ("prefer", "preference"),
    [
        pytest.param("subscribe-enhanced-get", ALL, id="all that changed"),
        pytest.param("Subscribe-Enhanced-GET", ALL, id="in capitals"),
        pytest.param("subscribe-enhanced-get, limit=10", Preference(limit=10), id="some of it"),
        pytest.param("limit = 10 ,subscribe-enhanced-get", Preference(limit=10), id="reversed"),
        pytest.param('subscribe-enhanced-get, limit="10"', Preference(limit=10), id="quoted"),
        pytest.param('subscribe-enhanced-get, limit="\\1\\0"', Preference(limit=10), id="escaped"),
        pytest.param(
            "subscribe-enhanced-get; x=1, respond-async; y, limit=5; z=2",
            Preference(limit=5),
            id="parameters and what others prefer",
        ),
        pytest.param(
            "limit=1, limit=2, subscribe-enhanced-get", Preference(limit=1), id="the first counts"
        ),
        pytest.param('a="b, limit=1", subscribe-enhanced-get', ALL, id="a comma in quotes"),
        pytest.param("subscribe-enhanced-get, limit", ALL, id="a limit without a number"),
        pytest.param("subscribe-enhanced-get, limit=0", ALL, id="a limit of none"),
        pytest.param("subscribe-enhanced-get, limit=-3", ALL, id="a limit below none"),
        pytest.param("subscribe-enhanced-get, limit=ten", ALL, id="a limit in words"),
        pytest.param("subscribe-enhanced-get, limit=1e3", ALL, id="a limit with an exponent"),
        pytest.param("subscribe-enhanced-get, limit=" + "9" * 99, ALL, id="a limit beyond all"),
        pytest.param("subscribe-enhanced-get, =5, ,,", ALL, id="elements that are none"),
        pytest.param("", None, id="nothing"),
        pytest.param("return=minimal, limit=5", None, id="something else"),
        pytest.param('x="subscribe-enhanced-get"', None, id="only a value"),
        pytest.param('"subscribe-enhanced-get', None, id="a quote that never ends"),
        pytest.param("subscribe-enhanced-get" + ", x" * 400, None, id="too much to be read"),
    ],
)
def test_preference(prefer: str, preference: Preference | None) -> None:
    assert parse_preference(prefer) == preference


@given(st.text(alphabet='subscribe-enhanced-get,limit=0123;" \\\t\xff'))
def test_whatever_is_preferred_can_be_read(prefer: str) -> None:
    found = parse_preference(prefer)
    assert found is None or found.limit is None or found.limit > 0
