"""FlavorBot's sessions beside Flask-Session's and Flask's own, under the same gunicorn."""

from __future__ import annotations

from pathlib import Path

from tests.bench.load import Connection, message
from tests.bench.processes import cpu_s
from tests.bench.servers import Measured, Served, measure, small
from tests.bench.table import Goal, at_least, show

NAMES = {"ours": "FlavorBot's", "flask-session": "Flask-Session 0.8.0, DynamoDB", "cookie": "Flask's signed cookie"}


def goals(folder: Path, seconds: float, engine: dict[str, str], store_pid: int) -> list[Goal]:
    """Print what each takes; `engine` are the settings that name DynamoDB, which runs as that process here."""
    found = {}
    for name in NAMES:
        with small(name, folder / f"session-{name}", **engine) as served:
            none = _measured(served, "/", seconds)
            before = cpu_s(store_pid)
            read = _measured(served, "/read", seconds)
            store_ms = (cpu_s(store_pid) - before) / len(read.load.took_s) * 1000
            found[name] = none, read, store_ms, _measured(served, "/write", seconds)
    show(
        (
            "sessions",
            "not looked at, per s",
            "one read, per s",
            "CPU ms",
            "of DynamoDB Local",
            "one write, per s",
            "CPU ms",
        ),
        [
            (NAMES[name], none.load.rate, read.load.rate, read.cpu_ms, store_ms, write.load.rate, write.cpu_ms)
            for name, (none, read, store_ms, write) in found.items()
        ],
    )
    ours, theirs, cookie = found.values()
    return [
        at_least("session read against Flask-Session's", ours[1].load.rate / theirs[1].load.rate, 4, " times"),
        at_least(
            "page without a look at it against the cookie", ours[0].load.rate / cookie[0].load.rate, 0.9, " times"
        ),
    ]


def _measured(served: Served, path: str, seconds: float) -> Measured:
    begun = Connection(served.port).ask(message("GET", "/write", {}))
    cookie = "; ".join(f"{name}={value}" for name, value in begun.cookies.items())
    request = message("GET", path, {"Cookie": cookie})
    return measure(served, lambda _, __: request, seconds)
