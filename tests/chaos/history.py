"""What was asked and what came of it, and whether what is stored in the end agrees with that."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import requests

Outcome = Literal["ok", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Invocation:
    """One request: `unknown` where no answer came, or one that leaves open whether it was done."""

    operation: str
    key: str
    status: int | None
    seconds: float
    began: float

    @property
    def outcome(self) -> Outcome:
        if self.status is None or self.status >= 500:
            return "unknown"
        return "ok" if self.status < 400 else "failed"


class History:
    """Every invocation, in the order of their answers."""

    def __init__(self) -> None:
        self.all: list[Invocation] = []
        # Of what was asked before, as to get ready, nobody wants to know how long it took.
        self.timed_from = 0
        self._lock = threading.Lock()

    def record(self, operation: str, key: str, ask: Callable[[], requests.Response]) -> requests.Response | None:
        """Ask, and keep what came of it; None where no answer came."""
        began = time.monotonic()
        try:
            answer = ask()
        except requests.RequestException:
            answer = None
        status = None if answer is None else answer.status_code
        with self._lock:
            self.all.append(Invocation(operation, key, status, time.monotonic() - began, began))
        return answer

    def outcomes(self) -> Counter[Outcome]:
        return Counter(each.outcome for each in self.all)

    def slowest_s(self) -> float:
        return max((each.seconds for each in self.all[self.timed_from :]), default=0)

    def server_errors(self) -> list[Invocation]:
        """Answers that nobody should ever get."""
        return [each for each in self.all if each.status is not None and each.status >= 500 and each.status != 503]

    def of(self, operation: str, key: str) -> list[Invocation]:
        return [each for each in self.all if (each.operation, each.key) == (operation, key)]

    def keys(self, operation: str) -> list[str]:
        return list(dict.fromkeys(each.key for each in self.all if each.operation == operation))

    def counted(self, operation: str, stored: Iterable[str]) -> list[str]:
        """What is wrong about things that each key makes one of: lost, doubled, made though refused or unasked."""
        found, asked = Counter(stored), set(self.keys(operation))
        wrong = [f"{operation} {key}: stored, but nobody asked for it" for key in found if key not in asked]
        for key in asked:
            outcomes = {each.outcome for each in self.of(operation, key)}
            if found[key] > 1:
                wrong.append(f"{operation} {key}: stored {found[key]} times")
            if "ok" in outcomes and not found[key]:
                wrong.append(f"{operation} {key}: acknowledged, but lost")
            if outcomes == {"failed"} and found[key]:
                wrong.append(f"{operation} {key}: refused, but stored")
        return wrong
