"""PostgreSQL and MariaDB as plain processes on the loopback, for as long as a test needs them."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.parts import free_port, need

WAIT_S = 60
# Neither runs as root.
UNPRIVILEGED = "nobody"


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a new, empty PostgreSQL."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which("postgres") or (folders and str(folders[-1] / "postgres"))
    server = Path(need(found or None, "PostgreSQL is missing: apt-get install postgresql"))
    with _folder() as folder:
        data, port = folder / "data", free_port()
        _run([str(server.with_name("initdb")), "-D", str(data), "-U", "flavor", "-A", "trust", "-N", "--locale=C.UTF-8",
              "-E", "UTF8"])  # fmt: skip
        quick = [
            f"-c{each}" for each in ("fsync=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
        ]
        with _running([str(server), "-D", str(data), "-p", str(port), *quick]):
            yield _answering(f"postgresql://flavor@127.0.0.1:{port}/postgres")


@contextmanager
def mariadb() -> Iterator[str]:
    """The URL of a new MariaDB with an empty database."""
    found = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    server = need(found, "MariaDB is missing: apt-get install mariadb-server")
    installer = need(shutil.which("mariadb-install-db"), "MariaDB is missing: apt-get install mariadb-server")
    with _folder() as folder:
        data, port = folder / "data", free_port()
        _run([installer, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
              "--skip-test-db"])  # fmt: skip
        opened = [
            "--skip-grant-tables",
            "--skip-networking=0",
            "--bind-address=127.0.0.1",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        command = [server, "--no-defaults", f"--datadir={data}", f"--port={port}", f"--socket={folder}/socket", *opened]
        with _running(command):
            root = _answering(f"mysql://root@127.0.0.1:{port}/")
            engine = sa.create_engine(_driver(root))
            with engine.begin() as connection:
                connection.exec_driver_sql("CREATE DATABASE sister CHARACTER SET utf8mb4")
            engine.dispose()
            yield f"{root}sister"


def engine_of(url: str) -> sa.Engine:
    """For whoever fills a database that is moved in from by this URL."""
    return sa.create_engine(_driver(url))


def _driver(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:").replace("mysql:", "mysql+pymysql:")


@contextmanager
def _folder() -> Iterator[Path]:
    """One that the server's user can write in; the path of a socket in it must not be long."""
    folder = Path(tempfile.mkdtemp(prefix="db-", dir="/tmp"))
    try:
        if getpass.getuser() == "root":
            shutil.chown(folder, UNPRIVILEGED)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(_as_nobody(command), capture_output=True, text=True, timeout=WAIT_S, check=False, cwd="/")
    assert done.returncode == 0, done.stderr


@contextmanager
def _running(command: Sequence[str]) -> Iterator[None]:
    process = subprocess.Popen(_as_nobody(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        yield
    finally:
        process.terminate()
        process.wait(WAIT_S)


def _as_nobody(command: Sequence[str]) -> list[str]:
    if getpass.getuser() != "root":
        return list(command)
    return ["setpriv", f"--reuid={UNPRIVILEGED}", "--clear-groups", *command]


def _answering(url: str) -> str:
    engine = sa.create_engine(_driver(url))
    until = time.monotonic() + WAIT_S
    while True:
        try:
            engine.connect().close()
        except sa.exc.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            engine.dispose()
            return url
