"""The OpenAPI document says what the application does, and schemathesis finds nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from flavorbot.addresses import NotOnTheWeb
from flavorbot.fetching import Fetched
from flavorbot.web.services import Services
from tests.web.conftest import MakeApp, browser, sign_up
from tests.web.scripted import script

CONFIG = Path(__file__).parents[2] / "schemathesis.toml"
# These end the session that the other requests need.
ENDING = {"POST /api/v1/auth/logout", "DELETE /api/v1/sessions/{sid}"}
EXAMPLES = 12


@pytest.fixture
def api(make_app: MakeApp) -> Flask:
    app = make_app()
    script(app)
    found: Services = app.extensions["flavorbot"]
    app.extensions["flavorbot"] = replace(found, fetch=_nowhere)
    return app


def _nowhere(_: str) -> Fetched:
    raise NotOnTheWeb


@pytest.fixture
def document(api: Flask) -> dict[str, Any]:
    found: dict[str, Any] = browser(api).get("/api/v1/openapi.json").get_json()
    return found


def test_every_endpoint_is_described(api: Flask, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in api.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/api/") and method not in ("HEAD", "OPTIONS")
    }
    described = {(path, method) for path, item in document["paths"].items() for method in item}
    assert described == served - {("/api/v1/openapi.json", "get")}


def test_operations_are_named_and_explained(document: dict[str, Any]) -> None:
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"].endswith(".") for operation in operations)


def test_errors_are_problems(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            errors = {status: each for status, each in operation["responses"].items() if status >= "400"}
            assert {"400", "503"} <= set(errors)
            assert all(list(each["content"]) == ["application/problem+json"] for each in errors.values())


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_schemathesis_finds_nothing(api: Flask, mode: GenerationMode) -> None:
    client = browser(api)
    sign_up(client)
    ids = {"recipe_id": client.post("/api/v1/recipes", json={"title": "Egg", "ingredients": ["egg"]}).get_json()["id"]}
    for operation in operations(api):
        takes_something = operation.body or operation.query or operation.headers or operation.path_parameters
        if mode is GenerationMode.POSITIVE or takes_something:
            try_operation(operation, mode, client.cookie or "", ids)


def operations(api: Flask) -> list[Any]:
    """Those that leave the session alone, the one that deletes last."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", api, config=SchemathesisConfig.from_path(CONFIG))
    found: list[Any] = [each.ok() for each in schema.get_all_operations()]  # type: ignore[union-attr]
    return sorted((each for each in found if each.label not in ENDING), key=lambda each: each.method == "delete")


def try_operation(operation: Any, mode: GenerationMode, cookie: str, ids: dict[str, str]) -> None:  # noqa: ANN401
    """Send what fits the schema, or what does not, and let every check of schemathesis look at the answer."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:  # noqa: ANN401
        if mode is GenerationMode.POSITIVE:
            case.path_parameters.update({name: ids[name] for name in case.path_parameters if name in ids})
        case.call_and_validate(headers={"Sec-Fetch-Site": "same-origin"}, cookies={"flavorbot": cookie})

    send()
