"""The pages, the JSON and what surrounds every answer."""

from __future__ import annotations

from flask import Flask

from flavorbot.web import (
    about,
    account,
    activity,
    api,
    assets,
    bin,
    bulk,
    bulk_collections,
    chef,
    collections,
    cook_mode,
    drafts,
    errors,
    exports,
    guard,
    headers,
    health,
    history,
    home,
    identities,
    imports,
    login,
    logs,
    metrics,
    mydata,
    notes,
    outside,
    pages,
    passkeys,
    people,
    pictures,
    printing,
    public,
    reauth,
    recipes,
    recovery,
    remembered,
    second_factor,
    shares,
    tags,
    tokens,
    usage,
    ways_in,
    zips,
)
from flavorbot.web.services import Services


def init_app(app: Flask, services: Services) -> None:
    """Attach everything that answers requests. What is attached first sees a request first, and its answer last."""
    app.extensions["flavorbot"] = services
    logs.init_app(app)
    headers.init_app(app, services)
    assets.init_app(app)
    guard.init_app(app, services.settings)
    people.init_app(app)
    pages.init_app(app)
    remembered.init_app(app)
    errors.init_app(app)
    app.url_map.converters["provider"] = outside.ProviderConverter
    for part in (
        health, metrics, home, about, drafts, recipes, bin, notes, history, printing, pictures, cook_mode, exports,
        zips, imports, shares, public, bulk, bulk_collections, collections, tags, chef, usage, login, recovery,
        outside, identities,
        account, ways_in, activity, reauth, passkeys, second_factor, tokens, mydata, api,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
