"""Free text ("vegan dinner for 6, no mushrooms, allergic to peanuts") read into needs and choices; the rest is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from flavorbot.kitchen.amounts import number
from flavorbot.kitchen.needs import Needs, in_order
from flavorbot.kitchen.reading import find_foods
from flavorbot.kitchen.wish_foods import known, listed, resolved, trailing
from flavorbot.kitchen.wish_words import normal, phrases
from flavorbot.model import DIETS, EATERS

_GONE = " ; "
_N = (
    r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty five|forty|sixty|ninety)"
)
_TENS = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty five": 45, "sixty": 60, "ninety": 90}
_NOT_PEOPLE = r"(?! ?(?:min|hours?|hrs?|h\b|am\b|pm\b|g\b|euro|dollar|pound|day|week|month|year|%))"
_SERVINGS = (
    rf"\b(?:for )?(?:a |my )?(?:family|group|party|table) of (?P<n>{_N})\b",
    rf"\b(?:for|serves|serving|feeds?|feeding) (?:about |around )?(?!an?\b)(?P<n>{_N})"
    rf"(?: (?:people|persons|guests|adults|kids|of us|servings|portions))?\b{_NOT_PEOPLE}",
    rf"\b(?P<n>{_N}) (?:people|persons|guests|servings|portions|of us|adults)\b",
)
_MINUTES = (
    r"\b(?P<half>half an? hour)\b|\b(?P<quarter>quarter of an hour)\b",
    rf"\b(?P<h>{_N}) ?(?:hours?|hrs?|h)\b(?: (?:and )?(?P<m>{_N}) ?(?:minutes?|mins?|m)\b)?(?P<half> and a half)?",
    rf"\b(?P<m>{_N}) ?(?:minutes?|mins?|minuten|minutos|minuti)\b",
)
_ALLERGY = re.compile(
    r"\b(?:(?:allergic[oa]?|alergic[oa]|allergique|allergisch|intolerant|anaphylactic|anaphylaxis|sensitive|allergy|allergies|intolerances?|reactions?"
    r"|reacts?)"
    r" ?(?:to|of|from|:|are|is|include|gegen|auf|al?|aux?|alle?)(?: :)?(?: (?:los|las|les|le|la|die|den|das))?"
    r"|(?:cant|cannot|can not|must not|mustnt|not allowed to|unable to)"
    r" (?:have|eat|do|tolerate|digest|touch|handle|stomach))"
    r"(?= )"
)
_ALLERGY_BEHIND = re.compile(
    r"(?P<foods>(?:[a-z]+(?: and | or | , | / | )){0,7}[a-z]+) (?:allerg(?:y|ies|ic)|intoleran(?:ces?|t))\b"
    r"(?! ?(?:to|:)\b)"
)
_EXCLUSION = re.compile(
    r"\b(?:no|without|minus|except(?: for)?|excluding|exclude|avoid(?:ing)?|skip|hold|omit|leave (?:out|off)|hates?"
    r"|hating|dislikes?|detests?|loathes?|(?:dont|doesnt|do not|does not|didnt|wont|will not) (?:really |even )?"
    r"(?:like|eat|want|use|include|add|put|have|do|contain|touch)|never eat|none of us (?:eats?|likes?)"
    r"|(?:nobody|no one) (?:eats|likes)|cant stand|not a fan of|nothing(?: with)?|(?:any|every)thing but"
    r"|free (?:of|from)|(?:im|were|shes|hes|stay|staying) off|(?:cut|cutting) (?:out|down on)|(?:give|giving|gave) up"
    r"|stay away from|steer clear of|(?:sick|tired) of|(?:ran )?out of|not|instead of|rather than"
    r"|ohne|sans|sin|senza|keine?|pas de)(?= )"
)
_NEGATED_DIET = (
    r"\b(?:not|non|isnt|arent|never|(?:doesnt|dont) (?:have|need) to be|neednt be|no need (?:to be|for))"
    r" (?:a |an |strictly |necessarily )*"
)
_FREE = re.compile(
    r"(?P<foods>(?:[a-z]+(?: and (?:also )?| or | , (?:and )?| / | )){0,7}[a-z]+) free\b(?! (?:range|from|of)\b)"
)
_TOOL = r"(?:oven|stove|hob|microwave|blender|grill)"
_MISSING = rf"\b(?:no|without(?: an?)?) (?P<tools>{_TOOL}(?:(?: or | and | , )(?:no |an? )?{_TOOL})*)\b"
_ALLERGIES = re.compile(r"\b(?:allergy|allergies|intolerances?)(?: list)?(?= )")
_NOT_NEEDS = frozenset(
    {"kid", "kids", "child", "family", "budget", "freezer", "wallet", "beginner", "student", "party", "eco", "super"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a wish says; `not_understood` are phrases about food or diet that nothing here checks.

    `without` names equipment that is not there. `needs.allergies` are EU names; an allergy outside the fourteen stands
    in `needs.exclude`.
    """

    needs: Needs
    category: str | None = None
    cuisine: str | None = None
    servings: int | None = None
    max_minutes: int | None = None
    ingredients: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    """The wish, from which each step takes out what it understood."""

    text: str
    allergies: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first match, taken out of the text."""
        match = re.search(pattern, self.text)
        if match:
            self.cut(match.start(), match.end())
        return match

    def take_phrases(self, name: str) -> tuple[str, ...]:
        """The values of all phrases of this field, taken out of the text."""
        known, found = phrases(name), []
        while match := self.take(rf"\b(?:{'|'.join(known)})\b"):
            found.append(known[match[0]])
        return tuple(dict.fromkeys(found))

    def take_list(self, trigger: re.Pattern[str], eager: bool = False) -> Iterator[str]:
        """The foods listed after each trigger, taken out of the text."""
        while match := trigger.search(self.text):
            items, end = listed(self.text, match.end(), eager)
            self.cut(match.start(), end)
            yield from items

    def cut(self, start: int, end: int) -> None:
        """Takes a stretch out of the text."""
        self.text = self.text[:start] + _GONE + self.text[end:]


def read_wish(text: str) -> Understood:
    """Diets, allergies, exclusions, eaters, time, servings and foods that free text speaks of."""
    reader = _Reader(normal(text))
    reader.take_phrases("ignored")
    while reader.take(_NEGATED_DIET + rf"(?:{'|'.join(phrases('diet'))})\b"):
        pass
    reader.take(r"\b(?:not|isnt|arent) (?:allergic|intolerant)\b[^,;.]*")
    strange = reader.take_phrases("unsupported")
    minutes, servings = _minutes(reader), _servings(reader)
    eaters = {*reader.take_phrases("eater"), *_ages(reader)}
    without = tuple(dict.fromkeys((*_missing(reader), *reader.take_phrases("without"))))
    diets = (*_free_of(reader), *reader.take_phrases("diet"))
    _allergies(reader)
    _exclusions(reader)
    categories, cuisines = reader.take_phrases("category"), reader.take_phrases("cuisine")
    return Understood(
        needs=Needs(
            diets=tuple(diet for diet in DIETS if diet in diets),
            allergies=in_order(set(reader.allergies)),
            exclude=tuple(dict.fromkeys(reader.exclude)),
            eaters=tuple(eater for eater in EATERS if eater in eaters),
        ),
        category=categories[0] if categories else None,
        cuisine=cuisines[0] if cuisines else None,
        servings=servings,
        max_minutes=minutes,
        ingredients=tuple(food.name for food in find_foods(reader.text)),
        without=without,
        not_understood=tuple(dict.fromkeys([*strange, *reader.strange, *_leftovers(reader.text)])),
    )


def _minutes(reader: _Reader) -> int | None:
    for pattern in _MINUTES:
        if match := reader.take(pattern):
            parts = {name: value for name, value in match.groupdict().items() if value}
            minutes = _count(parts.get("h", "0")) * 60 + _count(parts.get("m", "0"))
            minutes += 30 * ("half" in parts) + 15 * ("quarter" in parts)
            return int(minutes) if 0 < minutes <= 1440 else None
    return None


def _servings(reader: _Reader) -> int | None:
    for pattern in _SERVINGS:
        if match := reader.take(pattern):
            people = int(_count(match["n"]))
            return people if 1 <= people <= 24 else None
    return None


def _count(text: str) -> float:
    return float(_TENS[text]) if text in _TENS else number(text)


def _ages(reader: _Reader) -> Iterator[str]:
    """Eaters by their age: under one an infant, under five a young child."""
    while match := reader.take(rf"\b(?P<n>{_N}) ?(?P<unit>month|mo|year|yr)s? ?olds?\b"):
        years = _count(match["n"]) / (12 if match["unit"].startswith("mo") else 1)
        if years < 5:
            yield "infant" if years < 1 else "young_child"


def _missing(reader: _Reader) -> Iterator[str]:
    """Equipment that is not there: "no oven or microwave"."""
    while match := reader.take(_MISSING):
        for tool in re.findall(_TOOL, match["tools"]):
            yield "stove" if tool == "hob" else tool


def _free_of(reader: _Reader) -> Iterator[str]:
    """The diets in "gluten, dairy and nut free"; what is no diet of that name is left out."""
    while match := _FREE.search(reader.text):
        items = trailing(match["foods"]) or [match["foods"].split()[-1]]
        reader.cut(match.start() + match["foods"].rindex(items[0]), match.end())
        for item in items:
            diet = phrases("diet").get(f"{item.removesuffix('s')} free")
            if diet:
                yield diet
            else:
                _leave_out(item, f"{item} free", reader)


def _allergies(reader: _Reader) -> None:
    place = 0
    while match := _ALLERGY_BEHIND.search(reader.text, place):
        named = trailing(match["foods"])
        if not named:
            place = match.end()
            continue
        for item in named:
            _allergic_to(item, reader)
        reader.cut(match.start() + match["foods"].rindex(named[0]), match.end())
    for item in reader.take_list(_ALLERGY, eager=True):
        _allergic_to(item, reader)
    while match := _ALLERGIES.search(reader.text):
        items, end = listed(reader.text, match.end(), eager=True)
        if not items or not known(items[0]):
            break
        reader.cut(match.start(), end)
        for item in items:
            _allergic_to(item, reader)


def _allergic_to(item: str, reader: _Reader) -> None:
    """Notes EU allergens; a food outside the fourteen is excluded; so is an unknown word as it stands, and told."""
    name, allergens = resolved(item)
    reader.allergies.extend(allergens)
    if not allergens:
        reader.exclude.append(name or item)
    if name is None:
        reader.strange.append(f"allergic to {item}")


def _exclusions(reader: _Reader) -> None:
    for item in reader.take_list(_EXCLUSION):
        _leave_out(item, f"no {item}", reader)


def _leave_out(item: str, said: str, reader: _Reader) -> None:
    name, _ = resolved(item)
    if name:
        reader.exclude.append(name)
    elif len(item.split()) <= 3:
        reader.exclude.append(item)
        reader.strange.append(said)


def _leftovers(text: str) -> Iterator[str]:
    """What still sounds like a need: an unread allergy, an "x diet", an "x friendly"."""
    for clause in re.split(r"\s*[,;.:!?]\s*", text):
        if re.search(r"\b(?:allerg|intoleran|anaphyla|diet\b|dietary|restriction)", clause):
            yield clause.strip()
        for word in re.findall(r"\b([a-z]+) friendly\b", clause):
            if word not in _NOT_NEEDS:
                yield f"{word} friendly"
