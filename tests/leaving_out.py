"""A pytest plugin: leaves out tests whose reader is missing, and says which and why; never in CI.

A test names what it needs beside Python by ``@pytest.mark.reader("icaljs")``. In CI, where one
would be left out, none is run and the whole run fails.
"""

import os
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from tests.readers.available import missing

LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    why = missing()
    left_out = [item for item in items if lacks(item, why)]
    config.stash[LEFT_OUT] = Counter(name for item in left_out for name in lacks(item, why))
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out and not (left_out and in_ci())]


def pytest_sessionfinish(session: pytest.Session) -> None:
    counted = session.config.stash.get(LEFT_OUT, Counter())
    output = getattr(session.config, "workeroutput", None)
    if output is not None:  # one of several processes: it reports to the one that started it
        output["left_out"] = dict(counted)
    elif counted and in_ci():
        session.exitstatus = pytest.ExitCode.USAGE_ERROR


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a process reports: each of them collects all tests, and leaves out the same."""
    reported = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash[LEFT_OUT] = Counter(reported) | node.config.stash.get(LEFT_OUT, Counter())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    counted = config.stash.get(LEFT_OUT, Counter())
    if counted:
        terminalreporter.section("in CI no test is left out" if in_ci() else "left out")
        for line in told(counted, missing()):
            terminalreporter.line(line)


def in_ci() -> bool:
    return bool(os.environ.get("CI"))


def lacks(item: pytest.Item, why: Mapping[str, str]) -> list[str]:
    """Return the readers that *item* needs and that are missing."""
    return [name for mark in item.iter_markers("reader") for name in mark.args if name in why]


def told(counted: Mapping[str, int], why: Mapping[str, str]) -> list[str]:
    """Return one line for each missing reader: how many tests, and what is missing."""
    return [f"{name}: {count} left out, {why[name]}" for name, count in sorted(counted.items())]
