"""Steps in words with their times: none too long to follow, none too many, and how long they take together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flavorbot.generators.builtin.phrasing import tidy
from flavorbot.model import Instruction

MOST_WORDS = 32
MOST_STEPS = 10
_WORTH_A_STEP = 5
"""Words that stand in a step of their own: "Lift onto a plate." does not."""
_SHORTER = (
    (r"^(?:While that cooks|In the meantime|At the same time), ", "Meanwhile, "),
    (r"until [\w ]+ and cooked through, with no pink left", "until no pink is left"),
    (r"until [\w ]+, with no pink left", "until no pink is left"),
    (r"Wash the (leeks?) and cut into 3 cm lengths", r"Cut the \1 into lengths"),
    (r", until browned and cooked through", ", until cooked through"),
    (r"(cook the [\w ]+ for 5 minutes), until soft and golden, adding", r"\1, adding"),
    (r"; rest, still covered, for", "; rest for"),
    (r"wash (the [\w ]+) until the water runs clear\. Bring", r"rinse \1 and bring"),
    (r", put a plate on top and leave for 5 minutes or more", "; cover for 5 minutes"),
    (r", and leave under a plate for at least 5 minutes", "; cover for 5 minutes"),
    (r", turning, until browned and cooked through", ", turning, until cooked through"),
    (r", turning once, until", ", until"),
    (r", (?:half at a time|in two batches),", " in batches"),
    (
        r"(?:Heat half of|Get a wok very hot with half of) (the [\w ]+?) in (?:a wok until very hot|it) and",
        r"In half of \1, very hot,",
    ),
    (r"over a medium heat for (\d+ minutes), turning often, until", r"for \1, turning often, until"),
    (r"Strip the (\w+) from the stalks and shred finely", r"Strip and shred the \1"),
    (r"Wash and finely slice", "Finely slice"),
    (r", turn everything over and roast", "; toss and roast"),
    (r"(for the last \d+ minutes) and (the [\w ,]+) for the last minute\.", r"\1, then \2."),
)
"""Phrases with fewer words for the same, for steps that are too long."""


@dataclass(frozen=True, slots=True)
class Written:
    """A step in words with its time; `hands` are the minutes before the next step may begin.

    `beside`: it goes on in a pan of its own, and may be begun at another time; `meets`: it uses what was cooked so;
    `free`: the cook has time for it meanwhile; `goes_on`: nothing comes between it and the step before.
    """

    text: str
    minutes: int
    hands: int
    celsius: int | None = None
    join: bool = False
    prep: bool = False
    beside: bool = False
    meets: bool = False
    free: bool = False
    goes_on: bool = False


def enough(written: Sequence[Written]) -> list[Written]:
    """Four steps at least, where a step of several sentences can be told in two; ten at most, the knife work in one.

    None has more than `MOST_WORDS` words where there is a shorter way to say it.
    """
    steps = list(written)
    if len(steps) > MOST_STEPS:
        steps = _cut_in_one_go(steps)
    while len(steps) > MOST_STEPS and (pairs := [at for at in range(1, len(steps)) if _follow(steps[at - 1 : at + 1])]):
        at = min(pairs, key=lambda at: _words(steps[at - 1 : at + 1]))
        steps[at - 1 : at + 1] = [_joined(*steps[at - 1 : at + 1])]
    for index, step in reversed(list(enumerate(written))):
        first, *rest = re.split(r"(?<=\.) ", step.text)
        if len(steps) >= 4 or not rest or step.hands < step.minutes:
            continue
        early = max(step.minutes - 1, 1)
        parts = (
            replace(step, text=first, minutes=early, hands=early),
            replace(step, text=" ".join(rest), minutes=1, hands=1),
        )
        steps[index : index + 1] = parts
    return [replace(step, text=_tightened(step.text)) for step in steps]


def _tightened(text: str, most: int = MOST_WORDS) -> str:
    for phrase, shorter in _SHORTER:
        if len(text.split()) <= most:
            break
        text = re.sub(phrase, shorter, text)
    return text


def _cut_in_one_go(steps: Sequence[Written]) -> list[Written]:
    found: list[Written] = []
    for step in steps:
        if found and found[-1].prep and step.prep and _words((found[-1], step)) <= MOST_WORDS:
            step = _joined(found.pop(), step)
        found.append(step)
    return found


def _joined(before: Written, step: Written) -> Written:
    minutes = before.minutes + step.minutes
    return replace(
        before,
        text=f"{before.text} {step.text}",
        minutes=minutes,
        hands=minutes,
        celsius=before.celsius or step.celsius,
        meets=before.meets or step.meets,
    )


def _follow(pair: Sequence[Written]) -> bool:
    """Whether the second does no more than go on with the first, and both are short."""
    alone = any(step.beside or step.free or step.hands < step.minutes for step in pair)
    return not alone and not pair[1].join and _words(pair) <= MOST_WORDS


def _words(steps: Sequence[Written]) -> int:
    return sum(len(step.text.split()) for step in steps)


def halved(step: Written) -> list[Written]:
    """A step too long to follow, as two."""
    step = replace(step, text=_tightened(step.text, MOST_WORDS - 1))
    sentences = re.split(r"(?<=[.;]) ", step.text)
    long = len(step.text.split()) > MOST_WORDS - 1
    if not long or len(sentences) < 2 or step.hands < step.minutes or step.minutes < 2:
        return [step]
    at = min(range(1, len(sentences)), key=lambda at: _lopsided(sentences, at))
    if len(step.text.split()) <= MOST_WORDS and len(" ".join(sentences[at:]).split()) < _WORTH_A_STEP:
        return [step]
    first, second = " ".join(sentences[:at]).rstrip(";.") + ".", tidy(" ".join(sentences[at:]))
    told = sum(int(number) for number in re.findall(r"(\d+) minutes?", first))
    early = min(max(told, 1), step.minutes - 1)
    late = step.minutes - early
    parts = (
        replace(
            step, text=first, minutes=early, hands=early, celsius=celsius_in(first), free=step.free and early > late
        ),
        replace(
            step,
            text=second,
            minutes=late,
            hands=late,
            celsius=step.celsius or celsius_in(second),
            join=False,
            free=step.free and late >= early,
            goes_on=True,
        ),
    )
    return [part for half in parts for part in halved(half)]


def _lopsided(sentences: Sequence[str], at: int) -> int:
    """By how many words the parts before and after that sentence differ; what joins a pan stays with it."""
    joins = "for the last" in sentences[at]
    return 99 * joins + abs(len(" ".join(sentences[:at]).split()) - len(" ".join(sentences[at:]).split()))


def celsius_in(text: str) -> int | None:
    found = re.search(r"(\d+) °C", text)
    return int(found[1]) if found else None


def instructions(written: Sequence[Written]) -> tuple[Instruction, ...]:
    return tuple(Instruction(text=step.text, minutes=step.minutes, temperature_c=step.celsius) for step in written)


def prep_effort(servings: int) -> float:
    """How much longer it takes to cut things up for so many than for two."""
    return 0.7 + 0.15 * min(servings, 24)


def prep_minutes(written: Sequence[Written]) -> int:
    return sum(step.minutes for step in written if step.prep)
