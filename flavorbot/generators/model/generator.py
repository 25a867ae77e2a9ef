"""A language model that cooks with allowed foods alone; what it writes is mended, checked, or not served at all."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import BoundedSemaphore

from flavorbot.errors import Abandoned, GeneratorBusy, InvalidInput
from flavorbot.generators.builtin.naming import shown
from flavorbot.generators.builtin.request import Request, read_request
from flavorbot.generators.model.answers import read_answer
from flavorbot.generators.model.breaker import Breaker
from flavorbot.generators.model.choosing import choose, foods_of, needed_foods
from flavorbot.generators.model.client import ModelClient
from flavorbot.generators.model.dialects import Question
from flavorbot.generators.model.failures import ModelFailed, Unfit
from flavorbot.generators.model.prompts import question
from flavorbot.generators.model.serving import serve, unmet
from flavorbot.generators.model.showing import Showing
from flavorbot.generators.model.streaming import Listener
from flavorbot.interfaces import IGenerator, IWatcher
from flavorbot.model import Generated, Notice, Recipe, Tokens, Wish

ASKING = "Asking the language model for a recipe"
AGAIN = "Something in it did not pass our check, so it is written anew"
WHOLE = "Checking the recipe as a whole"
_WORTH_TRYING = 0.8
"""A second try is begun when there is this much of the first one's time left."""

logger = logging.getLogger(__name__)


class ModelGenerator:
    """Recipes from a language model; the fallback's when it fails, which a notice then says."""

    name = "model"

    def __init__(
        self,
        client: ModelClient,
        fallback: IGenerator,
        *,
        deadline_s: float,
        calls: int,
        breaker: Breaker | None = None,
    ) -> None:
        """`deadline_s` holds for everything that is asked for one recipe; `calls` may run at once."""
        self._client = client
        self._fallback = fallback
        self._deadline_s = deadline_s
        self._places = BoundedSemaphore(calls)
        self._breaker = breaker or Breaker()

    def generate(self, wish: Wish, watcher: IWatcher | None = None) -> Generated:
        """The model's recipe, else the fallback's; `InvalidInput` where neither has one, `GeneratorBusy`.

        For a watcher the model is asked to stream; whoever has none is answered all at once.
        """
        request, spent = read_request(wish), list[Tokens]()
        with self._place():
            ready = self._ready(wish)
            plan = ready.recipe if isinstance(ready, Generated) else None
            try:
                recipe = self._written(request, wish.wish, plan, watcher, spent)
            except Abandoned:
                raise Abandoned(_sum(spent)) from None
            except ModelFailed as failed:
                logger.warning("%s", failed)
                told = failed.told
            except Exception:
                logger.exception("a model's recipe could not be put right")
                told = "wrote a recipe that we could not use"
            else:
                notices = (*request.notices, *_unused(request, recipe), *_missed(request, recipe))
                return Generated(recipe, notices, wish, _sum(spent))
        if isinstance(ready, InvalidInput):
            ready.tokens = _sum(spent)
            raise ready
        _tell(watcher, f"The language model {told}, so FlavorBot’s own kitchen is cooking", anew=True)
        why = f"The language model {told}, so FlavorBot’s own kitchen made this recipe. It is not counted."
        notice = Notice("fallback", "model", why)
        return replace(ready, notices=(notice, *ready.notices), tokens=_sum(spent))

    def refine(self, wish: Wish, recipe: Recipe, instruction: str) -> Generated:
        """The fallback's answer: it compares the recipes before and after, and tells only what came about."""
        return self._fallback.refine(wish, recipe, instruction)

    def ask(self, asked: Question, deadline: float, spent: list[Tokens]) -> str:
        """The model's answer to any other question, within the same limits; `ModelFailed`, `GeneratorBusy`.

        What it takes is added to `spent`, also where it fails.
        """
        with self._place():
            return self._answer(asked, deadline, None, spent)

    def _ready(self, wish: Wish) -> Generated | InvalidInput:
        """What the fallback cooks, or why it does not."""
        try:
            return self._fallback.generate(wish)
        except InvalidInput as refusal:
            return refusal

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise GeneratorBusy("Many recipes are being cooked just now, and yours was not counted. Try again soon.")
        try:
            yield
        finally:
            self._places.release()

    def _written(
        self, request: Request, typed: str, plan: Recipe | None, watcher: IWatcher | None, spent: list[Tokens]
    ) -> Recipe:
        """A recipe of the model's that holds, from the first try or the second; what each took is added to `spent`."""
        begun = time.monotonic()
        deadline = begun + self._deadline_s
        chosen = choose(request, plan)
        refused, why = "", ""
        for second in (False, True):
            asked = question(request, typed, chosen, plan, refused)
            _tell(watcher, AGAIN if second else ASKING, anew=second)
            needed = needed_foods(request, plan)
            listener = Showing(request, chosen, needed, watcher, to_the_end=second) if watcher else None
            try:
                answer = self._answer(asked, deadline, listener, spent)
                _tell(watcher, WHOLE)
                return serve(read_answer(answer), request, chosen, plan, self._client.model)
            except Unfit as unfit:
                refused, why = str(unfit), unfit.logged
                logger.info("a model's recipe was refused: %s", why)
            now = time.monotonic()
            if deadline - now < _WORTH_TRYING * (now - begun):
                break
        raise ModelFailed("wrote no recipe that passed our check", why, of_service=False)

    def _answer(self, asked: Question, deadline: float, listener: Listener | None, spent: list[Tokens]) -> str:
        """What the model says, unless its server is being left alone."""
        if not self._breaker.allows():
            raise ModelFailed("has failed several times and is left alone for a moment", of_service=False)
        try:
            answer = self._client.ask(asked, deadline, listener)
        except Abandoned:
            spent.append(Tokens())
            raise
        except Unfit:
            spent.append(Tokens())  # a server that is stopped does not tell what it took
            self._breaker.succeeded()
            raise
        except ModelFailed as failed:
            spent.append(failed.tokens)
            if failed.of_service:
                self._breaker.failed(failed.rest_s)
            else:
                self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        spent.append(answer.tokens)
        return answer.text


def _sum(spent: list[Tokens]) -> Tokens | None:
    """Of all tries; None where there was none."""
    return sum(spent, Tokens()) if spent else None


def _tell(watcher: IWatcher | None, stage: str, *, anew: bool = False) -> None:
    if watcher is None:
        return
    if anew:
        watcher.restart()
    watcher.stage(stage)


def _unused(request: Request, recipe: Recipe) -> Iterator[Notice]:
    used = {food.name for food in foods_of(recipe)}
    for food in request.foods:
        if food.name not in used:
            message = f"We left out {shown(food, plural=True)}: this dish has no good place for it."
            yield Notice("unused", shown(food), message)


def _missed(request: Request, recipe: Recipe) -> Iterator[Notice]:
    for wanted in unmet(recipe, request):
        yield Notice("conflict", wanted, f"We found nothing {wanted} that fits everything else you asked for.")
