"""Dangers that the words of the steps tell (USDA, FDA and UK FSA advice); the patterns match folded sentences.

Every gap in a pattern is bounded, so that the time a text takes grows with its length alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from flavorbot.kitchen.checked import Severity

_KEEP = (
    r"\b(stor(e|ed|es|ing)|keep|keeps|kept|leave|left|leaving|infus\w*|steep\w*|stand|sit|sits|matur\w*|macerat\w*|rest"
    r"|bottle|bottled|lasts?|put|shelv\w*|seal\w*)\b"
)
_WARM = (
    r"\b(room temperature|counter|countertop|worktop|cupboard|pantry|larder|warm place|warm spot|window.?sill|shelf"
    r"|cellar|dark place|dry place|cool,? (and )?(dark|dry)|by the (stove|hob|cooker|oven)|(near|next to"
    r"|beside) the (stove|hob|cooker|oven)|un.?refrigerated|(out of|outside|without) (the |a )?(fridge|refrigerat\w+)"
    r"|kitchen table)"
)
_LONG = (
    r"\b(([5-9]|[1-9]\d\d?) (more )?days|(five|six|seven|eight|nine|ten|twelve|fourteen|several|many|some) days|weeks?"
    r"|months?|years?|fortnight|forever|indefinitely)\b"
)
_COLD = (
    r"(?<!un)(?<!un-)(?<!the )(?<!a )\b(refrigerat\w+|chilled|freez\w+|frozen)\b"
    r"|\b(in|into|to|inside) (the |a |your )?(fridge|freezer)\b"
)
_HOURS = (
    r"\b(overnight|all (day|night|morning|afternoon)|(the )?(whole|entire) (day|night)|([3-9]|[1-9]\d) ?(h|hrs?"
    r"|hours?)\b|(three|four|five|six|seven|eight|nine|ten|twelve|several|many|a few|some) hours|until (the )?(next"
    r"|following) (day|morning)|until tomorrow|for (the|a) (whole )?day|([1-9]\d?|two|three|several|a few) days)"
)
_OUT = (
    r"\b(room temperature|unrefrigerated|(in|inside) (a|the) (warm |hot )?car|(on|in|by|near) the (kitchen )?(counter"
    r"|countertop|worktop|work surface|bench|sink|side|table|stove|hob|radiator|window.?sill|sun)|(leave|left|leaving"
    r"|sits?|sitting|stand|standing|keep|kept|thaw|defrost)( \S{1,20}){0,4} (out|outside)\b(?! of the way)|warm place"
    r"|(keep|kept|hold|held|stay)( \S{1,20}){0,4} (warm|lukewarm))"
)
_FOWL = (
    r"(chickens?|turkeys?|poultry|ducks?|birds?|goose|breasts?|thighs?|wings?|drumsticks?|giblets)\b"
    r"(?! (?:stock|broth|of the woods|bowl|board|pan|knife|dish|tray|juices?))"
)
_IDLE = (
    r"(?: (?:off|and|then|pat|dry|out|well|thoroughly|quickly|briefly|first|under|in|with|cold|cool|running|water|the"
    r"|your|all|any|raw|whole|fresh|each|both|of|pieces?|parts?|inside|\d{1,2}|skinless|boneless|skinned)\b,?){0,9} "
)
_NOT = r"(?<!not )(?<!never )(?<!n't )(?<!dont )(?<!without )(?<!need to )(?<!avoid )(?<!than )"


@dataclass(frozen=True, slots=True)
class Rule:
    """A danger told by what the steps say.

    Each of `clues` is a set of patterns that one sentence must match all of; `unless` takes the sentence back.
    `anywhere` must stand somewhere in the steps. With `food`, only where the recipe has such a food.
    """

    subject: str
    clues: tuple[tuple[str, ...], ...]
    message: str
    food: str = ""
    severity: Severity = "warning"
    unless: str = ""
    anywhere: str = ""


_CANNING = (
    "Home canning can cause botulism: use a tested recipe and a pressure canner. Keep this in the fridge instead."
)
_GARLIC = (
    "Garlic, herbs, chillies or mushrooms in oil can cause botulism: keep them in the fridge and use within 4 days."
)
_WASHED = "Do not wash raw poultry: it spreads bacteria around the kitchen."
_LEFT_OUT = "Do not leave this out for more than 2 hours: between 4 and 60 °C bacteria multiply."
_INFUSED = (
    r"\b(oils?|infus\w*|steep\w*|garlic|cloves|bottles?|bottled|jars?|herbs?|chill?i(es|s)?|mushrooms|it|macerat\w*)\b"
)
_STARTED = r"\b(dough|yeast|prove|proof|starter|sourdough|cultur\w*|ferment\w*|kefir|yogh?urt|brine)\b"

RULES = (
    Rule(
        "home canning",
        (
            (r"\b(home )?canning\b|\bpressure can(ner|ned)?\b|\bshelf.?(stable|life)\b|\bcan the (?!be)",),
            (r"\bwater.?bath (the jars|can\b|canner|cann\w*|process)|\bprocess (the |in )?(filled |sealed )?jars",),
            (
                r"\b(sealed|filled|full|closed|lidded|packed|capped) (\S{1,20} )?(jars?|bottles?|tins|cans)\b",
                r"\b(boil\w*|simmer\w*|submerg\w*|process\w*|steam\w*|pasteuri[sz]\w*)\b",
            ),
            (
                r"\b(jars?|bottles)\b",
                r"\b(boil|simmer|submerge|steam|process|pasteuri[sz]e)\w*\b",
                r"\b(pack|fill|cover|seal|screw|ladle|pour|put)\w*\b",
                r"\d ?(min|h)",
            ),
        ),
        _CANNING,
        severity="error",
        unless=(r"\b(empty|clean) (jars?|bottles?)|\bsterili[sz]e (the |your |some )?(jars?|bottles?|lids?|empty)"),
    ),
    Rule(
        "home canning",
        (
            (
                r"\b(keep|keeps|kept|stor\w+|stand|lasts?|good|shelf|bottle|jar|seal\w*|leave|put|preserv\w*)\b",
                _WARM,
            ),
            (r"\b(keep|keeps|kept|stor\w+|lasts?|good|preserv\w*|seal\w*|bottle|jars?)\b", r"\b(months?|years?)\b"),
        ),
        _CANNING,
        food="moist",
        severity="error",
        unless=_COLD,
        anywhere=r"\b(jars?|bottl\w+|mason|kilner|le parfait|weck|seal\w*|tins|cans|vacuum)\b",
    ),
    Rule(
        "garlic in oil",
        (
            (_KEEP, _WARM, _INFUSED),
            (_KEEP, _LONG, _INFUSED),
            (r"^(keep|store|leave) (in|on|at|out|for|by)\b", rf"{_WARM}|{_LONG}"),
        ),
        _GARLIC,
        "infused oil",
        "error",
        unless=rf"{_COLD}|{_STARTED}",
    ),
    Rule("garlic in oil", ((_KEEP, _COLD, _LONG, r"\b(oils?|infus\w*|steep\w*|garlic)\b"),), _GARLIC, "infused oil"),
    Rule(
        "cooked rice",
        ((r"\b(cool|cold|chill|leftovers?|left over|overnight|store|next day|reheat|room temperature)\b",),),
        "Cool cooked rice within 1 hour, keep it in the fridge, and reheat it once only, until steaming.",
        food="rice",
        unless=(
            r"\b(soak|marinat|rins|wash)\w*\b|\bcold (running |tap )?water\b|\bcool(,| and|, and)? (dark|dry)\b"
            r"|\b(rack|board|cucumber)\b|\bwithin (an|the|1|one) hour\b"
        ),
    ),
    Rule(
        "reheating",
        (
            (r"\b(re-?heat|warm|heat)\w*\b", r"\b(until|till|just|only) (just |only |barely )?(lukewarm|tepid)\b"),
            (r"\bre-?heat\w*\b", r"\b(just|barely|only) warm\b|\b[3-6]\d ?(°|degrees)? ?c\b"),
            (r"\bwarm\w*\b", r"\b(leftovers?|through|cooked)\b", r"\b[3-6]\d ?(°|degrees)? ?c\b"),
        ),
        "Reheat until steaming hot all through (74 °C, 165 °F).",
        food="perishable",
        unless=r"\b(milk|water|yeast|dough)\b",
    ),
    Rule(
        "washing poultry",
        (
            (rf"{_NOT}\b(wash|washing|rinse|rinsing|swill|sluice){_IDLE}{_FOWL}",),
            (rf"{_NOT}\bgive( \S{{1,15}}){{0,3}} {_FOWL}( \S{{1,15}}){{0,5}} (wash|rinse|bath|shower)\b",),
            (
                rf"{_NOT}\b(clean|hold|run|put|place|pass|bathe|soak){_IDLE}{_FOWL}",
                r"\b(under|beneath|in|with)( \S{1,10}){0,3} (taps?|faucet|running|water|soap)\b",
                r"\b(taps?|faucet|running|clean|soap)\b",
            ),
            (
                rf"\b{_FOWL}( \S{{1,12}}){{0,3}} (washed|rinsed)\b",
                r"^(?!.{0,200}\b(not|never|n't) (be )?(washed|rinsed))",
            ),
            (rf"\b{_FOWL}[:,]? (then )?(wash|rinse) (and|it|them|well|under|in|thoroughly)\b",),
        ),
        _WASHED,
    ),
    Rule(
        "washing poultry",
        ((r"^(rinse|wash)( it| them)?( inside|,? (and|then) pat| well and pat|,? (and )?dry)\b",),),
        _WASHED,
        food="poultry",
    ),
    Rule(
        "raw fish",
        (
            (
                r"\b(sushi|sashimi|ceviche|tartare|poke bowl|crudo|gravlax|gravadlax|carpaccio|tiradito|raw (salmon"
                r"|tuna|fish|mackerel|sea bass|sea bream|prawns|scallops|oysters))\b",
            ),
        ),
        "Raw fish can carry parasites: use fish that was frozen at −20 °C for 7 days, or cook it to 63 °C (145 °F).",
        food="fish",
    ),
    Rule(
        "raw meat",
        (
            (
                r"\b(tartare|carpaccio|kitfo|kibbeh nayy?eh|mett|(raw|uncooked) (beef|steak|mince|meat|lamb|pork"
                r"|chicken|venison))\b",
                r"\b(serve|eat|enjoy|spread|plate|top|tartare|carpaccio|kitfo|mett|nayy?eh)\w*",
            ),
        ),
        "Raw meat can carry salmonella, E. coli and parasites: cook it through.",
        food="meat",
        severity="error",
        unless=r"\b(not|never|n't|touch\w*|board|knife|hands|separate)\b",
    ),
    Rule(
        "raw egg",
        (
            (
                r"\b(raw|uncooked|runny|soft.?boiled|lightly set|still liquid|unset) (beaten |whisked )?"
                r"(eggs?|yolks?|whites?)\b",
            ),
            (
                r"\b(yolks?|eggs?|whites?)( (is|are|stays?|still|remains?|should|be|left|just|a|little|bit|nice"
                r"|nicely)){1,4} (runny|raw|liquid|soft|wobbly|jammy)\b",
            ),
            (r"\b(leav\w+|keep\w*|with)( \S{1,10}){0,3} (yolks?|eggs?)( \S{1,10}){0,2} (runny|raw|liquid|jammy)\b",),
        ),
        "Raw or runny egg can carry salmonella: cook it until yolk and white are firm (71 °C, 160 °F).",
        unless=(
            r"\b(not|never|n't|no) (\S{1,10} ){0,3}(runny|raw|liquid|wobbly)\b|\bno longer\b"
            r"|\buntil .{0,30}\b(firm|hard)\b"
        ),
    ),
    Rule(
        "left out warm",
        (
            (
                r"\b(leave|leaving|left|stand|standing|marinat\w+|sits?|sitting|thaw\w*|defrost\w*|keep|kept|rest|hold"
                r"|cool)\b",
                _OUT,
                _HOURS,
            ),
        ),
        _LEFT_OUT,
        food="perishable",
        severity="error",
        unless=(
            r"\b(not|never|n't|no longer|slow cooker|low oven|bone broth|soften)\b|\bin (the |a )?fridge\b"
            rf"|(?<!then )(?<!before )(?<!and )\brefrigerat|{_STARTED}"
        ),
    ),
    Rule(
        "left out warm",
        ((r"\b(thaw|defrost)\w*\b", rf"{_OUT}|\b(hot|warm) (tap )?water\b"),),
        "Defrost in the fridge, in cold water or in a microwave, not in the warm: bacteria grow where it thaws first.",
        food="perishable",
        unless=r"\b(not|never|n't|cold water|cold running|fridge|refrigerat\w*|microwave)\b",
    ),
    Rule(
        "green potatoes",
        (
            (r"\b(green|greenish|sprout(ed|ing)|green.tinged|greening) potato",),
            (r"\bpotato\w*, (\w+ )?(and )?(green|sprout\w*)",),
            (
                r"\b(boil|roast|cook|use|keep|leave)\w*\b",
                r"\b(green|sprout\w+)( and \w+)? (ones|skins?|bits)\b|\bkeep the sprouts",
            ),
            (
                r"\bpotato",
                r"\bgreen(ish)?[ -](ting\w*|patch\w*|parts?|bits?|spots?|skin\w*|areas?)\b"
                r"|\b(gone|turned|going|turning) green\b",
            ),
        ),
        "Throw away green or sprouting potatoes: they contain solanine.",
        anywhere=r"\bpotato",
    ),
    Rule(
        "home smoking or curing",
        (
            (
                r"\b(cold.?smok\w+|home.?smok\w+|smoke|smoking|cure|curing|dry.?cur\w+|air.?dry\w*|hang)\b"
                r"(?! (?:point|alarm))",
                r"\b(meat|ham|pork|belly|bacon|beef|brisket|salami|sausages?|chicken|duck|fish|salmon|trout|mackerel"
                r"|venison|it|them|legs?|fillets?|joint|jerky|biltong)\b",
            ),
        ),
        "Smoking, curing or drying at home needs a tested recipe: measured curing salt, and 71 to 74 °C inside unless "
        "kept cold.",
        food="flesh",
        unless=(
            r"\b(until|starts to|begins to|just|hot enough to|not|without|smoke point|almost) (it |they )?smok"
            r"|smoking hot|\bliquid smoke\b"
        ),
    ),
    Rule(
        "wild mushrooms",
        (
            (r"\b(wild|foraged|hand.?picked|self.?picked|gathered|woodland) (\S{1,15} )?mushrooms?\b",),
            (r"\bmushrooms?( \S{1,12}){0,3} (you|i|we) (\S{1,8} )?(picked|found|gathered|foraged)\b",),
        ),
        "Eat wild mushrooms only if an expert has named them, and never raw: deadly ones look alike.",
    ),
    Rule(
        "raw bamboo shoots",
        ((r"\b(raw|fresh|uncooked) bamboo",),),
        "Fresh bamboo shoots release cyanide: peel them and boil for at least 20 minutes in changed water.",
        severity="error",
        unless=r"\bboil",
    ),
    Rule(
        "too much nutmeg",
        (
            (
                r"\b([1-9]|[1-9]\d|a|an|one|two|three|heaped|½|1/2) ?(level |heaped |whole |heaping )?(tbsp"
                r"|tablespoons?|tbs|cups?)\.?( of)?( freshly| ground| grated| finely){0,3} nutmeg",
            ),
        ),
        "A tablespoon of nutmeg is poisonous: a pinch is enough for a dish.",
        severity="error",
    ),
    Rule(
        "raw milk or juice",
        (
            (
                r"\b(raw|unpasteuri[sz]ed) (cow'?s? |goat'?s? |sheep'?s? |whole |fresh |full.?fat )?(milk|cream|cheese"
                r"|cider|juice|apple juice)\b|\bunpasteuri[sz]ed\b",
            ),
        ),
        "Unpasteurised milk or juice can carry E. coli and listeria: use pasteurised, or boil it first.",
        unless=r"\b(not|never|n't|avoid)\b",
    ),
)
