"""What can go wrong so badly that a command cannot go on; each error builds its own sentence."""

from __future__ import annotations


class StudycardsError(Exception):
    """The command cannot go on. The message says what happened, where, and what to do; `exit_code` is the command's."""

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UsageError(StudycardsError):
    """The command line asks for something that does not exist or cannot be combined."""

    exit_code = 2


class StoreError(StudycardsError):
    """The database cannot be used as it is: not ours, damaged, newer, locked or not writable."""

    exit_code = 3
