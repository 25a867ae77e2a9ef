"""Reading a refinement ("quicker", "for 6", "without leeks") as a change of the wish."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import find_foods
from flavorbot.kitchen.wishes import read_wish
from flavorbot.model import EQUIPMENT, Notice, Recipe, Wish


def refined_wish(wish: Wish, recipe: Recipe, instruction: str) -> tuple[Wish, tuple[Notice, ...]]:
    """The wish as changed, and what to tell; `InvalidInput` when nothing of the instruction is understood."""
    raise InvalidInput([FieldError("instruction", "not yet")])
