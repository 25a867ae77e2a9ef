"""Imported once, by the process that workers are forked from: what all of them need and none of them changes."""

from __future__ import annotations

import gc

import flavorbot.moving.running
import flavorbot.storage.dynamodb  # noqa: F401
from flavorbot.kitchen.glances import glance, phrase
from flavorbot.kitchen.lexicon import index
from flavorbot.kitchen.mentions import read_sentence
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.remembering import remember_more

_MANY, _FEWER = 16_384, 4096
"""Texts of other recipes that each worker remembers at least, since they come again; of sentences that were read word
by word fewer, since 16,384 of these took 76 MB more."""

index()
remember_more(glance, _MANY)
remember_more(phrase, _MANY)
remember_more(read_line, _MANY)
remember_more(read_sentence, _FEWER)
# What stays until the end need not be looked through for rubbish each time, nor be copied for that; and rows leave none
# but what ends with them.
gc.freeze()
gc.set_threshold(100_000)
