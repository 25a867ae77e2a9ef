"""Answers are remembered, as many as were said and not many more, and always those that were given."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from flavorbot.kitchen.remembering import remember_more, remembered


def doubling(most: int) -> tuple[Callable[[int], int], list[int]]:
    """A function that remembers, and what it had to find out."""
    asked: list[int] = []

    @remembered(most)
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    return double, asked


def test_what_was_asked_lately_is_not_asked_again() -> None:
    double, asked = doubling(3)
    assert [double(number) for number in (1, 2, 3, 1, 2, 3)] == [2, 4, 6, 2, 4, 6]
    assert asked == [1, 2, 3]
    assert [double(number) for number in (4, 1, 2, 3)] == [8, 2, 4, 6]
    assert asked == [1, 2, 3, 4]


def test_what_was_asked_long_ago_is_forgotten() -> None:
    double, asked = doubling(3)
    for number in (*range(100), 0):
        assert double(number) == 2 * number
    assert asked == [*range(100), 0]


def test_a_process_may_remember_more() -> None:
    double, asked = doubling(2)
    remember_more(double, 50)
    for number in [*range(50), *range(50)]:
        assert double(number) == 2 * number
    assert len(asked) == 50


def test_an_error_is_no_answer() -> None:
    @remembered(2)
    def inverse(number: int) -> float:
        return 1 / number

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            inverse(0)
    assert inverse(2) == 0.5


def test_threads_that_ask_at_the_same_time_get_their_own_answers() -> None:
    @remembered(5)
    def square(number: int) -> int:
        return number * number

    wrong: list[int] = []

    def ask() -> None:
        wrong.extend(number for number in list(range(40)) * 200 if square(number) != number * number)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
