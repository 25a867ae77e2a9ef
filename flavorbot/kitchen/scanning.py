"""What stands in an ingredient line: the foods, and the words beside them that change or deny what those foods are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from flavorbot.kitchen.amounts import spellings
from flavorbot.kitchen.lexicon import Entry, Span, find, read_rows, read_words
from flavorbot.kitchen.line_words import (
    ALTERABLE,
    BAKED,
    CONNECTORS,
    FOR,
    FORMS,
    INSTEAD,
    LIKENESS,
    NEGATIONS,
    POWDERED,
    TAKEN_OUT,
)
from flavorbot.kitchen.spelling import mend, uncompounded
from flavorbot.kitchen.text import BREAK, stem

_OPEN_BEFORE = frozenset({"not", "isnt", "use", "or"})
_OPEN_BEHIND = frozenset({"if", "or", "when"})


@dataclass(slots=True)
class Part:
    """One name in a line, and what the words around it make of it."""

    entry: Entry
    start: int
    end: int
    negated: bool = False
    likeness: bool = False
    chunk: int = 0


@dataclass(slots=True)
class Scan:
    """A line taken apart.

    `denials` are the chunks of which something is denied, and what; `claimed` is what a maker says is not in it
    ("egg-free"). `after` are unexplained words right behind its first
    food, `before` all others.
    """

    words: list[str]
    parts: list[Part] = field(default_factory=list)
    denials: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    imitates: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def named(self) -> list[Part]:
        """The foods that are in it: not negated, not only a likeness."""
        return [part for part in self.parts if not part.negated and part.entry.food]

    def denied_of(self, part: Part) -> frozenset[str]:
        """What is denied of this food: by words of its own phrase, or behind it where no other food stands."""
        return frozenset[str]().union(*(what for chunk, what in self.denials if self._target(chunk) == part.chunk))

    def _target(self, chunk: int) -> int:
        chunks = [part.chunk for part in self.named()]
        before = [each for each in chunks if each <= chunk]
        return chunk if chunk in chunks else max(before, default=min(chunks, default=chunk))


def scan(words: Sequence[str]) -> Scan:
    """Takes the words of a line (its amount already removed) apart."""
    result = Scan(list(words))
    spans = _mended_spans(result)
    mark(result, spans)
    result.parts = [part for part in result.parts if not _is_purpose(result, part)]
    _collect_unread(result, {place for span in spans for place in range(span.start, span.end)})
    return result


def mark(result: Scan, spans: Sequence[Span]) -> None:
    """Puts the names into the scan, with what the words around say of them."""
    _mark_denials(result, spans)
    result.parts = [Part(span.entry, span.start, span.end) for span in spans if span.entry.kind != "idiom"]
    _mark_parts(result)


def alterable(part: Part, words: Sequence[str]) -> bool:
    """Whether an unknown word ahead would make this something else: "hemp milk" is no milk."""
    return part.end - part.start == 1 and stem(words[part.start]) in ALTERABLE


@cache
def harmless_words() -> frozenset[str]:
    """Stems of the words that leave a food what it is, makers' names and units among them."""
    return descriptions() | frozenset(stem(word) for word in (*read_words("brands.txt"), *spellings()))


@cache
def english_words() -> frozenset[str]:
    """Stems of the harmless words of an English text."""
    return harmless_words() - frozenset(stem(word) for word in read_words("descriptors_abroad.txt"))


@cache
def descriptions() -> frozenset[str]:
    """Stems of the words that say how a food is cut, grown or packed."""
    return frozenset(stem(word) for word in (*read_words("descriptors.txt"), *read_words("descriptors_abroad.txt")))


def _mended_spans(result: Scan) -> list[Span]:
    """Names as typed; words that nothing explains are mended, and the names looked for again."""
    spans = _best(result.words)
    covered = {place for span in spans for place in range(span.start, span.end)}
    changed = False
    for place, word in enumerate(result.words):
        if place in covered or _explained(result.words, place):
            continue
        if whole := uncompounded(word):
            result.words[place], changed = whole, True
            continue
        if not (mended := mend(word)):
            continue
        result.words[place], changed = mended.word, True
        if stem(mended.word) not in harmless_words():
            result.mended.append(mended.word)
        result.doubts.extend(mended.doubts)
    return _best(result.words) if changed else spans


def _best(words: Sequence[str]) -> list[Span]:
    """The names in the words; where "coconut light milk" splits a name, the words between are passed over."""
    spans = _without_descriptions(find(words), words)
    if len(spans) < 2:
        return spans
    kept = [place for place, word in enumerate(words) if not _droppable(words, place, spans)]
    shorter = find([words[place] for place in kept])
    if sum((span.end - span.start) ** 2 for span in shorter) <= sum((span.end - span.start) ** 2 for span in spans):
        return spans
    return [Span(kept[span.start], kept[span.end - 1] + 1, span.entry) for span in shorter]


def _without_descriptions(spans: list[Span], words: Sequence[str]) -> list[Span]:
    """Leaves out single words that only describe another food of the phrase: "orange" peppers, garlic "cloves"."""
    kept = []
    for span in spans:
        single = span.end - span.start == 1 and stem(words[span.start]) in descriptions()
        beside = [other for other in spans if other is not span and _one_phrase(span, other, words)]
        baked = words[span.start] in BAKED and any(other.end == span.start for other in spans)
        colour = words[span.start : span.end] == ["white"] and len(spans) > 1
        if not colour and (not (single and beside) or baked):
            kept.append(span)
    return kept


def _one_phrase(one: Span, other: Span, words: Sequence[str]) -> bool:
    between = words[min(one.end, other.end) : max(one.start, other.start)]
    return not any(word == BREAK or word in CONNECTORS for word in between)


def _droppable(words: Sequence[str], place: int, spans: Sequence[Span]) -> bool:
    inside = any(span.start <= place < span.end for span in spans)
    passed_over = stem(words[place]) in harmless_words() and words[place] not in CONNECTORS | {"free"}
    return not inside and passed_over


def _explained(words: Sequence[str], place: int) -> bool:
    word = words[place]
    return (
        word == BREAK or not word.isalpha() or stem(word) in harmless_words() or word in CONNECTORS
        or word in NEGATIONS or word in LIKENESS or word == "free" or bool(changer(words, place))
    )  # fmt: skip


@cache
def _changers() -> Mapping[tuple[str, ...], str]:
    return {tuple(row["word"].split()): row["denies"] for row in read_rows("changers.csv")}


@cache
def changing_words() -> frozenset[str]:
    """All words of those that change a food's nature."""
    return frozenset(word for words in _changers() for word in words)


def changer(words: Sequence[str], place: int) -> str | None:
    """What a nature-changing word at this place denies; it may be one word of two."""
    if words[place] not in changing_words():
        return None
    known = _changers()
    return (
        known.get((words[place],))
        or known.get(tuple(words[place : place + 2]))
        or (known.get(tuple(words[place - 1 : place + 1])) if place else None)
    )


def _mark_denials(result: Scan, spans: Sequence[Span]) -> None:
    inside = {place for span in spans for place in range(span.start, span.end)}
    chunk = 0
    for place, word in enumerate(result.words):
        if place in inside:
            continue
        chunk += word == BREAK or word in CONNECTORS
        denies = changer(result.words, place)
        if denies == "imitates":
            result.imitates = result.imitates or "or" not in result.words[max(place - 2, 0) : place]
        elif denies and not _is_open(result.words, place, place + 1):
            result.denials.append((chunk, frozenset(denies.split("|"))))


def _mark_parts(result: Scan) -> None:
    words, chunk, last = result.words, 0, 0
    for part in result.parts:
        chunk += sum(1 for word in words[last : part.start] if word == BREAK or word in CONNECTORS)
        part.chunk, last = chunk, part.end
        after = words[part.end : part.end + 2]
        if after[:1] == ["free"] and after != ["free", "range"]:
            part.negated = True
            wheat = {"wheat", "lactose"} & set(words[part.start : part.end])
            if part.entry.food and not wheat and not _is_open(words, part.start, part.end + 1):
                result.denials.append((chunk, part.entry.food.contains))
                result.claimed.update(part.entry.food.contains)
        part.likeness = bool(after) and after[0] in LIKENESS
        part.negated = part.negated or _negated(words, part.start)


def _is_open(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a denial is itself denied or left to the cook: "not vegan", "gluten-free if needed", "vegan or dairy"."""
    return bool(_OPEN_BEFORE & set(words[max(start - 1, 0) : start]) or _OPEN_BEHIND & set(words[end : end + 1]))


def _negated(words: Sequence[str], start: int) -> bool:
    """Whether "without", "no" or "instead of" reaches this word; a comma, "but" or "with" ends its reach."""
    for place in range(start - 1, max(start - 6, -1), -1):
        word = words[place]
        if word in {BREAK, "but", "with"} or (word in {"add", "use"} and words[place - 1] not in NEGATIONS):
            return False
        if word in NEGATIONS or any(tuple(words[place : place + len(phrase)]) == phrase for phrase in INSTEAD):
            return True
    return False


def _collect_unread(result: Scan, covered: set[int]) -> None:
    """Unexplained words up to the comma behind the first food: right behind it, and elsewhere (`before`)."""
    first = next((part for part in result.parts if not part.negated), None)
    phrase = set(_phrase(result.words, first))
    for place in range(_end_of_list(result.words, first)):
        if place in covered or _explained(result.words, place):
            continue
        if first and FOR & set(result.words[first.end : place]):
            break
        behind = first is not None and place in phrase and place >= first.start
        if behind and first and result.words[place] in FORMS and _comes_as_powder(first):
            continue
        (result.after if behind else result.before).append(result.words[place])


def _comes_as_powder(part: Part) -> bool:
    return bool(part.entry.food and part.entry.food.category in POWDERED)


def _is_purpose(result: Scan, part: Part) -> bool:
    """Whether the food is none of the line's: what the first is for ("noodles for pad thai"), or taken out of it."""
    if part is result.parts[0]:
        return False
    words = result.words
    if part.end < len(words) and words[part.end] in TAKEN_OUT:
        return True
    if words[part.start : part.end] in (["seed"], ["seeds"]) and _comes_as_powder(result.parts[0]):
        return True
    for word in reversed(words[result.parts[0].end : part.start]):
        if word in FOR:
            return True
        if word == BREAK or word in CONNECTORS:
            return False
    return False


def _end_of_list(words: Sequence[str], first: Part | None) -> int:
    """Where the notes begin: at the first punctuation behind the first food."""
    start = first.end if first else 0
    return next((place for place in range(start, len(words)) if words[place] == BREAK and first), len(words))


def _phrase(words: Sequence[str], first: Part | None) -> Iterator[int]:
    """The places of the words between the punctuation or connectors that enclose the first food."""
    if first is None:
        yield from range(len(words))
        return
    begin, end = first.start, first.end
    while begin > 0 and words[begin - 1] != BREAK and words[begin - 1] not in {"and", "or", "with"}:
        begin -= 1
    while end < len(words) and words[end] != BREAK and words[end] not in CONNECTORS:
        end += 1
    yield from range(begin, end)
