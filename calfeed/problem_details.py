"""What an error says to programs: JSON of a type that all of them know (RFC 9457)."""

import json
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"

NOTHING_HERE = "There is nothing at this address."


def problem_details(status: HTTPStatus, detail: str, **members: object) -> bytes:
    """Return a problem of the type that its *status* names; *detail* says what to do."""
    data = {"title": status.phrase, "status": status.value, "detail": detail, **members}
    return json.dumps(data, ensure_ascii=False).encode()
