"""`flask model-check` says what works and what to do about the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from flavorbot.cli import model_check
from tests.generators.model.server import Answer, Server, gives, refuses, says, streams


def check(address: str, **settings: str) -> tuple[int, str]:
    """Run the command with these settings; gives its exit code and all that it said."""
    env = {"FLAVORBOT_MODEL": "test-model", "OPENAI_BASE_URL": address, "OPENAI_API_KEY": "a-key", **settings}
    done = CliRunner().invoke(model_check, env=env, catch_exceptions=False)
    return done.exit_code, done.output


def test_all_that_works_is_listed(server: Server) -> None:
    server.answers = [streams]
    code, said = check(server.address)
    assert code == 0
    lines = said.splitlines()
    assert lines[0].startswith(f"works  ask test-model at {server.address}: answered in")
    assert lines[1:] == ["works  JSON by a schema", "works  the answer is JSON", "works  streaming", "It can cook."]


def test_what_a_server_lacks_is_told_and_can_be_lived_with(server: Server) -> None:
    server.answers = [refuses(400, "response_format"), says('{"dish": "soup"}'), refuses(500)]
    code, said = check(server.address)
    assert code == 0
    assert "fails  JSON by a schema: refused by this server; the next one is used" in said
    assert "works  JSON objects" in said
    assert "fails  streaming: the model had a fault of its own (status 500); recipes are cooked without it" in said


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        (refuses(401), "check OPENAI_API_KEY"),
        (refuses(404), "check FLAVORBOT_MODEL, and OPENAI_BASE_URL, which usually ends in /v1"),
        (refuses(429), "wait, or raise the limits of this key"),
        (gives(b"<h1>Hi</h1>", "text/html"), "check OPENAI_BASE_URL"),
        (says("Soup it is."), "take a model that follows instructions"),
    ],
)
def test_what_keeps_it_from_cooking_has_a_remedy(server: Server, answer: Answer, remedy: str) -> None:
    server.answers = [answer]
    code, said = check(server.address)
    assert code == 1
    assert remedy in said
    assert said.endswith("It cannot cook; the built-in generator does until this is mended.\n")
    assert "a-key" not in said


def test_a_dead_server_has_a_remedy(nobody: str) -> None:
    code, said = check(nobody)
    assert code == 1
    assert "check OPENAI_BASE_URL, and that the server runs" in said


def test_without_a_model_there_is_nothing_to_check() -> None:
    code, said = check("http://127.0.0.1:1", FLAVORBOT_MODEL="")
    assert (code, "FLAVORBOT_MODEL" in said) == (1, True)


def test_bad_settings_are_one_clear_line(tmp_path: Path) -> None:
    code, said = check("nowhere")
    assert (code, said.count("\n")) == (1, 1)
    assert "OPENAI_BASE_URL must be" in said
