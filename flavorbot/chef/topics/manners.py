"""Thanks and greetings."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.model import Reply

_THANKS = (
    r"^(?:many |ok |great |perfect |lovely )*(?:thanks?|thank you|thx|cheers|ta|brilliant|perfect|delicious|yum\w*)\b"
)
_HELLO = r"^(?:hi|hello|hey|good (?:morning|evening|afternoon)|hiya)\b"


def answers(asked: Asked) -> Reply | None:
    if asked.says(_THANKS) and len(asked.text.split()) <= 8:
        return Reply(text=f"You are very welcome. Enjoy the {asked.recipe.title}!")
    if asked.says(_HELLO) and len(asked.text.split()) <= 4:
        return Reply(text=f"Hello! What would you like to know about {asked.recipe.title}?")
    return None
