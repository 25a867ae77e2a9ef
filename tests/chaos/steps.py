"""What is broken, one step after the other; each reports what was asked, what came of it, and what is wrong."""

from __future__ import annotations

import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.chaos.deeds import DEEDS
from tests.chaos.history import History, Outcome
from tests.chaos.people import LEASE_S, Person, busy
from tests.chaos.proxy import EVERYTHING, WRITES, Proxy, until
from tests.chaos.site import Site, kill

DEADLINE_S = 5.0
RECOVERY_S = 5.0
MOST_CALLS = 1.2
# As many as two workers have threads for at half load, often enough for what a process may retry to be little.
READERS, ROUNDS = 16, 5


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

    def frugal(self) -> None:
        self.expect(self.calls <= MOST_CALLS * self.needed, f"{self.calls} calls where {self.needed} were needed")


def answers_lost(site: Site, proxy: Proxy, fault: str = "lost") -> Report:
    """Of each deed each write in turn is carried out, and its answer lost."""
    report = Report(f"each write of {len(DEEDS)} deeds: {fault}")
    person = Person(site.address)
    person.registers()
    lost = 0
    for begin in DEEDS:
        for spared in range(20):
            act, count = begin(person, str(uuid.uuid4()))
            with proxy.breaking(fault, WRITES, first=1, spared=spared) as broken:
                answer = act()
            status = None if answer is None else answer.status_code
            what = f"{begin.__name__}, write {spared + 1} {fault}"
            report.expect(status is not None and status < 400, f"{what}: answered {status}")
            report.expect(count() == 1, f"{what}: done {count()} times")
            lost += broken.hits
            if not broken.hits:
                break
    report.expect(lost > len(DEEDS), f"only {lost} answers were lost")
    report.done += f" ({lost} answers)"
    report.take(person.history)
    report.in_time()
    return report


def sent_twenty_times(site: Site) -> Report:
    """A save, a generation and a refinement, each twenty times at once."""
    report = Report("save and generate, 20 times at once")
    person = Person(site.address)
    person.registers()
    title, request_id = "Twenty", str(uuid.uuid4())
    with ThreadPoolExecutor(20) as pool:
        saved = list(pool.map(lambda _: person.again(lambda: person.saves(title)), range(20)))
        cooked = list(pool.map(lambda _: person.again(lambda: person.cooks(request_id)), range(20)))
    for answers, name in ((saved, "id"), (cooked, "draft_id")):
        got = {answer.json().get(name) if answer is not None and answer.ok else None for answer in answers}
        report.expect(len(got) == 1 and None not in got, f"{name}: answered {got}")
    report.wrong += person.wrong()
    report.take(person.history)
    return report


def workers_killed(site: Site, people: int, kills: int, pause_s: float, patience_s: float = LEASE_S) -> Report:
    """By SIGKILL, in the midst of what everybody does; with less patience claims may still be held at the end."""
    report = Report(f"{kills} workers killed under {people} people")
    crowd = _crowd(site, people)
    for person in crowd:
        person.patience_s = patience_s
    chance = random.Random(9)
    with busy(crowd):
        for _ in range(kills):
            time.sleep(pause_s * chance.uniform(0.5, 1.5))
            workers = site.workers()
            if workers:
                kill(chance.choice(workers))
        time.sleep(pause_s)
    _settle(report, crowd)
    return report


def throttled(site: Site, proxy: Proxy, people: int, seconds: float) -> Report:
    """Twice, in three of ten, and for ever."""
    report = Report(f"throttled twice, 30 %, for ever, {people} people")
    person = Person(site.address)
    person.registers()
    for operations in (WRITES, EVERYTHING - WRITES):
        with proxy.breaking("throttle", operations, first=2):
            answer = person.saves(str(uuid.uuid4()))
        report.expect(answer is not None and answer.status_code == 201, "throttled twice, and it was noticed")
    crowd = _crowd(site, people)
    with proxy.counting() as seen, proxy.breaking("throttle", share=0.3) as broken, busy(crowd):
        time.sleep(seconds)
    outcomes = sum((each.history.outcomes() for each in crowd), Counter[Outcome]())
    share = outcomes["ok"] / max(1, outcomes.total())
    report.expect(share >= 0.99, f"30 % throttled: only {share:.1%} succeeded")
    report.expect(broken.hits > 0.2 * seen.total(), "nothing was throttled")
    _outage(report, site, proxy, "throttle", crowd)
    _settle(report, [person, *crowd])
    return report


def silent(site: Site, proxy: Proxy, fault: str, people: int) -> Report:
    """The store is there and does not answer, or not in time."""
    report = Report(f"store: {fault}, {people} people")
    crowd = _crowd(site, people)
    _outage(report, site, proxy, fault, crowd)
    _settle(report, crowd)
    report.in_time()
    return report


def _outage(report: Report, site: Site, proxy: Proxy, fault: str, crowd: list[Person]) -> None:
    """Nothing is answered as it should: who reads is told in time, and the store is not asked over and over."""
    readers = [Person(site.address) for _ in range(READERS)]
    for place, reader in enumerate(readers):
        reader.cookies = crowd[place % len(crowd)].cookies
    with proxy.counting() as seen, proxy.breaking(fault), ThreadPoolExecutor(READERS) as pool:
        running = [pool.submit(reader.reads, ROUNDS) for reader in readers]
        report.expect(site.status("/login", 2) == 200, f"{fault}: a page that needs no store waited")
        report.expect(site.status("/healthz", 2) == 200, f"{fault}: /healthz does not answer")
        for each in running:
            each.result()
    report.calls += seen.total()
    report.needed += 2 * ROUNDS * READERS
    report.frugal()
    recovered = until(lambda: readers[0].is_known(readers[0].cookies), RECOVERY_S)
    report.expect(recovered is not None, f"{fault}: not back within {RECOVERY_S:g} s")
    report.take(*(reader.history for reader in readers))


def _crowd(site: Site, people: int) -> list[Person]:
    crowd = [Person(site.address) for _ in range(people)]
    for person in crowd:
        person.registers()
        person.saves(f"First of {person.email}")
    return crowd


def _settle(report: Report, crowd: list[Person]) -> None:
    """All is well again: what is stored is what everybody was told."""
    with ThreadPoolExecutor(4) as pool:
        for wrong in pool.map(lambda person: person.wrong(), crowd):
            report.wrong += wrong
    report.take(*(person.history for person in crowd))


Step = Callable[[Site, Proxy], Report]
