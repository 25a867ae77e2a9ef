"""What makes the codes of people's authenticator apps, in DynamoDB."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.model import SecondFactor
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part
from flavorbot.storage.items import delete, from_item, put, to_item
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import second_factor_of, second_factor_record
from flavorbot.storage.table import second_factor_key


class DynamoDBSecondFactors(Part):
    """`ISecondFactors` over `USER#… | SECONDFACTOR`."""

    def put_second_factor(self, factor: SecondFactor) -> None:
        self.table.write(put(second_factor_key(factor.user_id), to_item(second_factor_record(factor))))

    def get_second_factor(self, user_id: str) -> SecondFactor | None:
        return self._factor_of(user_id) if is_key(user_id) else None

    def update_second_factor(self, factor: SecondFactor) -> bool:
        """In a transaction, which a repeated request does not carry out twice: no code is taken for used by itself."""
        newer = replace(factor, version=factor.version + 1)
        item = to_item(second_factor_record(newer))
        same = "#nonce = :nonce AND #version = :version"
        change = put(second_factor_key(factor.user_id), item, same, nonce=factor.nonce, version=factor.version)
        try:
            self.table.transact([change])
        except ConditionFailed:
            return False
        except Unanswered as error:
            if self._factor_of(factor.user_id, error.reads) != newer:
                raise
        return True

    def delete_second_factor(self, user_id: str) -> None:
        if is_key(user_id):
            self.table.write(delete(second_factor_key(user_id)))

    def _factor_of(self, user_id: str, attempts: int = OFTEN) -> SecondFactor | None:
        item = self.table.get(second_factor_key(user_id), attempts)
        return None if item is None else second_factor_of(from_item(item))
