"""Reading a refinement ("quicker", "for 6", "without leeks") as a change of the wish."""

from __future__ import annotations

import re
from dataclasses import replace

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.builtin.request import FEWER, HOTTER, MILDER, not_checked
from flavorbot.generators.builtin.wanted import plainly
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.wishes import Understood, read_wish
from flavorbot.model import EQUIPMENT, Notice, Recipe, Wish

_HOT = re.compile(r"\b(?:spicier|hotter|more (?:heat|spice|chilli|chili)|extra (?:hot|spicy)|spicy)\b", re.IGNORECASE)
_MILD = re.compile(r"\b(?:milder|less (?:spicy|hot|heat|spice)|not so (?:hot|spicy)|mild)\b", re.IGNORECASE)
_QUICK = re.compile(r"\b(?:quicker|faster|less time|speed(?:ier)?|quick|shorter)\b", re.IGNORECASE)
_FEW = re.compile(r"\b(?:(?:fewer|less) (?:ingredients|things)|simpler|simple)\b", re.IGNORECASE)
_CHEAP = re.compile(r"\b(?:cheap(?:er)?|budget|thrifty)\b", re.IGNORECASE)
_SWAP = re.compile(
    r"\b(?:swap|replace|change|switch|substitute)\s+(?:out\s+)?(?:the\s+)?(?P<old>.+?)"
    r"(?:\s+(?:for|with|by|to)\s+(?:the\s+|some\s+)?(?P<new>.+?))?[.!]?$",
    re.IGNORECASE,
)
_ADD = re.compile(r"\b(?:add|with(?: more)?|more|use)\s+(?:the\s+|some\s+)?(?P<new>[^.,;!]+)", re.IGNORECASE)
_COSTLY = ("salmon", "prawn", "beef steak", "lamb", "pine nut", "saffron", "parmesan")


def refined_wish(wish: Wish, recipe: Recipe, instruction: str) -> tuple[Wish, tuple[Notice, ...]]:
    """The wish as changed, and what to tell; `InvalidInput` when nothing of the instruction is understood."""
    text = plainly(instruction.strip())
    change = _Change(wish, recipe)
    change.swap(text)
    change.taste(text)
    change.time(text)
    understood = read_wish(_FEW.sub(" ", text))
    change.needs(understood)
    change.equipment(understood, text)
    if not change.swapped:
        change.add(text, understood)
    if not change.said:
        message = f"We did not understand “{text[:80]}”. Try “quicker”, “for 6”, “vegan” or “without onions”."
        raise InvalidInput([FieldError("instruction", message)])
    return change.wish, (*change.said, *not_checked(understood))


class _Change:
    """A wish on its way to another one; `said` tells each change."""

    def __init__(self, wish: Wish, recipe: Recipe) -> None:
        self.wish = wish
        self.recipe = recipe
        self.said: list[Notice] = []
        self.swapped = False

    def swap(self, text: str) -> None:
        match = _SWAP.search(text)
        names = self._meant(match["old"]) if match else ()
        if not match or not names:
            return
        self._leave_out(names)
        new = read_line(match["new"]).food if match["new"] else None
        if new:
            self.wish = replace(self.wish, ingredients=(*self.wish.ingredients, shown(new)))
        instead = shown(new) if new else "something else"
        self._tell(listed(names), f"Swapped {listed(names)} for {instead}.")
        self.swapped = True

    def _meant(self, words: str) -> tuple[str, ...]:
        """The recipe's foods that the words name, in full or in part ("the chicken"), else any foods."""
        lines = (item.name for item in self.recipe.ingredients)
        said = set(words.lower().split()) | {word.rstrip("s") for word in words.lower().split()}
        parts = [food.name for line in lines if (food := read_line(line).food) and said & set(food.name.split())]
        return tuple(parts) or tuple(food.name for food in find_foods(words))

    def taste(self, text: str) -> None:
        if _MILD.search(text):
            self._note(MILDER, HOTTER, "spice", "Made milder: less chilli.")
        elif _HOT.search(text):
            self._note(HOTTER, MILDER, "spice", "Made spicier: more chilli.")
        if _FEW.search(text):
            self._note(FEWER, "", "ingredients", "Made simpler: no more than the dish needs.")
        if _CHEAP.search(text):
            costly = tuple(name for name in _COSTLY if any(name in item.name for item in self.recipe.ingredients))
            self.wish = replace(self.wish, exclude=_joined(self.wish.exclude, costly))
            self._tell("cost", "Made cheaper: no costly ingredients.")

    def time(self, text: str) -> None:
        if _QUICK.search(text) and self.recipe.total_minutes and not read_wish(text).max_minutes:
            limit = max(self.recipe.total_minutes * 3 // 4, 10)
            self.wish = replace(self.wish, max_minutes=min(limit, self.wish.max_minutes or limit))
            self._tell("time", f"Made quicker: at most {limit} minutes instead of {self.recipe.total_minutes}.")

    def needs(self, understood: Understood) -> None:
        said: Needs = understood.needs
        wish = self.wish
        if understood.servings:
            wish = replace(wish, servings=min(understood.servings, 24))
            self._tell("servings", f"Now for {wish.servings}.")
        if understood.max_minutes:
            wish = replace(wish, max_minutes=understood.max_minutes)
            self._tell("time", f"Now done in {understood.max_minutes} minutes at most.")
        for field, words in (
            ("diets", said.diets),
            ("allergies", said.allergies),
            ("exclude", said.exclude),
            ("eaters", said.eaters),
        ):
            if words and not (field == "exclude" and self.swapped):
                wish = replace(wish, **{field: _joined(getattr(wish, field), words)})  # type: ignore[arg-type]
                self._tell(field, f"{_TOLD[field]} {listed([word.replace('_', '-') for word in words])}.")
        if understood.cuisine:
            wish = replace(wish, cuisine=understood.cuisine)
            self._tell("cuisine", f"Now seasoned the {understood.cuisine} way.")
        if understood.category:
            wish = replace(wish, category=understood.category)
            self._tell("category", f"Now for {understood.category}.")
        self.wish = wish
        if said.exclude:
            self._leave_out(said.exclude)

    def equipment(self, understood: Understood, text: str) -> None:
        gone = {
            name for name in EQUIPMENT if name in understood.without or f"no {name.replace('_', ' ')}" in text.lower()
        }
        if gone:
            kept = tuple(name for name in self.wish.equipment or EQUIPMENT if name not in gone)
            self.wish = replace(
                self.wish, equipment=kept, exclude=tuple(word for word in self.wish.exclude if word not in gone)
            )
            self._tell("equipment", f"Now cooked without {listed(sorted(name.replace('_', ' ') for name in gone))}.")

    def add(self, text: str, understood: Understood) -> None:
        match = _ADD.search(text)
        names = [shown(food) for food in find_foods(match["new"])] if match else []
        names = [name for name in (*names, *understood.ingredients) if name not in self.wish.ingredients]
        names = list(dict.fromkeys(name for name in names if name not in self.wish.exclude))
        if names:
            self.wish = replace(self.wish, ingredients=(*self.wish.ingredients, *names))
            self._tell(names[0], f"Added {listed(names)}.")

    def _leave_out(self, names: tuple[str, ...]) -> None:
        """Exclude these foods and take them off the list of what is to be used."""
        gone = {food.name for name in names for food in find_foods(name)} | set(names)
        kept = tuple(line for line in self.wish.ingredients if not _names(line) & gone)
        self.wish = replace(self.wish, ingredients=kept, exclude=_joined(self.wish.exclude, names))

    def _note(self, added: str, dropped: str, subject: str, message: str) -> None:
        """Carry a taste in the wish's free text, where the next reading finds it."""
        kept = [part for part in self.wish.wish.split("; ") if part and part != dropped and part != added]
        self.wish = replace(self.wish, wish="; ".join([*kept, added])[:500])
        self._tell(subject, message)

    def _tell(self, subject: str, message: str) -> None:
        self.said.append(Notice("substituted", subject, message))


_TOLD = {"diets": "Now", "allergies": "Now without", "exclude": "Left out:", "eaters": "Now fit for:"}


def _names(line: str) -> set[str]:
    return {food.name for food in find_foods(plainly(line))}


def _joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))
