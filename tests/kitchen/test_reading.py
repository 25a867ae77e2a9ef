"""Reading one ingredient line: amount, unit, food, note, and what is refused or not known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.wishes import read_wish


@pytest.mark.parametrize(
    ("line", "quantity", "unit"),
    [
        ("200g rice", 200, "g"),
        ("½ tsp salt", 0.5, "tsp"),
        ("1½ cups flour", 1.5, "cup"),
        ("1 1/2 cups flour", 1.5, "cup"),
        ("0,5 l Milch", 0.5, "l"),
        ("2-3 carrots", 2, None),
        ("a tin of chopped tomatoes", 1, "tin"),
        ("2 x 400g tins chopped tomatoes", 2, "tin"),
        ("1 (14-ounce) can chickpeas", 1, "tin"),
        ("2 lb 4 oz beef", 2.25, "lb"),
        ("1,000 g flour", 1000, "g"),
        ("two cloves of garlic", 2, "clove"),
        ("4 cloves", 4, None),
        ("juice of half a lemon", 0.5, None),
        ("chicken, 500 g", 500, "g"),
        ("eggs x 3", 3, None),
        ("a dozen eggs", 12, None),
        ("2 EL Öl", 2, "tbsp"),
        ("2 cuillères à soupe d'huile d'olive", 2, "tbsp"),
        ("1dl cream", 100, "ml"),
        ("small bunch of dill", 1, "bunch"),
        ("salt", None, None),
        ("five spice powder", None, None),
        ("half and half", None, None),
    ],
)
def test_amounts_are_read_as_written(line: str, quantity: float | None, unit: str | None) -> None:
    reading = read_line(line)
    assert (reading.kind, reading.quantity, reading.unit) == ("food", quantity, unit)


@pytest.mark.parametrize(
    ("line", "food"),
    [
        ("chicken stock", "chicken stock"),
        ("coconut light milk", "coconut milk"),
        ("milk, coconut", "coconut milk"),
        ("soysauce", "soy sauce"),
        ("pea nuts", "peanut"),
        ("garlic cloves, minced", "garlic"),
        ("cheddar cheese", "cheddar"),
        ("salmon steaks", "salmon"),
        ("orange peppers", "bell pepper"),
        ("Heinz baked beans", "baked beans"),
        ("🍅 tomatoes 🍅", "tomato"),
        ("to\u200bma\u200dto", "tomato"),
    ],
)
def test_the_head_of_a_phrase_is_the_food(line: str, food: str) -> None:
    found = read_line(line).food
    assert found is not None
    assert found.name == food


@pytest.mark.parametrize(
    "line",
    [
        "hemp cheese", "chicken-style pieces", "walnut dressing", "mystery meat", "zorbax", "vegan crab cakes",
        "", "12", "🍕", "walnut-crusted chicken", "sesame-free hummus", "x" * 400,
    ],
)  # fmt: skip
def test_what_is_not_known_stays_unknown(line: str) -> None:
    reading = read_line(line)
    assert (reading.kind, reading.food) == ("unknown", None)


@pytest.mark.parametrize(
    "line", ["2 tbsp bleach", "Death cap mushrooms", "antifreeze", "raw rhubarb leaves", "chicken and bleach"]
)
def test_poisons_are_refused_by_name(line: str) -> None:
    reading = read_line(line)
    assert reading.kind == "poison"
    assert reading.reason


@pytest.mark.parametrize("line", ["soap", "soap nuts", "my dog", "cat food", "plastic bag", "a candle"])
def test_things_are_not_food(line: str) -> None:
    assert read_line(line).kind == "not_food"


@pytest.mark.parametrize(
    "line", ["unbleached flour", "rocket", "hot dogs", "dragon fruit", "table salt", "string cheese", "monkey nuts"]
)
def test_innocents_are_not_refused(line: str) -> None:
    assert read_line(line).kind == "food"


def test_a_mended_typo_is_told() -> None:
    reading = read_line("2 tins of chikpeas")
    assert reading.food is not None
    assert (reading.food.name, reading.respelt) == ("chickpea", "chickpeas")


@pytest.mark.parametrize("word", ["rise", "mik", "eg", "frsh"])
def test_short_words_are_never_mended(word: str) -> None:
    assert read_line(word).respelt is None


def test_a_line_may_name_several_foods() -> None:
    assert [food.name for food in read_line("salt and pepper").foods] == ["salt", "black pepper"]


def test_unknown_words_ahead_are_kept_in_sight() -> None:
    reading = read_line("zorbax chicken thighs")
    assert (reading.kind, reading.unread) == ("food", ("zorbax",))


def test_name_and_note_are_parted() -> None:
    reading = read_line("200 g firm tofu (smoked), cut into cubes")
    assert (reading.name, reading.note) == ("firm tofu", "smoked; cut into cubes")


def test_steps_name_foods_longest_first() -> None:
    names = [food.name for food in find_foods("Add the coconut milk, butter beans and the peanut butter.")]
    assert names == ["coconut milk", "butter bean", "peanut butter"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_line(text)
    read_wish(text)
    check([text], [text])


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["2 tins chopped tomatoes", "vegan butter", "chikpeas", "Worcestershire sauce", "zorbax oil"]),
    st.data(),
)
def test_case_and_spaces_change_nothing(line: str, data: st.DataObject) -> None:
    spaced = "".join(char + " " * (char == " " and data.draw(st.booleans())) for char in line)
    changed = "".join(char.upper() if data.draw(st.booleans()) else char for char in spaced)
    one, other = read_line(line), read_line(f"  {changed}\t")
    assert (one.kind, one.food, one.quantity, one.unit) == (other.kind, other.food, other.quantity, other.unit)


@pytest.mark.parametrize(("line", "allergen"), [("apple and pear tart", "gluten"), ("tomato tart", "gluten")])
def test_a_tart_is_no_tart_apple(line: str, allergen: str) -> None:
    assert allergen in read_line(line).contains
    assert not read_line("tart apples").contains


@pytest.mark.parametrize(("line", "allergen"), [("egg-free pasta", "eggs"), ("milk-free chocolate", "milk")])
def test_free_joins_no_name_around_it(line: str, allergen: str) -> None:
    assert allergen not in read_line(line).contains


@pytest.mark.parametrize(
    "line", ["200 g butter, straight from the fridge", "2 tbsp cocoa powder, to dust", "1 lemon, on a stick"]
)
def test_a_thing_in_the_note_refuses_no_food(line: str) -> None:
    assert read_line(line).kind == "food"


@pytest.mark.parametrize("line", ["1 fridge", "carrots and soil", "dust of the road", "flour and bleach"])
def test_a_thing_among_the_foods_is_refused(line: str) -> None:
    assert read_line(line).kind in ("not_food", "poison")
