"""Amounts that other programs keep apart from their foods, in our units."""

from __future__ import annotations

from flavorbot.exchange.readers.cleaning import one_line, plain
from flavorbot.kitchen.amounts import read_amount, spellings
from flavorbot.kitchen.text import fold
from flavorbot.model import Ingredient


def measured(amount: object, unit: object, food: object, note: object = "", section: str | None = None) -> Ingredient:
    """One line of a list: the food keeps its name, the unit becomes the kitchen's where it knows the word."""
    said = one_line(plain(unit))
    quantity, notes = _quantity(amount)
    notes = [*notes, one_line(plain(note))]
    return Ingredient(
        name=one_line(plain(food)),
        quantity=quantity,
        unit=spellings().get(fold(said).rstrip("."), said) or None,
        note="; ".join(filter(None, notes)) or None,
        section=section or None,
    )


def _quantity(amount: object) -> tuple[float | None, list[str]]:
    """The number, and what else its text says: "2-3" is 2 with the note "up to 3"."""
    if isinstance(amount, bool) or not isinstance(amount, str | int | float):
        return None, []
    if not isinstance(amount, str):
        return float(amount) or None, []
    read = read_amount(f"{amount.strip()} g")
    if read.quantity is None or read.unit != "g":
        return None, [one_line(amount)]
    return read.quantity, list(read.notes)
