"""What links in mails do, in DynamoDB: the person's record says which is good, the hash's record whose it is."""

from __future__ import annotations

from flavorbot.model import MailToken
from flavorbot.storage.clock import to_moment
from flavorbot.storage.dynamodb_faults import ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import delete, from_item, put, to_item, to_ttl
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import mail_token_of, mail_token_record
from flavorbot.storage.table import Key, mail_token_key, token_key


class DynamoDBMailTokens(Part):
    """`IMailTokens` over `USER#… | MAILTOKEN#…` and `TOKEN#… | USER`."""

    def put_mail_token(self, token: MailToken) -> None:
        item = to_item(mail_token_record(token) | {"ttl": to_ttl(to_moment(token.expires_at))})
        keys = (mail_token_key(token.user_id, token.kind), token_key(token.token_hash))
        try:
            self.table.transact([put(key, item) for key in keys])
        except Unanswered:
            if self._link_at(keys[0]) != token:
                raise

    def mail_token(self, token_hash: str) -> MailToken | None:
        found = self._link_at(token_key(token_hash)) if is_key(token_hash) else None
        return found if found and self._link_at(mail_token_key(found.user_id, found.kind)) == found else None

    def take_mail_token(self, token: MailToken) -> bool:
        if to_moment(token.expires_at) <= self.table.moment():
            return False
        good = mail_token_key(token.user_id, token.kind)
        try:
            self.table.transact(
                [delete(good, "#token_hash = :hash", hash=token.token_hash), delete(token_key(token.token_hash))]
            )
        except ConditionFailed:
            return False
        except Unanswered as error:
            # Whether this request took it or another one cannot be told apart from a lost answer: nothing is let in.
            if self._link_at(good) is not None:
                raise error from None
            return False
        return True

    def _link_at(self, key: Key) -> MailToken | None:
        """The link's token, unless its time is over or it is something else."""
        record = from_item(self.table.get(key) or {})
        if "bound" not in record:
            return None
        found = mail_token_of(record)
        return found if to_moment(found.expires_at) > self.table.moment() else None
