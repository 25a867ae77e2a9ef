"""Imports point one way, so that each part can be read and replaced alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "flavorbot"

# Outermost first; a module may import from its own layer and from those below.
LAYERS = (
    ("app",),
    ("startup", "draining", "cli", "cli_users", "cli_moving", "cli_keeping", "cli_reports", "cli_settings"),
    ("web", "sessions"),
    ("moving",),
    ("importing",),
    ("import_entries",),
    ("exchange",),
    ("pictures", "mail", "sharing", "passkeys", "second_factors", "outside", "identities", "browser_marks"),
    (
        "reaching",
        *("recipes", "bulk", "tagging", "collecting", "fetching", "access_tokens", "mail_links"),
        *("writing", "generating", "asking", "metering", "reporting", "accounts", "passwords", "erasing", "deploying"),
        *("counting", "watching", "prometheus", "telemetry", "costing"),
    ),
    ("keeping",),
    ("storage", "chef", "generators"),
    ("secret", "kitchen", "searching"),
    ("interfaces", "settings", "addresses", "origins"),
    ("model", "errors", "bounds", "sketch", "leaving", "json_lines", "progress"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: say the whole name"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _part(name: str) -> str | None:
    pieces = name.split(".")
    return pieces[1] if pieces[0] == "flavorbot" and len(pieces) > 1 and pieces[1] in RANK else None


def _part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_point_downwards(path: Path) -> None:
    if (own := _part_of(path)) == "__init__":
        return
    parts = {part for name in _imports(path) if (part := _part(name))}
    assert not {part for part in parts if RANK[part] < RANK[own]}


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("boto3", {"storage"}),
        ("botocore", {"storage", "moving"}),
        ("sqlite3", {"storage"}),
        ("openai", {"generators"}),
        ("httpx2", {"generators"}),
        ("sqlalchemy", {"moving"}),
        ("prometheus_client", {"prometheus"}),
        ("opentelemetry", {"telemetry"}),
        ("gunicorn", {"draining"}),
    ],
)
def test_drivers_stay_in_their_part(library: str, homes: set[str]) -> None:
    users = {_part_of(path) for path in MODULES if any(name.split(".")[0] == library for name in _imports(path))}
    assert users <= homes


def test_web_names_no_concrete_part() -> None:
    for path in (PACKAGE / "web").rglob("*.py"):
        named = {
            name
            for name in _imports(path)
            if name.startswith(("flavorbot.storage", "flavorbot.generators", "flavorbot.chef"))
        }
        assert not named, path


def test_the_core_loads_no_framework_and_no_driver() -> None:
    core = "flavorbot.interfaces, flavorbot.settings, flavorbot.asking, flavorbot.chef, flavorbot.kitchen.checker"
    code = f"import sys, {core}; print(*{{'flask', 'boto3', 'sqlite3', 'pydantic'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""


def test_what_few_need_is_loaded_only_where_it_is_needed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from flavorbot.app import create_app;"
        "from flavorbot.settings import Settings;"
        "app = create_app(Settings(data_dir=Path(sys.argv[1]), model=sys.argv[2] or None));"
        "few = {'webauthn', 'openapi_pydantic', 'lxml', 'botocore', 'requests', 'spellchecker'};"
        "found = {'openai', 'httpx2', *few} & set(sys.modules);"
        "print(app.extensions['flavorbot'].generator.name, *found)"
    )
    for model, said in (("", "built-in"), ("some-model", "model")):
        command = [sys.executable, "-c", code, str(tmp_path), model]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        assert done.stdout.split()[0] == said
        assert set(done.stdout.split()[1:]) == ({"openai", "httpx2"} if model else set())
