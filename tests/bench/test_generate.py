"""The benchmark's events files: of the size they promise, and the same each time."""

from pathlib import Path

import yaml

from bench.generate import event, generate

EVENTS = 200


def test_an_event_has_600_to_700_bytes() -> None:
    sizes = [len(event(number, 100_000).encode()) for number in range(0, 100_000, 997)]

    assert min(sizes) >= 600
    assert max(sizes) <= 700


def test_one_file_and_many_state_the_same(tmp_path: Path) -> None:
    one = generate(tmp_path / "one", events=EVENTS)
    many = generate(tmp_path / "many", events=EVENTS, files=7)

    assert one.is_file()
    assert len(list(many.glob("events-*.yaml"))) == 7
    assert stated(one) == stated(many)
    assert len(stated(one)["events"]) == EVENTS


def test_the_same_size_gives_the_same_bytes(tmp_path: Path) -> None:
    first = generate(tmp_path / "first", events=EVENTS)
    second = generate(tmp_path / "second", events=EVENTS)

    assert first.read_bytes() == second.read_bytes()


def stated(path: Path) -> dict[str, dict[str, object]]:
    """Return what a file, or a folder of them, states of initiatives and events."""
    gathered: dict[str, dict[str, object]] = {"initiatives": {}, "events": {}}
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        document = yaml.safe_load(file.read_bytes())
        for part, things in gathered.items():
            things.update(document.get(part, {}))
    return gathered
