"""Whoever waits for a long command sees how far it is, how fast, and how long it will take."""

from __future__ import annotations

import io

from flavorbot.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(out: io.StringIO, total: int | None, steps: int, seconds_a_step: float) -> list[str]:
    """What is told of so many steps."""
    time = [0.0]
    progress = Progress(out, lambda: time[0])
    progress.begin("Copying", total)
    for _ in range(steps):
        time[0] += seconds_a_step
        progress.step()
    progress.end()
    return out.getvalue().replace("\x1b[K", "").replace("\r", "\n").strip().splitlines()


def test_a_terminal_shows_a_bar_with_rate_and_time_left() -> None:
    lines = shown(Terminal(), 10_000, 5_000, 0.01)
    assert lines[-2] == "Copying [###########-------------] 50%  4,992 of 10,000, 100 a second, 50 s left"
    assert lines[-1] == "Copying: 5,000 in 50 s"


def test_a_log_gets_a_line_now_and_then() -> None:
    lines = shown(io.StringIO(), 100_000, 3_600, 0.1)
    assert 20 < len(lines) < 26
    assert lines[0].endswith("of 100,000, 10 a second, 2 h 46 min left")
    assert shown(io.StringIO(), 100, 100, 0.01) == []


def test_a_wrong_guess_of_the_whole_is_not_shown() -> None:
    assert shown(Terminal(), 100, 1_000, 0.01)[-2] == "Copying: 992, 100 a second"
    assert shown(Terminal(), None, 1_000, 0.01)[-2] == "Copying: 992, 100 a second"
