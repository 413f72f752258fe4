"""`optimize`: FSRS parameters fitted to one's own reviews, taken only if they foretell better."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context

if TYPE_CHECKING:
    from studycards.scheduling.fit import Score, Verdict
    from studycards.scheduling.fullfit import FullFit

_HINT = (
    "The first four parameters were fitted. All 21 need the extra: pip install 'studycards[optimize]'"
    " (where there is no ready-made package for your system, that builds it with Rust)."
)


@click.command(epilog="Example: studycards optimize --dry-run")
@click.option("--dry-run", is_flag=True, help="Show what it would do and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, dry_run: bool, yes: bool) -> None:
    """Fit the scheduler to how you forget, from your own reviews.

    The fit is judged on your newest reviews, which it has not seen, and taken only if it foretells them better than
    what is in force. No due day moves; `studycards reschedule` does that, and `studycards undo` goes back.
    """
    from studycards import backup, tuning
    from studycards.history import Stamp
    from studycards.scheduling.fullfit import FullFit, is_installed

    full = FullFit(tick=_Spinner()) if is_installed() else None
    with context.opened() as db:
        verdict = tuning.consider(db, context.config, full)
        source = tuning.in_force(db, context.config)[1]
        _report(verdict, source, full)
        if not verdict.accepted or dry_run:
            click.echo("Nothing was changed.")
            return
        if not yes and not click.confirm("Take the new parameters over?", default=True, err=True):
            click.echo("Nothing was changed.")
            return
        backup.before(context.db, context.now(), "before-optimize")
        tuning.take(
            db, context.config, Stamp.of(context.now(), context.config.settings().day_start), verdict.parameters
        )
    click.echo("Taken over. Due days stay; `studycards reschedule` moves them, `studycards undo` goes back.")
    if source == "config":
        click.echo("review.parameters in config.toml still comes first: empty it to put the fit in force.", err=True)


class _Spinner:
    """A mark on stderr that moves while the child process works."""

    def __init__(self) -> None:
        self.turns = 0

    def __call__(self) -> None:
        if sys.stderr.isatty():
            self.turns += 1
            click.echo(f"\rFitting {'|/-'[self.turns // 4 % 3]} ", nl=False, err=True)


def _report(verdict: Verdict, source: str, full: FullFit | None) -> None:
    click.echo(f"{verdict.answers} reviews on a later day count; the newest {verdict.judged} judge.")
    if verdict.fitted is None:
        click.echo("That is too few for a fit: from 64 on the first four parameters are fitted, from 300 on all.")
        return
    rows = (
        ("new fit", verdict.fitted),
        (f"in force ({source})", verdict.in_force),
        ("defaults", verdict.defaults),
        ("moving average", verdict.average),
    )
    click.echo(f"{'':22}{'log loss':>10}{'calibration':>13}{'foretold':>10}{'recalled':>10}")
    for name, score in rows:
        if score is not None:
            click.echo(f"{name:22}{_figures(score)}")
    if verdict.method != "full":
        click.echo(full.trouble or "" if full else _HINT, err=True)
    better = "better" if verdict.accepted else "no better"
    click.echo(f"The new fit ({verdict.method}) foretells them {better} than what is in force.")


def _figures(score: Score) -> str:
    return f"{score.log_loss:>10.4f}{score.calibration_error:>13.4f}{score.foretold:>9.1%}{score.recalled:>10.1%}"
