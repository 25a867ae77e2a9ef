"""Recipes in web pages: as JSON-LD or microdata, by recipe-scrapers for sites with their own ways, else as text.

Paprika's and Recipe Keeper's HTML exports are such pages, read from TandoorRecipes/recipes:
cookbook/integration/recipekeeper.py and from pages that Paprika wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flavorbot.exchange.readers.cleaning import LONGEST, address, one_line, plain, printed
from flavorbot.exchange.readers.found import Found, Unreadable
from flavorbot.exchange.readers.jsons import Json, Refused, loaded
from flavorbot.exchange.readers.microdata import items_in
from flavorbot.exchange.readers.schema_org import recipes_in
from flavorbot.exchange.readers.scrapers import scraped
from flavorbot.exchange.readers.text import recipe_of_text

Element = Any
_IS_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|article|div|p|h[1-6]|ul|ol|li|script|meta|span|br|table)\b", re.I
)
_MOST_TAGS = 500_000
"""A page of the web has some thousands; each takes room as it is read."""
_SCRIPTS = "//script[contains(@type, 'ld+json')]"
_UNSEEN = (
    "//head | //script | //style | //noscript | //svg | //template | //nav | //footer | //aside | //form | //iframe"
)
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section table"
    " td tr ul".split()
)


_SUBHEADINGS = ("h3", "h4", "h5", "h6")


def is_page(text: str) -> bool:
    """Whether it is HTML rather than a text with "<" in it."""
    return bool(_IS_PAGE.search(text[:20_000]))


def recipes_of_page(html: str, url: str | None = None) -> Iterator[Found]:
    """The recipes of a page, from where it tells them best; the last resort is its text."""
    page = _parsed(html)
    if page is None:
        return
    url = address(url) or _own_address(page)
    told = list(_of_scripts(page, url))
    whole = _whole(told)
    if not whole:
        told += recipes_in(items_in(page), url)
        whole = _whole(told)
    if not whole and (by_site := scraped(page, url)):
        whole = [by_site]
    if whole or told:
        yield from _once(whole or told)
    elif (of_text := recipe_of_text(_article(page), url=url)).recipe:
        yield of_text


def _whole(told: list[Found]) -> list[Found]:
    return [found for found in told if found.recipe and found.recipe.instructions]


def _parsed(html: str) -> Element | None:
    if html.count("<") > _MOST_TAGS:
        raise Unreadable("This page has more parts than can be read.")
    # Loaded where pages are read: it takes 4 MB that most workers never need.
    import lxml.html

    try:
        return lxml.html.document_fromstring(printable(html), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def printable(html: str) -> bytes:
    return html.replace("\0", "").encode("utf-8", "replace")


def _of_scripts(page: Element, url: str | None) -> Iterator[Found]:
    for script in page.xpath(_SCRIPTS):
        try:
            yield from recipes_in(_script(script.text or ""), url)
        except Refused:
            continue


def _script(text: str) -> Json:
    """The data of a script; sites wrap it into comments and leave line breaks in its texts."""
    bare = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$", "", text.strip())
    return loaded(bare.rstrip("; \n"), strict=False)


def _own_address(page: Element) -> str | None:
    """Where a saved page is from, as it says itself."""
    links = page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((link for each in links if (link := address(str(each)))), None)


def _title(page: Element) -> str:
    titles = page.xpath("//meta[@property='og:title']/@content | //title/text()")
    return one_line(plain(str(titles[0]))) if titles else ""


def _article(page: Element) -> str:
    """The text of the page from its first heading on, or its title and all text; pages begin with their menus."""
    heading = next((text for each in page.xpath("//h1") if (text := one_line(each.text_content()))), "")
    title, text = _title(page), _text(page)
    _, found, after = text.partition(heading or "\0")
    return f"{found}{after}" if found else f"{title}\n\n{text}"


def _text(page: Element) -> str:
    """What a reader sees of the page, a line for each block; a colon shows what was a heading."""
    from lxml import etree

    for element in page.xpath(_UNSEEN):
        element.drop_tree()
    etree.strip_tags(page, etree.Comment, etree.ProcessingInstruction)
    pieces: list[str] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        pieces.append(":" * (event == "end" and element.tag in _SUBHEADINGS) + "\n" * (element.tag in _BLOCKS))
        pieces.append(_squeezed(element.text if event == "start" else element.tail))
    return printed("".join(pieces)[:LONGEST])


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _once(told: list[Found]) -> Iterator[Found]:
    """Each recipe once: pages tell the same one as JSON-LD and as microdata, and lists of others by title alone."""
    seen: set[str] = set()
    for found in told:
        key = found.title.casefold()
        if key not in seen:
            seen.add(key)
            yield found
