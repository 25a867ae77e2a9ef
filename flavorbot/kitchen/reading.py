"""Reading what people type: one ingredient line, or running text, into foods of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from flavorbot.kitchen.amounts import Amount, amount_in
from flavorbot.kitchen.diets import diets_met
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.lexicon import find, lookup, may_begin, named_by, other_words
from flavorbot.kitchen.remembering import remembered
from flavorbot.kitchen.scanning import Part, Scan, alterable, scan
from flavorbot.kitchen.text import BREAK, clean, stems, words

_BRACKETS = re.compile(r"\(([^()]*)\)")
_FIGURES = re.compile(r"^[\d\s./,]+")
_CUT = re.compile(r"[,;:/!?]|\.(?!\w)| - ")
_MADE = frozenset({"meal", "prepared", "bread", "condiment", "stock"})
"""Shelves of foods that are made of others: what stands before them is in them ("walnut bread", "beef lasagne")."""
_ADDED = frozenset({"stuffed", "filled", "packed", "covered", "coated", "glazed"})
"""Behind a food these tell that it is in or on the next one: "almond-stuffed olives"."""
_OTHER_GLUTEN = frozenset({"rye", "barley", "oat", "oats", "spelt", "malt", "einkorn", "emmer", "farro", "kamut"})
_OF_WHAT = frozenset(
    {"de", "di", "du", "des", "del", "della", "dello", "d", "da", "do", "con", "au", "aux", "al", "alla", "a"}
)
_ROMANCE = _OF_WHAT - {"d", "do", "da", "a", "al"} | {
    "sin", "ni", "senza", "los", "las", "les", "una", "une", "uno", "cucharada", "cucharadas", "cucharadita",
    "cucharaditas", "cucchiaio", "cucchiai", "cucchiaino", "cucchiaini", "cuillere", "cuilleres", "bicchiere", "gousse",
    "gousses", "spicchio", "spicchi", "colher", "colheres", "grammes", "gramos", "grammi", "tazza", "taza", "tazas",
}  # fmt: skip
LONGEST = 300
"""Characters of a line that are read; the rest is not looked at and leaves the line unknown."""


@dataclass(frozen=True)
class Reading:
    """One ingredient line as understood.

    `kind` "unknown" may still have `foods`: those that its words name. `contains` and `may` are the allergens of them
    all. `name` is the line without amount and note. `unread` are words ahead of the food that were passed over,
    `respelt` is the right spelling of what was mended, `reason` says why a poison or a thing is refused. `altered`
    tells that words such as "vegan", "style" or "free" change what the named foods are.
    """

    text: str
    kind: Literal["food", "unknown", "not_food", "poison"]
    food: Food | None = None
    foods: tuple[Food, ...] = ()
    quantity: float | None = None
    unit: str | None = None
    note: str | None = None
    respelt: str | None = None
    name: str = ""
    unread: tuple[str, ...] = ()
    contains: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    reason: str = ""
    altered: bool = False

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The stems of all that the line calls it, and of the names of its foods."""
        return stems(self.name), *(names for food in self.foods for names in (stems(food.name), stems(food.plural)))

    @cached_property
    def food_names(self) -> frozenset[str]:
        """What the table calls its foods."""
        return frozenset(food.name for food in self.foods)

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Those of all these names."""
        return frozenset(stem for name in self.names for stem in name)

    @cached_property
    def diets(self) -> frozenset[str]:
        """Those that all of it is known to meet."""
        if self.kind != "food" or not self.foods or self.altered or self.unread or self.respelt:
            return frozenset()
        return frozenset.intersection(*map(diets_met, self.foods))

    def with_amount(self, text: str, quantity: float | None, unit: str | None, note: str | None) -> Reading:
        """The same of the whole line; `replace` would take three times as long, for every line there is."""
        return Reading(
            text, self.kind, self.food, self.foods, quantity, unit, note, self.respelt, self.name, self.unread,
            self.contains, self.may, self.reason, self.altered,
        )  # fmt: skip


@remembered(4096)
def read_line(text: str) -> Reading:
    """Reads one ingredient line as people type it: "2 tins of chopped tomatoes, drained"."""
    whole = clean(text)
    line = whole[:LONGEST]
    said = words(line)
    amount = _amount(line, said)
    parts = _scanned(amount.rest).parts
    if not parts and amount.unit:
        again = Amount(amount.quantity, None, _unit_word(line, amount.rest))
        retried = _scanned(again.rest).parts
        amount, parts = (again, retried) if retried else (amount, parts)
    if longer := _unit_in_name(line, amount, parts):
        amount = replace(amount, unit=None, rest=longer)
    abroad = not _ROMANCE.isdisjoint(said)
    if turned := _turned(amount.rest):
        amount, abroad = replace(amount, rest=turned), False
    found = _understood(amount.rest, abroad, len(whole) <= LONGEST)
    note = "; ".join(each for each in (*amount.notes, found.note) if each) or None
    return found.with_amount(text, amount.quantity, amount.unit, note)


def find_foods(text: str) -> tuple[Food, ...]:
    """Every food of the table that running text names, longest name first at each place, each food once."""
    tokens = words(text)
    meant = (span for span in find(tokens) if span.end - span.start > 1 or tokens[span.start] not in other_words())
    return _distinct(span.entry.food for span in meant if span.entry.kind == "food" and span.entry.food)


def _distinct(named: Iterable[Food]) -> tuple[Food, ...]:
    return tuple({food.name: food for food in named}.values())


def _amount(line: str, said: Sequence[str]) -> Amount:
    """The amount, unless its number belongs to a name: "five spice", "half and half"."""
    if named_by(said):
        return Amount(None, None, line)
    amount = amount_in(line)
    spans = find(said) if amount.quantity is not None and may_begin(said) else []
    if spans and spans[0].start == 0 and spans[0].end > 1 and line.casefold().endswith(amount.rest.casefold()):
        return Amount(None, None, line)
    return amount


def _unit_word(line: str, rest: str) -> str:
    """The line without its figures: in "4 cloves" the unit is the food."""
    return _FIGURES.sub("", line) if not rest or line.endswith(rest) else rest


def _unit_in_name(line: str, amount: Amount, parts: Sequence[Part]) -> str | None:
    """The line from its unit on, if the unit begins the name of another food: "2 pot noodles"."""
    whole = _FIGURES.sub("", line)
    if not amount.unit or not parts or not whole.endswith(amount.rest):
        return None
    head, rest = whole[: len(whole) - len(amount.rest)], amount.rest
    # Parted by a space they are told apart as one text would be; the rest was, a moment ago.
    said = [*words(head), *words(rest)] if head.endswith(" ") and rest[:1].isalpha() else words(whole)
    spans = find(said) if may_begin(said) else []
    begins = spans and spans[0].start == 0 and spans[0].end > 1
    return whole if begins and spans[0].entry.food is not parts[0].entry.food else None


@lru_cache(maxsize=1024)
def _scanned(rest: str) -> Scan:
    """A line without its amount, taken apart. The same foods are listed in many amounts; nobody may change it."""
    return scan(words(rest))


def _loosened(result: Scan) -> Scan:
    """In French, Spanish, Italian and Portuguese what stands behind a food tells about it, and makes it no other food.

    Such words are still unread; only "de" and the like begin another name ("leche de ...")."""
    behind = [word for word in result.after if result.words[result.words.index(word) - 1] in _OF_WHAT]
    loose = [word for word in result.after if word not in behind]
    return replace(result, after=behind, before=[*result.before, *loose])


def _turned(rest: str) -> str | None:
    """ "milk, coconut", as a catalogue writes it, turned round, if that way it is one name."""
    head, comma, tail = rest.partition(",")
    if not comma or "," in tail:
        return None
    said = words(rest)
    turned = f"{tail.strip()} {head.strip()}"
    at = said.index(BREAK) if said.count(BREAK) == 1 else None
    named = lookup(turned) if at is None else named_by(said[at:] + said[:at])
    return turned if named and not named_by(said) else None


@lru_cache(maxsize=4096)
def _understood(rest: str, abroad: bool, whole: bool) -> Reading:
    """A line without its amount as understood; `abroad` tells that its language is Romance, `whole` that it ends."""
    result = _loosened(_scanned(rest)) if abroad else _scanned(rest)
    name, note = _name_and_note(rest, result)
    named = result.named()
    refused = next((part for part in result.parts if _is_refused(part, result, named)), None)
    head = _head(result, named)
    known = head is not None and whole and _keeps_its_nature(result, named, head)
    contains, may = _allergens(result, named, head)
    kind = refused.entry.kind if refused else "food" if known else "unknown"
    return Reading(
        text=rest,
        kind=kind,  # type: ignore[arg-type]
        food=head.entry.food if head and known and not refused else None,
        foods=_distinct(part.entry.food for part in named if part.entry.food),
        note=note,
        respelt=", ".join(result.mended) or None,
        name=" ".join(result.words[refused.start : refused.end]) if refused else name,
        unread=tuple(result.before),
        contains=contains,
        may=may,
        reason=refused.entry.reason if refused else "",
        altered=not known and (result.imitates or bool(result.denials) or any(part.likeness for part in result.parts)),
    )


def _is_refused(part: Part, result: Scan, named: Sequence[Part]) -> bool:
    """Whether it may not be eaten; a thing in the note behind a food is only mentioned: "straight from the fridge"."""
    if part.entry.kind == "not_food" and named and named[0].end <= part.start:
        return BREAK not in result.words[named[0].end : part.start] and not part.negated
    return part.entry.kind in ("poison", "not_food") and not part.negated


def _head(result: Scan, named: Sequence[Part]) -> Part | None:
    """The food the line is about: the last one of its first phrase ("chicken stock" is stock)."""
    main = [part for part in named if part.chunk == named[0].chunk and not part.likeness]
    if not main:
        return None
    last = _joint_head(result, named) or main[-1]
    for other in main[:-1]:
        if last.entry.food and other.entry.food and _is_general(last, result) and _is_a(other.entry.food, last):
            return other
    return last


def _joint_head(result: Scan, named: Sequence[Part]) -> Part | None:
    """The food that two others joined by "and" tell about: "spinach and ricotta ravioli" are ravioli."""
    first = named[0].chunk
    second = [part for part in named if part.chunk == first + 1]
    if len(second) < 2 or any(part.likeness for part in named):
        return None
    between = result.words[[part for part in named if part.chunk == first][-1].end : second[0].start]
    return second[-1] if "and" in between and BREAK not in between else None


def _is_made(part: Part) -> bool:
    return bool(part.entry.food and part.entry.food.category in _MADE)


def _is_general(part: Part, result: Scan) -> bool:
    """Whether the word is a kind of food rather than one: cheese, bread, sausage; not ricotta."""
    return part.end - part.start == 1 and alterable(part, result.words)


def _is_a(food: Food, general: Part) -> bool:
    """Whether the general word only says what the food is: "cheddar cheese", "penne pasta"."""
    other = general.entry.food
    if not other or not other.contains <= food.contains:
        return False
    return other is food or bool(other.contains and (other.kind == food.kind or other.category == food.category))


def _keeps_its_nature(result: Scan, named: Sequence[Part], head: Part) -> bool:
    food = head.entry.food
    if food is None or head.entry.kind == "dish" or result.doubts or result.after or result.imitates:
        return False
    denied = result.denied_of(head)
    if denied & food.contains or (denied and food.kind not in ("plant", "fungus", "mineral", "water")):
        return False
    if result.before and alterable(head, result.words):
        return False
    if (_is_made(head) or head is _joint_head(result, named)) and not alterable(head, result.words):
        return True
    same = [part for part in named if part.chunk == head.chunk and part is not head and not part.likeness]
    return all(_goes_with(part, head) or _is_added(result, part) for part in same)


def _is_added(result: Scan, part: Part) -> bool:
    return part.end < len(result.words) and result.words[part.end] in _ADDED


def _goes_with(part: Part, head: Part) -> bool:
    """Whether a food beside the head leaves it what it is."""
    food, other = head.entry.food, part.entry.food
    if not food or not other:
        return False
    return (_plain(part) and _plain(head)) or other.kind in ("water", "mineral") or _is_a(food, part)


def _plain(part: Part) -> bool:
    food = part.entry.food
    return bool(food and food.kind in ("plant", "fungus", "mineral", "water") and not food.contains and not food.may)


def _allergens(result: Scan, named: Sequence[Part], head: Part | None) -> tuple[frozenset[str], frozenset[str]]:
    contains: set[str] = set()
    may: set[str] = set()
    for part in named:
        food = part.entry.food
        if food is None:
            continue
        beside = part is head and any(other.chunk == part.chunk and other is not part for other in named)
        open_head = alterable(part, result.words) and (bool(result.before) or beside)
        denied = result.denied_of(part)
        if part.likeness or result.imitates or open_head or food.category == "described":
            may |= food.contains - denied
        else:
            contains |= food.contains - denied
        may |= food.may - (denied if food.contains & denied else set())
    for doubt in result.doubts:
        entry = lookup(doubt)
        may |= entry.food.contains if entry and entry.food else set()
    if _is_wheat_free(result):
        may |= contains & {"gluten"}
        contains -= {"gluten"}
    return frozenset(contains), frozenset(may - contains - result.claimed)


def _is_wheat_free(result: Scan) -> bool:
    """Whether only wheat is denied, so that the gluten, if any, is that of other grains."""
    denied = any(part.negated and "wheat" in result.words[part.start : part.end] for part in result.parts)
    return denied and not _OTHER_GLUTEN & set(result.words)


def _name_and_note(text: str, result: Scan) -> tuple[str, str | None]:
    """The words of the food itself, and what was said about it in brackets or behind its comma."""
    rest = text.strip(" ,;.:-*•")
    inside = [part.strip() for part in _BRACKETS.findall(rest)]
    rest = " ".join(_BRACKETS.sub(" ", rest).split())
    first = next((part.start for part in result.parts), 0)
    cut = next((match for match in _CUT.finditer(rest) if _has_more(rest[: match.start()], first)), None)
    name, tail = (rest[: cut.start()], rest[cut.end() :]) if cut else (rest, "")
    notes = [*inside, tail.strip(" ,;-")]
    return name.strip(" ,;.:-") or clean(text), "; ".join(note for note in notes if note) or None


def _has_more(text: str, count: int) -> bool:
    """Whether it has more words than so many."""
    return (count == 0 and text[:1].isalpha()) or len(words(text)) > count
