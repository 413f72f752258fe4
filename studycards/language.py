"""What the person reads, in their language: gettext with the English sentence as the key."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"en": "", "zh": "zh_CN"}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def pick(wanted: str, environment: Mapping[str, str]) -> str:
    """`en` or `zh`: the config's word, else the first of LC_ALL, LC_MESSAGES, LANG that is not empty."""
    if wanted in LANGUAGES:
        return wanted
    named = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"


def use(language: str) -> None:
    """Speak `en` or `zh` from now on, in this process."""
    global _catalogue
    folder = LANGUAGES[language]
    if not folder:
        _catalogue = gettext.NullTranslations()
        return
    with (LOCALE / folder / "LC_MESSAGES" / "studycards.mo").open("rb") as file:
        _catalogue = gettext.GNUTranslations(file)


def say(message: str, **values: object) -> str:
    """A sentence in the person's language, its `{names}` filled in."""
    text = _catalogue.gettext(message)
    return text.format(**values) if values else text


def count(one: str, many: str, n: int, **values: object) -> str:
    """A sentence that depends on a number, `{n}`, in the person's language."""
    return _catalogue.ngettext(one, many, n).format(n=n, **values)


def later(message: str) -> str:
    """The message itself, marked for translation at the moment when it is shown."""
    return message


_DAYS = (later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun"))
_MONTHS = (
    *(later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun")),
    *(later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec")),
)


def day(moment: date) -> str:
    """A date as `Sun 22 Nov`, or as a Chinese reader writes it."""
    return say(
        "{weekday} {day} {month}",
        weekday=say(_DAYS[moment.weekday()]),
        day=moment.day,
        month=say(_MONTHS[moment.month - 1]),
    )


def weekday(moment: date) -> str:
    """The short name of a weekday."""
    return say(_DAYS[moment.weekday()])
