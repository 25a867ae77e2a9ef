"""The parts that views work with, handed over once when the application is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app

from flavorbot.browser_marks import BrowserMarks
from flavorbot.counting import Counting, Keeper, LogNames
from flavorbot.erasing import Sweeper
from flavorbot.fetching import Fetched
from flavorbot.interfaces import IChef, IGenerator, IMailer, IMetrics, IStorage
from flavorbot.pictures import Picture
from flavorbot.second_factors import AppKeys
from flavorbot.settings import Settings
from flavorbot.sharing import Tokens

if TYPE_CHECKING:
    from flavorbot.outside import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """`now` gives the time as an aware UTC datetime; `fetch` and `fetch_picture` read the web.

    `sweeper` finishes what a request began; `providers` sign people in from outside, by their names in addresses.
    `sweeper` finishes what a request began; `keeper` keeps what was counted. `metrics` is None where nobody may ask.
    """

    storage: IStorage
    generator: IGenerator
    chef: IChef
    mailer: IMailer
    share_tokens: Tokens
    app_keys: AppKeys
    browser_marks: BrowserMarks
    counting: Counting
    keeper: Keeper
    metrics: IMetrics | None
    log_names: LogNames
    settings: Settings
    now: Callable[[], datetime]
    fetch: Callable[[str], Fetched]
    fetch_picture: Callable[[str], Picture]
    sweeper: Sweeper
    providers: Mapping[str, Provider]


def services() -> Services:
    """Those of the application that answers this request."""
    found: Services = current_app.extensions["flavorbot"]
    return found
