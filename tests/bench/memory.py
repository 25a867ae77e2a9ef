"""What a worker holds after many requests of all kinds."""

from __future__ import annotations

from tests.bench.load import load
from tests.bench.pages import pages
from tests.bench.people import Person
from tests.bench.processes import memory_mb
from tests.bench.servers import CONNECTIONS, Served
from tests.bench.table import Goal, at_most, show
from tests.server import children_of

REQUESTS = (1_000, 5_000, 10_000)
# What changes a recipe needs to know its version, which rows before changed. What is saved goes to a box that nobody
# searches: a worker would keep its words.
READ, SAVED = ("home", "list", "recipe", "search", "usage", "generate"), ("save",)


def goals(where: str, served: Served, person: Person, saver: Person) -> list[Goal]:
    """Print the largest worker's memory after 1,000, 5,000 and 10,000 requests."""
    makes = [page.make(person) for page in pages() if page.name.startswith(READ)]
    makes += [page.make(saver) for page in pages() if page.name.startswith(SAVED)]
    done, found = 0, []
    for until in REQUESTS:
        load(
            served.port, lambda number, at: makes[(number + at) % len(makes)](number, at),
            connections=CONNECTIONS, seconds=600, most=until - done,
        )  # fmt: skip
        done = until
        found.append(max(map(memory_mb, children_of(served.master))))
    show([f"after {count:,} requests" for count in REQUESTS], [[f"{each:.0f} MB" for each in found]])
    return [
        at_most(f"{where}: memory of a worker after 10,000 requests", found[-1], 150, " MB"),
        at_most(f"{where}: of it since 5,000 requests", found[-1] - found[-2], 5, " MB"),
    ]
