"""Where the feed is: at the address that was given, or somewhere on the site of that name."""

from calfeed.doctor.answers import Ask, Request
from calfeed.doctor.discovering import is_site, linked_feeds, usual_feed
from calfeed.doctor.targets import Target, is_same_origin
from calfeed.doctor.visiting import PLAIN, Say, follow
from calfeed.errors import CalfeedError

MOST_TRIED = 3


def find_feed(target: Target, ask: Ask, say: Say) -> Target:
    """Return *target*, or the first feed of the site if it is the address of one.

    Only what is on that site is asked for. A site that does not answer is returned as it is.

    Raises:
        CalfeedError: it answers, and there is no feed.
    """
    if not is_site(target.url):
        return target
    say("the site")
    answer = follow(ask, _request(target, target.url), lambda one: one).answer
    if answer is None or answer.has_calendar:
        return target
    linked = linked_feeds(answer.content or b"", answer.url)
    here = [url for url in linked if is_same_origin(url, answer.url)]
    for url in dict.fromkeys([usual_feed(answer.url), *here[:MOST_TRIED]]):
        say(url)
        found = follow(ask, _request(target, url), lambda one: one).answer
        if found and found.has_calendar:
            return Target(url=url, authorization=target.authorization)
    elsewhere = [url for url in linked if url not in here[:MOST_TRIED]]
    hint = f"The page links to one:  calfeed doctor {elsewhere[0]}" if elsewhere else _HINT
    raise CalfeedError(f"no feed is found at {target.url}\n{hint}")


_HINT = "Give the address of the feed itself, which often ends in .ics"


def _request(target: Target, url: str) -> Request:
    is_here = target.authorization and is_same_origin(url, target.url)
    more = (("Authorization", target.authorization),) if is_here else ()
    return Request(url=url, headers=(*PLAIN, *more))
