"""What is said in a wish with words between the words: time, servings, ages, equipment, and "X makes my son ill"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flavorbot.kitchen.amounts import number
from flavorbot.model import EQUIPMENT

_N = (
    r"(?:\d+(?:[.,/]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty five"
    r"|twenty|thirty five|thirty|forty five|forty|fifty|sixty|ninety)"
)
_TENS = {
    "fifteen": 15, "twenty": 20, "twenty five": 25, "thirty": 30, "thirty five": 35, "forty": 40, "forty five": 45,
    "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MOST_PEOPLE = 200
_UNTIMED = (
    r"(?! ?(?:people|persons|guests|servings|portions|ingredients?|kcal|calories|cal|g|grams?|euros?|dollars?|pounds?"
    r"|bucks|quid|percent|carbs|of|or|and|\d|year|month|day|week|steps|pots?|pans?|kids|children|adults|am|pm)\b)"
)
_MINUTES = (
    r"\b(?P<threequarter>(?:three quarters|3/4) of an hour)\b|\b(?P<half>(?:half an?|1/2 an?|1/2|half) hour"
    r"|halbe stunde|demi heure|media hora|mezz ?ora|half uur|halv timme|halv time)\b"
    r"|\b(?P<quarter>(?:a )?quarter of an hour)\b",
    rf"\b(?P<h>{_N}) ?(?:hours?|hrs?|(?<=\d)h|(?<=\d )h|stunden?|heures?|horas?|ore?|uur)\b"
    rf"(?: (?:and )?(?P<m>{_N}) ?(?:minutes?|mins?|m)\b)?(?P<half> and a half)?",
    rf"\b(?:(?P<m>{_N}) ?(?:minutes?|mins?|minuten|minutos|minuti|minuter|minutter)|(?P<short>\d+) ?m)\b",
    rf"\b(?:ready|done|finished|on the table|made|cooked|under|within|max|maximum|at most|less than|fertig)"
    rf"(?: to eat)?(?: (?:in|within|under|max))? (?:about |around )?(?P<m>\d{{1,3}}|ten|{'|'.join(_TENS)})\b{_UNTIMED}",
    rf"\bin (?:under |about |less than )?(?P<m>\d+)\b{_UNTIMED}",
    r"\b(?P<m>\d+) (?:max|tops|or less|at most)\b",
)
_QUICK = r"\b(?:quick|speedy|schnell|rapide|rapido)\b(?! (?:bread|oats|pickles?))"
_NOT_PEOPLE = (
    r"(?! ?(?:min|hours?|hrs?|h\b|am\b|pm\b|g\b|euro|dollar|pound|day|week|month|year|%|of us is|who|is\b|reasons?))"
)
_SERVINGS = (
    rf"\b(?:for )?(?:a |my )?(?:family|group|party|table) of (?P<n>{_N})\b",
    rf"\b(?:for|serves|serve|serving|feeds?|feeding|fur|para|pour|per|voor|till) (?:just |only |about |around |us )?"
    rf"(?!an?\b)(?P<n>{_N})(?: (?:people|persons|guests|adults|kids|of us|servings|portions|personen|personnes"
    rf"|personas|persone))?\b{_NOT_PEOPLE}",
    rf"\b(?!an?\b)(?P<n>{_N}) (?:people|persons|guests|servings|portions|adults|personen|personnes|personas|persone"
    rf"|of us(?! (?:is|are|has|have|cant|cannot|dont|doesnt|hates?|eats?|needs?|does)))\b",
    r"\b(?P<one>just (?:for )?me|for me alone|only me|cooking for one|table for one)\b",
)
_AGE = rf"\b(?P<n>{_N}) ?(?P<unit>month|mo|year|yr)s? ?olds?\b"
_TOOLS = {
    "oven": "oven", "stove": "stove", "hob": "stove", "stovetop": "stove", "cooker": "stove", "microwave": "microwave",
    "blender": "blender", "grill": "grill", "air fryer": "air_fryer", "airfryer": "air_fryer",
    "slow cooker": "slow_cooker", "crockpot": "slow_cooker", "crock pot": "slow_cooker",
    "pressure cooker": "pressure_cooker", "instant pot": "pressure_cooker", "toaster": "", "kettle": "",
    "food processor": "blender", "frying pan": "stove", "pan": "stove", "wok": "stove", "barbecue": "grill",
    "bbq": "grill", "mikrowelle": "microwave", "backofen": "oven", "ofen": "oven", "horno": "oven", "four": "oven",
    "forno": "oven",
}  # fmt: skip
_TOOL = rf"(?:{'|'.join(sorted((name for name in _TOOLS if name != 'four'), key=len, reverse=True))})"
_LIST = rf"{_TOOL}s?(?:(?: or | and | , )(?:no |an? |the )?{_TOOL})*"
_MISSING = (
    rf"\b(?:no|without|ohne|sin|senza|broken|dont have|havent got|have no|do not have)(?: (?:an?|the|any|my))? {_LIST}"
    r"\b(?! (?:chips|fries|bags?))|\bsans four\b"
)
_ONLY = (
    rf"\b(?:only|just)(?: (?:have|got|own|using|use|with|a|an|the|my|one))* {_LIST}\b|\b{_LIST} only\b"
    rf"|\ball (?:i|we) have is (?:an? |the )?{_LIST}\b"
)
_APPLIANCE = r"(?:air ?fryer|slow cooker|crock ?pot|pressure cooker|instant pot|microwave|mikrowelle)"
_USING = (
    rf"\b(?:(?:in|with|using|use|on|im|mit dem|al|au|en el) (?:(?:an?|the|my|our|just|only) )*)?{_APPLIANCE}\b",
    r"\b(?:in|using|use|on|im|al|au|en el) (?:(?:an?|the|my|our) )*"
    r"(?:oven|grill|bbq|barbecue|backofen|ofen|horno|forno)\b",
)
_WHO = r"(?:me|him|her|us|them|everyone|(?:my|our|his) \w+)"
_NEVER = r"(?:dont|doesnt|do not|does not|didnt|wont|will not|wouldnt|would not|never|nobody|no one|none of us)"
_CANNOT = (
    r"(?:cant|cannot|can not|can never|could not|couldnt|must not|mustnt|should not|shouldnt|not allowed(?: to)?"
    r"|not supposed to|unable to|not able to|isnt allowed(?: to)?|arent allowed(?: to)?|may not)"
)
CUES = (
    ("no", "not", rf"\b{_NEVER} (?:need|have|want) (?:it )?to be\b"),
    ("behind", "allergy", rf"\b{_NEVER} (?:really )?(?:agree|sit well|go well|sit right|go down well) with {_WHO}"),
    ("behind", "allergy", rf"\bdisagrees? with {_WHO}"),
    ("behind", "allergy",
     r"\b(?:makes?|made|making|gets?|got) (?:\w+ ){1,3}?(?:really |very |so |feel |violently )?"
     r"(?:ill|sick|unwell|nauseous|throw up|vomit|puke|itchy?|bloated|swell|swell up|gassy|queasy|poorly|react)\b"),
    ("behind", "allergy",
     r"\b(?:gives?|gave|cause|causes) (?:\w+ ){0,3}?(?:hives|rash|cramps|migraines?|headaches?|indigestion|heartburn"
     r"|trouble|reactions?|diarrhoea|diarrhea|stomach ?aches?|bloating|gas|pains?|eczema|problems|asthma)\b"),
    ("behind", "allergy", r"\b(?:upsets?|hurts?|bothers?|irritates?) (?:\w+ ){1,2}?(?:stomach|tummy|gut|belly)\b"),
    ("behind", "allergy", rf"\b(?:(?:will|would|could|can|might) )?(?:kills?|upsets?|triggers?|bothers?) {_WHO}"),
    ("behind", "allergy",
     rf"\b(?:(?:is|are) )?(?:\w+ )?(?:bad|dangerous|deadly|poison|toxic|harmful) (?:for|to) {_WHO}"),
    ("no", "allergy",
     r"\b(?:if|when|whenever|after|every time) (?:i|he|she|we|they) (?:eat|eats|have|has|touch|touches)\b"),
    ("no", "exclude", r"\b(?:leave|take|keep|leaving|taking|keeping)(?= (?:(?:the|all|any) )?(?:\w+ ){1,3}out\b)"),
    ("ignored", "", r"\bkeep(?= (?:\w+ ){1,4}(?:away|out|off)\b)"),
    ("behind", "exclude",
     rf"\b(?:far )?(?:away from|out of|off) (?:{_WHO}|it|this|the (?:dish|food|plate|menu|recipe))\b"),
    ("behind", "exclude",
     r"\b(?:is|are) (?:out|bad|a no|a hard no|a big no|no(?! (?:problem|issue|trouble|worr))|not on|yuck|the worst)"
     r"\b(?! of\b)"),
    ("behind", "exclude",
     r"\b(?:must|should|has to|have to|needs to|need to) (?:be (?:avoided|left out|excluded|omitted)"
     r"|not be (?:there|included))\b"),
    ("behind", "exclude", r"\b(?:must|should|may|can) not be (?:in|on|used|part)\b(?: it)?"),
    ("allergy", "allergy",
     r"\b(?:get|gets|got) (?:\w+ )?(?:ill|sick|hives|a rash|rash|a reaction|cramps|bloated|migraines?)"
     r" (?:from|of|after|when|with|by)\b"),
    ("no", "allergy", r"\b(?:ill|sick|hives|unwell) (?:from|after|when)(?: (?:i|he|she|we|they))?\b"),
    ("no", "allergy",
     rf"\b{_CANNOT}(?: \w+){{0,2}}? (?:have|eat|do|tolerate|digest|touch|handle|stomach|consume|be given|take|process"
     r"|drink|be near|go near)\b(?! without)"),
    ("no", "exclude",
     rf"\b{_NEVER}(?: (?:really|even|ever|want to|wish to|like to|much|actually|currently|all|any of us))*"
     r" (?:like|likes|eat|eats|want|wants|use|include|add|put|have|do|contain|touch|enjoy|care for|fancy|consume"
     r"|cook with|need|give me|serve|go near|drink|love)\b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the folded text that is understood, and as what; places are those of its letters."""

    kind: str
    value: str
    start: int
    end: int


def marks(text: str) -> Iterator[Mark]:
    """What the patterns find, in order of precedence; two marks may overlap, then the first counts."""
    yield from _equipment(text)
    yield from _ages(text)
    yield from _times(text)
    yield from _people(text)
    for kind, value, pattern in CUES:
        for match in re.finditer(pattern, text):
            yield Mark(kind, value, match.start(), match.end())


def _times(text: str) -> Iterator[Mark]:
    for pattern in _MINUTES:
        for match in re.finditer(pattern, text):
            parts = {name: value for name, value in match.groupdict().items() if value}
            minutes = _count(parts.get("h", "0")) * 60 + _count(parts.get("m", parts.get("short", "0")))
            minutes += sum(_SPOKEN[name] for name in parts if name in _SPOKEN)
            if 0 < minutes <= 1440:
                yield Mark("minutes", str(int(minutes)), match.start(), match.end())
    for match in re.finditer(_QUICK, text):
        yield Mark("quick", "30", match.start(), match.end())


_SPOKEN = {"half": 30, "quarter": 15, "threequarter": 45}


def _people(text: str) -> Iterator[Mark]:
    for pattern in _SERVINGS:
        for match in re.finditer(pattern, text):
            people = 1 if "one" in match.re.groupindex and match["one"] else int(_count(match["n"]))
            if 1 <= people <= _MOST_PEOPLE:
                yield Mark("servings", str(people), match.start(), match.end())


def _ages(text: str) -> Iterator[Mark]:
    """Eaters by their age: under one an infant, under five a young child."""
    for match in re.finditer(_AGE, text):
        years = _count(match["n"]) / (12 if match["unit"].startswith("mo") else 1)
        eater = "infant" if years < 1 else "young_child" if years < 5 else ""
        yield Mark("eater", eater, match.start(), match.end())


def _equipment(text: str) -> Iterator[Mark]:
    """What is not there: "no oven or microwave", and all else in "only a microwave"."""
    for match in re.finditer(_ONLY, text):
        there = {_TOOLS[tool] for tool in re.findall(_TOOL, match[0])}
        missing = [tool for tool in EQUIPMENT if tool not in there]
        yield Mark("without", "|".join(missing), match.start(), match.end())
    for match in re.finditer(_MISSING, text):
        missing = [_TOOLS[tool] for tool in re.findall(rf"{_TOOL}|\bfour\b", match[0])]
        yield Mark("without", "|".join(filter(None, missing)), match.start(), match.end())
    for pattern in _USING:
        for match in re.finditer(pattern, text):
            found = re.search(rf"{_TOOL}$", match[0])
            yield Mark("using", _TOOLS[found[0]] if found else "", match.start(), match.end())


def _count(text: str) -> float:
    return float(_TENS[text]) if text in _TENS else number(text)
