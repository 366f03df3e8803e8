"""Every address for programs, as it is described.

What is published at a new kind of address is told here, in one more `Address`.
"""

from calfeed.addresses import ALL
from calfeed.formats.openapi import Address
from calfeed.model import Site
from calfeed.site.programs.feeds import calendars, forms, listings, news
from calfeed.site.programs.parameters import named
from calfeed.site.programs.rest import directory, files


def programs(site: Site, *, initiative: str, event: str) -> tuple[Address, ...]:
    """Return all addresses for programs; *initiative* and *event* are examples, maybe empty."""
    slug = named("initiative", f"An initiative, by its slug; `{ALL}` for all of them.", initiative)
    key = named("event", "An event, by the `id` that JSON has.", event)
    return (
        *calendars(site, slug, key),
        *listings(slug, key),
        *forms(site, slug),
        *news(slug),
        *directory(site),
        *files(),
    )
