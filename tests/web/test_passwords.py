"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from flavorbot import passwords
from flavorbot.errors import InvalidInput

ABOUT = ("ada.lovelace@example.com", "Ada Lovelace")
GOOD = [
    "a long enough phrase",
    "xK9!mmqz",
    "пароль из слов",
    "🥕🍅🧄🧅🌶🥦🥒🥕",
    "  spaces around  ",
    "w" * 500 + "orry" + "ab9" * 100,
    "x7" * 512,
    "a" * 64,
]
COMMON = [
    "password", "Password1", "PASSWORD123!", "p4ssw0rd", "pa$$word", "flavorbot123", "FlavorBot2026", "12345678",
    "87654321", "qwertyuiop", "asdfghjkl", "abcdefgh", "1q2w3e4r", "iloveyou1", "!!dragon!!", "aaaaaaaaaaaa",
    "trustno1", "liverpool7", "letmein99", "qwer1234", "abababab",
]  # fmt: skip
PERSONAL = ["ada.lovelace@example.com", "ADA.LOVELACE@example.com", "ada.lovelace", "ada.lovelace1", "Ada Lovelace"]


@pytest.mark.parametrize("password", GOOD)
def test_good_passwords_are_taken(password: str) -> None:
    passwords.check_new(password, ABOUT)


@pytest.mark.parametrize("password", [*COMMON, *PERSONAL])
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        passwords.check_new(password, ABOUT)
    assert [error.field for error in caught.value.errors] == ["password"]


@pytest.mark.parametrize("password", ["", "short 7", "x y" * 342, "null\0in it", "lone \ud800 surrogate"])
def test_what_cannot_be_a_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput):
        passwords.check_new(password)


@pytest.mark.parametrize("length", [8, 64, 1_024])
def test_lengths_within_the_limits_are_taken(length: int) -> None:
    passwords.check_new(("kü7 rbis" * 128)[:length])


def test_the_hash_is_argon2id_as_recommended() -> None:
    assert passwords.hash_password("a long enough phrase").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("other", ["a long enough phrase ", "A long enough phrase", "a long enough phras", ""])
def test_only_the_very_password_fits(other: str) -> None:
    stored = passwords.hash_password("a long enough phrase")
    assert passwords.verify(stored, "a long enough phrase")
    assert not passwords.verify(stored, other)


def test_all_of_a_long_password_counts() -> None:
    stored = passwords.hash_password("long" * 50)
    assert not passwords.verify(stored, ("long" * 50)[:72])


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$m=19456,t=2,p=1$"])
def test_nothing_fits_what_is_no_hash(stored: str | None) -> None:
    assert not passwords.verify(stored, "\0")


def test_weaker_hashes_are_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("a long enough phrase")
    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hash_password("a long enough phrase"))
