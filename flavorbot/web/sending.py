"""Sending a recipe by mail: to a few addresses, not often."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flavorbot.accounts import MAX_EMAIL, clean_email, fold_email
from flavorbot.errors import FieldError, FlavorBotError, InvalidInput, MailError, TooManyRequests
from flavorbot.model import Recipe, Share
from flavorbot.web.fields import printable
from flavorbot.web.logs import log_event
from flavorbot.web.people import signed_in
from flavorbot.web.rates import check_rate
from flavorbot.web.recipe_mail import recipe_mail
from flavorbot.web.services import services
from flavorbot.web.share_schemas import SendInput

DAY_S = 86_400
MAILS_A_DAY = 10
MAILS_TO_ONE_A_DAY = 3
MOST_ADDRESSES = 5


class NotSent(FlavorBotError):
    """Some of the mails, or all, did not go out; `left` are the addresses that got none."""

    def __init__(self, gone: Sequence[str], left: Sequence[str], why: FlavorBotError) -> None:
        parts = f"Sent to {', '.join(gone)}. About {', '.join(left)}: " if gone else ""
        super().__init__(parts + why.detail)
        self.left = left
        self.status = why.status


def send_recipe(recipe: Recipe, sent: SendInput, link: Callable[[], Share]) -> None:
    """A mail to each address, so that nobody learns the others; `InvalidInput`, `TooManyRequests`, `NotSent`."""
    to = _addresses(sent.to)
    _check_mails(to)
    share, gone = link(), list[str]()
    refused: dict[str, FlavorBotError] = {}
    for address in to:
        try:
            services().mailer.send(recipe_mail(recipe, share, to=address, sender=sent.name, message=sent.message))
        except (InvalidInput, MailError) as error:
            log_event("mail failed", recipe=recipe.id or "", kind=type(error).__name__)
            refused[address] = error
            if isinstance(error, MailError):  # A server that does not answer is not asked again for every address.
                break
        else:
            log_event("recipe mailed", recipe=recipe.id or "")
            gone.append(address)
    if refused:
        raise NotSent(gone, [each for each in to if each not in gone], list(refused.values())[-1])


def _addresses(text: str) -> list[str]:
    """Every address once; `InvalidInput` for the first that is none."""
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not 1 <= len(parts) <= MOST_ADDRESSES:
        raise InvalidInput([FieldError("to", f"Give at least one address, and at most {MOST_ADDRESSES}.")])
    return list({fold_email(part): _address(part) for part in parts}.values())


def _address(text: str) -> str:
    try:
        return clean_email(text)
    except InvalidInput:
        shown = printable(text if len(text) <= MAX_EMAIL else f"{text[:MAX_EMAIL]}…")
        raise InvalidInput([FieldError("to", f"“{shown}” is not an e-mail address.")]) from None


def _check_mails(to: Sequence[str]) -> None:
    """Nobody sends many, and nobody gets many, whoever they come from."""
    try:
        for _ in to:
            check_rate("mail", f"account {signed_in().id}", MAILS_A_DAY, DAY_S)
    except TooManyRequests as error:
        raise _tomorrow(f"You can send {MAILS_A_DAY} mails a day, and this would be more.", error) from None
    for each in to:
        try:
            check_rate("mail", f"recipient {fold_email(each)}", MAILS_TO_ONE_A_DAY, DAY_S)
        except TooManyRequests as error:
            raise _tomorrow(f"No more recipes can be sent to {each} today.", error) from None


def _tomorrow(told: str, error: TooManyRequests) -> TooManyRequests:
    return TooManyRequests(f"{told} Nothing was sent; try again tomorrow.", error.resets_at)
