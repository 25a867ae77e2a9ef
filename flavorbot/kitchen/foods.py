"""The food table: what every ingredient is, contains, weighs and does, read from the CSV files in `data/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from flavorbot.kitchen.once import once


@dataclass(frozen=True, slots=True, kw_only=True)
class Food:
    """One row of the food table; `name` is its key, singular and in lower case.

    In the files lists are separated by `|`, pairs by a space (`roast 30 200`), and an empty cell means none or unknown.
    """

    name: str
    plural: str
    aliases: tuple[str, ...]
    """Other names: UK and US, forms people buy, Spanish, French, German, Italian, some Hindi and Japanese."""
    category: str
    """Shelf it stands on, the name of its file: vegetable, fruit, meat, fish, dairy, grain, pulse, …; prepared holds
    what a recipe may itself be making (pancake, custard), meal whole dishes."""
    role: str
    """What it does in a dish: protein, starch, hard, medium, soft, leafy (vegetables), aromatic, mushroom, fruit, fat,
    acid, liquid, dairy, cheese, spice, herb, seasoning, sweet, nut, binder, condiment, garnish, drink."""
    kind: str
    """Where it comes from, which decides diets: plant, fungus, mineral, water, milk, egg, honey, pork, beef, lamb,
    game, rabbit, poultry, fish, scaleless (fish without scales), crustacean, mollusc, insect, gelatine, mixed_meat
    (meat that varies), unsure (plant or not). A made food has the kind that bars most diets; what else is in it
    stands in `contains`."""
    contains: frozenset[str]
    """Allergens by their EU names, always in it."""
    may: frozenset[str]
    """Allergens that products of this name often contain: check the label."""
    because: str
    """Why it contains what the name does not tell: "made with anchovies"."""
    flags: frozenset[str]
    """What else bars a diet or an eater.

    grain, pulse and refined_sugar bar paleo, low_carb and keto; legume (soya and peanut foods) bars paleo only;
    starchy (potato, corn, banana) and sugary (honey, juice, dried and sweet fruit) bar keto, and low_carb in more than
    a taste; fodmap (high), alcohol, maybe_alcohol, rennet (animal), blood, offal (liver: not in pregnancy), listeria
    (ready to eat: not in pregnancy), raw_milk (cheese that may be unpasteurised), raw_egg, mercury (high), choking
    (whole, under five years), oats_ok (certified gluten-free), toxic_raw (dried kidney beans and the like: boil hard),
    maybe_meat (lard, gelatine or meat stock in some products)."""
    kcal: float
    protein_g: float
    fat_g: float
    carbohydrate_g: float
    fibre_g: float
    salt_g: float
    """The six figures are per 100 g; carbohydrate includes fibre, salt = sodium x 2.5."""
    source: str
    """The row of USDA FoodData Central they come from: the food itself, or the nearest there is."""
    each_g: float | None
    """Grams of one piece (for garlic a clove, for bread a slice)."""
    cup_g: float | None
    """Grams of a US cup of 240 ml; also gives spoons and millilitres."""
    tin_g: float | None
    """Grams of a usual tin or packet, drained."""
    serving_g: tuple[float, float, float] | None
    """Least, typical and most grams for one serving of a main dish; None: no dish is planned with it."""
    cook: Mapping[str, tuple[int, int | None]]
    """Method to minutes and °C: boil, steam, fry, roast, simmer, bake, grill, microwave, raw (0 minutes)."""
    safe_c: int | None
    """Least inner temperature in °C (USDA), for what must be cooked through."""
    cuisines: tuple[str, ...]
    """Where it is at home (`middle_eastern`); empty means everywhere."""
    pairs: tuple[str, ...]
    """Foods it goes well with, by name."""
    swaps: Mapping[str, str]
    """Reason (an allergen, a diet, pork or alcohol) to the food that takes its place: `vegan tofu|milk oat milk` reads
    {"vegan": "tofu", "milk": "oat milk"}."""

    def __hash__(self) -> int:
        """Of its key: what else is told of it holds lists of more, and nobody needs to look through them."""
        return hash(self.name)


@once
def foods() -> Mapping[str, Food]:
    """Every food by name, read once; a bad cell raises ValueError naming its file and row."""
    rows: dict[str, Food] = {}
    for file in sorted(resources.files(__package__).joinpath("data").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".csv"):
            for food in read_shelf(file.name, file.read_text(encoding="utf-8")):
                if food.name in rows:
                    raise ValueError(f"{file.name}, row {food.name!r}: already in {rows[food.name].category}.csv")
                rows[food.name] = food
    return MappingProxyType(rows)


def read_shelf(file_name: str, text: str) -> Iterator[Food]:
    """The rows of one file; lines that begin with `#` are its comments."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines, strict=True):
        try:
            yield _food(file_name.removesuffix(".csv"), row)
        except (KeyError, ValueError, AttributeError, TypeError) as wrong:
            raise ValueError(f"{file_name}, row {row.get('name')!r}: {wrong}") from wrong


def _food(category: str, row: Mapping[str, str]) -> Food:
    return Food(
        name=row["name"],
        plural=row["plural"] or row["name"],
        aliases=_list(row["aliases"]),
        category=category,
        role=row["role"],
        kind=row["kind"],
        contains=frozenset(_list(row["contains"])),
        may=frozenset(_list(row["may"])),
        because=row["because"],
        flags=frozenset(_list(row["flags"])),
        kcal=float(row["kcal"]),
        protein_g=float(row["protein_g"]),
        fat_g=float(row["fat_g"]),
        carbohydrate_g=float(row["carbohydrate_g"]),
        fibre_g=float(row["fibre_g"]),
        salt_g=float(row["salt_g"]),
        source=row["source"],
        each_g=_number(row["each_g"]),
        cup_g=_number(row["cup_g"]),
        tin_g=_number(row["tin_g"]),
        serving_g=_range(row["serving_g"]),
        cook=_cook(row["cook"]),
        safe_c=int(row["safe_c"]) if row["safe_c"] else None,
        cuisines=_list(row["cuisines"]),
        pairs=_list(row["pairs"]),
        swaps=_swaps(row["swaps"]),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _range(cell: str) -> tuple[float, float, float] | None:
    """`120-150-170`: least, typical, most."""
    if not cell:
        return None
    least, typical, most = (float(part) for part in cell.split("-"))
    return least, typical, most


def _cook(cell: str) -> Mapping[str, tuple[int, int | None]]:
    """`boil 12|roast 30 200`: method, minutes, and °C for the oven."""
    methods: dict[str, tuple[int, int | None]] = {}
    for entry in _list(cell):
        method, minutes, *celsius = entry.split()
        methods[method] = (int(minutes), int(celsius[0]) if celsius else None)
    return MappingProxyType(methods)


def _swaps(cell: str) -> Mapping[str, str]:
    """`vegan tofu|milk oat milk`: reason, then the food."""
    swaps: dict[str, str] = {}
    for entry in _list(cell):
        reason, food = entry.split(maxsplit=1)
        swaps[reason] = food
    return MappingProxyType(swaps)
