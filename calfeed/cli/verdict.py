"""What `calfeed check` comes to: the problems in their order, and the line that sums them up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from calfeed.cli.saying import counted, summary
from calfeed.errors import Problem, Severity
from calfeed.source.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found in the sources that are called ``name``.

    ``problems`` are errors, then warnings, then reminders, each in the order of the files;
    ``stated`` is what can be published, None if nothing can; ``fixed`` counts the mends.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    stated: Stated | None = None
    fixed: int = 0
    is_strict: bool = False

    @property
    def counts(self) -> dict[Severity, int]:
        """How many problems there are of each severity."""
        found = Counter(problem.severity for problem in self.problems)
        return {severity: found[severity] for severity in Severity}

    @property
    def mendable(self) -> int:
        """How many problems can be mended by ``--fix``."""
        return sum(problem.mend is not None for problem in self.problems)

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against a publication."""
        counts = self.counts
        return not counts[Severity.ERROR] and not (self.is_strict and counts[Severity.WARNING])

    def lines(self) -> Iterator[str]:
        """Yield what is said after the problems: what there is, and what to do next."""
        said = f"{_said(self.counts)}." if self.problems else "No problems."
        if self.stated:
            yield f"{self.name}: {summary(self.stated)}. {said}{self._why()}"
            yield from _missing_title(self.stated)
        else:
            yield f"{self.name}: {said} It cannot be published like this."
        if self.mendable:
            which = f"{self.mendable} of them" if len(self.problems) > 1 else "It"
            yield f"  {which} can be mended for you:  calfeed check --fix"
        if self.problems and self.problems[0].severity is not Severity.REMINDER:
            yield f"  More on a code:  calfeed explain {self.problems[0].code}"

    def _why(self) -> str:
        return "" if self.is_good else " With --strict, warnings are errors."


def in_order(problems: Sequence[Problem], files: Sequence[str]) -> tuple[Problem, ...]:
    """Return *problems* by severity, then in the order of *files* and of their places."""
    severities = list(Severity)
    ranks = {name: rank for rank, name in enumerate(files)}

    def rank(problem: Problem) -> tuple[int, int, int, int]:
        place = problem.place
        file = ranks.get(place.file, len(ranks))
        return severities.index(problem.severity), file, place.line, place.column

    return tuple(sorted(problems, key=rank))


def _said(counts: dict[Severity, int]) -> str:
    return ", ".join(counted(count, severity) for severity, count in counts.items() if count)


def _missing_title(stated: Stated) -> Iterator[str]:
    """Yield a hint at the first language of the site that some events have no title in."""
    events = [one.event for one in stated.statements if not one.draft]
    for language in stated.site.languages:
        missing = sum(language not in event.details.title for event in events)
        if missing and language != stated.site.language:
            have = "has" if missing == 1 else "have"
            name = Locale("en").languages.get(language, language)
            yield (
                f"  hint: {counted(missing, 'event')} {have} no {name} title.  "
                f"calfeed list --missing {language}"
            )
            return
