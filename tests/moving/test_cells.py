"""What databases and files write in many ways is read as one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from flavorbot.moving.cells import count_of, json_of, kept_of, list_of, moment_of, text_of, truth_of, vector_of
from flavorbot.moving.dishes import recipe_of
from flavorbot.moving.ids import ulid_of
from flavorbot.moving.mapping import read_map
from flavorbot.moving.problems import BadRow
from flavorbot.moving.telling import progress

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        NOON,
        datetime(2025, 3, 1, 12),  # noqa: DTZ001
        datetime(2025, 3, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        "2025-03-01T12:00:00Z",
        "2025-03-01 12:00:00",
        "2025-03-01T14:00:00+02:00",
        NOON.timestamp(),
        int(NOON.timestamp() * 1000),
        str(int(NOON.timestamp())),
        Decimal(int(NOON.timestamp())),
    ],
)
def test_one_moment_is_read_however_it_is_written(cell: object) -> None:
    assert moment_of(cell) == NOON


def test_what_is_no_moment_says_so() -> None:
    assert (moment_of(None), moment_of(""), moment_of(date(2025, 3, 1))) == (None, None, NOON - timedelta(hours=12))
    assert moment_of("0001-01-01") == datetime(1970, 1, 1, tzinfo=UTC)
    for cell in ("yesterday", "1e400", float("inf"), [1]):
        with pytest.raises(BadRow):
            moment_of(cell)


def test_truth_is_read_however_it_is_written() -> None:
    assert [truth_of(cell) for cell in (True, 1, "t", "yes", b"\x01", "TRUE")] == [True] * 6
    assert [truth_of(cell) for cell in (False, 0, "f", "no", b"\x00", "")] == [False] * 6
    assert truth_of(None) is None
    with pytest.raises(BadRow):
        truth_of("perhaps")


def test_lists_and_vectors_are_read_however_they_are_written() -> None:
    assert list_of('["a", 1.10]') == ["a", Decimal("1.10")]
    assert list_of(["a"]) == list_of("a") == list_of("\na\n") == ["a"]
    assert list_of(None) == list_of("") == []
    assert list_of('{"a": 1}') == [{"a": 1}]
    assert vector_of("[1, 0.5]") == vector_of([1, Decimal("0.5")]) == vector_of(b"\0\0\x80?\0\0\0?") == (1.0, 0.5)
    assert json_of("[" * 100_000) == "[" * 100_000
    with pytest.raises(BadRow):
        vector_of("no vector")


@pytest.mark.parametrize("cell", ["-1", "1.5", "many", "NaN", "1e99", [1]])
def test_what_is_no_count_is_refused(cell: object) -> None:
    with pytest.raises(BadRow):
        count_of(cell)


def test_what_is_kept_is_exact() -> None:
    cell = {"at": NOON, "id": UUID(int=1), "n": Decimal("1.50"), "json": '{"x": 0.10}', "of": (1, None, b"x")}
    assert kept_of(cell) == {
        "at": "2025-03-01T12:00:00+00:00",
        "id": "00000000-0000-0000-0000-000000000001",
        "n": Decimal("1.50"),
        "json": {"x": Decimal("0.10")},
        "of": [1, None, "x"],
    }
    with pytest.raises(BadRow):
        text_of(b"\xff")


def test_an_id_is_the_same_each_time_and_sorts_by_its_time() -> None:
    first, second = ulid_of(NOON, "flavorbot", "user", "1"), ulid_of(NOON + timedelta(days=1), "flavorbot", "user", "1")
    assert first == ulid_of(NOON, "flavorbot", "user", "1") < second
    assert first != ulid_of(NOON, "reports", "user", "1")
    assert len({ulid_of(NOON, "a", "bc"), ulid_of(NOON, "ab", "c"), ulid_of(NOON, "a", "b", "c")}) == 3


def recipe(**cells: object) -> tuple[object, list[str]]:
    mapped = read_map("flavorbot")
    table = next(each for each in mapped.tables if each.becomes == "recipe")
    row = {"id": 1, "user_id": "u", "title": "Soup", "ingredients": ["1 leek"], "instructions": ["Cook it."]}
    return recipe_of(mapped, table, row | cells)


def test_ingredients_may_say_amount_unit_and_name_apart() -> None:
    said = [
        {"name": "flour", "amount": "200", "unit": "g"},
        {"item": "butter", "quantity": 0.5, "unit": "cup", "note": "soft"},
    ]
    found, _ = recipe(ingredients=said, instructions=[{"step": 1, "text": "Rub it in."}])
    names = [(each.name, each.quantity, each.unit, each.note) for each in found.ingredients]  # type: ignore[attr-defined]
    assert names == [("flour", 200.0, "g", None), ("butter", 0.5, "cup", "soft")]
    assert [step.text for step in found.instructions] == ["Rub it in."]  # type: ignore[attr-defined]


def test_markup_of_a_source_is_text_here() -> None:
    found, _ = recipe(
        title="<b>Soup</b> &amp; more", description="<script>alert(1)</script>Good", image_url="javascript:x"
    )
    assert (found.title, found.description, found.image_url) == ("Soup & more", "Good", None)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"ingredients": None}, "No ingredients"),
        ({"ingredients": [[1]]}, "a list"),
        ({"ingredients": ["x"] * 101}, "It has 101 ingredients"),
        ({"title": b"\xff"}, "not UTF-8"),
        ({"created_at": "soon"}, "is no time"),
    ],
)
def test_a_row_that_is_no_recipe_says_why(cells: dict[str, object], told: str) -> None:
    with pytest.raises(BadRow, match=told):
        recipe(**cells)


def test_progress_tells_how_far_how_fast_and_how_long() -> None:
    assert progress("recipes", 500, 2_000, 500, 10.0) == (
        "recipes  [######..................] 500 of 2,000  50/s  30 s left"
    )
    assert progress("recipes", 500, None, 500, 10.0) == "recipes  500 rows  50/s"
    assert progress("recipes", 0, 100_000, 0, 0.0).endswith("0 of 100,000  0/s")
    assert progress("x", 1, 100_000, 1, 1.0).endswith("27 h 46 min left")
