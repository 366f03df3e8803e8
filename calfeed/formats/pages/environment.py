"""The templates: they escape by themselves, and refuse what they are not given."""

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def fill(template: str, **values: object) -> bytes:
    """Return *template* filled with *values*, as UTF-8."""
    return environment().get_template(template).render(values).encode()


def draw(template: str, macro: str, *values: object) -> Markup:
    """Return what a *macro* of *template* draws of *values*."""
    return _macro(template, macro)(*values)


@cache
def _macro(template: str, macro: str) -> Callable[..., Markup]:
    found: Callable[..., Markup] = getattr(environment().get_template(template).module, macro)
    return found


@cache
def environment() -> Environment:
    """Return what all templates share."""
    return Environment(
        loader=PackageLoader("calfeed.formats.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
