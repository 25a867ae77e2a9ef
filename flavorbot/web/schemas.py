"""What people and scripts may send about recipes: one definition for forms, JSON bodies and the OpenAPI document."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from flavorbot import bounds
from flavorbot.model import MOST_MISSING, Cooking, Ingredient, Instruction, Recipe, RecipeQuery
from flavorbot.web.fields import (
    ULID_TEXT,
    Allergens,
    Category,
    Day,
    Diet,
    Diets,
    Eaters,
    Entries,
    Equipment,
    FreeOf,
    Sort,
    UnitSystem,
    Uuid,
    Whole,
    filled,
    line,
    lines,
)
from flavorbot.writing import MOST, read_ingredient

Minutes = Annotated[int, Whole(0, bounds.MINUTES)]
Line = Annotated[str, filled(bounds.LINE)]
Step = Annotated[str, filled(bounds.STEP)]
LINE: TypeAdapter[str] = TypeAdapter(Line)


class Input(BaseModel):
    """Keys that are not known (`id`, `user_id`, `plan` …) are ignored, never stored.

    Each is put together when it is first asked: all of them at once would take a fifth of the start.
    """

    model_config = ConfigDict(extra="ignore", defer_build=True)


def _something(name: str, *kinds: JsonValue) -> JsonValue:
    """The schema of a wish that says at least this."""
    return {"required": [name], "properties": {name: {"type": list(kinds), "minItems": 1, "pattern": r"[^\s,;]"}}}


class WishInput(Input):
    """The generator form. What is left out of `diets`, `allergies`, `exclude` and `units` comes from the profile."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                _something("ingredients", "array", "string"),
                *(_something(name, "string") for name in ("wish", "category", "cuisine")),
            ]
        }
    )

    ingredients: Entries = []
    wish: Annotated[str, lines(500)] = ""
    category: Category | None = None
    cuisine: Annotated[str, line(60)] | None = None
    diets: Diets = []
    allergies: Allergens = []
    exclude: Entries = []
    eaters: Eaters = []
    servings: Annotated[int, Whole(1, 24)] = 2
    max_minutes: Annotated[int, Whole(5, 480)] | None = None
    equipment: Equipment = []
    units: UnitSystem | None = None
    seed: Annotated[int, Whole(0, 2**53 - 1)] | None = None
    request_id: Uuid | None = None


class RefineInput(Input):
    """How to change a draft: "quicker", "for 6", "without onions"."""

    instruction: Annotated[str, filled(500)]
    request_id: Uuid | None = None


class QuestionInput(Input):
    """A question to the chef."""

    question: Annotated[str, filled(500)]
    request_id: Uuid | None = None


class AskInput(QuestionInput):
    """A question about a draft or about a saved recipe: exactly one of the two."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [name], "properties": {name: {"type": "string"}, other: {"type": "null"}}}
                for name, other in (("draft_id", "recipe_id"), ("recipe_id", "draft_id"))
            ]
        }
    )

    draft_id: Uuid | None = None
    recipe_id: Annotated[str, StringConstraints(pattern=ULID_TEXT)] | None = None

    @model_validator(mode="after")
    def _about_one(self) -> AskInput:
        if bool(self.draft_id) == bool(self.recipe_id):
            raise ValueError("Name the draft or the recipe that the question is about: one of the two.")
        return self


WAYS_IN = ("url", "text", "html", "jsonld")
Pasted = Annotated[str, StringConstraints(min_length=1, max_length=3_000_000, pattern=r"\S")]


class ImportInput(Input):
    """Where a recipe is to come from: exactly one of these."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": [name],
                    "properties": {
                        each: {"type": "null"} if each != name else {"not": {"type": "null"}} for each in WAYS_IN
                    },
                }
                for name in WAYS_IN
            ]
        }
    )

    url: Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"\S")] | None = None
    text: Pasted | None = None
    html: Pasted | None = None
    jsonld: dict[str, JsonValue] | list[JsonValue] | None = None

    @model_validator(mode="after")
    def _from_one(self) -> ImportInput:
        if sum(getattr(self, name) is not None for name in WAYS_IN) != 1:
            raise ValueError("Give exactly one of url, text, html and jsonld, or send a file.")
        return self


class IngredientInput(Input):
    """One line of a recipe's list."""

    name: Line
    quantity: Annotated[float, Field(gt=0, le=MOST, allow_inf_nan=False)] | None = None
    unit: Annotated[str, filled(bounds.UNIT)] | None = None
    note: Annotated[str, line(bounds.NOTE)] | None = None
    section: Annotated[str, line(bounds.SECTION)] | None = None
    optional: bool = False


class InstructionInput(Input):
    """One step."""

    text: Step
    minutes: Minutes | None = None
    temperature_c: Annotated[int, Whole(bounds.COLDEST_C, bounds.HOTTEST_C)] | None = None


def _ingredient(value: object) -> object:
    """A text such as "200 g rice, rinsed" is read as the line it is."""
    if not isinstance(value, str):
        return value
    read = read_ingredient(LINE.validate_python(value, strict=True))
    return {"name": read.name, "quantity": read.quantity, "unit": read.unit, "note": read.note}


def _instruction(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


Title = Annotated[str, filled(bounds.TITLE)]
Ingredients = Annotated[
    list[Annotated[IngredientInput, BeforeValidator(_ingredient, json_schema_input_type=IngredientInput | Line)]],
    Field(min_length=1, max_length=bounds.INGREDIENTS),
]


class RecipeInput(Input):
    """A recipe as its owner writes it; diets, allergens and nutrition are the checker's and cannot be sent."""

    title: Title
    description: Annotated[str, lines(bounds.DESCRIPTION)] = ""
    category: Category = "dinner"
    cuisine: Annotated[str, line(bounds.CUISINE)] | None = None
    servings: Annotated[int, Whole(1, bounds.SERVINGS)] = 2
    prep_minutes: Minutes | None = None
    cook_minutes: Minutes | None = None
    total_minutes: Annotated[int, Whole(0, bounds.TOTAL_MINUTES)] | None = None
    ingredients: Ingredients
    instructions: Annotated[
        list[
            Annotated[InstructionInput, BeforeValidator(_instruction, json_schema_input_type=InstructionInput | Step)]
        ],
        Field(max_length=bounds.STEPS),
    ] = []
    tags: Entries = []
    notes: Annotated[str, lines(bounds.NOTES)] = ""
    rating: Annotated[int, Whole(1, 5)] | None = None
    image_url: Annotated[str, StringConstraints(max_length=bounds.ADDRESS, pattern=bounds.WEB_ADDRESS)] | None = None

    def recipe(self) -> Recipe:
        """The recipe it describes, not checked yet."""
        return Recipe(
            title=self.title,
            description=self.description,
            category=self.category,
            cuisine=self.cuisine or None,
            servings=self.servings,
            prep_minutes=self.prep_minutes,
            cook_minutes=self.cook_minutes,
            total_minutes=_total(self.prep_minutes, self.cook_minutes, self.total_minutes),
            ingredients=tuple(Ingredient(**dict(each)) for each in self.ingredients),
            instructions=tuple(Instruction(**dict(each)) for each in self.instructions),
            tags=tuple(self.tags),
            notes=self.notes,
            rating=self.rating,
            image_url=self.image_url,
        )


class RecipePatch(RecipeInput):
    """The fields of a recipe that change."""

    title: Title = ""
    ingredients: Ingredients = []

    def applied_to(self, current: Recipe) -> Recipe:
        """The recipe with the fields that were sent; a new time changes the total unless that was sent too."""
        patched, sent = self.recipe(), self.model_fields_set
        changed = replace(current, **{name: getattr(patched, name) for name in sent})
        if "total_minutes" in sent or not sent & {"prep_minutes", "cook_minutes"}:
            return changed
        return replace(changed, total_minutes=_total(changed.prep_minutes, changed.cook_minutes))


def _total(prep: int | None, cook: int | None, total: int | None = None) -> int | None:
    """The total that was given, else the sum of what is known."""
    known = [minutes for minutes in (prep, cook) if minutes is not None]
    return sum(known) if known and total is None else total


class NoteInput(Input):
    """One's own rating and notes, and the version of the recipe that they were written beside."""

    rating: Annotated[int, Whole(1, 5)] | None = None
    notes: Annotated[str, lines(5_000)] = ""
    version: Annotated[int, Whole(0, 10**9)] = 0


class DraftChoice(Input):
    """Which draft to save."""

    draft_id: Uuid


class ListQuery(Input):
    """Which recipes, in what order; a blank means all. Lists are given as one text or as a parameter an entry."""

    several: ClassVar[frozenset[str]] = frozenset({"free_of", "have"})

    q: Annotated[str, line(200)] = ""
    category: Category | None = None
    cuisine: Annotated[str, line(60)] | None = None
    diet: Diet | None = None
    free_of: FreeOf = []
    tag: Annotated[str, line(80)] | None = None
    max_minutes: Annotated[int, Whole(1, 20_160)] | None = None
    rating: Annotated[int, Whole(1, 5)] | None = None
    have: Entries = []
    missing: Annotated[int, Whole(0, MOST_MISSING)] = 0
    sort: Sort = "best"
    limit: Annotated[int, Whole(1, 100)] = 24
    cursor: Annotated[str, line(2_000)] | None = None

    def query(self, *, counted: bool = False) -> RecipeQuery:
        """What the storage is asked; without words to go by the best are the newest."""
        return RecipeQuery(
            q=self.q,
            category=self.category,
            cuisine=self.cuisine,
            diet=self.diet,
            free_of=tuple(self.free_of),
            tag=self.tag,
            max_minutes=self.max_minutes,
            min_rating=self.rating,
            on_hand=tuple(self.have),
            missing=self.missing if self.have else 0,
            sort="newest" if self.sort == "best" and not self.q.strip() else self.sort,
            counted=counted,
        )


class ShowQuery(Input):
    """How to show a recipe; it is stored as it was written."""

    servings: Annotated[int, Whole(1, bounds.SERVINGS)] | None = None
    units: UnitSystem | None = None


class CookQuery(Input):
    """Which step of a recipe to show at the stove; behind the last one it is done."""

    step: Annotated[int, Whole(1, 101)] | None = None


class CookedInput(Input):
    """When a recipe was cooked, and what came of it."""

    on: Day
    rating: Annotated[int, Whole(1, 5)] | None = None
    note: Annotated[str, lines(500)] = ""

    def cooking(self) -> Cooking:
        return Cooking(on=self.on, rating=self.rating, note=self.note)


class CheckInput(Input):
    """Ingredient lines to look into, and for whom."""

    ingredients: Annotated[list[Line], Field(min_length=1, max_length=100)]
    instructions: Annotated[list[Step], Field(max_length=100)] = []
    allergies: Allergens = []
    diets: Diets = []
