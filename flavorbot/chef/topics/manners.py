"""Thanks and greetings."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.model import Reply

_THANKS = (
    r"^(?:many |ok |great |perfect |lovely )*(?:thanks?|thank you|thx|cheers|ta|brilliant|perfect|delicious|yum\w*)\b"
)
_HELLO = r"^(?:hi|hello|hey|good (?:morning|evening|afternoon)|hiya)\b"
_WHO = (
    r"who are you|are you (?:an? )?(?:ai|robot|bot|human|person|real|machine|chatbot)|what are you|your name"
    r"|what can (?:i ask|you (?:do|answer))"
)


def answers(asked: Asked) -> Reply | None:
    if asked.says(_THANKS) and len(asked.text.split()) <= 8:
        return Reply(text=f"You are very welcome. Enjoy the {asked.recipe.title}!")
    if asked.says(_HELLO) and len(asked.text.split()) <= 4:
        return Reply(text=f"Hello! What would you like to know about {asked.recipe.title}?")
    if asked.says(_WHO):
        return Reply(
            text="I am FlavorBot’s chef: no person, but rules and a table of foods that know this recipe line by line. "
            "Ask me about keeping, freezing, doneness, stand-ins, allergens, amounts, times or what goes with it, and "
            "I will say so when I do not know."
        )
    return None
