"""Pages of sites with their own ways, by recipe-scrapers, which knows several hundred of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flavorbot.exchange.readers.cleaning import one_line, plain
from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.told import Told, found

Element = Any
LONGEST, MOST_TAGS = 1_500_000, 20_000
"""Characters and tags of a page that are looked at by others' code; a usual one has a quarter of both."""


def scraped(page: Element, url: str | None) -> Found | None:
    """The recipe as its site's own reader finds it; None where nobody wrote one, or it finds nothing."""
    host = _host(url)
    if not url or not host:
        return None
    # Loaded here: it takes 32 MB and a third of a second that most people never need.
    from recipe_scrapers import SCRAPERS, scrape_html

    html = _tidied(page) if host in SCRAPERS else None
    read: Any = _tried(lambda: scrape_html(html, org_url=url)) if html else None
    answer = found(_told(read, url)) if read is not None else None
    return answer if answer and answer.recipe else None


def _tidied(page: Element) -> str | None:
    """The page written anew: over crooked or deeply nested tags others' code may sit for minutes."""
    from lxml import etree

    html = str(etree.tostring(page, encoding="unicode", method="html"))
    return html if len(html) <= LONGEST and html.count("<") <= 2 * MOST_TAGS else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _told(page: Any, url: str | None) -> Told:  # noqa: ANN401
    return Told(
        title=plain(_tried(page.title)),
        description=plain(_tried(page.description)),
        ingredients=_ingredients(page),
        steps=[plain(step) for step in _tried(page.instructions_list) or ()],
        makes=plain(_tried(page.yields)),
        prep_minutes=_whole(_tried(page.prep_time)),
        cook_minutes=_whole(_tried(page.cook_time)),
        total_minutes=_whole(_tried(page.total_time)),
        meals=[plain(_tried(page.category))],
        cuisines=[plain(_tried(page.cuisine))],
        tags=[plain(word) for word in _tried(page.keywords) or ()],
        image=_tried(page.image),
        url=url,
    )


def _ingredients(page: Any) -> list[str]:  # noqa: ANN401
    """The lines, with the headings of their groups."""
    lines: list[str] = []
    for group in _tried(page.ingredient_groups) or ():
        if purpose := one_line(plain(group.purpose)):
            lines.append(f"{purpose.rstrip(': ')}:")
        lines += [plain(line) for line in group.ingredients]
    return lines


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _tried(ask: Callable[[], Any]) -> Any:  # noqa: ANN401
    """What a site's reader says; a page that is not as it expects may raise anything."""
    try:
        return ask()
    except Exception:
        return None
