"""Clocks that are wrong, and months that end in the midst of things."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.chaos.people import LEASE_S, WISH, Person
from tests.chaos.report import NotHere, Report
from tests.chaos.site import running

LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")
NEW_YEAR = datetime(2028, 1, 1, tzinfo=UTC)
# Started so long before, for people to have registered by then.
BEFORE_S = 30


def wrong_clocks(folder: Path) -> Report:
    """Servers whose clocks differ share one store: who is signed in stays so on each, and nothing counts twice."""
    report = Report("one server's clock +10 min, -10 min, +1 day, beside one that is right")
    with running(folder, {}) as right:
        for offset in ("+10m", "-10m", "+1d"):
            person = Person(right.address)
            person.registers()
            # A request is remembered for a day, by whichever clock.
            requests = [str(uuid.uuid4())] * 2 if offset != "+1d" else [str(uuid.uuid4()), str(uuid.uuid4())]
            shared = {"FLAVORBOT_DATA": str(right.data), **_fake(offset)}
            place = folder / offset
            place.mkdir()
            with running(place, shared) as wrong:
                other = Person(wrong.address, person.history)
                other.cookies = dict(person.cookies)
                report.expect(other.is_known(other.cookies), f"{offset}: signed out")
                person.saves(f"Right {offset}")
                for each, request_id in zip((person, other), requests, strict=True):
                    report.expect(each.cooks(request_id) is not None, f"{offset}: no recipe")
                    report.expect(each.is_known(person.cookies), f"{offset}: signed out after using both")
                other.email = f"{uuid.uuid4().hex}@example.org"
                other.cookies = {}
                other.registers()
                report.expect(Person(right.address).is_known(other.cookies), f"{offset}: its sessions are no good here")
                other.signs_out()
                gone = other.signed_out[-1]
                report.expect(not Person(right.address).is_known(gone), f"{offset}: a session goes on after its end")
            report.wrong += person.wrong()
            report.take(person.history)
    return report


def year_ends(folder: Path) -> Report:
    """Each recipe counts in the month in which it was begun, wherever the server believes itself to be."""
    report = Report("the year ends in UTC while 4 cook, the server's zone being New York")
    begins = int((NEW_YEAR - datetime.now(UTC)).total_seconds()) - BEFORE_S
    with running(folder, {"TZ": "America/New_York", **_fake(f"+{begins}s")}) as site:
        shown = Person(site.address)
        shown.registers()
        people = [Person(site.address) for _ in range(4)]
        for person in people:
            person.registers()
        before = _now(site.address)
        time.sleep(max(0.0, (NEW_YEAR - timedelta(seconds=2) - before).total_seconds()))
        ends_at = time.monotonic() + 9
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(lambda person: _cook_until(person, ends_at), people))
        months = [_by_month(person) for person in people]
        report.expect(all(sum(each.values()) > 0 for each in months), "nobody cooked")
        report.expect(any(each["2027-12"] for each in months), "nothing counted in the old month")
        report.expect(any(each["2028-01"] for each in months), "nothing counted in the new month")
        for person, counted in zip(people, months, strict=True):
            made = person.history.outcomes()["ok"] - 1
            report.expect(sum(counted.values()) == made, f"{made} made, {counted} counted")
        report.take(*(person.history for person in people))
    return report


def _cook_until(person: Person, ends_at: float) -> None:
    person.patience_s = LEASE_S
    while time.monotonic() < ends_at:
        key = str(uuid.uuid4())
        person.ask("generate", key, "POST", "/generate", WISH, **{"Idempotency-Key": key})


def _by_month(person: Person) -> dict[str, int]:
    return {
        month: int(person.send("GET", f"/usage/{month}").json()["recipes_generated"])
        for month in ("2027-12", "2028-01")
    }


def _now(address: str) -> datetime:
    """What the server's clock says, as it tells by when the month ends."""
    answer = Person(address).send("GET", "/openapi.json")
    return datetime.strptime(answer.headers["Date"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)


def _fake(time_is: str) -> dict[str, str]:
    """What makes a server believe this, by Debian's `faketime`; `NotHere` without it.

    The times of files stay right, since gunicorn keeps its workers' last signs of life there.
    """
    found = [path for pattern in LIBRARIES for path in Path("/").glob(pattern[1:])]
    if not found:
        raise NotHere("faketime is missing (Debian: apt install faketime)")
    return {"LD_PRELOAD": str(found[0]), "FAKETIME": time_is, "NO_FAKE_STAT": "1"}
