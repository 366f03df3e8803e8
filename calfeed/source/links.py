"""Addresses of the web, of hosts and of mail: each parser returns one in ASCII, or says why not."""

import re
from urllib.parse import quote

from calfeed.source.grammar import GrammarError, shown
from calfeed.source.texts import parse_plain

LONGEST_URL = 2048
LONGEST_EMAIL = 254

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL})*"
_URL = re.compile(rf"https?://{_NAME}(?::([0-9]{{1,5}}))?(?:[/?#][!#-;=?-\[\]_a-z~]*)?")
_HOST = re.compile(rf"(?:\*\.)?{_NAME}(?::[0-9]{{1,5}})?")
_EMAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})+")
_UNTOUCHED = "%/?#:@!$&'()*+,;=[]-._~"
_LARGEST_PORT = 65_535


def parse_url(value: object) -> str:
    """Return a web address; what is not ASCII in it is encoded (RFC 3986 §2.1, RFC 5891)."""
    text = parse_plain(value, "a web address")
    url = text if text.isascii() else _in_ascii(text)
    if len(url) > LONGEST_URL:
        raise GrammarError("E126", f"the web address is longer than {LONGEST_URL} characters")
    found = _URL.fullmatch(url)
    if found is None or int(found[1] or 0) > _LARGEST_PORT:
        raise GrammarError("E126", f"{shown(text)} is not a web address", _advice(text))
    return url


def parse_site_url(value: object) -> str:
    """Return the public address of the site, without a slash at its end."""
    url = parse_url(value).rstrip("/")
    if "?" in url or "#" in url:
        raise GrammarError(
            "E126",
            "the public address has a question mark or a # in it",
            f"write only what stands before it:  {re.split('[?#]', url)[0]}",
        )
    return url


def parse_host(value: object) -> str:
    """Return the name of a host, ``*.`` before it for every host below it, a port after it."""
    text = parse_plain(value, "the name of a host").lower()
    if not _HOST.fullmatch(text):
        found = re.match(rf"https?://({_NAME})", text)
        host = found[1] if found else "partner.example.eu"
        raise GrammarError(
            "E127",
            f"{shown(value)} is not the name of a host",
            f"write  {host}",
            instead=(str(value), host) if found else None,
        )
    return text


def parse_email(value: object) -> str:
    """Return an e-mail address."""
    text = parse_plain(value, "an e-mail address")
    if len(text) > LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        advice = "write for example  info@example.eu"
        raise GrammarError("E128", f"{shown(text)} is not an e-mail address", advice)
    return text


def _in_ascii(text: str) -> str:
    """Return *text* with its host in IDNA and the rest percent-encoded, if it can be."""
    scheme, separator, rest = text.partition("://")
    host = re.split("[/?#]", rest, maxsplit=1)[0]
    try:
        encoded = host.encode("idna").decode()
        return f"{scheme}{separator}{encoded}{quote(rest[len(host) :], safe=_UNTOUCHED)}"
    except UnicodeError:
        return text


def _advice(text: str) -> str:
    if "@" in re.split("[/?#]", text.partition("://")[2], maxsplit=1)[0]:
        return "leave out the name or password before the @: everybody would see it"
    if re.search(r"\s", text.strip()):
        return "write a blank inside an address as  %20"
    if re.fullmatch(rf"{_NAME}\.[a-z]{{2,}}(?:[/?#]\S*)?", text):
        return f"write it with its beginning:  https://{text}"
    return "it begins with  https://  or  http://  and the name of a host"
