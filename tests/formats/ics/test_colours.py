import pytest

from calfeed.formats.ics.colours import nearest_name


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#ff0000", "red"),
        ("#FE0102", "red"),
        ("#0e47cb", "royalblue"),
        ("#8a2432", "brown"),
        ("#fefefe", "white"),
        ("#808080", "gray"),
    ],
)
def test_the_nearest_colour_that_has_a_name(colour: str, name: str) -> None:
    assert nearest_name(colour) == name
