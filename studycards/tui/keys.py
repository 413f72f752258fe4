"""The one key map: `?`, the legends, line mode and the README's table are made from it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from studycards.language import later, say


@dataclass(frozen=True, slots=True)
class Key:
    """One action of one page.

    `when` is "question", "answer" or empty for both; `rank` orders the legend, the lowest staying longest on a narrow
    terminal (0: not in the legend).
    """

    page: str
    action: str
    keys: tuple[str, ...]
    label: str
    meaning: str
    rank: int = 0
    when: str = ""


PAGES = {
    "home": later("home"),
    "review": later("review"),
    "summary": later("summary"),
    "curate": later("curate"),
    "browse": later("browse"),
    "stats": later("stats"),
    "catchup": later("catch-up"),
}


def _page(page: str, *rows: tuple[str, str, str, str, int, str]) -> tuple[Key, ...]:
    return tuple(
        Key(page, action, tuple(keys.split()), label, meaning, rank, when)
        for action, keys, label, meaning, rank, when in rows
    )


def _everywhere(page: str, stop: str, meaning: str, leaving: str = "q escape f10") -> tuple[Key, ...]:
    return _page(
        page,
        ("undo", "u f6", later("undo"), later("undo the last action, as far back as you like"), 5, ""),
        ("redo", "U", later("redo"), later("redo what was undone"), 0, ""),
        ("keys", "? f1", later("keys"), later("this list"), 2, ""),
        ("quit", leaving, stop, meaning, 3, ""),
        ("leave", "ctrl+c", later("leave"), later("leave at once; everything is saved"), 0, ""),
        ("suspend_process", "ctrl+z", later("to the shell"), later("back to the shell; `fg` returns"), 0, ""),
        ("repaint", "ctrl+l", later("repaint"), later("paint the screen anew"), 0, ""),
    )


def _scrolling(page: str) -> tuple[Key, ...]:
    return _page(
        page,
        ("down", "down j", later("down"), later("scroll down"), 0, ""),
        ("up", "up k", later("up"), later("scroll up"), 0, ""),
        ("page_down", "pagedown", later("page down"), later("scroll a page down"), 0, ""),
        ("page_up", "pageup", later("page up"), later("scroll a page up"), 0, ""),
        ("top", "g home", later("top"), later("to the top"), 0, ""),
        ("end", "G end", later("end"), later("to the end"), 0, ""),
    )


def _moving(page: str, also_up: str = "") -> tuple[Key, ...]:
    return _page(
        page,
        ("down", "down j", later("down"), later("to the next line"), 0, ""),
        ("up", f"up {also_up}", later("up"), later("to the line before"), 0, ""),
        ("page_down", "pagedown", later("page down"), later("a page down"), 0, ""),
        ("page_up", "pageup", later("page up"), later("a page up"), 0, ""),
        ("top", "g home", later("top"), later("to the top"), 0, ""),
        ("end", "G end", later("end"), later("to the end"), 0, ""),
    )


def _with(row: Key, own: str) -> Key:
    if not own:
        return row
    return Key(row.page, row.action, tuple(own.split()), row.label, row.meaning, row.rank, row.when)


KEY_MAP: tuple[Key, ...] = (
    *_page(
        "home",
        ("review", "enter space", later("review"), later("review the deck under the cursor"), 1, ""),
        ("curate", "c", later("curate"), later("decide on what waits in the inbox"), 6, ""),
        ("stats", "s", later("stats"), later("statistics"), 7, ""),
        ("catchup", "k", later("catch-up"), later("ways through what waits beyond today's limit"), 9, ""),
        ("browse", "b", later("browse"), later("find cards and act on them"), 6, ""),
        ("find", "/", later("find"), later("find a deck by letters of its name and review it"), 8, ""),
    ),
    *_moving("home"),
    *_everywhere("home", later("quit"), later("quit")),
    *_page(
        "review",
        ("forward", "space enter", later("show"), later("show the answer; page a long one; then Good"), 1, "question"),
        ("forward", "space enter", later("Good"), later("show the answer; page a long one; then Good"), 0, "answer"),
        ("again", "1", later("Again"), later("Again: forgotten"), 0, "answer"),
        ("hard", "2", later("Hard"), later("Hard (recalled), with effort"), 0, "answer"),
        ("good", "3", later("Good"), later("Good: recalled"), 0, "answer"),
        ("easy", "4", later("Easy"), later("Easy: recalled at once"), 0, "answer"),
        ("edit", "e f2", later("edit"), later("edit the card here; what was learned stays"), 7, ""),
        ("editor", "E", later("editor"), later("open the deck file at the card in your editor"), 0, ""),
        ("note", "o f3", later("note"), later("open the note at the card's line"), 7, ""),
        ("peek", "p f4", later("peek"), later("show the lines of the note around the card"), 8, ""),
        ("info", "i f5", later("info"), later("the card's reviews, memory, source and id"), 0, ""),
        ("bury", "- f7", later("bury"), later("bury until tomorrow"), 6, ""),
        ("bury_all", "=", later("bury siblings"), later("bury with its siblings until tomorrow"), 0, ""),
        ("suspend", "@ f9", later("suspend"), later("suspend: not asked until you say so"), 9, ""),
        ("suspend_all", "!", later("suspend siblings"), later("suspend with its siblings"), 0, ""),
        ("retire", "x f8", later("retire"), later("never ask again, keep all; then 1-5 for a reason"), 10, ""),
        ("reason", "1 2 3 4 5", later("reason"), later("the reason for the card just retired"), 0, "question"),
        ("skip", "s", later("skip"), later("skip without rating: it comes back in this session"), 0, ""),
        ("hint", "h", later("hint"), later("show the first letters"), 0, "question"),
        ("type", "t", later("type"), later("type the answer; it is compared with the right one"), 0, "question"),
        ("item", "right n", later("next item"), later("show the answer's list item by item"), 0, ""),
        ("view", "v", later("view"), later("show the card's picture large"), 0, ""),
        ("replay", "r", later("play"), later("play the card's sound"), 0, ""),
        ("mark", "*", later("mark"), later("mark or unmark"), 0, ""),
        ("flag", "f", later("flag"), later("flag with the number that follows, 1-7; 0 takes it away"), 0, ""),
    ),
    *_scrolling("review"),
    *_everywhere("review", later("stop"), later("stop, to the summary")),
    *_page(
        "curate",
        ("keep", "y enter right", later("keep"), later("keep: written to its deck file"), 1, ""),
        ("drop", "n backspace left", later("drop"), later("drop for good; then 1-5 for a reason"), 1, ""),
        ("reason", "1 2 3 4 5", later("reason"), later("the reason for the proposal just dropped"), 0, ""),
        ("edit", "e f2", later("edit"), later("edit, then keep"), 4, ""),
        ("both_ways", "r", later("both ways"), later("keep, and ask back to front too"), 9, ""),
        ("split", "s", later("split"), later("split into two cards, both to be edited"), 7, ""),
        ("merge", "m", later("merge"), later("compare with the card it is like: keep one, or join them"), 10, ""),
        ("switch", "c", later("cloze"), later("a hole in a sentence instead of a question, or the other way"), 11, ""),
        ("later", "l down", later("later"), later("later: asked again tomorrow"), 5, ""),
        ("back", "up", later("back"), later("back to the one that was put off just now"), 0, ""),
        ("refused", "h", later("refused"), later("what was refused in this section, and why; y rescues it"), 14, ""),
        ("keep_rest", "A", later("keep rest"), later("keep the rest of this section; asks once"), 12, ""),
        ("drop_rest", "N", later("drop rest"), later("drop the rest of this section"), 13, ""),
        ("note", "o f3", later("note"), later("open the note at the card's line"), 8, ""),
        ("page_down", "space pagedown", later("page down"), later("scroll a page down"), 0, ""),
        ("page_up", "pageup", later("page up"), later("scroll a page up"), 0, ""),
    ),
    *_everywhere("curate", later("stop"), later("stop; everything is stored")),
    *_page(
        "browse",
        (
            "query",
            "/",
            later("query"),
            later("query: deck: tag: note: rule: id: is: flag: lapses>3 due<7"),
            1,
            "",
        ),
        ("choose", "space", later("choose"), later("choose or let go; what is chosen is acted on together"), 4, ""),
        ("choose_all", "A", later("all"), later("choose all that were found, or none"), 0, ""),
        ("open", "enter", later("open"), later("show the card with its answer"), 6, ""),
        ("edit", "e f2", later("edit"), later("edit the card here; what was learned stays"), 5, ""),
        ("editor", "E", later("editor"), later("open the deck file at the card in your editor"), 11, ""),
        ("note", "o f3", later("note"), later("open the note at the card's line"), 12, ""),
        ("peek", "p f4", later("peek"), later("show the lines of the note around the card"), 0, ""),
        ("info", "i f5", later("info"), later("the card's reviews, memory, source and id"), 0, ""),
        ("bury", "- f7", later("bury"), later("bury until tomorrow"), 7, ""),
        ("suspend", "@ f9", later("suspend"), later("suspend, or ask again what is suspended"), 8, ""),
        ("retire", "x f8", later("retire"), later("retire, or ask again what is retired"), 10, ""),
        ("reset", "R", later("reset"), later("learn anew from the beginning; u takes it back"), 0, ""),
        ("move", "M", later("move"), later("move to another deck; what was learned stays"), 13, ""),
        ("mark", "*", later("mark"), later("mark or unmark"), 0, ""),
        ("flag", "f", later("flag"), later("flag with the number that follows, 1-7; 0 takes it away"), 0, ""),
        ("view", "v", later("view"), later("show the card's picture large"), 0, ""),
        ("replay", "r", later("play"), later("play the card's sound"), 0, ""),
    ),
    *_moving("browse", "k"),
    *_everywhere("browse", later("back"), later("back")),
    *_page(
        "stats",
        ("longer", "> right", later("longer"), later("a longer period: 30, 90, 365 days"), 1, ""),
        ("shorter", "< left", later("shorter"), later("a shorter period"), 1, ""),
    ),
    *_scrolling("stats"),
    *(row for row in _everywhere("stats", later("back"), later("back")) if row.action not in ("undo", "redo")),
    *_page(
        "catchup",
        ("start", "enter space", later("start"), later("start the plan under the cursor"), 1, ""),
        ("without_new", "n", later("new or none"), later("new cards meanwhile, or none"), 4, ""),
        ("away", "t", later("a week away"), later("no reminder for a week"), 6, ""),
    ),
    *(row for row in _moving("catchup", "k") if row.action in ("down", "up")),
    *_everywhere("catchup", later("back"), later("back")),
    *_page(
        "summary",
        ("drill", "d", later("drill misses"), later("ask today's misses again; memory stays as it is"), 4, ""),
        ("weak", "w", later("weak cards"), later("ask what was forgotten most often; memory stays as it is"), 8, ""),
        ("catchup", "k", later("catch-up"), later("ways through what waits beyond today's limit"), 9, ""),
        ("two_buttons", "2", later("two buttons"), later("from now on two buttons: Again and Good"), 0, ""),
        ("four_buttons", "4", later("four buttons"), later("from now on all four buttons"), 0, ""),
        ("more_new", "+", later("10 more new"), later("ten new cards beyond today's limit"), 6, ""),
        ("ahead", "a", later("ahead"), later("what comes due tomorrow; little gain if repeated often"), 7, ""),
    ),
    *(_with(row, "up") if row.action == "up" else row for row in _scrolling("summary")),
    *_everywhere("summary", later("end"), later("end"), "enter q escape f10"),
)

# Letters of other keyboard layouts, by the place of the key.
_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_LAYOUTS = (
    "йцукенгшщзфывапролдячсмить",
    ";ςερτυθιοπασδφγηξκλζχψωβνμ",
    "/'קראטוןםפשדגכעיחלךזסבהנמצ",
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
)


def _by_place() -> dict[str, str]:
    places: dict[str, str] = {}
    for layout in _LAYOUTS:
        for theirs, ours in zip(layout, _LATIN, strict=True):
            letter = unicodedata.normalize("NFKC", theirs)
            if not letter.isascii():
                places[letter] = ours
                if letter.upper() != letter and len(letter.upper()) == 1:
                    places[letter.upper()] = ours.upper()
    return places


_PLACES = _by_place()
_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "backspace": "Backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
}


def normalise(key: str, character: str | None) -> str:
    """The key as the map names it: full-width characters become plain ones, letters of other layouts Latin ones."""
    if character is None or unicodedata.category(character[:1] or "\0").startswith("C"):
        return key
    plain = unicodedata.normalize("NFKC", character)
    return "space" if plain == " " else _PLACES.get(plain, plain)


def name(key: str) -> str:
    """A key as it is printed: `Space`, `F1`, `Ctrl+C`, `u`."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return _NAMES.get(key, key)


class KeyMap:
    """The map in force: the table with the person's own keys from `[keys]` in the config (action = "keys")."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        own = own or {}
        self.rows = tuple(_with(row, own.get(row.action, "")) for row in KEY_MAP)
        known = {row.action for row in KEY_MAP}
        self.unknown = tuple(action for action in own if action not in known)
        self._table: dict[tuple[str, str, str], str] = {}
        for row in self.rows:
            for when in (row.when,) if row.when else ("question", "answer"):
                for key in row.keys:
                    self._table.setdefault((row.page, when, key), row.action)

    def action(self, page: str, key: str, when: str = "question") -> str:
        """The action of a key on a page, empty where it has none."""
        return self._table.get((page, when, key), "")

    def page(self, page: str) -> tuple[Key, ...]:
        """The rows of one page, in the order of the table."""
        return tuple(row for row in self.rows if row.page == page)

    def legend(self, page: str, when: str) -> tuple[Key, ...]:
        """What the legend shows, in the order of the table; `rank` says which go first when it gets narrow."""
        return tuple(row for row in self.page(page) if row.rank and row.when in ("", when))

    def help(self, page: str) -> tuple[tuple[str, str], ...]:
        """Keys and meaning, one pair an action, for `?`."""
        lines: dict[str, dict[str, None]] = {}
        for row in self.page(page):
            lines.setdefault(say(row.meaning), {}).update(dict.fromkeys(name(key) for key in row.keys))
        return tuple((", ".join(keys), meaning) for meaning, keys in lines.items())


def readme_table() -> str:
    """The map as the README's table: keys with the same effect everywhere share a row."""
    default = KeyMap()
    cells: dict[str, tuple[str, ...]] = {}
    for row in default.rows:
        for key in row.keys:
            cells.setdefault(key, tuple(_effect(default, page, key) for page in PAGES))
    rows: dict[tuple[str, ...], list[str]] = {}
    for key, effects in cells.items():
        rows.setdefault(effects, []).append(name(key).replace("|", "\\|"))
    head = ["key", *PAGES]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' '.join(f'`{key}`' for key in keys)} | {' | '.join(effects)} |" for effects, keys in rows.items()]
    return "\n".join(lines)


def _effect(key_map: KeyMap, page: str, key: str) -> str:
    labels = [row.label for row in key_map.page(page) if key in row.keys]
    return ", ".join(dict.fromkeys(labels))
