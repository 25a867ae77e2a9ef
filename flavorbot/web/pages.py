"""What every template can use besides what its view passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask, request
from markupsafe import Markup, escape
from werkzeug.local import LocalProxy

from flavorbot.kitchen.doubts import may_contain
from flavorbot.kitchen.units import amount_text
from flavorbot.searching.words import hits, marks
from flavorbot.web import choices, finding
from flavorbot.web.people import person

# After a POST the next page says what was done, by `?done=`: a message in the session would cost storage calls.
DONE = {
    "saved": "Your recipe is saved.",
    "changed": "Your changes are saved.",
    "cooked": "It is noted that you cooked this.",
    "uncooked": "The entry is removed from what you cooked.",
    "taken": "The chef’s version is your recipe now.",
    "proposed": "This is the chef’s version. Save it to keep it.",
    "imported": "The recipe is in your box. It was read by a program: look once over amounts, steps and servings.",
    "import-deleted": "That import is forgotten. What came in stays in your box.",
    "deleted": "The recipe is deleted.",
    "restored": "The recipe is back.",
    "brought-back": "The earlier version is your recipe again. What it was until now is among the versions.",
    "noted": "Your note is saved.",
    "purged": "The recipe is deleted for good.",
    "emptied": "The bin is empty now.",
    "partly-emptied": "Part of the bin is deleted for good; empty it again for the rest.",
    "copied": "The recipe is in your box.",
    "shared": "The link is ready.",
    "unshared": "The link is taken back. It leads nowhere any more.",
    "mailed": "The recipe is on its way.",
    "mail-kept": "This site has no mail server yet: the mail was kept as a file, for whoever runs the site.",
    "collected": "The recipe’s collections are saved.",
    "collection-made": "The collection is made.",
    "collection-saved": "The collection is saved.",
    "collection-deleted": "The collection is deleted. Its recipes are still in your box.",
    "moved": "The recipe has its new place.",
    "removed": "The recipe is out of the collection. It is still in your box.",
    "account": "Your account is saved.",
    "needs": "Your account is saved. Your saved recipes were looked through for what you changed.",
    "passkey-added": "The passkey is added. From now on you can sign in with it, without your password.",
    "passkey-deleted": "That passkey opens nothing here any more. Delete it on your device, too.",
    "second-factor-off": "The second factor is off. Your password alone signs you in.",
    "password-reset": "Your new password is set, and you are signed out everywhere. Sign in with it.",
    "password-changed": "Your password is changed.",
    "confirmed": "Your address is confirmed.",
    "moved-address": "Your new address is confirmed. Sign in with it from now on.",
    "move-mailed": "If the new address can be used, a mail with a link is on its way to it. Until then yours stays.",
    "confirm-mailed": "The mail is on its way.",
    "linked": "That sign-in is linked. It opens your account from now on.",
    "unlinked": "That sign-in opens your account no more.",
    "token-ended": "That token opens nothing any more.",
    "ended": "That device is signed out.",
    "others-ended": "All your other devices are signed out.",
    "signed-out": "You are signed out.",
}


def init_app(app: Flask) -> None:
    """Add the globals and filters; `person` and `done` are asked for only where a template uses them."""
    app.jinja_env.globals.update(
        person=LocalProxy(person), done=LocalProxy(done), choices=choices, amount_text=amount_text
    )
    app.jinja_env.globals["list_address"] = finding.address
    # A model takes its time: where one cooks, pages show the recipe while it is written.
    app.jinja_env.globals["streams"] = app.extensions["flavorbot"].settings.model is not None
    app.jinja_env.globals["issuers"] = app.extensions["flavorbot"].settings.issuers
    app.jinja_env.filters.update(minutes=minutes, date=date, day=day, duration=duration)
    app.jinja_env.filters.update(label=choices.label, marked=marked, hits=hits, may_contain=may_contain)


def done() -> str | None:
    """What the request before this one did."""
    return DONE.get(request.args.get("done", ""))


def minutes(value: int | None) -> str:
    """80 is "1 h 20 min"."""
    if value is None:
        return ""
    hours, rest = divmod(value, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def date(value: datetime | None) -> str:
    """Such as "1 December 2026", in UTC."""
    return f"{value.astimezone(UTC):%-d %B %Y}" if value else ""


def day(value: str) -> str:
    """A day `2026-12-01` is "1 December 2026"."""
    return f"{datetime.fromisoformat(value):%-d %B %Y}"


def marked(text: str, words: Sequence[tuple[str, bool]]) -> Markup:
    """The text with what was looked for in a `mark`."""
    if not words:
        return escape(text)
    return Markup().join(Markup("<mark>{}</mark>").format(piece) if hit else piece for piece, hit in marks(text, words))


def duration(seconds: int) -> str:
    """As a timer tells it: 90 is "1 min 30 s"."""
    whole, rest = divmod(seconds, 60)
    return " ".join(part for part in (minutes(whole) if whole else "", f"{rest} s" if rest else "") if part)
