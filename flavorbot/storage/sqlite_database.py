"""Connections to the file of the embedded store: one per thread and process, opened when first used."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flavorbot.errors import (
    REMEDIES,
    FieldError,
    FlavorBotError,
    InvalidInput,
    StorageError,
    StorageMisconfigured,
    StorageUnavailable,
)
from flavorbot.model import StoreCall, StoreOutcome
from flavorbot.storage.clock import Clock, to_moment
from flavorbot.storage.sqlite_schema import STEPS, SWEEPS
from flavorbot.waiting import left_s, waited

Row = dict[str, Any]

FILE_NAME = "flavorbot.sqlite"
BUSY_TIMEOUT_S = 3.0
CACHE_KB = 256
RETRY_S = 0.01
SWEEP_EVERY = timedelta(minutes=10)
# Kept a while after it expired, so that a clock that is ahead removes nothing that others still use.
SWEEP_AFTER = timedelta(hours=1)


class Database:
    """Transactions on one file, shared by threads and processes."""

    def __init__(
        self,
        data_dir: Path,
        now: Clock,
        on_call: Callable[[str], None] | None,
        on_done: Callable[[StoreCall], None] | None = None,
    ) -> None:
        self.path = data_dir / FILE_NAME
        self.now = now
        self._on_call = on_call
        self._on_done = on_done
        self._local = threading.local()
        self._turn = threading.Lock()
        self._next_sweep = now() + SWEEP_EVERY

    @contextmanager
    def read(self, name: str) -> Iterator[sqlite3.Connection]:
        """A consistent view for several reads."""
        with self._transaction(name, "BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self, name: str) -> Iterator[sqlite3.Connection]:
        """Alone among all writers from the first statement on; all or nothing."""
        until = time.monotonic() + min(BUSY_TIMEOUT_S, left_s())
        with self._turn_to_write(until), self._transaction(name, "BEGIN IMMEDIATE", until) as connection:
            yield connection
            self._sweep(connection)

    def moment(self) -> int:
        return to_moment(self.now())

    def close(self) -> None:
        """Close this thread's connection; the next use opens another."""
        self._local.opened = None

    @contextmanager
    def _turn_to_write(self, until: float) -> Iterator[None]:
        """Threads queue here: SQLite has them try again by luck, and some would never get through."""
        began = time.monotonic()
        if not self._turn.acquire(timeout=max(0.0, until - began)):
            waited(time.monotonic() - began)
            raise StorageUnavailable(f"{self.path} was busy for too long", "locked")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _transaction(self, name: str, begin: str, until: float | None = None) -> Iterator[sqlite3.Connection]:
        if self._on_call is not None:
            self._on_call(name)
        began = time.perf_counter()
        outcome: StoreOutcome = "done"
        try:
            connection = self._connection()
            if until is not None:
                connection.execute(f"PRAGMA busy_timeout = {max(0, int((until - time.monotonic()) * 1000))}")
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            outcome = "failed"
            raise storage_error(error, self.path) from error
        except FlavorBotError:
            outcome = "refused"
            raise
        finally:
            waited(time.perf_counter() - began)
            if self._on_done is not None:
                self._on_done(StoreCall(name, time.perf_counter() - began, outcome))

    def _connection(self) -> sqlite3.Connection:
        opened: _Opened | None = getattr(self._local, "opened", None)
        if opened is None or opened.pid != os.getpid():
            opened = self._local.opened = _Opened(self.path)
        return opened.connection

    def _sweep(self, connection: sqlite3.Connection) -> None:
        now = self.now()
        if now < self._next_sweep:
            return
        self._next_sweep = now + SWEEP_EVERY
        for statement in SWEEPS:
            connection.execute(statement, {"before": to_moment(now - SWEEP_AFTER)})


class Part:
    """One subject of the store."""

    def __init__(self, db: Database) -> None:
        self.db = db


class _Opened:
    """An open connection, closed with the thread that used it, and only by the process that made it."""

    def __init__(self, path: Path) -> None:
        self.pid = os.getpid()
        self.connection = _open(path)

    def __del__(self) -> None:
        connection = getattr(self, "connection", None)
        if connection is not None and self.pid == os.getpid():
            connection.close()


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    except OSError as error:
        raise StorageMisconfigured(_told(path, "not-writable", error.strerror), "not-writable") from error
    # A thread's connection is closed by whichever thread collects it.
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = _row
        _use_write_ahead_log(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        # Each thread has a connection, with pages of its own; the system keeps those of the file for all of them.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        _upgrade(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Make the file where it is missing, private: it holds password hashes. SQLite's own beside it follow it.

    Made by root, for the user that a service has, it is the folder's owner's, who else could not open it.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    try:
        if os.geteuid() == 0:
            folder = path.parent.stat()
            os.fchown(descriptor, folder.st_uid, folder.st_gid)
    finally:
        os.close(descriptor)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the file over, once in its life; SQLite itself waits for no lock while it does, so that is done here."""
    give_up_at = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() >= give_up_at:
                raise
        time.sleep(RETRY_S)


def _row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}


def _upgrade(connection: sqlite3.Connection) -> None:
    """Take the steps that this file has not had yet; several processes may try at once."""
    if schema_version(connection) >= len(STEPS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(schema_version(connection), len(STEPS)):
            for statement in STEPS[number]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()["user_version"])


def storage_error(error: sqlite3.DatabaseError, path: Path) -> StorageError | InvalidInput | sqlite3.DatabaseError:
    """What went wrong, in words for whoever runs this; what only a fault of ours can cause stays as it is."""
    code = _code(error)
    if code == sqlite3.SQLITE_TOOBIG:
        return InvalidInput([FieldError("", "This is too long to be kept.")])
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageUnavailable(_told(path, "locked", "waited for too long"), "locked")
    if code == sqlite3.SQLITE_FULL:
        return StorageUnavailable(_told(path, "disk-full", error), "disk-full")
    if code == sqlite3.SQLITE_IOERR:
        return StorageUnavailable(_told(path, "disk-failing", error), "disk-failing")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StorageMisconfigured(_told(path, "not-writable", error), "not-writable")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StorageMisconfigured(_told(path, "damaged", error), "damaged")
    if isinstance(error, sqlite3.OperationalError):
        return StorageUnavailable(f"{path} cannot be used: {error}", "refused")
    return error


def _told(path: Path, reason: str, said: object) -> str:
    return f"{path}: {REMEDIES[reason]} ({said})"


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for errors of the module itself."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
