"""From a plan to steps in cooking order, with their times, every food of the plan named in one of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from flavorbot.generators.builtin.amounts import Amount, tin_for
from flavorbot.generators.builtin.book import FRESH_TOMATOES, PARTS, Step, in_part, shared_steps, tags
from flavorbot.generators.builtin.cutting import browns, cut_of, knife_minutes, sentences, to_salt
from flavorbot.generators.builtin.doneness import celsius_for, minutes_for, sign_for
from flavorbot.generators.builtin.naming import capital, listed, shown
from flavorbot.generators.builtin.phrasing import say, tidy
from flavorbot.generators.builtin.planning import Plan
from flavorbot.generators.builtin.pouring import quantity, thinning, water_for
from flavorbot.generators.builtin.steps import MOST_WORDS, Written, celsius_in, enough, halved
from flavorbot.generators.builtin.timing import minutes_left, placed
from flavorbot.kitchen.foods import Food

_EARLY = {
    "plain_rice": "base_rice",
    "boiled_grain": "base_grain",
    "potato": "base_potato",
}
_LATE = {
    "cauliflower": "base_cauliflower",
    "couscous": "base_couscous",
    "noodle": "base_noodle",
    "pasta_shape": "base_pasta",
    "loaf": "base_bread",
    "cooked_base": "base_cooked",
}
_WARM = ("slow", "quick", "aromatics", "leaf", "pulse")
_RAW = frozenset({"meat", "fish", "braise", "joint"})
"""Cut last, so that the board is not washed in between."""
_MAY_BE_PLANT = _RAW | {part for part, (places, _) in PARTS.items() if _RAW & {*places}}
_BASES = {"base_early": _EARLY, "base_late": _LATE, "late_base": _EARLY | _LATE}
"""When the rice or noodles beside a dish are begun: first, after the knife work, or near the end of a long one."""
_NAMED = re.compile(r"\{([a-z_+]+)")
_GOES_ON = re.compile(r"\b(?:fold over|fold in half|in the same way)\b")
_ZESTED = frozenset({"muffins", "flapjacks", "bread pudding", "baked pudding", "rice pudding", "crumble", "fool"})
"""Sweet dishes that are cooked or whipped with the zest of a lemon, too."""
_SAME_WAY = "in the same way."
_STIRRED_EGGS, _TOASTING = re.compile(r"\beggs?\b.*\bminutes"), re.compile(r"\btoast(?:ing)?\b")
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_MINUTES = re.compile(r"(\d+) minutes?\b")
_TOGETHER = re.compile(r"\{((?:[a-z_]+\+)*(?:quick|aromatics)(?:\+[a-z_]+)*)\.(fry|simmer|tray)\}")
_WORTH_WAITING = 3
"""Minutes by which a vegetable must cook faster than the others to join them later."""
_SLUMP = 3
"""Minutes in which tomatoes are warm and soft; fried for longer they are pulp."""
_SCORCH = 4
"""Minutes of frying that garlic does not stand."""
_CLASSES = {
    "dry_pulse": "dry_pulse",
    "cassava": "cassava",
    "avocado": "avocado",
    "gnocchi": "gnocchi",
    "tahini": "nut_butter",
    "strands": "noodle",
    "scooped": "scooped",
    "rashers": "rashers",
    "split_pulse": "quick_lentil",
    "slow_lentil": "slow_lentil",
    "runny": "runny_sweet",
    "cloves": "garlic",
    "tinned": "tinned_tomato",
    "bulgur": "bulgur",
    "fillet": "fish_fillet",
    "crunchy": "crunchy",
    "browning": "fried_first",
    "thirsty": "aubergine",
    "pome": "pome",
    "halves": "halved_fruit",
}
"""Names in sentences that stand for foods of a class, wherever they are in the dish."""
_TOASTED = frozenset({"bread", "rye bread", "wholemeal bread", "gluten-free bread", "sourdough bread", "burger bun"})
"""Bread that goes beside a dish from the toaster; what is flat or long is only warmed."""
_PAIR, _PANFUL = 2, 4
_ONE_LAYER_G = 400.0
"""Of meat that browns in a wide pan: more of it steams."""
_ONE_PAN = 8
"""How many one omelette serves, and one thick frittata."""
_OMELETTE = 4
"""Minutes of each omelette after the first."""
_MOST_PANFULS = 4
"""For more people there are two pans on the go."""
KETTLE_SAVES = 3
"""Minutes by which a kettle boils water sooner than a pan."""
_POURING = 1
"""Minutes of work with a pan that is filled from it."""
_AT_ONCE = 2
"""Minutes of a step that only puts something ready."""
_MOST_AT_FIRST = 26
"""Words of the first step where others of its kind follow."""
_TAKEN_OUT = frozenset({"bay leaf", "lime leaf", "lemongrass", "star anise"})
_NEW = "new_"
"""Begins the name of a place that stands for those of its foods that are not in the pan yet."""
_HERE = "\x00"
"""Marks the minutes behind which it is said what is left for the end."""
_MEANWHILE = ("Meanwhile, ", "While that cooks, ", "In the meantime, ", "At the same time, ")


class Writer:
    """Says the steps of one plan; `hurried`: water from the kettle, and begun before anything is cut if that helps."""

    def __init__(
        self, plan: Plan, amounts: Mapping[str, Amount], servings: int, rng: Random, hurried: bool = False
    ) -> None:
        self.plan = plan
        self.amounts = amounts
        self.servings = servings
        self.rng = rng
        self.hurried = hurried
        self.named: set[str] = set()
        self.used: set[str] = set()
        """Foods that a step after the knife work has named, and `saying` those of the sentence being said."""
        self.saying: set[str] = set()
        self.later: list[Food] = []
        """Foods that the sentence being said leaves for its end."""
        self.together: tuple[str, ...] = ()
        """The places whose other foods those join."""

    def steps(self) -> list[Written]:
        written: list[Written] = []
        for step in (*self._first_steps(), *self.plan.formula.steps):
            written += self._write(step)
        written[-1] = replace(written[-1], meets=True)
        if browns(self.plan):
            at = next((i for i, step in enumerate(written) if "avocado" in step.text), len(written) - 1)
            cut = self._write(shared_steps()["cut_avocado"])
            if (early := _before_eggs(written, at)) < at:
                cut = [replace(step, text=capital(step.text.removeprefix("Last of all, "))) for step in cut]
                written[early:early] = cut
            else:
                written[at : at + 1] = _with_cut(cut, written[at])
        return self._complete(self._linked(placed(_toast_early(written), self.hurried)))

    def _linked(self, written: Sequence[Written]) -> list[Written]:
        """The steps, those that go on while others cook saying so."""
        linked: list[Written] = []
        last, said = "", False
        for index, step in enumerate(written):
            before = written[index - 1] if index else None
            waiting = before and not before.join and (before.hands < before.minutes or (before.free and step.beside))
            told = said or (before and before.beside and index > 1 and written[index - 2].free)
            if (left := minutes_left(written, index)) is not None:
                step, said = replace(step, text=f"With {left} minutes to go, {_lower(step.text)}"), True
            elif waiting and not told and not step.join:
                last = self.rng.choice([words for words in _MEANWHILE if words != last])
                step, said = replace(step, text=last + _lower(step.text)), True
            else:
                said = False
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
        if (step.needs and not self._members(step.needs)) or self._members(step.unless):
            return []
        if self.hurried and step.kettle:
            step = replace(step, say=step.kettle, minutes=step.minutes - KETTLE_SAVES, hands=_POURING)
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
                step.join or self._takes_up(step, text),
                beside=step.beside,
                meets=self._meets(step),
                free=step.free,
            )
        )

    def _takes_up(self, step: Step, text: str) -> bool:
        """Whether it goes on with the dried pulses or the cassava that were put on to cook first."""
        first = [each for each in self._first_steps() if self._members(each.needs)]
        boiled = [food for each in first for food in self._members(each.needs)]
        return all(step.needs != each.needs for each in first) and any(self.name(food) in text for food in boiled)

    def _meets(self, step: Step) -> bool:
        """Whether what cooks in a pan beside is used in this step."""
        beside = {"base", *(place for other in self.plan.formula.steps if other.beside for place in other.needs)}
        named = {place for sentence in step.say for match in _NAMED.findall(sentence) for place in match.split("+")}
        return not step.beside and bool(named & beside)

    def _base(self, ops: Mapping[str, str]) -> list[Written]:
        base = self.plan.foods.get(self.plan.formula.base, ())
        names = [name for tag, name in ops.items() if base and tag in tags(base[0])]
        return self._write(replace(shared_steps()[names[0]], beside=self._stands_alone(names[0]))) if names else []

    def _stands_alone(self, base: str) -> bool:
        """Whether the cook has time for it while the rest goes on: cauliflower is stirred, so only beside an oven."""
        return "cauliflower" not in base or self.plan.formula.oven is not None

    def _say(self, step: Step, minutes: int) -> str:
        """The first sentence in a random order that can be said and names all that it could."""
        order = list(step.say)
        self.rng.shuffle(order)
        best, most, kept, used = "", -1.0, set[str](), set[str]()
        for sentence in order:
            before, self.saying = set(self.named), set()
            joining = self._joining(sentence)
            self.later = [food for foods, _ in joining for food in foods]
            text = say(self._with_figures(sentence, minutes), self._resolve)
            if text and _HERE in text:
                self.named |= {food.name for food in self.later}
                head, _, tail = text.partition(_HERE)
                end = tail.find(".") + 1 or len(tail)
                text = f"{head}{tail[:end]} Add {listed([self._for_the_last(*each) for each in joining])}.{tail[end:]}"
            self.later = []
            gained, self.named = self.named - before, before
            worth = len(gained) - (0.5 if text and len(text.split()) > MOST_WORDS - 2 else 0)
            if text and worth > most:
                best, most, kept, used = text, worth, gained, self.saying
        self.named |= kept
        self.used |= used
        toast = [self.name(food) for food in self._warmed() if food.name in kept & _TOASTED]
        return _with_toast(best, toast) if toast else best

    def _warmed(self) -> Sequence[Food]:
        """The bread beside what comes off a hob."""
        return self.plan.foods.get("side", ()) if "stove" in self.plan.formula.needs else ()

    def _joining(self, sentence: str) -> list[tuple[list[Food], int]]:
        """What joins the others in the pan for their last minutes: quick vegetables, tomatoes, and garlic."""
        if not (match := _TOGETHER.search(sentence)):
            return []
        self.together, method = tuple(match[1].split("+")), match[2]
        foods = self._members(self.together)
        longest = minutes_for(foods, method)
        fries = method == "fry"
        garlic = [food for food in foods if fries and "scorching" in tags(food) and longest >= _SCORCH]
        brief = [food for food in foods if "brief" in tags(food) or (fries and food.name in FRESH_TOMATOES)]
        rest = [food for food in foods if food not in garlic and food not in brief]
        soon = minutes_for([food for food in brief if food.name not in FRESH_TOMATOES], method)
        soon = max(soon, _SLUMP) if any(food.name in FRESH_TOMATOES for food in brief) else soon
        if not rest or minutes_for(rest, method) - soon < _WORTH_WAITING:
            brief, rest = [], rest + brief
        joining = [(brief, soon), (garlic if rest else [], 1)]
        return [(members, minutes) for members, minutes in joining if members]

    def _for_the_last(self, foods: Sequence[Food], minutes: int) -> str:
        names = listed([self.name(food) for food in foods])
        return f"the {names} for the last {'minute' if minutes == 1 else f'{minutes} minutes'}"

    def _with_figures(self, sentence: str, minutes: int) -> str:
        figures = {"{minutes}": str(minutes), "{oven}": self._oven(), "{tin}": tin_for(self.servings)}
        for name, figure in figures.items():
            sentence = sentence.replace(name, figure)
        return sentence

    def _oven(self) -> str:
        celsius = self.plan.formula.oven or 0
        return f"{celsius} °C"

    def _resolve(self, places: tuple[str, ...], attribute: str) -> str | None:
        members = self._members(places)
        if not members:
            return None
        if attribute == "there":
            return ""
        if attribute == "done":
            return sign_for(members)
        if attribute == "safe":
            celsius = celsius_for(members)
            return None if celsius is None and places[0] in _MAY_BE_PLANT else f"{celsius or 75} °C"
        if attribute in ("", "names"):
            self.named |= {food.name for food in members}
            self.saying |= {food.name for food in members}
            article = "" if attribute == "names" or places[0] == "season" else "the "
            return article + listed([self._called(food, places) for food in members])
        if attribute == "water":
            return self._water(members[0])
        if attribute == "thinning":
            return thinning(members, self.amounts, self.servings)
        if attribute == "lead" and not self._minutes_for(members, attribute):
            return None
        here = _HERE if self.later and places == self.together else ""
        return f"{self._minutes_for(members, attribute)}{here}"

    def _members(self, places: tuple[str, ...]) -> list[Food]:
        names = [
            self.plan.formula.base if place == "base" and place not in self.plan.foods else place for place in places
        ]
        return [food for place in names for food in self._standing_in(place) if food not in self.later]

    def _standing_in(self, place: str) -> list[Food]:
        """The foods of a place or of a part of it, after `new_` only those that are not in the pan yet.

        `warm` are those that leave the pan for meat or fish.

        Of the aromatics, `late` are those that burn, and `bulbs` the others. `pairs` and `crowd` are the eggs that are
        too many for one omelette, or for one pan; `panful` the meat that would steam if it all went in at once; `many`
        is anything at all for more than fit round one pan.
        """
        if place.startswith(_NEW):
            return [food for food in self._standing_in(place.removeprefix(_NEW)) if food.name not in self.used]
        if place in _CLASSES:
            return [food for food in self.plan.all_foods() if _CLASSES[place] in tags(food)]
        if place == "only_duck":
            meat = self.plan.foods.get("meat", ())
            return list(meat) if {food.name for food in meat} == {"duck breast"} else []
        if place in ("late", "bulbs"):
            aromatics = self.plan.foods.get("aromatics", ())
            return [food for food in aromatics if ("scorching" in tags(food)) == (place == "late")]
        if place == "warm":
            return [food for name in _WARM for food in self.plan.foods.get(name, ())]
        if place in ("pairs", "crowd"):
            many = self.servings > (1 if place == "pairs" else _PANFUL)
            return list(self.plan.foods.get("egg", ())) if many else []
        if place == "panful":
            meats = [food for name in ("meat", "braise") for food in self.plan.foods.get(name, ())]
            return meats if sum(quantity(food, self.amounts) for food in meats) > _ONE_LAYER_G else []
        if place == "many":
            return list(self.plan.all_foods()[: int(self.servings > _ONE_PAN)])
        if place == "dry_binder":
            return [food for food in self.plan.foods.get("binder", ()) if "seed" in tags(food)]
        if place == "short":
            return [food for food in self.plan.foods.get("stock", ()) if self._water(food)]
        if place == "salt":
            return [food for food in self.plan.foods.get("season", ()) if food.name == "salt"]
        if place in PARTS:
            return [food for name in PARTS[place][0] for food in self.plan.foods.get(name, ()) if in_part(food, place)]
        apart = [part for part in self.plan.formula.parts if place in PARTS[part][0]]
        return [food for food in self.plan.foods.get(place, ()) if not any(in_part(food, part) for part in apart)]

    def _water(self, food: Food) -> str | None:
        return water_for(food, self.plan, self.amounts, self.servings)

    def _called(self, food: Food, places: tuple[str, ...]) -> str:
        squeezed = "citrus" in tags(food) and bool({"acid", "juice", "lemon"} & {*places})
        if food in self._warmed() and "side" in places and food.name not in _TOASTED:
            return f"warm {self.name(food)}"
        zested = "lemon" in places and self.plan.formula.kind in _ZESTED
        if (squeezed and zested) or ("zesty" in places and in_part(food, "zesty")):
            return f"{shown(food)} zest and juice"
        return f"{shown(food)} juice" if squeezed else self.name(food)

    def name(self, food: Food) -> str:
        amount = self.amounts.get(food.name)
        return shown(food, plural=bool(amount and amount.many))

    def _minutes(self, step: Step) -> int:
        total = step.minutes
        for places, extra in step.plus.items():
            if members := self._members(tuple(places.split("+"))):
                if extra == "panfuls":
                    total += step.minutes * (min(math.ceil(self.servings / _PAIR), _MOST_PANFULS) - 1)
                else:
                    total += extra if isinstance(extra, int) else self._minutes_for(members, extra)
        return total

    def _minutes_for(self, members: Sequence[Food], method: str) -> int:
        """`head`: how long they simmer before the quick vegetables join them, so that all are done together.

        `lead`: how long they simmer before the pasta joins them. `batches`: the omelettes after the first, one after
        another.
        """
        if method == "lead":
            lead = minutes_for(members, "simmer") - minutes_for(self._members(("pasta",)), "boil")
            return lead if lead >= _WORTH_WAITING else 0
        if method == "batches":
            return _OMELETTE * ((self.servings if self.servings <= _PANFUL else math.ceil(self.servings / _PAIR)) - 1)
        if method != "head":
            return minutes_for(members, method)
        return max(minutes_for(members, "soup") - minutes_for(self._members(("quick",)), "simmer"), 5)

    def _prep(self) -> list[Written]:
        """What is peeled, cut and drained before cooking, alike things together; several steps if it is much."""
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
        celsius = self.plan.formula.oven if oven else None
        parts = [[oven.strip(), sentences[0]] if oven else [sentences[0]]]
        for sentence in sentences[1:]:
            most = _MOST_AT_FIRST if len(parts) == 1 else MOST_WORDS
            if len(" ".join([*parts[-1], sentence]).split()) > most:
                parts.append([])
            parts[-1].append(sentence)
        told = [tidy(" ".join(part)) for part in parts]
        if len(told) == 1:
            minutes = max(minutes, 8) if oven else minutes
            return [Written(told[0], minutes, minutes, celsius, prep=True)]
        early = max(math.ceil(minutes / 2), 4) if oven else math.ceil(minutes / 2)
        late = max((minutes - early) // (len(told) - 1), 1)
        last = max(minutes - early - late * (len(told) - 2), 1)
        each = [early, *[late] * (len(told) - 2), last]
        return [
            Written(text, took, took, None if place else celsius, prep=True)
            for place, (text, took) in enumerate(zip(told, each, strict=True))
        ]

    def _complete(self, written: list[Written]) -> list[Written]:
        """The steps, the last one naming whatever none has named."""
        written = self._without_leaves(written)
        missing = [food for food in self.plan.all_foods() if food.name not in self.named]
        if missing:
            extra = f"Add the {listed([self.name(food) for food in missing])} as you serve."
            whole = tidy(f"{written[-1].text} {extra}")
            fits = len(whole.split()) <= MOST_WORDS
            written[-1:] = [replace(written[-1], text=whole)] if fits else [written[-1], Written(extra, 1, 1)]
        return enough(written)

    def _without_leaves(self, written: list[Written]) -> list[Written]:
        """The steps, with what nobody eats taken out before the dish is blended or served."""
        leaves = [self.name(food) for food in self.plan.all_foods() if food.name in _TAKEN_OUT]
        if not leaves:
            return written
        blended = (index for index, step in enumerate(written) if re.search(r"\b(?:blend|purée)", step.text, re.I))
        at = next(blended, len(written) - 1)
        text = f"Take out the {listed(leaves)}. {written[at].text}"
        return [*written[:at], *halved(replace(written[at], text=text)), *written[at + 1 :]]


def _with_toast(text: str, toast: Sequence[str]) -> str:
    """The step with the bread toasted first; where it goes on with an omelette, before the sentence that serves it."""
    parts = _SENTENCE_END.split(text)
    served = (number for number, part in enumerate(parts) if any(name in part for name in toast))
    at = next(served, 0) if _GOES_ON.search(text) else 0
    return " ".join((*parts[:at], f"Toast the {listed(toast)}.", *parts[at:]))


def _toast_early(written: Sequence[Written]) -> list[Written]:
    """Bread is toasted in the step before it is served, where that stays short enough: before that one's work, where
    the next first goes on with what is in the pan. Beside several omelettes it toasts during the last ones."""
    steps = list(written)
    for at in range(1, len(steps)):
        parts = _SENTENCE_END.split(steps[at].text)
        toast = next((part for part in parts if part.startswith("Toast the ")), None)
        if toast is None or len(parts) == 1:
            continue
        rest = [part for part in parts if part != toast]
        if again := next((part for part in rest if part.endswith(_SAME_WAY)), None):
            meanwhile = again.replace(_SAME_WAY, f"{_SAME_WAY[:-1]}; {_lower(toast)[:-1]} meanwhile.")
            steps[at] = replace(steps[at], text=" ".join(meanwhile if part is again else part for part in rest))
            continue
        early = steps[at - 1]
        told = f"{early.text} {toast}" if parts[0] == toast else f"{toast} {early.text}"
        if len(told.split()) <= MOST_WORDS:
            steps[at - 1] = replace(early, text=told)
            steps[at] = replace(steps[at], text=" ".join(rest))
    return steps


def _before_eggs(written: Sequence[Written], at: int) -> int:
    """Where the toast for scrambled eggs goes on, if they are what comes before: nobody cuts things as they go cold."""
    if not at or not _STIRRED_EGGS.search(written[at - 1].text):
        return at
    return next((early for early in range(at) if _TOASTING.search(written[early].text)), at - 1)


def _with_cut(cut: Sequence[Written], step: Written) -> list[Written]:
    """The step after what is cut for it; in one where it only puts that in a bowl."""
    if len(cut) != 1 or step.minutes > _AT_ONCE or step.join:
        return [*cut, step]
    minutes = cut[0].minutes + 1
    return [replace(step, text=f"{cut[0].text} {step.text}", minutes=minutes, hands=minutes)]


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
