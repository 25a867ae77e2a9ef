"""The store breaks: its answers are lost, late, spoilt or refused, or it is not there at all."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.chaos.deeds import DEEDS, leaving
from tests.chaos.history import Outcome
from tests.chaos.people import PASSWORD, Person, busy
from tests.chaos.proxy import EVERYTHING, WRITES, Proxy, until
from tests.chaos.report import RECOVERY_S, Report, a_crowd, settle
from tests.chaos.site import Site

# As many as two workers have threads for at half load, often enough for what a process may retry to be little.
READERS, ROUNDS = 16, 5
SPOILT = ("reset", "500", "503 HTML", "garbage", "truncated")


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


def throttled(site: Site, proxy: Proxy, people: int, seconds: float) -> Report:
    """Twice, in three of ten, and for ever."""
    report = Report(f"throttled twice, 30 %, for ever, {people} people")
    person = Person(site.address)
    person.registers()
    for operations in (WRITES, EVERYTHING - WRITES):
        with proxy.breaking("throttle", operations, first=2):
            answer = person.saves(str(uuid.uuid4()))
        report.expect(answer is not None and answer.status_code == 201, "throttled twice, and it was noticed")
    crowd = a_crowd(site, people)
    with proxy.counting() as seen, proxy.breaking("throttle", share=0.3) as broken, busy(crowd):
        time.sleep(seconds)
    outcomes = sum((each.history.outcomes() for each in crowd), Counter[Outcome]())
    share = outcomes["ok"] / max(1, outcomes.total())
    report.expect(share >= 0.99, f"30 % throttled: only {share:.1%} succeeded")
    report.expect(broken.hits > 0.2 * seen.total(), "nothing was throttled")
    _outage(report, site, proxy, "throttle", crowd)
    settle(report, [person, *crowd])
    return report


def silent(site: Site, proxy: Proxy, fault: str, people: int) -> Report:
    """The store is there and does not answer, or not in time."""
    report = Report(f"store: {fault}, {people} people")
    crowd = a_crowd(site, people)
    _outage(report, site, proxy, fault, crowd)
    settle(report, crowd)
    report.in_time()
    return report


def slow(site: Site, proxy: Proxy) -> Report:
    """Late, but within each call's limit: who reads and saves gets there, and nobody waits over the limit of all."""
    report = Report("store: 0.8 s late, 6 people")
    crowd = a_crowd(site, 6)
    with proxy.counting() as seen:
        for person in crowd:
            _reads_and_saves(person)
    needed = seen.total()
    with proxy.counting() as seen, proxy.breaking("0.8 s late"), ThreadPoolExecutor(6) as pool:
        list(pool.map(_reads_and_saves, crowd))
    report.calls, report.needed = seen.total(), needed
    report.frugal()
    failed = sum(person.history.outcomes()["unknown"] for person in crowd)
    report.expect(failed == 0, f"{failed} requests failed")
    with proxy.breaking("0.8 s late"), ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda person: person.signs_in(), crowd))
    settle(report, crowd)
    report.in_time()
    return report


def _reads_and_saves(person: Person) -> None:
    title = str(uuid.uuid4())
    person.saves(title)
    person.edits(title, "salt")
    person.cooks(str(uuid.uuid4()))
    person.reads()


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


def spoilt(site: Site, proxy: Proxy) -> Report:
    """Each operation, each way, once: nobody notices. All of them: 503, and nothing but that."""
    report = Report(f"{', '.join(SPOILT)}: each operation once, then all")
    person = Person(site.address)
    person.registers()
    for fault in SPOILT:
        for operation in sorted(EVERYTHING):
            with proxy.breaking(fault, frozenset({operation}), first=1):
                _everything(person)
        whole = person.history.outcomes()
        report.expect(whole["unknown"] == 0, f"{fault} once: {whole['unknown']} were noticed")
        with proxy.breaking(fault):
            _everything(Person(site.address), person)
        _outage(report, site, proxy, fault, [person])
    settle(report, [person])
    report.in_time()
    return report


def _everything(person: Person, other: Person | None = None) -> None:
    """Some of each kind, by whoever is signed in; or by somebody with the cookies of another."""
    if other is not None:
        person.cookies = other.cookies
    title = str(uuid.uuid4())
    person.saves(title)
    if title in person.recipes:
        person.edits(title, "salt")
    person.cooks(str(uuid.uuid4()))
    person.reads()
    if other is None:
        person.signs_out()
        person.signs_in()


def done_in_part(site: Site, proxy: Proxy) -> Report:
    """Batches of which half comes back, and transactions that collide with others."""
    report = Report("half of each batch comes back, transactions collide 3 times, an account of 60 recipes ends")
    person = Person(site.address)
    person.registers()
    recipes = [{"@type": "Recipe", "name": f"Rice {n}", "recipeIngredient": ["200 g rice"],
                "recipeInstructions": "Boil the rice."} for n in range(60)]  # fmt: skip
    with proxy.breaking("partial", frozenset({"BatchWriteItem", "BatchGetItem"})) as broken:
        answer = person.ask("bring in", "60", "POST", "/import", {"jsonld": recipes})
        report.expect(answer is not None and answer.status_code == 201, f"import: {answer and answer.text[:200]}")
        report.expect(len(person.titles()) == 60, f"{len(person.titles())} of 60 recipes came in")
        act, gone = leaving(person, str(uuid.uuid4()))
        act()
        report.expect(gone() == 1, "an account is still there")
        whole = person.send("GET", "/export")
        report.expect(whole.ok and len(whole.content) > 1000, "the export is not whole")
        ended = person.send("DELETE", "/me", {"password": PASSWORD})
        report.expect(ended.status_code == 202, f"deleting answered {ended.status_code}")
    report.expect(broken.hits > 3, "no batch was met")
    other = Person(site.address)
    other.registers()
    with proxy.breaking("partial", frozenset({"TransactWriteItems"}), first=3):
        answer = other.saves("Collided")
    report.expect(answer is not None and answer.status_code == 201, "three collisions were noticed")
    settle(report, [other])
    report.take(person.history)
    return report


def away(site: Site, proxy: Proxy) -> Report:
    """Nothing listens where the store was; then it is there again."""
    report = Report("connection refused, 2 people")
    crowd = a_crowd(site, 2)
    with proxy.away():
        began = time.monotonic()
        report.expect(site.status("/login") == 200, "a page that needs no store did not come")
        report.expect(site.status("/healthz") == 200, "/healthz does not answer")
        report.expect(site.status("/readyz") == 503, "/readyz does not say so")
        answer = crowd[0].send("GET", "/me")
        report.expect(answer.status_code == 503 and "Retry-After" in answer.headers, f"answered {answer.status_code}")
        report.expect(time.monotonic() - began < 4, "four answers took over a second each")
    recovered = until(lambda: site.status("/readyz") == 200 and crowd[0].is_known(crowd[0].cookies), RECOVERY_S)
    report.expect(recovered is not None, "not back in time")
    settle(report, crowd)
    report.in_time()
    return report


def stopped(site: Site, store: int) -> Report:
    """The store's process is stopped in the midst of everything: connections are taken, nothing is answered."""
    report = Report("the store's process stopped for 6 s under 4 people")
    crowd = a_crowd(site, 4)
    with busy(crowd):
        time.sleep(1)
        with _asleep(store):
            time.sleep(6)
        recovered = until(lambda: crowd[0].is_known(crowd[0].cookies) or site.status("/readyz") == 200, RECOVERY_S)
        report.expect(recovered is not None, "not back in time")
        time.sleep(1)
    settle(report, crowd)
    return report


@contextmanager
def _asleep(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
