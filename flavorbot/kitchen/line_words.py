"""Words of an ingredient line that join, deny or change the foods beside them."""

from __future__ import annotations

from flavorbot.kitchen.text import stem

CONNECTORS = frozenset(
    {
        "and", "or", "with", "in", "plus", "on", "from", "for", "then", "et", "und", "y", "e", "con", "mit", "avec",
        "oder", "ou", "o", "aus", "into", "over", "of",
    }
)  # fmt: skip
NEGATIONS = frozenset({"without", "no", "not", "minus", "except", "excluding", "sans", "ohne", "senza", "sin", "never"})
INSTEAD = (("instead", "of"), ("in", "place", "of"), ("rather", "than"))
FOR = frozenset({"for", "pour", "para", "per", "zum", "fur", "voor"})
TAKEN_OUT = frozenset({"removed", "discarded"})
LIKENESS = frozenset(
    {
        "style", "flavour", "flavours", "flavor", "flavors", "flavoured", "flavored", "flavouring", "flavoring",
        "like", "scented", "tasting",
    }
)  # fmt: skip
BAKED = frozenset({"tart", "tarts", "crisp", "crisps"})
"""Words that describe a food ahead of it ("tart apples"), and behind it name what is baked of it ("apple tart")."""
ALTERABLE = frozenset(
    stem(word)
    for word in {
        "milk", "cheese", "butter", "cream", "yogurt", "yoghurt", "flour", "oil", "nuts", "seeds", "sauce", "paste",
        "powder", "syrup", "bread", "pasta", "noodles", "meat", "mince", "sausage", "sausages", "burger", "burgers",
        "fish", "root", "beans", "mushroom", "mushrooms", "berries", "chips", "dressing", "spread", "drink",
    }
)  # fmt: skip

FORMS = frozenset(
    {"powder", "flakes", "granules", "puree", "pulp", "pulver", "poudre", "polvo", "polvere", "po", "poeder", "proszku"}
)
"""Behind a spice, a herb, a fruit or a vegetable these only say in what form it is bought."""
POWDERED = frozenset({"spice", "herb", "vegetable", "mushroom", "fruit"})
