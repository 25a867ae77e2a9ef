"""Whatever goes out comes back: JSON-LD and our own zip wholly, Markdown and Cooklang with all that they can hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from flavorbot.exchange import to_cooklang, to_jsonld, to_markdown
from flavorbot.exchange.reading import read_file, read_jsonld, read_text
from flavorbot.model import Instruction, Recipe, Source
from flavorbot.writing import ingredient_line, ingredient_lines, read_ingredient
from tests.exchange.recipes import recipes
from tests.exchange.samples import packed


@settings(deadline=None)
@given(recipes)
def test_json_ld_comes_back_as_it_was(recipe: Recipe) -> None:
    (found,) = read_jsonld(json.loads(json.dumps(to_jsonld(recipe))))
    assert found.recipe == recipe


@settings(max_examples=50, deadline=None)
@given(st.lists(recipes, min_size=1, max_size=4))
def test_our_own_zip_comes_back_as_it_was(box: Sequence[Recipe]) -> None:
    entries = {f"recipes/{place}.jsonld": json.dumps(to_jsonld(recipe)) for place, recipe in enumerate(box)}
    entries |= {f"recipes/{place}.md": to_markdown(recipe) for place, recipe in enumerate(box)}
    beside = {"collections.json": '{"collections": []}', "README.txt": "Recipes from FlavorBot\n"}
    found = read_file("flavorbot-recipes.zip", packed({**entries, **beside}))
    assert [each.recipe for each in found] == list(box)


def test_what_only_stands_is_not_cooked() -> None:
    step = Instruction(text="Chill for 8 hours.")
    oats = Recipe(
        title="Oats",
        ingredients=(read_ingredient("50 g oats"),),
        instructions=(step,),
        prep_minutes=4,
        cook_minutes=480,
        tags=("no cooking",),
    )
    assert "Standing: 8 hours" in to_markdown(oats)
    (found,) = read_text(to_markdown(oats))
    assert found.recipe
    assert found.recipe.cook_minutes == 480


# What a person may have typed into the form: marks of every kind, but no line breaks, and no comma in a tag.
_MARKS = "*_`~#<>[]{}()\\|&%@+=-.!?:;'\"/$^½é—1aB "
marked = st.text(_MARKS, min_size=1, max_size=30).map(lambda text: f"x{' '.join(text.split())}y")
words = st.lists(
    st.sampled_from("Stir slowly until it is golden, then wait & see: (5-6) turns; 2nd half-way!".split()),
    min_size=1,
    max_size=8,
).map(" ".join)
lines = st.sampled_from(
    "400 g peas|1½ tbsp olive oil|2 tins chickpeas, drained|salt, to taste|1 lime (optional)|3 eggs|½ bunch dill|"
    "a pinch sugar|1 tsp chilli flakes, or more|2 cloves garlic, crushed".split("|")
).map(read_ingredient)
sections = st.sampled_from([None, "Topping", "For the base & sides"])
minutes = st.none() | st.integers(1, 600)


def _of(texts: st.SearchStrategy[str], steps: st.SearchStrategy[str]) -> st.SearchStrategy[Recipe]:
    return st.builds(
        Recipe,
        title=texts,
        ingredients=st.lists(st.tuples(lines, sections), min_size=1, max_size=6, unique_by=lambda each: each[0]).map(
            lambda told: tuple(replace(item, section=section) for item, section in told)
        ),
        instructions=st.lists(steps.map(lambda text: Instruction(text=text)), min_size=1, max_size=4).map(tuple),
        description=st.just("") | texts,
        category=st.sampled_from(["lunch", "dinner", "dessert"]),
        cuisine=st.sampled_from([None, "French", "Tex-Mex", "côte d'azur"]),
        servings=st.integers(1, 24),
        prep_minutes=minutes,
        cook_minutes=minutes,
        total_minutes=minutes,
        tags=st.lists(st.sampled_from(["quick", "for Tom", "é_1", "a*b", "5-a-day"]), unique=True).map(tuple),
        notes=st.just("") | texts,
        rating=st.none() | st.integers(1, 5),
        source=st.builds(
            Source, kind=st.just("import"), url=st.sampled_from([None, "https://example.org/a_b?c=d&e=*f*"])
        ),
    )


def _facts(recipe: Recipe) -> tuple[object, ...]:
    """What every one of these formats holds besides ingredients and steps."""
    prep, cook = recipe.prep_minutes, recipe.cook_minutes
    total = recipe.total_minutes or (prep + cook if prep and cook else None)
    return (
        recipe.title, recipe.description, recipe.category, recipe.cuisine, recipe.servings, recipe.prep_minutes,
        recipe.cook_minutes, total, recipe.tags, recipe.notes, recipe.rating, recipe.source.url,
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(_of(marked, marked | words))
def test_markdown_holds_all_that_is_to_read(recipe: Recipe) -> None:
    (found,) = read_text(to_markdown(recipe))
    assert found.recipe
    assert _facts(found.recipe) == _facts(recipe)
    assert ingredient_lines(found.recipe) == ingredient_lines(recipe)
    assert [step.text for step in found.recipe.instructions] == [step.text for step in recipe.instructions]


@settings(max_examples=200, deadline=None)
@given(_of(words, words))
def test_cooklang_holds_all_but_order_and_sections(recipe: Recipe) -> None:
    (found,) = read_text(to_cooklang(recipe))
    assert found.recipe
    assert _facts(found.recipe) == _facts(recipe)
    assert sorted(map(ingredient_line, found.recipe.ingredients)) == sorted(map(ingredient_line, recipe.ingredients))
    assert [step.text for step in found.recipe.instructions] == [step.text for step in recipe.instructions]


def test_cooklang_steps_come_back_in_the_words_they_had() -> None:
    recipe = Recipe(
        title="Peas",
        ingredients=tuple(map(read_ingredient, ["400 g peas", "2 tbsp olive oil", "1.5 kg flour", "salt"])),
        instructions=(
            Instruction(text="Fry the peas in the olive oil for 5 minutes, at 50% power."),
            Instruction(text="Season with salt [a little] and wait 1 hour."),
        ),
    )
    (found,) = read_text(to_cooklang(recipe))
    assert found.recipe
    assert [step.text for step in found.recipe.instructions] == [step.text for step in recipe.instructions]
    assert {item.name for item in found.recipe.ingredients} == {"peas", "olive oil", "flour", "salt"}
