"""What the tests of the reminder share."""

from remind_stubs import home, machine, run, start, stubs

__all__ = ["home", "machine", "run", "start", "stubs"]
