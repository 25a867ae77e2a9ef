"""What nobody should bring and somebody will: bombs, broken files, other files, and text made to take for ever."""

from __future__ import annotations

import gzip
import json
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flavorbot.exchange import to_jsonld
from flavorbot.exchange.readers.exact import exactly
from flavorbot.exchange.reading import Found, read_file, read_html, read_jsonld, read_text
from tests.exchange.samples import FILES, MEALIE, PAPRIKA, TANDOOR, packed

SOUP: dict[str, Any] = {
    "@type": "Recipe",
    "name": "Soup",
    "recipeIngredient": ["1 leek"],
    "recipeInstructions": "Boil.",
}
SOUP_JSON = json.dumps(SOUP)


def _reasons(name: str, content: bytes) -> list[str]:
    found = list(read_file(name, content))
    assert all((each.recipe is None) == bool(each.reason) for each in found)
    return [each.reason for each in found]


def _fits(found: Iterable[Found]) -> bool:
    """Whether all that was read could be stored as it is."""
    return all(each.recipe is None or exactly(each.recipe).recipe for each in found)


# Archives


def test_an_entry_that_swells_is_refused_and_the_others_are_read() -> None:
    content = packed(
        {"a.json": SOUP_JSON, "bomb.json": b" " * 20_000_000, "bomb.html": b" " * 5_000_000, "b.json": SOUP_JSON}
    )
    assert _reasons("box.zip", content) == ["", "It is larger than 16 MB.", "It is larger than 4 MB.", ""]


def test_many_entries_that_swell_together_are_refused_within_bounded_memory() -> None:
    content = packed({"a.json": SOUP_JSON} | {f"{place}.json": b" " * 3_999_000 for place in range(70)})
    assert len(content) < 400_000
    tracemalloc.start()
    reasons = _reasons("box.zip", content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons[0] == ""
    assert reasons[-1] == "Unpacked, this file is too large; what is behind this place was not read."
    assert peak < 60_000_000


def test_nested_archives_share_one_bound() -> None:
    inner = packed({f"{place}.json": b" " * 3_999_000 for place in range(40)})
    reasons = _reasons("box.zip", packed({"1.zip": inner, "2.zip": inner, "3.zip": inner}))
    assert reasons[-1] == "Unpacked, this file is too large; what is behind this place was not read."


def test_a_gzipped_bomb_is_refused() -> None:
    bomb = gzip.compress(b"{" + b" " * 40_000_000)
    assert _reasons("x.paprikarecipe", bomb) == ["It is larger than 16 MB."]
    assert _reasons("x.zip", packed({"x.paprikarecipe": bomb, "y.json": SOUP_JSON})) == ["It is larger than 16 MB.", ""]


def test_zips_are_opened_two_deep_and_no_deeper() -> None:
    two = packed({"one.zip": packed({"recipe.json": SOUP_JSON})})
    assert _reasons("x.zip", two) == [""]
    assert _reasons("x.zip", packed({"two.zip": two})) == ["It is a zip file within a zip file within a zip file."]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.json", "/abs.json", "C:\\boot\\CON.json", "a/./../b.json", "\u202egpj.json", "<b>.json"]
)
def test_names_in_an_archive_are_never_paths(name: str) -> None:
    (found,) = read_file("x.zip", packed({name: "{}x"}))
    assert found.recipe is None
    assert not set(found.title) & set("/\\\u202e\x00")


def test_too_many_entries_are_refused_before_they_are_listed() -> None:
    content = bytearray(packed({"a.json": SOUP_JSON}))
    content[-10:-6] = struct.pack("<L", 500_000_000)
    assert _reasons("x.zip", bytes(content)) == ["There are more than 20,000 files in this zip file."]
    many = BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for place in range(20_001):
            archive.writestr(zipfile.ZipInfo(str(place)), b"")
    assert _reasons("x.zip", many.getvalue()) == ["There are more than 20,000 files in this zip file."]


def _with_flag(flag: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip whose only entry says that it is encrypted, or packed in another way."""
    content = bytearray(packed({"a.json": SOUP_JSON}))
    entry = content.rfind(b"PK\x01\x02")
    content[6:10] = content[entry + 8 : entry + 12] = struct.pack("<HH", flag, method)
    return bytes(content)


def test_what_cannot_be_unpacked_says_why() -> None:
    assert _reasons("x.zip", _with_flag(1)) == [
        "It is protected with a password. Unpack the file, and bring what is inside."
    ]
    assert _reasons("x.zip", _with_flag(0, 12)) == ["It is packed in a way that cannot be read here."]
    assert _reasons("x.zip", packed({"a.json": SOUP_JSON})[:-30]) == ["This zip file is damaged: its end is missing."]
    half = gzip.compress(json.dumps(PAPRIKA).encode())[:-40]
    assert _reasons("x.paprikarecipe", half) == ["It is damaged: its end is missing."]


def test_what_lies_beside_the_recipes_is_passed_over() -> None:
    beside = {"README.txt": "Soup\n\n1 leek\n\nBoil it.", "collections.json": '{"collections": []}', "a/": ""}
    mac: dict[str, bytes | str] = {
        "__MACOSX/._soup.json": b"\0",
        ".DS_Store": b"\0",
        "._x.json": b"\0",
        "recipes/soup/assets/bill.txt": "2 leeks",
        "photo.jpg": b"\xff\xd8\xff",
    }
    twins = {"recipes/soup.md": "# Soup\n\n## Ingredients\n\n- 1 leek", "recipes/soup.jsonld": SOUP_JSON}
    assert _reasons("x.zip", packed({**beside, **mac, **twins})) == [""]
    assert _reasons("x.zip", packed({**beside, **mac})) == ["No recipe was found in it."]


# Other files


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n ", "nothing in it"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"SQLite format 3\0", "database"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "no file of recipes"),
        (b"MZ\x90\0\x03\0", "no file of recipes"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "XML"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "XML"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"@type": "Recipe", ', "damaged"),
        (b'[{"a":' + b"9" * 10_000 + b"}]", "damaged"),
        (b"{}", "No recipe"),
        (b"bplist00" + b"\xff" * 40, "not written as its format asks"),
        (b"From: x\nContent-Type: multipart/related; boundary=a\n\n--a--", "No ingredients"),
        (b"x" * 500_000, "too long"),
        (b"{" + b" " * 16_000_000, "larger than 16 MB"),
        (packed({"word/document.xml": "<w/>"}), "office"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_what_is_no_file_of_recipes_says_so(content: bytes, said: str) -> None:
    (reason,) = _reasons("recipe.json", content)
    assert said in reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_of_any_encoding_is_read(encoding: str) -> None:
    content = "Crème brûlée\n\nIngredients\n4 egg yolks\n\nMethod\nWhisk – and chill.".encode(encoding)
    (found,) = read_file("x.txt", content)
    assert found.recipe
    assert (found.title, found.recipe.instructions[0].text) == ("Crème brûlée", "Whisk – and chill.")


def test_a_page_is_read_in_the_encoding_that_it_names() -> None:
    data = json.dumps({**SOUP, "name": "Žurek"}, ensure_ascii=False)
    page = f'<html><meta charset="iso-8859-2"><script type="application/ld+json">{data}</script>'
    assert [each.title for each in read_file("x.html", page.encode("iso-8859-2"))] == ["Žurek"]
    unknown = page.replace("8859-2", "8859-99").encode("utf-8")[:-9] + b"\xff</script>"
    assert len(list(read_file("x.html", unknown))) == 1


# Text that is more than text


def test_markup_and_scripts_come_in_as_words_or_not_at_all() -> None:
    data = {
        **SOUP,
        "name": "Soup <script>alert(1)</script>&lt;b&gt; {{7*7}}\u0000\ud800",
        "url": "javascript:alert(1)",
        "image": ["data:text/html,x", "https://example.org/\ud800.jpg", "//example.org/a.jpg"],
        "description": "<img src=x onerror=alert(1)>=1+1",
    }
    (found,) = read_jsonld(data)
    assert found.recipe
    assert (found.title, found.recipe.description) == ("Soup <b> {{7*7}}", "=1+1")
    assert (found.url, found.recipe.image_url) == (None, None)


def test_our_own_recipe_is_taken_only_where_it_fits() -> None:
    (found,) = read_file("ours.zip", (FILES / "flavorbot-export.zip").read_bytes())
    assert found.recipe
    text = json.dumps(to_jsonld(found.recipe))

    def with_(old: str, new: str) -> Found:
        assert old in text
        (changed,) = read_text(text.replace(old, new))
        return changed

    assert with_("Freezes well.", "Freezes badly.").recipe
    assert with_("Freezes well.", "x" * 5_001).reason == "One of its texts is longer than a recipe can have."
    assert with_("https://example.org/soup", "javascript:alert(1)").reason.startswith("One of its addresses")
    assert with_("Freezes well.", "\\\\u0000").reason == "It holds characters that cannot be shown."
    assert with_("251.6", "1e308").reason == "One of its numbers cannot be right."
    assert with_('servings\\":4', 'servings\\":400').reason == "One of its numbers cannot be right."


# Anything

_NAMES = ["@value", "@id", "text", "name", "url", "steps", "itemListElement", "food", "unit", "amount", "note"]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inside, max_size=4),
    max_leaves=12,
)
_SHAPES = (SOUP, MEALIE, TANDOOR, PAPRIKA)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_value_in_any_field_breaks_a_reader(data: st.DataObject) -> None:
    shape = data.draw(st.sampled_from(_SHAPES))
    fields = data.draw(st.lists(st.sampled_from(sorted(shape)), min_size=1, max_size=4, unique=True))
    changed = {**shape, **{field: data.draw(anything) for field in fields}}
    found = list(read_file("x.json", json.dumps([changed, SOUP]).encode()))
    assert _fits(found)
    assert found[-1].title == "Soup"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(path.name for path in FILES.iterdir())), st.integers(0, 3_000), st.binary(max_size=6))
def test_no_damage_to_a_file_breaks_a_reader(name: str, place: int, damage: bytes) -> None:
    content = (FILES / name).read_bytes()
    at = place % len(content)
    for broken in (content[:at] + damage + content[at + len(damage) :], content[:at] + damage):
        found = list(read_file(name, broken))
        assert found
        assert _fits(found)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from(["{}", "<p>{}", "# a\n## Ingredients\n- {}", "@a{{}} {}", "Title\n1 egg\n{}"]),
)
def test_no_text_breaks_a_reader(text: str, around: str) -> None:
    for found in (read_text(around.format(text)), read_html(around.format(text))):
        assert found
        assert _fits(found)


LONG = 150_000
_FOREVER = {
    "cooklang marks": "@egg{} @" + "?" * LONG,
    "cooklang comments": "@egg{} " + "[- " * (LONG // 3),
    "cooklang names": "@egg{} " + "@a " * (LONG // 3),
    "cooklang facts": "@egg{}\n" + ">>\n" * (LONG // 3),
    "markdown stars": "## Ingredients\n- " + "**a" * (LONG // 3),
    "markdown links": "## Ingredients\n- " + "[a](" * (LONG // 4),
    "text lines": "a" + "*" * LONG + "b",
    "text spaces": "a" + " " * LONG + "b",
    "text times": "Soup\nCook: " + "1 h " * (LONG // 4),
    "text servings": "Soup\n" + "serves 1 " * (LONG // 9),
    "page tags": "<html>" + "<br " * (LONG // 4),
    "page comments": "<html>" + "<!--" * (LONG // 4),
    "page depth": "<html>" + "<div>" * (LONG // 5),
    "page marks": "<html>" + "<p itemscope itemtype='//x.org/Recipe'><i itemprop='name'>" * 300 + "x" * LONG,
    "json fields": json.dumps({**SOUP, "name": "<!--" * 30_000, "recipeIngredient": ["1/" * 50_000, "½" * 50_000]}),
    "json lines": json.dumps([{**SOUP, "recipeIngredient": [f"{place} x{place}" for place in range(10_000)]}]),
    "tandoor places": json.dumps({**TANDOOR, "steps": [
        {"instruction": "{{ ingredients[0] }}" * 9_000, "ingredients": [{"food": {"name": "x" * 100_000}}]}
    ]}),
}  # fmt: skip


_SITE = "<link rel=canonical href='https://www.101cookbooks.com/soup'>"
"""Of a site that has a reader of its own in recipe-scrapers, which reads what is behind this with html.parser."""


@pytest.mark.parametrize("part", ["<svg>", "<b>", "<a x='", "<!doctype", "<textarea>", "<title>", "<li><p a=1>", "&a"])
@pytest.mark.parametrize("size", [2_900_000, 400_000])
def test_no_page_of_a_known_site_takes_for_ever(part: str, size: int) -> None:
    begun = time.process_time()
    assert read_html(f"<html><head>{_SITE}</head><body>" + part * (size // len(part)) + "y" * (2_900_000 - size))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("text", _FOREVER.values(), ids=_FOREVER)
def test_no_text_takes_for_ever(text: str) -> None:
    begun = time.process_time()
    found = read_text(text)
    assert time.process_time() - begun < 5
    assert _fits(found)
