"""Recipes as Markdown and as Cooklang."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from flavorbot.exchange import to_cooklang, to_markdown
from flavorbot.exchange.reading import read_text
from flavorbot.model import Ingredient, Instruction, Recipe
from tests.exchange.recipes import SOUP, recipes

_INGREDIENT = re.compile(r"@\??([^{@]+)\{([^}]*)\}")


def _read(markdown: str) -> list[tuple[str, str]]:
    """Every block of text with the tag it stands in, as a reader of CommonMark sees it."""
    tokens = MarkdownIt().parse(markdown)
    found = []
    for place, token in enumerate(tokens):
        if token.type == "inline":
            parents = [each.tag for each in tokens[:place] if each.nesting == 1]
            text = "".join("\n" if child.type == "softbreak" else child.content for child in token.children or ())
            kinds = {child.type for child in token.children or ()} - {"text", "text_special", "softbreak"}
            assert not kinds or "link_open" in kinds
            found.append((parents[-1], text))
    return found


def test_markdown_reads_as_it_was_meant() -> None:
    read = _read(to_markdown(SOUP))
    assert read[0] == ("h1", "Crème of *pea* soup")
    assert read[1] == ("p", "1. Not a list.\n# Not a heading")
    assert read[2] == (
        "p",
        "Serves 4 · 90 minutes · Prep: 5 minutes · Cook: 85 minutes · Lunch · French · Tags: soup, quick",
    )
    assert [text for tag, text in read if tag == "h2"] == ["Ingredients", "Method", "Notes"]
    assert ("h3", "To serve") in read
    assert "chilli (optional)" in [text for _, text in read]
    assert to_markdown(SOUP).endswith("Source: <https://example.org/soup>\n")


def test_weights_and_long_times_stand_as_people_write_them() -> None:
    flour = replace(SOUP.ingredients[0], name="flour", quantity=1.5, unit="kg", note=None)
    text = to_markdown(replace(SOUP, ingredients=(flour,), total_minutes=125, cook_minutes=120))
    assert "- 1.5 kg flour" in text
    assert "· 2 hours 5 minutes · Prep: 5 minutes · Cook: 2 hours ·" in text
    text = to_markdown(replace(SOUP, total_minutes=121, prep_minutes=1, cook_minutes=120))
    assert "· 2 hours 1 minute · Prep: 1 minute · Cook: 2 hours ·" in text


@given(recipes)
def test_no_text_becomes_markup(recipe: Recipe) -> None:
    """Any title is one heading of the first level, whatever is in it."""
    read = _read(to_markdown(recipe))
    assert [" ".join(text.split()) for tag, text in read if tag == "h1"] == [" ".join(recipe.title.split())]


def test_cooklang_marks_each_food_once_where_it_is_first_named() -> None:
    text = to_cooklang(SOUP)
    front, *steps = text.strip().split("\n\n")
    assert 'title: "Crème of *pea* soup"' in front
    assert "servings: 4" in front
    assert 'tags: ["soup", "quick"]' in front
    assert steps == [
        "Get ready @?chilli{}.",
        "Fry the @peas{400%g} in the @olive oil{1½%tbsp} for ~{5%minutes}.",
        "Purée, and top with the @crème fraîche{50%g}(at room temperature) at 20% strength home.",
        "> Freezes well.",
    ]


def test_cooklang_takes_the_longer_name_first() -> None:
    recipe = replace(
        SOUP, ingredients=(Ingredient(name="peas"), Ingredient(name="split peas", quantity=2, unit="tbsp")), notes=""
    )
    recipe = replace(recipe, instructions=(replace(SOUP.instructions[0], text="Boil the split peas with the peas."),))
    assert to_cooklang(recipe).endswith("\n\nBoil the @split peas{2%tbsp} with the @peas{}.\n")


def test_cooklang_finds_a_food_in_one_number_or_the_other() -> None:
    recipe = replace(
        SOUP, ingredients=(Ingredient(name="eggs", quantity=2),), instructions=(Instruction(text="Beat each egg."),)
    )
    assert to_cooklang(replace(recipe, notes="")).endswith("---\n\nBeat each @eggs{2}.\n")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Simmer for 8–10 minutes.", "Simmer for ~{8–10%minutes}."),
        ("Rest 30 seconds, then 2 hrs.", "Rest ~{30%seconds}, then ~{2%hrs}."),
        ("Stir every 10 minutes.", "Stir every 10 minutes."),
        ("Take it out 30 minutes before serving.", "Take it out 30 minutes before serving."),
        ("Wait an hour and a half.", "Wait an hour and a half."),
    ],
)
def test_cooklang_marks_the_times_to_wait(text: str, marked: str) -> None:
    recipe = replace(SOUP, ingredients=(), instructions=(Instruction(text=text),), notes="")
    assert to_cooklang(recipe).endswith(f"---\n\n{marked}\n")
    (found,) = read_text(to_cooklang(replace(recipe, ingredients=SOUP.ingredients)))
    assert found.recipe
    assert found.recipe.instructions[0].text == text


@settings(deadline=None)
@given(recipes)
def test_cooklang_has_every_ingredient_once(recipe: Recipe) -> None:
    body = to_cooklang(recipe).split("\n---\n", 1)[1]
    assert len(_INGREDIENT.findall(body)) == len(recipe.ingredients)
