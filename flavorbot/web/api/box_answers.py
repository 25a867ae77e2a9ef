"""What `/api/v1` answers about collections and tags."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from flavorbot.web.api.answers import Answer


class ShelfAnswer(Answer):
    """A collection as a list shows it."""

    id: str
    name: str
    description: str
    count: Annotated[int, Field(description="Recipes, those in the bin included")]
    created_at: datetime
    updated_at: datetime
    version: int


class CollectionsAnswer(Answer):
    items: list[ShelfAnswer]


class CollectionAnswer(Answer):
    id: str
    name: str
    description: str
    recipe_ids: list[str]
    created_at: datetime
    updated_at: datetime
    version: int


class TagAnswer(Answer):
    name: Annotated[str, Field(description="As it is spelled most often; case and accents make no other tag")]
    count: int


class TagsAnswer(Answer):
    items: list[TagAnswer]


class MissedAnswer(Answer):
    """A recipe that was left as it was."""

    id: str
    reason: Literal["missing", "changing", "unacceptable", "unreadable"]


class TagProgressAnswer(Answer):
    changed: int
    left: int
    after: str
    failed: list[MissedAnswer]
