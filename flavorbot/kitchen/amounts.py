"""How much: the number and the unit in an ingredient line, in the ways people write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from flavorbot.kitchen.text import clean, fold, fold_in_place

_ONES = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "a dozen": 12, "half a dozen": 6, "a couple of": 2,
    "a couple": 2, "couple of": 2, "a few": 3, "half": 0.5, "half a": 0.5, "half an": 0.5, "a half": 0.5,
    "a quarter": 0.25, "a quarter of a": 0.25, "quarter": 0.25, "three quarters of a": 0.75, "a third of a": 1 / 3,
    "one and a half": 1.5, "two and a half": 2.5, "an a half": 1.5, "un": 1, "una": 1, "uno": 1, "une": 1, "ein": 1,
    "eine": 1, "einen": 1, "deux": 2, "dos": 2, "due": 2, "zwei": 2, "drei": 3, "tres": 3, "trois": 3, "tre": 3,
    "quatre": 4, "cuatro": 4, "vier": 4, "quattro": 4, "media": 0.5, "medio": 0.5, "mezza": 0.5, "mezzo": 0.5,
    "demi": 0.5, "halbe": 0.5, "eineinhalb": 1.5,
}  # fmt: skip
_DIGITS = r"\d+ \d+/\d+|\d+-\d+/\d+|\d+ ?/ ?\d+|\d{1,3}(?:,\d{3})+(?!\d)|\d*[.,]\d+|\d+"
_WORDS = "|".join(sorted((re.escape(word) for word in _ONES), key=len, reverse=True))
_NUMBER = rf"(?:{_DIGITS}|(?:{_WORDS})(?![^\W\d]))"
_RANGE = rf"(?P<low>{_NUMBER})(?: ?(?:-|to|or|bis|oder|o) ?(?P<high>{_NUMBER}))?"
_SIZES = (
    r"(?:(?:large|small|medium|heaped|heaping|level|rounded|scant|generous|good|big|tiny"
    r"|gestrichen\w*|gehauft\w*) ?-?)*"
)
_OF = r"(?: ?(?:of|di|von|de|del|della)(?![^\W\d])| ?d')?"


@dataclass(frozen=True, slots=True)
class Unit:
    """One way to measure, and what it holds: millilitres, or grams whatever the food."""

    name: str
    ml: float | None
    g: float | None


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read off a line: `rest` is the line without it, `notes` what stood around it ("400 g each")."""

    quantity: float | None
    unit: str | None
    rest: str
    notes: tuple[str, ...] = ()


def read_amount(line: str) -> Amount:
    """The first amount of a line, at its start or anywhere else ("chicken, 500 g"; "juice of 2 limes")."""
    return amount_in(clean(line))


def amount_in(text: str) -> Amount:
    """The same of a line that is clean."""
    part, text = _part(text)
    folded = fold_in_place(text)
    in_figures = _FIGURE.search(folded) is not None
    numbered = in_figures or not _NUMBER_BEGINS.isdisjoint(_LETTERS.findall(folded))
    found = (
        (_leading(text, folded) if numbered else None)
        or _unnumbered(text, folded)
        or (_anywhere(text, folded) if numbered else None)
        or (_at_end(text) if in_figures else None)
        or Amount(None, None, text)
    )
    return Amount(found.quantity, found.unit, found.rest, (*part, *found.notes))


@lru_cache(maxsize=2048)
def number(text: str) -> float:
    """A number in figures or words: "1 1/2", "0,5", "half a"; 0 for none."""
    text = fold(text)
    if text in _ONES:
        return float(_ONES[text])
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return float(text.replace(",", ""))
    total = 0.0
    for piece in re.split(r"[ -](?=\d)", text.replace(" /", "/").replace("/ ", "/")):
        above, _, below = piece.replace(",", ".").partition("/")
        total += float(above) / (float(below) or 1) if below else float(above)
    return total


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by its stored name."""
    return {row["unit"]: Unit(row["unit"], _figure(row["ml"]), _figure(row["g"])) for row in _rows()}


@cache
def spellings() -> Mapping[str, str]:
    """Folded spelling to the unit's stored name."""
    return {word: row["unit"] for row in _rows() for word in (row["unit"], *row["spellings"].split("|")) if word}


def _rows() -> Iterator[dict[str, str]]:
    with resources.files(__package__).joinpath("words/units.csv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _figure(cell: str) -> float | None:
    return float(cell) if cell else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Amount at the start; several packs of a size ("2 x 400g tins"); amount with a unit anywhere.

    They are for folded text: to look at both cases of so many words takes five times as long.
    """
    unit = "|".join(sorted((re.escape(word) for word in spellings()), key=len, reverse=True))
    unit = rf"(?P<unit>{unit})(?![^\W\d_]|')\.?"
    size = rf"(?P<size>(?:{_DIGITS}) ?-? ?(?:g|kg|ml|l|oz|ounces?|fl oz|lbs?|pounds?|grams?|cm)\.?)(?![^\W\d_])"
    start = rf"(?:(?:about|approx\w*\.?|around|ca\.?|c\.|circa) )?{_RANGE}(?P<times> ?[x×*](?= ?\d| [^\W\d]))?"
    leading = rf"{start} ?-? ?(?:\(? ?{size} ?\)? ?)?{_SIZES}(?:{unit}{_OF}|)(?![^\W\d_])"
    plain = rf"{start} ?{_SIZES}{unit}{_OF}(?![^\W\d_])"
    anywhere = rf"(?<![^\W_]){_RANGE} ?{_SIZES}{unit}{_OF}(?![^\W\d_])"
    return tuple(map(re.compile, (plain, leading, anywhere)))  # type: ignore[return-value]


_PART = re.compile(
    r"^(?:the )?(?:(?:finely|freshly) )?(?:grated |squeezed )?(?P<part>(?:juice|zest|rind|peel|seeds"
    r"|leaves|whites?|yolks?)"
    r"(?: (?:and|&) (?:finely )?(?:grated )?(?:juice|zest|rind|peel|yolks?))?) (?:of|from) (?=\S)",
    re.IGNORECASE,
)


_UNNUMBERED = re.compile(
    rf"(?P<few>few )?{_SIZES}(?P<unit>pinch|handful|bunch|splash|drizzle|dash|knob|glug|squeeze|sprinkle|sprinkling"
    r"|dollop|sprigs?)(?: of)? (?=\S)"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_AT_END = re.compile(r"(?: ?[x×:] ?| \(|, ?| - | )(?P<low>\d+(?:[.,/]\d+)?)\)?$")
_NUMBER_BEGINS = frozenset(word.split()[0] for word in _ONES)


def _part(text: str) -> tuple[tuple[str, ...], str]:
    """ "juice of" and the like, taken off the front."""
    match = _PART.match(text)
    return ((match["part"].lower(),), text[match.end() :]) if match else ((), text)


def _leading(text: str, folded: str) -> Amount | None:
    plain, sized, _ = _patterns()
    match = plain.match(folded) or sized.match(folded)
    if not match:
        return None
    unit = match["unit"]
    notes = [_range_note(match)] if match["high"] else []
    if match.re is sized and match["size"]:
        notes.append(f"{match['size']} each")
    rest, also = _second_amount(text[match.end() :])
    rest = _CONTAINER.sub("", rest) if unit else rest
    quantity, name = _metric(number(match["low"]), spellings()[unit.lower()] if unit else None)
    return Amount(quantity + also if name in {"lb"} else quantity, name, rest, tuple(notes))


def _unnumbered(text: str, folded: str) -> Amount | None:
    """One of a cook's measures without a number: "small bunch of dill", "pinch of salt"."""
    match = _UNNUMBERED.match(folded)
    if not match:
        return None
    return Amount(3.0 if match["few"] else 1.0, spellings()[match["unit"].lower()], text[match.end() :])


def _anywhere(text: str, folded: str) -> Amount | None:
    match = _patterns()[2].search(folded)
    if not match:
        return None
    quantity, unit = _metric(number(match["low"]), spellings()[match["unit"].lower()])
    rest = f"{text[: match.start()].rstrip(' ,:(-')} {text[match.end() :].lstrip(' )')}".strip()
    return Amount(quantity, unit, rest)


def _at_end(text: str) -> Amount | None:
    match = _AT_END.search(text)
    return Amount(number(match["low"]), None, text[: match.start()]) if match else None


def _second_amount(rest: str) -> tuple[str, float]:
    """Drops amounts that repeat the first in other units; of "2 lb 4 oz" the ounces are added, in pounds."""
    pounds, repeated = 0.0, False
    while match := _SECOND.match(rest):
        unit = spellings().get(match["unit"].lower())
        if unit is None:
            break
        repeated = repeated or bool(match["slash"])
        pounds += number(match["low"]) / 16 if unit == "oz" and not repeated else 0.0
        rest = rest[match.end() :]
    return rest.strip(), pounds


_CONTAINER = re.compile(
    r"^(?:tins?|cans?|jars?|packets?|packs?|bags?|cartons?|pots?|tubs?|sachets?|bottles?)(?: of)? (?=\w)", re.IGNORECASE
)
_SECOND = re.compile(
    rf" ?(?P<slash>[/(+,] ?)?(?P<low>{_DIGITS}) ?(?P<unit>[a-z]+(?: oz)?)\.?\)?(?: of)?(?= |/|$)", re.IGNORECASE
)


def _metric(quantity: float, unit: str | None) -> tuple[float, str | None]:
    """Centilitres and decilitres are stored as millilitres."""
    return (quantity * 10, "ml") if unit == "cl" else (quantity * 100, "ml") if unit == "dl" else (quantity, unit)


def _range_note(match: re.Match[str]) -> str:
    return f"up to {number(match['high']):g}"
