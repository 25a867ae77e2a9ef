"""People who use FlavorBot while it breaks, and remember what they were told."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests

from tests.chaos.history import History

Body = dict[str, Any] | None

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "a long enough phrase"
TIMEOUT_S = 30
# Until a claim that a killed worker left is over.
LEASE_S = 75
WISH: Body = {"ingredients": ["chickpeas", "spinach", "onion"], "servings": 2, "seed": 3}


class Person:
    """One browser that talks JSON, on a connection of its own for every request, so that any worker may take it."""

    def __init__(self, address: str, history: History | None = None) -> None:
        self.site = address
        self.history = history or History()
        self.email = f"{uuid.uuid4().hex}@example.org"
        self.cookies: dict[str, str] = {}
        self.signed_out: list[dict[str, str]] = []
        self.recipes: dict[str, str] = {}
        # Whether it is known who is signed in with these cookies.
        self.sure = True
        # How long to go on asking for a recipe that is being cooked.
        self.patience_s: float = LEASE_S

    @property
    def address(self) -> str:
        return f"{self.site}/api/v1"

    def send(
        self,
        method: str,
        path: str,
        body: Body = None,
        headers: Mapping[str, str] = SAME_SITE,
        cookies: dict[str, str] | None = None,
    ) -> requests.Response:
        """With this person's own cookies, or with those that are given."""
        answer = requests.request(
            method,
            self.address + path,
            json=body,
            headers={**SAME_SITE, **headers},
            cookies=cookies or self.cookies,
            timeout=TIMEOUT_S,
        )
        if answer.cookies and not cookies:
            self.cookies = {str(cookie.name): str(cookie.value) for cookie in answer.cookies}
        return answer

    def ask(
        self, operation: str, key: str, method: str, path: str, body: Body = None, **headers: str
    ) -> requests.Response | None:
        """Once, and on the record."""
        return self.history.record(operation, key, lambda: self.send(method, path, body, headers))

    def registers(self) -> None:
        body = {"email": self.email, "password": PASSWORD}
        answer = self.ask("register", self.email, "POST", "/auth/register", body)
        assert answer is not None
        assert answer.status_code == 201, answer.text

    def signs_in(self) -> requests.Response | None:
        body = {"email": self.email, "password": PASSWORD}
        self.sure = False
        answer = self.ask("sign in", self.email, "POST", "/auth/login", body)
        self.sure = answer is not None and answer.ok
        return answer

    def signs_out(self) -> None:
        before, self.sure = self.cookies, False
        answer = self.ask("sign out", self.email, "POST", "/auth/logout")
        if answer is not None and answer.ok:
            self.signed_out.append(before)
            self.cookies = {}

    def saves(self, title: str) -> requests.Response | None:
        body = {"title": title, "ingredients": ["200 g rice"], "instructions": ["Boil the rice."]}
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, title))
        answer = self.ask("save", title, "POST", "/recipes", body, **{"Idempotency-Key": key})
        if answer is not None and answer.status_code == 201:
            self.recipes[title] = answer.json()["id"]
        return answer

    def cooks(self, request_id: str) -> requests.Response | None:
        return self.ask("generate", request_id, "POST", "/generate", WISH, **{"Idempotency-Key": request_id})

    def edits(self, title: str, notes: str) -> requests.Response | None:
        path = f"/recipes/{self.recipes[title]}"
        shown = self.ask("open", title, "GET", path)
        if shown is None or not shown.ok:
            return shown
        if shown.json()["notes"] == notes:  # an attempt before this one got through
            return shown
        as_of = {"If-Match": shown.headers["ETag"]}
        return self.ask("edit", f"{title}|{notes}", "PATCH", path, {"notes": notes}, **as_of)

    def reads(self, times: int = 1) -> None:
        for _ in range(times):
            self.ask("list", self.email, "GET", "/recipes?limit=24")
            self.ask("usage", self.email, "GET", "/usage")

    def again(self, act: Callable[[], requests.Response | None], seconds: float = 15) -> requests.Response | None:
        """As long as it is not known what came of it."""
        give_up_at = time.monotonic() + seconds
        while True:
            answer = act()
            known = answer is not None and answer.status_code < 500
            if known or time.monotonic() > give_up_at:
                return answer
            time.sleep(0.2)

    def wrong(self) -> list[str]:
        """Where what is stored differs from what this person was told."""
        wrong = []
        who = self.send("GET", "/me")
        if who.status_code != 200:
            wrong += [f"a session was lost: {who.status_code}"] if self.sure else []
            self.again(self.signs_in)
        titles = self.titles()
        states = {key: self.send("GET", f"/drafts/{key}").status_code for key in self.history.keys("generate")}
        drafts = [key for key, status in states.items() if status == 200]
        held = [key for key, status in states.items() if status == 503]  # by a worker that was killed, for a minute
        wrong += self.history.counted("save", titles) + self.history.counted("generate", drafts)
        used = self.send("GET", "/usage").json()["recipes_generated"]
        if used != len(drafts) + len(held):
            wrong.append(f"{used} recipes are counted, {len(drafts)} drafts and {len(held)} claims are there")
        if held and self.patience_s >= LEASE_S:
            wrong.append(f"{len(held)} recipes are held longer than a lease")
        wrong += [
            f"a session that was ended goes on: {cookies}" for cookies in self.signed_out if self.is_known(cookies)
        ]
        return wrong + self.lost_edits() + [f"{each}" for each in self.history.server_errors()]

    def lost_edits(self) -> list[str]:
        wrong = []
        for title, recipe_id in self.recipes.items():
            edits = [each for each in self.history.all if each.operation == "edit" and each.key.startswith(f"{title}|")]
            done = [place for place, each in enumerate(edits) if each.outcome == "ok"]
            if done:
                stored = self.send("GET", f"/recipes/{recipe_id}").json()["notes"]
                if stored not in {each.key.partition("|")[2] for each in edits[done[-1] :]}:
                    wrong.append(f"{title}: {edits[done[-1]].key} was acknowledged, but {stored} is stored")
        return wrong

    def titles(self) -> list[str]:
        return [item["title"] for item in self.box()]

    def box(self) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = self.send("GET", f"/recipes?limit=100&cursor={cursor}").json()
            yield from page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return

    def has_draft(self, request_id: str) -> bool:
        return self.send("GET", f"/drafts/{request_id}").status_code == 200

    def is_known(self, cookies: dict[str, str]) -> bool:
        return self.send("GET", "/me", cookies=cookies).status_code == 200


def a_day(person: Person, chance: random.Random) -> None:
    """Something that a person does; what came to nothing is tried again under the same key."""
    deed = chance.choice(("save", "save", "edit", "generate", "read", "sign in anew"))
    if deed == "save":
        title = f"Rice {uuid.uuid4().hex}"
        person.again(lambda: person.saves(title))
    elif deed == "edit" and person.recipes:
        title, notes = chance.choice(list(person.recipes)), uuid.uuid4().hex
        person.again(lambda: person.edits(title, notes))
    elif deed == "generate":
        request_id = str(uuid.uuid4())
        person.again(lambda: person.cooks(request_id), person.patience_s)
    elif deed == "sign in anew":
        person.signs_out()
        person.again(person.signs_in)
    else:
        person.reads()


@contextmanager
def busy(people: list[Person], pause_s: float = 0.05) -> Iterator[threading.Event]:
    """Everybody at it at once; the event ends it."""
    over = threading.Event()
    failed: list[BaseException] = []

    def live(person: Person, seed: int) -> None:
        chance = random.Random(seed)
        try:
            while not over.wait(pause_s):
                a_day(person, chance)
        except BaseException as error:  # told to whoever waits for the threads
            failed.append(error)

    threads = [threading.Thread(target=live, args=(person, seed)) for seed, person in enumerate(people)]
    for thread in threads:
        thread.start()
    try:
        yield over
    finally:
        over.set()
        for thread in threads:
            thread.join(LEASE_S + TIMEOUT_S)
    assert failed == []
