"""Commands that messages name: what a shell makes of them is what was meant."""

import shlex
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.commands import command
from calfeed.dates import When
from calfeed.model import Change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(Change.POSTPONED, "calfeed postpone garden", id="postponed"),
        pytest.param(Change.RESCHEDULED, "calfeed reschedule garden NEW-DATE", id="rescheduled"),
        pytest.param(Change.CANCELLED, "calfeed cancel garden", id="cancelled"),
        pytest.param(Change.REINSTATED, "calfeed reinstate garden", id="reinstated"),
        pytest.param(Change.MOVED_ONLINE, "calfeed move-online garden URL", id="moved online"),
        pytest.param(Change.RELOCATED, "calfeed relocate garden PLACE", id="relocated"),
        pytest.param(Change.CORRECTED, "calfeed correct garden", id="corrected"),
    ],
)
def test_each_change_has_its_command(change: Change, words: str) -> None:
    assert command(change, "garden") == words


def test_options_stand_last() -> None:
    assert command(Change.CANCELLED, "a", None, "--occurrence", "2031-05-06") == (
        "calfeed cancel a --occurrence 2031-05-06"
    )


@given(
    st.text(),
    st.one_of(
        st.builds(lambda day: When(start=day, zone="UTC"), st.dates(date(1900, 1, 1))),
        st.builds(lambda at: When(start=at, zone="UTC"), st.datetimes(datetime(1900, 1, 1))),
    ),
)
def test_a_shell_reads_any_key_and_date_as_they_are(key: str, when: When) -> None:
    words = shlex.split(command(Change.RESCHEDULED, key, when))
    assert words == ["calfeed", "reschedule", key, str(when)]
