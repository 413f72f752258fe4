"""What each rule finds in English notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

HITS = [
    (
        "colon-line",
        "# Soils\n\nKinds:\n\n- loam: holds water and air\n- clay: a soil that drains slowly\n- peat: keeps it acid",
        "What is clay?",
        "a soil that drains slowly",
    ),
    (
        "alias",
        "# Salt\n\nSodium chloride is an ionic compound. It is also known as table salt.",
        "What else is Sodium chloride called?",
        "table salt",
    ),
    (
        "alias",
        "# Box\n\nThe triple product is also known as mixed product or box product.",
        "Which 2 other names does the triple product have?",
        "mixed product / box product",
    ),
    (
        "heading-bullet",
        "# Mind\n\n## Conditioning\n\nthe process of learning to connect two events",
        "What is Conditioning?",
        "the process of learning to connect two events",
    ),
    (
        "paper-title",
        "# Fire\n\n- Doe, J., & Roe, A. B.  [FireNet: Small Networks for Big Fires](https://a.example/1). ICFF, 2019.",
        "Which paper introduced FireNet?",
        "FireNet: Small Networks for Big Fires",
    ),
    (
        "paper-title",
        "# Fire\n\n- **[SmokeGrad]** Doe, J.  [Finding Smoke Before the Fire](https://a.example/1). ICFF, 2019.",
        "Which paper introduced SmokeGrad?",
        "Finding Smoke Before the Fire",
    ),
    (
        "paper-title",
        "# Fire\n\n- Doe, J.  [9-in-1: Many Fires in One Net](https://a.example/1). ICFF, 2019.",
        "Which paper introduced 9-in-1?",
        "9-in-1: Many Fires in One Net",
    ),
    (
        "bold-term",
        "# Codes\n\n- **Extension of codes**: the map of words that C gives letter by letter",
        "What does “Extension of codes” mean?",
        "the map of words that C gives letter by letter",
    ),
    (
        "count-inline",
        "# Rainbow\n\nThere are 3 colours in it: red, green, blue.",
        "Which 3 colours are there?",
        "red / green / blue",
    ),
    (
        "count-inline",
        "The two tides behind the name are: spring tide, neap tide.",
        "Which are the two tides behind the name?",
        "spring tide / neap tide",
    ),
    (
        "en-is-a",
        "A mutex is a lock that only one thread can hold.",
        "What is a mutex?",
        "a lock that only one thread can hold",
    ),
    (
        "en-is-a",
        "Tendrils are the holdfast organs of climbing plants.",
        "What are the holdfast organs of climbing plants?",
        "Tendrils",
    ),
    (
        "en-is-a",
        "A race occurs when two threads touch one value at once.",
        "When does a race occur?",
        "when two threads touch one value at once",
    ),
    (
        "en-is-a",
        "## Janitor\n\n- Its job is to remove files that nobody opened.",
        "What is the job of the Janitor?",
        "to remove files that nobody opened",
    ),
    ("en-is-a", "## Broker\n\n- runs on the first node", "What does Broker run on?", "the first node"),
    (
        "en-is-a",
        "The most common cause of river floods is snowmelt.",
        "What is the most common cause of river floods?",
        "snowmelt",
    ),
    ("abbreviation", "It speaks RPC (Remote Procedure Call).", "What does RPC stand for?", "Remote Procedure Call"),
    (
        "abbreviation",
        "The Least Recently Used (LRU) page goes first.",
        "What is the abbreviation of Least Recently Used?",
        "LRU",
    ),
    (
        "count-inline",
        "There are 3 layers of skin: epidermis, dermis, hypodermis.",
        "Which 3 layers are there of skin?",
        "epidermis / dermis / hypodermis",
    ),
    (
        "count-list",
        "There are three kinds:\n\n- sand\n- silt\n- clay",
        "Which three kinds are there?",
        "sand / silt / clay",
    ),
    (
        "bold-term",
        "- **Cache** - memory that keeps what was used lately\n- **Bus** - wires that parts share",
        "What is Cache?",
        "memory that keeps what was used lately",
    ),
    (
        "bold-term",
        "- **Pruner**: removes the branches that give no gain\n- **Grower**: adds leaves",
        "What does Pruner do?",
        "removes the branches that give no gain",
    ),
    (
        "callout-question",
        "> [!question] What is a monad?\n> A type with a way to chain its values.",
        "What is a monad?",
        "A type with a way to chain its values",
    ),
    (
        "heading-bullet",
        "# Locks\n\n## Mutex\n- A lock that one thread holds",
        "What is Mutex?",
        "A lock that one thread holds",
    ),
    (
        "heading-bullet",
        "# Laws\n\n## Liveness\n- A node must answer every ping\n\n"
        "## Logging\n- A node must log every ping\n\n## Departure\n- A node cannot leave silently",
        "What does “Liveness” mean?",
        "A node must answer every ping",
    ),
    (
        "heading-bullet",
        "# Fit\n\n## Slack\n- Slack - the time that a task may slip",
        "What is Slack?",
        "the time that a task may slip",
    ),
    (
        "alias",
        "Baking soda is also known as sodium bicarbonate.",
        "What else is Baking soda called?",
        "sodium bicarbonate",
    ),
    ("alias", "### Hypothesis\n- Also known as Antecedent", "What else is Hypothesis called?", "Antecedent"),
    (
        "table-row",
        "| Term | Meaning |\n|--|--|\n| silt | fine river mud |\n| scree | loose mountain rubble "
        "|\n| loess | dust laid by wind |",
        "What is silt?",
        "fine river mud",
    ),
    ("code-meaning", "# Git\n\n- `git stash` - put changes aside", "What does `git stash` do?", "put changes aside"),
    (
        "question-bullet",
        "- What is **scree**?\n  - Loose rubble on a mountain slope",
        "What is scree?",
        "Loose rubble on a mountain slope",
    ),
    ("made-by", "Gopher was created by Paul Lindner in 1991.", "Who created Gopher?", "Paul Lindner"),
    ("made-by", "Gopher was created by Paul Lindner in 1991.", "In which year was Gopher created?", "1991"),
    (
        "timeline",
        "# Space\n\n- 1957 - the first satellite flies\n- 1961 - a man orbits Earth\n- 1969 - people walk on the Moon",
        "In which year: a man orbits Earth?",
        "1961",
    ),
    (
        "parts-list",
        "Granite consists of quartz, feldspar and mica.",
        "Which 3 parts make up Granite?",
        "quartz / feldspar / mica",
    ),
    (
        "colon-line",
        "# Key commands\n\n"
        "- lsof: lists open files and sockets\n- free: shows memory in use now\n- df: shows the disk space left",
        "What is lsof?",
        "lists open files and sockets",
    ),
    (
        "arrow",
        "- silt -> fine mud of a river\n- scree -> loose rubble of mountains\n- loess -> dust laid "
        "by wind\n- moraine -> debris left by ice",
        "What is scree?",
        "loose rubble of mountains",
    ),
    ("sum", "gross pay = base pay + overtime pay", "Which 2 parts make up gross pay?", "base pay / overtime pay"),
]


@pytest.mark.parametrize(("rule", "text", "question", "answer"), HITS)
def test_the_rule_asks_in_english(asks: Asks, rule: str, text: str, question: str, answer: str) -> None:
    found = asks(rule, text)

    plain = [(q.split(") ", 1)[1] if q.startswith("(") else q, a) for q, a in found]
    assert (question, answer) in plain
