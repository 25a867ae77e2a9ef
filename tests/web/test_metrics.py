"""`/metrics` and the lines of the log: what they tell, and to whom."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from flavorbot.app import create_app
from flavorbot.json_lines import JsonLines, current_request
from flavorbot.model import Plan
from flavorbot.settings import DEFAULT_PLANS, Settings
from tests.generators.model.conftest import good_recipe
from tests.generators.model.server import Server, pours
from tests.web.client import CarefulClient
from tests.web.conftest import REGION, TABLE, MakeApp, browser, sign_in, sign_up

TOKEN = "a token for metrics".replace(" ", "-")
KEY = {"Authorization": f"Bearer {TOKEN}"}
WISH = {"ingredients": ["rice", "eggs", "onion"], "servings": 2}


def an_app(**settings: Any) -> Flask:  # noqa: ANN401
    """As shipped: its storage tells it of each call."""
    known: dict[str, Any] = {"secret_key": "a secret for tests", "rates": False, "metrics_token": TOKEN}
    app = create_app(Settings(**known | settings))
    app.test_client_class = CarefulClient
    return app


def counted(client: CarefulClient) -> dict[str, float]:
    """Each sample by its name and labels."""
    answer = client.get("/metrics", headers=KEY)
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    return {
        " ".join([sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_only_whoever_has_the_token_is_told(make_app: MakeApp, client: CarefulClient, calls: list[str]) -> None:
    asked = browser(make_app(metrics_token=TOKEN))
    assert asked.get("/metrics", headers=KEY).status_code == 200
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Cookie": TOKEN}):
        assert asked.get("/metrics", headers=headers).status_code == 404
    assert asked.get(f"/metrics?token={TOKEN}").status_code == 404
    assert client.get("/metrics", headers=KEY).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    assert calls == []


def test_in_production_it_is_asked_for_by_address(make_app: MakeApp) -> None:
    app = make_app(metrics_token=TOKEN, env="production", public_url="https://cook.example")
    assert browser(app).get("/metrics", headers=KEY | {"Host": "10.0.0.7:8000"}).status_code == 200


def test_what_is_told_of_a_visit(tmp_path: Path) -> None:
    app = an_app(data_dir=tmp_path, plans={**DEFAULT_PLANS, "free": Plan("free", recipes=1, questions=0, saved=0)})
    ada = browser(app)
    sign_up(ada)
    first = ada.post("/api/v1/generate", json=WISH, headers={"Idempotency-Key": "9d7bfb5e-0d0c-4d54-9a86-df6d0b1a1d3b"})
    again = ada.post("/api/v1/generate", json=WISH, headers={"Idempotency-Key": "9d7bfb5e-0d0c-4d54-9a86-df6d0b1a1d3b"})
    assert first.get_json()["draft_id"] == again.get_json()["draft_id"]
    assert ada.post("/api/v1/generate", json=WISH).status_code == 429
    assert ada.post("/generate", data={"ingredients": "rice"}).status_code == 429
    assert ada.post("/api/v1/generate", json={"ingredients": ["rice"], "servings": 99}).status_code == 422
    draft = first.get_json()["draft_id"]
    assert ada.post("/recipes", data={"draft_id": draft}).status_code == 403
    assert ada.post(f"/drafts/{draft}/ask", data={"question": "for 8"}).status_code == 429
    ada.post("/logout")
    sign_in(ada)
    ada.open("/nowhere/of/mine", method="BREW")
    found = counted(ada)
    assert found["flavorbot_generations_total outcome=made"] == 1
    assert found["flavorbot_generations_total outcome=repeated"] == 1
    assert found["flavorbot_generations_total outcome=spent"] == 2
    assert found["flavorbot_allowance_refusals_total what=recipes"] == 2
    assert found["flavorbot_allowance_refusals_total what=questions"] == 1
    assert found["flavorbot_allowance_refusals_total what=box"] == 1
    assert found["flavorbot_sessions_total what=begun"] == 2
    assert found["flavorbot_sessions_total what=ended"] == 1
    assert found["flavorbot_requests_total method=POST route=/api/v1/generate status=2xx"] == 2
    assert found["flavorbot_requests_total method=POST route=/api/v1/generate status=4xx"] == 2
    assert found["flavorbot_requests_total method=other route=none status=4xx"] == 1
    assert found["flavorbot_request_seconds_count route=/api/v1/generate"] == 4
    assert found["flavorbot_storage_calls_total kind=reserve_draft outcome=refused"] == 2
    assert found["flavorbot_storage_seconds_count kind=create_user"] == 1
    assert "mine" not in " ".join(found)


def lines(caplog: pytest.LogCaptureFixture, route: str) -> list[dict[str, Any]]:
    told = (json.loads(message) for message in caplog.messages if message.startswith("{"))
    return [line for line in told if line.get("route") == route]


def test_a_line_tells_calls_and_units(aws: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flavorbot")
    ada = browser(an_app(table_name=TABLE, region=REGION))
    user_id = sign_up(ada)
    ada.get("/recipes")
    (line,) = lines(caplog, "/recipes")
    assert (line["calls"], line["read_units"] > 0, line["write_units"]) == (2, True, 0)
    (registered,) = lines(caplog, "/api/v1/auth/register")
    assert registered["write_units"] > 0
    assert line["person"] == registered["person"] == ada.application.extensions["flavorbot"].log_names.of(user_id)
    assert user_id not in caplog.text
    assert counted(ada)["flavorbot_capacity_units_total kind=read"] >= line["read_units"]


def test_what_storing_the_session_takes_is_in_the_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flavorbot")
    guest = browser(an_app(data_dir=tmp_path))
    assert guest.post("/generate", data={"ingredients": "rice, eggs, onion"}).status_code == 303
    (line,) = lines(caplog, "/generate")
    assert line["calls"] == 3  # the claim, the result, and the guest's new session


def test_a_stream_is_told_of_when_it_ends(tmp_path: Path, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flavorbot")
    server.answers = [pours(json.dumps(good_recipe()))]
    model = {"model": "test-model", "model_url": server.address, "model_deadline_s": 5}
    ada = browser(an_app(data_dir=tmp_path, **model))
    sign_up(ada)
    answer = ada.post("/api/v1/generate", json=WISH, headers={"Accept": "text/event-stream"})
    assert "event: recipe" in answer.text
    (line,) = lines(caplog, "/api/v1/generate")
    assert line["calls"] == 4  # the session, from another thread the claim and the result, and what is left
    assert counted(ada)["flavorbot_generations_total outcome=made"] == 1


def test_other_lines_are_json_too() -> None:
    record = logging.LogRecord("flavorbot.health", logging.WARNING, "", 1, "not ready: %s", ("a\nb",), None)
    assert "request_id" not in json.loads(JsonLines().format(record))
    mark = current_request.set("a-request")
    line = json.loads(JsonLines().format(record))
    current_request.reset(mark)
    assert line["request_id"] == "a-request"
    assert (line["level"], line["logger"], line["message"]) == ("warning", "flavorbot.health", "not ready: a\nb")
    assert datetime.fromisoformat(line["at"]).tzinfo == UTC
    assert "\n" not in JsonLines().format(record)
