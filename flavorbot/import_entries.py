"""What a job of an import begins as: an entry for each recipe that was found, and the collections they were in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flavorbot import recipes as box
from flavorbot.exchange.reading import Found
from flavorbot.interfaces import IRecipes
from flavorbot.kitchen.text import fold
from flavorbot.model import Gathered, ImportEntry, Recipe
from flavorbot.origins import origin_of
from flavorbot.storage.shelving import name_key

HERE = "It is in your box already."
TWICE = "It is in what you brought twice."


def entries_of(storage: IRecipes, user_id: str, found: Sequence[Found]) -> list[ImportEntry]:
    """An entry for each, with those that are in the box already, or were found before, named as such."""
    if not any(each.recipe for each in found):
        return [_entry(each) for each in found]
    known = _Known(found)
    for card in box.all_cards(storage, user_id):
        known.add(card.id, card.origin, card.title, card.words)
    entries: list[ImportEntry] = []
    for place, each in enumerate(found):
        entry = _entry(each)
        if each.recipe is not None:
            marks = _marks(each.recipe)
            same = known.same_as(*marks)
            if isinstance(same, str):
                entry = replace(entry, state="known", recipe_id=same, reason=HERE)
            elif same is not None:
                entry = replace(entry, state="known", twin=same, reason=TWICE)
            known.add(place, *marks)
        entries.append(entry)
    return entries


def _entry(found: Found) -> ImportEntry:
    if found.recipe is None:
        return ImportEntry(title=found.title, state="failed", reason=found.reason, kept=False)
    return ImportEntry(title=found.title, reason=" ".join(found.remarks))


class _Known:
    """By what a recipe is known again: the page that it came from, or its title with its ingredients.

    Of a page with several recipes the title counts, too.
    """

    def __init__(self, found: Sequence[Found]) -> None:
        origins = Counter(origin_of(each.recipe.source.url) for each in found if each.recipe)
        self._shared = {origin for origin, count in origins.items() if count > 1}
        self._found: dict[object, str | int] = {}

    def add(self, found: str | int, origin: str | None, title: str, names: Iterable[str]) -> None:
        for mark in self._marks(origin, title, names):
            self._found.setdefault(mark, found)

    def same_as(self, origin: str | None, title: str, names: Iterable[str]) -> str | int | None:
        """The id of the same recipe in the box, or the place of the one that was found before; None for neither."""
        return next((self._found[mark] for mark in self._marks(origin, title, names) if mark in self._found), None)

    def _marks(self, origin: str | None, title: str, names: Iterable[str]) -> Iterator[object]:
        called = " ".join(fold(title).split())
        if origin:
            yield (origin, called) if origin in self._shared else origin
        yield called, frozenset(" ".join(fold(name).split()) for name in names)


def _marks(recipe: Recipe) -> tuple[str | None, str, list[str]]:
    return origin_of(recipe.source.url), recipe.title, [item.name for item in recipe.ingredients]


def gathered_of(every: Sequence[Found]) -> list[Gathered]:
    """The collections that were found, those of one name as one, by the places of their recipes."""
    by_name: dict[str, Gathered] = {}
    for beside in dict.fromkeys(each.beside for each in every if each.beside):
        places: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(every):
            if found.beside is beside:
                places[found.file].append(place)
        for listed in beside.collections:
            key = name_key(listed.name)
            so_far = by_name.get(key, Gathered(name=listed.name, description=listed.description))
            named = (place for file in listed.files for place in places.get(file, ()))
            by_name[key] = replace(so_far, places=tuple(dict.fromkeys((*so_far.places, *named))))
    return list(by_name.values())
