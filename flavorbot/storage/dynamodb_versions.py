"""Past versions of recipes in DynamoDB: each an item of its own, `USER#… | VERSION#<recipe>#<version>`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flavorbot.model import Recipe
from flavorbot.storage.clock import to_moment
from flavorbot.storage.codec import pack_recipe
from flavorbot.storage.dynamodb_box import DynamoDBBox, is_over, recipe_of
from flavorbot.storage.items import Action, Item, delete, from_item, put, to_attribute, to_item, to_ttl
from flavorbot.storage.limits import MAX_PAST, PAST_KEPT, is_key
from flavorbot.storage.table import version_key, version_prefix


class DynamoDBVersions(DynamoDBBox):
    """The part of `IRecipes` that remembers."""

    def list_versions(self, user_id: str, recipe_id: str) -> Sequence[Recipe]:
        found = [self._past(item, recipe_id) for item in self._versions(user_id, recipe_id)]
        return [recipe for recipe in found if recipe is not None][:MAX_PAST]

    def get_version(self, user_id: str, recipe_id: str, version: int) -> Recipe | None:
        if not is_key(user_id) or not is_key(recipe_id) or version < 1:
            return None
        item = self.table.get(version_key(user_id, recipe_id, version))
        return None if item is None else self._past(item, recipe_id)

    def drop_past(self, user_id: str, recipe_id: str) -> None:
        """Forget every past version."""
        for item in self._versions(user_id, recipe_id):
            self.table.write(delete({name: item[name] for name in ("PK", "SK")}))

    def _versions(self, user_id: str, recipe_id: str) -> Iterator[Item]:
        """Latest first."""
        if not is_key(user_id) or not is_key(recipe_id):
            return iter(())
        return self.table.query(
            KeyConditionExpression="PK = :user AND begins_with(SK, :recipe)",
            ExpressionAttributeValues={
                ":user": to_attribute(f"USER#{user_id}"),
                ":recipe": to_attribute(version_prefix(recipe_id)),
            },
            ScanIndexForward=False,
            ConsistentRead=True,
        )

    def _past(self, item: Item, recipe_id: str) -> Recipe | None:
        record = from_item(item)
        return None if is_over(record["expires"], self.table.moment()) else recipe_of(record, recipe_id)


def keep_past(user_id: str, recipe: Recipe, now: int) -> Iterator[Action]:
    """The parts of a transaction by which this version is kept, and the one that it pushes out is not."""
    recipe_id, expires = recipe.id or "", now + PAST_KEPT
    record = {
        "version": recipe.version,
        "created": None if recipe.created_at is None else to_moment(recipe.created_at),
        "updated": None if recipe.updated_at is None else to_moment(recipe.updated_at),
        "body": pack_recipe(recipe).body,
        "expires": expires,
        "ttl": to_ttl(expires),
    }
    yield put(version_key(user_id, recipe_id, recipe.version), to_item(record))
    if recipe.version > MAX_PAST:
        yield delete(version_key(user_id, recipe_id, recipe.version - MAX_PAST))
