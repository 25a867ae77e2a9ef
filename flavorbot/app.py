"""The one place where FlavorBot's parts are joined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from flavorbot import cli, sessions, web
from flavorbot.browser_marks import BrowserMarks
from flavorbot.chef import open_chef
from flavorbot.counting import Counting, Keeper, LogNames
from flavorbot.erasing import Sweeper
from flavorbot.fetching import fetch_page
from flavorbot.generators import open_generator
from flavorbot.interfaces import IGenerator, IMetrics, IStorage
from flavorbot.mail import open_mailer
from flavorbot.pictures import fetch_picture
from flavorbot.second_factors import AppKeys
from flavorbot.secret import load_secret
from flavorbot.settings import Settings
from flavorbot.sharing import Tokens
from flavorbot.storage import open_storage
from flavorbot.watching import open_watches
from flavorbot.web.services import Services

if TYPE_CHECKING:
    from flavorbot.outside import Provider

ROOT = Path(__file__).resolve().parent.parent


def create_app(
    settings: Settings | None = None, *, storage: IStorage | None = None, generator: IGenerator | None = None
) -> Flask:
    """Build the application; what is not given comes from the environment. Raises `SettingsError`."""
    settings = settings or Settings.from_env()
    secret = load_secret(settings)
    cook = generator or open_generator(settings)
    watches = open_watches(settings)
    counting = Counting(_now, *watches)
    storage = storage or open_storage(settings, secret, on_done=counting.storage_call)
    services = Services(
        storage=storage,
        generator=cook,
        chef=open_chef(settings, cook),
        mailer=open_mailer(settings),
        share_tokens=Tokens(secret),
        app_keys=AppKeys(secret),
        browser_marks=BrowserMarks(secret),
        counting=counting,
        keeper=Keeper(storage, counting),
        metrics=next((watch for watch in watches if isinstance(watch, IMetrics)), None),
        log_names=LogNames(secret),
        settings=settings,
        now=_now,
        fetch=fetch_page,
        fetch_picture=fetch_picture,
        sweeper=Sweeper(storage),
        providers=_providers(settings),
    )
    app = Flask("flavorbot", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    sessions.init_app(app, services.storage, settings, secret, services.now, counting.session)
    web.init_app(app, services)
    cli.init_app(app)
    return app


def _providers(settings: Settings) -> Mapping[str, Provider]:
    """Those of the settings; what speaks with them is loaded only where there are any."""
    if not settings.issuers:
        return {}
    from flavorbot.outside import Provider

    return {issuer.name: Provider(issuer) for issuer in settings.issuers}


def _now() -> datetime:
    return datetime.now(UTC)
