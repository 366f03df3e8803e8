"""The lines for nginx's ``server`` block: the same answers give the same lines, in one order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from itertools import groupby

from calfeed.addresses import INDEX, file_of
from calfeed.formats.nginx.rules import Files, Rules, rules_of
from calfeed.formats.nginx.served import Answer, Served
from calfeed.formats.nginx.syntax import matching, value, word
from calfeed.formats.nginx.wording import LOCATION, Wording, assigned, wording_of
from calfeed.problem_details import MEDIA_TYPE, NOTHING_HERE, problem_details

HEAD = """\
# How nginx answers with the files that calfeed build wrote. It wrote this, too: edit nothing here.
#
# Include it in a server block whose root is their folder, and reload nginx after each build.
# Your own addresses go into locations with = or ^~, which nginx asks before those with ~.

absolute_redirect off;
charset off;
gzip_static on;
gzip_proxied any;
gzip_vary on;"""
PAGE = f'"${{uri}}{INDEX}"'


def render(
    served: Iterable[Served], *, languages: Sequence[str], otherwise: Mapping[str, str]
) -> bytes:
    """Return what a ``server`` block has to include for all that is *served*.

    The first of *languages* is for readers who ask for none of them. *otherwise* are the headers
    of an answer that says to programs that there is nothing.

    Raises:
        CalfeedError: nginx has no way to say something.
    """
    everything = tuple(served)
    wording, rules = wording_of(everything, otherwise=otherwise), rules_of(everything)
    parts = (
        (HEAD,),
        wording.common(),
        _language(languages),
        _files(rules, wording),
        _pages(rules, wording),
        _single(rules, wording),
        _named(wording),
        _nothing(wording, otherwise),
        _missing(rules, wording),
    )
    return ("\n\n".join("\n".join(part) for part in parts) + "\n").encode()


def _language(languages: Sequence[str]) -> Iterator[str]:
    offered = "|".join(map(matching, sorted(languages)))
    named = word(f"(?:^|[, ])({offered})(?![a-zA-Z0-9])")
    yield "# The reader's language: the first that the browser names and the site has."
    yield f"set $calfeed_language {word(value(languages[0]))};"
    yield f"if ($http_accept_language ~ {named}) {{ set $calfeed_language $1; }}"


def _files(rules: Rules, wording: Wording) -> Iterator[str]:
    yield "# Files."
    for rule in rules.files:
        says = (*wording.says(rule.answer), "error_page 404 @calfeed_nothing;")
        yield from _location(_place(rule), says)


def _pages(rules: Rules, wording: Wording) -> Iterator[str]:
    yield "# Pages."
    for folder, answer in rules.folders.items():
        if answer in wording.named:
            without = f'if (!-f "${{document_root}}${{uri}}{INDEX}") {{ return 404; }}'
            yield from _location(
                word(folder), ("error_page 404 @calfeed_missing;", without, *wording.leads(answer))
            )
        else:
            yield from _location(word(folder), (*wording.says(answer), f"try_files {PAGE} =404;"))


def _single(rules: Rules, wording: Wording) -> Iterator[str]:
    single = sorted(rules.single, key=lambda one: (one.answer.status, one.path))
    for status, group in groupby(single, key=lambda one: one.answer.status):
        yield f"# What is answered with {status} {HTTPStatus(status).phrase}."
        for one in group:
            place = f"= {word(one.path)}"
            if one.answer in wording.named:
                to = assigned(LOCATION, one.location) if one.location else ()
                yield f"location {place} {{ {' '.join((*to, *wording.leads(one.answer)))} }}"
            else:
                file = f"try_files {word(value(f'/{file_of(one.path)}'))} =404;"
                yield from _location(place, (*wording.says(one.answer), file))


def _named(wording: Wording) -> Iterator[str]:
    yield "# What is said with the files of all these."
    for answer, name in wording.named.items():
        to = 'set $calfeed_location "/${calfeed_language}${uri}";'
        lines = (*wording.says(answer), *([to] if answer.chooses else []))
        yield from _location(name, (*lines, f"try_files $uri {PAGE} =404;"))


def _nothing(wording: Wording, otherwise: Mapping[str, str]) -> Iterator[str]:
    answer = Answer(status=404, media_type=MEDIA_TYPE, headers=tuple(otherwise.items()))
    body = problem_details(HTTPStatus.NOT_FOUND, NOTHING_HERE).decode()
    says = wording.says(answer, whole=True)
    yield "# Where there is no file."
    yield from _location("@calfeed_nothing", (*says, f"return 404 {word(value(body))};"))
    yield from _location('~ "[.][^/]*$"', ("error_page 404 @calfeed_nothing;", "return 404;"))


def _missing(rules: Rules, wording: Wording) -> Iterator[str]:
    yield "# Where there is no page."
    yield "error_page 404 @calfeed_missing;"
    pages = sorted(rules.missing.items(), reverse=True)
    for _, page in pages:
        yield f"location = {word(page.path)} {{ return 404; }}"
    leads = [  # last, since break ends what a location says by set, too
        f"rewrite {word('^' + matching(folder))} {word(value(page.path))} break;"
        for folder, page in pages
    ]
    _, page = pages[-1]
    yield from _location("@calfeed_missing", (*wording.says(page.answer, whole=True), *leads))
    yield from _location(
        '~ "[^/]$"',
        (
            f'if (-f "${{document_root}}${{uri}}/{INDEX}") {{ return 301 "${{uri}}/"; }}',
            "return 404;",
        ),
    )


def _place(rule: Files) -> str:
    """Return how nginx knows the files of *rule*."""
    folder = matching(rule.folder)
    if rule.name and len(rule.endings) == 1:
        return f"= {word(rule.folder + rule.name + rule.endings[0])}"
    name = matching(rule.name) if rule.name else "(?<calfeed_name>[^/.]+)"
    endings = "|".join(map(matching, rule.endings))
    ending = f"(?:{endings})" if len(rule.endings) > 1 else endings
    return f"~ {word(f'^{folder}{name}{ending}$')}"


def _location(place: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"location {place} {{"
    yield from (f"    {line}" for line in lines)
    yield "}"
