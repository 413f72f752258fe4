"""One sitting at the review: the queue, the card on screen, the answer, undo; every act written at once."""

from studycards.session.sitting import Session
from studycards.session.values import Options, Progress, Result, Showing, Summary
from studycards.store.trouble import StoreBusyError

__all__ = ["Options", "Progress", "Result", "Session", "Showing", "StoreBusyError", "Summary"]
