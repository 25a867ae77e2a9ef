"""What FlavorBot is measured against, each as small as it can be: served by gunicorn as `tests.bench.apps:app`.

`BENCH_APP` names one: "constant" answers and does nothing else; "ours", "flask-session" and "cookie" have a session
kept by FlavorBot's interface, by Flask-Session in DynamoDB, or by Flask in its signed cookie. `/` does not look at it.
"""

from __future__ import annotations

import os
import secrets

from flask import Flask, session


def _ours(app: Flask) -> None:
    from flavorbot import sessions
    from flavorbot.settings import Settings
    from flavorbot.storage import open_storage
    from flavorbot.storage.clock import utcnow

    settings, secret = Settings.from_env(), b"a secret of thirty-two bytes ...."
    sessions.init_app(app, open_storage(settings, secret), settings, secret, utcnow, lambda _: None)


def _flask_session(app: Flask) -> None:
    import boto3
    from flask_session import Session

    table = boto3.resource("dynamodb", endpoint_url=os.environ["DYNAMODB_ENDPOINT"])
    app.config.update(SESSION_TYPE="dynamodb", SESSION_DYNAMODB=table, SESSION_DYNAMODB_TABLE="rival-sessions")
    Session(app)


def _cookie(app: Flask) -> None:
    app.secret_key = "a secret"


def make(name: str) -> Flask:
    """The application of that name."""
    app = Flask(__name__)
    keep = {"ours": _ours, "flask-session": _flask_session, "cookie": _cookie}.get(name)
    if keep:
        keep(app)
        app.add_url_rule("/read", "read", lambda: str(session.get("number")))
        app.add_url_rule("/write", "write", _write)
    app.add_url_rule("/", "constant", lambda: "constant")
    return app


def _write() -> str:
    session["number"] = secrets.randbelow(1_000_000)
    return "written"


app = make(os.environ.get("BENCH_APP", "constant"))
