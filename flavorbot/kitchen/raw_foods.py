"""Foods that are poisonous or unwise uncooked, and whether the steps cook them: beans, cassava, flour, sprouts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flavorbot.kitchen.checked import Severity
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.inner_heat import Sentence
from flavorbot.kitchen.needs import title

_SOAK_AND_BOIL = "Soak {0} for 5 hours, then boil them hard for at least 10 minutes; a slow cooker alone is not enough."
_RAW_FLOUR = "Raw flour can carry bacteria: heat it to 74 °C (165 °F) before using it uncooked."
_SPROUTS = "Raw sprouts can carry salmonella and E. coli: cook them until steaming hot."
_OYSTERS = "Raw {0} can carry vibrio and norovirus: cook them, and never give them raw to anyone frail or pregnant."
_DRIED = re.compile(r"\b(dried|dry|raw|uncooked|soaked)\b")
_AS_DRIED = re.compile(
    r"\b(soak\w*|raw|uncooked|dried|dry|unboiled)( \S{1,15}){0,4} (beans?|pulses)\b"
    r"|\b(beans?|pulses)( \S{1,15}){0,4} (raw|uncooked|unsoaked|overnight)\b"
)
_BOILED = re.compile(
    r"\bboil(?:s|ed|ing)?\b((?:[ ,]{1,3}[a-z]{1,14}){0,14}?)[ ,]{1,3}(?:(\d{1,3})(?: ?(?:-|to) ?\d{1,3})?|an|one|"
    r"half an) ?(min|h)"
)
_BEAN = frozenset("bean beans pulses them they it".split())
_BOILING = _BEAN | frozenset(
    "a about again all an and another at be black boil boiling borlotti briskly butter cannellini clean cold cook "
    "covered drained dried fast for fresh full furiously further going hard haricot heat high in keep kidney "
    "least lima lots must navy need of on pinto plenty rapidly red rinsed rolling salted so soaked the then these "
    "those to uncovered very vigorously water well white".split()
)
_OTHER = re.compile(
    r"\b(pasta|potato\w*|rice|eggs?|tea|coffee|milk|syrup|sauce|stock|noodles|kettle|jars?|pudding|vegetables|corn|"
    r"greens)\b"
)
_NOT = re.compile(r"\b(not|never|without|no need|skip)\b|n't\b")
_STRONG = re.compile(
    r"\b(bak(?:e|es|ed|ing)(?! (?:powder|soda|sheet|tray|paper|parchment|tin|dish|potato))"
    r"|cook(?:s|ed|ing)?|fr(?:y|ies|ied|ying)|boil(?:s|ed|ing)?(?! water)|simmer\w*|roast\w*|grill\w*|broil\w*"
    r"|steam\w*|poach\w*|brais\w*|stew\w*|saut\w*|griddle\w*|barbecu\w*|sear\w*|scramble\w*|deep.fr\w+|air.fr\w+"
    r"|(?:in|into) (?:the|a|an) (?:hot )?(?:oven|air fryer))\b"
)
_POISONOUS_RAW = {
    "cassava": re.compile(r"\b(?:boil|simmer|steam|stew)\w*\b"),
    "elderberry": re.compile(r"\b(?:boil|simmer|cook|stew|bak|bring to the boil)\w*\b"),
}
"""Foods that are poisonous raw, and what a step must do with them."""
_WEAK = re.compile(r"\b(heat(?:s|ed|ing)?|warm|toast(?:ed|ing)?|microwav\w*|until golden|until set|hot)\b")
_FLOURY = re.compile(r"\b(flour|dough|batter|mixture|sauce|roux|them|it|cookies|pancakes?|waffles?|crepes?)\b")
_UNCOOKED = re.compile(r"(?:\b(?:not|never|no|without|dont|avoid|un)|n't)[ -](?:\w{1,10} )?$")
_EATEN_RAW = re.compile(
    r"\b(?:raw|edible|unbaked|uncooked|no.bake)( \S{1,15}){0,3} (?:dough|batter)\b"
    r"|\b(?:dough|batter)( \S{1,12}){0,3} (?:balls|bites|raw)\b"
    r"|\b(?:eat|lick|taste|enjoy)( \S{1,12}){0,3} (?:dough|batter|raw)\b"
)
_COOKED_FOR = re.compile(r"\b(bake|fry|cook)\w*( \S{1,12}){0,3} (for|until|at)\b")
_TREATED = re.compile(
    r"\b(?:heat.treat\w*|(?:toast|bake|microwave|roast|cook|heat)\w* the flour|baked? (?:\S{1,12} ){0,4}flour)\b"
)


def raw_hazards(food: Food, words: str, said: Sequence[Sentence]) -> Iterator[tuple[str, Severity]]:
    """What to say of this food, named with these words, if the steps do not cook it as it must be."""
    if _is_toxic_pulse(food, words, said):
        if not any(_boils(sentence) for sentence in said):
            yield _SOAK_AND_BOIL.format(food.plural), "error"
    elif "toxic_raw" in food.flags or food.name in _POISONOUS_RAW:
        if not any(_POISONOUS_RAW.get(food.name, _STRONG).search(sentence.text) for sentence in said):
            yield f"{title(food.name)} must not be eaten raw: prepare and cook it well.", "warning"
    elif said and "flour" in food.name.split() and _has_raw_flour(said):
        yield _RAW_FLOUR, "warning"
    elif said and food.name == "bean sprouts" and not is_heated(said):
        yield _SPROUTS, "warning"
    elif food.name in ("mussel", "clam", "oyster") and said and not is_heated(said):
        yield _OYSTERS.format(food.plural), "warning"
    elif food.name in ("mussel", "clam") and not any("discard" in sentence.text for sentence in said):
        yield f"Discard {food.plural} that stay closed when cooked.", "info"


def is_heated(said: Sequence[Sentence]) -> bool:
    """Whether some step cooks: "do not bake" and "baking powder" do not count, nor does melting chocolate."""
    return any(
        not _UNCOOKED.search(sentence.text[max(found.start() - 24, 0) : found.start()])
        for sentence in said
        for found in _STRONG.finditer(sentence.text)
    )


def _is_toxic_pulse(food: Food, words: str, said: Sequence[Sentence]) -> bool:
    """Dried beans, or beans that the steps soak or call raw; tinned ones are cooked."""
    if food.category != "pulse" or re.search(r"\b(tin|tins|tinned|can|cans|canned|jar|cooked|green)\b", words):
        return False
    if "toxic_raw" in food.flags:
        return True
    bean = "bean" in food.name.split() and "soya" not in food.name
    return bean and bool(_DRIED.search(words) or any(_AS_DRIED.search(sentence.text) for sentence in said))


def _boils(sentence: Sentence) -> bool:
    """Whether the beans boil here for ten minutes: "boil hard for 10 minutes", not "boil water for 15 min for tea"."""
    text = sentence.text
    if (
        "pressure" in text
        and re.search(r"\bbeans?|them|they|it\b", text)
        and re.search(r"\b([2-9]\d|1\d\d) ?min", text)
    ):
        return True
    for found in _BOILED.finditer(text):
        between = re.findall(r"[a-z]+", found[1])
        minutes = 60 if found[3] == "h" else int(found[2] or 0)
        before = text[max(found.start() - 80, 0) : found.start()]
        others = _OTHER.search(before) or (between[:1] == ["water"] and not _BEAN & set(between))
        speaks = bool(_BEAN & set(re.findall(r"[a-z]+", text))) or not _OTHER.search(text)
        if minutes >= 10 and set(between) <= _BOILING and speaks and not others and not _NOT.search(before[-30:]):
            return True
    return False


def _has_raw_flour(said: Sequence[Sentence]) -> bool:
    if any(_TREATED.search(sentence.text) for sentence in said):
        return False
    if any(_EATEN_RAW.search(sentence.text) for sentence in said):
        return not any(_COOKED_FOR.search(sentence.text) for sentence in said)
    weakly = any(_WEAK.search(sentence.text) and _FLOURY.search(sentence.text) for sentence in said)
    return not weakly and not is_heated(said)
