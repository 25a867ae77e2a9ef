"""When each step begins: rice and pasta so that they are done when they are wanted, and how long it all takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flavorbot.generators.builtin.steps import Written

_LEAD = 2
"""Minutes that a simmering pan is watched before something else is begun."""
_WORTH_TELLING = 6
_PATIENCE, _WAITING, _LEFT_ALONE = 2, 1.0, 6.0
"""Minutes that cooked pasta may stand about, what one more of them counts, and what leaving a hot pan does."""


@dataclass(frozen=True, slots=True)
class Times:
    """The minutes at which steps begin, how long all takes, and how long the rice waits for the rest."""

    starts: tuple[int, ...]
    total: int
    waiting: int


def total_minutes(written: Sequence[Written]) -> int:
    return times(written).total


def times(written: Sequence[Written]) -> Times:
    """The longest way through the steps: one that goes on alone lets the next begin, one that joins waits for all."""
    now, latest, ready, waiting = 0, 0, 0, 0
    starts: list[int] = []
    for index, step in enumerate(written):
        if step.beside:
            start = now - _idle(written, index, step)
            ready = start + step.minutes
        else:
            start = max(now, latest) if step.join else now
            if step.meets and ready:
                start, waiting, ready = max(start, ready), max(start - ready, 0), 0
            latest = max(latest, start + step.minutes)
        now = max(now, start + step.hands)
        starts.append(start)
    return Times(tuple(starts), max(now, latest, ready), waiting)


def placed(written: Sequence[Written], hurried: bool = False) -> list[Written]:
    """The steps with each pan beside begun where it costs least time and waits least; `hurried`: time before all."""
    found = [step for step in written if not step.beside]
    for step in (step for step in written if step.beside):
        last = next((index for index, other in enumerate(found) if other.meets), len(found))
        ways = [[*found[:index], step, *found[index:]] for index in range(last + 1) if _may_stand(found, index)]
        found = min(ways, key=lambda way: (hurried and total_minutes(way), _cost(way)))
    return found


def minutes_left(written: Sequence[Written], index: int) -> int | None:
    """How long the step before still simmers when this one is begun, if it has simmered for a while."""
    if not index or not (written[index].beside and written[index - 1].free):
        return None
    starts = times(written).starts
    left = starts[index - 1] + written[index - 1].minutes - starts[index]
    return left if _WORTH_TELLING <= left < written[index - 1].minutes - 2 * _LEAD else None


def _idle(written: Sequence[Written], index: int, step: Written) -> int:
    """How many minutes before the end of the step before a pan beside is begun, if that one leaves the cook free."""
    before = written[index - 1] if index else None
    if before is None or not before.free:
        return 0
    meeting = next((at for at, other in enumerate(written) if at > index and other.meets), len(written))
    later = sum(other.hands for other in written[index + 1 : meeting])
    return max(min(before.minutes - _LEAD, step.minutes - later), min(step.hands, before.minutes))


def _may_stand(found: Sequence[Written], index: int) -> bool:
    """Not in the middle of the knife work, nor of what is told in two steps."""
    if not 0 < index < len(found):
        return True
    return not (found[index].goes_on or (found[index - 1].prep and found[index].prep))


def _cost(written: Sequence[Written]) -> float:
    at = next(index for index, step in enumerate(written) if step.beside)
    before = written[at - 1] if at else None
    hot = before is not None and not (before.prep or before.free or before.beside or before.hands < before.minutes)
    known = times(written)
    return known.total + _WAITING * max(known.waiting - _PATIENCE, 0) + _LEFT_ALONE * hot
