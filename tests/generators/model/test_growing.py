"""A recipe's parts are known as soon as each is complete, however its text is cut."""

from __future__ import annotations

import json

import pytest

from flavorbot.generators.model.growing import Growing
from tests.generators.model.conftest import good_recipe

RECIPE = good_recipe()
WHOLE = json.dumps(RECIPE)
PARTS = [
    ("title", RECIPE["title"]),
    *(("line", each) for each in RECIPE["ingredients"]),
    *(("step", each) for each in RECIPE["steps"]),
]


def parts(text: str, size: int) -> list[tuple[str, object]]:
    growing = Growing()
    return [part for start in range(0, len(text), size) for part in growing.read(text[start : start + size])]


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_every_part_comes_once_in_order(size: int) -> None:
    assert parts(WHOLE, size) == PARTS


@pytest.mark.parametrize(
    "text",
    [
        f"<think>A {{soup}}? No.</think>Here you are:\n```json\n{WHOLE}\n```",
        f'{{"recipe": {WHOLE}}}',
        json.dumps(RECIPE, indent=4),
        f"{WHOLE} And one more: {WHOLE}",
        json.dumps({**RECIPE, "notes": {"title": "no", "steps": ["none"]}, "tags": ["title"]}),
    ],
    ids=["thoughts", "wrapped", "indented", "twice", "more"],
)
def test_what_stands_around_it_is_passed_over(text: str) -> None:
    assert parts(text, 5) == PARTS


def test_a_part_is_told_with_its_last_bracket() -> None:
    growing = Growing()
    assert list(growing.read('{"title": "So')) == []
    assert list(growing.read('up", "ingredients": [{"id": "ri')) == [("title", "Soup")]
    assert list(growing.read('ce"')) == []
    assert list(growing.read("}")) == [("line", {"id": "rice"})]


def test_steps_may_be_mere_sentences() -> None:
    assert parts('{"instructions": ["Boil \\"it\\".", "Eat [it]."]}', 3) == [
        ("step", {"text": 'Boil "it".'}),
        ("step", {"text": "Eat [it]."}),
    ]


@pytest.mark.parametrize("text", ["", "no", "{" * 9_999, "}{]", '{"steps": [}]}', '{"title": "\\u12"}', '{"title": 5'])
def test_nonsense_has_no_parts(text: str) -> None:
    assert [part for part, _ in parts(text, 4)] in ([], ["title"])
