"""Lists of recipes in DynamoDB: read from the index, which holds nothing but cards."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.model import Card, Page, RecipeQuery
from flavorbot.storage.codec import unpack_card
from flavorbot.storage.cursors import Cursors
from flavorbot.storage.dynamodb_table import Part, Table
from flavorbot.storage.items import from_item, to_attribute
from flavorbot.storage.limits import is_key
from flavorbot.storage.matching import Place, check_query, is_filtered, is_sorted, page_of
from flavorbot.storage.table import INDEX, index_key, recipe_key


class DynamoDBLists(Part):
    """The listing of `IRecipes`."""

    def __init__(self, table: Table, cursors: Cursors) -> None:
        super().__init__(table)
        self._cursors = cursors

    def list_recipes(self, user_id: str, query: RecipeQuery, limit: int, cursor: str | None = None) -> Page:
        check_query(query, limit)
        if not is_key(user_id):
            return Page((), None)
        after = self._cursors.open(user_id, query, cursor)
        # One more than the page tells whether there is a next one.
        most = None if is_filtered(query) or is_sorted(query) else limit + 1
        cards = self._cards(user_id, query, None if is_sorted(query) else after, most)
        return page_of(cards, query, after, limit, lambda place: self._cursors.seal(user_id, query, place))

    def _cards(self, user_id: str, query: RecipeQuery, after: Place | None, most: int | None) -> Iterator[Card]:
        """A person's cards by id, those after a place only; the place is always within their own partition."""
        start = None if after is None else recipe_key(user_id, after[1]) | index_key(user_id, after[1])
        items = self.table.query(
            IndexName=INDEX,
            KeyConditionExpression="GSI1PK = :user",
            ExpressionAttributeValues={":user": to_attribute(user_id)},
            ScanIndexForward=query.sort == "oldest",
            **({} if start is None else {"ExclusiveStartKey": start}),
            **({} if most is None else {"Limit": most}),
        )
        for item in items:
            record = from_item(item)
            yield unpack_card(str(record["card"]), str(record["GSI1SK"]), int(record["created"] or 0))
