"""Words as the search compares them, and where they stand in what people read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flavorbot.searching.masks import at_most, mask_of, places_in
from flavorbot.searching.words import LETTERS, asked_words, marks, spans, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crème Brûlée", "creme brulee"),
        ("TOMATOES & leaves", "tomato leaf"),
        ("Grandma’s pies", "grandma pie"),
        ("stir-fried", "stir fried"),
        ("Straße, Œuf", "strasse oeuf"),
        ("味噌汁", "味 噌 汁"),
        ("", ""),
        ("— … !", ""),
        ("x" * 99, "x" * LETTERS),
    ],
)
def test_words_are_folded_and_single(text: str, expected: str) -> None:
    assert " ".join(words_of(text)) == expected


@given(some.text(some.characters(max_codepoint=127)))
def test_a_text_in_ascii_has_the_words_that_any_would_have(text: str) -> None:
    assert words_of(text) == [word for _, word in spans(text)]


def test_common_words_count_where_there_are_no_others() -> None:
    assert asked_words("the pie with the Apples") == {"pie": "pie", "apple": "Apples"}
    assert asked_words("The of") == {"the": "The", "of": "of"}


def test_matches_are_marked_as_they_are_written() -> None:
    assert marks("Crème brûlée with tomatoes", [("brulee", False), ("tom", True)]) == [
        ("Crème ", False),
        ("brûlée", True),
        (" with ", False),
        ("tomatoes", True),
    ]


@given(some.text(max_size=60), some.lists(some.tuples(some.text(max_size=4), some.booleans()), max_size=3))
def test_marking_changes_no_letter(text: str, words: list[tuple[str, bool]]) -> None:
    assert "".join(piece for piece, _ in marks(text, words)) == text


@given(some.sets(some.integers(0, 70)))
def test_a_set_gives_back_its_places(places: set[int]) -> None:
    assert list(places_in(mask_of(places, 71), range(71))) == sorted(places)


@given(some.lists(some.sets(some.integers(0, 20)), max_size=12), some.integers(0, 5))
def test_how_many_are_missing_is_counted_exactly(sets: list[set[int]], most: int) -> None:
    kept = at_most([mask_of(each, 21) for each in sets], most, (1 << 21) - 1)
    assert set(places_in(kept, range(21))) == {n for n in range(21) if sum(n in each for each in sets) <= most}
