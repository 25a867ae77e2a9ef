"""What the house answers: a table of questions about its own recipes, and what holds for every answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from flavorbot.chef.builtin import BuiltInChef
from flavorbot.chef.proposals import errors_of
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.kitchen.checker import checked_recipe
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.reading import find_foods
from flavorbot.model import Ingredient, Instruction, Recipe, Reply, Turn, Wish
from flavorbot.writing import read_ingredients
from tests.chef.recipes import KITCHEN

CHEF = BuiltInChef(BuiltInGenerator())


@dataclass(frozen=True)
class Row:
    recipe: str
    question: str
    says: tuple[str, ...]
    never: tuple[str, ...]
    proposal: str


def rows() -> list[Row]:
    lines = Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in f"{line} | ".split("|")] for line in lines if line and line[0] != "#"]
    return [
        Row(name, question, parts(said), parts(never), proposal) for name, question, said, never, proposal, *_ in cells
    ]


def parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def ask(name: str, question: str, **needs: tuple[str, ...]) -> Reply:
    recipe, wish = KITCHEN[name]
    return CHEF.ask(recipe, replace(wish, **needs), question)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.recipe}: {row.question}")
def test_the_chef_answers(row: Row) -> None:
    reply = ask(row.recipe, row.question)
    text = reply.text.casefold()
    for part in row.says:
        assert part.casefold() in text, reply.text
    for part in (*row.never, "safe"):
        assert not re.search(rf"\b{re.escape(part.casefold())}\b", text), reply.text
    assert {"same": False, "new": True, "": None}[row.proposal] == (reply.cooked if reply.proposal else None)
    assert 10 <= len(reply.text) <= 700, reply.text
    assert reply.text[0].isupper() or reply.text[0] in "0123456789“"
    assert reply.text.endswith((".", "!", "?", "”"))


def test_there_are_enough_questions() -> None:
    assert len(rows()) >= 120


@pytest.mark.parametrize(
    ("name", "question", "needs", "wrong"),
    [
        ("salmon", "what can I use instead of cream?", {"allergies": ("milk",)}, "crème fraîche"),
        ("salmon", "what can I use instead of cream?", {"diets": ("vegan",)}, "crème fraîche"),
        ("salmon", "can I use yogurt instead of cream?", {"allergies": ("milk",)}, "Yes"),
        ("dal", "I've run out of coconut milk", {"diets": ("vegan",)}, "60 ml cream"),
        ("dal", "what instead of coconut milk, I'm vegan", {}, "contains milk"),
        ("couscous", "I have no pine nuts", {"allergies": ("nuts",)}, "almond"),
        ("pilaf", "what goes with it?", {"allergies": ("milk",)}, "greek yogurt"),
        ("pilaf", "what wine goes with it?", {"diets": ("halal",)}, "Chardonnay"),
        ("dal", "it is too spicy", {"allergies": ("milk",)}, "or yogurt"),
        ("pancakes", "can I use almond milk?", {"allergies": ("nuts",)}, "Yes"),
    ],
)
def test_nothing_is_advised_that_someone_must_not_have(
    name: str, question: str, needs: dict[str, tuple[str, ...]], wrong: str
) -> None:
    reply = ask(name, question, **needs)
    assert wrong not in reply.text
    if reply.proposal and needs:
        assert errors_of(reply.proposal, Needs(**needs)) <= errors_of(KITCHEN[name][0], Needs(**needs))


@pytest.mark.parametrize("name", list(KITCHEN))
@pytest.mark.parametrize("allergy", ["milk", "nuts", "gluten", "eggs", "soybeans"])
def test_stand_ins_suit_every_allergy(name: str, allergy: str) -> None:
    recipe, _ = KITCHEN[name]
    for item in recipe.ingredients:
        reply = ask(name, f"what can I use instead of the {item.name}?", allergies=(allergy,))
        here = [food.name for line in recipe.ingredients for food in find_foods(line.name)]
        for sentence in re.split(r"(?<=[.!?]) ", reply.text):
            new = [food for food in find_foods(sentence) if food.name not in here]
            if sentence.startswith("Use ") or "would do" in sentence:
                assert all(allowed(food, Needs(allergies=(allergy,))) for food in new), reply.text


def test_a_follow_up_goes_on_with_what_was_asked() -> None:
    recipe, wish = KITCHEN["salmon"]
    turns = (Turn("how do I know the salmon is done?", "At 63 °C."),)
    assert "potatoes" in CHEF.ask(recipe, wish, "and the potatoes?", turns).text


LASAGNE = checked_recipe(
    Recipe(
        title="Beef lasagne",
        ingredients=read_ingredients(
            [
                "500 g beef mince",
                "1 onion",
                "400 g tin chopped tomatoes",
                "250 g lasagne sheets",
                "50 g butter",
                "600 ml milk",
            ]
        ),
        instructions=(
            Instruction(text="Fry the onion in the butter for 5 minutes."),
            Instruction(text="Add the beef mince, brown for 8 minutes, then simmer with the tomatoes for 30 minutes."),
            Instruction(text="Layer with the lasagne sheets and the milk. Bake at 190C for 40 minutes until golden."),
        ),
        servings=4,
    )
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Could I make this vegetarian?", "textured soya protein for the beef mince"),
        ("can I use turkey mince", "Use 500 g turkey mince"),
        ("can I assemble it the night before?", "10 minutes more in the oven"),
        ("gas mark?", "gas mark 5"),
        ("how will I know when it's done", "40 minutes in the oven"),
        ("make it quicker", "could not make it quicker"),
        ("swap the beef for chicken thighs", "Cook it to 74 °C (165 °F) inside."),
        ("turn it into a soup", "this recipe is your own"),
        ("do I need to cook the lasagne sheets first?", "Look at the packet"),
    ],
)
def test_a_recipe_written_by_hand_stays_itself(question: str, said: str) -> None:
    reply = CHEF.ask(LASAGNE, Wish(servings=4), question)
    assert said in reply.text
    assert reply.proposal is None or "lasagne" in reply.proposal.title
    assert not reply.cooked


def test_hand_written_recipes_are_spoken_of_honestly() -> None:
    recipe = Recipe(
        title="Aunt Ada’s bake",
        ingredients=(Ingredient(name="flummadiddle", quantity=2.0), Ingredient(name="milk", quantity=200.0, unit="ml")),
        instructions=(Instruction(text="Bake it at 180 °C for 40 minutes."),),
    )
    wish = Wish(servings=2)
    assert "did not recognise flummadiddle" in CHEF.ask(recipe, wish, "is there gluten in it?").text
    assert "cannot work that out" in CHEF.ask(recipe, wish, "how many calories?").text
    assert "gas mark 4" in CHEF.ask(recipe, wish, "how hot must the oven be?").text


@pytest.mark.parametrize(
    "question", ["x", "?", "…", "a" * 500, "<script>", "\u202eevil", "🍕" * 100, "12 34 °C %%", "the the the"]
)
def test_odd_questions_get_an_honest_answer(question: str) -> None:
    for name in KITCHEN:
        assert ask(name, question).text


def test_a_recipe_of_nothing_has_answers_too() -> None:
    empty = Recipe(title="Nothing", ingredients=(), instructions=())
    for row in rows():
        assert CHEF.ask(empty, Wish(), row.question).text


def test_a_whole_question_does_not_go_on_with_the_one_before() -> None:
    before = (Turn("make it spicier", "Here it is changed."),)
    recipe, wish = KITCHEN["salmon"]
    reply = CHEF.ask(recipe, wish, "What is the capital of France?", before)
    assert reply.proposal is None
    assert "I do not know that" in reply.text
