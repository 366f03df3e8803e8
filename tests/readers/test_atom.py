"""The reader of Atom, on a feed made by hand: it reads what is right, and minds what is not."""

from datetime import UTC, datetime

import pytest

from tests.readers import atom
from tests.readers.reading import ReaderError

ENTRY = b"""\
<entry>
<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
<title>Postponed: &lt;b&gt;</title>
<updated>2021-09-23T10:15:00+02:00</updated>
<link href="https://x.example/en/events/a/"/>
<category term="postponed"/>
<content type="html">&lt;p&gt;Rain &amp;amp; wind&lt;/p&gt;</content>
</entry>
"""
FEED = (
    b"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6</id>
<title>Parks</title>
<updated>2021-09-23T08:15:00Z</updated>
<author><name>Parks</name></author>
<link rel="self" href="https://x.example/feeds/parks.changes.atom"/>
"""
    + ENTRY
    + b"</feed>\n"
)


def test_a_feed_is_read() -> None:
    read = atom.read(FEED)
    assert read.links == {"self": "https://x.example/feeds/parks.changes.atom"}
    assert read.entries == (
        atom.ReadEntry(
            id="urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
            title="Postponed: <b>",
            updated=datetime(2021, 9, 23, 8, 15, tzinfo=UTC),
            link="https://x.example/en/events/a/",
            tags=("postponed",),
            content="<p>Rain &amp; wind</p>",
        ),
    )


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param(b"</feed>", b"", id="no end"),
        pytest.param(b"2005/Atom", b"2005/Rdf", id="another vocabulary"),
        pytest.param(b"<author><name>Parks</name></author>", b"", id="nobody's"),
        pytest.param(b"<author>", b"<author><mail>a@b.example</mail>", id="no such member"),
        pytest.param(b"<category term", b"<category name", id="no such attribute"),
        pytest.param(b"<title>Parks</title>", b"<name>Parks</name>", id="no such element"),
        pytest.param(b"<title>Parks</title>", b"", id="no title"),
        pytest.param(b"<title>Parks</title>", b"<title>a</title><title>b</title>", id="two titles"),
        pytest.param(b"2021-09-23T08:15:00Z", b"2021-09-23", id="a day is no moment"),
        pytest.param(b"2021-09-23T08:15:00Z", b"2021-09-23T08:15:00", id="a moment of nowhere"),
        pytest.param(b"2021-09-23T08:15:00Z", b"2021-02-30T08:15:00Z", id="a day that is none"),
        pytest.param(b'type="html"', b'type="markdown"', id="no such type of text"),
        pytest.param(b' href="https://x.example/en/events/a/"', b"", id="a link to nowhere"),
        pytest.param(b"&lt;p&gt;Rain", b"<p>Rain</p>", id="HTML that is not text"),
        pytest.param(b"<entry>", b"<entry>text", id="text between elements"),
        pytest.param(ENTRY[8:60], b"", id="an entry without an id"),
    ],
)
def test_what_is_wrong_is_refused(right: bytes, wrong: bytes) -> None:
    assert right in FEED
    with pytest.raises(ReaderError):
        atom.read(FEED.replace(right, wrong, 1))
