"""From a plan to steps in cooking order, with their times, every food of the plan named in one of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from flavorbot.generators.builtin.amounts import Amount
from flavorbot.generators.builtin.book import Step, cuts, shared_steps, tags
from flavorbot.generators.builtin.doneness import celsius_for, minutes_for, sign_for
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.builtin.phrasing import say, tidy
from flavorbot.generators.builtin.planning import Plan
from flavorbot.generators.builtin.steps import MOST_WORDS, Written, celsius_in, enough, halved, prep_effort
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
_TWOFOLD = re.compile(r"\band (?:cut|chop|shred|grate|slice|dice|rinse|stone|finely|coarsely|thinly|prick)\b")
_NAMED = re.compile(r"\{([a-z_+]+)")
_MINUTES = re.compile(r"(\d+) minutes?\b")
_BRIEF = re.compile(r"[{+]brief\b")
_QUICK = re.compile(r"\{((?:[a-z_]+\+)*quick(?:\+[a-z_]+)*)\.(fry|simmer|tray)\}")
_SHELLS = frozenset({"mussel", "clam"})
_SALTY_G = 0.8
"""Grams of salt in 100 g from which meat or fish needs none."""
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
        if self._browns():
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
            self.later, method = self._later(sentence)
            text = say(sentence.replace("{minutes}", str(minutes)).replace("{oven}", self._oven()), self._resolve)
            if text and self.later:
                self.named |= {food.name for food in self.later}
                names = listed([self.name(food) for food in self.later])
                text += f" Add the {names} for the last {minutes_for(self.later, method)} minutes."
            self.later = []
            gained, self.named = self.named - before, before
            worth = len(gained) - (0.5 if text and len(text.split()) > MOST_WORDS - 2 else 0)
            if text and worth > most:
                best, most, kept = text, worth, gained
        self.named |= kept
        return best

    def _later(self, sentence: str) -> tuple[list[Food], str]:
        """The vegetables that need less than the others in the pan, and how they cook."""
        if not (match := _QUICK.search(sentence)):
            return [], ""
        members = self._members(("quick",))
        others = self._members(tuple(match[1].split("+")))
        brief = [food for food in members if "brief" in tags(food)]
        longest, method = minutes_for(others, match[2]), match[2]
        spare = brief and longest - minutes_for(brief, method) >= _WORTH_WAITING and len(brief) < len(members)
        return (brief if spare else []), method

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
        if "fat" in places and "butter" in tags(food) and self._roasts():
            return f"melted {self.name(food)}"
        squeezed = "citrus" in tags(food) and ("acid" in places or "lemon" in places)
        return f"{shown(food)} juice" if squeezed else self.name(food)

    def _roasts(self) -> bool:
        """Whether all of it cooks in the oven, where small pieces burn and butter coats nothing."""
        return self.plan.formula.oven is not None and "stove" not in self.plan.formula.needs

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
                if cut := self._cut(place, food):
                    groups.setdefault(cut, []).append(food)
        oven = f"Heat the oven to {self._oven()}. " if self.plan.formula.oven else ""
        if not groups:
            return [Written(oven.strip(), 5, 5, self.plan.formula.oven, prep=True)] if oven else []
        self.named |= {food.name for members in groups.values() for food in members}
        clauses = [
            cut.replace("*", "the " + listed([self.name(food) for food in members])) for cut, members in groups.items()
        ]
        steps = self._prep_steps(oven, _sentences(clauses), self._prep_minutes(groups))
        salted = f"{steps[-1].text} {self._salted()}".strip()
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

    def _cut(self, place: str, food: Food) -> str:
        book = cuts()
        if (insisted := self.plan.formula.places[place].cut or "").startswith("!"):
            return insisted[1:]
        if food.name == "avocado" and self._browns():
            return ""
        if self._roasts() and food.name in book.roast and place in ("aromatics", "quick"):
            return book.roast[food.name]
        if "dry_pulse" in tags(food) and not self.plan.formula.simmers_pulses:
            return ""
        if food.name in book.always and place not in ("sauce", "dairy", "extra_sweet"):
            return "" if place in book.skip and place not in ("pulse",) else book.always[food.name]
        if self.plan.formula.places[place].cut == "":
            return ""
        for tag, cut in book.by_class.items():
            if tag in tags(food) and place not in book.skip:
                return cut
        if place in book.skip:
            return ""
        own = self.plan.formula.places[place].cut
        return own if own is not None else book.by_role.get(food.role, "")

    def _browns(self) -> bool:
        """Whether there is avocado beside something hot: it is cut last."""
        hot = self.plan.formula.needs - {"blender"}
        return bool(hot) and any(food.name == "avocado" for food in self.plan.all_foods())

    def _salted(self) -> str:
        """A sentence that salts meat and fish before they cook, where no step does it with them."""
        places = [place for place in ("meat", "fish") if not self._is_seasoned(place)]
        raw = [
            food
            for food in self._members(tuple(places))
            if food.safe_c and food.salt_g < _SALTY_G and food.name not in _SHELLS
        ]
        if not raw or not self._members(("salt",)):
            return ""
        return f"Salt the {listed([self.name(food) for food in raw])} lightly."

    def _is_seasoned(self, place: str) -> bool:
        steps = (step for step in self.plan.formula.steps if place in step.needs or not step.needs)
        return any("season" in sentence and f"{{{place}" in sentence for step in steps for sentence in step.say)

    def _prep_minutes(self, groups: Mapping[str, Sequence[Food]]) -> int:
        """Knife work: a usual amount takes the minutes of `cuts.toml`, more servings somewhat longer."""
        book = cuts().minutes
        total = sum(
            max((minutes for verb, minutes in book.items() if verb in cut), default=1.0) * len(members)
            for cut, members in groups.items()
        )
        return min(max(math.ceil(total * prep_effort(self.servings)), 2), 30)

    def _complete(self, written: list[Written]) -> list[Written]:
        """The steps, the last one naming whatever none has named."""
        missing = [food for food in self.plan.all_foods() if food.name not in self.named]
        if missing:
            extra = f" Add the {listed([self.name(food) for food in missing])} as you serve."
            written[-1] = replace(written[-1], text=tidy(written[-1].text + extra))
        return enough(written)


def _sentences(clauses: Sequence[str]) -> list[str]:
    """What is done in one go, in one sentence, four things at most; what takes two actions has its own."""
    plain = [clause for clause in clauses if " and " not in clause.split(" the ")[0] and not _TWOFOLD.search(clause)]
    runs = [plain[start : start + 4] for start in range(0, len(plain), 4)]
    if len(runs) > 1 and len(runs[-1]) == 1:
        runs[-2:] = [[*runs[-2][:-1]], [runs[-2][-1], *runs[-1]]]
    told = [_then(run) for run in runs]
    return [f"{text}." for text in (*told, *(clause for clause in clauses if clause not in plain))]


def _then(clauses: Sequence[str]) -> str:
    """The clauses as one sentence, with a comma before "and" where a clause has an "and" of its own."""
    if len(clauses) > 1 and any(" and " in clause for clause in clauses):
        return f"{', '.join(clauses[:-1])}, and {clauses[-1]}"
    return listed(clauses)


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
