"""What a VEVENT says to people: its title, its place, and its description as text and as HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

from calfeed.addresses import event_page_path
from calfeed.dates import When
from calfeed.ledger.revision import Frame
from calfeed.markup import as_html, as_plain_text
from calfeed.model import Details, Text
from calfeed.occurrences import Occurrence
from calfeed.states import say_prefix, say_state
from calfeed.words import Spoken, choose, language_of_words, on_one_line, say, say_venue, say_when

ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")  # not the stop behind it


class Block(NamedTuple):
    """A paragraph or more, in Markdown or as it is; each line of the latter stands alone."""

    text: str
    is_markdown: bool = False


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Words for one occurrence in one language, the site's own where it has no text in that.

    A text that mixes calfeed's words with an editor's counts as being in the editor's language.
    """

    occurrence: Occurrence
    frame: Frame
    key: str
    language: str

    @cached_property
    def page(self) -> str:
        """The address of the event's page."""
        return self.frame.site_url + event_page_path(self.key, self.language)

    def choose(self, text: Text) -> Spoken:
        """Return *text* in the language of the feed, else of the site, else in its first."""
        return choose(text, self.language, self.frame.language)

    def say(self, message: str, **values: str) -> Spoken:
        """Return calfeed's own *message* and the language that it is really in."""
        return Spoken(say(message, self.language, **values), language_of_words(self.language))

    @cached_property
    def title(self) -> Spoken:
        """The title on one line, behind the prefix of its state."""
        title = self.choose(self.occurrence.details.title)
        prefix = say_prefix(
            self.occurrence.standing,
            self.language,
            withdrawn=self.occurrence.withdrawn is not None,
            new_date=self.frame.prefix_new_date,
            online=self.frame.prefix_online,
        )
        return Spoken(prefix + on_one_line(title.text), title.language)

    @cached_property
    def location(self) -> Spoken | None:
        """The place's name, address and country, or that it is online; None if neither is known."""
        place = self.occurrence.details.place
        if place is None:
            return self.say("Online") if self.occurrence.details.online else None
        return say_venue(place, self.language, self.frame.language)

    @cached_property
    def comment(self) -> Spoken | None:
        """The state's sentence and the notice behind it; None while all is as planned."""
        if not self._told:
            return None
        language = self._notice.language if self._notice else language_of_words(self.language)
        return Spoken(_as_text(self._told), language)

    @cached_property
    def description(self) -> Spoken:
        """All there is to say: the state first, then the text, at the end the page's address."""
        details = self.occurrence.details
        texts = [self.choose(text) for text in (details.description, details.summary) if text]
        spoken = [*texts, *([self._notice] if self._notice else [])]
        language = spoken[0].language if spoken else language_of_words(self.language)
        return Spoken(_as_text(self._blocks), language)

    @cached_property
    def html(self) -> str:
        """The description as HTML; empty where nothing in it is Markdown: then it adds nothing."""
        if not any(block.is_markdown for block in self._blocks):
            return ""
        return f"<html><body>{''.join(map(_block_as_html, self._blocks))}</body></html>"

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return *self._told, *self._texts(), *self._facts(), Block(self.page)

    def _texts(self) -> Iterator[Block]:
        details = self.occurrence.details
        if self.occurrence.when.to_be_confirmed and not self.occurrence.is_off:
            yield Block(self.say("Time to be confirmed.").text)
        if details.summary:
            yield Block(self.choose(details.summary).text)
        if details.description:
            yield Block(self.choose(details.description).text, is_markdown=True)

    @cached_property
    def _told(self) -> tuple[Block, ...]:
        occurrence = self.occurrence
        state = say_state(
            occurrence.standing,
            self.language,
            when=None if occurrence.is_series else occurrence.when,
            place=self.location.text if self.location else "",
            withdrawn=occurrence.withdrawn,
        )
        if not state:
            return ()
        notice = [Block(self._notice.text, is_markdown=True)] if self._notice else []
        return Block(state), *notice

    @cached_property
    def _notice(self) -> Spoken | None:
        reason = self.occurrence.standing.reason
        if self.occurrence.withdrawn or reason is None or not reason.notice:
            return None
        return self.choose(reason.notice)

    def _facts(self) -> Iterator[Block]:
        details = self.occurrence.details
        for lines in (self._agenda(details), self._particulars(details)):
            if facts := "\n".join(lines):
                yield Block(facts)

    def _agenda(self, details: Details) -> Iterator[str]:
        for item in details.agenda:
            yield f"{item.at} {self._line(item.title)}"

    def _particulars(self, details: Details) -> Iterator[str]:
        """One line each; how to take part only while it takes place."""
        if names := ", ".join(self._line(organiser.name) for organiser in details.organisers):
            yield self.say("Organised by {names}", names=names).text
        if not self.occurrence.is_off:
            yield from self._ways_in(details)
        if details.website:
            yield self.say("Website: {address}", address=details.website).text
        for link in details.links:
            yield f"{self._line(link.label)}: {link.url}" if link.label else link.url

    def _ways_in(self, details: Details) -> Iterator[str]:
        if details.online and not details.online.private:
            label = details.online.label
            name = self._line(label) if label else self.say("Join online").text
            yield f"{name}: {details.online.url}"
        if registration := details.registration:
            yield self.say("Registration: {address}", address=registration.url).text
            if registration.closes:
                closes = When(start=registration.closes, zone=self.occurrence.when.zone)
                moment = say_when(closes, self.language)
                yield self.say("Registration closes: {moment}", moment=moment).text

    def _line(self, text: Text) -> str:
        return on_one_line(self.choose(text).text)


def _as_text(blocks: tuple[Block, ...]) -> str:
    texts = (as_plain_text(block.text) if block.is_markdown else block.text for block in blocks)
    return "\n\n".join(text.strip() for text in texts)


def _block_as_html(block: Block) -> str:
    if block.is_markdown:
        return as_html(block.text)
    lines = "<br>".join(escape(line, quote=False) for line in block.text.strip().splitlines())
    return f"<p>{ADDRESS.sub(_link, lines)}</p>"


def _link(found: re.Match[str]) -> str:
    address = found[0]
    return f'<a href="{address}">{address}</a>'
