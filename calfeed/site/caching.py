"""How long answers may be kept by those who asked (RFC 9111, RFC 5861, RFC 8246)."""

from calfeed.model import Site

FOR_EVER = "public, max-age=31536000, immutable"
STALE = "stale-while-revalidate=86400, stale-if-error=604800"


def for_a_while(site: Site) -> str:
    """Return Cache-Control of what another publication, or a new day, may change."""
    return f"public, max-age={site.cache}, {STALE}"
