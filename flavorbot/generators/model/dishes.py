"""A model's recipe taken into the kitchen: its words become foods of the table, what may not be there is swapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.filling import MADE, suits
from flavorbot.generators.builtin.naming import shown
from flavorbot.generators.builtin.request import Request
from flavorbot.generators.model.answers import Written, WrittenIngredient, WrittenStep
from flavorbot.generators.model.choosing import is_plain, may_be
from flavorbot.generators.model.failures import Unfit
from flavorbot.generators.model.measuring import grams_meant
from flavorbot.generators.model.timing import in_celsius
from flavorbot.generators.model.wording import claims, in_sentence_case, without, without_amounts, without_diets
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.groups import covers, group
from flavorbot.kitchen.lexicon import Entry
from flavorbot.kitchen.mentions import Mention, mentions
from flavorbot.kitchen.reading import Reading, read_line
from flavorbot.kitchen.strays import strays
from flavorbot.kitchen.text import stems

_TOLD_APART = frozenset("vegetable fruit mushroom nut pulse meat poultry fish shellfish".split())
_FLAVOURS = frozenset({"spice", "herb", "acid"})
_TWICE = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
"""What a renaming leaves of "tagliatelle pasta"."""
_ENGLISH = frozenset({"the", "and", "with", "until", "for", "of", "to", "into", "over"})


@dataclass(slots=True)
class Step:
    """A step on the table; `uses` are names of foods, `guess` the model's minutes."""

    text: str
    uses: frozenset[str]
    guess: float | None


@dataclass(slots=True)
class Dish:
    """A recipe being put right; `foods` are by name, in the order of the list, `meant` in grams for one serving.

    `asked` are names of foods that the person wants in it and that cannot be left out, `swapped` what stands in for
    foods that may not be there.
    """

    request: Request
    asked: frozenset[str]
    title: str
    about: str
    foods: dict[str, Food]
    meant: dict[str, float | None]
    preps: dict[str, str]
    steps: list[Step]
    swapped: dict[str, Food]

    @property
    def readings(self) -> list[Reading]:
        return [read_line(shown(food)) for food in self.foods.values()]

    @property
    def texts(self) -> list[str]:
        return [step.text for step in self.steps]

    def strays(self, *texts: str) -> list[Mention]:
        """What the texts name that the list does not have, water apart; or that is to be left out."""
        said = {mention.key for text in texts for mention in mentions(text)}
        found = [mention for mention in strays(self.readings, self.title, texts) if mention.key in said]
        return [mention for mention in (*found, *self.others(*texts)) if mention.entry.name != "water"]

    def title_strays(self, title: str) -> list[Mention]:
        """What a title names that is not in the dish, but for a flavour that suits and the kind of dish ("chilli")."""
        kinds = {stems(formula.kind) for formula in formulas().values()}
        found = (*strays(self.readings, title, ()), *self.others(title))
        return [mention for mention in found if mention.key not in kinds and not self._flavours(mention)]

    def _flavours(self, mention: Mention) -> bool:
        food = mention.entry.food
        return (
            food is not None
            and food.role in _FLAVOURS
            and mention.entry.kind == "food"
            and suits(food, self.request.needs)
        )

    def others(self, *texts: str) -> Iterator[Mention]:
        """What the checker may take for a listed food: another of its sort, as cauliflower is no broccoli here; and
        whatever is not allowed, also as the name of the dish."""
        known = {stem for reading in self.readings for stem in stems(reading.text)}
        for mention in (mention for text in texts for mention in mentions(text)):
            food = mention.entry.food
            if food is None or food.name in self.foods:
                continue
            apart = mention.entry.kind == "food" and known.isdisjoint(mention.key) and self._is_barred(food)
            if (apart and not self._is_general(mention, food)) or self.is_excluded(food):
                yield mention

    def _is_general(self, mention: Mention, said: Food) -> bool:
        """Whether it is a general word for something in the list: "the vegetables", "the fish"."""
        if mention.measured:
            return False
        listed = self.foods.values()
        general = group(" ".join(mention.key))
        if general and any(general.is_general_for(food) for food in listed):
            return True
        return mention.key == (said.category,) and any(food.category == said.category for food in listed)

    def _is_barred(self, food: Food) -> bool:
        return food.category in _TOLD_APART or not (food.category in MADE or suits(food, self.request.needs))

    def is_excluded(self, food: Food) -> bool:
        needs = self.request.needs
        return any(covers(word, food) for word in needs.exclude) and not any(
            covers(word, food) for word in needs.except_for
        )

    def add(self, food: Food, grams: float | None = None, prep: str = "") -> None:
        if food.name not in self.foods:
            self.foods[food.name], self.meant[food.name], self.preps[food.name] = food, grams, prep

    def drop(self, name: str) -> None:
        """Leave a food out; `Unfit` if the person asked for it."""
        if name in self.asked:
            raise Unfit(f"{name} cannot be left out")
        self.foods.pop(name, None)


def dish_of(written: Written, request: Request, chosen: Sequence[Food], asked: Sequence[Food]) -> Dish:
    """The model's recipe with foods that may be there alone; `Unfit` when it is written in another language."""
    _need_english([written.title, *(step.text for step in written.steps)])
    dish = empty_dish(request, asked)
    for line in written.ingredients:
        take_line(line, dish, chosen)
    for food in asked:
        dish.add(food)
    dish.title = title_of(written.title, dish)
    about = _renamed(written.summary, dish.swapped)
    dish.about = without(about, lambda said: claims(said) or bool(re.search(r"\d", said)))
    dish.steps = list(_steps(written.steps, dish))
    return dish


def empty_dish(request: Request, asked: Iterable[Food]) -> Dish:
    return Dish(request, frozenset(food.name for food in asked), "", "", {}, {}, {}, [], {})


def take_line(line: WrittenIngredient, dish: Dish, chosen: Iterable[Food]) -> None:
    """Add the food that the line names; another in its place, or none, where it may not be there."""
    request, food = dish.request, _food(line.id)
    if food and not is_plain(food) and all(food.name != other.name for other in chosen):
        return
    if food and food.name not in dish.asked and not may_be(food, request):
        other = _stand_in(food, request)
        if other:
            dish.swapped[food.name] = other
        food = other
    if food:
        dish.add(food, grams_meant(food, line.quantity, line.unit, request.servings), line.prep or "")


def title_of(written: str, dish: Dish) -> str:
    listed = map(shown, dish.foods.values())
    return in_sentence_case(without_diets(_renamed(written, dish.swapped), listed))


def _need_english(texts: Sequence[str]) -> None:
    words = re.findall(r"[^\W\d_]+", " ".join(texts).casefold())
    foreign = sum(not word.isascii() for word in words)
    if not words or foreign > 0.2 * len(words) or sum(word in _ENGLISH for word in words) < 0.04 * len(words):
        raise Unfit("it is not written in English")


def _food(name: str) -> Food | None:
    return foods().get(name.casefold().strip()) or read_line(name).food


def _stand_in(food: Food, request: Request) -> Food | None:
    """What takes the place of a food that is not allowed."""
    found = (foods().get(name) for name in food.swaps.values())
    return next((other for other in found if other and is_plain(other) and may_be(other, request)), None)


def _steps(written: Iterable[WrittenStep], dish: Dish) -> Iterable[Step]:
    seen: set[str] = set()
    for each in written:
        step = step_of(each, dish)
        if step.text and step.text.casefold() not in seen:
            seen.add(step.text.casefold())
            yield step


def step_of(written: WrittenStep, dish: Dish) -> Step:
    """The step in words of ours; its text may be empty then."""
    text = without_amounts(without(in_celsius(_renamed(written.text, dish.swapped)), claims))
    used = (dish.swapped.get(food.name, food) for name in written.uses if (food := _food(name)))
    return Step(text, frozenset(food.name for food in used), written.minutes)


def _renamed(text: str, swapped: Mapping[str, Food]) -> str:
    for old, new in swapped.items():
        food = foods()[old]
        names = sorted({food.name, food.plural, shown(food), *food.aliases}, key=len, reverse=True)
        pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])"
        text = re.sub(pattern, shown(new), text, flags=re.IGNORECASE)
    return _TWICE.sub(r"\1", text) if swapped else text


def is_addable(entry: Entry, chosen: Iterable[Food], request: Request) -> bool:
    """Whether a food that only a step names may go into the list: one of the choice, or plain seasoning."""
    food = entry.food
    if food is None or entry.kind != "food" or not may_be(food, request):
        return False
    seasoning = food.role in ("spice", "herb", "seasoning", "acid", "fat") and food.kind in ("plant", "mineral")
    return seasoning or any(food.name == other.name for other in chosen)
