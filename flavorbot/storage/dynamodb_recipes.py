"""Recipe boxes in DynamoDB. A recipe in the bin is out of the index, and leaves with its time-to-live."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.errors import BoxFull, Conflict, NotFound, RequestReused, VersionConflict
from flavorbot.model import Recipe
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import Packed, pack_recipe, unpack_recipe
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_lists import DynamoDBLists
from flavorbot.storage.dynamodb_table import new_write
from flavorbot.storage.items import ABSENT, PRESENT, Action, from_item, put, to_item, to_ttl, update
from flavorbot.storage.limits import BIN, KEY_KEPT, check_key, is_key
from flavorbot.storage.records import Record
from flavorbot.storage.table import index_key, recipe_count_key, recipe_key, request_key

COUNT = 1
NOT_IN_BIN = f"{PRESENT} AND attribute_not_exists(#gone)"
ROUNDS = 3


class DynamoDBRecipes(DynamoDBLists):
    """`IRecipes` over `USER#… | RECIPE#…`, listed by the index, counted in `USER#… | COUNT#recipes`."""

    def create_recipe(self, user_id: str, recipe: Recipe, limit: int | None, key: str | None = None) -> Recipe:
        now = self.table.moment()
        new = replace(recipe, version=1, created_at=from_moment(now), updated_at=from_moment(now))
        packed = pack_recipe(new)
        check_key(user_id, "user")
        check_key(key or "", "key")
        actions = [_put_recipe(user_id, new, packed, now), _count(user_id, 1, limit)]
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
                    raise _box_full(limit) from error
            else:
                return new
        raise Conflict("This recipe is being stored at this moment.")

    def get_recipe(self, user_id: str, recipe_id: str) -> Recipe | None:
        record = self._stored_recipe(user_id, recipe_id)
        return None if record is None or "gone" in record else _recipe(record, recipe_id)

    def update_recipe(self, user_id: str, recipe: Recipe) -> Recipe:
        now = self.table.moment()
        newer = replace(recipe, version=recipe.version + 1, updated_at=from_moment(now))
        packed = pack_recipe(newer)
        check_key(user_id, "user")
        write = new_write()
        action = update(
            recipe_key(user_id, newer.id or ""),
            "SET #version = :next, #updated = :now, #body = :body, #card = :card, #write = :write",
            f"{NOT_IN_BIN} AND #version = :version",
            version=recipe.version,
            next=newer.version,
            now=now,
            body=packed.body,
            card=packed.card,
            write=write,
        )
        try:
            record = from_item(self.table.write(action, returned="ALL_NEW"))
        except (ConditionFailed, Unanswered) as error:
            record = self._stored_recipe(user_id, newer.id or "", error.reads) or {}
            if not record or "gone" in record:
                raise NotFound("This recipe no longer exists.") from error
            if record["write"] != write:
                if isinstance(error, Unanswered):
                    raise
                raise VersionConflict("This recipe was changed in the meantime.") from error
        return replace(newer, created_at=from_moment(int(record["created"] or 0)))

    def delete_recipe(self, user_id: str, recipe_id: str) -> bool:
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        gone, write = self.table.moment() + BIN, new_write()
        change = "SET #gone = :gone, #ttl = :ttl, #write = :write REMOVE #GSI1PK, #GSI1SK"
        leaves = update(recipe_key(user_id, recipe_id), change, NOT_IN_BIN, gone=gone, ttl=to_ttl(gone), write=write)
        return self._move(user_id, recipe_id, [leaves, _count(user_id, -1, None)], None, write)

    def restore_recipe(self, user_id: str, recipe_id: str, limit: int | None) -> bool:
        if not is_key(user_id) or not is_key(recipe_id):
            return False
        write = new_write()
        returns = update(
            recipe_key(user_id, recipe_id),
            "SET #GSI1PK = :user, #GSI1SK = :id, #write = :write REMOVE #gone, #ttl",
            "#gone > :now",
            user=user_id,
            id=recipe_id,
            write=write,
            now=self.table.moment(),
        )
        return self._move(user_id, recipe_id, [returns, _count(user_id, 1, limit)], limit, write)

    def _stored_recipe(self, user_id: str, recipe_id: str, attempts: int = OFTEN) -> Record | None:
        """A recipe, also one in the bin, unless its time there is over."""
        if not is_key(user_id) or not is_key(recipe_id):
            return None
        item = self.table.get(recipe_key(user_id, recipe_id), attempts)
        record = None if item is None else from_item(item)
        return None if record is None or _is_over(record.get("gone"), self.table.moment()) else record

    def _made_before(
        self, user_id: str, recipe: Recipe, packed: Packed, key: str | None, attempts: int
    ) -> Recipe | None:
        """What the same request stored earlier, perhaps a moment ago; `RequestReused`, `Conflict`."""
        recipe_id = recipe.id or ""
        claim: Record = {}
        if key is not None:
            claim = from_item(self.table.get(request_key(user_id, key), attempts) or {})
            if _is_over(claim.get("expires"), self.table.moment()):
                claim = {}
            recipe_id = str(claim.get("recipe_id", recipe_id))
        record = self._stored_recipe(user_id, recipe_id, attempts)
        earlier = claim or record
        if not earlier:
            return None
        if earlier["made"] != packed.made:
            raise RequestReused("This request already stored another recipe.")
        if record is None or "gone" in record:
            raise Conflict("The recipe that this request stored was deleted since.")
        return _recipe(record, recipe_id)

    def _move(self, user_id: str, recipe_id: str, actions: list[Action], limit: int | None, write: bytes) -> bool:
        """Move a recipe into the bin or out of it, and count it."""
        try:
            self.table.take(limit, COUNT, actions)
        except (ConditionFailed, Unanswered) as error:
            record = self._stored_recipe(user_id, recipe_id, error.reads)
            if record is not None and record.get("write") == write:
                return True
            if isinstance(error, Unanswered):
                raise
            if COUNT in error.failed and record is not None and "gone" in record:
                raise _box_full(limit) from error
            return False
        return True


def _put_recipe(user_id: str, recipe: Recipe, packed: Packed, now: int) -> Action:
    record: Record = {
        "version": 1,
        "created": now,
        "updated": now,
        "made": packed.made,
        "body": packed.body,
        "card": packed.card,
        "write": new_write(),
    }
    recipe_id = recipe.id or ""
    item = to_item(record) | index_key(user_id, recipe_id)
    return put(recipe_key(user_id, recipe_id), item, f"{ABSENT} OR #gone <= :now", now=now)


def _put_request(user_id: str, key: str, recipe: Recipe, packed: Packed, now: int) -> Action:
    expires = now + KEY_KEPT
    record = {"recipe_id": recipe.id, "made": packed.made, "expires": expires, "ttl": to_ttl(expires)}
    return put(request_key(user_id, key), to_item(record), f"{ABSENT} OR #expires <= :now", now=now)


def _count(user_id: str, more: int, limit: int | None) -> Action:
    key = recipe_count_key(user_id)
    if limit is None:
        return update(key, "ADD #held :more", more=more)
    return update(key, "ADD #held :more", "attribute_not_exists(#held) OR #held < :limit", more=more, limit=limit)


def _recipe(record: Record, recipe_id: str) -> Recipe:
    body, created, updated, version = (record[name] for name in ("body", "created", "updated", "version"))
    return unpack_recipe(body, recipe_id, created, updated, version)  # type: ignore[arg-type]


def _is_over(moment: object, now: int) -> bool:
    return isinstance(moment, int) and moment <= now


def _box_full(limit: int | None) -> BoxFull:
    return BoxFull(f"Your plan keeps {limit} recipes; delete one to make room.")
