"""How tests ask what a grammar says of a value."""

from collections.abc import Callable

import pytest

from calfeed.source.grammar import GrammarError


def refusal(read: Callable[[], object]) -> GrammarError:
    """Return the error that *read* raises; it must."""
    with pytest.raises(GrammarError) as raised:
        read()
    return raised.value


def refused(read: Callable[[], object]) -> GrammarError | None:
    """Return the error that *read* raises, None if it does not."""
    try:
        read()
    except GrammarError as error:
        return error
    return None
