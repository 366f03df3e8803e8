"""Who asks for a feed, and how: the header fields that each client sends.

Those of Thunderbird, Evolution, Home Assistant and web pages were measured. Google's, Outlook's
and Apple's names are as servers log them; what else those send is a guess.
"""

from dataclasses import dataclass

from calfeed.doctor.answers import Headers

ORIGIN = "https://a-web-page.example"
"""Where the web page is that a browser's script asks from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A calendar client by its name, with all that it sends at a first fetch."""

    name: str
    headers: Headers


def _client(name: str, agent: str, accept: str, coding: str, *more: tuple[str, str]) -> Client:
    fields = (("User-Agent", agent), ("Accept", accept), ("Accept-Encoding", coding))
    return Client(name=name, headers=(*fields, *more))


FRESH = ("Cache-Control", "no-cache")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36"

GOOGLE = _client("Google Calendar", "Google-Calendar-Importer", "*/*", "gzip")
OUTLOOK = _client(
    "Outlook",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)",
    "*/*",
    "gzip, deflate",
)
APPLE = _client("Apple Calendar", "iOS/18.0 (22A3354) dataaccessd/1.0", "*/*", "gzip, deflate")
THUNDERBIRD = _client(
    "Thunderbird",
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.0",
    "text/calendar,text/plain;q=0.8,*/*;q=0.5",
    "gzip, deflate, br, zstd",
    FRESH,
)
EVOLUTION = _client("Evolution", "Evolution/3.46.4", "*/*", "gzip, deflate", FRESH)
HOME_ASSISTANT = _client("Home Assistant", "HomeAssistant/2026.1", "*/*", "gzip, deflate")
WEB_PAGE = _client("a web page", BROWSER, "*/*", "gzip, deflate, br, zstd", ("Origin", ORIGIN))
AGGREGATOR = _client("an aggregator", "python-requests/2.32.5", "*/*", "gzip, deflate")

CLIENTS = (
    GOOGLE,
    OUTLOOK,
    APPLE,
    THUNDERBIRD,
    EVOLUTION,
    HOME_ASSISTANT,
    WEB_PAGE,
    AGGREGATOR,
)
