"""What every answer has in common: header fields, and answers that any address may give."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus

from calfeed.formats.openapi.addresses import Address, Other
from calfeed.formats.openapi.schemas import reference
from calfeed.problem_details import MEDIA_TYPE

Json = Mapping[str, object]

PROBLEM = "problem"
TAG = '"[0-9a-f]{32}"'
DATE = (
    "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} "
    "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
)

HEADERS: Mapping[str, Json] = {
    "ETag": {
        "description": "A strong validator (RFC 9110 §8.8.3) of these bytes in this coding.",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{TAG}$"},
    },
    "Last-Modified": {
        "description": "When something in it last changed.",
        "schema": {"type": "string", "pattern": f"^{DATE}$"},
    },
    "Cache-Control": {
        "description": "How long the answer may be kept without asking again.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Vary": {
        "description": "What of the request chose this answer: its coding, where it has several.",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "Where the same is in other forms and languages, the catalogue, and this "
        "description (RFC 8288, RFC 8631).",
        "schema": {"type": "string"},
    },
    "Content-Disposition": {
        "description": "What a browser saves it as.",
        "schema": {"type": "string"},
    },
    "Access-Control-Allow-Origin": {
        "description": "Any page may read it.",
        "required": True,
        "schema": {"type": "string", "const": "*"},
    },
}
CONDITIONS: Mapping[str, Json] = {
    "If-None-Match": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of the answer that you hold, asked for in the same "
        "Accept-Encoding: while it is still the same, the answer is 304 and has no body.",
        "schema": {"type": "string", "pattern": f"^{TAG}$"},
    },
    "If-Modified-Since": {
        "name": "If-Modified-Since",
        "in": "header",
        "description": "The Last-Modified of the answer that you hold; If-None-Match is better.",
        "schema": {"type": "string", "pattern": f"^{DATE}$"},
    },
}
SYNC: Mapping[str, Json] = {
    "Prefer": {
        "name": "Prefer",
        "in": "header",
        "description": "Asks for incremental sync, of at most so many events at once "
        "(experimental: draft-ietf-calext-subscription-upgrade).",
        "schema": {
            "type": "string",
            "pattern": "^subscribe-enhanced-get(, limit=[1-9][0-9]{0,8})?$",
        },
    },
    "Sync-Token": {
        "name": "Sync-Token",
        "in": "header",
        "description": "With Prefer: that of the last answer. Then only what changed comes.",
        "schema": {"type": "string"},
    },
}
SYNCED: Mapping[str, Json] = {
    "Preference-Applied": {
        "description": "That this is an answer to Prefer; without it, it is the whole feed.",
        "schema": {"type": "string"},
    },
    "Sync-Token": {
        "description": "What to send the next time, to an answer to Prefer.",
        "schema": {"type": "string"},
    },
}
DROP = Other(
    status=HTTPStatus.CONFLICT,
    about="The Sync-Token is of what is no more: drop what you hold, and ask again without it.",
)
CHANGELESS = ("Cache-Control", "Vary", "Access-Control-Allow-Origin")
ALWAYS = ("ETag", *CHANGELESS)
SHARED: Mapping[str, Other] = {
    "NotAcceptable": Other(
        status=HTTPStatus.NOT_ACCEPTABLE,
        about="Accept-Encoding refuses every coding that there is, also none.",
    ),
    "NotYet": Other(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        about="Nothing is published yet. Retry-After says when to ask again.",
    ),
}
"""What any address may answer, by the name of the component."""


def responses(address: Address) -> Json:
    """Return all answers of *address* by status."""
    return {
        "200": _whole(address),
        "304": {
            "description": "What you hold is still what there is.",
            "headers": _headers((*CHANGELESS, *(SYNCED if address.is_synced else ()))),
        },
        **{str(one.status.value): other(one) for one in _others(address)},
        **{
            str(one.status.value): {"$ref": f"#/components/responses/{name}"}
            for name, one in SHARED.items()
        },
    }


def conditions(address: Address) -> list[Json]:
    """Return the header fields that make a request of *address* conditional, or ask for less."""
    names = [*CONDITIONS] if address.is_dated else ["If-None-Match"]
    names += SYNC if address.is_synced else ()
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def other(one: Other) -> Json:
    """Return an answer that is not what was asked for."""
    content = {MEDIA_TYPE: {"schema": reference(PROBLEM)}}
    allowed = _headers(("Access-Control-Allow-Origin",))
    return {"description": one.about, "headers": allowed, "content": content}


def _others(address: Address) -> tuple[Other, ...]:
    return (*address.others, DROP) if address.is_synced else address.others


def _whole(address: Address) -> Json:
    return {
        "description": "What there is.",
        "headers": _headers((*ALWAYS, *_further(address))),
        "content": {
            media_type: {"schema": reference(schema)} if schema else {}
            for media_type, schema in address.contents.items()
        },
    }


def _further(address: Address) -> Iterator[str]:
    if address.is_dated:
        yield "Last-Modified"
    if address.is_linked:
        yield "Link"
    if address.is_file:
        yield "Content-Disposition"
    if address.is_synced:
        yield from SYNCED


def _headers(names: tuple[str, ...]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
