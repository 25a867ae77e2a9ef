"""`python -m tests.bench.profiles`: where the processor's time of a page goes; `ENGINES` and `BOX` as in the bench.

In this process and under cProfile, which makes many small calls look dearer than they are: read the shares. Waiting for
the store is not counted.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.__main__ import BOX, ENGINES, NAMES, SECRET, application, engine_of
from tests.bench.apps import make
from tests.bench.floor import send
from tests.bench.load import Connection, message
from tests.bench.pages import pages
from tests.bench.people import sign_up
from tests.bench.servers import flavorbot, small
from tests.bench.table import show

ROUNDS, TOP = 200, 10
PAGES = ("list of 24", "recipe", "search", "usage")
PARTS = {
    "templates": ("jinja2", "markupsafe", "templates", "remembered.py"),
    "storage": ("flavorbot/storage", "botocore", "boto3", "sqlite", "socket.py", "ssl.py"),
    "session, who it is": ("flavorbot/sessions", "flavorbot/web/signing", "flask_login", "flask_session"),
    "log line": ("logging", "flavorbot/web/logs", "flavorbot/web/recording", "flavorbot/watching"),
    "Flask": ("flask", "werkzeug", "itsdangerous", "blinker"),
    "FlavorBot": ("flavorbot",),
}
Function = tuple[str, int, str]


def main() -> int:
    """Each engine's pages, and one session read on DynamoDB."""
    with tempfile.TemporaryDirectory() as made:
        for name in ENGINES:
            with engine_of(name) as engine:
                _engine(Path(made) / name, name, engine.settings)
                if engine.pid:
                    _session(Path(made) / "session", engine.settings)
    return 0


def _engine(data: Path, name: str, engine: dict[str, str]) -> None:
    with flavorbot(data, SECRET_KEY=SECRET, FLAVORBOT_DRAIN_S="0", **engine) as served:
        app = application(data, engine)
        person = sign_up(served.port, app.extensions["flavorbot"].storage, BOX[0])
        found = {}
        for page in (page for page in pages() if page.name in PAGES):
            request = page.make(person)(0, 0)
            found[page.name] = _profiled(lambda request=request: send(app, request))  # type: ignore[misc]
    _show(f"{NAMES[name]}, {BOX[0]:,} recipes in the box", found)


def _session(data: Path, engine: dict[str, str]) -> None:
    """The application of the bench that reads one key of a session, and does nothing else."""
    with small("ours", data, **engine) as served:
        cookies = Connection(served.port).ask(message("GET", "/write", {})).cookies
        request = message("GET", "/read", {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        os.environ.update(engine, FLAVORBOT_DATA=str(data))
        app = make("ours")
        _show("One session read", {"session read": _profiled(lambda: send(app, request))})


def _profiled(ask: Callable[[], None]) -> pstats.Stats:
    for _ in range(ROUNDS // 10):
        ask()
    profile = cProfile.Profile(time.thread_time)
    profile.enable()
    for _ in range(ROUNDS):
        ask()
    profile.disable()
    return pstats.Stats(profile)


def _show(title: str, found: dict[str, pstats.Stats]) -> None:
    print(f"{title}, {ROUNDS} requests each:\n")
    shares = [(name, _shares(stats)) for name, stats in found.items()]
    parts = (*PARTS, "the rest")
    show(("page", *(f"{part}, %" for part in parts)), [[name, *map(share.get, parts)] for name, share in shares])
    for name, stats in found.items():
        print(f"{name}, own time, the first ten:\n")
        show(("function", "calls a request", "ms a request"), list(_top(stats)))


def _top(stats: pstats.Stats) -> Iterator[list[object]]:
    functions = stats.stats.items()  # type: ignore[attr-defined]
    for function, (_, calls, own, _, _) in sorted(functions, key=lambda each: -each[1][2])[:TOP]:
        yield [_called(function), calls / ROUNDS, own / ROUNDS * 1000]


def _called(function: Function) -> str:
    file, _, name = function
    return name if file == "~" else f"{name} ({Path(file).parent.name}/{Path(file).name})"


def _shares(stats: pstats.Stats) -> dict[str, float]:
    """The share of each part in per cent; what Python does in C counts for whoever called it."""
    spent: Counter[str] = Counter()
    for function, (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if function[0] != "~":
            spent[_part(function)] += own
            continue
        for caller, (_, _, from_there, _) in callers.items():
            spent[_part(caller)] += from_there
    whole = sum(spent.values())
    return {part: 100 * seconds / whole for part, seconds in spent.items()}


def _part(function: Function) -> str:
    return next((part for part, marks in PARTS.items() if any(mark in function[0] for mark in marks)), "the rest")


if __name__ == "__main__":
    sys.exit(main())
