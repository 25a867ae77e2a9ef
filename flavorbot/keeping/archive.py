"""A backup: one gzip file of JSON lines, the same whichever engine it is of and goes to.

First a line that says what it is, then a line an entry, last a line with how many there are of each kind and the
SHA-256 of every line before it. Sessions, rate counters and mailed links are left out: put back later, they would let
in whoever signed out since.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flavorbot.errors import UnusableBackup
from flavorbot.interfaces import IWhole
from flavorbot.keeping.transfer import IProgress
from flavorbot.model import Entry
from flavorbot.storage.clock import Clock
from flavorbot.storage.kinds import KIND, LASTING, of_line, to_line

FORMAT = 1
SECONDS = "%Y-%m-%dT%H:%M:%SZ"
HEAD, END = "flavorbot-backup", "end"
# The recipes in it are compressed already.
LEVEL = 5
UNREADABLE = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a backup."""

    counts: Counter[str]
    exact: bool


def write_backup(path: Path, store: IWhole, progress: IProgress, now: Clock) -> Written:
    """Write a backup; it has its name only once it is whole. `UnusableBackup` where it cannot be written."""
    if path.exists():
        raise UnusableBackup(f"{path} is there already: choose another name, or move it away")
    part = path.with_name(f"{path.name}.part")
    try:
        with _private(part) as file:
            counts = _write(file, store, progress, now)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as error:
        raise UnusableBackup(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Written(counts, store.exact)


def _private(path: Path) -> IO[bytes]:
    """A new file that nobody else can read: it holds password hashes."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(file: IO[bytes], store: IWhole, progress: IProgress, now: Clock) -> Counter[str]:
    counts, digest = Counter[str](), hashlib.sha256()
    progress.begin("Backing up", store.about_how_many())
    with gzip.GzipFile("", "wb", LEVEL, file) as lines:

        def put(line: bytes) -> None:
            digest.update(line)
            lines.write(line)

        kinds = {name: KIND[name].names for name in LASTING}
        head = {"format": FORMAT, "began": f"{now():{SECONDS}}", "exact": store.exact, "kinds": kinds}
        put(_line({HEAD: head}))
        with closing(store.entries(LASTING)) as entries:
            for entry in entries:
                put(to_line(entry))
                counts[entry.kind] += 1
                progress.step()
        end = {"ended": f"{now():{SECONDS}}", "counts": counts, "sha256": digest.hexdigest()}
        lines.write(_line({END: end}))
    progress.end()
    return counts


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode() + b"\n"


class Backup:
    """A backup that was made before, as a source of entries; `UnusableBackup` where it is damaged, or too new."""

    kinds = LASTING
    fixed = True

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._lines() as lines:
            _, head = self._head(lines)
        self.began = str(head["began"])

    def entries(self) -> Generator[Entry, None, None]:
        """Each of them; the error of a damaged file may come last, so nothing of it counts before the end."""
        counts, digest = Counter[str](), hashlib.sha256()
        with self._lines() as lines:
            line, _ = self._head(lines)
            while True:
                digest.update(line)
                line = self._next(lines)
                if line.startswith(b'{"end":'):
                    self._check(line, lines, counts, digest.hexdigest())
                    return
                entry = self._entry(line)
                counts[entry.kind] += 1
                yield entry

    def about_how_many(self) -> int | None:
        return None

    def _lines(self) -> gzip.GzipFile:
        try:
            return gzip.GzipFile(self.path, "rb")
        except OSError as error:
            raise UnusableBackup(f"{self.path} cannot be read: {error.strerror or error}") from error

    def _head(self, lines: gzip.GzipFile) -> tuple[bytes, dict[str, Any]]:
        try:
            line = lines.readline()
            head: dict[str, Any] = json.loads(line)[HEAD]
            known = head["format"] == FORMAT and all(
                name in KIND and set(fields) <= set(KIND[name].names) for name, fields in head["kinds"].items()
            )
        except UNREADABLE as error:
            raise UnusableBackup(f"{self.path} is no backup of FlavorBot, or is damaged") from error
        if not known:
            raise UnusableBackup(f"{self.path} was made by a newer FlavorBot: bring this one up to date first")
        return line, head

    def _next(self, lines: gzip.GzipFile) -> bytes:
        try:
            line = lines.readline()
        except UNREADABLE as error:
            raise self._damaged(str(error)) from error
        if not line.endswith(b"\n"):
            raise self._damaged("it breaks off")
        return line

    def _entry(self, line: bytes) -> Entry:
        try:
            entry = of_line(line)
        except UNREADABLE as error:
            raise self._damaged(str(error)) from error
        if entry.kind not in self.kinds:
            raise self._damaged(f"{entry.kind} has no place in it")
        return entry

    def _check(self, line: bytes, lines: gzip.GzipFile, counts: Counter[str], sha256: str) -> None:
        try:
            end = json.loads(line)[END]
            sound = end["sha256"] == sha256 and end["counts"] == counts and not lines.read(1)
        except UNREADABLE as error:
            raise self._damaged(str(error)) from error
        if not sound:
            raise self._damaged("its checksum does not fit")

    def _damaged(self, why: str) -> UnusableBackup:
        return UnusableBackup(f"{self.path} is damaged ({why}), so nothing was written: take another backup")
