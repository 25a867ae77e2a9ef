"""Times to wait, as steps tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flavorbot.kitchen.durations import durations

MINUTE, HOUR = 60, 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Boil for 10 minutes.", 10 * MINUTE),
        ("Rest 5 min. Serve.", 5 * MINUTE),
        ("for fifteen mins", 15 * MINUTE),
        ("a 10-minute rest", 10 * MINUTE),
        ("forty-five minutes", 45 * MINUTE),
        ("Blanch for 30 s, then drain", 30),
        ("90-second eggs", 90),
        ("for 10\u00a0minutes", 10 * MINUTE),
        ("2 and a half minutes", 150),
        ("Leave it for another minute", MINUTE),
        ("a couple of minutes", 2 * MINUTE),
        ("an hour and a half", 90 * MINUTE),
        ("half an hour", 30 * MINUTE),
        ("three quarters of an hour", 45 * MINUTE),
        ("1½ hours", 90 * MINUTE),
        ("1-1/2 hours", 90 * MINUTE),
        ("1.5 hours", 90 * MINUTE),
        ("1 hr 15 min", 75 * MINUTE),
        ("1 hour and 15 minutes", 75 * MINUTE),
        ("1h30", 90 * MINUTE),
        ("1h 30m", 90 * MINUTE),
        ("Bake at 180 °C for 1 hour 200 g flour", HOUR),
        ("24 hours", 24 * HOUR),
    ],
)
def test_a_time_is_found_as_it_is_written(text: str, seconds: int) -> None:
    assert [(found.seconds, found.most_s) for found in durations(text)] == [(seconds, None)]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Cook 8–10 minutes.", 8, 10),
        ("8-10 min", 8, 10),
        ("for 8 to 10 minutes", 8, 10),
        ("1 or 2 minutes", 1, 2),
        ("between 8 and 10 minutes", 8, 10),
        ("a minute or two", 1, 2),
        ("ten to twelve minutes", 10, 12),
        ("1 to 1½ hours", 60, 90),
        ("45 minutes to 1 hour", 45, 60),
        ("1 hour to 1 hour 15 minutes", 60, 75),
        ("10 to 8 minutes", 8, 10),
    ],
)
def test_a_span_has_both_ends(text: str, least: int, most: int) -> None:
    assert [(found.seconds, found.most_s) for found in durations(text)] == [(least * MINUTE, most * MINUTE)]


def test_every_time_of_a_step_is_found_in_its_place() -> None:
    text = "Fry for 5 minutes on each side, then rest for 2 minutes."
    assert [text[found.start : found.end] for found in durations(text)] == ["5 minutes", "2 minutes"]


@pytest.mark.parametrize(
    "text",
    [
        "Turn every 10 minutes",
        "Add the peas for the last 5 minutes",
        "Eat within 2 hours",
        "Take it out 30 minutes before serving",
        "It keeps for up to 4 hours",
        "Serves 4, 10 portions",
        "0 minutes",
        "for 36 hours",
        "Add 2 sprigs",
        "version 1.10 minutes" + "9" * 400,
        "",
    ],
)
def test_what_nobody_waits_for_is_no_timer(text: str) -> None:
    assert durations(text) == ()


@given(st.lists(st.sampled_from("a an half 1 10 ½ 1/2 0 9999 - – to or and hour minutes s h 30 every five".split())))
def test_any_text_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for found in durations(text):
        assert 0 < found.seconds <= 24 * HOUR
        assert found.most_s is None or found.most_s > found.seconds
        assert text[found.start : found.end].strip()
