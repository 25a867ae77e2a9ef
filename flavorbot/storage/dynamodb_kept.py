"""All that a person has of a kind, from DynamoDB; and everybody, for whoever runs this."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.model import Draft, Exchange, Owner, Recipe, Share, Unreadable, UsageEvent, User
from flavorbot.storage.codec import UNREADABLE, recipe_or_name, unpack_recipe
from flavorbot.storage.dynamodb_box import is_over
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import from_item
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import Record, draft_of, event_of, exchange_of, holds, share_of, user_of
from flavorbot.storage.table import Key, draft_key, event_key, question_key, recipe_key, share_key, version_key


class DynamoDBKept(Part):
    """`IKept` over the partition of a person, and `IOperating` by scans in pages."""

    def read_bin(self, user_id: str) -> Iterator[Recipe | Unreadable]:
        now = self.table.moment()
        for name, record in self._of_kind(user_id, recipe_key(user_id, "")):
            if "gone" in record and not is_over(record["gone"], now):
                yield recipe_or_name(record, name)

    def read_versions(self, user_id: str) -> Iterator[Recipe | Unreadable]:
        now, first = self.table.moment(), version_key(user_id, "", 0)
        for name, record in self._of_kind(user_id, first | {"SK": {"S": "VERSION#"}}):
            if not is_over(record["expires"], now):
                yield _past(record, name.partition("#")[0])

    def read_drafts(self, user_id: str) -> Iterator[Draft]:
        now = self.table.moment()
        for name, record in self._of_kind(user_id, draft_key(Owner("user", user_id), "")):
            draft = draft_of(record | {"request_id": name})
            if holds(draft, now):
                yield draft

    def read_questions(self, user_id: str) -> Iterator[Exchange]:
        for name, record in self._current(user_id, question_key(Owner("user", user_id), "")):
            yield exchange_of(record | {"request_id": name})

    def read_shares(self, user_id: str) -> Iterator[Share]:
        return (share_of(record) for _, record in self._current(user_id, share_key(user_id, "")))

    def read_usage_events(self, user_id: str) -> Iterator[UsageEvent]:
        records = self._of_kind(user_id, event_key(Owner("user", user_id), ""))
        return (event_of(record | {"id": name}) for name, record in records)

    def every_user(self) -> Iterator[User]:
        found = self.table.scan(
            FilterExpression="SK = :profile", ExpressionAttributeValues={":profile": {"S": "PROFILE"}}
        )
        return (user_of(from_item(item)) for item in found)

    def _current(self, user_id: str, first: Key) -> Iterator[tuple[str, Record]]:
        now = self.table.moment()
        return (found for found in self._of_kind(user_id, first) if not is_over(found[1]["expires"], now))

    def _of_kind(self, user_id: str, first: Key) -> Iterator[tuple[str, Record]]:
        """The records below this key, and what their own keys add to it."""
        if not is_key(user_id):
            return
        items = self.table.query(
            KeyConditionExpression="PK = :user AND begins_with(SK, :kind)",
            ExpressionAttributeValues={":user": first["PK"], ":kind": first["SK"]},
            ConsistentRead=True,
        )
        for item in items:
            yield str(item["SK"]["S"]).removeprefix(first["SK"]["S"]), from_item(item)


def _past(record: Record, recipe_id: str) -> Recipe | Unreadable:
    try:
        body, created, updated, version = (record[name] for name in ("body", "created", "updated", "version"))
        return unpack_recipe(body, recipe_id, created, updated, version)  # type: ignore[arg-type]
    except UNREADABLE:
        return Unreadable(recipe_id, "")
