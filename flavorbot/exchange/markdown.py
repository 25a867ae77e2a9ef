"""A recipe as Markdown (CommonMark), as people keep it in their notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flavorbot.model import NO_COOKING, Recipe
from flavorbot.writing import ingredient_lines, is_heading

# What CommonMark takes for markup: everywhere in a line, and at its beginning, where "1.5 kg" is no numbered list.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))")
_AT_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#+=-]))(.)")
_AT_END = re.compile(r"(?<=\s)(?=#+$)")
_HOURS_FROM = 120


def to_markdown(recipe: Recipe) -> str:
    """Title, facts, ingredients with their headings, numbered steps, notes and source; empty parts are left out.

    What is not for reading stays behind: picture, times of single steps, when it was cooked, what was computed.
    """
    return "\n\n".join(_parts(recipe)) + "\n"


def _parts(recipe: Recipe) -> Iterator[str]:
    yield f"# {_plain(recipe.title)}"
    if recipe.description:
        yield _paragraphs(recipe.description)
    yield " · ".join(_facts(recipe))
    yield "## Ingredients"
    yield from _ingredients(recipe)
    yield "## Method"
    yield "\n".join(f"{place}. {_plain(step.text)}" for place, step in enumerate(recipe.instructions, 1))
    if recipe.notes:
        yield "## Notes"
        yield _paragraphs(recipe.notes)
    if recipe.source.url:
        yield f"Source: <{recipe.source.url}>"


def _facts(recipe: Recipe) -> Iterator[str]:
    yield f"Serves {recipe.servings}"
    if recipe.total_minutes:
        yield _time(recipe.total_minutes)
    if recipe.prep_minutes:
        yield f"Prep: {_time(recipe.prep_minutes)}"
    if recipe.cook_minutes:
        yield f"{'Standing' if NO_COOKING in recipe.tags else 'Cook'}: {_time(recipe.cook_minutes)}"
    yield recipe.category.capitalize()
    if recipe.cuisine:
        yield _plain(recipe.cuisine)
    if recipe.tags:
        yield f"Tags: {_plain(', '.join(recipe.tags))}"
    if recipe.rating:
        yield f"Rating: {recipe.rating}"


def _time(minutes: int) -> str:
    """125 is "2 hours 5 minutes"; what is shorter than two hours is told in minutes."""
    hours, rest = divmod(minutes, 60) if minutes >= _HOURS_FROM else (0, minutes)
    parts = ((hours, "hour"), (rest, "minute"))
    return " ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts if count)


def _ingredients(recipe: Recipe) -> Iterator[str]:
    lines: list[str] = []
    for line in ingredient_lines(recipe):
        if is_heading(line) and line not in {item.name for item in recipe.ingredients}:
            if lines:
                yield "\n".join(lines)
            lines = []
            # What belongs to no section again stands behind a line.
            yield f"### {_plain(line[:-1])}" if line != ":" else "---"
        else:
            lines.append(f"- {_plain(line)}")
    if lines:
        yield "\n".join(lines)


def _paragraphs(text: str) -> str:
    return "\n".join(_plain(line) for line in text.splitlines())


def _plain(text: str) -> str:
    """The text with everything escaped that would be markup."""
    return _AT_END.sub(r"\\", _AT_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\1", text)))
