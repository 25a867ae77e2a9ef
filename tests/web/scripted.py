"""A generator that does as a test tells it, where the food itself does not matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from flavorbot.interfaces import IWatcher
from flavorbot.model import Generated, Ingredient, Instruction, Notice, Recipe, Source, Wish


class ScriptedGenerator:
    """Cooks one pot of whatever is asked; `on_cook` runs first and may raise."""

    name = "scripted"

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.on_cook: Callable[[], None] = lambda: None

    def generate(self, wish: Wish, watcher: IWatcher | None = None) -> Generated:
        self.wishes.append(wish)
        self.on_cook()
        names = wish.ingredients or ("rice",)
        recipe = Recipe(
            title=f"One-pot {names[0]}",
            description="Everything in one pot.",
            category=wish.category or "dinner",
            servings=wish.servings,
            prep_minutes=5,
            cook_minutes=20,
            total_minutes=25,
            ingredients=tuple(Ingredient(name=name, quantity=200, unit="g") for name in names),
            instructions=(Instruction(text=f"Boil the {', '.join(names)}.", minutes=20),),
            source=Source(kind="built-in"),
        )
        return Generated(recipe, (Notice("unused", "salt", "No salt was needed."),), wish)

    def refine(self, wish: Wish, recipe: Recipe, instruction: str) -> Generated:
        made = self.generate(wish)
        return replace(made, recipe=replace(recipe, title=f"{recipe.title}, {instruction}"))


def script(app: Flask) -> ScriptedGenerator:
    """Put one in the place of the application's own."""
    scripted = ScriptedGenerator()
    app.extensions["flavorbot"] = replace(app.extensions["flavorbot"], generator=scripted)
    return scripted
