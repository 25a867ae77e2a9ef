"""A question as the chef hears it: its words, the recipe line by line, and which lines it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flavorbot.chef.words import plain_words
from flavorbot.generators.builtin.naming import short, shown
from flavorbot.interfaces import IGenerator
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import group
from flavorbot.kitchen.needs import Needs, allowed, joined
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import find_foods
from flavorbot.kitchen.text import stem, stems
from flavorbot.kitchen.wishes import read_wish
from flavorbot.model import Ingredient, Recipe, Turn, Wish

_FULL_NAME_ONLY = frozenset({"seasoning", "spice"})
_NO_SUBJECT = frozenset("free stock dish plate pan pot oven water oil cook ground whole fresh".split())
_BLEND = re.compile(r"\b(?:alternatives?|substitutes?|replacements?|cream of tartar|butter dish|salt and pepper)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the recipe's list: its food and grams where the food table knows them."""

    item: Ingredient
    food: Food | None
    grams: float | None

    @property
    def name(self) -> str:
        return self.item.name


@dataclass(frozen=True, slots=True)
class Asked:
    """What the topics look at. `text` is the question in plain folded words, `named` are the foods it names."""

    question: str
    text: str
    recipe: Recipe
    lines: tuple[Line, ...]
    wish: Wish
    needs: Needs
    named: tuple[Food, ...]
    generator: IGenerator

    def says(self, *patterns: str) -> bool:
        """Whether the question has words that match one of the patterns."""
        return any(re.search(rf"\b(?:{pattern})\b", self.text) for pattern in patterns)

    def found(self, pattern: str) -> re.Match[str] | None:
        return re.search(rf"\b(?:{pattern})\b", self.text)

    def fitting(self, text: str) -> str:
        """The text without the sentences that name a food which this person must not have and the recipe has not."""
        here = self.foods
        return " ".join(
            part
            for part in re.split(r"(?<=[.!?])\s+", text)
            if all(food in here or allowed(food, self.needs) for food in find_foods(part))
        )

    @property
    def foods(self) -> tuple[Food, ...]:
        """The recipe's foods that the table knows."""
        return tuple(line.food for line in self.lines if line.food)

    @property
    def subjects(self) -> tuple[Line, ...]:
        """The lines that the question speaks of."""
        return lines_in(self.text, self.named, self.lines)

    @property
    def absent(self) -> tuple[Food, ...]:
        """The foods that the question names and that are not in the recipe."""
        present = {line.food.name for line in self.subjects if line.food}
        here = {line.food.name for line in self.lines if line.food}
        own = {word for line in self.subjects for word in stems(line.name)}
        return tuple(
            food
            for food in self.named
            if food.name not in present | here
            and (food.name in self.text or not (own and stem(food.name.split()[0]) in own))
        )

    @property
    def needs_with_said(self) -> Needs:
        """The person's needs with the diets and allergies that the question names."""
        said = read_wish(self.text).needs
        return replace(
            self.needs,
            diets=joined(self.needs.diets, said.diets),
            allergies=joined(self.needs.allergies, said.allergies),
        )

    def lines_with(self, *roles: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.food and line.food.role in roles)


def hear(question: str, recipe: Recipe, wish: Wish, generator: IGenerator, before: Sequence[Turn] = ()) -> Asked:
    """The question as asked, or with `before` as one that goes on with what was asked last."""
    said = plain_words(question)
    text = " ".join(said)
    named = find_foods(_BLEND.sub(" ", text))
    if before:
        text = f"{' '.join(plain_words(before[-1].question))} , {text}"
        named = named or find_foods(_BLEND.sub(" ", text))
    lines = tuple(Line(item, *weigh(item)) for item in recipe.ingredients)
    return Asked(question, text, recipe, lines, wish, needs_of(wish), named, generator)


def needs_of(wish: Wish) -> Needs:
    """What the person needs: the form's fields, and what the wish says in words."""
    said = read_wish(wish.wish).needs if wish.wish else Needs()
    return Needs(
        diets=joined(wish.diets, said.diets),
        allergies=joined(wish.allergies, said.allergies),
        exclude=joined(wish.exclude, said.exclude),
        eaters=joined(wish.eaters, said.eaters),
        except_for=said.except_for,
    )


def lines_in(text: str, named: Iterable[Food], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that a text speaks of: by the very food, else by a word of its name, else by a group of foods."""
    foods = tuple(named)
    if exact := tuple(line for line in lines if line.food in foods):
        return exact
    for food in foods:
        text = text.replace(food.name, " ") if " " in food.name else text
    said = set(stems(text)) - _NO_SUBJECT
    if by_word := tuple(line for line in lines if _words_of(line) & said):
        return by_word
    groups = [found for word in text.split() if word not in _NO_SUBJECT and (found := group(word))]
    return tuple(line for line in lines if line.food and any(each.is_general_for(line.food) for each in groups))


def _words_of(line: Line) -> set[str]:
    """The single words by which a cook calls this line; a spice goes by its full name alone."""
    food = line.food
    if food is None:
        return set(stems(line.name)[-1:])
    if food.role in _FULL_NAME_ONLY:
        return {stem(food.name)} if " " not in food.name else set()
    names = (*food.name.split()[-1:], *short(food).split(), *shown(food).split()[-1:])
    first = food.name.split()[:1] if food.role == "protein" else []
    return {stem(name.lower()) for name in (*names, *first)} - _NO_SUBJECT
