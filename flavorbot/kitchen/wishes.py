"""Free text ("vegan dinner for 6, no mushrooms, allergic to peanuts") read into needs and choices; the rest is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.diets import meets
from flavorbot.kitchen.needs import Needs, in_order, reasons
from flavorbot.kitchen.reading import find_foods
from flavorbot.kitchen.wish_clauses import Clauses
from flavorbot.kitchen.wish_foods import allergens, barred
from flavorbot.kitchen.wish_mentions import Mention
from flavorbot.kitchen.wish_terms import Term, read_terms
from flavorbot.kitchen.wish_text import Text, read_text
from flavorbot.kitchen.wish_words import phrases
from flavorbot.model import DIETS, EATERS

_LONGEST = 80
_FLESH = frozenset({"fish", "seafood", "shellfish", "crustaceans", "molluscs", "poultry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a wish says; `not_understood` are its clauses, and needs in them, that nothing here checks.

    `without` names equipment that is not there, `using` what to cook with. `qualities` are what the dish should be
    like, by the names of `wish_words.csv`; `more` and `less` are foods of which there should be, `missing` those that
    are not in the house, all three in the person's words. `times` multiplies the servings, `another` asks for a
    different dish. `respelt` pairs of a word as typed and as read. `needs.allergies` are EU names; an allergy outside
    the fourteen stands in `needs.exclude`.
    """

    needs: Needs
    category: str | None = None
    cuisine: str | None = None
    servings: int | None = None
    max_minutes: int | None = None
    ingredients: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    using: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    times: float = 1.0
    units: str | None = None
    another: bool = False
    not_understood: tuple[str, ...] = ()
    respelt: tuple[tuple[str, str], ...] = ()


def read_wish(text: str) -> Understood:
    """Diets, allergies, exclusions, eaters, time, servings and foods that free text speaks of."""
    words = read_text(text)
    read = read_terms(words)
    clauses = Clauses(read.terms)
    clauses.read()
    needs = _needs(clauses)
    _doubt_exceptions(clauses, needs)
    chosen = clauses.choices
    return Understood(
        needs=needs,
        category=next(iter(chosen.get("category", ())), None),
        cuisine=next(iter(chosen.get("cuisine", ())), None),
        servings=next((int(people) for people in chosen.get("servings", ())), None),
        max_minutes=min(map(int, chosen.get("minutes") or chosen.get("quick") or ()), default=None),
        ingredients=_wanted(clauses),
        without=_distinct(tool for tools in chosen.get("without", ()) for tool in tools.split("|") if tool),
        using=_distinct(tool for tool in chosen.get("using", ()) if tool),
        qualities=_distinct((*chosen.get("quality", ()), *(("quick",) if _is_hurried(chosen) else ()))),
        more=_said(clauses, "want", _MORE),
        less=_said(clauses, "limit"),
        missing=_said(clauses, "avoid", _MISSING),
        times=float(next(iter(chosen.get("times", ())), 1)),
        units=next(iter(chosen.get("units", ())), None),
        another="another" in chosen,
        not_understood=_distinct((*chosen.get("strange", ()), *words.unread, *_doubtful(clauses, words))),
        respelt=read.respelt,
    )


_MORE = re.compile(r"^(?:double|twice|triple|more|extra|plenty|lots|mehr|plus|piu|meer)\b")
_MISSING = re.compile(r"\b(?:out of|have|havent got|ran out|run out|lacking|have no|has no|got no)$")


def _is_hurried(chosen: Mapping[str, Sequence[str]]) -> bool:
    return "quick" in chosen and "minutes" not in chosen


def _said(clauses: Clauses, how: str, cue: re.Pattern[str] | None = None) -> tuple[str, ...]:
    """The foods mentioned in this way, after such a cue, as they were said."""
    said = (mention for mention in clauses.mentions if mention.how == how and mention.term.kind != "unknown")
    return _distinct(mention.term.text for mention in said if not cue or cue.search(mention.cue))


def _needs(clauses: Clauses) -> Needs:
    diets, allergies = set(clauses.diets), set[str]()
    exclude: list[str] = []
    for mention in clauses.mentions:
        phrase = mention.term.text
        if mention.how == "allergy":
            allergies |= set(allergens(phrase))
            exclude += [] if allergens(phrase) else barred(phrase)
        elif mention.how == "free":
            known = _free_diet(phrase)
            diets |= {known} if known else set()
            exclude += [] if known else barred(phrase)
        elif mention.how == "avoid" or (mention.how == "named" and phrase in _NEVER_WISHED):
            diets |= {_DIETS[phrase]} if phrase in _DIETS else set()
            exclude += barred(phrase)
    kept = _distinct(mention.term.text for mention in clauses.mentions if mention.how == "except")
    if "meat" in exclude and "vegan" not in diets and not any(_is_flesh(mention) for mention in clauses.mentions):
        diets.add("vegetarian")
    return Needs(
        diets=tuple(diet for diet in DIETS if diet in diets),
        allergies=in_order(allergies),
        exclude=_distinct(exclude),
        eaters=tuple(eater for eater in EATERS if eater in clauses.choices.get("eater", ())),
        except_for=kept,
    )


_GLUTEN = ("gluten", "glutine", "glutenu", "lepku")
_LACTOSE = ("lactose", "laktose", "lactosa", "lattosio", "laktos", "laktozy")
_DIETS = {**dict.fromkeys(_GLUTEN, "gluten_free"), **dict.fromkeys(_LACTOSE, "dairy_free")}
_NEVER_WISHED = frozenset({*_DIETS, "casein", "sulphites", "sulfites"})


def _free_diet(phrase: str) -> str | None:
    """The diet "X free", if there is one by that name."""
    (name, *_) = barred(phrase)
    for words in (phrase, phrase.removesuffix("s"), name, name.removesuffix("s")):
        meaning = phrases().get(f"{words} free")
        if meaning and meaning.kind == "diet":
            return meaning.value
    return None


def _is_flesh(mention: Mention) -> bool:
    """Whether the person eats this meat or fish, so that "no meat" does not mean a vegetarian."""
    if mention.how not in ("want", "named", "fine", "except"):
        return False
    named = set(barred(mention.term.text))
    return bool(named & _FLESH) or any(meets(food, "vegetarian") is False for food in find_foods(mention.term.text))


def _doubt_exceptions(clauses: Clauses, needs: Needs) -> None:
    """An exception from a diet or an allergy ("vegan but I eat honey") is not made, so it is told."""
    firm = Needs(diets=needs.diets, allergies=needs.allergies)
    for mention in clauses.mentions:
        if mention.exception or mention.how == "fine":
            foods = find_foods(mention.term.text)
            if foods and all(next(reasons(food, firm), None) for food in foods):
                clauses.doubtful.add(mention.term.start)


def _wanted(clauses: Clauses) -> tuple[str, ...]:
    """The foods asked for, none from a clause that is not wholly understood.

    Where a clause speaks of an allergy, only what is expressly wanted counts.
    """
    doubted, sick = set[int](), set[int]()
    for start, end in _spans(clauses.terms):
        places = set(range(start, end))
        doubted |= places if places & clauses.doubtful else set()
        sick |= places if any(_is_hard(term) for term in clauses.terms if term.start in places) else set()
    return _distinct(
        food.name
        for mention in clauses.mentions
        if mention.term.start not in doubted
        and (mention.how == "want" or (mention.how == "named" and mention.term.start not in sick))
        for food in find_foods(mention.term.text)
    )


def _is_hard(term: Term) -> bool:
    return term.kind in ("allergy", "behind") or (term.kind == "no" and term.value == "allergy")


def _doubtful(clauses: Clauses, words: Text) -> Iterator[str]:
    """What was typed in each clause that is not wholly understood; its unknown words alone if it bars nothing."""
    barring = {place for term in clauses.terms if term.kind in _BARRING for place in range(term.start, term.end)}
    for start, end in _spans(clauses.terms):
        places = set(range(start, end))
        doubted = sorted(clauses.doubtful & places)
        if doubted and (
            barring & places or any(term.kind == "food" and term.start in doubted for term in clauses.terms)
        ):
            yield words.said(start, end)[:_LONGEST]
        elif doubted:
            yield from (words.said(first, last + 1)[:_LONGEST] for first, last in _runs(doubted))


_BARRING = frozenset({"no", "behind", "allergy", "free", "except", "fine"})


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last place of each stretch without a gap."""
    first = last = places[0]
    for place in places[1:]:
        if place > last + 1:
            yield first, last
            first = place
        last = place
    yield first, last


def _spans(terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """The clauses: places of words between commas, stops or "but"."""
    start = 0
    for term in terms:
        if term.kind in ("stop", "semicolon", "comma") or (term.kind == "turn" and term.value == "but"):
            if term.start > start:
                yield start, term.start
            start = term.end
    if terms and terms[-1].end > start:
        yield start, terms[-1].end


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
