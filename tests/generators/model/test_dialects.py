"""Servers differ; how one wants to be asked is found out once and kept."""

from __future__ import annotations

from typing import Any

import pytest

from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.dialects import Dialect
from tests.generators.model.conftest import WISH, MakeGenerator, fallback_told, good_recipe
from tests.generators.model.server import Server, refuses, writes

GOOD = writes(good_recipe())


def format_of(request: dict[str, Any]) -> str:
    return str(request.get("response_format", {}).get("type", "plain"))


def test_a_schema_is_asked_for_first(model: ModelGenerator, server: Server) -> None:
    server.answers = [GOOD]
    model.generate(WISH)
    form = server.requests[0]["response_format"]["json_schema"]
    assert form["strict"] is True
    assert "chicken breast" in form["schema"]["properties"]["ingredients"]["items"]["properties"]["id"]["enum"]
    assert server.headers[0]["authorization"] == "Bearer a-key"


@pytest.mark.parametrize("status", [400, 422, 500, 501])
def test_a_refused_schema_is_not_asked_for_again(model: ModelGenerator, server: Server, status: int) -> None:
    server.answers = [refuses(status, "response_format.type json_schema is not supported"), GOOD]
    assert fallback_told(model.generate(WISH)) == ""
    model.generate(WISH)
    assert [format_of(request) for request in server.requests] == ["json_schema", "json_object", "json_object"]
    assert "properties" in server.requests[1]["response_format"]["schema"]


def test_plain_json_is_the_last_resort(model: ModelGenerator, server: Server) -> None:
    server.answers = [refuses(400, "unknown field response_format")] * 2 + [GOOD]
    assert fallback_told(model.generate(WISH)) == ""
    assert [format_of(request) for request in server.requests] == ["json_schema", "json_object", "plain"]


def test_a_plain_500_is_a_fault_not_a_dialect(model: ModelGenerator, server: Server) -> None:
    server.answers = [refuses(500, "out of memory"), GOOD]
    assert "had a fault of its own" in fallback_told(model.generate(WISH))
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["temperature", "seed"])
def test_settings_that_a_server_refuses_are_left_out(model: ModelGenerator, server: Server, name: str) -> None:
    server.answers = [refuses(400, f"Unsupported value: '{name}' is not supported with this model."), GOOD]
    assert fallback_told(model.generate(WISH)) == ""
    assert (name in server.requests[0], name in server.requests[1]) == (True, False)


def test_tokens_go_by_either_name(model: ModelGenerator, server: Server) -> None:
    server.answers = [refuses(400, "'max_tokens' is not supported. Use 'max_completion_tokens' instead."), GOOD]
    assert fallback_told(model.generate(WISH)) == ""
    assert "max_tokens" not in server.requests[1]
    assert server.requests[1]["max_completion_tokens"] > server.requests[0]["max_tokens"]


def test_refusing_everything_ends(model: ModelGenerator, server: Server) -> None:
    server.answers = [refuses(400, "response_format max_tokens max_completion_tokens temperature seed")]
    assert fallback_told(model.generate(WISH))
    assert len(server.requests) <= 7


def test_each_server_is_learnt_by_itself(make_generator: MakeGenerator, server: Server) -> None:
    server.answers = [refuses(400, "response_format"), GOOD]
    make_generator().generate(WISH)
    make_generator().generate(WISH)
    assert format_of(server.requests[-1]) == "json_schema"


@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_a_refusal_of_who_asks_changes_no_dialect(status: int) -> None:
    assert Dialect().after(status, "response_format") is None
