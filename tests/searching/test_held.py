"""What a worker holds: the latest state of a box, and no more memory than it may."""

from __future__ import annotations

import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flavorbot.model import BoxVersion, Card
from flavorbot.searching.held import Held, Indexes, is_settled
from flavorbot.searching.index import BoxIndex
from flavorbot.searching.postings import Gathering
from tests.searching.boxes import a_card

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SMALL = BoxIndex(())
MANY = 5000


def held(number: int, size: int = 10, settled: bool = True) -> Held[None]:
    return Held(SMALL, None, number, settled, size)


def test_only_the_present_version_is_given() -> None:
    indexes = Indexes[None]()
    indexes.keep("ana", held(3))
    assert indexes.get("ana", BoxVersion(3, NOW)) is not None
    assert indexes.get("ana", BoxVersion(4, NOW)) is None
    assert indexes.get("ben", BoxVersion(3, NOW)) is None


def test_what_was_read_too_soon_is_read_again() -> None:
    indexes = Indexes[None]()
    indexes.keep("ana", held(3, settled=False))
    assert indexes.get("ana", BoxVersion(3, NOW)) is None
    assert not is_settled(BoxVersion(3, NOW), NOW + timedelta(seconds=2))
    assert is_settled(BoxVersion(3, NOW), NOW + timedelta(seconds=3))
    assert is_settled(BoxVersion(), NOW)


def test_what_was_not_used_for_longest_goes_first() -> None:
    indexes = Indexes[None](most_bytes=30)
    for user in ("ana", "ben", "cem"):
        indexes.keep(user, held(1))
    indexes.get("ana", BoxVersion(1))
    indexes.keep("dan", held(1))
    kept = [user for user in ("ana", "ben", "cem", "dan") if indexes.get(user, BoxVersion(1))]
    assert kept == ["ana", "cem", "dan"]


def test_what_is_too_large_is_not_held_at_all() -> None:
    indexes = Indexes[None](most_bytes=30)
    indexes.keep("ana", held(1, size=31))
    assert indexes.get("ana", BoxVersion(1)) is None


def test_one_thread_reads_for_all_that_wait() -> None:
    indexes, reads = Indexes[None](), []

    def read() -> Held[None]:
        reads.append(1)
        time.sleep(0.05)
        return held(3)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(indexes.get_or_read, "ana", BoxVersion(3, NOW), read) for _ in range(8)]
    assert len({id(each.result()) for each in asked}) == len(reads) == 1


def test_nobody_waits_long_for_a_slow_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flavorbot.searching.held.WAITS_S", 0.05)
    indexes, over, begun = Indexes[None](), threading.Event(), threading.Event()

    def slowly() -> Held[None]:
        begun.set()
        assert over.wait(10)
        return held(3)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(indexes.get_or_read, "ana", BoxVersion(3, NOW), slowly)
        assert begun.wait(10)
        assert indexes.get_or_read("ana", BoxVersion(3, NOW), lambda: held(3)).number == 3
        assert not slow.done()
        over.set()
    assert slow.result().number == 3


def test_each_reads_for_itself_what_is_not_settled() -> None:
    indexes = Indexes[None]()
    read = [indexes.get_or_read("ana", BoxVersion(3, NOW), lambda: held(3, settled=False)) for _ in range(2)]
    assert read[0] is not read[1]


def many_cards() -> list[Card]:
    """Cards that share no text with each other, as when they were just read from the store."""
    foods = [f"food{n}" for n in range(400)]
    return [
        a_card(n, f"Dish {n} of {n % 97}", *("".join(foods[(n * 7 + k * 13) % 400]) for k in range(10)))
        for n in range(MANY)
    ]


@pytest.mark.filterwarnings("ignore")
def test_memory_of_5000_recipes_is_bounded_and_known() -> None:
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    cards = [replace(card) for card in many_cards()]
    further = [tuple(f"word{(n * 31 + k * 17) % 3000}" for k in range(90)) for n in range(MANY)]
    gathering = Gathering()
    index, words = BoxIndex(gathering.passing(zip(cards, further, strict=True))), gathering.words()
    del cards, further, gathering
    _ = index.foods, index.order("title"), index.order("rating")
    real = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    told = index.size_bytes + words.size_bytes
    assert real < 16 * 1024 * 1024
    assert 0.6 < told / real < 2
