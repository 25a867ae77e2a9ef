"""Illness, medicine and pets, where the only right answer is whom to ask."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import listed, sentence
from flavorbot.kitchen.text import stems
from flavorbot.model import Reply

_ILL = (
    r"food poisoning|poisoned|throwing up|threw up|vomit\w*|diarrh\w*|feel(?:s|ing)? (?:ill|sick|unwell)|stomach ?ache"
    r"|rash|hospital|(?:baby|infant|newborn) (?:\w+ ){0,3}(?:ate|eaten|had|swallowed) (?:\w+ ){0,3}honey"
    r"|gave (?:\w+ ){1,3}(?:baby|infant|newborn) (?:\w+ ){0,3}honey|(?:i|we|he|she|they) (?:ate|have eaten"
    r"|swallowed) (?:\w+ ){0,3}(?:raw|undercooked|mouldy|moldy|off|bad)"
)
_MEDICAL = {
    "carbohydrate": r"diabet\w*|blood sugar|insulin|glyc\w+",
    "salt": r"blood pressure|hypertension|heart (?:disease|failure|condition|attack|problem)|stroke",
    "fat": r"cholesterol|statins?|gallstones?|gallbladder|fatty liver|pancrea\w+",
    "protein": r"kidneys? (?:disease|failure|stones?|problems?|patient)|dialysis|gout",
    "": r"cancer|chemo\w*|warfarin|blood thinner\w*|medicines?|medications?|tablets|antibiotics?|thyroid|crohn\w*"
    r"|colitis|reflux|ulcer|ibs|eating disorder|anorexi\w*|weak(?:ened)? immune|immune system|immunocompromised"
    r"|after surgery|my (?:doctor|gp)|breast ?feeding|lose weight|weight loss|losing weight",
}
_PETS = r"dogs?|cats?|puppy|kittens?|pets?|rabbits?|hamsters?"
_HARMS_PETS = frozenset(
    stems(
        "onion garlic leek shallot chive grape raisin chocolate cocoa avocado macadamia alcohol coffee tea rhubarb "
        "nutmeg salt"
    )
)


def answers(asked: Asked) -> Reply | None:
    if asked.says(_PETS) and not asked.says("hot dogs?"):
        return Reply(text=_for_pets(asked))
    if asked.says(_ILL):
        return Reply(
            text="I am only a cook, so please ask someone who can look after you: a pharmacist, your GP or NHS 111, "
            "and 999 if it is getting worse fast. Keep what is left of the food and its packaging, so that you can "
            "tell them what it was."
        )
    figure = next((name for name, pattern in _MEDICAL.items() if asked.says(pattern)), None)
    if figure is None:
        return None
    return Reply(
        text=sentence(
            "That is a question for your doctor, midwife or a dietitian, who know you; I only know food.",
            _what_i_can_tell(asked, figure),
        )
    )


def _for_pets(asked: Asked) -> str:
    bad = [line.name for line in asked.lines if _HARMS_PETS & set(stems(line.name))]
    why = f" This has {listed(bad[:3])}, which can make them ill." if bad else ""
    return (
        f"Please do not give it to them: I cook for people, and seasoned food is nothing for animals.{why} Ask your "
        "vet."
    )


def _what_i_can_tell(asked: Asked, figure: str) -> str:
    found = asked.recipe.nutrition
    if found is None:
        return ""
    grams = {
        "carbohydrate": f"about {found.carbohydrate_g:.0f} g of carbohydrate and {found.fibre_g:.0f} g of fibre",
        "salt": f"about {found.salt_g:.1f} g of salt",
        "fat": f"about {found.fat_g:.0f} g of fat",
        "protein": f"about {found.protein_g:.0f} g of protein and {found.salt_g:.1f} g of salt",
        "": f"about {found.kcal:.0f} kcal, {found.salt_g:.1f} g of salt and {found.fat_g:.0f} g of fat",
    }[figure]
    return f"What I can give you for that talk: by our food table a serving of this has {grams}."
