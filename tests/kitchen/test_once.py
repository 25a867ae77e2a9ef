"""What several threads ask for at first is built by one of them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from flavorbot.kitchen.once import once


def test_eight_threads_that_ask_first_get_one_and_the_same() -> None:
    built: list[object] = []

    @once
    def table() -> object:
        time.sleep(0.05)
        built.append(object())
        return built[-1]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: table(), range(8)))
    assert (len(built), set(map(id, found))) == (1, {id(built[0])})
