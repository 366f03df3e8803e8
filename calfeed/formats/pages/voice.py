"""Words of one language, as HTML: what is in another language says so."""

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from calfeed import words
from calfeed.dates import When, moment_text
from calfeed.markup import as_html, as_plain_text
from calfeed.model import Details, Text, Venue
from calfeed.states import Label, say_label
from calfeed.words import Spoken

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows them, beyond the text that they stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Says things in ``language``, and in the language ``otherwise`` what has no translation."""

    language: str
    otherwise: str

    @property
    def of_words(self) -> str:
        """The language of calfeed's own words: English where it does not know this one."""
        return words.language_of_words(self.language)

    def say(self, message: str, **values: object) -> Markup:
        """Return calfeed's own *message*, its values escaped."""
        found = words.catalogue(self.language).get(message, message)
        return escape(found).format(**values) if values else escape(found)

    def choose(self, text: Text) -> Spoken:
        """Return *text* in this language or another, on one line."""
        chosen = words.choose(text, self.language, self.otherwise)
        return Spoken(plain(words.on_one_line(chosen.text)), chosen.language)

    def text(self, text: Text) -> Markup:
        """Return *text*, marked with its language if that is not the page's."""
        return self.marked(self.choose(text))

    def marked(self, spoken: Spoken) -> Markup:
        """Return what is *spoken*, marked with its language if that is not the page's."""
        if spoken.language == self.of_words:
            return escape(spoken.text)
        language, text = escape(spoken.language), escape(spoken.text)
        return Markup(f'<span lang="{language}">{text}</span>')  # noqa: S704 - both are escaped

    def markdown(self, text: Text) -> Markup:
        """Return Markdown as HTML that is safe anywhere, in an element of its own language."""
        chosen = words.choose(text, self.language, self.otherwise)
        html = Markup(as_html(plain(chosen.text), below=2))  # noqa: S704 - cleaned by nh3
        if chosen.language == self.of_words:
            return html
        return Markup('<div lang="{}">{}</div>').format(chosen.language, html)

    def venue(self, venue: Venue) -> Spoken:
        """Return a place's name, address and country on one line."""
        said = words.say_venue(venue, self.language, self.otherwise)
        return Spoken(plain(said.text), said.language)

    def summary(self, details: Details) -> str:
        """Return what it is about, on one line and without marks; empty where nothing says so."""
        if details.summary:
            return self.choose(details.summary).text
        if not details.description:
            return ""
        chosen = words.choose(details.description, self.language, self.otherwise)
        return plain(words.on_one_line(as_plain_text(chosen.text)))

    def day(self, day: date) -> Markup:
        """Return *day* in full, readable for programs too."""
        said = words.say_day(day, self.language)
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), said)

    def when(self, when: When, *, role: str = "") -> Markup:
        """Return a date in full, readable for programs too; *role* is its class."""
        said = words.say_when(when, self.language, weekday=True)
        attributes = Markup(' class="{}"').format(role) if role else ""
        return Markup('<time datetime="{}"{}>{}</time>').format(
            moment_text(when.start, when.zone), attributes, said
        )

    def name(self, language: str) -> str:
        """Return what *language* is called."""
        return words.say_language(language, self.language)

    def label(self, label: Label) -> str:
        """Return the word for *label*."""
        return say_label(label, self.language)


def plain(text: str) -> str:
    """Return *text* without characters that turn the direction of all that follows."""
    return TURNS.sub("", text)
