"""`stats`: what was learned and what is coming, as text or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError
from studycards.model import Tallies
from studycards.stats import Recall, Stats, summarise
from studycards.text import clean

DAYS = 30
HORIZON = 30
_SHADES = ".:+#"


@click.command(epilog="Example: studycards stats --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--html", "html", metavar="FILE", help="Write one page with charts; it needs no network.")
@click.pass_obj
def command(context: Context, as_json: bool, html: str | None) -> None:
    """Show today, true recall against predicted, the forecast, the calendar, decks and rules."""
    tallies = _tallies(context)
    stats = summarise(tallies, HORIZON)
    if html is not None:
        _write(context, stats, tallies.today, Path(html))
    elif as_json:
        document = _document(stats, tallies.today) | {"trust": _trust(context)}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        goal = context.config.settings().desired_retention
        click.echo(clean("\n".join(_lines(stats, tallies.today, goal))))


def _write(context: Context, stats: Stats, today: int, path: Path) -> None:
    """Write the page in the person's language; what stood at the path is replaced in one step."""
    from studycards import files, language
    from studycards.tui.report import report

    language.use(language.pick(context.config.text("language"), context.environment))
    document = report(stats, today, context.config.settings().desired_retention)
    try:
        files.replace(path, document.encode("utf-8", "replace"))
    except OSError as error:
        raise StudycardsError(f"{clean(str(path))} could not be written: {error.strerror or error}.") from error
    click.echo(clean(f"Wrote {path}."))


def _tallies(context: Context) -> Tallies:
    from studycards.scheduling.studyday import study_day
    from studycards.store.opening import open_reading
    from studycards.store.tallies import tallies

    today = study_day(context.now(), context.config.settings().day_start)
    db = open_reading(context.db)
    try:
        return tallies(db, today, days=DAYS, horizon=HORIZON)
    finally:
        db.close()


def _trust(context: Context) -> list[dict[str, object]]:
    """What each rule of the generator is trusted with: its prior, the decisions since, the mean of both."""
    from studycards.inbox.running import beliefs
    from studycards.store import proposals

    with context.opened_reading() as db:
        trust = beliefs(proposals.decisions(db))
    return [
        {"rule": rule, "prior": one.prior, "kept": one.kept, "dropped": one.dropped, "mean": round(one.mean, 4)}
        for rule, one in trust.items()
    ]


def _document(stats: Stats, today: int) -> dict[str, object]:
    return {
        "study_day": _day(today),
        "days": DAYS,
        "today": asdict(stats.today),
        "cards": stats.cards,
        "recall": asdict(stats.recall),
        "forecast": [{"day": _day(today + n), "cards": count} for n, count in enumerate(stats.forecast)],
        "calendar": [{"day": _day(day.study_day), "reviews": day.reviews} for day in stats.calendar],
        "active_days_of_7": stats.active_days,
        "hours": list(stats.hours),
        "ratings": {str(rating): count for rating, count in stats.ratings.items()},
        "decks": [
            {"deck": deck.deck, "cards": deck.cards, "new": deck.new, "due": deck.due, "recall": asdict(recall)}
            for deck, recall in stats.decks
        ],
        "rules": [
            {
                "rule": rule.rule,
                "cards": rule.cards,
                "leeches": rule.leeches,
                "retired": rule.retired,
                "recall": asdict(recall),
            }
            for rule, recall in stats.rules
        ],
    }


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat()


def _lines(stats: Stats, today: int, goal: float) -> list[str]:
    return [
        *_today(stats),
        "",
        *_recall(stats.recall, goal),
        "",
        *_forecast(stats, today),
        "",
        *_calendar(stats, today),
        *_table("deck", [(d.deck, d.cards, f"{d.new} new, {d.due} due", _percent(r.true)) for d, r in stats.decks]),
        *_table("rule", [(u.rule, u.cards, f"{u.leeches} leeches", _percent(r.true)) for u, r in stats.rules]),
    ]


def _today(stats: Stats) -> list[str]:
    day, cards = stats.today, stats.cards
    if not cards["total"]:
        return ["No cards yet. `studycards generate NOTES --into decks` makes some."]
    pace = f"   {day.seconds_per_card:.1f} s a card" if day.seconds_per_card is not None else ""
    recalled = f"   {_percent(day.recalled)} recalled" if day.recalled is not None else ""
    return [
        f"today     {day.reviews} answers   {day.minutes:.0f} min   {day.new} new{recalled}{pace}",
        f"cards     {cards['total']}: {cards['new']} new, {cards['learning'] + cards['relearning']} learning,"
        f" {cards['review']} in review, {cards['suspended']} suspended, {cards['retired']} retired,"
        f" {cards['leeches']} leeches, {cards['orphaned']} orphaned",
    ]


def _recall(recall: Recall, goal: float) -> list[str]:
    if recall.true is None:
        return [f"recall    nothing measured in the last {DAYS} days (goal {_percent(goal)})"]
    range_ = f" (95 %: {_percent(recall.low)} to {_percent(recall.high)})" if recall.reviews < 100 else ""
    return [
        f"recall    true {_percent(recall.true)}{range_}   predicted {_percent(recall.predicted)}"
        f"   goal {_percent(goal)}   of {recall.reviews} reviews in {DAYS} days",
        f"          young {_percent(recall.young)}   mature {_percent(recall.mature)}",
    ]


def _forecast(stats: Stats, today: int) -> list[str]:
    most = max(stats.forecast[:14], default=0) or 1
    lines = ["forecast"]
    for offset, count in enumerate(stats.forecast[:14]):
        bar = "#" * round(count / most * 40)
        lines.append(f"  {_day(today + offset)}  {bar}{' ' if bar else ''}{count}")
    return lines


def _calendar(stats: Stats, today: int) -> list[str]:
    counts = {day.study_day: day.reviews for day in stats.calendar}
    most = max(counts.values(), default=0) or 1
    marks = []
    for day in range(today - DAYS + 1, today + 1):
        count = counts.get(day, 0)
        marks.append(_SHADES[min(3, (4 * count - 1) // most)] if count else " ")
    active = sum(1 for day in range(today - DAYS + 1, today + 1) if day in counts)
    return [f"calendar  |{''.join(marks)}|  {active} of {DAYS} days, {stats.active_days} of the last 7"]


def _table(name: str, rows: list[tuple[str, int, str, str]]) -> list[str]:
    lines = [
        f"  {count:>6} cards   {more:<22} recall {share:<6} {label or '(no name)'}"
        for label, count, more, share in rows
    ]
    return ["", name, *lines] if rows else []


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f} %"
