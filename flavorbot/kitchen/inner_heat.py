"""Which foods the steps cook through: a temperature counts only for the food that its sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.text import fold, stem

_DEGREES = re.compile(
    r"(?<![\d.,])(?:(\d{2,3}) ?(?:[-/]|to) ?)?(\d{2,3})(?:[.,]\d)? ?"
    r"(?:(?:°|o|deg(?:rees?)?\.?)? ?(c|f|celsius|centigrade|fahrenheit)\b|(?:°|deg(?:rees?)?)(?!\w))"
)
_ENDS = re.compile(r"(?<=[.!?;])\s+|\n")
_CLAUSE = re.compile(r"[,:()]|\b(?:and|but|then|so)\b")
_BEFORE_UNIT = re.compile(r"\b(?:preheat\w*|pre-heat\w*|set|turn\w*|dial\w*) (?:\w+ )?(?:to|at)(?: about| around)? $")
_AT = re.compile(r"(?<!done )(?<!ready )(?<!safe )\bat(?: a(?:bout|round)?| gentle| low| steady| only| just){0,3} $")
_TOO_LITTLE = re.compile(r"\b(?:below|under|less than|up to|only|not more than|no more than|at most) $")
_NOT = re.compile(r"\b(?:not|never|without|avoid|before|no need|instead of|cannot)\b|n't\b")
_NOT_UNTIL = re.compile(r"\b(?:until|unless|below|under|less)\b")
_INSIDE_AFTER = re.compile(
    r"[) ]{0,2}(?:\(?\d{2,3} ?°? ?[cf]\)? ?)?(?:inside|internal\w*|in(?:to)? the (?:middle|cent(?:re|er)|thickest)"
    r"|at the (?:core|cent(?:re|er)|thickest|bone)|core\b)"
)
_MEDIUM_AFTER = re.compile(r"[) ]{0,2}(?:oven|water|bath|milk|oil|stock|fridge|grill|pan|plate|smoker|broth|syrup)\b")
_INNER = frozenset("inside internal core centre center middle thickest thermometer probe meat".split())
_MEASURED = frozenset(
    "inside internal core centre center middle thickest thermometer probe reach reached reaches".split()
)
_ENCLOSURES = frozenset("oven fridge freezer grill smoker barbecue fryer kitchen room".split())
_MEDIA = _ENCLOSURES | frozenset(
    "water milk oil plate plates syrup sugar caramel chocolate cream butter stock broth wine pan wok pot bath dough "
    "yeast tea coffee sauce custard honey jam ghee lard fat bowl griddle dish cider juice cheese whey".split()
)
_OVERLOOKED = frozenset("in into to with of over under from on onto using".split())
_BETWEEN = frozenset(
    "the a an some any hot cold boiling gently simmering lightly oiled lined frying olive vegetable sesame coconut "
    "little bit half last rest remaining rapeseed sunflower non stick large heavy air same".split()
)
_WARMING = re.compile(r"\b(?:heat|warm|bring|cool|scald)\b")
_WHOLE_DISH = frozenset(
    "everything all mixture batter filling loaf casserole stew pie dish patties meatballs burgers fritters".split()
)
_PLAIN = frozenset(
    "whole cooked white red liquid ground fresh raw dried smoked john of and the fish meat king common great stewing "
    "roasting small large mixed salt black".split()
)
_MINCED = ("mince", "burger", "sausage", "meatball", "merguez", "chorizo", "kielbasa", "haggis")
_CALLED = {
    "poultry": "poultry bird meat breast thigh leg wing drumstick",
    "egg": "egg yolk omelette frittata quiche",
    "fish": "fish fillet",
    "scaleless": "fish fillet",
    "crustacean": "shellfish seafood",
    "mollusc": "shellfish seafood",
}
_CUTS = "meat joint"
_RED = re.compile(
    r"\b(?:serv\w+|eat\w*|sear\w*|cook\w*|fry|fried|grill\w*|roast\w*|leav\w+|left|keep\w*|kept|stay\w*|remain\w*|still"
    r"|slightly|bit|little|just|is|are|be|until|medium|very|quite)\b.{0,50}?\b(pink|rare|bloody|half.raw|underdone"
    r"|undercooked)\b(?! (?:pepper|salt|grapefruit|onion|lady|mary|peppercorn|himalayan|gin|wine|to\b))"
    r"|\b(pink|bloody|raw|rare) (?:in the (?:middle|cent(?:re|er))|inside|at the bone)"
)
_REDDISH = ("pink", "rare", "bloody", "raw", "underdone", "undercooked")
_NOT_RED = re.compile(r"\b(?:no|not|never|without|longer|trace|lost|loses|gone|avoid|from|if|isnt|nothing)\b|n't\b")
_RED_GONE = re.compile(r" (?:has |have |is |all )?(?:gone|disappear|vanish)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the steps, folded, with the stems of its words."""

    text: str
    stems: frozenset[str]


def sentences(steps: Sequence[str]) -> tuple[Sentence, ...]:
    parts = (part for step in steps for part in _ENDS.split(fold(step.replace("\n", ". "))))
    return tuple(Sentence(part, _stems(part)) for part in parts if part.strip())


def names(food: Food) -> frozenset[str]:
    """The stems of the words that mean this food in a step: its name's, its sort's, its one-word aliases."""
    words = f"{food.name} {food.plural}".split() + [alias for alias in food.aliases if " " not in alias]
    called = _CALLED.get(food.kind, _CUTS)
    if is_minced(food):
        called += " mince patty burger meatball sausage"
    own = {stem(word) for word in words if word not in _PLAIN or word in called.split()}
    return frozenset(own | {stem(word) for word in called.split()})


def is_minced(food: Food) -> bool:
    return any(word in food.name for word in _MINCED)


def reached(food: Food, foods: Sequence[Food], said: Sequence[Sentence]) -> int:
    """The highest °C that the steps ask for inside this food; 0 where they ask for none."""
    known = _known(foods)
    degrees = [
        celsius for sentence, meant in _spoken_of(foods, said) if food in meant for celsius in _inner(sentence, known)
    ]
    return max(degrees, default=0)


def served_red(food: Food, foods: Sequence[Food], said: Sequence[Sentence]) -> bool:
    """Whether a step leaves this food pink, rare or bloody."""
    return any(food in meant and _is_red(sentence.text) for sentence, meant in _spoken_of(foods, said))


def _spoken_of(foods: Sequence[Food], said: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sequence[Food]]]:
    """Each sentence with the foods it is about: those it names, or else those named last."""
    meant: Sequence[Food] = foods
    called = [names(food) for food in foods]
    known, medium = _known(foods), False
    for sentence in said:
        named = [food for food, words in zip(foods, called, strict=True) if words & sentence.stems]
        heated = "" if named else _subject(sentence.text, known)
        medium = bool(heated) or (medium and not named)
        meant = named or meant
        if medium and not heated and _WARMING.search(sentence.text) and not _INNER & sentence.stems:
            continue
        yield sentence, foods if not named and _WHOLE_DISH & set(sentence.text.split()) else meant


def _inner(sentence: Sentence, known: frozenset[str]) -> Iterator[int]:
    text = sentence.text
    for found in _DEGREES.finditer(text):
        value, scale = int(found[1] or found[2]), (found[3] or "")[:1]
        if not scale:
            if not _MEASURED & set(_words(text)):
                continue
            scale = "f" if value > 100 else "c"
        celsius = round(value if scale == "c" else (value - 32) * 5 / 9)
        if celsius < 101 and _is_inner(text, found.start(), found.end(), known):
            yield celsius


def _is_inner(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    before = text[max(start - 160, 0) : start].replace("(", " ( ")
    head = " ".join(before.split()) + " "
    bare = head.removesuffix("( ")
    clause = _CLAUSE.split(bare)[-1]
    if _BEFORE_UNIT.search(bare) or (_TOO_LITTLE.search(bare) and not _NOT.search(clause)):
        return False
    if _NOT.search(clause) and not _NOT_UNTIL.search(clause):
        return False
    if _MEDIUM_AFTER.match(text[end : end + 30]):
        return False
    subject = _subject(bare, known)
    if _INSIDE_AFTER.match(text[end : end + 40]):
        return subject not in _ENCLOSURES
    if _AT.search(bare) and not bare.endswith("at least "):
        return False
    return subject not in _MEDIA


def _subject(text: str, known: frozenset[str]) -> str:
    """The last word for a place inside a food, or for what is heated but no food, that no preposition puts aside."""
    found = _words(text)
    for place in range(len(found) - 1, -1, -1):
        word = found[place]
        if word in _INNER or stem(word) in known:
            return ""
        if word in _MEDIA and not _put_aside(found, place) and not _is_order(found, place):
            return word
    return ""


def _is_order(found: Sequence[str], place: int) -> bool:
    """Whether "grill" is what to do: "grill to 75 °C", "then grill them"."""
    return found[place] == "grill" and (place == 0 or found[place - 1] in ("and", "then", "or"))


def _put_aside(found: Sequence[str], place: int) -> bool:
    place -= 1
    while place >= 0 and found[place] in _BETWEEN:
        place -= 1
    return place >= 0 and found[place] in _OVERLOOKED


def _known(foods: Sequence[Food]) -> frozenset[str]:
    return frozenset({"meat"}).union(*map(names, foods))


def _is_red(text: str) -> bool:
    if not any(word in text for word in _REDDISH):
        return False
    for found in _RED.finditer(text):
        start = found.start(1) if found[1] else found.start(2)
        clause = _CLAUSE.split(text[max(start - 60, 0) : start])[-1]
        if not _NOT_RED.search(clause) and not _RED_GONE.match(text[found.end() : found.end() + 30]):
            return True
    return False


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text)
