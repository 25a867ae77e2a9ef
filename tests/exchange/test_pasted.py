"""Recipes as people copy or type them: with headings, without, in capitals, in other languages."""

from __future__ import annotations

import pytest

from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import rating, servings
from flavorbot.exchange.reading import read_text
from flavorbot.model import Recipe
from flavorbot.writing import ingredient_lines


def _read(text: str) -> Recipe:
    (found,) = read_text(text)
    assert found.recipe, found.reason
    return found.recipe


def _steps(recipe: Recipe) -> list[str]:
    return [step.text for step in recipe.instructions]


def test_without_headings_it_is_told_apart_by_its_looks() -> None:
    chili = _read(
        "Best chili\nby Tom\n\n2 lbs ground beef\n2 cans (15 oz) kidney beans, drained\nsalt and pepper\n\n"
        "Brown the beef in a large pot over medium heat.\nAdd everything else.\n"
    )
    assert (chili.title, chili.description) == ("Best chili", "by Tom")
    assert ingredient_lines(chili) == [
        "2 lb ground beef", "2 tins kidney beans, 15 oz each; drained", "salt and pepper",
    ]  # fmt: skip
    assert _steps(chili) == ["Brown the beef in a large pot over medium heat.", "Add everything else."]


def test_what_begins_with_an_amount_is_no_title() -> None:
    assert ingredient_lines(_read("1 egg\n2 tbsp milk\nWhisk and fry.")) == ["1 egg", "2 tbsp milk"]
    assert _read("3 bean chilli\n1 tin kidney beans\nHeat it.").title == "3 bean chilli"


def test_what_a_page_prints_around_a_recipe_is_left_out() -> None:
    masala = _read(
        "Print Recipe\nTikka masala\n★★★★★ 4.8 from 120 votes\nPrep Time\n15 mins\nTotal Time\n1 hr 10 mins\n"
        "Servings: 4 people\n\nIngredients\n1x2x3x\nFor the marinade:\n▢ 200 g yoghurt\nFor the sauce\n▢ 1 onion\n"
        "Instructions\nFry it.\nNutrition\nCalories: 400 kcal\nNotes\nFreeze leftovers.\nKeywords: curry, easy"
    )
    assert (masala.title, masala.servings, masala.prep_minutes, masala.total_minutes) == ("Tikka masala", 4, 15, 70)
    assert ingredient_lines(masala) == ["For the marinade:", "200 g yoghurt", "For the sauce:", "1 onion"]
    assert (_steps(masala), masala.notes, masala.tags) == (["Fry it."], "Freeze leftovers.", ("curry", "easy"))


def test_other_languages_headings_are_known() -> None:
    pancakes = _read("Pfannkuchen\n\nZutaten:\n250 g Mehl\n3 Eier\n\nZubereitung:\nAlles verrühren.")
    assert (ingredient_lines(pancakes), _steps(pancakes)) == (["250 g Mehl", "3 Eier"], ["Alles verrühren."])


def test_a_numbered_step_goes_on_in_the_next_line() -> None:
    soup = _read(
        "Soup\n\nIngredients\n1 leek\n\nMethod\n1. Slice the leek\nfinely.\n2. Boil it.\n\nTip: add cream.\nServes 2"
    )
    assert _steps(soup) == ["Slice the leek finely.", "Boil it."]
    assert (soup.notes, soup.servings) == ("add cream.", 2)


def test_a_word_in_capitals_is_a_heading_unless_it_is_a_food() -> None:
    text = "Cake\nIngredients\nSPONGE\n100 g flour\nSALT\nCRUMB\n50 g butter\nMethod\nBake."
    assert ingredient_lines(_read(text)) == ["SPONGE:", "100 g flour", "SALT", "CRUMB:", "50 g butter"]


def test_an_assistants_answer_is_read_without_its_stars_and_greeting() -> None:
    noodles = _read(
        "Here's a simple recipe:\n\n**Garlic noodles**\n\n**Ingredients:**\n- 8 oz egg noodles\n- 1/4 cup butter\n\n"
        "**Instructions:**\n1. **Cook:** Boil until tender.\n2. Melt the *butter*."
    )
    assert (noodles.title, noodles.description) == ("Garlic noodles", "")
    assert ingredient_lines(noodles) == ["8 oz egg noodles", "¼ cup butter"]
    assert _steps(noodles) == ["Cook: Boil until tender.", "Melt the butter."]


def test_facts_before_a_note_are_read() -> None:
    front = '---\ntitle: "Pad Thai"\ntags: [noodles, "quick"]\nsource:\n  url: https://a.example/x\nservings: 3\n---\n'
    thai = _read(f"{front}![[thai.jpg]]\n\n## Ingredients\n- 200 g rice noodles\n\n## Method\n- Soak them.\n")
    assert (thai.title, thai.tags, thai.servings) == ("Pad Thai", ("noodles", "quick"), 3)
    assert (thai.source.url, thai.description) == ("https://a.example/x", "")
    lists = "---\ntitle: Eggs\ntags:\n  - quick\n  - soft\ntime:\n  prep: 5 min\n  cook: 10 min\n---\nBoil @eggs{4}.\n"
    eggs = _read(lists)
    assert (eggs.title, eggs.tags, eggs.prep_minutes, eggs.cook_minutes) == ("Eggs", ("quick", "soft"), 5, 10)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Just a sentence about nothing in particular, really.", "No ingredients were found in it."),
        ("Soup\nIngredients\n" + "1 leek\n" * 101 + "Method\nBoil.", "It has 101 ingredients; a recipe can have 100."),
        ("Soup\nIngredients\n1 leek\nMethod\n" + "Boil.\n" * 101, "It has 101 steps; a recipe can have 100."),
        (
            "Soup\nIngredients\n1 leek\nMethod\nBoil.\nNotes\n" + "x" * 5_001,
            "Its notes are longer than 5,000 characters.",
        ),
        ("   ", "There is nothing in it."),
    ],
)
def test_what_does_not_come_in_says_why(text: str, reason: str) -> None:
    (found,) = read_text(text)
    assert (found.recipe, found.reason) == (None, reason)


def test_what_is_too_long_for_its_place_moves_and_is_not_lost() -> None:
    soup = _read(f"{'Long ' * 50}soup\n{'Told. ' * 400}\nIngredients\n1 leek\nMethod\n{'Stir. ' * 400}")
    assert len(soup.title) <= 200
    assert len(soup.description) <= 2_000
    assert soup.notes.startswith(f"{'Long ' * 50}soup\n\nTold.")
    assert (len(soup.instructions), sum(step.text.count("Stir") for step in soup.instructions)) == (2, 400)


def test_more_tags_than_there_is_room_for_are_told() -> None:
    (found,) = read_text(
        f"Soup\nTags: {', '.join(f't{place}' for place in range(60))}\nIngredients\n1 leek\nMethod\nBoil."
    )
    assert found.recipe
    assert (len(found.recipe.tags), found.remarks) == (50, ("10 of its 60 tags were left out.",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("PT1H30M", 90), ("P1DT2H", 1560), ("PT90S", 2), ("1 hr 30 mins", 90), ("1h30", 90), ("1h 5m", 65),
        ("1:30", 90), ("45", 45), (45, 45), ("1 1/2 hours", 90), ("1½ hours", 90), ("1,5 h", 90), ("1 mile", None),
        ("½ hour", 30), ("half an hour", 30), ("an hour", 60), (["PT5M"], 5), ({"@value": "PT5M"}, 5), ("soon", None),
        ("", None), (None, None), (True, None), (-5, None), ("PT0M", None), ("9" * 90, None), (float("nan"), None),
        (float("inf"), None),
    ],
)  # fmt: skip
def test_times_are_read_as_programs_write_them(said: object, expected: int | None) -> None:
    assert minutes(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Serves 4", 4), ("4-6 people", 4), ("1 loaf (12 slices)", 12), (6, 6), ("Makes 24 biscuits", 24),
        ("500 ml", None), ("", None), ("0", None), ("1000 servings", None), ("plenty", None),
    ],
)  # fmt: skip
def test_servings_are_what_people_eat(said: object, expected: int | None) -> None:
    assert servings(said) == expected


@pytest.mark.parametrize(
    ("said", "stars"), [(5, 5), ("4.5", 5), (0, None), ("0", None), (6, None), ("many", None), (float("nan"), None)]
)
def test_stars_are_one_to_five(said: object, stars: int | None) -> None:
    assert rating(said) == stars
