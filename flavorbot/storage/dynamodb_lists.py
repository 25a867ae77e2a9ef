"""Lists of recipes in DynamoDB: read from the index, which holds nothing but cards."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.model import BoxVersion, Card, Page, RecipeQuery
from flavorbot.searching.held import Held, Indexes, is_settled
from flavorbot.searching.index import BoxIndex, find
from flavorbot.searching.ordering import Place
from flavorbot.searching.postings import Gathering, HeldWords
from flavorbot.storage.codec import unpack_listed
from flavorbot.storage.cursors import Cursors
from flavorbot.storage.dynamodb_box import DynamoDBBox, card_in
from flavorbot.storage.dynamodb_table import Table
from flavorbot.storage.items import from_item, to_attribute
from flavorbot.storage.limits import is_key
from flavorbot.storage.matching import check_query, is_plain, page_of
from flavorbot.storage.table import INDEX, index_key, recipe_key

Listed = tuple[Card, tuple[str, ...]]


class DynamoDBLists(DynamoDBBox):
    """The listing and the search of `IRecipes`."""

    def __init__(self, table: Table, cursors: Cursors) -> None:
        super().__init__(table)
        self._cursors = cursors
        self._indexes: Indexes[HeldWords] = Indexes()

    def list_recipes(self, user_id: str, query: RecipeQuery, limit: int, cursor: str | None = None) -> Page:
        check_query(query, limit)
        if not is_key(user_id):
            return Page((), None)
        after = self._cursors.open(user_id, query, cursor)
        seal = self._cursors.sealer(user_id, query)
        if is_plain(query):
            listed = self._listed(user_id, query.sort, after, limit + 1)
            return page_of((card for card, _ in listed), query.sort, limit, seal)
        held = self._index(user_id)
        return find(held.index, held.words, query, after, limit, seal)

    def _index(self, user_id: str) -> Held[HeldWords]:
        """The index of this person's box as it is now; only what changed since costs more than one read."""
        version, read_at = self.box_version(user_id), self.table.now()
        settled = is_settled(version, read_at)
        return self._indexes.get_or_read(
            user_id, version, lambda: _read(self._listed(user_id, "oldest"), version, settled)
        )

    def _listed(self, user_id: str, sort: str, after: Place | None = None, most: int | None = None) -> Iterator[Listed]:
        """A person's cards by id, those after a place only; the place is always within their own partition."""
        start = None if after is None else recipe_key(user_id, after[1]) | index_key(user_id, after[1])
        items = self.table.query(
            IndexName=INDEX,
            KeyConditionExpression="GSI1PK = :user",
            ExpressionAttributeValues={":user": to_attribute(user_id)},
            ScanIndexForward=sort == "oldest",
            **({} if start is None else {"ExclusiveStartKey": start}),
            **({} if most is None else {"Limit": most}),
        )
        for item in items:
            record = from_item(item)
            yield unpack_listed(card_in(record), str(record["GSI1SK"]), int(record["created"] or 0))


def _read(listed: Iterator[Listed], version: BoxVersion, settled: bool) -> Held[HeldWords]:
    gathering = Gathering()
    index, words = BoxIndex(gathering.passing(listed)), gathering.words()
    return Held(index, words, version.number, settled, index.size_bytes + words.size_bytes)
