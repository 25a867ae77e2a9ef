"""What `/api/v1` answers with: the shapes, and the values they are made from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from flavorbot.generating import Allowance
from flavorbot.kitchen.checker import Checked
from flavorbot.model import Draft, Page, Plan, Recipe, Usage
from flavorbot.web.fields import Allergens, Category, Day, Diets


class Answer(BaseModel):
    """Made from a value's attributes of the same names."""

    model_config = ConfigDict(from_attributes=True, defer_build=True)


class IngredientAnswer(Answer):
    name: str
    quantity: Annotated[float | None, Field(description='None is "to taste"')]
    unit: Annotated[str | None, Field(description="None is pieces")]
    note: str | None
    section: str | None
    optional: bool


class InstructionAnswer(Answer):
    text: str
    minutes: int | None
    temperature_c: int | None


class NutritionAnswer(Answer):
    """Per serving."""

    kcal: float
    protein_g: float
    fat_g: float
    carbohydrate_g: float
    fibre_g: float
    salt_g: float


class SourceAnswer(Answer):
    kind: Literal["built-in", "model", "manual", "import"]
    model: str | None
    url: str | None


class CookingAnswer(Answer):
    """One time that a recipe was cooked."""

    on: Day
    rating: int | None
    note: str


class RecipeAnswer(Answer):
    """A recipe; `id` and the times are null, and `version` 0, until it is saved."""

    id: str | None
    title: str
    description: str
    category: Category
    cuisine: str | None
    servings: int
    prep_minutes: int | None
    cook_minutes: int | None
    total_minutes: int | None
    ingredients: list[IngredientAnswer]
    instructions: list[InstructionAnswer]
    diets: Annotated[Diets, Field(description="Those it satisfies, by the checker")]
    allergens: Annotated[Allergens, Field(description="Those it contains, by the checker")]
    nutrition: NutritionAnswer | None
    tags: list[str]
    notes: str
    rating: int | None
    image_url: str | None
    source: SourceAnswer
    cooked: Annotated[list[CookingAnswer], Field(description="In order of the days")]
    created_at: datetime | None
    updated_at: datetime | None
    version: int


class SummaryAnswer(Answer):
    """What a list shows of a recipe."""

    id: str
    title: str
    category: Category
    cuisine: str | None
    servings: int
    total_minutes: int | None
    diets: Diets
    allergens: Allergens
    tags: list[str]
    rating: int | None
    created_at: datetime
    updated_at: datetime
    version: int


class ShareAnswer(BaseModel):
    """A link for whoever has it."""

    url: str
    expires_at: datetime
    published: Annotated[bool, Field(description="Whether search engines may show it")]


class PageAnswer(Answer):
    items: list[SummaryAnswer]
    next_cursor: str | None


class NoticeAnswer(Answer):
    """What to know about a draft."""

    kind: Literal["unused", "substituted", "unknown", "conflict", "hazard", "fallback"]
    subject: str
    message: str


class LimitsAnswer(BaseModel):
    """Of the plan; null is unlimited."""

    recipes_generated: int | None
    recipe_queries: int | None
    recipes_saved: int | None


class UsageAnswer(BaseModel):
    """What was used of a month; guests count by the day."""

    month: str
    recipe_queries: int
    recipes_generated: int
    limits: LimitsAnswer
    resets_at: datetime


class DraftAnswer(BaseModel):
    """A generated recipe, kept for a day unless it is saved."""

    draft_id: str
    recipe: RecipeAnswer
    notices: list[NoticeAnswer]
    usage: UsageAnswer


class LineAnswer(Answer):
    """What one ingredient line is; a flag is null where it is not known."""

    text: str
    recognised: bool
    name: str | None
    contains: Allergens
    may_contain: Allergens
    vegan: bool | None
    vegetarian: bool | None
    gluten_free: bool | None


class FindingAnswer(Answer):
    """Something to look at; `line` counts the ingredient lines from 0, null means the whole or its instructions."""

    line: int | None
    kind: str
    severity: Literal["error", "warning", "info"]
    message: str


class CheckAnswer(Answer):
    """What is present; it never proves that something is absent."""

    lines: list[LineAnswer]
    findings: list[FindingAnswer]
    diets: Diets
    contains: Allergens


class FieldProblem(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """An error as RFC 9457 tells it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
    request_id: str
    resets_at: datetime | None = None


def recipe_answer(recipe: Recipe) -> RecipeAnswer:
    return RecipeAnswer.model_validate(recipe)


def page_answer(page: Page) -> PageAnswer:
    return PageAnswer.model_validate(page)


def check_answer(checked: Checked) -> CheckAnswer:
    return CheckAnswer.model_validate(checked)


def draft_answer(draft: Draft, usage: UsageAnswer) -> DraftAnswer:
    """Of a draft that is done."""
    return DraftAnswer(
        draft_id=draft.request_id,
        recipe=RecipeAnswer.model_validate(draft.recipe),
        notices=[NoticeAnswer.model_validate(notice) for notice in draft.notices],
        usage=usage,
    )


def usage_answer(usage: Usage, plan: Plan, allowance: Allowance) -> UsageAnswer:
    """A month's use against what the plan includes."""
    return UsageAnswer(
        month=usage.period[:7],
        recipe_queries=usage.recipe_queries,
        recipes_generated=usage.recipes_generated,
        limits=LimitsAnswer(recipes_generated=allowance.limit, recipe_queries=plan.questions, recipes_saved=plan.saved),
        resets_at=allowance.resets_at,
    )
