"""From a plan to steps in cooking order, with their times, every food of the plan named in one of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from flavorbot.generators.builtin.amounts import Amount
from flavorbot.generators.builtin.book import Step, shared_steps, tags
from flavorbot.generators.builtin.cutting import browns, cut_of, knife_minutes, roasts, sentences, to_salt
from flavorbot.generators.builtin.doneness import celsius_for, minutes_for, sign_for
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.builtin.phrasing import say, tidy
from flavorbot.generators.builtin.planning import Plan
from flavorbot.generators.builtin.steps import MOST_WORDS, Written, celsius_in, enough, halved
from flavorbot.generators.builtin.timing import minutes_left, placed
from flavorbot.kitchen.foods import Food

_EARLY = {
    "cauliflower": "base_cauliflower",
    "plain_rice": "base_rice",
    "boiled_grain": "base_grain",
    "potato": "base_potato",
}
_LATE = {
    "couscous": "base_couscous",
    "noodle": "base_noodle",
    "pasta_shape": "base_pasta",
    "loaf": "base_bread",
    "cooked_base": "base_cooked",
}
_WARM = ("slow", "quick", "aromatics", "leaf", "pulse")
_RAW = frozenset({"meat", "fish", "braise", "joint"})
"""Cut last, so that the board is not washed in between."""
_BASES = {"base_early": _EARLY, "base_late": _LATE, "late_base": _EARLY | _LATE}
"""When the rice or noodles beside a dish are begun: first, after the knife work, or near the end of a long one."""
_NAMED = re.compile(r"\{([a-z_+]+)")
_MINUTES = re.compile(r"(\d+) minutes?\b")
_BRIEF = re.compile(r"[{+]brief\b")
_QUICK = re.compile(r"\{((?:[a-z_]+\+)*quick(?:\+[a-z_]+)*)\.(fry|simmer|tray)\}")
_WORTH_WAITING = 3
"""Minutes by which a vegetable must cook faster than the others to join them later."""
_MEANWHILE = ("Meanwhile, ", "While that cooks, ", "In the meantime, ", "At the same time, ")


class Writer:
    """Says the steps of one plan."""

    def __init__(self, plan: Plan, amounts: Mapping[str, Amount], servings: int, rng: Random) -> None:
        self.plan = plan
        self.amounts = amounts
        self.servings = servings
        self.rng = rng
        self.named: set[str] = set()
        self.begun = False
        self.later: list[Food] = []
        """Foods that the sentence being said leaves for its end."""
        self.splits = any(_BRIEF.search(sentence) for step in plan.formula.steps for sentence in step.say)

    def steps(self) -> list[Written]:
        written: list[Written] = []
        for step in (*self._first_steps(), *self.plan.formula.steps):
            for part in self._write(step):
                written.append(part)
                self.begun = True
        written[-1] = replace(written[-1], meets=True)
        if browns(self.plan):
            at = next((i for i, step in enumerate(written) if "avocado" in step.text), len(written) - 1)
            written[at:at] = self._write(shared_steps()["cut_avocado"])
        return self._complete(self._linked(placed(written)))

    def _linked(self, written: Sequence[Written]) -> list[Written]:
        """The steps, those that go on while others cook saying so."""
        linked: list[Written] = []
        last = ""
        for index, step in enumerate(written):
            before = written[index - 1] if index else None
            waiting = before and not before.join and (before.hands < before.minutes or (before.free and step.beside))
            if (left := minutes_left(written, index)) is not None:
                step = replace(step, text=f"With {left} minutes to go, {_lower(step.text)}")
            elif waiting and not step.join and not (before and before.beside and index > 1 and written[index - 2].free):
                last = self.rng.choice([words for words in _MEANWHILE if words != last])
                step = replace(step, text=last + _lower(step.text))
            linked.append(step)
        return linked

    def _first_steps(self) -> tuple[Step, ...]:
        """Dried pulses go on before anything else, except where the dish itself cooks them; cassava always does."""
        cassava = shared_steps()["boil_cassava"]
        return (cassava,) if self.plan.formula.simmers_pulses else (shared_steps()["boil_pulse"], cassava)

    def _write(self, step: Step) -> list[Written]:
        if step.op == "prep":
            return self._prep()
        if step.op in _BASES:
            return self._base(_BASES[step.op])
        if step.needs and not self._members(step.needs):
            return []
        minutes = self._minutes(step)
        text = self._say(step, minutes)
        if not text:
            return []
        minutes = max(minutes, *map(int, _MINUTES.findall(text)), 0)
        hands = min(step.hands, minutes) if step.hands is not None and step.alone else minutes
        return halved(
            Written(
                text,
                minutes,
                hands,
                step.celsius or celsius_in(text),
                step.join,
                beside=step.beside,
                meets=self._meets(step),
                free=step.free,
            )
        )

    def _meets(self, step: Step) -> bool:
        """Whether what cooks in a pan beside is used in this step."""
        beside = {"base", *(place for other in self.plan.formula.steps if other.beside for place in other.needs)}
        named = {place for sentence in step.say for match in _NAMED.findall(sentence) for place in match.split("+")}
        return not step.beside and bool(named & beside)

    def _base(self, ops: Mapping[str, str]) -> list[Written]:
        base = self.plan.foods.get(self.plan.formula.base, ())
        names = [name for tag, name in ops.items() if base and tag in tags(base[0])]
        return self._write(replace(shared_steps()[names[0]], beside=True)) if names else []

    def _say(self, step: Step, minutes: int) -> str:
        """The first sentence in a random order that can be said and names all that it could."""
        order = list(step.say)
        self.rng.shuffle(order)
        best, most, kept = "", -1.0, set[str]()
        for sentence in order:
            before = set(self.named)
            self.later, longest, soon = self._later(sentence)
            text = say(sentence.replace("{minutes}", str(minutes)).replace("{oven}", self._oven()), self._resolve)
            if text and self.later:
                self.named |= {food.name for food in self.later}
                names = listed([self.name(food) for food in self.later])
                head, told, tail = text.rpartition(f"{longest} minutes")
                end = tail.find(".") + 1
                text = f"{head}{told}{tail[:end]} Add the {names} for the last {soon} minutes.{tail[end:]}"
            self.later = []
            gained, self.named = self.named - before, before
            worth = len(gained) - (0.5 if text and len(text.split()) > MOST_WORDS - 2 else 0)
            if text and worth > most:
                best, most, kept = text, worth, gained
        self.named |= kept
        return best

    def _later(self, sentence: str) -> tuple[list[Food], int, int]:
        """The vegetables that need less than the others in the pan, with the minutes of those and their own."""
        if not (match := _QUICK.search(sentence)):
            return [], 0, 0
        others = self._members(tuple(match[1].split("+")))
        brief = [food for food in self._members(("quick",)) if "brief" in tags(food)]
        longest, soon = minutes_for(others, match[2]), minutes_for(brief, match[2])
        spare = brief and longest - soon >= _WORTH_WAITING and len(brief) < len(others)
        return (brief if spare else []), longest, soon

    def _oven(self) -> str:
        celsius = self.plan.formula.oven or 0
        return f"{celsius} °C"

    def _resolve(self, places: tuple[str, ...], attribute: str) -> str | None:
        members = self._members(places)
        if not members:
            return None
        if attribute == "done":
            return sign_for(members)
        if attribute == "safe":
            celsius = celsius_for(members)
            return None if celsius is None and places[0] in _RAW else f"{celsius or 75} °C"
        if attribute in ("", "names"):
            self.named |= {food.name for food in members}
            article = "" if attribute == "names" or places[0] == "season" else "the "
            return article + listed([self._called(food, places) for food in members])
        return str(minutes_for(members, attribute))

    def _members(self, places: tuple[str, ...]) -> list[Food]:
        if places in (("dry_pulse",), ("cassava",), ("avocado",)):  # classes of foods, wherever they stand
            return [food for food in self.plan.all_foods() if places[0] in tags(food)]
        names = [
            self.plan.formula.base if place == "base" and place not in self.plan.foods else place for place in places
        ]
        return [food for place in names for food in self._standing_in(place) if food not in self.later]

    def _standing_in(self, place: str) -> list[Food]:
        """The foods of a place; `warm` are those that leave the pan for meat or fish, `brief` the quick vegetables."""
        if place == "warm":
            return [food for name in _WARM for food in self.plan.foods.get(name, ())]
        if place == "salt":
            return [food for food in self.plan.foods.get("season", ()) if food.name == "salt"]
        members = list(self.plan.foods.get("quick" if place == "brief" else place, ()))
        if place not in ("quick", "brief") or not self.splits:
            return members
        return [food for food in members if ("brief" in tags(food)) == (place == "brief")]

    def _called(self, food: Food, places: tuple[str, ...]) -> str:
        if "fat" in places and "butter" in tags(food) and roasts(self.plan.formula):
            return f"melted {self.name(food)}"
        squeezed = "citrus" in tags(food) and ("acid" in places or "lemon" in places)
        return f"{shown(food)} juice" if squeezed else self.name(food)

    def name(self, food: Food) -> str:
        amount = self.amounts.get(food.name)
        return shown(food, plural=bool(amount and amount.many))

    def _minutes(self, step: Step) -> int:
        total = step.minutes
        for places, extra in step.plus.items():
            if members := self._members(tuple(places.split("+"))):
                total += extra if isinstance(extra, int) else minutes_for(members, extra)
        return total

    def _prep(self) -> list[Written]:
        """What is peeled, cut and drained before cooking, alike things together; two steps if it is much."""
        groups: dict[str, list[Food]] = {}
        raw_last = sorted(self.plan.foods.items(), key=lambda entry: entry[0] in _RAW)
        for place, members in raw_last:
            for food in members:
                if cut := cut_of(food, place, self.plan):
                    groups.setdefault(cut, []).append(food)
        oven = f"Heat the oven to {self._oven()}. " if self.plan.formula.oven else ""
        if not groups:
            return [Written(oven.strip(), 5, 5, self.plan.formula.oven, prep=True)] if oven else []
        self.named |= {food.name for members in groups.values() for food in members}
        clauses = [
            cut.replace("*", "the " + listed([self.name(food) for food in members])) for cut, members in groups.items()
        ]
        steps = self._prep_steps(oven, sentences(clauses), knife_minutes(groups, self.servings))
        raw = [self.name(food) for food in to_salt(self.plan)]
        salted = f"{steps[-1].text} Salt the {listed(raw)} lightly." if raw else steps[-1].text
        return [*steps[:-1], replace(steps[-1], text=salted if len(salted.split()) <= MOST_WORDS else steps[-1].text)]

    def _prep_steps(self, oven: str, sentences: Sequence[str], minutes: int) -> list[Written]:
        opening = self.rng.choice(("", "", "", "First, ")) if not self.begun and not oven else ""
        celsius = self.plan.formula.oven if oven else None
        first = [oven.strip(), opening + sentences[0]] if oven else [opening + sentences[0]]
        second: list[str] = []
        for sentence in sentences[1:]:
            (second if second or len(" ".join([*first, sentence]).split()) > 26 else first).append(sentence)
        if not second:
            minutes = max(minutes, 8) if oven else minutes
            return [Written(tidy(" ".join(first)), minutes, minutes, celsius, prep=True)]
        early = max(math.ceil(minutes / 2), 4) if oven else math.ceil(minutes / 2)
        late = max(minutes - early, 1)
        return [
            Written(tidy(" ".join(first)), early, early, celsius, prep=True),
            Written(tidy(" ".join(second)), late, late, prep=True),
        ]

    def _complete(self, written: list[Written]) -> list[Written]:
        """The steps, the last one naming whatever none has named."""
        missing = [food for food in self.plan.all_foods() if food.name not in self.named]
        if missing:
            extra = f"Add the {listed([self.name(food) for food in missing])} as you serve."
            whole = tidy(f"{written[-1].text} {extra}")
            fits = len(whole.split()) <= MOST_WORDS
            written[-1:] = [replace(written[-1], text=whole)] if fits else [written[-1], Written(extra, 1, 1)]
        return enough(written)


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
