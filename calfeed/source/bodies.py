"""The site and the initiatives of a file, as values of the domain."""

from calfeed.model import Initiative, Site
from calfeed.source.details import Found, picture
from calfeed.source.schema import InitiativeEntry, SiteEntry


def site_of(entry: SiteEntry) -> Site:
    """Return the site that *entry* states."""
    links = {"accessibility": entry.links.accessibility, "privacy": entry.links.privacy}
    return Site(
        name=entry.name,
        url=entry.url,
        language=entry.language,
        languages=tuple(dict.fromkeys(entry.languages or (entry.language,))),
        timezone=entry.timezone,
        keep_past=entry.keep_past,
        refresh=entry.refresh,
        cache=entry.cache,
        prefix_new_date=entry.prefixes.new_date,
        prefix_online=entry.prefixes.online,
        compress_ics=entry.compress_ics,
        embed_from=entry.embed_from,
        contact=entry.contact,
        licence=entry.licence,
        links={name: url for name, url in links.items() if url},
    )


def initiative_of(slug: str, entry: InitiativeEntry, pictures: Found) -> Initiative:
    """Return the initiative that *entry* states; *pictures* has its logo."""
    return Initiative(
        slug=slug,
        name=entry.name,
        short_name=entry.short_name,
        url=entry.url,
        colour=entry.colour,
        summary=entry.summary,
        logo=picture(entry.logo, pictures) if entry.logo else None,
        contact=entry.contact,
        licence=entry.licence,
        formerly=entry.formerly,
        of=entry.of,
    )
