"""New versions of a recipe that a question leads to, each held against the checker before it is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flavorbot.chef.asked import Asked
from flavorbot.errors import InvalidInput
from flavorbot.generators.builtin.book import formulas
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.model import NO_COOKING, Notice, Recipe, Reply, Wish

NOT_OURS = (
    "For that I would have to invent another dish, and this recipe is your own. Ask me about one of its foods instead, "
    "such as what could take its place, and I will write that into your recipe."
)
_BY_CODE = frozenset({"quick", NO_COOKING})


@dataclass(frozen=True, slots=True)
class Version:
    """A proposal with what to tell of it; `cooked` when it is another dish rather than this one in other amounts."""

    recipe: Recipe
    wish: Wish
    cooked: bool
    notices: tuple[Notice, ...]

    def reply(self, text: str) -> Reply:
        return Reply(text=text, proposal=self.recipe, cooked=self.cooked, wish=self.wish, notices=self.notices)


def refined(asked: Asked, instruction: str) -> Version | str:
    """The recipe as the generator changes it, or why it does not."""
    try:
        made = asked.generator.refine(asked.wish, asked.recipe, instruction)
    except InvalidInput as refused:
        return refused.detail
    recipe = kept(asked.recipe, made.recipe)
    if asked.recipe.reads_like(recipe):
        return " ".join(notice.message for notice in made.notices[:2]) or "It is like that already."
    cooked = foods_of(recipe) != foods_of(asked.recipe)
    if cooked and not is_ours(asked.recipe):
        return NOT_OURS
    if worse(asked.recipe, recipe, asked.needs):
        return "I found no version that fits what you must not eat."
    return Version(recipe, made.wish, cooked, made.notices)


def is_ours(recipe: Recipe) -> bool:
    """Whether it was cooked here: only then the generator knows what it is, and can change it."""
    kinds = {formula.kind for formula in formulas().values()}
    return recipe.source.kind in ("built-in", "model") and bool(kinds & set(recipe.tags))


def kept(before: Recipe, after: Recipe) -> Recipe:
    """The new version with what its owner wrote beside the recipe."""
    known = {formula.kind for formula in formulas().values()} | _BY_CODE
    own = tuple(tag for tag in before.tags if tag not in known and tag not in after.tags)
    return replace(
        checked_recipe(after),
        id=None,
        version=0,
        created_at=None,
        updated_at=None,
        tags=(*after.tags, *own),
        notes=before.notes,
        rating=before.rating,
        image_url=before.image_url,
    )


def worse(before: Recipe, after: Recipe, needs: Needs) -> bool:
    """Whether the checker has something against the new version that it had not against the old one."""
    return bool(errors_of(after, needs) - errors_of(before, needs))


def errors_of(recipe: Recipe, needs: Needs) -> frozenset[str]:
    return frozenset(each.message for each in check_recipe(recipe, needs).findings if each.severity == "error")


def foods_of(recipe: Recipe) -> Sequence[str]:
    return sorted({food.name for item in recipe.ingredients if (food := read_line(item.name).food)})
