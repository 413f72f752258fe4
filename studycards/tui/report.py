"""The statistics as one HTML document: inline SVG, light and dark by the reader's system, no script, no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

from studycards.language import count, day, say, weekday
from studycards.model import DayTally, Rating
from studycards.stats import Stats
from studycards.text import clean
from studycards.tui.words import rating_name

_CELL, _GAP = 11, 2
_WEEKS = 53
_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1f24;--quiet:#5b6470;--line:#d5dae1;--none:#e9ecf0;--s1:#b7d3f2;
--s2:#7fb0e6;--s3:#3f83cf;--s4:#1c589c;--goal:#9a4a00}
@media (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e6e9ed;--quiet:#a3adb8;--line:#39414a;--none:#242a31;
--s1:#1f4469;--s2:#2f6aa6;--s3:#5b9bdf;--s4:#a9d0fa;--goal:#f0a860}}
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}svg{width:100%;height:auto}
svg text{fill:var(--quiet);font-size:9px}.q{color:var(--quiet)}.c0{fill:var(--none)}.c1{fill:var(--s1)}
.c2{fill:var(--s2)}.c3{fill:var(--s3)}.c4{fill:var(--s4)}.bar{fill:var(--s3)}.curve{fill:none;stroke:var(--s3);stroke-width:2}
.goal{stroke:var(--goal);stroke-dasharray:4 3}.axis{stroke:var(--line)}
table{border-collapse:collapse;width:100%}
td,th{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right}
td:first-child,th:first-child{text-align:left;overflow-wrap:anywhere}
"""


def report(stats: Stats, today: int, goal: float) -> str:
    """The whole document. Names of decks and rules are shown as text, whatever they hold."""
    title = say("Statistics of {day}", day=f"{day(date.fromordinal(today))} {date.fromordinal(today).year}")
    parts = [
        f"<h1>studycards</h1><p class=q>{_text(title)}</p>",
        f"<p>{_text(_today(stats))}</p>",
        _section(say("The year"), _calendar(stats, today)),
        _section(say("What is coming"), _forecast(stats, today)),
        _section(
            say("Recall, week by week"), f"<p class=q>{_text(_recall(stats, goal))}</p>{_curve(stats, today, goal)}"
        ),
        _section(say("Answers"), _table((), [(rating_name(Rating(n)), str(k)) for n, k in stats.ratings.items()])),
        _section(say("Decks"), _decks(stats)),
        _section(say("Rules"), _rules(stats)),
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{say("en")}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>studycards</title><style>{_STYLE}</style></head>\n<body>\n{chr(10).join(filter(None, parts))}\n"
        "</body></html>\n"
    )


def _text(text: str) -> str:
    return escape(" ".join(clean(text).split()))


def _section(title: str, inside: str) -> str:
    return f"<h2>{_text(title)}</h2>\n{inside}" if inside else ""


def _svg(label: str, width: int, height: int, shapes: Iterable[str]) -> str:
    box = f'viewBox="0 0 {width} {height}" role="img" aria-label="{_text(label)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(shapes)}</svg>'


def _label(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{_text(text)}</text>'


def _today(stats: Stats) -> str:
    told = [
        count("Today {n} answer", "Today {n} answers", stats.today.reviews),
        say("{minutes} min", minutes=round(stats.today.minutes)),
        count("{n} card", "{n} cards", stats.cards["total"]),
    ]
    return " · ".join(told)


def _recall(stats: Stats, goal: float) -> str:
    if stats.recall.true is None:
        return say("Recall is not measured yet; the goal is {goal}.", goal=_percent(goal))
    return say(
        "Recall {true} (predicted {predicted}, goal {goal}) of {reviews} reviews",
        true=_percent(stats.recall.true),
        predicted=_percent(stats.recall.predicted),
        goal=_percent(goal),
        reviews=stats.recall.reviews,
    )


def _calendar(stats: Stats, today: int) -> str:
    counts = {one.study_day: one.reviews for one in stats.calendar}
    most = max(counts.values(), default=0) or 1
    last = date.fromordinal(today)
    monday = last - timedelta(days=last.weekday(), weeks=_WEEKS - 1)
    left, step = 30, _CELL + _GAP
    shapes = [_label(0, n * step + _CELL - 2, weekday(monday + timedelta(days=n))) for n in (0, 2, 4, 6)]
    for n in range(today - monday.toordinal() + 1):
        number = monday.toordinal() + n
        cards = counts.get(number, 0)
        shade = min(4, 1 + (4 * cards - 1) // most) if cards else 0
        told = f"{date.fromordinal(number).isoformat()}: {cards}"
        place = f'x="{left + n // 7 * step}" y="{n % 7 * step}" width="{_CELL}" height="{_CELL}"'
        shapes.append(f'<rect class="c{shade}" {place} rx="2"><title>{told}</title></rect>')
    return _svg(say("The year"), left + _WEEKS * step, 7 * step, shapes)


def _forecast(stats: Stats, today: int) -> str:
    most = max(stats.forecast, default=0) or 1
    width = 700 / max(1, len(stats.forecast))
    shapes = ['<line class="axis" x1="0" x2="700" y1="112" y2="112"/>']
    for n, cards in enumerate(stats.forecast):
        height = 100 * cards / most
        told = f"{date.fromordinal(today + n).isoformat()}: {cards}"
        place = f'x="{n * width:.1f}" y="{112 - height:.1f}" width="{width - 3:.1f}" height="{height:.1f}"'
        shapes.append(f'<rect class="bar" {place}><title>{told}</title></rect>')
        if cards and (n < 7 or cards == most):
            shapes.append(_label((n + 0.5) * width - 1, 108 - height, str(cards), "middle"))
        if n % 7 == 0:
            shapes.append(_label(n * width, 125, day(date.fromordinal(today + n))))
    return _svg(say("What is coming"), 700, 130, shapes)


def _curve(stats: Stats, today: int, goal: float) -> str:
    """Measured recall of each week of the year that has any, from 50 to 100 %."""
    weeks = [(n, share) for n in range(_WEEKS) if (share := _week(stats.calendar, today, n)) is not None]
    if not weeks:
        return ""
    points = [(40 + (_WEEKS - 1 - n) * 640 / (_WEEKS - 1), _height(share)) for n, share in reversed(weeks)]
    shapes = [_label(0, _height(share) + 3, _percent(share)) for share in (0.5, 0.75, 1.0)]
    shapes.append(f'<line class="goal" x1="40" x2="680" y1="{_height(goal):.1f}" y2="{_height(goal):.1f}"/>')
    shapes.append(f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>')
    shapes += [f'<circle class="bar" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    return _svg(say("Recall, week by week"), 700, 130, shapes)


def _height(share: float) -> float:
    return 115 - 200 * (max(0.5, share) - 0.5)


def _week(calendar: Sequence[DayTally], today: int, back: int) -> float | None:
    days = [one for one in calendar if today - 7 * back - 6 <= one.study_day <= today - 7 * back]
    measured = sum(one.measured for one in days)
    return sum(one.passed for one in days) / measured if measured else None


def _decks(stats: Stats) -> str:
    rows = [(deck.deck, str(deck.cards), str(deck.due), _percent(recall.true)) for deck, recall in stats.decks]
    return _table((say("deck"), say("cards"), say("due"), say("recall")), rows)


def _rules(stats: Stats) -> str:
    rows = [(rule.rule, str(rule.cards), str(rule.leeches), _percent(recall.true)) for rule, recall in stats.rules]
    rows = [row for row in rows if row[0]]
    return _table((say("rule"), say("cards"), say("leeches"), say("recall")), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    top = f"<tr>{''.join(f'<th>{_text(word)}</th>' for word in head)}</tr>" if head else ""
    body = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>{top}\n{body}</table>"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"
