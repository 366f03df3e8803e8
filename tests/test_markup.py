import pytest

from calfeed.markup import as_html, as_plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        pytest.param("a **bold** and *fine* `code`", "a bold and fine code", id="emphasis"),
        pytest.param("one\ntwo", "one two", id="a line that an editor wrapped"),
        pytest.param("one  \ntwo", "one\ntwo", id="a line break that is meant"),
        pytest.param("one\n\ntwo", "one\n\ntwo", id="paragraphs"),
        pytest.param("# Title\ntext", "Title\n\ntext", id="a heading"),
        pytest.param("text\n\n- a\n- b\n\nmore", "text\n\n- a\n- b\n\nmore", id="a list"),
        pytest.param("3. a\n4. b", "3. a\n4. b", id="numbers begin where they do"),
        pytest.param("- a\n  - b\n- c", "- a\n  - b\n- c", id="a list in a list"),
        pytest.param("- a\n\n  more\n- b", "- a\n  more\n- b", id="paragraphs in a list"),
        pytest.param("> said", "said", id="a quotation"),
        pytest.param("```\na\n b\n```\nx", "a\n b\n\nx", id="code"),
        pytest.param("one\n\n---\n\ntwo", "one\n\ntwo", id="a rule"),
        pytest.param("[here](https://x.eu/)", "here (https://x.eu/)", id="a link"),
        pytest.param("<https://x.eu/>", "https://x.eu/", id="a bare address"),
        pytest.param("<info@x.eu>", "info@x.eu", id="a bare mail address"),
        pytest.param("![a plan](https://x.eu/p.png)", "a plan", id="a picture"),
        pytest.param("a <b>c</b>", "a <b>c</b>", id="HTML is no markup"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_plain_text(markdown: str, text: str) -> None:
    assert as_plain_text(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("a **b**", "<p>a <strong>b</strong></p>", id="emphasis"),
        pytest.param("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", id="a script is text"),
        pytest.param("[a](https://x.eu)", '<p><a href="https://x.eu">a</a></p>', id="a link"),
        pytest.param("[a](javascript:x)", "<p>[a](javascript:x)</p>", id="no link to a script"),
        pytest.param("[a](tel:1)", "<p><a>a</a></p>", id="nor to anything but pages and mail"),
        pytest.param("![a](https://x.eu/p.png)", "<p></p>", id="no picture that tells who reads"),
        pytest.param("5. a", '<ol start="5">\n<li>a</li>\n</ol>', id="numbers"),
    ],
)
def test_html(markdown: str, html: str) -> None:
    assert as_html(markdown).replace("<p>&lt;", "&lt;").replace("&gt;</p>", "&gt;") == html
