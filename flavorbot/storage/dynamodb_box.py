"""One person's recipes in DynamoDB: what their lists, their bin and their past versions share."""

from __future__ import annotations

from flavorbot.errors import BoxFull
from flavorbot.model import BoxVersion, Recipe
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import unpack_recipe
from flavorbot.storage.dynamodb_faults import OFTEN
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import PRESENT, Action, from_item, update
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import Record
from flavorbot.storage.table import recipe_count_key, recipe_key

NOT_IN_BIN = f"{PRESENT} AND attribute_not_exists(#gone)"
_TOUCH = "#changes :one SET #changed = :now"


class DynamoDBBox(Part):
    """Reads of `USER#… | RECIPE#…` and `USER#… | COUNT#recipes`."""

    def box_version(self, user_id: str) -> BoxVersion:
        item = self.table.get(recipe_count_key(user_id)) if is_key(user_id) else None
        record = from_item(item or {})
        changed = record.get("changed")
        return BoxVersion(int(record.get("changes") or 0), None if changed is None else from_moment(int(changed)))

    def stored_recipe(self, user_id: str, recipe_id: str, attempts: int = OFTEN) -> Record | None:
        """A recipe, also one in the bin, unless its time there is over."""
        if not is_key(user_id) or not is_key(recipe_id):
            return None
        item = self.table.get(recipe_key(user_id, recipe_id), attempts)
        record = None if item is None else from_item(item)
        return None if record is None or is_over(record.get("gone"), self.table.moment()) else record


def count_recipe(user_id: str, more: int, limit: int | None, now: int) -> Action:
    """The part of a transaction by which the box holds more recipes, or fewer, and has changed."""
    key, change = recipe_count_key(user_id), f"ADD #held :more, {_TOUCH}"
    if limit is None:
        return update(key, change, more=more, one=1, now=now)
    room = "attribute_not_exists(#held) OR #held < :limit"
    return update(key, change, room, more=more, one=1, now=now, limit=limit)


def touch_box(user_id: str, now: int) -> Action:
    """The part of a transaction by which the box has changed."""
    return update(recipe_count_key(user_id), f"ADD {_TOUCH}", one=1, now=now)


def recipe_of(record: Record, recipe_id: str) -> Recipe:
    body, created, updated, version = (record[name] for name in ("body", "created", "updated", "version"))
    return unpack_recipe(body, recipe_id, created, updated, version)  # type: ignore[arg-type]


def card_in(record: Record) -> bytes | str:
    """The entry of a list as it is stored: bytes, or the text that it was at first."""
    card = record.get("card")
    return card if isinstance(card, (bytes, str)) else ""


def is_over(moment: object, now: int) -> bool:
    return isinstance(moment, int) and moment <= now


def box_full(limit: int | None) -> BoxFull:
    return BoxFull(f"Your plan keeps {limit} recipes; delete one to make room.")
