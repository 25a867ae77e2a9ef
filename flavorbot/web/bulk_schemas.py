"""What people may send about many recipes at once, about collections and about tags."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from flavorbot import bounds
from flavorbot.web.fields import ULID_TEXT, Category, Sort, Whole, filled, lines, once
from flavorbot.web.schemas import Input

MOST_AT_ONCE = 100
ULID_OR_NOTHING = r"^([0-7][0-9A-HJKMNP-TV-Z]{25})?$"

Kind = Literal["all", "jsonld", "md", "cook"]
TagName = Annotated[str, filled(80)]
CollectionName = Annotated[str, filled(bounds.COLLECTION_NAME)]
RecipeIds = Annotated[
    list[Annotated[str, StringConstraints(pattern=ULID_TEXT)]], Field(max_length=5_000), AfterValidator(once)
]


class Chosen(Input):
    """Recipes that were ticked; whatever is no id of anything counts as missing."""

    ids: Annotated[
        list[Annotated[str, StringConstraints(max_length=100)]],
        Field(min_length=1, max_length=MOST_AT_ONCE),
        AfterValidator(once),
    ]


class TagChoice(Input):
    """Which tag to add or to drop."""

    tag: TagName


class CategoryChoice(Input):
    """Which kind of meal it is."""

    category: Category


class RatingChoice(Input):
    """How many stars; None takes them away."""

    rating: Annotated[int, Whole(1, 5)] | None = None


class ZipQuery(Input):
    """As which kind of file the recipes come; `all` is JSON-LD and Markdown."""

    format: Kind = "all"

    @property
    def kinds(self) -> tuple[str, ...]:
        return ("jsonld", "md") if self.format == "all" else (self.format,)


class CollectionInput(Input):
    """A collection as its owner has it; recipes that are not in their box are left out."""

    name: CollectionName
    description: Annotated[str, lines(bounds.COLLECTION_DESCRIPTION)] = ""
    recipe_ids: Annotated[RecipeIds, Field(default_factory=list)]


class CollectionQuery(Input):
    """In which order a collection is shown, its own if none is named, and from which page on."""

    sort: Sort | None = None
    page: Annotated[int, Whole(1, 1_000)] = 1


class Several(Input):
    """Some recipes."""

    recipe_ids: Annotated[RecipeIds, Field(min_length=1)]


class TagChange(Input):
    """A tag, and what it becomes; None drops it."""

    old: TagName
    new: TagName | None = None


class TagStep(TagChange):
    """One step of changing a tag: in the recipes whose ids come after `after`."""

    after: Annotated[str, StringConstraints(pattern=ULID_OR_NOTHING)] = ""
