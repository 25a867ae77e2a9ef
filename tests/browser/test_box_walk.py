"""Somebody lives in the box, from moving in to paper, on both stores."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.browser.pages import Visitor
from tests.browser.test_bringing_in import FILES, TEN

Visit = Callable[..., Visitor]
TITLE = "Mushroom risotto with peas"
FIELDS = {
    "Title": TITLE,
    "In a sentence or two": "A bowl for a cold evening.",
    "Servings": "4",
    "Notes to yourself": "Bought for Mum's birthday.",
    "Tags": "weeknight",
}
# Pasted whole into the first row.
ROWS = {
    "Ingredient 1": (
        "300 g risotto rice\n250 g mushrooms\n1 onion\n1 l vegetable stock\n60 g parmesan\n30 g butter\n"
        "150 g frozen peas\n1 tsp salt"
    ),
    "Step 1": (
        "Fry the onion in half of the butter for 5 minutes.\nAdd the mushrooms and fry until they brown.\n"
        "Stir in the rice, then the stock, a ladle at a time, for 20 minutes.\nStir in the peas and the parmesan."
    ),
}


@dataclass
class Walk:
    """Who walks, and what the steps before found; every step leaves the page that it ends on sound."""

    owner: Visitor
    anybody: Visitor
    recipe: str = ""
    link: str = ""


def sign_up(walk: Walk) -> None:
    walk.owner.sign_up("ada@example.org").open("/recipes")


def bring_ten_files_in(walk: Walk) -> None:
    page = walk.owner.open("/import").page
    page.set_input_files("[name=files]", [FILES / name for name in TEN])
    page.get_by_role("button", name="Bring in", exact=True).click()
    # The first recipe of a server's life waits until it knows its foods.
    page.wait_for_selector(".import-counts", timeout=60_000)
    walk.owner.look()
    assert page.locator("section[aria-labelledby=in-title] a").count() >= len(TEN)


def write_it_down(walk: Walk) -> None:
    page = walk.owner.open("/recipes/new").page
    for label, text in FIELDS.items():
        page.get_by_label(label, exact=True).fill(text)
    for row, lines in ROWS.items():
        page.evaluate("text => navigator.clipboard.writeText(text)", lines)
        page.get_by_role("textbox", name=row, exact=True).focus()
        page.keyboard.press("ControlOrMeta+V")
    walk.owner.press("Save")
    walk.recipe = walk.owner.path.partition("?")[0]
    assert page.locator("h1").inner_text() == TITLE


def find_it(walk: Walk) -> None:
    page = walk.owner.open("/recipes").page
    page.get_by_label("Search", exact=True).press_sequentially("mushrom peas")
    expect(page.locator(".card h2")).to_have_text([TITLE])
    walk.owner.open("/recipes?q=risotto&free_of=fish").look()
    assert page.locator(".card h2").first.inner_text() in (TITLE, "Mushroom Risotto")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url(f"**{walk.recipe}")


def scale_it(walk: Walk) -> None:
    page = walk.owner.open(walk.recipe).page
    page.fill("[name=servings]", "6")
    walk.owner.press("Update servings")
    assert "450 g risotto rice" in amounts(walk.owner)
    assert "1½ tsp salt" in amounts(walk.owner)


def cook_it(walk: Walk) -> None:
    page = walk.owner.page
    page.get_by_role("link", name="Start cooking").click()
    page.get_by_role("button", name="Start 5 min").click()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert "450 g" in page.locator("section:not([hidden])").first.inner_text()
    page.get_by_role("button", name="Start 20 min").click()
    page.reload()
    expect(page.locator(".cook-timer")).to_have_count(2)
    expect(page.locator(".cook-timer [data-clock]").first).to_have_text(re.compile(r"4:[0-5]\d"))
    walk.owner.look()
    for _ in range(2):
        page.get_by_role("button", name="Stop").first.click()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.get_by_label("5 stars", exact=True).check()
    page.get_by_label("Note", exact=True).fill("A little less salt")
    walk.owner.press("Log as cooked")
    assert "A little less salt" in page.locator("main").inner_text()


def keep_it_in_a_collection(walk: Walk) -> None:
    page = walk.owner.open("/collections").page
    page.get_by_label("A new collection").fill("Cold evenings")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/collections/*")
    walk.owner.open(f"{walk.recipe}/collections")
    page.get_by_label("Cold evenings").check()
    walk.owner.press("Save")
    walk.owner.open("/collections")
    page.get_by_role("link", name="Cold evenings").first.click()
    page.wait_for_selector(f"a:has-text('{TITLE}')")
    walk.owner.look()


def take_everything_along(walk: Walk) -> None:
    answer = walk.owner.page.request.get("/recipes/export.zip")
    with ZipFile(BytesIO(answer.body())) as packed:
        names = packed.namelist()
    assert sum(name.endswith(".jsonld") for name in names) >= len(TEN) + 1
    assert "collections.json" in names


def share_it(walk: Walk) -> None:
    page = walk.owner.open(walk.recipe).page
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Share", exact=True).click()
    walk.owner.press("Make a link")
    walk.link = page.get_by_label("Whoever has this link").input_value()


def read_it_as_anybody(walk: Walk) -> None:
    page = walk.anybody.open(walk.link).page
    assert page.locator("h1").inner_text() == TITLE
    assert "300 g risotto rice" in amounts(walk.anybody)
    assert "Mum" not in page.content()
    assert page.context.cookies() == []
    assert (
        page.evaluate("JSON.parse(document.querySelector('[type=\"application/ld+json\"]').text)['@type']") == "Recipe"
    )


def copy_it(walk: Walk) -> None:
    walk.anybody.press("Copy to my box")
    walk.anybody.sign_up("bea@example.org").open(walk.link).press("Copy to my box")
    assert walk.anybody.path.startswith("/recipes/")
    assert walk.anybody.page.locator("h1").inner_text() == TITLE
    assert "300 g risotto rice" in amounts(walk.anybody)
    assert walk.link in walk.anybody.page.locator(".colophon").inner_text()


def print_it(walk: Walk) -> None:
    assert sheets(walk.owner.open(f"{walk.recipe}/print")) == 1
    assert sheets(walk.owner.open(walk.recipe)) == 1
    assert sheets(walk.anybody.open(walk.link)) == 1
    assert ink(walk.anybody) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def take_the_link_back(walk: Walk) -> None:
    walk.owner.open(f"{walk.recipe}/share").press("Take the link back")
    walk.anybody.open(walk.link, status=404)
    walk.anybody.open("/recipes")
    assert walk.anybody.page.get_by_role("link", name=TITLE).count() == 1


STEPS = (
    sign_up,
    bring_ten_files_in,
    write_it_down,
    find_it,
    scale_it,
    cook_it,
    keep_it_in_a_collection,
    take_everything_along,
    share_it,
    read_it_as_anybody,
    copy_it,
    print_it,
    take_the_link_back,
)


def test_a_box_is_lived_in(visit: Visit, every_site: str) -> None:
    may_paste = ["clipboard-read", "clipboard-write"]
    walk = Walk(owner=visit(every_site, permissions=may_paste), anybody=visit(every_site))
    for step in STEPS:
        step(walk)


def amounts(visitor: Visitor) -> list[str]:
    """The list of ingredients as it reads."""
    return [" ".join(text.split()) for text in visitor.page.locator(".ingredients li").all_inner_texts()]


def sheets(visitor: Visitor) -> int:
    """How many pages of A4 this page takes on paper."""
    return len(re.findall(rb"/Type\s*/Page\b", visitor.page.pdf(format="A4")))


def ink(visitor: Visitor) -> list[str]:
    """The colours of text and paper in print, for somebody who reads light on dark."""
    visitor.page.emulate_media(media="print", color_scheme="dark")
    found: list[str] = visitor.page.evaluate(
        """() => [getComputedStyle(document.querySelector("h1")).color,
                  getComputedStyle(document.querySelector(".sheet")).backgroundColor]"""
    )
    visitor.page.emulate_media(media="null", color_scheme="null")
    return found
