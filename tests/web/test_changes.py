"""What a proposed version changes, marked line by line and word by word."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.model import Ingredient, Instruction, Recipe
from flavorbot.web.changes import Change, Part, changes_between

BEFORE = Recipe(
    title="Pilaf",
    servings=2,
    total_minutes=30,
    ingredients=(Ingredient(name="rice", quantity=150, unit="g"), Ingredient(name="butter", quantity=10, unit="g")),
    instructions=(Instruction(text="Melt the butter, add the rice."), Instruction(text="Serve.")),
)


def test_nothing_changed_is_nothing_marked() -> None:
    found = changes_between(BEFORE, BEFORE)
    assert (found.facts, found.ingredients, found.steps) == ((), (), ())


def test_a_changed_line_marks_its_words() -> None:
    after = replace(BEFORE, instructions=(Instruction(text="Warm the oil, add the rice."), BEFORE.instructions[1]))
    assert changes_between(BEFORE, after).steps == (
        Change(
            "changed",
            (
                Part("gone", "Melt"), Part("new", "Warm"), Part("same", " the"),
                Part("same", " "), Part("gone", "butter"), Part("same", " "), Part("new", "oil"),
                Part("same", ", add the rice."),
            ),
        ),
    )  # fmt: skip


def test_lines_come_and_go() -> None:
    after = replace(BEFORE, ingredients=(BEFORE.ingredients[0], Ingredient(name="chilli", quantity=1)))
    kinds = [(change.kind, change.parts[-1].text) for change in changes_between(BEFORE, after).ingredients]
    assert kinds == [("removed", "10 g butter"), ("added", "1 chilli")]


def test_people_and_time_are_facts() -> None:
    after = replace(BEFORE, title="Pilau", servings=4, total_minutes=40)
    shown = [
        "".join(part.text for part in change.parts if part.kind != "gone")
        for change in changes_between(BEFORE, after).facts
    ]
    assert [" ".join(text.split()) for text in shown] == ["Title: Pilau", "Servings: 4", "Takes 40 min"]


def shown(change: Change, without: str) -> str:
    """A change as its reader sees it, without the parts that came, or that went."""
    return " ".join("".join(part.text for part in change.parts if part.kind != without).split())


def test_an_ingredient_is_compared_with_itself() -> None:
    names = ("shallot", "clove garlic", "lime", "fish sauce")
    before = replace(BEFORE, ingredients=tuple(Ingredient(name=name, quantity=1) for name in names))
    after = replace(BEFORE, ingredients=tuple(Ingredient(name=name, quantity=3) for name in (*names[2:], *names[:2])))
    found = changes_between(before, after).ingredients
    assert [change.kind for change in found] == ["changed"] * 4
    assert [shown(change, "new").replace("1", "3", 1) for change in found] == [
        shown(change, "gone") for change in found
    ]


def test_one_and_several_are_the_same_food() -> None:
    before = replace(BEFORE, ingredients=(Ingredient(name="lime", quantity=1), Ingredient(name="shallot", quantity=1)))
    after = replace(BEFORE, ingredients=(Ingredient(name="shallots", quantity=3), Ingredient(name="lime", quantity=1)))
    (only,) = changes_between(before, after).ingredients
    assert (only.kind, shown(only, "new"), shown(only, "gone")) == ("changed", "1 shallot", "3 shallots")


def test_a_line_that_only_moved_is_no_change() -> None:
    after = replace(BEFORE, ingredients=BEFORE.ingredients[::-1])
    assert changes_between(BEFORE, after).ingredients == ()


def test_foods_with_the_same_amount_are_not_one_line() -> None:
    before = replace(BEFORE, ingredients=(Ingredient(name="shallot", quantity=1),))
    after = replace(BEFORE, ingredients=(Ingredient(name="lime", quantity=1),))
    assert [change.kind for change in changes_between(before, after).ingredients] == ["removed", "added"]


def test_steps_are_compared_in_their_order() -> None:
    after = replace(BEFORE, instructions=BEFORE.instructions[::-1])
    assert sorted(change.kind for change in changes_between(BEFORE, after).steps) == ["added", "removed"]
