"""Mails about one's account: the links that confirm, and notices of what was changed."""

from __future__ import annotations

from flask import request

from flavorbot.model import Mail, User
from flavorbot.sessions.browser import browser_name
from flavorbot.web.links import full_link
from flavorbot.web.services import services

NOT_YOU = "If that was not you, set a new password now: {forgot}"
SLOW_DOWN = "If you did not ask for this, you need not do anything: without the link nothing changes."


def confirm_mail(user: User, text: str) -> Mail:
    return _mail(
        user.email,
        "Confirm your address for FlavorBot",
        f"An account was made with this address, in {_where()}. To confirm that it is yours, open this link within a "
        "day and type the password you chose:",
        full_link("recovery.confirm", token=text),
        SLOW_DOWN,
    )


def known_mail(user: User) -> Mail:
    """For whoever registers a second time, or somebody else with their address."""
    return _mail(
        user.email,
        "You already have a FlavorBot account",
        f"Somebody registered with this address, in {_where()}. It has an account already, and nothing was changed.",
        f"Sign in: {full_link('auth.login')}",
        f"Forgot the password? {full_link('recovery.forgot')}",
    )


def reset_mail(user: User, text: str) -> Mail:
    return _mail(
        user.email,
        "A new password for FlavorBot",
        f"A new password was asked for, in {_where()}. To choose it, open this link within an hour:",
        full_link("recovery.reset", token=text),
        SLOW_DOWN,
    )


def move_mail(email: str, text: str) -> Mail:
    return _mail(
        email,
        "Confirm your new address for FlavorBot",
        "This is to become the address of a FlavorBot account. To confirm it, open this link within a day; where you "
        "are not signed in, it asks for your password:",
        full_link("recovery.confirm", token=text),
        SLOW_DOWN,
    )


def address_taken_mail(email: str) -> Mail:
    return _mail(
        email,
        "Your address is in use at FlavorBot",
        "Somebody wanted to use this address for another account. It has an account already, and nothing was changed.",
    )


def notice_mail(to: str, what: str, more: str = "") -> Mail:
    """That something was done to the account; `what` is a sentence without its stop, `more` what follows from it."""
    told = f"{what}: on {services().now():%-d %B %Y at %H:%M} UTC, in {_where()}."
    return _mail(to, what, f"{told} {more}".strip(), NOT_YOU.format(forgot=full_link("recovery.forgot")))


def _where() -> str:
    return browser_name(request.user_agent.string).replace("Unknown", "an unknown")


def _mail(to: str, subject: str, *paragraphs: str) -> Mail:
    return Mail(to=to, subject=subject, text="\n\n".join(("Hello,", *paragraphs, "FlavorBot")) + "\n")
