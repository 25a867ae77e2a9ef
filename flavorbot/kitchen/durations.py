"""How long, in the words of a step: "8–10 minutes", "an hour and a half", "1 hr 15 min", "30 s"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flavorbot.kitchen.amounts import number

_SECONDS = {"h": 3600, "m": 60, "s": 1}
_LONGEST_S = 24 * 3600
_MORE_WORDS = {
    "another": 1.0, "a further": 1.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0,
    "sixty": 60.0, "ninety": 90.0,
}  # fmt: skip
_FIGURES = r"\d{1,4}(?:[- ]\d/\d|\s?[½¼¾⅓⅔])|\d/\d|[½¼¾⅓⅔]|\d{1,4}(?:[.,]\d{1,3})?"
_WORDS = (
    r"(?:(?:one|two|three|\d{1,2}) and a half|half an?|a half|(?:a|three) quarters? of an?|a couple of|an?"
    r"|another|a further|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|(?:twenty|thirty|forty|fifty)(?:[- ]five)?|sixty|ninety)(?![^\W_])"
)
_NUMBER = rf"(?:{_WORDS}|{_FIGURES})"
_JOINED = r"(?:twenty|thirty|forty|fifty)[- ]five|\d+-\d/\d"
"""One number, though there is a dash in it."""
_UNIT = r"(?:hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s)(?![^\W_])"
_SMALLER = r"(?:minutes?|mins?|m|seconds?|secs?|s)(?![^\W_])"
_DASH = r"(?:\s?[-–—]\s?|\s(?:to|or)\s)"
_TIME = re.compile(
    rf"(?<![\w/.,½¼¾⅓⅔])(?:(?!{_JOINED})(?P<between>between )?(?P<low>{_NUMBER})(?(between) and |{_DASH}))?"
    rf"(?P<number>{_NUMBER})[\s-]?(?P<unit>{_UNIT}|h(?=\d))"
    rf"(?:(?P<half> and a (?:half|quarter))|(?:,| and)? ?(?P<more>{_NUMBER})[\s-]?(?P<smaller>{_SMALLER})"
    r"| ?(?P<rest>[0-5]\d)(?= ?(?:[.,;:)]|$))|(?P<two> or two(?![^\W_])))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"{_DASH}\Z")
# "Turn every 10 minutes", "in the last 5 minutes", "within 2 hours", "30 minutes before serving": nothing to wait for.
_NOT_BEHIND = re.compile(r"(?:every|each|per|last|final|within|up to|less than|under)\s+(?:the )?\Z", re.IGNORECASE)
_NOT_BEFORE = re.compile(r"\s*(?:before|ago|earlier|ahead|in advance|beforehand|old)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duration:
    """A time in a text, at these places of it; `most_s` is the upper end of a span."""

    start: int
    end: int
    seconds: int
    most_s: int | None = None

    @property
    def is_span(self) -> bool:
        return self.most_s is not None


def durations(text: str) -> tuple[Duration, ...]:
    """Every time of up to a day that the text says to wait, in order."""
    return tuple(found for found in _joined(text) if 0 < found.seconds <= _LONGEST_S and _is_waited(text, found))


def _joined(text: str) -> Iterator[Duration]:
    """Those found, "45 minutes to 1 hour" as one."""
    last: Duration | None = None
    for match in _TIME.finditer(text):
        found = _duration(match)
        if last and not last.is_span and not found.is_span and _BETWEEN.match(text[last.end : found.start]):
            last = replace(_span(last, found.seconds), end=found.end)
            continue
        if last:
            yield last
        last = found
    if last:
        yield last


def _duration(match: re.Match[str]) -> Duration:
    one = _SECONDS[match["unit"][0].lower()]
    seconds = _value(match["number"]) * one
    if match["half"]:
        seconds += one / (2 if match["half"].lower().endswith("half") else 4)
    if match["more"]:
        seconds += _value(match["more"]) * _SECONDS[match["smaller"][0].lower()]
    if match["rest"]:
        seconds += int(match["rest"]) * one / 60
    found = Duration(match.start(), match.end(), round(seconds))
    if match["two"]:
        return _span(found, 2 * one)
    return _span(found, round(_value(match["low"]) * one)) if match["low"] else found


def _span(found: Duration, other: int) -> Duration:
    least, most = sorted((found.seconds, other))
    return replace(found, seconds=least, most_s=most if most > least else None)


def _value(text: str) -> float:
    """A number in figures or words; "forty-five" is the sum of its parts."""
    whole = " ".join(text.lower().split())
    if whole.endswith(" and a half"):
        return number(whole.removesuffix(" and a half")) + 0.5
    if "quarter" in whole:
        return 0.75 if whole.startswith("three") else 0.25
    if whole.endswith("five"):
        return sum(_MORE_WORDS.get(part) or number(part) for part in re.split("[- ]", whole))
    return _MORE_WORDS.get(whole) or number(whole)


def _is_waited(text: str, found: Duration) -> bool:
    return not (_NOT_BEHIND.search(text[: found.start]) or _NOT_BEFORE.match(text[found.end :]))
