"""Writing an argument so that systemd or cron hands it on unchanged; what cannot be written is refused."""

from __future__ import annotations

import re
import shlex
from itertools import dropwhile

from studycards.errors import StudycardsError

_BY_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = re.compile(r"\\(.)")


def systemd_command(argv: tuple[str, ...]) -> str:
    """The value of `ExecStart=`. systemd refuses a program with a quote, backslash or tab: a shell takes it."""
    if any(letter in argv[0] for letter in "'\"\\\t"):
        argv = (*_BY_SHELL, *argv)
    program, *rest = argv
    return " ".join([_quoted(program), *(_quoted(word).replace("$", "$$") for word in rest)])


def systemd_variable(name: str, value: str) -> str:
    """One `Environment=` assignment, in which `$` stands for itself."""
    return _quoted(f"{name}={value}")


def _quoted(word: str) -> str:
    _refuse_breaks(word)
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        raise StudycardsError(f"systemd wants UTF-8, and {word!r} is none; use --via cron.")
    for raw, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("\t", "\\t")):
        word = word.replace(raw, written)
    return f'"{word}"'


def systemd_program(command: str) -> str:
    """The program of a command that `systemd_command` wrote."""
    first, *rest = [_unquoted(word) for word in _WORD.findall(command)] or [""]
    words = [first, *(word.replace("$$", "$") for word in rest)]
    if tuple(words[: len(_BY_SHELL)]) == _BY_SHELL:
        words = words[len(_BY_SHELL) :]
    return words[0]


def _unquoted(word: str) -> str:
    plain = _ESCAPED.sub(lambda match: "\t" if match[1] == "t" else match[1], word[1:-1])
    return plain.replace("%%", "%")


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
