"""What the chef knows about, topic by topic: each a module with `answers(asked)`, asked in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flavorbot.chef.asked import Asked
from flavorbot.chef.topics import (
    accompaniments,
    ahead,
    allergens,
    amounts,
    care,
    changes,
    diets,
    doneness,
    eaters,
    emergencies,
    equipment,
    freezing,
    health,
    keeping,
    leaving_out,
    manners,
    method,
    nutrition,
    reheating,
    rescue,
    servings,
    substitutes,
    taste,
    terms,
    timing,
)
from flavorbot.model import Reply


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; `certain` when no other voice is heard on it: what may make people ill, or changes the recipe."""

    answers: Callable[[Asked], Reply | None]
    certain: bool = True


TOPICS = (
    Topic(emergencies.answers),
    Topic(health.answers),
    Topic(care.answers),
    Topic(changes.answers),
    Topic(eaters.answers),
    Topic(allergens.answers),
    Topic(diets.answers),
    Topic(servings.answers),
    Topic(freezing.answers),
    Topic(reheating.answers),
    Topic(equipment.answers, certain=False),
    Topic(ahead.answers, certain=False),
    Topic(doneness.answers),
    Topic(leaving_out.answers, certain=False),
    Topic(substitutes.answers, certain=False),
    Topic(rescue.answers, certain=False),
    Topic(nutrition.answers),
    Topic(keeping.answers),
    Topic(timing.answers),
    Topic(method.answers),
    Topic(amounts.answers),
    Topic(accompaniments.answers, certain=False),
    Topic(taste.answers, certain=False),
    Topic(terms.answers, certain=False),
    Topic(manners.answers),
)
