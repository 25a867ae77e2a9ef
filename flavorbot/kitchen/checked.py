"""What the checker answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal["allergen", "may_contain", "diet", "excluded", "hazard", "unknown", "not_food", "poison"]
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Line:
    """What one ingredient line contains; the three flags are None when that is not known."""

    text: str
    recognised: bool
    name: str | None
    contains: tuple[str, ...]
    may_contain: tuple[str, ...]
    vegan: bool | None
    vegetarian: bool | None
    gluten_free: bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know; `line` is the index of the ingredient line, None for title, steps or the whole recipe."""

    line: int | None
    kind: FindingKind
    severity: Severity
    message: str
    subject: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The checker's answer; a diet is only claimed when every line is known to meet it."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    diets: tuple[str, ...]
    contains: tuple[str, ...]
