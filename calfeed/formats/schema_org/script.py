"""JSON that may stand in a script element of a page, whatever its texts say."""

import json
from collections.abc import Mapping

ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_script(data: Mapping[str, object]) -> str:
    """Return *data* as JSON that no reader of HTML or XML ends early, or takes for markup.

    ``<``, ``>``, ``&``, U+2028 and U+2029 can only occur within strings, where they are escaped
    (RFC 8259 §7): it reads back as the same data.
    """
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, escaped in ESCAPES.items():
        written = written.replace(sign, escaped)
    return written
