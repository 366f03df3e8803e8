"""How one update gets from a command line into the file: its words, its languages, its day."""

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature, signature
from typing import Annotated, TypeAlias

import typer
from rich.console import Console

from calfeed.cli.editing import Answers, Desk, Sheet, open_desk, open_sheet, show_change, write
from calfeed.cli.foretelling import foretell, print_foretold, print_turn
from calfeed.cli.naming import find_event, likely
from calfeed.cli.opening import EventsFile, Ledger
from calfeed.errors import CalfeedError
from calfeed.model import Change, Site
from calfeed.source.edit import add_update
from calfeed.source.writing import Written

Fields: TypeAlias = Mapping[str, "Written | None"]
"""What an update gives beside its day and its change; empty texts and None are left out."""

Texts = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TEXT",
        help='Once for each language: in the site\'s, or as "fr=…" in another.',
        show_default=False,
    ),
]
EventName = Annotated[
    str,
    typer.Argument(
        metavar="EVENT", help="Its name in the file, or words of its title.", show_default=False
    ),
]
Occurrence = Annotated[
    str,
    typer.Option(
        metavar="DAY",
        help='One date of a series, by its original day; "DAY onwards": all from it.',
        show_default=False,
    ),
]
Announced = Annotated[
    str,
    typer.Option(
        metavar="DAY", help="When the public was told. Otherwise today.", show_default=False
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        metavar="CODE",
        help="Language of the texts given. Otherwise the site's.",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write without being asked.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show all, write nothing.")]


def editing_command(change: Change) -> Callable[[Callable[..., Fields]], Callable[..., None]]:
    """Make a command of a function that takes its own options and returns what they give.

    The event, and all that every editing command takes, is added to them.
    """

    def make(fields_of: Callable[..., Fields]) -> Callable[..., None]:
        def command(  # noqa: PLR0913, PLR0917 - each is an option of the command
            event: EventName,
            notice: Texts = None,
            occurrence: Occurrence = "",
            announced: Announced = "",
            lang: Lang = "",
            yes: Yes = False,
            dry_run: DryRun = False,
            file: EventsFile = None,
            ledger: Ledger = None,
            **own: object,
        ) -> None:
            desk = open_desk(file, ledger)
            update = {
                "announced": announced or desk.today,
                "occurrence": occurrence,
                "change": change.value,
                **fields_of(**own),
                "notice": notice,
            }
            answers = Answers(yes=yes, dry_run=dry_run)
            _update(desk, event, in_languages(update, lang, desk.stated.site), answers)

        _takes_also(command, fields_of)
        return command

    return make


def _takes_also(command: Callable[..., None], fields_of: Callable[..., Fields]) -> None:
    """Let typer see the options of *fields_of* among those of *command*, behind the event."""
    event, *common = [
        one for one in signature(command).parameters.values() if one.kind is not one.VAR_KEYWORD
    ]
    parameters = [event, *signature(fields_of).parameters.values(), *common]
    parameters.sort(key=lambda one: one.default is not Parameter.empty)
    vars(command)["__signature__"] = Signature(parameters)  # what inspect, and so typer, reads
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__name__, command.__doc__ = fields_of.__name__, fields_of.__doc__


def _update(desk: Desk, name: str, update: dict[str, Written], answers: Answers) -> None:
    """Add *update* to the event that *name* means: show what it comes to, ask, write."""
    statement = find_event(desk.stated, name)
    key = statement.event.key
    sheet = open_sheet(statement.place(of="key").file)
    text = add_update(sheet.document, key, update)
    propose(desk, key, sheet, text, answers)


def propose(desk: Desk, key: str, sheet: Sheet, text: str, answers: Answers) -> None:
    """Show what *text* in the place of *sheet* makes of the event *key*; ask, and write it.

    Raises:
        CalfeedError: the sources would have errors, or the file cannot be written.
    """
    foretold = foretell(desk, key, name=sheet.name, data=sheet.with_text(text))
    console = Console(highlight=False)
    print_turn(foretold, console)
    console.print()
    show_change(sheet, text, console)
    console.print()
    print_foretold(foretold, console)
    write(sheet, text, answers, console)


def in_languages(fields: Fields, lang: str, site: Site) -> dict[str, Written]:
    """Return *fields* without those left out, their texts by language where they need be.

    Raises:
        CalfeedError: a text is given twice in one language, or in one that the site has not.
    """
    if lang and lang not in site.languages:
        step = likely(lang, site.languages, otherwise=f"It has: {', '.join(site.languages)}")
        raise CalfeedError(f'"{lang}" is not among the languages of the site\n{step}')
    return {
        name: _text(name, value, lang or site.language, site) if isinstance(value, list) else value
        for name, value in fields.items()
        if value
    }


def _text(name: str, given: Sequence[str], language: str, site: Site) -> Written:
    """Return the texts of one field: plain in the site's language alone, else by language."""
    texts: dict[str, str] = {}
    for value in given:
        code, equals, rest = value.partition("=")
        is_marked = bool(equals) and code in site.languages
        code, text = (code, rest) if is_marked else (language, value)
        if code in texts:
            raise CalfeedError(
                f'two texts for --{name} in one language, "{code}"\n'
                f'Write the others as  --{name} "fr=…"  with the code of their language.'
            )
        texts[code] = text
    return texts[site.language] if list(texts) == [site.language] else texts
