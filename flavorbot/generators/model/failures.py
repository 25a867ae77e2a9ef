"""Why a language model gave no recipe."""

from __future__ import annotations

from flavorbot.model import Tokens


class ModelFailed(Exception):
    """No recipe came of it; `told` ends a sentence for people that begins "The language model".

    `detail` and `remedy` are for whoever runs this, and hold nothing of what people typed. `of_service` is False where
    the server did its part and only the recipe was no good. `rest_s` is how long the server asked to be left alone,
    `tokens` what its answer took nevertheless.
    """

    def __init__(
        self,
        told: str,
        detail: str = "",
        *,
        remedy: str = "",
        of_service: bool = True,
        rest_s: float | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        super().__init__(f"the model {told}" + (f" ({detail})" if detail else ""))
        self.told = told
        self.remedy = remedy
        self.of_service = of_service
        self.rest_s = rest_s
        self.tokens = tokens or Tokens()


class Unfit(Exception):
    """The recipe cannot be served; the message tells the model why, `logged` the log, which holds no typed words."""

    def __init__(self, why: str, logged: str = "") -> None:
        super().__init__(why)
        self.logged = logged or why
