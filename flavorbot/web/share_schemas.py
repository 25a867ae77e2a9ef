"""What people and scripts may send to share a recipe."""

from __future__ import annotations

from typing import Annotated

from flavorbot.sharing import DAYS, LONGEST_DAYS, Terms
from flavorbot.web.fields import Whole, filled, line, lines
from flavorbot.web.schemas import Input


class ShareInput(Input):
    """How long a link works from now on; `published` lets search engines show it, left out it stays as it is."""

    days: Annotated[int, Whole(1, LONGEST_DAYS)] = DAYS
    published: bool | None = None

    def terms(self) -> Terms:
        return Terms(self.days, self.published)


class SendInput(Input):
    """Whom to send a recipe, several with commas between, with what words and in whose name."""

    to: Annotated[str, filled(2_000)]
    message: Annotated[str, lines(500)] = ""
    name: Annotated[str, line(80)] = ""
