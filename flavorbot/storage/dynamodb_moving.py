"""What is moved in, in DynamoDB: people in transactions, since an address is one person's, the rest in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice, repeat

from flavorbot.errors import EmailTaken, StorageError
from flavorbot.model import Arrival, Brought, Movable, Owner, Recipe, Session, TypedRecord, Usage, UsageEvent, User
from flavorbot.storage.batches import BatchWriter
from flavorbot.storage.clock import to_moment
from flavorbot.storage.codec import fold_email, pack_recipe
from flavorbot.storage.dynamodb_box import recipe_of
from flavorbot.storage.dynamodb_faults import ConditionFailed
from flavorbot.storage.dynamodb_metering import event_item
from flavorbot.storage.dynamodb_recipes import recipe_item
from flavorbot.storage.dynamodb_records import kept_record
from flavorbot.storage.dynamodb_session_writes import session_items
from flavorbot.storage.dynamodb_sessions import session_in
from flavorbot.storage.dynamodb_table import new_write
from flavorbot.storage.dynamodb_users import DynamoDBUsers
from flavorbot.storage.items import ABSENT, Action, Item, from_item, put, to_item, update
from flavorbot.storage.limits import EVENT_KEPT, is_key
from flavorbot.storage.records import check_owner, event_of, usage_of, usage_record, user_of, user_record
from flavorbot.storage.table import (
    Key,
    email_key,
    event_key,
    profile_key,
    recipe_count_key,
    recipe_key,
    record_key,
    session_key,
    usage_key,
)
from flavorbot.storage.typed import typed_of

# So many items a transaction holds; a person takes two, what is counted of a box one.
TRANSACTION_ITEMS = 100
PEOPLE_AT_ONCE = TRANSACTION_ITEMS // 2
# From so many keys of one partition on they are asked for as a range, in one call: rows of one person follow each
# other, and ids made from them do, too, so hardly anything else lies between.
RANGE_FROM = 10
ROUNDS = 10


class DynamoDBMoving(DynamoDBUsers):
    """`IMoving` over the items of each kind."""

    def bring_in(self, things: Sequence[Brought]) -> Sequence[Arrival]:
        places = [_place(each) for each in things]
        there = self._there(places)
        new = [place for place, key in enumerate(places) if _name(key) not in there]
        arrivals: list[Arrival] = ["there"] * len(things)
        users = {place: what for place in new if isinstance(what := things[place].what, User)}
        # A key twice among them is there already the second time. All is put together before any of it is written.
        first = {_name(places[place]): place for place in reversed(new) if place not in users}
        items = [item for place in first.values() for item in _items(things[place])]
        for place, arrival in zip(users, self._bring_users(list(users.values())), strict=True):
            arrivals[place] = arrival
        with BatchWriter(self.table) as writer:
            for item in items:
                writer.put(item)
        for place in first.values():
            arrivals[place] = "written"
        return arrivals

    def look_up(self, things: Sequence[Brought]) -> Sequence[Movable | None]:
        places = [_place(each) for each in things]
        items = {_name(_key_of(item)): item for item in self.table.get_many(_distinct(places))}
        return [_value(each, items.get(_name(key))) for each, key in zip(things, places, strict=True)]

    def known_users(self, ids: Sequence[str]) -> frozenset[str]:
        keys = [profile_key(each) for each in dict.fromkeys(ids) if is_key(each)]
        return frozenset(str(item["id"]["S"]) for item in self.table.get_many(keys, ("id",)))

    def settle_boxes(self, boxes: Mapping[str, int | None]) -> None:
        waiting = iter(boxes.items())
        while group := list(islice(waiting, TRANSACTION_ITEMS)):
            new = [(user_id, written) for user_id, written in group if written]
            counted = dict(new) if len(new) > 1 and self._all_counted(new) else {}
            for user_id, written in group:
                if user_id not in counted:
                    self._settle(user_id, written)

    def _all_counted(self, boxes: Sequence[tuple[str, int]]) -> bool:
        """Whether one transaction could count all, of none of which anything was; else none is, as far as is known."""
        try:
            self.table.transact([self._counting(user_id, written, ABSENT) for user_id, written in boxes])
        except (ConditionFailed, StorageError):
            return False
        return True

    def _settle(self, user_id: str, written: int | None) -> None:
        if written and self._count(user_id, written, ABSENT):
            return
        for _ in range(ROUNDS):
            before = from_item(self.table.get(recipe_count_key(user_id)) or {})
            held = self._held(user_id)
            changes = int(before.get("changes") or 0)
            unchanged = "#changes = :changes" if changes else "attribute_not_exists(#changes)"
            if held == (before.get("held") or 0) or self._count(user_id, held, unchanged, changes):
                return
        raise StorageError(f"{self.table.where}: a box is changed all the time, so its recipes could not be counted")

    def _count(self, user_id: str, held: int, condition: str, changes: int = 0) -> bool:
        """Note how many recipes a box holds that was changed so often, unless the condition fails."""
        try:
            self.table.write(self._counting(user_id, held, condition, changes))
        except ConditionFailed:
            return False
        return True

    def _counting(self, user_id: str, held: int, condition: str, changes: int = 0) -> Action:
        change = "SET #held = :held, #changes = :next, #changed = :now"
        before = {"changes": changes} if changes else {}
        values = {"held": held, "next": changes + 1, "now": self.table.moment(), **before}
        return update(recipe_count_key(user_id), change, condition, None, **values)

    def _held(self, user_id: str) -> int:
        """How many recipes are in the box and not in its bin."""
        first = recipe_key(user_id, "")
        return self.table.count(
            KeyConditionExpression="PK = :user AND begins_with(SK, :kind)",
            FilterExpression="attribute_not_exists(gone)",
            ExpressionAttributeValues={":user": first["PK"], ":kind": first["SK"]},
            ConsistentRead=True,
        )

    def _there(self, keys: Sequence[Key]) -> Set[tuple[str, str]]:
        """The places that hold something, of these and perhaps of others between them."""
        partitions: dict[str, set[str]] = {}
        for partition, sort in map(_name, keys):
            partitions.setdefault(partition, set()).add(sort)
        found: set[tuple[str, str]] = set()
        apart: list[Key] = []
        for partition, sorts in partitions.items():
            if len(sorts) < RANGE_FROM:
                apart += [{"PK": {"S": partition}, "SK": {"S": sort}} for sort in sorts]
            else:
                found.update(map(_name, self._between(partition, min(sorts), max(sorts))))
        found.update(map(_name, self.table.get_many(apart, ("PK", "SK"))))
        return found

    def _between(self, partition: str, first: str, last: str) -> Iterator[Key]:
        return self.table.query(
            KeyConditionExpression="PK = :partition AND SK BETWEEN :first AND :last",
            ExpressionAttributeValues={":partition": {"S": partition}, ":first": {"S": first}, ":last": {"S": last}},
            ProjectionExpression="PK, SK",
            ConsistentRead=True,
        )

    def _bring_users(self, users: Sequence[User]) -> Iterator[Arrival]:
        for each in users:
            user_record(each)
        waiting = iter(users)
        while group := list(islice(waiting, PEOPLE_AT_ONCE)):
            taken = self._there([email_key(fold_email(each.email)) for each in group])
            free = [each for each in group if _name(email_key(fold_email(each.email))) not in taken]
            if len(free) == len(group) and self._all_created(group):
                yield from repeat("written", len(group))
            else:
                yield from map(self._bring_user, group)

    def _all_created(self, users: Sequence[User]) -> bool:
        """Whether one transaction could store all of them; else none is, as far as is known."""
        keys = {fold_email(each.email) for each in users}
        if len(keys) < len(users):
            return False
        actions = []
        for each in users:
            item = to_item(user_record(each) | {"write": new_write()})
            actions += [put(key, item, ABSENT) for key in (email_key(fold_email(each.email)), profile_key(each.id))]
        try:
            self.table.transact(actions)
        except (ConditionFailed, StorageError):
            return False
        return True

    def _bring_user(self, user: User) -> Arrival:
        try:
            self.create_user(user)
        except EmailTaken:
            return "taken" if self.get_user(user.id) is None else "there"
        return "written"


def _place(thing: Brought) -> Key:
    """Where it is kept."""
    owner, what = thing.user_id, thing.what
    check_owner(Owner("user", owner))
    if isinstance(what, User):
        return profile_key(what.id)
    if isinstance(what, Recipe):
        return recipe_key(owner, what.id or "")
    if isinstance(what, Usage):
        return usage_key(Owner("user", owner), what.period)
    if isinstance(what, UsageEvent):
        return event_key(Owner("user", owner), what.id)
    if isinstance(what, Session):
        return session_key(what.sid)
    return record_key(owner, what.type, what.id)


def _items(thing: Brought) -> Iterator[Item]:
    """It as the table keeps it, with what leads to it."""
    what = thing.what
    if isinstance(what, Session):
        yield from (key | item for key, item in session_items(what, new_write()))
        return
    yield _place(thing) | _item(thing.user_id, what)


def _item(owner: str, what: Movable) -> Item:
    if isinstance(what, Recipe):
        created, updated = (to_moment(each) if each else 0 for each in (what.created_at, what.updated_at))
        return recipe_item(owner, what.id or "", pack_recipe(what), created=created, updated=updated)
    if isinstance(what, Usage):
        return to_item(usage_record(what) | {"period": None})
    if isinstance(what, UsageEvent):
        return event_item(what, to_moment(what.at) + EVENT_KEPT)
    if isinstance(what, TypedRecord):
        created, updated = (to_moment(each) if each else 0 for each in (what.created_at, what.updated_at))
        return to_item(kept_record(owner, what) | {"version": 1, "created": created, "updated": updated})
    raise TypeError(type(what).__name__)


def _value(thing: Brought, item: Item | None) -> Movable | None:
    """What an item holds, of the kind of this thing."""
    if item is None:
        return None
    what = thing.what
    if isinstance(what, Session):
        return session_in(item)
    record = from_item(item)
    if isinstance(what, User):
        return user_of(record)
    if isinstance(what, Recipe):
        return recipe_of(record, what.id or "")
    if isinstance(what, Usage):
        return usage_of(record | {"period": what.period})
    if isinstance(what, UsageEvent):
        return event_of(record | {"id": what.id})
    return typed_of(record, what.type, what.id)


def _distinct(keys: Sequence[Key]) -> list[Key]:
    """Each once, as DynamoDB demands."""
    return list({_name(key): key for key in keys}.values())


def _key_of(item: Item) -> Key:
    return {"PK": item["PK"], "SK": item["SK"]}


def _name(key: Key) -> tuple[str, str]:
    return key["PK"]["S"], key["SK"]["S"]
