"""The subscribe panel: a link for each app that has one, and steps for those that have none."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import segno
from markupsafe import Markup

from calfeed.addresses import Page, PagePath, Show, event_feed_path, feed_path, page_path
from calfeed.formats.pages.calling import google_subscription, outlook_subscription, webcal
from calfeed.formats.pages.facts import Facts
from calfeed.formats.pages.voice import Voice
from calfeed.model import Text
from calfeed.words import message

OUTLOOK = "outlook.live.com"
MICROSOFT_365 = "outlook.office.com"


STEPS = (
    (
        message("Apple Calendar"),
        message(
            "Tap the link above. On a Mac: File, New Calendar Subscription, then paste the address."
        ),
    ),
    (
        "Google Calendar",
        message(
            "If the link does nothing: copy the address for Google, open Google Calendar on "
            "a computer, Settings, Add calendar, From URL, and paste it."
        ),
    ),
    (
        "Outlook.com, Microsoft 365",
        message(
            "If the link does nothing: copy the address for Outlook, open the calendar on "
            "the web, Add calendar, Subscribe from web, and paste it."
        ),
    ),
    (
        message("Outlook for Mac and Windows"),
        message("Subscribe in Outlook on the web, with the same account; it then appears here."),
    ),
    (
        "Thunderbird",
        message("Copy the address, then New Calendar, On the Network, and paste it."),
    ),
    (
        "Nextcloud",
        message("Copy the address, then New calendar, New subscription from link, and paste it."),
    ),
    (
        "Proton, Fastmail, Yahoo",
        message("Copy the address, then add a calendar from a link in the settings."),
    ),
    (
        "Home Assistant",
        message(
            "Copy the address for Google, then Settings, Devices and services, Add integration, "
            "Remote Calendar."
        ),
    ),
    (
        message("Android without Google"),
        message("Install ICSx5, copy the address, and add it there."),
    ),
)
"""How to subscribe with apps that have no link: the app (a brand stays as it is), what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to subscribe that is a single link; ``app`` is known to the script that sorts."""

    app: str
    name: Markup
    href: str
    hint: Markup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How to subscribe with an app that has no link."""

    name: Markup
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All ways to subscribe to one feed; ``visible`` is for apps that hide what is off."""

    ways: tuple[Way, ...]
    address: str
    visible: str
    qr: Markup | None
    steps: tuple[Steps, ...]


def panel_of(slug: str, name: Text, facts: Facts, voice: Voice) -> Panel:
    """Return the panel of an initiative's feed, in the page's language."""
    site = facts.site
    language = "" if voice.language == site.language else voice.language
    address = site.url + feed_path(slug, language=language)
    visible = site.url + feed_path(slug, language=language, show=Show.VISIBLE)
    said = voice.say("{name} events", name=voice.choose(name).text)
    return Panel(
        ways=tuple(ways_of(address, visible, said.unescape(), voice)),
        address=address,
        visible=visible,
        qr=code_of(slug, facts) if slug in facts.initiatives else None,
        steps=tuple(Steps(name=voice.say(app), text=voice.say(text)) for app, text in STEPS),
    )


def follow_of(key: str, title: Text, facts: Facts, voice: Voice) -> tuple[Way, ...]:
    """Return the ways to follow one event alone."""
    site = facts.site
    language = "" if voice.language == site.language else voice.language
    address = site.url + event_feed_path(key, language=language)
    visible = site.url + event_feed_path(key, language=language, show=Show.VISIBLE)
    return tuple(ways_of(address, visible, voice.choose(title).text, voice))


def ways_of(address: str, visible: str, name: str, voice: Voice) -> Iterator[Way]:
    """Yield each way that is a link, Google's and Microsoft's to the *visible* variant."""
    yield Way(
        app="apple",
        name=voice.say("Apple Calendar and other apps"),
        href=webcal(address),
        hint=voice.say("iPhone, iPad, Mac, Thunderbird and more"),
    )
    yield Way(
        app="google",
        name=Markup("Google Calendar"),
        href=google_subscription(visible),
        hint=voice.say("on a computer: the app for phones cannot add calendars"),
    )
    yield Way(
        app="outlook",
        name=Markup("Outlook.com"),
        href=outlook_subscription(visible, name, host=OUTLOOK),
        hint=voice.say("a personal account"),
    )
    yield Way(
        app="microsoft-365",
        name=Markup("Microsoft 365"),
        href=outlook_subscription(visible, name, host=MICROSOFT_365),
        hint=voice.say("an account of work or school"),
    )


def code_of(slug: str, facts: Facts) -> Markup:
    """Return the code that leads to the panel of an initiative, in the reader's language."""
    neutral = page_path(PagePath(page=Page.INITIATIVE, slug=slug))
    return qr_of(f"{facts.site.url}{neutral}#subscribe")


@lru_cache(1024)
def qr_of(address: str) -> Markup:
    """Return *address* as a QR code (ISO/IEC 18004, error correction M) in SVG."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgns=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        nl=False,
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn by segno, of an address
