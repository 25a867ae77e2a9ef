"""An exclusion covers what the person meant, however they wrote it, and says so when it means nothing to us."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.groups import covers, meant_by
from flavorbot.kitchen.lexicon import read_rows

COVERED = [
    ("mushroms", "mushroom"), ("onoins", "onion"), ("brocolli", "broccoli"), ("chiken", "chicken thigh"),
    ("garlick", "garlic"), ("no onions", "onion"), ("Pilze", "oyster mushroom"), ("ail", "garlic-infused oil"),
    ("Zwiebeln", "spring onion"), ("poulet", "chicken thigh"), ("cruciferous vegetables", "kale"),
    ("leafy greens", "spinach"), ("herbs", "basil"), ("spices", "cumin"), ("pulses", "chickpea"),
    ("coriander", "coriander leaf"), ("cheese", "cheddar"), ("Käse", "feta"), ("nightshades", "aubergine"),
    ("without nuts", "walnut"), ("shelfish", "prawn"), ("chilies", "chilli"),
    ("pulses", "tofu"), ("legumes", "peanut butter"), ("legumes", "pea"), ("legumes", "soy sauce"),
    ("seeds", "pumpkin seed"), ("stone fruit", "damson"), ("latex fruits", "kiwi"),
]  # fmt: skip
LEFT_ALONE = [
    ("garlic", "onion"), ("milk", "coconut milk"), ("butter", "peanut butter"), ("nuts", "nutmeg"),
    ("chicken", "chickpea"), ("pepper", "peppermint"), ("mushrooms", "aubergine"), ("xyzzy", "rice"),
    ("garlic", "butter"), ("garlic", "tinned tomatoes"), ("garlic", "soy sauce"),
    ("garlic", "low-fodmap vegetable stock"), ("tomatoes", "chicken stock"), ("cheese", "yogurt"),
    ("cheese", "butter"), ("beans", "soy sauce"),
    ("stone fruit", "cherry tomato"), ("citrus", "lemongrass"), ("nightshades", "black pepper"),
    ("nightshades", "sweet potato"), ("latex fruits", "water chestnut"), ("chilli", "black pepper"),
    ("pork", "gouda"), ("corn", "plain flour"),
]  # fmt: skip
MADE_WITH = [
    ("cheese", "paneer|pesto|pizza|quiche|ravioli|cheese sauce|cheesecake|caesar dressing|cannelloni"),
    ("garlic", "chicken stock|stock cube|pesto|hummus|kimchi|red curry paste|harissa|tomato pasta sauce|chorizo"),
    ("onion", "vegetable stock|gravy|curry sauce|sausage|falafel|baked beans"),
    ("nightshades", "harissa|red curry paste|chorizo|paprika|curry powder|cajun seasoning|gnocchi"),
    ("tomatoes", "harissa|ketchup|baked beans|barbecue sauce|pizza"),
    ("chilli", "curry powder|kimchi|chorizo|gochujang|red curry paste"),
    ("corn", "cornflour|baking powder|polenta|corn tortilla|popcorn|golden syrup"),
    ("coconut", "thai curry|laksa|pina colada|chicken korma"), ("kiwi", "tinned fruit|sorbet"),
    ("banana", "vegan ice cream|muffin"), ("citrus", "lemon curd|hummus|ponzu|mayonnaise"),
    ("stone fruit", "jam|tinned fruit|amaretto"), ("mushrooms", "creamy pasta sauce|stroganoff"),
    ("ginger", "curry powder|kimchi|mixed spice"), ("cinnamon", "garam masala|mixed spice|mincemeat"),
    ("pepper", "garam masala|sausage|caesar dressing"), ("coriander", "curry powder|falafel|garam masala"),
    ("yeast", "bread|pizza|beer|stock cube"), ("vinegar", "ketchup|mustard|mayonnaise|pickle"),
    ("alcohol", "tiramisu|white wine|vanilla extract"), ("caffeine", "dark chocolate|cocoa powder|tiramisu"),
    ("gelatine", "marshmallow|sweets|jelly"), ("pork", "gelatine|refried beans|flour tortilla|gravy"),
    ("beef", "gelatine|gravy|gyoza"), ("red meat", "gravy|gelatine"), ("shellfish", "fish stock|xo sauce|paella"),
    ("latex fruits", "guacamole|ketchup|chestnut puree"), ("honey", "muesli|baklava"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), COVERED)
def test_what_was_meant_is_left_out(word: str, name: str) -> None:
    assert covers(word, foods()[name])


@pytest.mark.parametrize(("word", "name"), LEFT_ALONE)
def test_what_was_not_meant_stays(word: str, name: str) -> None:
    if name in foods():
        assert not covers(word, foods()[name])


@pytest.mark.parametrize("word", ["xyzzy", "things my aunt likes", "…"])
def test_what_is_not_known_is_told(word: str) -> None:
    assert meant_by(word) is None


@pytest.mark.parametrize(("word", "names"), MADE_WITH)
def test_made_foods_are_covered_by_what_is_in_them(word: str, names: str) -> None:
    assert not [name for name in names.split("|") if not covers(word, foods()[name])]


def test_the_table_of_made_foods_names_known_foods_only() -> None:
    shelves = {food.category for food in foods().values()}
    known = {*foods(), *shelves, *(f"savoury {shelf}" for shelf in shelves)}
    named = {
        part
        for row in read_rows("made_with.csv")
        for key in ("foods", "shelves", "but")
        for part in row[key].split("|")
    }
    assert not sorted(named - known - {""})


@pytest.mark.parametrize("word", [base for row in read_rows("made_with.csv") for base in row["bases"].split("|")])
def test_what_made_foods_hold_is_known(word: str) -> None:
    assert meant_by(word)


@pytest.mark.parametrize("word", ["garlic", "onion", "cheese", "corn", "legumes", "nightshades", "latex fruits"])
def test_an_exclusion_leaves_plain_foods_to_cook(word: str) -> None:
    plain = ("chicken breast", "salmon", "egg", "rice", "carrot", "broccoli", "olive oil", "apple", "oats")
    assert not [name for name in plain if covers(word, foods()[name])]
