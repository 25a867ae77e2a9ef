"""How long something takes, as the many programs write it."""

from __future__ import annotations

import re

_ISO = re.compile(
    r"P(?:(?P<y>[\d.,]+)Y)?(?:(?P<mo>[\d.,]+)M)?(?:(?P<w>[\d.,]+)W)?(?:(?P<d>[\d.,]+)D)?"
    r"(?:T?(?:(?P<h>[\d.,]+)H)?(?:(?P<m>[\d.,]+)M)?(?:(?P<s>[\d.,]+)S)?)?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(\d+ \d/\d|\d*[¼½¾]|\d+(?:[.,/]\d+)?|half an?|an?)\s*(days?|d|hours?|hrs?|h|minutes?|mins?|m)(?![a-z])",
    re.IGNORECASE,
)
_MINUTES = {"d": 1440.0, "h": 60.0, "m": 1.0}
_WORDS = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
_FRACTIONS = str.maketrans({"¼": " 1/4", "½": " 1/2", "¾": " 3/4", ",": "."})
_MOST = 10_000_000


def minutes(value: object) -> int | None:
    """Minutes of "PT1H30M", "1 hr 30 mins", "1:30", "90" or 90; None where that says nothing."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("maxValue") or value.get("@value") or value.get("value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    told = _of_text(value.strip()[:100]) if isinstance(value, str) else float(value)
    return round(told) if told and 0 < told < _MOST else None


def _of_text(text: str) -> float | None:
    if match := _ISO.fullmatch(text):
        return _iso(match)
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})(?::\d{2})?", text):
        return int(match[1]) * 60.0 + int(match[2])
    if re.fullmatch(r"\d{1,6}(?:\.\d+)?", text):
        return float(text)
    if match := re.fullmatch(r"(\d{1,3}) ?h ?(\d{2})", text, re.IGNORECASE):
        return int(match[1]) * 60.0 + int(match[2])
    parts = [(_number(number.lower()), unit[0].lower()) for number, unit in _PART.findall(text)]
    return sum(number * _MINUTES[unit] for number, unit in parts) or None


def _iso(match: re.Match[str]) -> float:
    days = _number(match["d"]) + 7 * _number(match["w"])
    return days * 1440 + _number(match["h"]) * 60 + _number(match["m"]) + _number(match["s"]) / 60


def _number(text: str | None) -> float:
    if not text or text in _WORDS:
        return _WORDS.get(text or "", 0.0)
    try:
        return sum(float(above) / float(below or 1) for above, below in map(_parts, text.translate(_FRACTIONS).split()))
    except (ValueError, ZeroDivisionError):
        return 0.0


def _parts(fraction: str) -> tuple[str, str]:
    above, _, below = fraction.partition("/")
    return above, below
