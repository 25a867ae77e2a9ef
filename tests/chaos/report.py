"""What one step found, and what all steps share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.chaos.history import History, Outcome
from tests.chaos.people import Person
from tests.chaos.site import Site

DEADLINE_S = 5.0
RECOVERY_S = 5.0
MOST_CALLS = 1.2


class NotHere(Exception):
    """A step cannot be done on this machine, and why."""


@dataclass
class Report:
    """One step's outcome; `calls` and `needed` are what reached the store, and what had to."""

    done: str
    wrong: list[str] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    slowest_s: float = 0
    calls: int = 0
    needed: int = 0

    def take(self, *histories: History) -> None:
        for history in histories:
            self.outcomes.update(history.outcomes())
            self.slowest_s = max(self.slowest_s, history.slowest_s())
            self.wrong += [f"answered {each.status}: {each.operation}" for each in history.server_errors()]

    def expect(self, true: bool, otherwise: str) -> None:
        if not true:
            self.wrong.append(otherwise)

    def in_time(self) -> None:
        self.expect(self.slowest_s <= DEADLINE_S, f"a request took {self.slowest_s:.1f} s")

    def dump(self) -> str:
        """One line, for another process."""
        return json.dumps(vars(self))

    @classmethod
    def load(cls, line: str) -> Report:
        found = json.loads(line)
        return cls(**{**found, "outcomes": Counter(found["outcomes"])})

    def frugal(self) -> None:
        self.expect(self.calls <= MOST_CALLS * self.needed, f"{self.calls} calls where {self.needed} were needed")


def a_crowd(site: Site, people: int) -> list[Person]:
    crowd = [Person(site.address) for _ in range(people)]
    for person in crowd:
        person.registers()
        person.saves(f"First of {person.email}")
        person.history.timed_from = len(person.history.all)
    return crowd


def settle(report: Report, crowd: Sequence[Person]) -> None:
    """All is well again: what is stored is what everybody was told."""
    with ThreadPoolExecutor(4) as pool:
        for wrong in pool.map(lambda person: person.wrong(), crowd):
            report.wrong += wrong
    report.take(*(person.history for person in crowd))
