"""The secret is made once, kept private, and the same for every worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flavorbot.errors import SettingsError
from flavorbot.secret import derive_key, load_secret
from flavorbot.settings import Settings


def test_a_secret_that_is_set_is_used(tmp_path: Path) -> None:
    assert load_secret(Settings(secret_key="s" * 32, data_dir=tmp_path)) == b"s" * 32
    assert not list(tmp_path.iterdir())


def test_parallel_starts_agree_on_one_secret(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: load_secret(settings), range(16)))
    assert len(made) == 1
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret-key"]


def test_only_its_owner_can_read_the_secret(tmp_path: Path) -> None:
    load_secret(Settings(data_dir=tmp_path))
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be written"):
        load_secret(Settings(data_dir=tmp_path / "file" / "data"))


def test_keys_differ_by_purpose() -> None:
    assert derive_key(b"secret", "cookie") != derive_key(b"secret", "cursor")
