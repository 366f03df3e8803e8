import os
from hashlib import sha256
from pathlib import Path

import pytest

from calfeed.errors import SourceError
from calfeed.source.files import LARGEST_PICTURE
from calfeed.source.grammar import GrammarError, shown
from calfeed.source.parse import parse_sources
from calfeed.source.pictures import Pictures
from calfeed.source.yaml import read_document
from tests.source.sources import GARDEN_DAY, HEAD, TODAY, events_file, rendered

JPEG = b"\xff\xd8\xff\xe0 a picture"
PNG = b"\x89PNG\r\n\x1a\n a picture"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of events with an empty one for images, and a secret beside it."""
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "events" / "images").mkdir(parents=True)
    return tmp_path / "events"


def refusal(folder: Path, file: str) -> str:
    with pytest.raises(GrammarError) as caught:
        Pictures().find(file, folder=folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "extension"),
    [
        pytest.param("a.jpg", JPEG, "jpg", id="JPEG"),
        pytest.param("a.png", PNG, "png", id="PNG"),
        pytest.param("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "webp", id="WebP"),
        pytest.param("a.avif", b"\0\0\0\x1cftypavif\0\0\0\0", "avif", id="AVIF"),
        pytest.param("a.jpeg", PNG, "png", id="the bytes say what it is, not the name"),
        pytest.param("é à.jpg", JPEG, "jpg", id="any name"),
        pytest.param("full.jpg", JPEG.ljust(LARGEST_PICTURE), "jpg", id="2 MB"),
    ],
)
def test_pictures(folder: Path, name: str, data: bytes, extension: str) -> None:
    path = folder / "images" / name
    path.write_bytes(data)

    found = Pictures().find(f"images/{name}", folder=folder)

    assert found.extension == extension
    assert found.sha256 == sha256(data).hexdigest()
    assert found.path.read_bytes() == data


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        pytest.param(
            JPEG.ljust(LARGEST_PICTURE + 1),
            'the picture "images/a.png" is larger than 2 MB',
            id="too large",
        ),
        pytest.param(
            b"<svg/>", '"images/a.png" is not a picture that every browser shows', id="a drawing"
        ),
        pytest.param(
            b"RIFF\0\0\0\0WAVE",
            '"images/a.png" is not a picture that every browser shows',
            id="a sound",
        ),
        pytest.param(
            b"\0\0\0\x1cftypisom",
            '"images/a.png" is not a picture that every browser shows',
            id="a film",
        ),
        pytest.param(
            b"", '"images/a.png" is not a picture that every browser shows', id="nothing at all"
        ),
    ],
)
def test_what_is_no_picture(folder: Path, data: bytes, complaint: str) -> None:
    (folder / "images" / "a.png").write_bytes(data)

    assert refusal(folder, "images/a.png") == complaint


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("../secret.png", id="above the folder"),
        pytest.param("images/../../secret.png", id="above, by a detour"),
        pytest.param("/etc/passwd", id="an absolute path"),
        pytest.param("link.png", id="a link that leads out"),
        pytest.param("loop.png", id="a link to itself"),
        pytest.param("a\0.png", id="no name at all"),
    ],
)
def test_a_picture_elsewhere(folder: Path, file: str) -> None:
    (folder / "link.png").symlink_to("../secret.png")
    (folder / "loop.png").symlink_to("loop.png")

    assert refusal(folder, file) == (
        f"the picture {shown(file)} is not in the folder of the events"
    )


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("images/a.png", id="nothing there"),
        pytest.param("images", id="a folder"),
        pytest.param("pipe.png", id="a pipe, which would never end"),
    ],
)
def test_no_picture(folder: Path, file: str) -> None:
    os.mkfifo(folder / "pipe.png")

    assert refusal(folder, file) == f'there is no picture "{file}"'


def test_a_picture_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> bytes:  # root reads everything
        raise PermissionError(13, "Permission denied")

    (folder / "a.png").write_bytes(PNG)
    monkeypatch.setattr("calfeed.source.pictures.read_regular", refused)

    assert refusal(folder, "a.png") == 'the picture "a.png" cannot be read: Permission denied'


def test_a_text_without_a_folder_has_no_pictures() -> None:
    with pytest.raises(GrammarError) as caught:
        Pictures().find("a.png", folder=None)

    assert str(caught.value) == "a text without a folder cannot name pictures"


def test_a_picture_may_lie_above_its_file_but_inside_the_sources(folder: Path) -> None:
    (folder / "images" / "a.png").write_bytes(PNG)
    (folder / "2031").mkdir()

    found = Pictures().find("../images/a.png", folder=folder / "2031", root=folder)

    assert found.path == (folder / "images" / "a.png").resolve()


def test_a_changed_picture_is_read_again(folder: Path) -> None:
    pictures, path = Pictures(), folder / "a.png"
    path.write_bytes(PNG)
    os.utime(path, (1, 1))
    first = pictures.find("a.png", folder=folder)
    path.write_bytes(PNG[:-1] + b"!")
    os.utime(path, (1, 1))

    assert pictures.find("a.png", folder=folder).sha256 != first.sha256


def test_an_old_picture_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, path = Pictures(), folder / "a.png"
    path.write_bytes(PNG)
    much_later = path.stat().st_ctime_ns + 3_000_000_000
    monkeypatch.setattr("time.time_ns", lambda: much_later)
    first = pictures.find("a.png", folder=folder)

    monkeypatch.setattr("calfeed.source.pictures.read_regular", None)

    assert pictures.find("a.png", folder=folder) == first


def test_pictures_of_events_updates_and_initiatives(folder: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        (folder / "images" / name).write_bytes(PNG + name.encode())
    file = folder / "events.yaml"
    file.write_text(
        events_file(
            GARDEN_DAY
            + "image: {file: images/a.png, alt: Trees, credit: Us}\n"
            + "updates:\n  - {announced: 2026-01-01, change: corrected, "
            + "image: {file: images/b.png, alt: {fr: Arbres}}}\n",
            head=HEAD + "  woods: {name: Woods, logo: {file: images/c.png, alt: A tree}}\n",
        )
    )

    found = parse_sources([read_document(file, name="events.yaml")], today=TODAY)

    (one,) = found.statements
    assert one.event.details.image is not None
    assert one.event.details.image.alt == {"fr": "Arbres"}
    assert one.event.updates[0].given["image"]["sha256"] == one.event.details.image.sha256
    assert found.initiatives[2].logo is not None
    assert {picture.body()[-5:] for picture in found.pictures} == {b"a.png", b"b.png", b"c.png"}


def test_all_pictures_that_are_missing_are_told_where_they_are_named(folder: Path) -> None:
    file = folder / "events.yaml"
    file.write_text(
        events_file(
            GARDEN_DAY
            + "image: {file: a.png, alt: Trees}\n"
            + "updates:\n  - {announced: 2026-01-01, change: corrected, "
            + "image: {file: b.png, alt: b}}\n",
            head=HEAD + "  woods: {name: Woods, logo: {file: c.png, alt: A tree}}\n",
        )
    )

    with pytest.raises(SourceError) as caught:
        parse_sources([read_document(file, name="events.yaml")], today=TODAY)

    assert [str(problem) for problem in caught.value.problems] == [
        'events.yaml:11:37: error[E150]: there is no picture "c.png"',
        'events.yaml:17:19: error[E150]: there is no picture "a.png"',
        'events.yaml:19:66: error[E150]: there is no picture "b.png"',
    ]
    assert rendered(caught.value.problems)[0].endswith(
        f"= help: it was looked for at  {folder.resolve()}/c.png"
    )
