"""Events as the ledger keeps them: facts, frame and their digest, encoded once for each event."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from calfeed.ledger.revision import (
    Frame,
    digest,
    digest_of_instants,
    encode_event,
    encode_frame,
)
from calfeed.model import Event, Site, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """What frames all events of one publication: the site, initiatives' names, UIDs by key."""

    site: Site
    names: Mapping[str, Text]
    uids: Mapping[str, str]

    def frame(self, event: Event) -> Frame:
        """Return what reaches the bytes of *event* beside its facts."""
        return Frame(
            site_url=self.site.url,
            language=self.site.language,
            initiatives={slug: self.names[slug] for slug in event.initiatives},
            related=self.related(event),
            prefix_new_date=self.site.prefix_new_date,
            prefix_online=self.site.prefix_online,
            instants=digest_of_instants(event),
        )

    def related(self, event: Event) -> tuple[str, ...]:
        """Return the UIDs of the events that *event* names, those that have one."""
        return tuple(self.uids[key] for key in event.details.related if key in self.uids)

    def basis(self) -> tuple[object, ...]:
        """Return all that frames depend on beside the event and its related ones."""
        site = self.site
        names = tuple(sorted((slug, tuple(name.items())) for slug, name in self.names.items()))
        return site.url, site.language, site.prefix_new_date, site.prefix_online, names


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """An event's facts and frame as JSON, and their digest."""

    facts: bytes
    framed: bytes
    digest: str


def encode(event: Event, framing: Framing) -> Encoded:
    """Return *event* under *framing*, encoded."""
    facts, framed = encode_event(event), encode_frame(framing.frame(event))
    return Encoded(facts=facts, framed=framed, digest=digest(facts, framed))


@dataclass(slots=True)
class Encodings:
    """Remembers how the very same Event objects were encoded under the same framing.

    A source that is read again hands out the events of unchanged files as the same objects, so
    that one edit among ten thousand events encodes one.
    """

    _basis: tuple[object, ...] = ()
    _kept: dict[str, tuple[Event, tuple[str, ...], Encoded]] = field(default_factory=dict)

    def begin(self, framing: Framing) -> None:
        """Forget all if *framing* differs from the last one."""
        if (basis := framing.basis()) != self._basis:
            self._basis = basis
            self._kept.clear()

    def encode(self, event: Event, framing: Framing) -> Encoded:
        """Return *event* encoded, from memory if it is the same object in the same frame."""
        related = framing.related(event) if event.details.related else ()
        kept = self._kept.get(event.key)
        if kept is None or kept[0] is not event or kept[1] != related:
            kept = self._kept[event.key] = (event, related, encode(event, framing))
        return kept[2]
