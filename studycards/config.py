"""The person's settings: every key with its default and what it means; read from config.toml, never written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from studycards.model import Problem, Settings

Value = bool | int | float | str | tuple[str, ...]
Reader = Callable[[object], Value]


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. `read` turns what TOML gave into the value, or raises ValueError saying what was expected."""

    name: str
    default: Value
    comment: str
    read: Reader
    per_deck: bool = False


def _flag(value: object) -> Value:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def _text(value: object) -> Value:
    if isinstance(value, str):
        return value
    raise ValueError("a text in quotes")


def _words(value: object) -> Value:
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise ValueError('a list of texts, like ["a", "b"]')


def _whole(low: int, high: int) -> Reader:
    def read(value: object) -> Value:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise ValueError(f"a whole number from {low} to {high}")

    return read


def _real(low: float, high: float) -> Reader:
    def read(value: object) -> Value:
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        raise ValueError(f"a number from {low} to {high}")

    return read


def _choice(*words: str) -> Reader:
    def read(value: object) -> Value:
        if value in words:
            return str(value)
        raise ValueError(" or ".join(f'"{word}"' for word in words))

    return read


def _steps(value: object) -> Value:
    words = _words(value)
    for word in cast(tuple[str, ...], words):
        seconds(word)
    return words


def _parameters(value: object) -> Value:
    numbers = isinstance(value, list) and all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
    if numbers and len(cast(list[float], value)) in (0, 17, 19, 21):
        return tuple(repr(float(n)) for n in cast(list[float], value))
    raise ValueError("21 numbers, or none for the defaults")


def seconds(step: str) -> int:
    """The length of a step written as `30s`, `10m`, `2h` or `1d`, in seconds. Raises ValueError."""
    unit = {"s": 1, "m": 60, "h": 3600, "d": 86_400}.get(step[-1:])
    if unit is None or not step[:-1].isdigit() or int(step[:-1]) < 1:
        raise ValueError('steps like ["1m", "10m"] with s, m, h or d')
    return int(step[:-1]) * unit


KEYS: tuple[Key, ...] = (
    Key("decks", "decks", "folder of the deck files", _text),
    Key("language", "", "en or zh; empty: as the system says", _choice("", "en", "zh")),
    Key(
        "theme",
        "default",
        "colours: default, light, contrast, colourblind or terminal",
        _choice("default", "light", "contrast", "colourblind", "terminal"),
    ),
    Key("review.desired_retention", 0.90, "recall aimed at when a card comes due", _real(0.70, 0.99), True),
    Key("review.learning_steps", ("1m", "10m"), "steps of a new card", _steps, True),
    Key("review.relearning_steps", ("10m",), "steps after a lapse", _steps, True),
    Key("review.maximum_interval", 36_500, "longest interval in days", _whole(1, 36_500), True),
    Key("review.new_per_day", 20, "new cards a study day", _whole(0, 9999), True),
    Key("review.reviews_per_day", 200, "reviews a study day", _whole(0, 9999), True),
    Key("review.learn_ahead", "20m", "a step due within this is asked when nothing else is left", lambda v: _step(v)),
    Key("review.day_start", 4, "hour at which the study day begins", _whole(0, 23)),
    Key("review.bury_siblings", True, "cards of one passage wait until tomorrow", _flag, True),
    Key("review.leech_threshold", 8, "lapses that make a leech; 0: never", _whole(0, 99), True),
    Key("review.fuzz", True, "spread due days a little", _flag),
    Key("review.balance", True, "choose the quieter day inside the spread", _flag),
    Key("review.parameters", (), "the 21 parameters of FSRS-6; empty: fitted or default ones", _parameters),
    Key("review.buttons", 4, "4 ratings, or 2: Again and Good", _whole(2, 4)),
    Key("review.guard_ms", 150, "a key so soon after a new screen is taken for a slip", _whole(0, 2000)),
    Key("review.intervals", True, "show the next interval on each button", _flag),
    Key("review.typed", False, "answers are typed; the tag `type` says so for one card", _flag, True),
    Key("review.typed_case", False, "capital letters count in a typed answer", _flag, True),
    Key("review.one_by_one", False, "Space shows a list item by item", _flag, True),
    Key("review.timer", False, "show how long the card has been on screen", _flag),
    Key("review.idle", 60, "seconds after which a card on screen is not being studied any more", _whole(5, 3600)),
    Key("review.advance", 0, "seconds after which the answer shows by itself; 0: never", _whole(0, 600)),
    Key("review.player", "", "program that plays sounds, with its arguments; empty: one that is found", _text),
    Key("review.viewer", "", "program that shows pictures; empty: the system's", _text),
    Key("generate.min_confidence", 0.80, "proposals from here on are written", _real(0.0, 1.0)),
    Key("generate.inbox_confidence", 0.50, "proposals from here on wait in the inbox", _real(0.0, 1.0)),
    Key("generate.reading_list", True, "cards from link titles of the topics below", _flag),
    Key(
        "generate.reading_list_topics",
        ("多任务学习", "multi-task learning", "multitask learning", "MTL"),
        "headings under which link titles become cards",
        _words,
    ),
    Key("generate.off", (), "rules that are never tried", _words),
    Key("remind.quiet", "", 'hours without reminders, like "22:00-07:00"', _text),
    Key("remind.deck_names", False, "name decks in e-mail and webhook", _flag),
    Key("remind.email_to", "", "address of the e-mail reminder", _text),
    Key("remind.email_from", "", "sender of the e-mail reminder", _text),
    Key("remind.smtp_host", "", "mail server, host or host:port; empty: the machine's own sendmail", _text),
    Key("remind.smtp_user", "", "user at the mail server", _text),
    Key("remind.smtp_password", "", "password at the mail server", _text),
    Key(
        "remind.webhook_url",
        "",
        "https address that gets the reminder by POST; with ntfy in its host: in ntfy's form",
        _text,
    ),
    Key("export.source_link", "", 'form of a link to the source, like "https://example.org/{path}"', _text),
)
_BY_NAME = {key.name: key for key in KEYS}


def _step(value: object) -> Value:
    if isinstance(value, str):
        seconds(value)
        return value
    raise ValueError('a time like "20m"')


@dataclass(frozen=True, slots=True)
class Config:
    """What is in force: `given` holds what the file says (in the form KEYS reads it), the rest are defaults."""

    path: Path
    given: Mapping[str, Value] = field(default_factory=dict)
    decks: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def value(self, name: str, deck: str = "") -> Value:
        """The value of a key; for a deck, the preset of the deck or of its nearest parent comes first."""
        for part in _ancestors(deck):
            if name in self.decks.get(part, {}):
                return self.decks[part][name]
        return self.given.get(name, _BY_NAME[name].default)

    def text(self, name: str) -> str:
        """A key that holds a text."""
        return str(self.value(name))

    def number(self, name: str) -> float:
        """A key that holds a number."""
        return float(cast(float, self.value(name)))

    def flag(self, name: str) -> bool:
        """A key that holds true or false."""
        return bool(self.value(name))

    def words(self, name: str) -> tuple[str, ...]:
        """A key that holds a list of texts."""
        return cast(tuple[str, ...], self.value(name))

    def settings(self, deck: str = "") -> Settings:
        """What scheduling depends on, for one deck."""

        def steps(name: str) -> tuple[int, ...]:
            return tuple(seconds(step) for step in cast(tuple[str, ...], self.value(name, deck)))

        def whole(name: str) -> int:
            return int(cast(int, self.value(name, deck)))

        return Settings(
            desired_retention=float(cast(float, self.value("review.desired_retention", deck))),
            learning_steps=steps("review.learning_steps"),
            relearning_steps=steps("review.relearning_steps"),
            maximum_interval=whole("review.maximum_interval"),
            new_per_day=whole("review.new_per_day"),
            reviews_per_day=whole("review.reviews_per_day"),
            learn_ahead_s=seconds(self.text("review.learn_ahead")),
            bury_siblings=bool(self.value("review.bury_siblings", deck)),
            leech_threshold=whole("review.leech_threshold"),
            fuzz=self.flag("review.fuzz"),
            balance=self.flag("review.balance"),
            day_start=whole("review.day_start"),
            parameters=tuple(float(number) for number in self.words("review.parameters")),
        )


def _ancestors(deck: str) -> list[str]:
    parts = deck.split("::") if deck else []
    return ["::".join(parts[:n]) for n in range(len(parts), 0, -1)]


def default_store() -> Path:
    """Where the database lies unless `--db` or STUDYCARDS_DB names another place."""
    from platformdirs import user_data_path

    return user_data_path("studycards") / "studycards.db"


def cache_folder() -> Path:
    """The folder for what can be made anew, there when this returns."""
    from platformdirs import user_cache_path

    return user_cache_path("studycards", ensure_exists=True)


def default_config() -> Path:
    """Where config.toml is looked for."""
    from platformdirs import user_config_path

    return user_config_path("studycards") / "config.toml"


def default_state() -> Path:
    """Where logs and what can be made anew lie."""
    from platformdirs import user_state_path

    return user_state_path("studycards")


def load_config(path: Path | None = None) -> Config:
    """The config in force; what is wrong in the file is a problem with its line, and the default holds."""
    path = path or default_config()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config(path)
    except (OSError, UnicodeDecodeError) as error:
        return Config(path, problems=(Problem(str(path), 1, "config-unreadable", f"cannot be read: {error}"),))
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(
            path, problems=(Problem(str(path), _line_of(error), "config-syntax", f"not valid TOML: {error}"),)
        )
    return _read(path, table, text)


def _line_of(error: Exception) -> int:
    words = str(error).partition("line ")[2].partition(",")[0]
    return int(words) if words.isdigit() else 1


def _read(path: Path, table: Mapping[str, object], text: str) -> Config:
    problems: list[Problem] = []

    def complain(name: str, code: str, message: str) -> None:
        problems.append(Problem(str(path), _place(text, name), code, message))

    decks: dict[str, dict[str, Value]] = {}
    for deck, preset in _table(table.get("deck")).items():
        flat = {f"review.{name}": value for name, value in _table(preset).items()}
        decks[deck] = _accept(flat, {key.name for key in KEYS if key.per_deck}, complain)
    own = {key: value for key, value in table.items() if key not in ("deck", "keys")}
    given = _accept(_flatten(own), set(_BY_NAME), complain)
    keys = {action: str(key) for action, key in _table(table.get("keys")).items()}
    return Config(path, given, decks, keys, tuple(problems))


def _accept(
    flat: Mapping[str, object], allowed: set[str], complain: Callable[[str, str, str], None]
) -> dict[str, Value]:
    accepted: dict[str, Value] = {}
    for name, value in flat.items():
        if name not in allowed:
            complain(name, "config-unknown", f"{name} is no setting here; `studycards config` lists them")
            continue
        try:
            accepted[name] = _BY_NAME[name].read(value)
        except ValueError as expected:
            default = _BY_NAME[name].default
            complain(name, "config-value", f"{name} wants {expected}; {value!r} is ignored, {default!r} holds")
    return accepted


def _flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _place(text: str, name: str) -> int:
    last = name.rpartition(".")[2]
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(last):
            return number
    return 1


def template(decks: str) -> str:
    """A config.toml in which every setting stands with its default as a comment; only the deck folder is set."""
    lines = ["# Settings of studycards. Take a `#` away to change one; `studycards config` shows what is in force.", ""]
    section = ""
    for key in KEYS:
        head, _, name = key.name.rpartition(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        mark, value = ("", decks) if key.name == "decks" else ("# ", key.default)
        lines.append(f"{mark}{name} = {_toml(value)}  # {key.comment}")
    return "\n".join([*lines, "", *_PRESET, ""])


_PRESET = (
    "# A deck may have settings of its own:",
    '# [deck."History"]',
    "# new_per_day = 5",
    "",
    "# And an action a key of your own:",
    "# [keys]",
    '# suspend = "z"',
)


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_TOML_ESCAPES.get(c, c) for c in value) + '"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return f"{value:_}" if isinstance(value, int) else repr(value)


_TOML_ESCAPES = {'"': '\\"', "\\": "\\\\", **{chr(n): f"\\u{n:04x}" for n in (*range(32), 127)}}
