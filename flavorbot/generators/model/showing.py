"""What may be shown of a recipe while a model writes it: every part put right and checked as the whole will be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from flavorbot.generators.builtin.request import Request
from flavorbot.generators.model.answers import (
    MOST_INGREDIENTS,
    MOST_STEPS,
    WrittenIngredient,
    WrittenStep,
    text_of,
)
from flavorbot.generators.model.dishes import Dish, empty_dish, step_of, take_line, title_of
from flavorbot.generators.model.failures import Unfit
from flavorbot.generators.model.growing import Growing
from flavorbot.generators.model.measuring import amounts
from flavorbot.generators.model.mending import correct_heat, without_strays
from flavorbot.generators.model.presenting import is_sound_title
from flavorbot.generators.model.serving import instructions_of, is_fault, line_of
from flavorbot.generators.model.wording import sentences
from flavorbot.interfaces import IWatcher
from flavorbot.kitchen.checker import Finding, check_recipe
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.units import in_units
from flavorbot.model import Ingredient, Instruction, Recipe

_COOKED = "Cook everything until it is done."
"""Stands for the steps that are still to come, so that not every cut of raw meat counts as served raw."""
WRITING = "Writing your recipe and checking each line of it"
UNSEEN = "Something in it did not pass our check, so it is put right before you see it"


class Showing:
    """Listens to a model and shows a watcher the parts that pass.

    What title or step say against the needs is a finding: it ends the call with `Unfit`. With `to_the_end` the model
    may go on, for its recipe to be put right as a whole, but what was shown is taken back and no more is.
    """

    def __init__(
        self, request: Request, chosen: Sequence[Food], needed: Sequence[Food], watcher: IWatcher, *, to_the_end: bool
    ) -> None:
        self._chosen = chosen
        self._watcher = watcher
        self._to_the_end = to_the_end
        self._growing = Growing()
        self._dish = empty_dish(request, needed)
        self._heard = {"title": 0, "line": 0, "step": 0}
        self._told: set[str] = set()
        self._silent = False

    def has_left(self) -> bool:
        return self._watcher.has_left()

    def hear(self, piece: str) -> None:
        """Show what this piece completes; `Unfit`."""
        if self._silent:
            return
        try:
            for part, found in self._growing.read(piece):
                self._take(part, found)
        except Unfit:
            if not self._to_the_end:
                raise
            self._silent = True
            self._watcher.restart()
            self._watcher.stage(UNSEEN)

    def _take(self, part: str, found: Any) -> None:  # noqa: ANN401
        if not any(self._heard.values()):
            self._watcher.stage(WRITING)
        self._heard[part] += 1
        try:
            if part == "title":
                self._title(text_of(found, 80))
            elif part == "line" and self._heard["line"] <= MOST_INGREDIENTS:
                self._line(WrittenIngredient.model_validate(found))
            elif part == "step" and self._heard["step"] <= MOST_STEPS:
                self._step(WrittenStep.model_validate(found))
        except ValidationError as error:
            raise Unfit("an ingredient or a step is not of the form that was asked for") from error

    def _title(self, written: str) -> None:
        """Before its list is known a title may name whatever the list may hold."""
        dish = empty_dish(self._dish.request, ())
        for food in self._chosen:
            dish.add(food)
        _need_none(_brought(dish, title=written))
        title = title_of(written, dish)
        if is_sound_title(title, dish) and not _brought(dish, title=title):
            self._dish.title = title
            self._watcher.title(title)

    def _line(self, written: WrittenIngredient) -> None:
        before = set(self._dish.foods)
        take_line(written, self._dish, self._chosen)
        self._show_lines(before)

    def _show_lines(self, before: set[str]) -> None:
        """The lines of foods that came into the dish since then, their amounts those of one food alone."""
        dish = self._dish
        for food in [food for name, food in dish.foods.items() if name not in before]:
            amount = amounts([food], dish.meant, dish.request, main=False)[food.name]
            line = line_of(food, amount, dish)
            shown = in_units(Recipe(title="", ingredients=(line,), instructions=()), dish.request.units)
            _need_none(_against(check_recipe(shown, dish.request.needs).findings))
            self._watcher.line(shown.ingredients[0])

    def _step(self, written: WrittenStep) -> None:
        """Cut and corrected as the whole is; what then is still against the needs is no less a finding."""
        dish, step = self._dish, step_of(written, self._dish)
        if not dish.foods or not step.text or step.text.casefold() in self._told:
            return
        self._told.add(step.text.casefold())
        _need_none(_brought(dish, step.text))
        before = set(dish.foods)
        kept = [without_strays(sentence, dish, self._chosen) for sentence in sentences(step.text)]
        step.text = " ".join(sentence for sentence in kept if sentence and not self._is_dangerous(sentence))
        self._show_lines(before)
        correct_heat(step, dish)
        _need_none(_brought(dish, step.text))
        shown = Recipe(title="", ingredients=(), instructions=instructions_of([step]) if step.text else ())
        for instruction in in_units(shown, dish.request.units).instructions:
            self._watcher.step(instruction)

    def _is_dangerous(self, sentence: str) -> bool:
        """Whether it tells of a danger: raw egg for someone pregnant, chicken that is washed or served pink."""
        before = _findings(self._dish, _COOKED)
        found = [each for each in _findings(self._dish, _COOKED, sentence) if each not in before]
        return any(is_fault(finding) and finding.kind == "hazard" for finding in found)


def _brought(dish: Dish, *texts: str, title: str | None = None) -> list[Finding]:
    """What this title or text brings up against the needs, beside the dish's list."""
    before = _findings(dish)
    return _against([found for found in _findings(dish, *texts, title=title) if found not in before])


def _findings(dish: Dish, *texts: str, title: str | None = None) -> tuple[Finding, ...]:
    recipe = Recipe(
        title=dish.title if title is None else title,
        ingredients=tuple(Ingredient(name=name) for name in dish.foods),
        instructions=tuple(Instruction(text=text) for text in texts if text),
    )
    return check_recipe(recipe, dish.request.needs).findings


def _against(findings: Sequence[Finding]) -> list[Finding]:
    """Those against what someone needs; whether all is cooked through, only the whole recipe can tell."""
    return [finding for finding in findings if is_fault(finding) and finding.kind != "hazard"]


def _need_none(against: Sequence[Finding]) -> None:
    for finding in against:
        raise Unfit(f"it names {finding.subject}, which is not among the foods", finding.kind)
