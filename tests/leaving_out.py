"""A pytest plugin: leaves out tests whose reader is missing, and says which and why; never in CI.

A test names what it needs beside Python by ``@pytest.mark.reader("icaljs")``.
"""

import os
from collections import Counter
from collections.abc import Mapping

import pytest

from tests.readers.available import missing

LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    why = missing()
    left_out = [item for item in items if lacks(item, why)]
    counted = Counter(name for item in left_out for name in lacks(item, why))
    if left_out and os.environ.get("CI"):
        raise pytest.UsageError("\n".join(["in CI no test is left out", *told(counted, why)]))
    config.stash[LEFT_OUT] = counted
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    counted = config.stash.get(LEFT_OUT, Counter())
    if counted:
        terminalreporter.section("left out")
        for line in told(counted, missing()):
            terminalreporter.line(line)


def lacks(item: pytest.Item, why: Mapping[str, str]) -> list[str]:
    """Return the readers that *item* needs and that are missing."""
    return [name for mark in item.iter_markers("reader") for name in mark.args if name in why]


def told(counted: Mapping[str, int], why: Mapping[str, str]) -> list[str]:
    """Return one line for each missing reader: how many tests, and what is missing."""
    return [f"{name}: {count} left out, {why[name]}" for name, count in sorted(counted.items())]
