"""Writing an argument so that systemd or cron hands it on unchanged; what cannot be written is refused."""

from __future__ import annotations

import shlex
from itertools import dropwhile

from studycards.errors import StudycardsError


def systemd_argument(word: str) -> str:
    """One argument of `ExecStart=` behind the first."""
    return systemd_program(word).replace("$", "$$")


def systemd_program(word: str) -> str:
    """The first word of `ExecStart=`, in which `$` stands for itself."""
    return f'"{_systemd(word)}"'


def systemd_variable(name: str, value: str) -> str:
    """One `Environment=` assignment, in which `$` stands for itself."""
    return f'"{_systemd(f"{name}={value}")}"'


def _systemd(word: str) -> str:
    _refuse_breaks(word)
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        raise StudycardsError(f"systemd wants UTF-8, and {word!r} is none; use --via cron.")
    for raw, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("\t", "\\t")):
        word = word.replace(raw, written)
    return word


def systemd_first_word(line: str) -> str:
    """The program of an `ExecStart=` line that `systemd_program` wrote."""
    word: list[str] = []
    rest = iter(line.strip().removeprefix('"'))
    for letter in rest:
        if letter == '"':
            break
        if letter == "\\":
            following = next(rest, "")
            word.append("\t" if following == "t" else following)
        else:
            word.append(letter)
    return "".join(word).replace("%%", "%")


def cron_command(argv: tuple[str, ...], environment: tuple[tuple[str, str], ...], log: str) -> str:
    """A command of a crontab line: variables by `env`, the argv, its output added to the log."""
    words = [f"{name}={shlex.quote(value)}" for name, value in environment]
    command = " ".join((["env", *words] if words else []) + [shlex.quote(word) for word in argv])
    for word in (*argv, log, *(value for _, value in environment)):
        _refuse_breaks(word)
        if "\\" in word:
            raise StudycardsError(f"cron cannot pass on a backslash, and {word!r} has one; use --via systemd.")
    return f"{command} >>{shlex.quote(log)} 2>&1".replace("%", "\\%")


def cron_words(command: str) -> list[str]:
    """The argv of a command that `cron_command` wrote, without variables and redirections."""
    words = shlex.split(command.replace("\\%", "%"))
    if words[:1] == ["env"]:
        words = words[1:]
        words = list(dropwhile(lambda word: not word.startswith("/"), words))
    return [word for word in words if not word.startswith((">>", "2>&1"))]


def _refuse_breaks(word: str) -> None:
    if any(letter != "\t" and (letter < " " or letter == "\x7f") for letter in word):
        raise StudycardsError(
            f"A line break or control character cannot be written into a scheduler's entry, and {word!r} has one."
        )
