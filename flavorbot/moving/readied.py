"""Imported once, by the process that workers are forked from: what all of them need and none of them changes."""

from __future__ import annotations

import gc

import flavorbot.moving.running
import flavorbot.storage.dynamodb  # noqa: F401
from flavorbot.kitchen.glances import glance, phrase
from flavorbot.kitchen.lexicon import index
from flavorbot.kitchen.mentions import read_sentence
from flavorbot.kitchen.remembering import remember_more

_TEXTS = 16_384
"""Sentences, and parts of them, that each worker remembers: those of other recipes come again."""

index()
remember_more(glance, _TEXTS)
remember_more(phrase, _TEXTS)
remember_more(read_sentence, _TEXTS)
# What stays until the end need not be looked through for rubbish each time, nor be copied for that; and rows leave none
# but what ends with them.
gc.freeze()
gc.set_threshold(20_000)
