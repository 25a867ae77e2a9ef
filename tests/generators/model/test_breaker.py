"""A server that keeps failing is left alone, then tried by one."""

from __future__ import annotations

from flavorbot.generators.model.breaker import LONGEST_REST_S, Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(failures=2, rest_s=30, now=clock)
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row() -> None:
    assert not opened(Clock()).allows()


def test_a_success_starts_the_count_anew() -> None:
    breaker = Breaker(failures=2, now=Clock())
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_after_its_rest_one_call_may_try() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 30
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert breaker.allows()


def test_a_failed_trial_means_another_rest() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 30
    breaker.allows()
    breaker.failed()
    clock.now = 59
    assert not breaker.allows()
    clock.now = 60
    assert breaker.allows()


def test_a_trial_that_never_ends_blocks_nobody_for_good() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now = 30
    breaker.allows()
    clock.now = 61
    assert breaker.allows()


def test_a_pause_that_was_asked_for_is_bounded() -> None:
    clock = Clock()
    breaker = Breaker(now=clock)
    breaker.failed(rest_s=1_000_000)
    clock.now = LONGEST_REST_S
    assert breaker.allows()
