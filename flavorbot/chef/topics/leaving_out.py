"""Whether a food can be left out, and what is lost with it."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.proposals import refined
from flavorbot.chef.removing import removed
from flavorbot.chef.saying import are, capital, sentence
from flavorbot.model import Reply

_ASKS = (
    r"leav\w+ (?:\w+ ){0,4}out|leave out|leaving out|skip\w*|omit\w*|do i (?:really )?need (?:the|to add|to use|all)"
    r"|(?:is|are) the \w+ (?:\w+ )?(?:necessary|needed|important|essential|optional)|hates?|dislikes?|doesnt like"
    r"|dont like|(?:make|do|cook) (?:it|this) without|take (?:\w+ ){0,3}out|remove|without|do i have to (?:use|add)"
    r"|must i (?:use|add)"
)
_LOST = {
    "herb": "It only scents the dish at the end, so you lose some freshness and nothing else.",
    "garnish": "It is there for looks and crunch; the dish works without it.",
    "spice": "The dish gets plainer; a little more of the other seasonings makes up for it.",
    "nut": "You lose the crunch; toasted seeds or breadcrumbs could bring it back.",
    "cheese": "You lose savour and salt, so season a little more.",
    "condiment": "You lose depth, so taste at the end and add salt or a squeeze of lemon.",
    "acid": "The dish tastes flatter; any other splash of something sour will do.",
    "dairy": "It gets less creamy; keep back a little cooking water to loosen the sauce.",
    "sweet": "It gets less sweet, and in a bake also drier and paler.",
    "aromatic": "It is part of the base, so the taste gets thinner; soften more of the other vegetables slowly "
    "instead.",
    "seasoning": "You can, but taste at the end: something sour or savoury has to take its place.",
    "fat": "Something has to carry the heat, so use a little of another oil, or a splash of water in a non-stick pan.",
}
_BAKED_ON = frozenset({"binder", "baking"})


def answers(asked: Asked) -> Reply | None:
    asks = asked.says(_ASKS) or asked.text.startswith("no ")
    if asks and asked.absent and not asked.subjects and not asked.says("instead"):
        name = asked.absent[0].name
        return Reply(text=f"You are in luck: there {are(name)} no {name} in this recipe.")
    if not asks or not asked.subjects or asked.says(r"instead|rinse|preheat|thermometer|crying"):
        return None
    line = asked.subjects[0]
    if line.food is None:
        return Reply(text=f"I do not know {line.name}, so I cannot say what the dish would lose with it.")
    structural = line.food.category in _BAKED_ON or (line.food.role == "binder" or line.food.kind == "egg")
    if structural and asked.recipe.category in ("dessert", "breakfast", "snack"):
        return Reply(
            text=f"I would keep the {line.name}: in a batter or bake it holds things together or lifts them. Ask me "
            "what to use instead."
        )
    return _without(asked, line)


def _without(asked: Asked, line: Line) -> Reply:
    food = line.food
    role = food.role if food else ""
    lost = _LOST.get(role, "")
    if simpler := removed(asked, line):
        return simpler.reply(sentence(f"Yes, you can leave out the {line.name}.", lost, "Below is the recipe without."))
    found = refined(asked, f"without {food.name}") if food else ""
    opening = f"Yes, you can leave out the {line.name}." if lost else ""
    if isinstance(found, str):
        return Reply(
            text=sentence(opening or f"I would not: {line.name} {are(line.name)} what the dish is built on.", lost)
        )
    if found.recipe.title != asked.recipe.title:
        told = f"Without {line.name} it is another dish: {found.recipe.title}."
    else:
        told = f"Below is the recipe without {line.name}."
    return found.reply(sentence(opening, lost, capital(told)))
