"""Questions to whoever sits at the terminal, or to what answers in their place."""

from rich.console import Console

from calfeed.errors import CalfeedError


def agrees(question: str, console: Console) -> bool:
    """Return whether the answer to *question* is yes, which an empty line is.

    Raises:
        CalfeedError: nobody answers.
    """
    answer = ask(f"{question} [Y/n] ", console).casefold()
    return answer in {"", "y", "yes"}


def ask(question: str, console: Console) -> str:
    """Return the answer to *question*, without blanks around it.

    Raises:
        CalfeedError: nobody answers.
    """
    console.print(question, end="", markup=False, highlight=False)
    try:
        return input().strip()
    except EOFError as error:
        raise CalfeedError(
            "nobody answered, and nothing was written\n"
            "Answer in a terminal, or give all answers as options; --yes agrees to what is shown."
        ) from error
