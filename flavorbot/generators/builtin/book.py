"""The cookbook: dish formulas, places of a dish, shared steps, cuisines and cuts, read from the files in `data/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.reading import read_line

PARTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "brief": (("quick",), "brief"),
    "scorch": (("aromatics",), "scorching"),
    "tough": (("herb",), "woody"),
    "crisp": (("meat",), "crisp_meat"),
    "tender": (("meat",), "tender_meat"),
    "whole": (("meat",), "whole_cut"),
    "duck": (("meat",), "duck breast"),
    "heat": (("meat",), "heat_meat"),
    "dry": (("pulse",), "dry_pulse"),
    "brown": (("rice",), "brown rice"),
    "firm": (("fruit",), "firm_fruit"),
    "zesty": (("lemon",), "orange"),
    "scent": (("sweet_spice",), "sweet_only"),
    "chewy": (("extra_sweet",), "dried_fruit"),
    "nutty": (("extra_sweet",), "toasted"),
    "paste": (("sauce",), "fried_paste"),
    "pieces": (("sauce",), "sauce_pieces"),
    "popping": (("spice",), "popping_spice"),
    "fungi": (("quick",), "fried_first"),
    "ripe": (("quick", "tomato"), "ripe"),
    "juice": (("acid",), "citrus"),
    "breast": (("meat",), "breast_meat"),
    "flaked": (("fish",), "tinned_fish"),
    "squeaky": (("meat",), "frying_cheese"),
    "plant": (("meat",), "firm_plant_protein"),
    "seared": (("meat",), "seared_strips"),
    "fruits": (("slow", "quick", "fresh"), "fruit"),
    "singed": (("quick",), "soon_singed"),
    "loose": (("quick",), "loose_grain"),
    "wilts": (("leaf",), "wilting"),
    "wine": (("stock",), "wine"),
    "sizzled": (("spice",), "sizzled"),
}
"""Foods of a place that cook in a way of their own, where a dish's sentences name them so: the places, and their class.

The place itself then stands for the others.
"""
FRESH_TOMATOES = frozenset({"tomato", "cherry tomato"})
"""Cooked down they are the sauce of a dish that needs one: none out of a tin goes beside them."""
_NO_PLACES = frozenset({"word", "also", "signature", "marks"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a dish: which foods may stand there, how many, and how much of them in one serving.

    `first` makes the dish what it is, before what any cuisine reaches for.
    """

    name: str
    takes: frozenset[str]
    never: frozenset[str]
    most: int
    grams: float | None
    usual: tuple[str, ...]
    last: tuple[str, ...]
    cut: str | None
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation: ways to say it, and how long it takes; see `data/steps.toml`.

    `kettle` are those of someone in a hurry, who boils the water in a kettle.
    """

    say: tuple[str, ...] = ()
    kettle: tuple[str, ...] = ()
    op: str | None = None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    minutes: int = 0
    hands: int | None = None
    plus: Mapping[str, int | str]
    alone: bool = False
    join: bool = False
    beside: bool = False
    free: bool = False
    celsius: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A kind of dish: its places, what must and may be filled, its equipment and its steps.

    `core` is the place whose food is half of the dish: who has enough for another hardly buys it to make this one.
    `best`: what a good cook never leaves out, though the dish can do without where a diet says so.
    `instead` names for a place that must be filled another one that does as well, if the person has something for it.
    `parts` are those of `PARTS` that its sentences name, `cuts` how it cuts them and its places. `sided`: what is raw
    lies beside it. `hasty`: only for those who have little time.
    """

    name: str
    kind: str
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    categories: tuple[str, ...]
    needs: frozenset[str]
    cuisines: tuple[str, ...]
    only: frozenset[str]
    places: Mapping[str, Place]
    mains: tuple[str, ...]
    base: str
    core: str | None
    require: Mapping[str, int]
    fill: Mapping[str, int]
    best: Mapping[str, int]
    one_of: tuple[str, ...]
    instead: Mapping[str, str]
    steps: tuple[Step, ...]
    oven: int | None
    sweet: bool
    simmers_pulses: bool
    appliance: bool
    hasty: bool
    boils: bool
    shuns: frozenset[str]
    loves: frozenset[str]
    modest: bool
    parts: frozenset[str]
    cuts: Mapping[str, str]
    sided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuisine:
    """How a part of the world seasons: foods by place, in the order in which they are reached for.

    Of each list of `signature` a savoury dish has one food, whatever chance says; of each list of `marks` one that
    bears the kitchen's name unasked.
    """

    name: str
    word: str
    also: tuple[str, ...]
    signature: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, ...], ...]
    foods: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cuts:
    """How foods are made ready, by name, by class and by role; `skip` are the places left as they are.

    `roast` are the larger cuts for an oven; `notes` stand behind a food in the list, in place of a step.
    """

    always: Mapping[str, str]
    by_class: Mapping[str, str]
    by_role: Mapping[str, str]
    skip: frozenset[str]
    minutes: Mapping[str, float]
    roast: Mapping[str, str]
    notes: Mapping[str, str]


@cache
def formulas() -> Mapping[str, Formula]:
    found: dict[str, Formula] = {}
    for file in sorted(_data().joinpath("formulas").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            found |= {name: _formula(name, entry) for name, entry in tomllib.loads(file.read_text("utf-8")).items()}
    return found


@cache
def cuisines() -> Mapping[str, Cuisine]:
    return {
        name: Cuisine(
            name=name,
            word=entry["word"],
            also=tuple(entry["also"]),
            signature=tuple(map(_names, entry["signature"])),
            marks=tuple(map(tuple, entry["marks"])),
            foods={place: _names(entry[place]) for place in entry if place not in _NO_PLACES},
        )
        for name, entry in _load("cuisines.toml").items()
    }


@cache
def cuts() -> Cuts:
    entry = _load("cuts.toml")
    return Cuts(
        entry["always"],
        entry["class"],
        entry["role"],
        frozenset(entry["skip"]["slots"]),
        entry["minutes"],
        entry["roast"],
        entry["notes"],
    )


@cache
def shared_steps() -> Mapping[str, Step]:
    return {name: _step(entry) for name, entry in _load("steps.toml").items()}


def tags(food: Food) -> frozenset[str]:
    """Everything a place may ask for: the food's name, role, category, kind and the classes of `tags.toml`."""
    return _tags(food.name)


@cache
def _tags(name: str) -> frozenset[str]:
    food = foods()[name]
    return frozenset({name, food.role, food.category, food.kind}) | _classes().get(name, frozenset())


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for name, members in _load("tags.toml").items():
        for member in members:
            classes.setdefault(member, set()).add(name)
    return {member: frozenset(names) for member, names in classes.items()}


@cache
def _places() -> Mapping[str, Place]:
    return {name: _place(name, entry) for name, entry in _load("slots.toml").items()}


def _place(name: str, entry: Mapping[str, Any]) -> Place:
    takes, never = _asked(entry["takes"])
    return Place(
        name=name,
        takes=takes,
        never=never,
        most=entry["most"],
        grams=entry.get("grams"),
        usual=_names(entry.get("usual", ())),
        last=_names(entry.get("last", ())),
        cut=entry.get("cut"),
    )


def _asked(words: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    takes = frozenset(word for word in words if not word.startswith("-"))
    return takes, frozenset(word[1:] for word in words if word.startswith("-"))


def _formula(name: str, entry: Mapping[str, Any]) -> Formula:
    sided = entry["kind"] == "noodle soup" or any(step.get("op") == "salad_side" for step in entry["step"])
    cooked = sided and "salad" not in entry["kind"]
    steps = tuple(_resolved(step) for step in entry["step"])
    return Formula(
        name=name,
        kind=entry["kind"],
        titles=tuple(entry["title"]),
        descriptions=tuple(entry["describe"]),
        categories=tuple(entry["categories"]),
        needs=frozenset(entry["needs"]),
        cuisines=tuple(entry.get("cuisines", ())),
        only=frozenset(entry.get("only", ())),
        places={place: _adapted(_places()[place], entry, cooked) for place in entry["slots"]},
        mains=tuple(entry["mains"]),
        base=entry.get("base", "base"),
        core=entry.get("core"),
        require=entry["require"],
        fill=entry.get("fill", {}),
        best=entry.get("best", {}),
        one_of=tuple(entry.get("one_of", ())),
        instead=entry.get("instead", {}),
        steps=steps,
        oven=entry.get("oven"),
        sweet=entry.get("sweet_dish", False),
        simmers_pulses=entry.get("simmers_pulses", False),
        boils=entry.get("boils", False),
        appliance=entry.get("appliance", False),
        hasty=entry.get("hasty", False),
        shuns=frozenset(entry.get("shun", ())),
        loves=frozenset(entry.get("love", ())),
        modest=entry.get("modest", False),
        parts=_parts(steps),
        cuts=entry.get("cut", {}),
        sided=cooked,
    )


def _parts(steps: tuple[Step, ...]) -> frozenset[str]:
    said = " ".join(sentence for step in steps for sentence in step.say)
    return frozenset(part for part in PARTS if re.search(rf"[{{+]{part}\b", said))


def in_part(food: Food, part: str) -> bool:
    return PARTS[part][1] in tags(food)


def _adapted(place: Place, entry: Mapping[str, Any], cooked: bool) -> Place:
    """The place as this formula wants it; raw fruit is for salads, not for the side of a cooked dish."""
    name = place.name
    if name == "tomato" and (name in entry["require"] or name in entry.get("one_of", ())):
        place = replace(place, takes=place.takes | FRESH_TOMATOES)
    if name == "fresh" and cooked:
        place = replace(place, never=place.never | {"salad_fruit"})
    if name in entry.get("takes", {}):
        takes, never = _asked(entry["takes"][name])
        place = replace(place, takes=takes, never=never)
    return replace(
        place,
        takes=place.takes | frozenset(entry.get("extra_takes", {}).get(name, ())),
        most=entry.get("most", {}).get(name, place.most),
        grams=entry.get("grams", {}).get(name, place.grams),
        usual=_names(entry["usual"][name]) if name in entry.get("usual", {}) else place.usual,
        cut=entry.get("cut", {}).get(name, place.cut),
        first=_names(entry.get("first", {}).get(name, ())),
    )


def _resolved(entry: Mapping[str, Any]) -> Step:
    """A step of a formula; `op` alone borrows a shared one, unless it depends on the foods (`prep`, `base_early` …)."""
    return shared_steps().get(entry.get("op", "")) or _step(entry)


def _step(entry: Mapping[str, Any]) -> Step:
    return Step(
        say=tuple(entry.get("say", ())),
        kettle=tuple(entry.get("kettle", ())),
        op=entry.get("op"),
        needs=tuple(entry.get("needs", ())),
        unless=tuple(entry.get("unless", ())),
        minutes=entry.get("minutes", 0),
        hands=entry.get("hands"),
        plus=entry.get("plus", {}),
        alone=entry.get("alone", False),
        join=entry.get("join", False),
        beside=entry.get("beside", False),
        free=entry.get("free", False),
        celsius=entry.get("c"),
    )


def _names(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The food table's names for words a cook uses, each once; words that it does not know are left out."""
    read = (foods().get(word) or read_line(word).food for word in words)
    return tuple(dict.fromkeys(food.name for food in read if food))


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(_data().joinpath(name).read_text("utf-8"))


def _data() -> Traversable:
    return resources.files(__package__).joinpath("data")
