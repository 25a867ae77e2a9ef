"""The whole table: read by a scan, each thing as it was when its page was read, and written in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Generator, Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Any, TypeVar

from flavorbot.errors import StorageMisconfigured
from flavorbot.model import Entry, Refused
from flavorbot.storage.batches import BatchWriter, read_all
from flavorbot.storage.dynamodb_metering import COUNTED, SHARDS
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import Item, from_item
from flavorbot.storage.kinds import is_over
from flavorbot.storage.patience import patiently
from flavorbot.storage.table import Key, erasure_key, model_usage_key
from flavorbot.storage.whole_items import entry_of, to_items

T = TypeVar("T")
# Entries that are held at once.
TOGETHER = 500
# Items of one segment of a scan.
SEGMENT = 2000
MOST_SEGMENTS = 1000
MODEL_USAGE = "USAGE#MODEL#"
ERASURES = "ERASURE"


class DynamoDBWhole(Part):
    """`IWhole` over the table."""

    exact = False

    @property
    def where(self) -> str:
        return self.table.where

    def entries(self, kinds: Container[str]) -> Generator[Entry, None, None]:
        totals: dict[str, Counter[str]] = {}
        found = chain(self._scanned(totals), _of_months(totals), self._erasures())
        now = self.table.moment()
        return (entry for entry in found if entry.kind in kinds and not is_over(entry, now) and not _is_running(entry))

    def put_entries(self, entries: Iterable[Entry]) -> list[Refused]:
        with BatchWriter(self.table) as writer:
            _in_order(entries, to_items, writer.put, writer.flush)
        return []

    def drop_entries(self, entries: Iterable[Entry]) -> None:
        with BatchWriter(self.table) as writer:
            _in_order(entries, _keys, writer.delete, writer.flush)

    def about_how_many(self) -> int:
        """As AWS counted them some hours ago, with those that follow from others."""
        return int(patiently(lambda: self.table.describe("describe_table"))["Table"].get("ItemCount", 0))

    def _scanned(self, totals: dict[str, Counter[str]]) -> Iterator[Entry]:
        """Partition by partition, in which a scan goes on; what models took is added up meanwhile."""
        for partition, items in groupby(read_all(self.table, self._segments()), lambda item: str(item["PK"]["S"])):
            if partition.startswith(MODEL_USAGE):
                _add_up(totals, items)
            elif partition != ERASURES:
                yield from _with_box(map(self._entry, items))

    def _segments(self) -> int:
        """Pieces of a handful of pages: AWS reads any page as quickly, but DynamoDB Local sorts a whole segment."""
        return min(MOST_SEGMENTS, 1 + self.about_how_many() // SEGMENT)

    def _erasures(self) -> Iterator[Entry]:
        """Read when all else has been: none is missing of whoever was read before."""
        deletions = {
            "KeyConditionExpression": "PK = :pk",
            "ExpressionAttributeValues": {":pk": erasure_key("")["PK"]},
            "ConsistentRead": True,
        }
        for item in patiently(lambda: list(self.table.query(**deletions))):
            if entry := self._entry(item):
                yield entry

    def _entry(self, item: Item) -> Entry | None:
        try:
            return entry_of(item)
        except (ValueError, KeyError) as error:
            why = "a newer FlavorBot stored it, or another program: nothing was left out silently"
            raise StorageMisconfigured(f"{self.where} holds what is not known here ({error}); {why}") from error


def _in_order(
    entries: Iterable[Entry],
    made: Callable[[Entry], Iterator[T]],
    send: Callable[[T], None],
    flush: Callable[[], None],
) -> None:
    """Send what is made of entries, all that follows from some hundred of them before they themselves.

    So an entry that is there has all that follows from it, and one that is gone has left nothing, wherever this breaks
    off.
    """
    remaining = iter(entries)
    while some := list(islice(remaining, TOGETHER)):
        own, following = [], []
        for entry in some:
            first, *others = made(entry)
            own.append(first)
            following += others
        for each in following:
            send(each)
        if following:
            flush()
        for each in own:
            send(each)


def _is_running(entry: Entry) -> bool:
    """Whether this is being cooked just now: where it is put back nobody goes on with it, and nothing is counted."""
    return entry.kind == "draft" and entry.values.get("state") == "running"


def _with_box(entries: Iterable[Entry | None]) -> Iterator[Entry]:
    """The entries of one partition; what is counted of them is counted here, so that it fits them."""
    counted: dict[str, Any] = {}
    held = shelves = 0
    user_id: Any = None
    for entry in entries:
        if entry is None:
            continue
        if entry.kind == "box":
            counted, user_id = dict(entry.values), entry.values["user_id"]
            continue
        if entry.kind == "collection" or (entry.kind == "recipe" and entry.values.get("gone") is None):
            shelves, held = shelves + (entry.kind == "collection"), held + (entry.kind == "recipe")
            user_id = entry.values["user_id"]
        yield entry
    if held or shelves or "changes" in counted:
        yield Entry("box", counted | {"user_id": user_id, "held": held, "shelves": shelves})


def _add_up(totals: dict[str, Counter[str]], items: Iterable[Item]) -> None:
    for record in map(from_item, items):
        of_month = totals.setdefault(str(record["SK"]), Counter())
        of_month.update({name: int(record.get(name) or 0) for name in COUNTED})


def _of_months(totals: dict[str, Counter[str]]) -> Iterator[Entry]:
    for month, sums in totals.items():
        yield Entry("model_usage", {"month": month} | {name: sums[name] for name in COUNTED})


def _keys(entry: Entry) -> Iterator[Key]:
    """Where everything of an entry stands."""
    if entry.kind == "model_usage":
        yield from (model_usage_key(str(entry.values["month"]), shard) for shard in range(SHARDS))
    else:
        yield from ({"PK": item["PK"], "SK": item["SK"]} for item in to_items(entry))
