"""What nginx includes: rules where many are alike, single lines for the rest."""

from collections.abc import Callable

from calfeed.formats.nginx import Answer, Served, render
from calfeed.representation import ON_ALL

CACHE = ("cache-control", "public, max-age=300")
HTML = "text/html; charset=utf-8"
PAGE = Answer(status=200, media_type=HTML, headers=(CACHE, *ON_ALL.items()))


def a_page(path: str, *, status: int = 200, location: str = "", chooses: bool = False) -> Served:
    answer = Answer(status=status, media_type=HTML, headers=PAGE.headers, chooses=chooses)
    return Served(path=path, answer=answer, location=location)


def a_feed(name: str, ending: str, *, of: str = "") -> Served:
    link = f'<https://events.example.eu/feeds/{of or name}.json>; rel="alternate"'
    saved = f'inline; filename="{of or name}.ics"'
    own = (("content-disposition", saved), ("link", f"{link}, {link}"))
    answer = Answer(status=200, media_type="text/calendar", headers=(*PAGE.headers, *own))
    return Served(path=f"/feeds/{name}{ending}", answer=answer)


SITE = (
    a_feed("green", ".ics"),
    a_feed("green", ".fr.ics"),
    a_feed("parks", ".ics", of="green"),
    a_feed("parks", ".fr.ics", of="green"),
    a_page("/en/"),
    a_page("/en/green/"),
    a_page("/fr/"),
    a_page("/fr/green/"),
    a_page("/", status=302, chooses=True),
    a_page("/events/garden/", status=302, chooses=True),
    a_page("/events/series/", status=302, chooses=True),
    a_page("/en/events/garden/"),
    a_page("/fr/events/garden/"),
    a_page("/en/parks/", status=301, location="/en/green/"),
    a_page("/en/events/gone/", status=410),
    a_page("/404.html", status=404),
    a_page("/fr/404.html", status=404),
)


def rendered(*served: Served) -> str:
    otherwise = {**ON_ALL, "cache-control": "no-store"}
    return render(served, languages=("en", "fr"), otherwise=otherwise).decode()


def test_the_whole(golden: Callable[[str, bytes], None]) -> None:
    golden("nginx.conf", rendered(*SITE).encode())


def test_a_page_unlike_those_around_it_has_a_place_of_its_own() -> None:
    other = Answer(status=200, media_type=HTML, headers=(("x-robots-tag", "noindex"),))
    text = rendered(*SITE, Served(path="/en/odd/", answer=other))
    place = text.split("location = /en/odd/ {")[1].split("}\n}")[0]
    assert "set $calfeed_x_robots_tag noindex;" in place
    assert "try_files /en/odd/index.html =404;" in place


def test_a_long_header_is_put_together_from_lines_that_nginx_can_read() -> None:
    hosts = " ".join(f"https://partner-{number}.example.org" for number in range(300))
    policy = f"frame-ancestors {hosts}"
    headers = (("content-security-policy", policy),)
    text = rendered(
        *SITE, Served(path="/x/", answer=Answer(status=200, media_type=HTML, headers=headers))
    )
    lines = [line for line in text.splitlines() if "partner-" in line]
    assert len(lines) > 1
    assert max(map(len, lines)) < 4000
    said = "".join(line.split('"')[1] for line in lines)
    assert said.replace("${calfeed_content_security_policy}", "") == policy
