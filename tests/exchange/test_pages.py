"""Recipes in web pages, from where each page tells them best."""

from __future__ import annotations

import json
import subprocess
import sys

from flavorbot.exchange.reading import read_html
from flavorbot.writing import ingredient_lines

SOUP = {"@context": "https://schema.org", "@type": "Recipe", "name": "Soup", "recipeIngredient": ["1 leek"]}
WHOLE = {**SOUP, "recipeInstructions": ["Boil the leek."]}
LAKSA = """<html><body><h1>Laksa</h1>
<div class="recipe-info"><span class="meal-type">Dinner</span></div>
<dl class="prepare-time"><dt>Time</dt><dd>40 min</dd></dl><span class="person-amount">4 personen</span>
<div class="sidebar"><span class="category">Malaysian</span>
<div class="ingredients-wrap"><ul><li>200 g rice noodles</li><li>400 ml coconut milk</li></ul></div></div>
<div class="main-wrap"><ul><li>Simmer the coconut milk.</li><li>Add the noodles.</li></ul></div></body></html>"""


def _script(*data: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in data)


def test_a_site_with_its_own_ways_is_read_by_its_own_reader() -> None:
    (found,) = read_html(LAKSA, "https://www.amazingoriental.com/laksa")
    assert found.recipe
    assert ingredient_lines(found.recipe) == ["200 g rice noodles", "400 ml coconut milk"]
    assert [step.text for step in found.recipe.instructions] == ["Simmer the coconut milk.", "Add the noodles."]
    assert (found.recipe.servings, found.recipe.total_minutes, found.recipe.cuisine) == (4, 40, "Malaysian")
    assert found.url == "https://www.amazingoriental.com/laksa"


def test_what_only_such_a_site_needs_is_loaded_for_no_other() -> None:
    code = (
        "import sys; from flavorbot.exchange.reading import read_html;"
        f"read_html({_script(WHOLE)!r}, 'https://example.org/'); read_html('<p>Hello</p>');"
        "assert 'recipe_scrapers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_broken_page_of_a_known_site_says_that_nothing_was_found() -> None:
    (found,) = read_html("<html><h1>Gone</h1></html>", "https://www.amazingoriental.com/laksa")
    assert (found.recipe, found.reason) == (None, "No recipe was found in it.")


def test_every_recipe_of_a_page_is_found_once() -> None:
    other = {**WHOLE, "name": "Other soup"}
    page = _script({"@graph": [WHOLE, other]}, WHOLE, {"@type": "ItemList", "itemListElement": [{"item": other}]})
    assert [found.title for found in read_html(f"<html>{page}")] == ["Soup", "Other soup"]


def test_a_broken_script_does_not_hide_a_good_one() -> None:
    wrapped = f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(WHOLE)}\n//]]></script>'
    page = f'<html><script type="application/ld+json">{{"@type": "Recipe", </script>{wrapped}'
    assert [found.title for found in read_html(page) if found.recipe] == ["Soup"]


def test_line_breaks_inside_of_texts_are_read() -> None:
    page = '<script type="application/ld+json">' + json.dumps(WHOLE).replace("Boil the", "Boil\n\tthe") + "</script>"
    (found,) = read_html(f"<html>{page}")
    assert found.recipe


def test_the_address_of_a_saved_page_is_the_one_that_it_names() -> None:
    page = f'<html><link rel="canonical" href="https://example.org/soup">{_script(WHOLE)}'
    assert [found.url for found in read_html(page)] == ["https://example.org/soup"]
    assert [found.url for found in read_html(page, "https://example.net/s")] == ["https://example.net/s"]


def test_a_page_that_tells_a_recipe_without_steps_says_so() -> None:
    (found,) = read_html(f"<html>{_script(SOUP)}")
    assert found.recipe
    assert found.remarks == ("It has no steps.",)


def test_a_page_that_marks_nothing_is_read_as_its_text() -> None:
    page = (
        "<html><head><title>Best soup - Site</title></head><body><header>Menu</header>{heading}<!-- x -->Serves 2"
        "<h2>Ingredients</h2><ul><li>1 leek<li>2 potatoes</ul><h2>Method</h2><p>Boil <b>both</b>.</p></body>"
    )
    (titled,) = read_html(page.format(heading="<h1>My <i>soup</i></h1>"))
    assert titled.recipe
    assert (titled.title, titled.recipe.servings, titled.recipe.description) == ("My soup", 2, "")
    assert [step.text for step in titled.recipe.instructions] == ["Boil both."]
    (untitled,) = read_html(page.format(heading=""))
    assert (untitled.title, untitled.reason) == ("Best soup - Site", "")


def test_headings_of_a_page_part_its_text_and_others_comments_stay_out() -> None:
    (found,) = read_html(
        "<h1>Curry</h1><div>Prep Time <b>10 mins</b></div><h3>Ingredients</h3><h4>Paste</h4><ul><li>2 tbsp oil</ul>"
        "<h3>Method</h3><ol><li>Fry.</ol><h3>Notes</h3><p>Nice.</p><h3>12 Comments</h3><p>I used three!</p>"
    )
    assert found.recipe
    assert (found.recipe.prep_minutes, found.recipe.notes) == (10, "Nice.")
    assert ingredient_lines(found.recipe) == ["Paste:", "2 tbsp oil"]
    assert [step.text for step in found.recipe.instructions] == ["Fry."]


def test_a_page_without_a_recipe_is_none() -> None:
    (found,) = read_html("<html><title>News</title><p>It rained.</p><p>Then it stopped.</p></html>")
    assert (found.recipe, found.reason) == (None, "No recipe was found in it.")
