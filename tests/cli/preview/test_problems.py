"""How problems stand in a page: what, where, and what to do; never as markup."""

import pytest

from calfeed.cli.preview.problems import as_list
from calfeed.errors import Place, Problem

WHOLE = Problem(code="E001", message="there is no such file", place=Place(file="events.yaml"))
FULL = Problem(
    code="W302",
    message="a <b> & \x1b",
    place=Place(
        file="a&b.yaml", line=10, column=11, length=4, excerpt=("  id: x", "    when: soon  # <i>")
    ),
    hint="<hint>",
    help=("first\nsecond",),
    notes=("<note>",),
)
CUT = Problem(
    code="E300",
    message="cut",
    place=Place(file="e.yaml", line=3, column=90, length=3, excerpt=("…ab\tcde…",), cut=85),
)


@pytest.mark.parametrize(
    ("problem", "html"),
    [
        pytest.param(
            WHOLE,
            "<ul><li><p><strong>error[E001]:</strong> there is no such file</p>"
            "<p><code>events.yaml</code></p></li></ul>",
            id="of a whole file",
        ),
        pytest.param(
            FULL,
            "<ul><li><p><strong>warning[W302]:</strong> a &lt;b&gt; &amp; ␛</p>"
            "<p><code>a&amp;b.yaml:10:11</code></p>"
            "<pre><b> 9 |</b>   id: x\n"
            "<b>10 |</b>     when: <mark>soon</mark>  # &lt;i&gt;\n</pre>"
            "<p>&lt;hint&gt;</p>"
            "<p>help: first<br>        second<br>note: &lt;note&gt;</p></li></ul>",
            id="with all that there is to say",
        ),
        pytest.param(
            CUT,
            "<ul><li><p><strong>error[E300]:</strong> cut</p><p><code>e.yaml:3:90</code></p>"
            "<pre><b>3 |</b> …ab    <mark>cde</mark>…\n</pre></li></ul>",
            id="on a long line",
        ),
    ],
)
def test_a_problem(problem: Problem, html: str) -> None:
    assert as_list([problem]) == html
