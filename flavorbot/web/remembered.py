"""What templates ask for over and over, remembered by its arguments, on which alone it depends.

Lists show the same cards again and again, and every page the same icons and the same addresses of static files.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from flask import Flask
from jinja2 import Environment
from markupsafe import Markup

T = TypeVar("T")

# By macro the file that it stands in, and how many results are kept: a card is 2 KB, the steps of a recipe are 3 KB.
# None of those that are asked with lists.
MACROS = {
    "icon": ("macros/icons.html", 256),
    "day": ("macros/labels.html", 256),
    "listing": ("macros/labels.html", 0),
    "stars": ("macros/card.html", 8),
    "card": ("macros/card.html", 1024),
    "select_box": ("macros/card.html", 1024),
    "checked_line": ("macros/recipe_parts.html", 256),
    "ingredients": ("macros/recipe_parts.html", 256),
    "steps": ("macros/recipe_parts.html", 256),
    "nutrition": ("macros/recipe_parts.html", 256),
}


def init_app(app: Flask) -> None:
    for name, (template, most) in MACROS.items():
        add_global(app, name, _macro(app.jinja_env, template, name), most)


def add_global(app: Flask, name: str, function: Callable[..., T], most: int) -> None:
    """Give templates a function with its last results; without them while one works on templates and static files."""
    app.jinja_env.globals[name] = function if app.debug else lru_cache(most)(function)


def _macro(env: Environment, template: str, name: str) -> Callable[..., Markup]:
    """It is looked up when it is called, by when all filters are there."""

    def call(*arguments: object) -> Markup:
        macro: Callable[..., Markup] = getattr(env.get_template(template).module, name)
        return macro(*arguments)

    return call
