"""Links to recipes in DynamoDB: the owner's record and what their token leads to, changed together."""

from __future__ import annotations

from flavorbot.model import Share
from flavorbot.storage.clock import to_moment
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import ABSENT, Action, delete, from_item, put, to_item, to_ttl
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import share_of, share_record
from flavorbot.storage.table import Key, share_key, token_key

KIND = "share"
THIS = "#nonce = :nonce AND #expires > :now"


class DynamoDBShares(Part):
    """`IShares` over `USER#… | SHARE#…` and `TOKEN#… | USER`."""

    def create_share(self, share: Share) -> Share:
        try:
            self.table.transact(_puts(share, f"{ABSENT} OR #expires <= :now", now=self.table.moment()))
        except (ConditionFailed, Unanswered) as error:
            stored = self._kept(share_key(share.user_id, share.recipe_id), error.reads)
            if stored is None:
                raise
            return stored
        return share

    def change_share(self, share: Share) -> bool:
        try:
            self.table.transact(_puts(share, THIS, nonce=share.nonce, now=self.table.moment()))
        except ConditionFailed:
            return False
        except Unanswered as error:
            if self._kept(share_key(share.user_id, share.recipe_id), error.reads) != share:
                raise
        return True

    def get_share(self, user_id: str, recipe_id: str) -> Share | None:
        if not is_key(user_id) or not is_key(recipe_id):
            return None
        return self._kept(share_key(user_id, recipe_id))

    def share_by_token(self, token_hash: str) -> Share | None:
        return self._kept(token_key(token_hash)) if is_key(token_hash) else None

    def end_share(self, share: Share) -> bool:
        share_record(share)
        own = delete(share_key(share.user_id, share.recipe_id), THIS, nonce=share.nonce, now=self.table.moment())
        try:
            self.table.transact([own, delete(token_key(share.token_hash))])
        except ConditionFailed:
            return False
        except Unanswered as error:
            if self._kept(token_key(share.token_hash), error.reads) is not None:
                raise
        return True

    def _kept(self, key: Key, attempts: int = OFTEN) -> Share | None:
        """The link that is kept here, unless its time is over or this is the token of something else."""
        record = from_item(self.table.get(key, attempts) or {})
        if record.get("kind") != KIND:
            return None
        found = share_of(record)
        return found if to_moment(found.expires_at) > self.table.moment() else None


def _puts(share: Share, condition: str, **values: str | int) -> list[Action]:
    item = to_item(share_record(share) | {"kind": KIND, "ttl": to_ttl(to_moment(share.expires_at))})
    own = put(share_key(share.user_id, share.recipe_id), item, condition, **values)
    return [own, put(token_key(share.token_hash), item)]
