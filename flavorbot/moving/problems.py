"""What can be wrong with a move as a whole, and with one row of it."""

from __future__ import annotations

from flavorbot.errors import FlavorBotError


class CannotMove(FlavorBotError):
    """The move cannot begin, or cannot go on: what to do about it, in words for whoever runs this."""

    title = "This cannot be moved in"


class BadRow(Exception):
    """Why a row cannot come in, as a sentence."""


class NotWanted(Exception):
    """Why a row is left out though nothing is wrong with it."""
