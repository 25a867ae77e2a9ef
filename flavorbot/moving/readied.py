"""Imported once, by the process that workers are forked from: what all of them need and none of them changes."""

from __future__ import annotations

import gc

import flavorbot.moving.running
import flavorbot.storage.dynamodb  # noqa: F401
from flavorbot.kitchen.lexicon import index

index()
# What stays until the end need not be looked through for rubbish each time, nor be copied for that.
gc.freeze()
