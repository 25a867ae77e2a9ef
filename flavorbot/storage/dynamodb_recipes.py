"""Recipe boxes in DynamoDB. A recipe in the bin is out of the list, and leaves with its time-to-live."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.errors import Conflict, NotFound, RequestReused, VersionConflict
from flavorbot.model import Recipe
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import Packed, pack_recipe
from flavorbot.storage.dynamodb_bin import DynamoDBBin
from flavorbot.storage.dynamodb_box import NOT_IN_BIN, box_full, count_recipe, is_over, recipe_of, touch_box
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_lists import DynamoDBLists
from flavorbot.storage.dynamodb_table import new_write
from flavorbot.storage.dynamodb_versions import DynamoDBVersions, keep_past
from flavorbot.storage.items import ABSENT, Action, Item, from_item, put, to_item, to_ttl, update
from flavorbot.storage.limits import KEY_KEPT, check_key
from flavorbot.storage.records import Record
from flavorbot.storage.table import index_key, recipe_key, request_key

COUNT = 1
ROUNDS = 3


class DynamoDBRecipes(DynamoDBLists, DynamoDBBin, DynamoDBVersions):
    """`IRecipes` over `USER#… | RECIPE#…`, listed by the index, counted in `USER#… | COUNT#recipes`."""

    def create_recipe(self, user_id: str, recipe: Recipe, limit: int | None, key: str | None = None) -> Recipe:
        now = self.table.moment()
        new = replace(recipe, version=1, created_at=from_moment(now), updated_at=from_moment(now))
        packed = pack_recipe(new)
        check_key(user_id, "user")
        check_key(key or "", "key")
        actions = [_put_recipe(user_id, new, packed, now), count_recipe(user_id, 1, limit, now)]
        if key is not None:
            actions.append(_put_request(user_id, key, new, packed, now))
        for _ in range(ROUNDS):
            try:
                self.table.take(limit, COUNT, actions)
            except (ConditionFailed, Unanswered) as error:
                stored = self._made_before(user_id, new, packed, key, error.reads)
                if stored is not None:
                    return stored
                if isinstance(error, Unanswered):
                    raise
                if COUNT in error.failed:
                    raise box_full(limit) from error
            else:
                return new
        raise Conflict("This recipe is being stored at this moment.")

    def get_recipe(self, user_id: str, recipe_id: str) -> Recipe | None:
        record = self.stored_recipe(user_id, recipe_id)
        return None if record is None or "gone" in record else recipe_of(record, recipe_id)

    def update_recipe(self, user_id: str, before: Recipe, after: Recipe) -> Recipe:
        now, write = self.table.moment(), new_write()
        newer = replace(
            after,
            id=before.id,
            version=before.version + 1,
            created_at=before.created_at,
            updated_at=from_moment(now),
        )
        packed = pack_recipe(newer)
        check_key(user_id, "user")
        change = update(
            recipe_key(user_id, newer.id or ""),
            "SET #version = :next, #updated = :now, #body = :body, #card = :card, #write = :write",
            f"{NOT_IN_BIN} AND #version = :version",
            version=before.version,
            next=newer.version,
            now=now,
            body=packed.body,
            card=packed.entry,
            write=write,
        )
        past = () if after.only_logs(before) else keep_past(user_id, before, now)
        try:
            self.table.transact([change, *past, touch_box(user_id, now)])
        except (ConditionFailed, Unanswered) as error:
            record = self.stored_recipe(user_id, newer.id or "", error.reads) or {}
            if not record or "gone" in record:
                raise NotFound("This recipe no longer exists.") from error
            if record["write"] != write:
                if isinstance(error, Unanswered):
                    raise
                raise VersionConflict("This recipe was changed in the meantime.") from error
        return newer

    def _made_before(
        self, user_id: str, recipe: Recipe, packed: Packed, key: str | None, attempts: int
    ) -> Recipe | None:
        """What the same request stored earlier, perhaps a moment ago; `RequestReused`, `Conflict`."""
        recipe_id = recipe.id or ""
        claim: Record = {}
        if key is not None:
            claim = from_item(self.table.get(request_key(user_id, key), attempts) or {})
            if is_over(claim.get("expires"), self.table.moment()):
                claim = {}
            recipe_id = str(claim.get("recipe_id", recipe_id))
        record = self.stored_recipe(user_id, recipe_id, attempts)
        earlier = claim or record
        if not earlier:
            return None
        if earlier["made"] != packed.made:
            raise RequestReused("This request already stored another recipe.")
        if record is None or "gone" in record:
            raise Conflict("The recipe that this request stored was deleted since.")
        return recipe_of(record, recipe_id)


def _put_recipe(user_id: str, recipe: Recipe, packed: Packed, now: int) -> Action:
    item = recipe_item(user_id, recipe.id or "", packed, created=now, updated=now)
    return put(recipe_key(user_id, recipe.id or ""), item, f"{ABSENT} OR #gone <= :now", now=now)


def recipe_item(user_id: str, recipe_id: str, packed: Packed, *, created: int, updated: int) -> Item:
    """The first version of a recipe as the table keeps it, without its key."""
    record: Record = {
        "version": 1,
        "created": created,
        "updated": updated,
        "made": packed.made,
        "body": packed.body,
        "card": packed.entry,
        "write": new_write(),
    }
    return to_item(record) | index_key(user_id, recipe_id)


def _put_request(user_id: str, key: str, recipe: Recipe, packed: Packed, now: int) -> Action:
    expires = now + KEY_KEPT
    record = {"recipe_id": recipe.id, "made": packed.made, "expires": expires, "ttl": to_ttl(expires)}
    return put(request_key(user_id, key), to_item(record), f"{ABSENT} OR #expires <= :now", now=now)
