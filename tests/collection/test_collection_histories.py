"""Long histories of edits of a large deck without any id in it: histories are kept, and never go to another card."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from collection_desk import Desk

SIZE = 500
FILES = 5
NAMES = [
    "cross",
    "stitch",
    "sluice",
    "mixture",
    "gate",
    "tower",
    "expert",
    "pad",
    "net",
    "ladder",
    "routing",
    "taskonomy",
]
PLACES = ["Edfu", "Abydos", "Dendera", "Karnak", "Memphis", "Thebes", "Tanis", "Sais", "Buto", "Amarna"]
HAN = "法老王名荷鲁斯圈奈布提金鹰冠眼镜蛇秃鹫上下埃及太阳神拉之子出生登基时写在宫殿门面里的两位女神守护权力永恒生命"


@dataclass(slots=True)
class Fact:
    """One card of the script; `number` is who it really is."""

    number: int
    front: str
    back: str
    file: int


def facts(draw: random.Random) -> list[Fact]:
    made: list[Fact] = []
    seen: set[str] = set()
    while len(made) < SIZE:
        words = draw.sample(NAMES, 3)
        latin = f"Which {words[0]} {words[1]} did the workshop at {draw.choice(PLACES)} call {words[2]}{len(made)}?"
        han = "".join(draw.sample(HAN, 14)) + "是什么？"
        front = latin if draw.random() < 0.5 else han
        back = " ".join(draw.sample(NAMES, 2)) if front == latin else "".join(draw.sample(HAN, 5))
        if front not in seen:
            seen.add(front)
            made.append(Fact(len(made), front, back, len(made) % FILES))
    return made


def typo(fact: Fact, draw: random.Random) -> None:
    at = draw.randrange(len(fact.front) - 1)
    fact.front = fact.front[:at] + fact.front[at + 1] + fact.front[at] + fact.front[at + 2 :]


def mend_answer(fact: Fact, draw: random.Random) -> None:
    fact.back += draw.choice([" too", "等", " as well"])


def reword(fact: Fact, draw: random.Random) -> None:
    """Change up to a fifth of the characters, none of them a digit or a word of negation."""
    letters = [at for at, char in enumerate(fact.front) if char.isalpha()]
    changed = list(fact.front)
    for at in draw.sample(letters, max(1, len(fact.front) // 8)):
        changed[at] = draw.choice("岁月山川" if changed[at] > "z" else "aeiou")
    fact.front = "".join(changed)


def typography(fact: Fact, draw: random.Random) -> None:
    fact.front = fact.front.replace("？", "?").replace("?", " ？").upper()
    fact.back = f"**{fact.back}**。"


def move(fact: Fact, draw: random.Random) -> None:
    fact.file = draw.randrange(FILES)


EDITS: list[Callable[[Fact, random.Random], None]] = [typo, mend_answer, reword, typography, move]


def write(desk: Desk, deck: list[Fact], suffix: str) -> None:
    for path in desk.folder.glob("*.md"):
        path.unlink()
    for number in range(FILES):
        body = "\n".join(f"Q: {fact.front}\nA: {fact.back}\n" for fact in deck if fact.file == number)
        desk.write(f"{number}{suffix}.md", body)


@pytest.mark.parametrize("seed", [1, 2])
def test_histories_survive_edits_moves_and_renames(desk: Desk, seed: int) -> None:
    draw = random.Random(seed)
    deck = facts(draw)
    write(desk, deck, "")
    desk.look()
    first = desk.ids()
    truth = {first[fact.front]: fact.number for fact in deck}

    lost = wrong = edits = 0
    for round_number in range(8):
        for fact in draw.sample(deck, 40):
            draw.choice(EDITS)(fact, draw)
            edits += 1
        draw.shuffle(deck)
        write(desk, deck, "" if round_number % 2 else f"-{round_number}")
        desk.look()
        now = desk.ids()
        for fact in deck:
            was = truth.get(now[fact.front])
            lost += was is None
            wrong += was is not None and was != fact.number
            truth[now[fact.front]] = fact.number

    assert wrong == 0
    assert lost <= edits * 0.01
