"""All that a store or a backup holds, put into another store: compared before, and each entry afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Protocol

from flavorbot.errors import Conflict
from flavorbot.interfaces import IWhole
from flavorbot.model import Entry, Refused
from flavorbot.storage.clock import Clock, to_moment
from flavorbot.storage.kinds import ALL, is_over
from flavorbot.storage.scratch import Scratch

TWICE = "another account of this copy has its e-mail address"


class ISource(Protocol):
    """What entries come from, as often as they are asked for."""

    @property
    def kinds(self) -> tuple[str, ...]: ...

    @property
    def fixed(self) -> bool:
        """Whether it is the same each time, and only sound once it was read to its end."""

    def entries(self) -> Generator[Entry, None, None]: ...

    def about_how_many(self) -> int | None: ...


class IProgress(Protocol):
    """Whoever tells how far it is."""

    def begin(self, what: str, total: int | None) -> None: ...

    def step(self) -> None: ...

    def end(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the entries, by kind.

    Those `there` were before, those `dropped` are in the target no more, of those `over` the time has passed; those
    `replaced` are among the written.
    `differing`, `missing` and `others`, which only the target has, are what looking again found wrong.
    """

    read: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    over: Counter[str] = field(default_factory=Counter)
    replaced: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    differing: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> Counter[str]:
        return self.differing + self.missing + self.others + Counter(each.entry.kind for each in self.refused)


class Transfer:
    """One run; a second one after it, or after one that was killed, writes only what is missing still."""

    def __init__(self, source: ISource, target: IWhole, progress: IProgress, now: Clock) -> None:
        self.source = source
        self.target = target
        self.progress = progress
        self.now = now
        self.report = Report()
        # What has been begun to read, and is closed in the end.
        self._reading = ExitStack()

    def run(self, *, replace: bool = False, dry_run: bool = False) -> Report:
        """Make the target hold what the source does; `Conflict` where it holds other things, unless they may go.

        Nothing is written before a fixed source is known to be sound, and the target to hold nothing else.
        """
        with Scratch() as seen, self._reading:
            is_used = self._is_used()
            if is_used or self.source.fixed or dry_run:
                self._survey(seen)
            if is_used:
                self._compare(seen, may_drop=replace)
            if dry_run:
                self.report.written.update(seen.not_found(to_moment(self.now())))
                return self.report
            self.target.drop_entries(seen.doomed())
            self._write(seen)
            self._verify(seen)
        return self.report

    def _is_used(self) -> bool:
        with closing(self.target.entries(ALL)) as entries:
            return next(entries, None) is not None

    def _survey(self, seen: Scratch) -> None:
        """See everything before any of it is written."""
        leaving, now = [], to_moment(self.now())
        for entry in self._watched("Reading", self._read_from(self.source.entries()), self.source.about_how_many()):
            self.report.read[entry.kind] += 1
            if is_over(entry, now):
                self.report.over[entry.kind] += 1
                continue
            seen.note(entry)
            if entry.kind == "erasure" and entry.values.get("person"):
                leaving.append(entry.values["person"])
        for person in leaving:
            # Read before their deletion began, which goes on where this is put.
            seen.forget(Entry("user", {"id": person}))

    def _compare(self, seen: Scratch, *, may_drop: bool) -> None:
        """Find what the target has already; `Conflict` where it has more, or other things, unless these may go."""
        differing, others = Counter[str](), Counter[str]()
        for entry in self._watched(
            "Comparing", self._read_from(self.target.entries(ALL)), self.target.about_how_many()
        ):
            standing = seen.find(entry)
            if standing == "same":
                self.report.there[entry.kind] += 1
            elif entry.kind == "box" and "changes" not in entry.values:
                continue  # it only tells how much there is of others so far
            elif may_drop:
                (self.report.replaced if standing == "differs" else self.report.dropped)[entry.kind] += 1
                seen.doom(entry)
            elif entry.kind in self.source.kinds:
                (differing if standing == "differs" else others)[entry.kind] += 1
        if differing or others:
            raise Conflict(_told(self.target.where, differing, others))

    def _write(self, seen: Scratch) -> None:
        written = self._watched("Writing", self._to_write(seen), self._left(seen))
        for refused in self.target.put_entries(written):
            self.report.written[refused.entry.kind] -= 1
            self._refuse(seen, refused)

    def _left(self, seen: Scratch) -> int | None:
        """How many are to be written, about."""
        return seen.not_found(to_moment(self.now())).total() or self.source.about_how_many()

    def _to_write(self, seen: Scratch) -> Iterator[Entry]:
        """What the target has not; of a fixed source the last of each key, of any other each as it is now.

        What changed since it was compared stays as it was: only what is known can be overwritten with all that follows
        from it. It is told as differing, and the next run takes it along.
        """
        if not self.source.fixed:
            self.report.read.clear()
        for entry in self._read_from(self.source.entries()):
            if self.source.fixed:
                is_due = seen.is_seen(entry)
            else:
                self.report.read[entry.kind] += 1
                is_due = not seen.note(entry)
            if not is_due:
                continue
            if entry.kind == "user" and not seen.takes_address(entry):
                self._refuse(seen, Refused(entry, TWICE))
            elif not seen.is_found(entry):
                self.report.written[entry.kind] += 1
                yield entry

    def _verify(self, seen: Scratch) -> None:
        """Read all of it back, and compare each with what it was."""
        seen.find_none()
        total = self.report.read.total()
        for entry in self._watched("Checking", self._read_from(self.target.entries(self.source.kinds)), total):
            standing = seen.find(entry)
            if standing != "same":
                (self.report.differing if standing == "differs" else self.report.others)[entry.kind] += 1
        missing = seen.not_found(to_moment(self.now()))
        missing.subtract(self.report.differing)
        self.report.missing.update(+missing)

    def _refuse(self, seen: Scratch, refused: Refused) -> None:
        seen.forget(refused.entry)
        self.report.refused.append(refused)

    def _read_from(self, entries: Generator[Entry, None, None]) -> Iterator[Entry]:
        return self._reading.enter_context(closing(entries))

    def _watched(self, what: str, entries: Iterable[Entry], total: int | None) -> Iterator[Entry]:
        self.progress.begin(what, total)
        for entry in entries:
            yield entry
            self.progress.step()
        self.progress.end()


def _told(where: str, differing: Counter[str], others: Counter[str]) -> str:
    found = [
        f"{how}: {', '.join(f'{count:,} {kind}' for kind, count in sorted(counts.items()))}"
        for how, counts in (("different there", differing), ("only there", others))
        if counts
    ]
    return (
        f"{where} holds other things, so nothing was written ({'; '.join(found)}). Choose an empty place; or, with"
        " --replace, have what is different overwritten and what is only there deleted."
    )
