"""The templates: they escape by themselves, and refuse what they are not given."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


def fill(template: str, **values: object) -> bytes:
    """Return *template* filled with *values*, as UTF-8."""
    return environment().get_template(template).render(values).encode()


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
