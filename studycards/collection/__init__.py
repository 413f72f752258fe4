"""Deck files joined with memory: what the cards are, and what appeared, changed, moved and vanished."""

from studycards.collection.changes import Change, Held, SyncReport, Unsure, What
from studycards.collection.front import Collection
from studycards.store.selection import Selection

__all__ = ["Change", "Collection", "Held", "Selection", "SyncReport", "Unsure", "What"]
