"""What an import's parts hold, read in the same way from every store."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from flavorbot.model import Gathered, ImportJob, Recipe
from flavorbot.storage.codec import unpack_gathered, unpack_part
from flavorbot.storage.records import part_at, parts_of_collections


class ImportParts(ABC):
    """The methods of `IImports` that read parts."""

    def import_recipes(self, user_id: str, job: ImportJob, place: int) -> tuple[int, Sequence[Recipe | None]]:
        part, first = part_at(job, place)
        return first, unpack_part(self._part(user_id, job.id, part))

    def import_collections(self, user_id: str, job: ImportJob) -> Sequence[Gathered]:
        parts = [self._part(user_id, job.id, part) for part in parts_of_collections(job)]
        return [each for part in parts for each in unpack_gathered(part)]

    @abstractmethod
    def _part(self, user_id: str, import_id: str, part: int) -> bytes:
        """One part as it was packed; `NotFound`."""
