"""A made-up box of everyday dishes, with words that are near each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flavorbot.model import Card, Page, RecipeQuery
from flavorbot.searching.index import BoxIndex, find
from flavorbot.searching.postings import Gathering
from flavorbot.searching.words import further_words

DISHES = """
Crème brûlée: double cream, egg yolk, sugar, vanilla | Torch the top until it cracks.
Chicken tikka masala: chicken thighs, yoghurt, garam masala, tomatoes, double cream | Char the chicken under the grill.
Chickpea curry: chickpeas, coconut milk, spinach, onion | Simmer and finish with lime.
Lemon chicken traybake: chicken thighs, lemon, potatoes, thyme | Roast until the skin is crisp.
Lime and coconut cake: flour, butter, eggs, lime, desiccated coconut | Bake in a loaf tin.
Pea and mint soup: frozen peas, mint, vegetable stock | Blend until smooth.
Pear and walnut salad: pears, walnuts, blue cheese, rocket | Toss and serve.
Beef bourguignon: stewing beef, red wine, mushrooms, bacon | Braise slowly in the oven.
Bean chilli: kidney beans, chopped tomatoes, cumin, chilli powder | Simmer for an hour.
Blueberry pancakes: blueberries, flour, buttermilk, eggs | Fry in butter until golden.
Jalapeño cornbread: cornmeal, jalapeños, cheddar, eggs | Bake until golden.
Spaghetti carbonara: spaghetti, guanciale, egg yolks, pecorino | Toss off the heat.
Aubergine parmigiana: aubergines, mozzarella, passata, basil | Bake until it bubbles.
Roast potatoes: potatoes, goose fat, rosemary | Shake the pan so that they fluff.
Grandma’s apple pie: bramley apples, flour, butter, cinnamon | Bake on a hot tray.
Kimchi fried rice: kimchi, cooked rice, egg, sesame oil | Top with an egg.
味噌汁 miso soup: miso paste, tofu, wakame, spring onions | Do not let it boil.
Salmon en croûte: salmon, puff pastry, dill, crème fraîche | Seal the edges.
Leek and potato soup: leeks, potatoes, cream | Sweat the leeks in butter.
Tofu stir-fry: tofu, pak choi, soy sauce, ginger, garlic | Fry over a fierce heat.
"""
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def a_card(number: int, title: str, *words: str, **changes: object) -> Card:
    values: dict[str, object] = {
        "id": f"{number:026}",
        "title": title,
        "category": "dinner",
        "cuisine": None,
        "servings": 2,
        "total_minutes": None,
        "diets": (),
        "allergens": (),
        "tags": (),
        "rating": None,
        "words": words,
        "created_at": FIRST,
        "updated_at": FIRST + timedelta(hours=number),
        "version": 1,
    }
    return Card(**values | changes)  # type: ignore[arg-type]


def found(q: str, **asked: object) -> Page:
    """What a person finds in the box of dishes."""
    listed = []
    for number, line in enumerate(DISHES.strip().splitlines()):
        dish, _, steps = line.partition(" | ")
        title, _, foods = dish.partition(": ")
        listed.append((a_card(number, title, *foods.split(", ")), further_words((title, foods), [steps])))
    query = RecipeQuery(**{"q": q, "sort": "best", **asked})  # type: ignore[arg-type]
    gathering = Gathering()
    return find(BoxIndex(gathering.passing(listed)), gathering.words(), query, None, 24, str)


def titles(q: str, **asked: object) -> list[str]:
    return [card.title for card in found(q, **asked).items]
