"""FlavorBot's own processes are killed, told to end in every way, and kept short of what they need."""

from __future__ import annotations

import random
import signal
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.chaos.files import tmpfs
from tests.chaos.people import LEASE_S, Person, busy
from tests.chaos.proxy import until
from tests.chaos.report import RECOVERY_S, Report, a_crowd, settle
from tests.chaos.site import DidNotStart, Site, kill, running
from tests.generators.model.conftest import good_recipe
from tests.generators.model.server import Answer, Handler, scripted, writes

GRACEFUL_S = 30
# What a wish for the scripted model asks for.
FOODS = ["chicken breast", "broccoli", "rice"]


def workers_killed(site: Site, people: int, kills: int, pause_s: float, patience_s: float = LEASE_S) -> Report:
    """By SIGKILL, in the midst of what everybody does; with less patience claims may still be held at the end."""
    report = Report(f"{kills} workers killed under {people} people")
    crowd = a_crowd(site, people)
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
    settle(report, crowd)
    return report


def master_killed(site: Site) -> Report:
    """Its workers end by themselves, and whoever starts it again finds all as it was."""
    report = Report("the master killed under 3 people, and started again")
    crowd = a_crowd(site, 3)
    for person in crowd:
        person.patience_s = LEASE_S
    with busy(crowd):
        time.sleep(2)
        workers = site.workers()
        site.stop(signal.SIGKILL)
        ended = until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), 10)
        report.expect(ended is not None, "workers were left behind")
        took = site.start()
        # A machine that has much else to do starts nothing in five seconds.
        usual_s = max(RECOVERY_S, 1.5 * site.first_start_s)
        report.expect(took < usual_s, f"up again only after {took:.1f} s")
        report.done += f" ({took:.1f} s)"
        time.sleep(1)
    report.expect(all(person.is_known(person.cookies) for person in crowd if person.cookies), "a session was lost")
    settle(report, crowd)
    return report


def told_to_end(site: Site) -> Report:
    """SIGHUP under load fails nobody; SIGINT, and SIGTERM twice, end with 0."""
    report = Report("SIGHUP under 3 people; SIGINT; SIGTERM twice")
    crowd = a_crowd(site, 3)
    assert site.process is not None
    with busy(crowd):
        time.sleep(1)
        site.process.send_signal(signal.SIGHUP)
        time.sleep(6)
    report.expect(not sum(each.history.outcomes()["unknown"] for each in crowd), "SIGHUP failed somebody")
    settle(report, crowd)
    report.expect(site.stop(signal.SIGINT) == 0, "SIGINT does not end with 0")
    site.start()
    site.process.send_signal(signal.SIGTERM)
    report.expect(site.stop(signal.SIGTERM) == 0, "SIGTERM twice does not end with 0")
    site.start()
    return report


def ended_while_cooking(folder: Path) -> Report:
    """A recipe that is done within the time for leaving is finished; a longer one is not counted."""
    report = Report(f"SIGTERM while a recipe cooks for 3 s, and for longer than {GRACEFUL_S} s")
    with scripted() as model:
        settings = {
            "FLAVORBOT_MODEL": "slow", "OPENAI_BASE_URL": model.address, "FLAVORBOT_MODEL_DEADLINE_S": "50",
            "WEB_CONCURRENCY": "1",
        }  # fmt: skip
        with running(folder, settings) as site:
            person = Person(site.address)
            person.registers()
            for seconds in (3, 45):
                model.answers = [_after(seconds, writes(good_recipe()))]
                cooking = _in_background(lambda: _wishes(person))
                report.expect(until(lambda: len(model.requests) > 0, 10) is not None, "the model was not asked")
                model.requests.clear()
                report.expect(site.stop() == 0, "SIGTERM does not end with 0")
                cooking.join()
                site.start()
            short, long = [each.outcome for each in person.history.all if each.operation == "generate"]
            report.expect(short == "ok", "a recipe of 3 s was not finished")
            report.expect(long == "unknown", "a recipe of 45 s was told to be there")
            done = until(lambda: _used(person) == 1, LEASE_S)
            report.expect(done is not None, f"{_used(person)} recipes are counted, though one is there")
            report.take(person.history)
    return report


def short_of_everything(folder: Path) -> Report:
    """It starts and serves, or says in one line why not."""
    report = Report("64 file handles; 1 GB of address space; no HOME; a full temporary folder")
    with tmpfs(folder / "full", "16k") as full:
        (full / "filler").write_bytes(b"x" * 12_000)
        for name, before, settings in (
            ("64 file handles", ("prlimit", "--nofile=64"), {}),
            ("1 GB of address space", ("prlimit", "--as=1073741824"), {}),
            ("no HOME", ("env", "-u", "HOME"), {}),
            ("a full temporary folder", (), {"TMPDIR": str(full)}),
        ):
            place = folder / name.replace(" ", "-")
            place.mkdir()
            _serves(report, name, place, settings, before)
    return report


def _serves(report: Report, name: str, folder: Path, settings: dict[str, str], before: tuple[str, ...]) -> None:
    try:
        with running(folder, settings, before) as site:
            crowd = a_crowd(site, 4)
            with busy(crowd):
                time.sleep(3)
            settle(report, crowd)
    except DidNotStart as error:
        report.expect("flavorbot: " in str(error), f"{name}: it neither serves nor says why: {error}")
        report.done += f" ({name}: refused to start)"


def _wishes(person: Person) -> None:
    wish = {"ingredients": FOODS, "seed": 3}
    key = str(uuid.uuid4())
    person.ask("generate", key, "POST", "/generate", wish, **{"Idempotency-Key": key})


def _used(person: Person) -> int:
    return int(person.send("GET", "/usage").json()["recipes_generated"])


def _after(seconds: float, answer: Answer) -> Answer:
    def wait(handler: Handler) -> None:
        handler.server.over.wait(seconds)
        answer(handler)

    return wait


def _in_background(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act)
    thread.start()
    return thread
