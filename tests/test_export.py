"""The static export: on nginx it gives the very bytes that the server gives, at every address."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from calfeed.exporting import export
from calfeed.model import Picture
from tests.builders import a_revision, an_event
from tests.cli.commands import spawn
from tests.house import House
from tests.nginx import documented, get, nginx
from tests.spine import Spine, a_spine, an_entry, events_file

SHIPPED = Path(__file__).parent.parent
LANGUAGES = ("en", "fr", "de", "el")
SUFFIXES = {"gzip": ".gz", "br": ".br", "zstd": ".zst"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spine]:
    """Serve the shipped events."""
    folder = Path(tmp_path_factory.mktemp("shipped"))
    shutil.copytree(SHIPPED / "images", folder / "images")
    with a_spine(folder, (SHIPPED / "events.yaml").read_text(encoding="utf-8")) as spine:
        yield spine


@pytest.fixture(scope="module")
def exported(served: Spine) -> Path:
    """Return the folder that the same site was exported to."""
    out = served.file.parent / "out"
    assert (
        spawn(
            "build", out, "--file", served.file, "--nginx", served.file.with_name("calfeed.conf")
        ).status
        == 0
    )
    return out


def paths(exported: Path) -> list[str]:
    codings = tuple(SUFFIXES.values())
    files = (path for path in exported.rglob("*") if path.is_file())
    return sorted(
        f"/{path.relative_to(exported)}" for path in files if not path.name.endswith(codings)
    )


def asked(path: str) -> str:
    """Return the address that shows the file at *path*."""
    return path.removesuffix("index.html")


def test_every_file_of_the_export_has_the_bytes_of_the_server(
    served: Spine, exported: Path
) -> None:
    found = paths(exported)
    assert "/feeds/living-in-eu.fr.visible.utc.ics" in found
    assert "/events/commissioner-meets-eu-mayors.ics" in found
    assert any(path.startswith("/media/") for path in found)
    for path in found:
        status, headers, body = served.get(asked(path))
        assert body == (exported / path[1:]).read_bytes(), path
        assert status == (404 if "404" in path else 302 if is_neutral(path) else 200), path
        for coding, suffix in SUFFIXES.items():
            beside = exported / f"{path[1:]}{suffix}"
            _, headers, body = served.get(asked(path), {"Accept-Encoding": coding})
            assert (headers["Content-Encoding"] == coding) is beside.exists()
            assert body == (beside if beside.exists() else exported / path[1:]).read_bytes()


def test_a_picture_that_the_ledger_has_no_more_is_left_out(tmp_path: Path) -> None:
    image = Picture(sha256="ab" * 32, extension="png", alt={"en": "A garden"})
    (revision,) = (a_revision(an_event(image=image)),)
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    (told,) = house.told.revisions.values()
    house.told = replace(house.told, revisions={told.uid: replace(revision, uid=told.uid)})

    export(house.table(), tmp_path)

    assert not (tmp_path / "media").exists()


def is_neutral(path: str) -> bool:
    """Whether *path* is a page's that names no language: a server leads on, a file lists them."""
    return path.endswith("/index.html") and path.split("/")[1] not in {*LANGUAGES, "embed"}


@pytest.mark.reader("nginx")
def test_nginx_serves_the_export_as_the_server_does(
    served: Spine, exported: Path, tmp_path: Path
) -> None:
    snippet = exported.with_name("calfeed.conf")
    names = ("Content-Type", "Content-Encoding", "Content-Security-Policy", "Link", "Location")
    with nginx(documented(exported, snippet), tmp_path) as port:
        for path in paths(exported):
            for coding in ("identity", "gzip"):
                headers = {"Accept-Encoding": coding}
                ours = served.get(asked(path), headers)
                theirs = get(port, asked(path), headers)
                assert (theirs[0], theirs[2]) == (ours[0], ours[2]), path
                for name in names:
                    assert theirs[1][name] == ours[1][name], (path, name)


def test_what_is_for_nginx_is_not_written_where_it_would_be_served(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = spawn("build", out, "--nginx", out / "calfeed.conf")
    assert ran.status == 2
    assert "nginx would serve what stands in" in ran.err
    assert not out.exists()


def test_files_that_say_a_feed_has_ended_are_for_nginx_alone(tmp_path: Path) -> None:
    house = House()
    house.publish(events_file({"garden": an_entry()}))
    house.publish(events_file({"garden": an_entry()}, initiatives={"parks": {"name": "Parks"}}))
    table = house.table(house.now.date() + timedelta(days=402))
    out, feed = tmp_path / "out", tmp_path / "out" / "feeds" / "schools.ics"

    export(table, out, for_nginx=tmp_path / "calfeed.conf")
    assert json.loads(feed.read_bytes())["detail"] == "This calendar has ended."

    export(table, out)
    assert not feed.exists()


def test_the_shipped_events_begin_with_the_number_of_their_updates(served: Spine) -> None:
    numbers = {
        key: served.vevents(f"/events/{key}.ics")[0].sequence
        for key in (
            "commissioner-meets-eu-mayors",
            "usercentricities-summit-2021",
            "living-in-eu-coffee-corner",
            "smart-city-expo-2021",
            "local-green-deals-workshop",
        )
    }
    assert list(numbers.values()) == [1, 0, 2, 0, 1]
