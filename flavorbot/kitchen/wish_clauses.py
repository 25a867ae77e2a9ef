"""What a wish says of each food: whether it is avoided, an exception, wanted, or merely mentioned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import other_words
from flavorbot.kitchen.wish_foods import names_food
from flavorbot.kitchen.wish_mentions import IN_LIST, JOINTS, Mention, list_before
from flavorbot.kitchen.wish_terms import Term

_DENYING = frozenset({"not", "no", "nothing", "isnt", "not a", "never"})
_WEAK = frozenset(
    {"only", "just", "more", "have", "has", "got", "need", "needs", "use", "using", "cook", "make", "add"}
)
_ENDS = frozenset({"stop", "semicolon", "comma"})


@dataclass(slots=True)
class Clauses:
    """Reads the terms in order; `mentions`, `diets` and `choices` are what it found.

    `doubtful` are places of words not understood. `mode` is what the next food is taken for: avoid, allergy, limit,
    denied ("not", ahead of a diet), except, fine, want, or "" when nothing is said of it; `last` is the latest way of
    avoiding. `cue` set the mode, and is `open` until a food follows it; `wanting` is the latest word that asked for
    more. After a comma the mode is `loose`: it goes on only if a food follows at once. `recent` are the foods that a
    cue behind them reaches; the clause is `bare` while it holds nothing but such a list, and `dish` tells that a meal
    was named since the cue.
    """

    terms: Sequence[Term]
    mentions: list[Mention] = field(default_factory=list)
    diets: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    recent: list[Mention] = field(default_factory=list)
    mode: str = ""
    cue: Term | None = None
    open: bool = False
    loose: bool = False
    bare: bool = True
    dish: bool = False
    last: str = ""
    wanting: str = ""

    def read(self) -> None:
        """Goes through all terms once; each kind of term has its own method."""
        for place, term in enumerate(self.terms):
            before = self.terms[place - 1] if place else None
            getattr(self, f"_{term.kind}", self._choice)(term, before, place)
            if term.kind not in ("food", "or", "comma") and term.text not in JOINTS | IN_LIST:
                self.bare = False
        self._settle(at_end=True)

    def _food(self, term: Term, before: Term | None, place: int) -> None:
        exception = self.mode == "except" or bool(self.cue and self.mode == "avoid" and self.cue.kind == "except")
        said = self.wanting if self.mode == "want" else self.cue.text if self.mode and self.cue else ""
        mention = Mention(term, self.mode or "named", self.loose, exception, said)
        self.mentions.append(mention)
        self.recent.append(mention)
        if self.mode in ("avoid", "allergy", "limit"):
            self.open = False
        if self.mode == "limit":
            self.doubtful.add(term.start)

    def _no(self, term: Term, before: Term | None, place: int) -> None:
        following = next((other for other in self.terms[place + 1 :] if other.kind != "filler"), None)
        if following and term.value in ("not", "exclude") and self._denies(term, following):
            self.mode, self.cue, self.open, self.loose = "denied", term, True, False
            return
        if term.text in ("no", "not", "never", "dont", "doesnt") and self.open and self.cue:
            return
        self._settle()
        how = {"allergy": "allergy", "limit": "limit"}.get(term.value, "avoid")
        self._begin(how, term)

    @staticmethod
    def _denies(cue: Term, following: Term) -> bool:
        """Whether the cue turns down a diet or a kind of meal: "not vegan", "no dessert"; "no gluten free" does not."""
        if following.kind == "diet":
            return cue.value == "not" or not following.value.endswith("_free")
        if following.kind == "quality":
            return cue.value == "not"
        return following.kind in ("category", "cuisine") and cue.text in _DENYING

    def _begin(self, how: str, term: Term) -> None:
        self.mode, self.cue, self.open, self.loose, self.dish, self.last = how, term, True, False, False, how

    def _behind(self, term: Term, before: Term | None, place: int) -> None:
        how = "allergy" if term.value == "allergy" else "avoid"
        if self.recent:
            self._mark(self.recent, how)
            self.mode, self.open, self.last = "", False, how
        elif term.text.startswith(("no", "nein")):
            self._begin(how, term)
        else:
            self.doubtful.add(term.start)
            self._begin(how, term)

    def _allergy(self, term: Term, before: Term | None, place: int) -> None:
        listed = list(list_before(self.terms, self.mentions, place))
        following = self.terms[place + 1] if place + 1 < len(self.terms) else None
        if listed:
            self._mark(listed, "allergy")
            self.cue = term
            self.mode, self.open, self.last = "", False, "allergy"
            if following and (following.kind == "colon" or following.text in ("to", "of")):
                self._begin("allergy", term)
            return
        if before and before.kind == "strange":
            return
        if self.mode == "denied" or (self.mode == "avoid" and self.open and self.cue and self.cue.value == "not"):
            self.mode, self.open = "fine", False
            return
        self._begin("allergy", term)

    def _free(self, term: Term, before: Term | None, place: int) -> None:
        listed = list(list_before(self.terms, self.mentions, place))
        if not listed:
            self._filler(term, before, place)
            return
        self._mark(listed, "free")
        self.last = "free"
        if not self.mode or self.mode == "denied":
            self.mode, self.open = "", False

    def _mark(self, mentions: Sequence[Mention], how: str) -> None:
        for mention in mentions:
            if how == "avoid" and mention.how in ("allergy", "free"):
                continue
            mention.how = how

    def _fine(self, term: Term, before: Term | None, place: int) -> None:
        if self.open and self.mode != "denied":
            return
        if term.value == "forward":
            self.mode, self.cue, self.loose = "fine", term, False
            return
        if self.mode in ("avoid", "allergy") and not self.loose:
            return
        self._mark([one for one in self.recent if one.how == "named" or one.continued], "fine")
        self.mode = ""

    def _want(self, term: Term, before: Term | None, place: int) -> None:
        if self.open or (self.mode in ("avoid", "allergy", "limit") and not self.loose and term.text in _WEAK):
            return
        self.mode, self.loose, self.wanting = "want", False, term.text

    def _with(self, term: Term, before: Term | None, place: int) -> None:
        avoiding = self.mode in ("avoid", "allergy", "limit")
        if avoiding and (self.open or (not self.loose and not self.dish)):
            return
        self.mode, self.loose, self.wanting = "want", False, term.text

    def _except(self, term: Term, before: Term | None, place: int) -> None:
        if self.last in ("avoid", "allergy"):
            self.mode, self.open, self.loose = "except", False, False
        else:
            self._begin("avoid", term)

    def _turn(self, term: Term, before: Term | None, place: int) -> None:
        if term.value == "but":
            self._settle()
            self.recent.clear()
        if self.open and self.recent and self.mode != "denied":
            return
        if not self.open:
            self.mode = ""

    def _too(self, term: Term, before: Term | None, place: int) -> None:
        """ "Eggs too" goes on with what was said before."""
        if self.last in ("avoid", "allergy") and not self.mode:
            self._mark([one for one in self.recent if one.how == "named"][-1:], self.last)

    def _none(self, term: Term, before: Term | None, place: int) -> None:
        self.mode, self.open = "", False
        if place + 1 < len(self.terms) and self.terms[place + 1].kind == "food":
            self._begin("avoid", term)

    def _dish(self, term: Term, before: Term | None, place: int) -> None:
        if self.loose:
            self._reset_list()
        if self.open and term.value == "kind" and self.mode in ("avoid", "denied"):
            self.doubtful.add(term.start)
            self.mode, self.open = "", False
        self.dish = not self.open

    def _filler(self, term: Term, before: Term | None, place: int) -> None:
        avoiding = self.mode in ("avoid", "allergy") and not self.loose
        if avoiding and names_food(term.text) and term.text not in other_words() | IN_LIST | JOINTS:
            self._food(term, before, place)
        elif self.loose and term.text not in JOINTS | IN_LIST:
            self._reset_list()

    def _unknown(self, term: Term, before: Term | None, place: int) -> None:
        self.doubtful.add(term.start)
        if self.mode in ("avoid", "allergy") and self.open:
            self.mentions.append(Mention(term, self.mode))
            self.open = False
        elif self.loose:
            self._reset_list()

    def _diet(self, term: Term, before: Term | None, place: int) -> None:
        if self.mode == "denied":
            self.mode, self.open = "", False
            return
        if term.value.endswith("_free") and before and before.text in JOINTS:
            listed = [one for one in list_before(self.terms, self.mentions, place, joined=True) if group(one.term.text)]
            self._mark(listed, "free")
        self.diets.append(term.value)
        self.last = "diet"
        if not self.open or self.mode == "avoid":
            self.mode, self.open = "", False

    def _strange(self, term: Term, before: Term | None, place: int) -> None:
        self.choices.setdefault("strange", []).append(term.text)
        self.open = False
        if self.loose:
            self._reset_list()

    def _choice(self, term: Term, before: Term | None, place: int) -> None:
        """A category, cuisine, number or other choice; after "no" it is not chosen."""
        if self.mode == "denied" and term.kind in ("category", "cuisine"):
            self.mode, self.open = "", False
            return
        if self.loose:
            self._reset_list()
        self.dish = not self.open
        if term.kind != "ignored":
            self.choices.setdefault(term.kind, []).append(term.value)

    def _quality(self, term: Term, before: Term | None, place: int) -> None:
        """ "Spicy", "creamy": a choice, unless the clause turns it down; "no spicy food" names a food."""
        if self.mode in ("avoid", "allergy") and not self.loose and (self.open or names_food(term.text)):
            if names_food(term.text):
                self._food(term, before, place)
            else:
                self.doubtful.add(term.start)
                self.open = False
        elif self.mode == "denied" or (self.open and self.mode == "limit"):
            self.doubtful.add(term.start)
            self.mode, self.open = "", False
        else:
            self._choice(term, before, place)

    def _or(self, term: Term, before: Term | None, place: int) -> None:
        """A list goes on."""

    def _comma(self, term: Term, before: Term | None, place: int) -> None:
        if not self.open:
            self.loose = bool(self.mode)
        if not self.bare and not self.open:
            self.recent.clear()
        self.bare = True

    def _colon(self, term: Term, before: Term | None, place: int) -> None:
        if self.mode in ("want", "fine", "denied"):
            self.mode, self.open = "", False

    def _stop(self, term: Term, before: Term | None, place: int) -> None:
        self._settle()
        self.recent.clear()
        self.bare, self.dish, self.wanting = True, False, ""
        if not (self.open and self.mode == "allergy"):
            self.mode, self.open, self.loose, self.last = "", False, False, ""

    def _semicolon(self, term: Term, before: Term | None, place: int) -> None:
        """A line or a semicolon goes on with a list if nothing but a food follows: "avoid: sesame; celery"."""
        following = [other.kind for other in self.terms[place + 1 : place + 3]]
        if following[:1] == ["food"] and (len(following) == 1 or following[1] in _ENDS) and self.mode:
            self._comma(term, before, place)
        elif not (self.open and before and before.kind == "colon"):
            self._stop(term, before, place)

    def _reset_list(self) -> None:
        self.mode, self.loose = "", False

    def _settle(self, at_end: bool = False) -> None:
        """A cue without a food behind it means the foods before it: "eggs: no"; without any it was not understood."""
        if not self.open or self.cue is None or self.mode not in ("avoid", "allergy", "limit"):
            return
        if self.recent:
            self._mark(self.recent, self.mode)
            self.mode, self.open = "", False
        elif at_end or self.mode != "allergy":
            self.doubtful.add(self.cue.start)
            self.open = False
