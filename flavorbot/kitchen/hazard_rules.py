"""Dangers that the words of the steps tell (USDA, FDA and UK FSA advice); the patterns match folded text."""

from __future__ import annotations

from dataclasses import dataclass

from flavorbot.kitchen.checked import Severity

_SHELVED = r"(cupboard|pantry|larder|shelf|room temperature|months|years)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A danger told by what the steps say, and, if `food` is set, only with such a food in the recipe."""

    subject: str
    patterns: tuple[str, ...]
    message: str
    food: str = ""
    severity: Severity = "warning"


RULES = (
    Rule(
        "home canning",
        (
            r"\b(home )?canning\b|\bpressure can(ner)?\b|\bshelf.?stable\b|\bcan the\b",
            r"\bwater.?bath (the jars|canner|process)|\bprocess (the )?(filled )?jars",
            rf"\bjars?\b.{{0,80}}\b{_SHELVED}|\bseal.{{0,60}}\b{_SHELVED}",
        ),
        "Home canning can cause botulism: use a tested recipe and a pressure canner. Keep this in the fridge instead.",
        severity="error",
    ),
    Rule(
        "garlic in oil",
        (
            r"\b(store|keep|leave|infuse|steep|stand|sit)[^.]*"
            r"\b(room temperature|counter|cupboard|pantry|larder|warm place|windowsill|weeks?|months?)\b",
        ),
        "Garlic kept in oil outside the fridge can cause botulism: refrigerate it and use it within 4 days.",
        food="garlic in oil",
        severity="error",
    ),
    Rule(
        "cooked rice",
        (r"\b(cool|cold|chill|leftovers?|left over|overnight|store|next day|reheat|room temperature)\b",),
        "Cool cooked rice within 1 hour, keep it in the fridge, and reheat it once only, until steaming.",
        food="rice",
    ),
    Rule(
        "washing poultry",
        (r"\b(wash|rinse)(?: and \w+)? (?:the |your )?(?:raw |whole )?(chicken|turkey|poultry|duck|bird)\b",),
        "Do not wash raw poultry: it spreads bacteria around the kitchen.",
    ),
    Rule(
        "raw fish",
        (r"\b(sushi|sashimi|ceviche|tartare|poke bowl|crudo|raw (salmon|tuna|fish|mackerel|sea bass|prawns))\b",),
        "Raw fish can carry parasites: use fish that was frozen at −20 °C for 7 days, or cook it to 63 °C (145 °F).",
        food="fish",
    ),
    Rule(
        "raw egg",
        (r"\b(raw|uncooked|runny|soft.?boiled|lightly set) (egg|yolk|white)",),
        "Raw or runny egg can carry salmonella: cook it until yolk and white are firm (71 °C, 160 °F).",
    ),
    Rule(
        "left out warm",
        (
            r"\b(leave|stand|marinate|sit|thaw|defrost|keep)[^.]*\b(at room temperature|on the counter|on the worktop)"
            r"[^.]*\b(overnight|all day|hours)",
            r"\b(leave|stand|marinate|sit|thaw|defrost|keep)[^.]*\b(overnight|all day|hours)"
            r"[^.]*\b(at room temperature|on the counter|on the worktop)",
        ),
        "Do not leave this out for more than 2 hours: between 4 and 60 °C bacteria multiply.",
        food="perishable",
    ),
    Rule(
        "green potatoes",
        (r"\b(green|sprout(ed|ing)) potato",),
        "Throw away green or sprouting potatoes: they contain solanine.",
    ),
)
