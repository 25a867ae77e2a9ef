"""Recipes on their way into a box, in DynamoDB: the parts first, so that a job that is there is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flavorbot.errors import Conflict, NotFound, RequestReused, VersionConflict
from flavorbot.model import Gathered, ImportJob, Recipe
from flavorbot.storage.clock import to_moment
from flavorbot.storage.codec import pack_parts
from flavorbot.storage.dynamodb_faults import OFTEN, ConditionFailed, Unanswered
from flavorbot.storage.dynamodb_table import Part, new_write
from flavorbot.storage.import_parts import ImportParts
from flavorbot.storage.items import ABSENT, PRESENT, delete, from_item, put, to_attribute, to_item, to_ttl, update
from flavorbot.storage.limits import check_key, is_key
from flavorbot.storage.records import import_of, import_record
from flavorbot.storage.table import import_key, import_part_key


class DynamoDBImports(ImportParts, Part):
    """`IImports` over `USER#… | IMPORT#…` and `IMPORTPART#…`."""

    def begin_import(
        self, user_id: str, job: ImportJob, recipes: Sequence[Recipe | None], gathered: Sequence[Gathered] = ()
    ) -> ImportJob:
        check_key(user_id, "user")
        check_key(job.id, "id")
        stored = self._stored_import(user_id, job.id)
        if stored is not None:
            return _same(stored, job)
        packed = list(pack_parts(recipes, gathered))
        new = replace(job, parts=tuple(count for count, _ in packed), version=1)
        ttl = to_ttl(to_moment(job.expires_at))
        head = import_record(new) | {"ttl": ttl}
        for part, (_, body) in enumerate(packed):
            # The same request writes the same parts; a write that is repeated does no harm.
            self._write_part(user_id, job.id, part, body, ttl)
        try:
            self.table.write(
                put(
                    import_key(user_id, job.id), to_item(head), f"{ABSENT} OR #expires <= :now", now=self.table.moment()
                )
            )
        except (ConditionFailed, Unanswered) as error:
            stored = self._stored_import(user_id, job.id, error.reads)
            if stored is not None:
                return _same(stored, job)
            if isinstance(error, Unanswered):
                raise
            raise Conflict("This import is being stored at this moment.") from error
        return new

    def get_import(self, user_id: str, import_id: str) -> ImportJob | None:
        if not is_key(user_id) or not is_key(import_id):
            return None
        return self._stored_import(user_id, import_id)

    def list_imports(self, user_id: str) -> Sequence[ImportJob]:
        if not is_key(user_id):
            return []
        key = import_key(user_id, "")
        items = self.table.query(
            KeyConditionExpression="PK = :user AND begins_with(SK, :jobs)",
            ExpressionAttributeValues={
                ":user": key["PK"],
                ":jobs": key["SK"],
                ":now": to_attribute(self.table.moment()),
            },
            FilterExpression="expires > :now",
        )
        return sorted((import_of(from_item(item)) for item in items), key=lambda job: job.created_at, reverse=True)

    def update_import(self, user_id: str, job: ImportJob) -> ImportJob:
        newer = replace(job, version=job.version + 1)
        record, write = import_record(newer), new_write()
        action = update(
            import_key(user_id, job.id),
            "SET #body = :body, #stopped = :stopped, #version = :version, #write = :write",
            f"{PRESENT} AND #version = :before AND #expires > :now",
            body=record["body"] or b"",
            stopped=job.stopped,
            version=newer.version,
            write=write,
            before=job.version,
            now=self.table.moment(),
        )
        try:
            self.table.write(action)
        except (ConditionFailed, Unanswered) as error:
            item = self.table.get(import_key(user_id, job.id), error.reads)
            found = None if item is None else from_item(item)
            if found is None or int(found["expires"] or 0) <= self.table.moment():
                raise NotFound("There is no such import, or not any more.") from error
            if found.get("write") != write:
                if isinstance(error, Unanswered):
                    raise
                raise VersionConflict("This import went on elsewhere in the meantime.") from error
        return newer

    def delete_import(self, user_id: str, import_id: str) -> bool:
        found = self.get_import(user_id, import_id)
        if found is None:
            return False
        for part in range(len(found.parts)):
            self.table.write(delete(import_part_key(user_id, import_id, part)))
        self.table.write(delete(import_key(user_id, import_id)))
        return True

    def _stored_import(self, user_id: str, import_id: str, attempts: int = OFTEN) -> ImportJob | None:
        item = self.table.get(import_key(user_id, import_id), attempts)
        found = None if item is None else import_of(from_item(item))
        return found if found is not None and to_moment(found.expires_at) > self.table.moment() else None

    def _part(self, user_id: str, import_id: str, part: int) -> bytes:
        item = self.table.get(import_part_key(user_id, import_id, part))
        if item is None:
            raise NotFound("These recipes are gone. Bring the file in again.")
        return bytes(from_item(item)["body"])  # type: ignore[arg-type]

    def _write_part(self, user_id: str, import_id: str, part: int, body: bytes, ttl: int) -> None:
        key = import_part_key(user_id, import_id, part)
        try:
            self.table.write(put(key, to_item({"body": body, "ttl": ttl})))
        except Unanswered as error:
            item = self.table.get(key, error.reads)
            if item is None or from_item(item)["body"] != body:
                raise


def _same(stored: ImportJob, job: ImportJob) -> ImportJob:
    if stored.fingerprint != job.fingerprint:
        raise RequestReused("This request already brought in something else.")
    return stored
