"""When a food is done, inside and to the eye, and how hot the oven is. Temperatures: USDA, as in the food table."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.kinds import family_of
from flavorbot.chef.saying import are, capital, degrees, gas_mark, minutes, sentence
from flavorbot.chef.steps import is_too_short, longest, oven_celsius, oven_minutes
from flavorbot.generators.builtin.book import tags
from flavorbot.model import Reply

_DONE = (
    r"(?:know|tell|see|sure|check|find out)\b.*\b(?:done|cooked|ready|when|if|enough|right)"
    r"|(?:is|are) (?:it|they|the \w+(?: \w+)?) (?:done|cooked|ready)|when (?:is|are) .*\b(?:done|cooked|ready)|doneness"
    r"|undercooked|cooked (?:through|properly|enough)|(?:is|are|looks?|stays?) (?:still |a bit |a little |slightly "
    r"|quite )?(?:pink|raw|bloody|underdone)|still (?:pink|raw|bloody)|(?:bit|little|slightly) pink"
    r"|pink (?:inside|in the middle|ok|okay|chicken|pork|mince)|rare|medium|look\w* like when"
    r"|(?:still )?raw (?:inside|in the middle)|cooked all the way"
)
_SAFE = r"safe(?:ly)?(?: to eat| to cook)?|dangerous|make (?:me|us|you) (?:ill|sick)"
_HEAT = r"temperature|how hot|degrees|thermometer|internal temp|core temp|what temp|gas mark|fan oven"
_OVEN = r"oven|gas mark|fan"
_INSIDE = r"internal|inside|core|thermometer|done|cooked|safe"
_SIGNS = (
    ("pasta_shape", "bite a piece: it should give with just a little firmness at the core"),
    ("noodle", "lift one out and bite: tender, with a little spring left"),
    ("risotto_rice", "the grains are creamy outside with a slight bite, and the pan flows when you shake it"),
    ("plain_rice", "the grains are tender right through and the water is gone"),
    ("boiled_grain", "the grains are tender and have soaked up their water"),
    ("couscous", "it has drunk all its water and falls apart under a fork"),
    ("dry_pulse", "one squashes easily between two fingers, with no chalk in the middle"),
    ("ready_pulse", "they are hot right through; they come cooked"),
    ("potato", "the point of a knife slides in and out without a tug"),
    ("leafy", "the leaves have just collapsed and are still bright green"),
    ("mushroom", "their water has boiled off and they turn golden"),
    ("bulb", "soft and see-through, with no raw smell"),
    ("hard", "the point of a knife slides in easily"),
    ("medium", "tender with some bite left"),
    ("soft", "soft and a little browned at the edges"),
    ("firm_plant_protein", "golden and crisp at the edges"),
    ("flour", "a skewer pushed into the middle comes out clean"),
    ("fruit", "a knife goes in easily and the juices bubble"),
)
_BY_EYE = {
    "poultry": "Without a thermometer, cut into the thickest piece: the juices run clear, the meat is white right "
    "through, and no pink is left.",
    "fish": "To the eye: it turns from glassy to opaque and flakes at a nudge of the fork.",
    "scaleless": "To the eye: it turns from glassy to opaque and flakes at a nudge of the fork.",
    "egg": "To the eye: white and yolk are set and nothing runs.",
    "crustacean": "To the eye: they turn pink and opaque and curl into a C.",
    "mollusc": "To the eye: shells have opened (throw away any that stay shut), or the flesh is opaque and firm.",
    "minced": "Without a thermometer, break a piece open: brown right through, with no pink left, and clear juices.",
    "pork": "Without a thermometer, cut into the thickest part: at most a blush of pink and clear juices, then three "
    "minutes’ rest.",
    "": "Without a thermometer, press it: a steak that gives like the ball of your thumb is medium. Rest it for three "
    "minutes.",
}


def answers(asked: Asked) -> Reply | None:
    heat = asked.says(_HEAT)
    if asked.says(_SAFE):
        return _careful(asked)
    if (not heat and not asked.says(_DONE)) or asked.says(r"fridge|freez\w+|room temperature"):
        return None
    if heat and (asked.says(_OVEN) or not asked.subjects) and not asked.says(_INSIDE):
        return _oven(asked) or _inside(asked)
    return _inside(asked)


def _oven(asked: Asked) -> Reply | None:
    celsius, time = oven_celsius(asked), oven_minutes(asked)
    if celsius is None:
        return None
    lasts = f", and things are in it for about {minutes(time)}" if time else ""
    return Reply(
        text=f"Heat the oven to {degrees(celsius)}; that is {celsius - 20} °C with a fan, or gas mark "
        f"{gas_mark(celsius)}{lasts}."
    )


def _inside(asked: Asked) -> Reply | None:
    if family_of(asked) == "bake" and not asked.says("egg|yolk|white"):
        time = oven_minutes(asked)
        about = f", after about {minutes(time)}" if time else ""
        return Reply(
            text=f"Push a skewer into the middle: it comes out clean, with no wet batter{about}. The top springs back "
            "when you press it lightly, and the sides have just come away from the tin."
        )
    chosen = asked.subjects or tuple(line for line in asked.lines if line.food and line.food.safe_c)
    if not chosen:
        return _whole(asked)
    time = None if asked.subjects else oven_minutes(asked)
    whole = ""
    if time and time >= 20 and "mince" in " ".join(line.name for line in chosen):
        whole = (
            f"The whole is ready when it bubbles at the edges and is golden on top, after about {minutes(time)} in the "
            "oven."
        )
    return Reply(text=sentence(whole, *(_of(asked, line) for line in chosen[:2])))


def _careful(asked: Asked) -> Reply:
    """What to mind, for whoever asks for a promise."""
    inside = _inside(asked)
    opening = "I never promise that of a dish; what I can tell you is what to mind."
    later = "Cool what is left within two hours and keep it below 5 °C, and read the labels if anyone has an allergy."
    return Reply(text=sentence(opening, inside.text if inside else "", later))


def _of(asked: Asked, line: Line) -> str:
    step = longest(asked, line)
    where = ""
    if step and step.minutes and not is_too_short(line, step.minutes):
        where = f"In this recipe that is after about {minutes(step.minutes)}, in step {step.number}."
    food = line.food
    if food is None:
        return sentence(f"I do not know {line.name}, so go by the packet.", where)
    name = line.name
    if food.safe_c:
        part = "in the thickest part" if food.kind not in ("egg", "crustacean", "mollusc") else "inside"
        return sentence(f"The {name} {are(name)} done at {degrees(food.safe_c)} {part}.", _seen(line), where)
    sign = next((sign for tag, sign in _SIGNS if tag in tags(food)), "")
    if not sign:
        return sentence(
            f"The {name} only {'need' if are(name) == 'are' else 'needs'} to look and taste right to you.", where
        )
    return sentence(f"For the {name}: {sign}.", where)


def _seen(line: Line) -> str:
    food = line.food
    if food is None:
        return ""
    minced = any(word in food.name for word in ("mince", "burger", "sausage", "meatball"))
    return _BY_EYE["minced" if minced and food.kind != "poultry" else food.kind if food.kind in _BY_EYE else ""]


def _whole(asked: Asked) -> Reply | None:
    """A dish with nothing in it that must reach a temperature."""
    last = [
        line
        for line in asked.lines
        if line.food and line.food.role in ("starch", "hard", "binder", "fruit", "medium", "soft")
    ]
    if not last:
        return None
    told = _of(asked, last[0])
    return Reply(text=f"Nothing in {asked.recipe.title} has to reach a certain temperature. {capital(told)}")
