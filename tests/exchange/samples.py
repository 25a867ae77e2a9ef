"""Makes the files of `tests/exchange/files` that are no text: exports in the shapes of the programs they are named for.

Run `python -m tests.exchange.samples` after a change here.
"""

from __future__ import annotations

import gzip
import json
import plistlib
import quopri
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from flavorbot.exchange import to_jsonld, to_markdown
from tests.exchange.recipes import SOUP

FILES = Path(__file__).parent / "files"
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452")

MEALIE = {
    "id": "6f1a2c3e-0000-4000-8000-000000000001",
    "user_id": "6f1a2c3e-0000-4000-8000-0000000000aa",
    "group_id": "6f1a2c3e-0000-4000-8000-0000000000bb",
    "name": "Lentil Dal with Spinach",
    "slug": "lentil-dal-with-spinach",
    "image": "Yf3x",
    "recipe_yield": "bowls",
    "recipe_yield_quantity": 4.0,
    "recipe_servings": 4.0,
    "total_time": "45 minutes",
    "prep_time": "10 minutes",
    "cook_time": None,
    "perform_time": "35 minutes",
    "description": "A <b>thick</b> dal &amp; plenty of spinach.",
    "recipe_category": [{"id": "c1", "name": "Dinner", "slug": "dinner"}],
    "tags": [
        {"id": "t1", "name": "Weeknight", "slug": "weeknight"},
        {"id": "t2", "name": "Freezes", "slug": "freezes"},
    ],
    "tools": [],
    "rating": 4.0,
    "org_url": "https://example.org/dal",
    "date_added": "2025-02-01",
    "recipe_ingredient": [
        {
            "quantity": 250.0,
            "unit": {"id": "u1", "name": "gram", "plural_name": None, "fraction": False, "abbreviation": "g"},
            "food": {"id": "f1", "name": "red lentils", "plural_name": None, "description": ""},
            "note": "rinsed",
            "is_food": True,
            "disable_amount": False,
            "display": "250 gram red lentils rinsed",
            "title": None,
            "original_text": "250 g red lentils, rinsed",
            "reference_id": "r1",
        },
        {
            "quantity": 1.5,
            "unit": {"id": "u2", "name": "tablespoon", "fraction": True, "abbreviation": "tbsp"},
            "food": {"id": "f2", "name": "rapeseed oil", "plural_name": None},
            "note": "",
            "title": "",
            "reference_id": "r2",
        },
        {
            "quantity": 1.0,
            "unit": None,
            "food": None,
            "note": "200 g spinach, washed",
            "title": "To finish",
            "reference_id": "r3",
        },
        {"quantity": 0.0, "unit": None, "food": None, "note": "Salt, to taste", "title": None, "reference_id": "r4"},
    ],
    "recipe_instructions": [
        {"id": "s1", "title": "", "summary": "", "text": "Simmer the lentils in 1 litre of water for 25 minutes."},
        {"id": "s2", "title": "To finish", "summary": "", "text": "Stir in the spinach and the oil; salt."},
    ],
    "nutrition": {"calories": "320", "fat_content": None},
    "settings": {"public": True, "disable_amount": False},
    "assets": [],
    "notes": [{"title": "Tip", "text": "Thicker on the second day."}],
    "extras": {},
    "comments": [],
}  # fmt: skip

MEALIE_LATER: dict[str, Any] = {
    "id": "6f1a2c3e-0000-4000-8000-000000000002",
    "name": "Tomato Toast",
    "slug": "tomato-toast",
    "recipeServings": 2,
    "recipeYield": "",
    "totalTime": "10 minutes",
    "description": "",
    "recipeCategory": [],
    "tags": [],
    "orgURL": "",
    "recipeIngredient": [
        {"quantity": 4, "unit": {"name": "slice"}, "food": {"name": "bread"}, "note": "", "title": None},
        {"quantity": 2, "unit": None, "food": {"name": "tomatoes"}, "note": "ripe", "title": None},
    ],
    "recipeInstructions": [{"title": "", "text": "Toast the bread, and rub it with the tomatoes."}],
    "notes": [],
    "rating": None,
}

MEALIE_TABLES = {
    "recipes": [
        {"id": "a1", "name": "Oat Porridge", "slug": "oat-porridge", "description": "", "recipe_servings": 2,
         "recipe_yield": None, "prep_time": "2 minutes", "perform_time": "8 minutes", "total_time": "10 minutes",
         "org_url": None, "rating": 5},
        {"id": "a2", "name": "Nothing Yet", "slug": "nothing-yet", "description": "", "recipe_servings": 0,
         "recipe_yield": None, "prep_time": None, "perform_time": None, "total_time": None, "org_url": None},
    ],
    "recipes_ingredients": [
        {"id": 2, "recipe_id": "a1", "position": 1, "title": None, "note": "", "unit_id": "u1", "food_id": "f2",
         "quantity": 400, "original_text": None},
        {"id": 1, "recipe_id": "a1", "position": 0, "title": None, "note": "", "unit_id": "u2", "food_id": "f1",
         "quantity": 100, "original_text": None},
    ],
    "recipe_instructions": [
        {"id": "s1", "recipe_id": "a1", "position": 0, "type": None, "title": "", "text": "Simmer the oats in milk."}
    ],
    "notes": [{"id": 1, "recipe_id": "a1", "title": "", "text": "Good with pears."}],
    "ingredient_foods": [{"id": "f1", "name": "rolled oats"}, {"id": "f2", "name": "milk"}],
    "ingredient_units": [{"id": "u1", "name": "millilitre"}, {"id": "u2", "name": "gram"}],
    "categories": [{"id": "c1", "name": "Breakfast"}],
    "recipes_to_categories": [{"recipe_id": "a1", "category_id": "c1"}],
    "tags": [{"id": "t1", "name": "quick"}],
    "recipes_to_tags": [{"recipe_id": "a1", "tag_id": "t1"}],
    "multi_purpose_labels": [], "recipe_nutrition": [], "recipe_ingredient_ref_link": [],
}  # fmt: skip

TANDOOR = {
    "name": "Mushroom Risotto",
    "description": "Creamy, and no cream in it.",
    "keywords": [{"name": "Rice", "description": ""}, {"name": "Autumn", "description": ""}],
    "steps": [
        {
            "name": "Base",
            "instruction": "Soften the **shallots** in the butter.\nAdd {{ ingredients[0] }} and stir for 2 minutes.",
            "ingredients": [
                {"food": {"name": "risotto rice", "ignore_shopping": False, "supermarket_category": None},
                 "unit": {"name": "g", "description": None}, "amount": 300.0, "note": "", "order": 0,
                 "is_header": False, "no_amount": False},
                {"food": {"name": "shallots"}, "unit": None, "amount": 2.0, "note": "finely chopped", "order": 1,
                 "is_header": False, "no_amount": False},
                {"food": {"name": "butter"}, "unit": {"name": "Tablespoon"}, "amount": 2.0, "note": "", "order": 2,
                 "is_header": False, "no_amount": False},
            ],
            "time": 5, "order": 0, "show_as_header": False, "show_ingredients_table": True,
        },
        {
            "name": "Finish",
            "instruction": "Fry the mushrooms, and fold them in with the cheese.",
            "ingredients": [
                {"food": {"name": "chestnut mushrooms"}, "unit": {"name": "g"}, "amount": 250.0, "note": "", "order": 0,
                 "is_header": False, "no_amount": False},
                {"food": None, "unit": None, "amount": 0.0, "note": "On top", "order": 1, "is_header": True,
                 "no_amount": True},
                {"food": {"name": "Parmesan"}, "unit": None, "amount": 0.0, "note": "grated", "order": 2,
                 "is_header": False, "no_amount": True},
            ],
            "time": 10, "order": 1, "show_as_header": False, "show_ingredients_table": True,
        },
    ],
    "working_time": 15, "waiting_time": 25, "internal": True, "nutrition": None,
    "servings": 4, "servings_text": "people", "source_url": "https://example.org/risotto",
}  # fmt: skip

FRITTATA = """<!DOCTYPE html>
<html><head><title>Leek Frittata – Pans</title></head><body>
<nav><a href="/">Home</a></nav>
<main><h1>Leek Frittata</h1><p>Serves 2</p>
<h2>Ingredients</h2><ul><li>1 leek, sliced</li><li>4 eggs</li><li>30 g butter</li></ul>
<h2>Method</h2><ol><li>Soften the leek in the butter.</li><li>Pour in the eggs, and cook until set – about 8
minutes.</li></ol></main><footer>© Pans</footer></body></html>"""

PAPRIKA = {
    "uid": "C918EB00-71BE-4AEE-A215-963735180001",
    "created": "2025-03-01 18:06:46",
    "hash": "0" * 64,
    "name": "Chickpea Stew",
    "description": "Warming.",
    "ingredients": "1 tbsp olive oil\n2 tins chickpeas, drained\n\nFor the topping:\n1/2 bunch parsley\nsalt & pepper",
    "directions": "1. Heat the **oil**, and add the chickpeas. [photo:steps]\n\n2. Simmer for 20 minutes.\n\n"
    "For the topping:\nScatter the parsley.",
    "notes": "Even better with lemon.",
    "nutritional_info": "300 kcal",
    "servings": "Serves 4",
    "difficulty": "Easy",
    "prep_time": "10 mins",
    "cook_time": "25 mins",
    "total_time": "35 mins",
    "source": "example.org",
    "source_url": "https://www.example.org/chickpea-stew/",
    "image_url": "https://www.example.org/stew.jpg",
    "categories": ["Main course", "Pulses"],
    "rating": 5,
    "photo": "x.jpg",
    "photo_data": "/9j/4AAQSkZJRg==",
    "photos": [],
}


def saved_as_mhtml(html: str) -> bytes:
    """A page as Chrome's "Single File" has it."""
    page = "".join(f"{line}\r\n" for line in quopri.encodestring(html.encode()).decode("ascii").split("\n"))
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://pans.example.org/frittata\r\n"
        'Subject: Frittata\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----MultipartBoundary--x----"\r\n\r\n\r\n'
    )
    part = (
        "------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://pans.example.org/frittata\r\n\r\n{page}\r\n"
    )
    return f"{head}{part}------MultipartBoundary--x------\r\n".encode("ascii")


def saved_by_safari(html: str) -> bytes:
    """A page as Safari's "Web Archive" has it."""
    resource = {
        "WebResourceData": html.encode(), "WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://pans.example.org/frittata", "WebResourceFrameName": "",
    }  # fmt: skip
    return plistlib.dumps({"WebMainResource": resource, "WebSubresources": []}, fmt=plistlib.FMT_BINARY)


def packed(entries: Mapping[str, bytes | str]) -> bytes:
    """A zip with these files, the same bytes whenever it is made."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def gzipped(data: object) -> bytes:
    return gzip.compress(json.dumps(data).encode(), mtime=0)


def archives() -> dict[str, bytes]:
    """Every archive by its name."""
    dal, toast = json.dumps(MEALIE), json.dumps(MEALIE_LATER)
    one = packed({"recipe.json": json.dumps(TANDOOR), "image.png": PIXEL})
    second = {**PAPRIKA, "uid": "2", "name": "Nonna's Beans", "source_url": "", "source": "Nonna", "image_url": None}
    return {
        "saved-page.mhtml": saved_as_mhtml(FRITTATA),
        "saved-page.webarchive": saved_by_safari(FRITTATA),
        "mealie-export.zip": packed(
            {
                "recipes/lentil-dal-with-spinach/lentil-dal-with-spinach.json": dal,
                "recipes/lentil-dal-with-spinach/images/original.webp": PIXEL,
                "recipes/lentil-dal-with-spinach/assets/shop.txt": "1 bag of lentils",
                "recipes/tomato-toast/tomato-toast.json": toast,
            }
        ),
        "mealie-backup.zip": packed(
            {"database.json": json.dumps(MEALIE_TABLES), "data/recipes/a1/images/a.webp": PIXEL}
        ),
        "tandoor-export.zip": packed({"Mushroom_Risotto.zip": one}),
        "paprika-export.paprikarecipes": packed(
            {"Chickpea Stew.paprikarecipe": gzipped(PAPRIKA), "Nonna's Beans.paprikarecipe": gzipped(second)}
        ),
        "flavorbot-export.zip": packed(
            {
                "recipes/creme-of-pea-soup.jsonld": json.dumps(to_jsonld(SOUP)),
                "recipes/creme-of-pea-soup.md": to_markdown(SOUP),
                "collections.json": '{"collections": []}',
                "README.txt": "1 recipe from FlavorBot, 2026-11-26\n",
            }
        ),
    }


if __name__ == "__main__":
    for name, content in archives().items():
        (FILES / name).write_bytes(content)
