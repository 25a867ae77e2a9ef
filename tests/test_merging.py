"""Two edits of one text put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flavorbot.merging import merge_lines, merge_set, merge_value

LINES = st.lists(st.sampled_from(["rice", "salt", "lime", "leek", "eggs", "oil"]), max_size=7)


def merged(base: list[str] | None, mine: list[str], theirs: list[str]) -> list[str]:
    return [line for piece in merge_lines(base, mine, theirs) for line in piece.merged]


def clashes(base: list[str] | None, mine: list[str], theirs: list[str]) -> list[tuple[str, ...]]:
    return [
        side
        for piece in merge_lines(base, mine, theirs)
        if piece.kind == "clash"
        for side in (piece.mine, piece.theirs)
    ]


@given(LINES, LINES)
def test_an_unchanged_side_gives_the_other(base: list[str], changed: list[str]) -> None:
    assert merged(base, base, changed) == changed
    assert merged(base, changed, base) == changed
    assert clashes(base, base, changed) == clashes(base, changed, base) == []


@given(LINES, LINES)
def test_the_same_change_twice_is_one(base: list[str], changed: list[str]) -> None:
    assert merged(base, changed, changed) == changed
    assert clashes(base, changed, changed) == []


@given(st.none() | LINES, LINES, LINES)
def test_nothing_that_was_added_is_lost(base: list[str] | None, mine: list[str], theirs: list[str]) -> None:
    pieces = merge_lines(base, mine, theirs)
    offered = {line for piece in pieces for line in piece.merged + (piece.theirs if piece.kind == "clash" else ())}
    assert (set(mine) | set(theirs)) - set(base or ()) <= offered


@given(st.none() | LINES, LINES, LINES)
def test_the_pieces_are_each_text_in_full(base: list[str] | None, mine: list[str], theirs: list[str]) -> None:
    pieces = merge_lines(base, mine, theirs)
    assert [line for piece in pieces for line in piece.mine] == mine
    assert [line for piece in pieces for line in piece.theirs] == theirs


@given(st.none() | LINES, LINES, LINES)
def test_sides_are_treated_alike(base: list[str] | None, mine: list[str], theirs: list[str]) -> None:
    swapped = {"mine": "theirs", "theirs": "mine"}
    if base is not None:
        kinds = [piece.kind for piece in merge_lines(base, mine, theirs)]
        assert [swapped.get(piece.kind, piece.kind) for piece in merge_lines(base, theirs, mine)] == kinds


def test_neighbouring_lines_may_be_changed_by_both() -> None:
    assert merged(["a", "b"], ["A", "b"], ["a", "B"]) == ["A", "B"]


def test_additions_in_one_place_are_all_kept() -> None:
    assert merged(["rice"], ["rice", "salt", "lime"], ["rice", "leek", "salt", "oil"]) == [
        "rice",
        "salt",
        "lime",
        "leek",
        "oil",
    ]


def test_one_line_changed_twice_is_for_a_person() -> None:
    assert clashes(["1 egg", "salt"], ["2 eggs", "salt"], ["3 eggs", "salt"]) == [("2 eggs",), ("3 eggs",)]
    assert clashes(None, ["2 eggs", "salt"], ["3 eggs", "salt"]) == [("2 eggs",), ("3 eggs",)]


def test_without_the_text_before_what_either_has_stays() -> None:
    assert merged(None, ["rice", "salt"], ["rice", "salt", "lime"]) == ["rice", "salt", "lime"]


def test_a_value_goes_to_whoever_changed_it() -> None:
    assert merge_value("2", "4", "2").merged == ("4",)
    assert merge_value("2", "2", "6").merged == ("6",)
    assert [merge_value(base, "4", "6").kind for base in ("2", "", None)] == ["clash"] * 3
    assert merge_value(None, "4", "4").kind == "both"


@given(st.none() | LINES, LINES, LINES)
def test_a_set_keeps_what_came_and_drops_what_went(base: list[str] | None, mine: list[str], theirs: list[str]) -> None:
    found = set(merge_set(base, mine, theirs))
    before = set(mine) & set(theirs) if base is None else set(base)
    assert found == (set(mine) & set(theirs)) | ((set(mine) | set(theirs)) - before)
