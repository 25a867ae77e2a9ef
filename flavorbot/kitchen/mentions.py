"""The foods that running text names, as far as they are meant as food: no "butter knife", no "like breadcrumbs"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from flavorbot.kitchen.amounts import spellings
from flavorbot.kitchen.denials import Denials
from flavorbot.kitchen.dictionary import is_foreign
from flavorbot.kitchen.equipment import is_equipment
from flavorbot.kitchen.glances import FISH, FOREIGN, glance, words_of
from flavorbot.kitchen.lexicon import Entry, Span, find, lookup, maybe, other_words, read_words
from flavorbot.kitchen.remembering import remembered
from flavorbot.kitchen.scanning import english_words
from flavorbot.kitchen.slips import MOST_SLIPS, Text, as_typed, without_slips
from flavorbot.kitchen.text import BREAK, stem, stems

_DISCARDING = frozenset("discard remove avoid beware toxic poisonous trim never".split())
_AFTER_VERB = frozenset(
    "the a it them in out up into over until for with together your each on and very between any all well".split()
)
# "Whites" are an egg's only where something is done that is done to egg whites: leeks have some, too.
_BEATEN = frozenset("whisk whisked beat beaten whip whipped fold folded stiff peaks soft".split())
# "Chop to fine crumbs", "a few moist crumbs on the skewer": what something is like, not what is added.
_BECOMING = frozenset("to into form forms moist no few".split())
_BOUGHT = frozenset(
    "favourite favorite bought jarred bottled packet real ordinary regular normal proper genuine dairy".split()
)
"""Words that say that it is none of what is listed: "real butter" beside vegan butter."""
_ONE = frozenset({"an", "another"})
_PASSED_OVER = frozenset({"of", "a", "the", BREAK})
_DEFINITE = frozenset({"the", "your"})
_HANDLING = frozenset("add fry lay cook poach bake grill sear roast steam brush top place put serve".split())
_SERVING = frozenset("serve served serving scatter top topped sprinkle finish garnish enjoy".split())
_SENTENCE_END = re.compile(r"\s(?:(?<=\n)|(?<=[.!?;]\s))")
"""The white space behind it, which is looked for first; or the end of a line."""
_FIRST_WORDS = 5
ABROAD = "is not English"
"""Why a whole text is unread; names of dishes often are not."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in running text: its stems, whether it is measured out or bought, and which allergens are denied of it.

    `typed` is how it stands in the text, where only the mended spelling is a name. What is only `beside` the dish is
    served or scattered with it, without a "the" that would say that it was made before; `definite` with such a "the".
    """

    entry: Entry
    key: tuple[str, ...]
    measured: bool
    denied: frozenset[str]
    typed: str | None = None
    beside: bool = False
    definite: bool = False


def mentions(text: str, but: Set[str] = frozenset()) -> tuple[Mention, ...]:
    """Every food, hazard or allergen word that the text means, in order; of what is misspelt, what it may be.

    In another language than English only names that stand in the food table are seen, and the rest is told as unread.
    The foods of `but` are passed over, and at a glance the sentences that name no others.
    """
    sentences = _SENTENCE_END.split(text)
    seen = list(map(glance, sentences))
    abroad = not any(each.is_english for each in seen) and is_foreign(list(map(words_of, sentences)))
    found: list[Mention] = []
    most = MOST_SLIPS
    for sentence, at_a_glance in zip(sentences, seen, strict=True):
        if abroad or not at_a_glance.names <= but:
            read = read_sentence((sentence, abroad, most))
            most -= read.meant.strange
            if not read.names <= but:
                found += read.mentions(but)
    if abroad:
        found.append(Mention(Entry("unread", _beginning(text), reason=ABROAD), ("",), False, frozenset()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence as they stand and as they are meant, and the names in it.

    `names` are the foods that these stand for; None is among them where anything else does.
    """

    found: Sequence[str]
    meant: Text
    spans: Sequence[Span]
    names: frozenset[str | None]
    abroad: bool

    def mentions(self, but: Set[str]) -> Iterator[Mention]:
        """What of it is meant, looked at word by word; foods of `but` are passed over."""
        words, spans = self.meant.words, self.spans
        said, foreign = Denials(words, spans), self.abroad or not FOREIGN.isdisjoint(self.found)
        counted = not "".join(words).replace(BREAK, "").isalpha()
        serving = "with" in words and not _SERVING.isdisjoint(words)
        for span in spans:
            entry = span.entry
            if entry.kind == "idiom" or (entry.food is not None and entry.food.name in but):
                continue
            if not _only_said(words, span, spans, said, foreign):
                yield _mention(self.found, self.meant, span, said, serving, counted)
        yield from _doubtful(self.found, self.meant)


# "Season with salt and pepper", "Bake for 20 minutes" stand in every other text.
@remembered(1024)
def read_sentence(asked: tuple[str, bool, int]) -> _Sentence:
    """A sentence, whether its text is foreign, and how many of its words are looked at as slips at most."""
    text, abroad, most = asked
    found = list(words_of(text))
    spans = find(found)
    meant = as_typed(found) if abroad or most < 0 else without_slips(found, spans, most)
    spans = find(meant.words) if meant.mended else spans
    names = {span.entry.food.name if span.entry.food else None for span in spans if span.entry.kind != "idiom"}
    return _Sentence(found, meant, spans, frozenset({*names, None} if meant.strange else names), abroad)


def _mention(found: Sequence[str], meant: Text, span: Span, said: Denials, serving: bool, counted: bool) -> Mention:
    """`counted` tells whether a number, or a sign that is no letter, stands anywhere in the sentence."""
    words, start, end = meant.words, span.start, span.end
    slipped = meant.mended and not meant.mended.isdisjoint(range(start, end))
    return Mention(
        span.entry,
        tuple(map(stem, words[start:end])),
        measured=_is_bought(words, span.start) or (counted and _is_counted(words, span.start)),
        denied=said.denied_by(span),
        typed=" ".join(found[start:end]) if slipped else None,
        beside=serving and _is_beside(words, start),
        definite=not _DEFINITE.isdisjoint(words[max(start - 2, 0) : start]),
    )


def _is_beside(found: Sequence[str], start: int) -> bool:
    """Whether it is served with something: "serve with", "scatter with chopped", and no "the" that was made before."""
    for place in range(start - 1, max(start - 4, 0), -1):
        if found[place] == "with":
            return not _SERVING.isdisjoint(found[max(place - 4, 0) : place])
        if stem(found[place]) not in english_words():
            return False
    return False


def _doubtful(found: Sequence[str], meant: Text) -> Iterator[Mention]:
    """What misspelt words could be as well, and words that nobody knows where a food would stand."""
    for place, others in meant.doubts.items():
        for entry in filter(None, map(lookup, others)):
            yield Mention(maybe(entry), stems(entry.name), False, frozenset(), found[place])
    for place in sorted(meant.unread):
        yield Mention(Entry("unread", found[place]), (stem(found[place]),), False, frozenset())


def _beginning(text: str) -> str:
    return f"{' '.join(text.split()[:_FIRST_WORDS])} …"


def _only_said(found: Sequence[str], span: Span, spans: Sequence[Span], said: Denials, foreign: bool) -> bool:
    """Whether the words around take the name back: negated, compared with, imitated, or used as a verb."""
    if span.entry.kind == "poison":
        return not _DISCARDING.isdisjoint(found[max(span.start - 4, 0) : span.start]) or said.is_denied(span)
    if span.entry.kind == "not_food" or said.is_denied(span) or said.is_likeness(span):
        return True
    if is_equipment(found, span.start, span.end):
        return True
    return span.end - span.start == 1 and not foreign and _is_other_word(found, span, spans)


def _is_other_word(found: Sequence[str], span: Span, spans: Sequence[Span]) -> bool:
    """Whether the single word is something else in English text, or a verb here: "mince the garlic"."""
    word = found[span.start]
    if word in other_words():
        return not _is_fish_at_hand(found, span)
    if word in ("white", "whites"):
        return not _BEATEN & set(found)
    if word in ("crumb", "crumbs"):
        return bool(_BECOMING & set(found[max(span.start - 3, 0) : span.start]))
    if word not in _verbs():
        return False
    opening = span.start == 0 or found[span.start - 1] in {BREAK, "and", "then", "to", "or"}
    following = found[span.end] if span.end < len(found) else BREAK
    ordered = following in _AFTER_VERB or following.endswith("ly") or any(other.start == span.end for other in spans)
    return opening and ordered


def _is_fish_at_hand(found: Sequence[str], span: Span) -> bool:
    """Whether something is done to it that is done to fish: "fry the sole", "lay the skate in the pan"."""
    food = span.entry.food
    if food is None or food.category not in FISH or found[max(span.start - 1, 0)] not in _DEFINITE:
        return False
    return not _HANDLING.isdisjoint(found[max(span.start - 3, 0) : span.start])


def _is_bought(found: Sequence[str], start: int) -> bool:
    """Whether it stands before the name that it is bought, or that it is one of them ("an egg")."""
    if not start:
        return False
    last = found[start - 1]
    if last in _ONE or last in _BOUGHT or last in _brands():
        return True
    return start > 1 and found[start - 2] in _BOUGHT


def _is_counted(found: Sequence[str], start: int) -> bool:
    """Whether an amount stands right before: "50 g butter", "2 cups of milk"."""
    before = [word for word in found[max(start - 3, 0) : start] if word not in _PASSED_OVER]
    if not any(word[0].isdigit() for word in before):
        return False
    last = before[-1]
    return last[0].isdigit() or last in spellings()


@cache
def _brands() -> frozenset[str]:
    return frozenset(word for word in read_words("brands.txt") if len(word) > 4)


@cache
def _verbs() -> frozenset[str]:
    return read_words("verbs.txt")
