"""Starting FlavorBot: what cannot work is said in one line, and nothing is left running."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from tests.parts import free_port
from tests.server import environment, start


def _refusal(env: dict[str, str]) -> str:
    """What a start that must fail says, its exit code checked."""
    process = start(env, subprocess.PIPE)
    try:
        said = process.communicate(timeout=20)[1]
    finally:
        process.kill()
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return "\n".join(line for line in said.splitlines() if line.startswith("flavorbot:"))


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen(1)
        port = str(holder.getsockname()[1])
        said = _refusal(environment(tmp_path / "data", PORT=port))
    assert said == f"flavorbot: HOST, PORT: cannot listen on 127.0.0.1:{port}: Address already in use"


def test_a_data_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    said = _refusal(environment(tmp_path / "file" / "data", PORT=str(free_port())))
    assert said.startswith("flavorbot: FLAVORBOT_DATA")
    assert "\n" not in said


def test_a_damaged_store_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "flavorbot.sqlite").write_bytes(b"this is no database" * 100)
    said = _refusal(environment(tmp_path, PORT=str(free_port())))
    assert said.startswith("flavorbot: FLAVORBOT_DATA")


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "99999"), ("WEB_CONCURRENCY", "none"), ("FLAVORBOT_RATES", "yes")]
)
def test_a_bad_setting_is_one_clear_line(tmp_path: Path, name: str, value: str) -> None:
    said = _refusal(environment(tmp_path, **{name: value}))
    assert said.startswith(f"flavorbot: {name} must be")
    assert "\n" not in said


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    said = _refusal(environment(tmp_path, FLAVORBOT_ENV="production"))
    assert "SECRET_KEY must be set" in said
