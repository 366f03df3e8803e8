"""How answers are said in nginx's words: what they have in common once, then what each says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from calfeed.formats.nginx.rules import NAME
from calfeed.formats.nginx.served import Answer, Served
from calfeed.formats.nginx.syntax import value, word

LONGEST_PIECE = 2000
"""Characters of a header in one line: a longer one is put together from several."""

LOCATION = "location"
"""The header that no answer has of its own: where an address leads is that address's to say."""

ELSEWHERE = 418
"""A status that no answer has: error_page makes of it the one that leads elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The headers of all answers of a site, by name: which are the ``same`` in each of them.

    The others are variables, which are as ``usual`` where no location says otherwise. ``named``
    are the locations of answers with a status that a file alone has not.
    """

    same: Mapping[str, str]
    usual: Mapping[str, str]
    named: Mapping[Answer, str]

    def common(self) -> Iterator[str]:
        """Yield the lines for the whole server."""
        yield "# What every answer says."
        for name, said in self.same.items():
            yield f"add_header {_titled(name)} {_value(said)} always;"
        yield ""
        yield "# What answers say each in their own way; this, where nothing below says otherwise."
        for name, said in self.usual.items():
            yield from assigned(name, said)
        for name in self.usual:
            yield f"add_header {_titled(name)} {_variable(name)} always;"

    def says(self, answer: Answer, *, whole: bool = False) -> Iterator[str]:
        """Yield what a location says for *answer*; the *whole* of it if another came before."""
        yield "types { }"
        yield f"default_type {word(answer.media_type)};"
        own = dict(answer.headers)
        for name, usual in self.usual.items():
            if whole or (own.get(name, "") != usual):
                yield from assigned(name, own.get(name, ""))

    def leads(self, answer: Answer) -> Iterator[str]:
        """Yield what leads to the location of an *answer* with a status of its own."""
        if answer.status >= HTTPStatus.BAD_REQUEST:
            yield f"error_page {answer.status} {self.named[answer]};"
            yield f"return {answer.status};"
        else:
            yield f"error_page {ELSEWHERE} ={answer.status} {self.named[answer]};"
            yield f"return {ELSEWHERE};"


def wording_of(served: Iterable[Served], *, otherwise: Mapping[str, str]) -> Wording:
    """Return the wording of what is *served*; *otherwise* are the headers of all else."""
    answers = {one.answer for one in served}
    said: defaultdict[str, set[str]] = defaultdict(set, {name: set() for name in otherwise})
    for answer in answers:
        headers = dict(answer.headers)
        for name in {*otherwise, *headers}:
            said[name].add(headers.get(name, ""))
    same = {name: text for name, text in sorted(otherwise.items()) if said[name] <= {text}}
    differing = sorted({*said, LOCATION} - {*same})
    return Wording(
        same=same,
        usual={name: otherwise.get(name, "") for name in differing},
        named=dict(_named(answers)),
    )


def assigned(name: str, text: str) -> Iterator[str]:
    """Yield what sets the header *name* to *text*, each value of a Link on a line of its own."""
    variable = _variable(name)
    before = ""
    for piece in _pieces(text):
        yield f"set {variable} {_value(piece, before=before)};"
        before = f"${{{variable[1:]}}} "


def _named(answers: Iterable[Answer]) -> Iterator[tuple[Answer, str]]:
    ordinary = {HTTPStatus.OK, HTTPStatus.NOT_FOUND}
    special = [one for one in answers if one.status not in ordinary]
    special.sort(key=lambda one: (one.status, one.media_type, one.headers))
    for number, answer in enumerate(special, 1):
        yield answer, f"@calfeed_{answer.status}_{number}"


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for part in text.split(" "):
        if piece and (part.startswith("<") or len(piece) + len(part) > LONGEST_PIECE):
            yield piece
            piece = part
        else:
            piece = f"{piece} {part}" if piece else part
    yield piece


def _value(text: str, *, before: str = "") -> str:
    return word(before + "${calfeed_name}".join(map(value, text.split(NAME))))


def _titled(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def _variable(name: str) -> str:
    return f"$calfeed_{name.replace('-', '_')}"
