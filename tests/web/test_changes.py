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
