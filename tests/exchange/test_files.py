"""The files that people bring: exports of other programs, saved pages and notes, each in its real shape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flavorbot.exchange.reading import Found, read_file
from flavorbot.model import Recipe
from flavorbot.writing import ingredient_lines
from tests.exchange.recipes import SOUP
from tests.exchange.samples import FILES, archives


def _found(name: str) -> list[Found]:
    return list(read_file(name, (FILES / name).read_bytes()))


def _only(name: str) -> Recipe:
    (found,) = _found(name)
    assert found.recipe, found.reason
    return found.recipe


def _steps(recipe: Recipe) -> list[str]:
    return [step.text for step in recipe.instructions]


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_every_sample_brings_in_a_recipe_with_all_that_it_has(path: Path) -> None:
    found = list(read_file(path.name, path.read_bytes()))
    recipes = [each.recipe for each in found if each.recipe]
    assert recipes
    assert all(recipe.title and recipe.ingredients and recipe.instructions for recipe in recipes)
    assert all(each.reason for each in found if not each.recipe)


def test_the_archives_are_those_that_the_module_makes() -> None:
    assert {name: (FILES / name).read_bytes() for name in archives()} == archives()


def test_mealies_export_keeps_foods_apart_from_their_amounts() -> None:
    dal, toast = _found("mealie-export.zip")
    assert dal.recipe
    assert toast.recipe
    assert ingredient_lines(dal.recipe) == [
        "250 g red lentils, rinsed",
        "1½ tbsp rapeseed oil",
        "To finish:",
        "200 g spinach, washed",
        "Salt, to taste",
    ]
    assert _steps(dal.recipe) == [
        "Simmer the lentils in 1 litre of water for 25 minutes.",
        "To finish: Stir in the spinach and the oil; salt.",
    ]
    assert (dal.recipe.prep_minutes, dal.recipe.cook_minutes, dal.recipe.total_minutes) == (10, 35, 45)
    assert (dal.recipe.tags, dal.recipe.rating, dal.recipe.servings) == (("Weeknight", "Freezes"), 4, 4)
    assert dal.recipe.description == "A thick dal & plenty of spinach."
    assert "Tip: Thicker on the second day." in dal.recipe.notes
    assert dal.recipe.source.url == "https://example.org/dal"
    assert ingredient_lines(toast.recipe) == ["4 slices bread", "2 tomatoes, ripe"]


def test_mealies_backup_is_put_together_from_its_tables() -> None:
    porridge, nothing = _found("mealie-backup.zip")
    assert porridge.recipe
    assert ingredient_lines(porridge.recipe) == ["100 g rolled oats", "400 ml milk"]
    assert (porridge.recipe.category, porridge.recipe.tags, porridge.recipe.rating) == ("breakfast", ("quick",), 5)
    assert porridge.recipe.notes == "Good with pears."
    assert (nothing.title, nothing.recipe, nothing.reason) == (
        "Nothing Yet", None, "No ingredients were found in it.",
    )  # fmt: skip


def test_tandoors_steps_keep_their_ingredients_and_names() -> None:
    risotto = _only("tandoor-export.zip")
    assert ingredient_lines(risotto) == [
        "Base:",
        "300 g risotto rice",
        "2 shallots, finely chopped",
        "2 tbsp butter",
        "Finish:",
        "250 g chestnut mushrooms",
        "On top:",
        "Parmesan, grated",
    ]
    assert _steps(risotto) == [
        "Base: Soften the shallots in the butter.",
        "Add 300 g risotto rice and stir for 2 minutes.",
        "Finish: Fry the mushrooms, and fold them in with the cheese.",
    ]
    assert [step.minutes for step in risotto.instructions] == [None, None, 10]
    assert (risotto.prep_minutes, risotto.cook_minutes, risotto.servings) == (15, 25, 4)


def test_paprikas_recipes_come_without_its_marks() -> None:
    stew, beans = _found("paprika-export.paprikarecipes")
    assert stew.recipe
    assert beans.recipe
    assert ingredient_lines(stew.recipe) == [
        "1 tbsp olive oil",
        "2 tins chickpeas, drained",
        "For the topping:",
        "½ bunch parsley",
        "salt & pepper",
    ]
    assert _steps(stew.recipe) == [
        "Heat the oil, and add the chickpeas.",
        "Simmer for 20 minutes.",
        "For the topping: Scatter the parsley.",
    ]
    assert (stew.recipe.category, stew.recipe.tags, stew.recipe.rating) == ("dinner", ("Pulses",), 5)
    assert stew.recipe.notes == "Even better with lemon.\n\nDifficulty: Easy"
    assert (beans.title, beans.url) == ("Nonna's Beans", None)
    assert beans.recipe.notes.endswith("Source: Nonna")


def test_our_own_zip_brings_each_recipe_once_and_whole() -> None:
    soup = _only("flavorbot-export.zip")
    assert soup == replace(SOUP, id=None, created_at=None, updated_at=None, version=0)


def test_a_page_that_paprika_wrote_keeps_notes_and_stars() -> None:
    toast = _only("paprika-page.html")
    assert ingredient_lines(toast)[2:] == ["TOAST:", "2 slices sourdough bread"]
    assert _steps(toast) == ["Warm the beans with the paprika.", "Toast the bread.", "Pile the beans on it."]
    assert (toast.notes, toast.rating, toast.category) == ("Add an egg on Sundays.", 4, "breakfast")


def test_recipesages_headings_and_own_notes_come_along() -> None:
    pancakes, idea = _found("recipesage-data.json")
    assert pancakes.recipe
    assert ingredient_lines(pancakes.recipe) == [
        "Batter:", "150 g buckwheat flour", "2 eggs", "300 ml milk", "To serve:", "4 tbsp yoghurt",
    ]  # fmt: skip
    assert _steps(pancakes.recipe)[0] == "Batter: Whisk everything, and let it rest for 30 minutes."
    assert _steps(pancakes.recipe)[2] == "To serve: Spoon the yoghurt over."
    assert pancakes.recipe.notes == "Use oat milk for Tom.\n\nSource: Aunt Ida"
    assert (pancakes.recipe.rating, pancakes.recipe.total_minutes) == (5, 50)
    assert idea.reason == "No ingredients were found in it."


def test_recipesages_text_holds_several_recipes() -> None:
    soup, dip = _found("recipesage-data.txt")
    assert soup.recipe
    assert dip.recipe
    assert ingredient_lines(soup.recipe)[2:] == ["To finish:", "2 tbsp cream"]
    assert _steps(soup.recipe)[2] == "To finish: Blend, and stir in the cream."
    assert (soup.recipe.tags, soup.recipe.rating) == (("soup", "freezer"), 3)
    assert (dip.recipe.servings, dip.recipe.total_minutes, dip.url) == (6, None, "https://example.org/dip")


def test_a_saved_page_is_read_from_its_json_ld() -> None:
    loaf = _only("saved-page.html")
    assert ingredient_lines(loaf)[4:] == [
        "1 lemon, zest only", "For the drizzle:", "1½ lemons, juiced", "85 g caster sugar",
    ]  # fmt: skip
    assert _steps(loaf)[1] == "Fold in flour and zest. Bake at 180°C for 45–50 minutes."
    assert (loaf.servings, loaf.category, loaf.cuisine, loaf.total_minutes) == (10, "dessert", "British", 65)
    assert (loaf.notes, loaf.rating) == ("Makes 1 loaf (10 slices).", None)
    assert loaf.source.url == "https://bakes.example.org/lemon-drizzle-loaf"


def test_a_page_with_microdata_is_read_and_strangers_stars_are_not() -> None:
    salad = _only("microdata-page.html")
    assert ingredient_lines(salad) == ["4 ripe tomatoes", "1 tbsp olive oil", "Salt & pepper"]
    assert _steps(salad) == ["Slice the tomatoes.", "Dress them with oil, salt and pepper."]
    assert (salad.rating, salad.total_minutes, salad.source.url) == (None, 10, "https://salads.example.org/tomato")


@pytest.mark.parametrize("name", ["saved-page.mhtml", "saved-page.webarchive"])
def test_a_page_saved_as_one_file_is_read_from_its_text(name: str) -> None:
    frittata = _only(name)
    assert (frittata.title, frittata.servings) == ("Leek Frittata", 2)
    assert ingredient_lines(frittata) == ["1 leek, sliced", "4 eggs", "30 g butter"]
    assert _steps(frittata) == [
        "Soften the leek in the butter.",
        "Pour in the eggs, and cook until set – about 8 minutes.",
    ]
    assert frittata.source.url == "https://pans.example.org/frittata"


def test_cooklang_becomes_a_list_and_plain_steps() -> None:
    pancakes = _only("easy-pancakes.cook")
    assert ingredient_lines(pancakes) == [
        "3 eggs",
        "125 g plain flour",
        "250 ml milk",
        "1 pinch sea salt",
        "To serve:",
        "1 tbsp butter, or oil",
        "lemon (optional)",
    ]
    assert _steps(pancakes) == [
        "Crack the eggs into a blender, then add the plain flour, milk and sea salt, and blitz.",
        "Leave to stand for 15 minutes.",
        "To serve: Melt the butter in a large frying pan, and fry each pancake for 2 minutes a side. Serve with lemon.",
    ]
    assert (pancakes.servings, pancakes.tags, pancakes.category) == (3, ("quick", "sweet"), "dessert")


def test_notes_in_markdown_are_read_by_their_headings() -> None:
    oats = _only("notes.md")
    assert ingredient_lines(oats) == [
        "100 g rolled oats",
        "250 ml oat drink",
        "On top:",
        "1 grated apple",
        "1 tbsp toasted seeds (optional)",
    ]
    assert (oats.description, oats.notes) == ("Made the evening before.", "Keeps for three days.")
    assert _steps(oats) == ["Stir oats and drink together, and chill overnight.", "Top with apple and seeds."]
    assert (oats.total_minutes, oats.category, oats.tags) == (10, "breakfast", ("vegan", "make ahead"))
    assert oats.rating == 4


def test_a_letter_is_read_by_its_headings_too() -> None:
    crumble = _only("grandmas-letter.txt")
    assert ingredient_lines(crumble)[2:] == [
        "For the crumble:", "200 g plain flour", "100 g butter", "100 g demerara sugar",
    ]  # fmt: skip
    assert _steps(crumble)[0] == "Peel and slice the apples, and put them into a dish with the sugar."
    assert (crumble.servings, crumble.prep_minutes, crumble.cook_minutes) == (6, 20, 40)
    assert crumble.notes == "Custard is not optional.\n\nSource: Grandma Rose"


@pytest.mark.parametrize("name", ["easy-pancakes.cook", "saved-page.html", "tandoor-export.zip", "mealie-backup.zip"])
def test_what_a_file_is_shows_its_content_not_its_name(name: str) -> None:
    content = (FILES / name).read_bytes()
    assert list(read_file("whatever.bin", content)) == list(read_file(name, content))
