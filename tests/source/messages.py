"""What a reader of a bad file is told: all problems, as ``calfeed check`` prints them."""

import pytest

from calfeed.cli.report import render
from calfeed.errors import Problem, SourceError
from calfeed.source.yaml import parse_document


def problems(data: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(SourceError) as caught:
        parse_document(data.encode() if isinstance(data, str) else data, name="events.yaml")
    return caught.value.problems


def told(data: str | bytes) -> str:
    return "\n".join(f"{render(problem).plain}\n" for problem in problems(data))
