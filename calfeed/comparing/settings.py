"""Facts of the site and of its initiatives that would be told otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from calfeed.ledger.told import Told, ToldInitiative
from calfeed.model import Initiative, Site
from calfeed.words import choose

FOREVER = "forever"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One fact that would be told otherwise: of the initiative ``slug``, or of the site (empty).

    ``name`` leads to it as in an events file, ``summary.fr``; ``before`` and ``after`` are empty
    where there is none. An empty ``name`` is the initiative itself: its name before, unless it is
    new or back, and after, unless it is retired. ``slug`` as a name: it was renamed.
    """

    slug: str = ""
    name: str = ""
    before: str
    after: str


def compare_settings(before: Told, after: Told) -> Iterator[Setting]:
    """Yield what differs between the facts of two sites and of their initiatives.

    A site that is told for the first time has no setting that changed.
    """
    if before.site and after.site:
        yield from _differing("", _facts(before.site), _facts(after.site))
    language = after.site.language if after.site else ""
    renamed = {new: old for old, new in after.slugs.items() if old not in before.slugs}
    for slug, told in after.initiatives.items():
        if slug in after.slugs:
            continue  # only an address any more
        if slug in renamed:
            yield Setting(slug=slug, name="slug", before=renamed[slug], after=slug)
        known = before.initiatives.get(renamed.get(slug, slug))
        was, now = _name(known, language), _name(told, language)
        if known and was and now:
            yield from _differing(slug, _facts(known.initiative), _facts(told.initiative))
        elif was != now:
            yield Setting(slug=slug, before=was, after=now)


def _name(told: ToldInitiative | None, language: str) -> str:
    """Return the name of an initiative that is in the sources; empty for any other."""
    if told is None or told.retired:
        return ""
    return choose(told.initiative.name, language, language).text


def _differing(slug: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Setting]:
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield Setting(slug=slug, name=name, before=was.get(name, ""), after=now.get(name, ""))


def _facts(thing: Site | Initiative) -> dict[str, str]:
    facts = dict(_flat(thing, ""))
    facts.pop("slug", None)
    facts.pop("formerly", None)
    if isinstance(thing, Site):
        facts.setdefault("keep_past", FOREVER)
    return facts


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every single fact in *value* with the path that leads to it in an events file."""
    if is_dataclass(value):
        for field in fields(value):
            name = field.name.replace("prefix_", "prefixes.")
            yield from _flat(getattr(value, field.name), f"{path}.{name}" if path else name)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}")
    elif isinstance(value, bool):
        yield path, "yes" if value else "no"
    elif isinstance(value, tuple) and value:
        yield path, ", ".join(value)
    elif value not in (None, ()):
        yield path, str(value)
