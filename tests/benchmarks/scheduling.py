"""Speeds as ratios to a reference in the same run: `python -m tests.benchmarks.scheduling [rebuild]`.

Each figure is the best of five turns in which ours and the reference alternate. `rebuild` adds the slow rows that need
a store of 100,000 cards.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import fsrs_rs_python

from studycards.model import Rating, Settings
from studycards.scheduling.answer import answer, preview
from studycards.scheduling.evidence import gather
from studycards.scheduling.fit import first_four
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS, Kernel
from studycards.scheduling.fullfit import FullFit
from studycards.scheduling.fullfit_child import fit
from studycards.simulate import Start, curve, simulate
from tests.scheduling.learners import histories, truths

ROW = "{:44}{:>12}{:>12}{:>9}  {}"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
THEIRS = {Rating(int(r)): r for r in fsrs.Rating}
Turn = Callable[[], object]


def lives(cards: int = 150, answers: int = 12) -> list[list[Rating]]:
    """The ratings of some cards."""
    rng = Random(1)
    return [[Rating(r) for r in rng.choices((1, 2, 3, 4), (0.12, 0.15, 0.6, 0.13), k=answers)] for _ in range(cards)]


def best(*turns: Turn, times: int = 5, clock: Callable[[], float] = time.process_time) -> list[float]:
    """The shortest time of each in seconds, all taken in turn; of this process alone, so that others do not count."""
    found = [float("inf")] * len(turns)
    for _ in range(times):
        for number, turn in enumerate(turns):
            began = clock()
            turn()
            found[number] = min(found[number], clock() - began)
    return found


def say(what: str, ours: float, theirs: float, goal: str, unit: float = 1e3) -> None:
    """One row; the ratio is ours to the reference."""
    print(ROW.format(what, f"{ours * unit:.2f}", f"{theirs * unit:.2f}", f"{ours / theirs:.2f}", goal))


def answers() -> None:
    """The kernel, an answer and a preview against py-fsrs's review_card with its defaults."""
    histories_ = lives()
    count = sum(map(len, histories_))
    settings, kernel, scheduler = Settings(), Kernel(), fsrs.Scheduler()

    def steps() -> None:
        for life in histories_:
            pair = None
            for rating in life:
                pair = kernel.step(pair, rating, 5)

    asked, examined = [], []
    for number, life in enumerate(histories_):
        memory, now, card_id = None, NOW, f"card{number}"
        card, then = fsrs.Card(card_id=number + 1, due=NOW), NOW
        for rating in life:
            asked.append((memory, rating, now, card_id))
            memory = answer(memory, rating, now, card_id, settings).memory
            now = memory.due or now + timedelta(days=memory.due_day - memory.last_day)
            examined.append((card, THEIRS[rating], then))
            card, _ = scheduler.review_card(card, THEIRS[rating], then)
            then = card.due

    def one_each() -> None:
        for memory, rating, now, card_id in asked:
            answer(memory, rating, now, card_id, settings)

    def four_each() -> None:
        for memory, _, now, card_id in asked:
            preview(memory, now, card_id, settings)

    def reference() -> None:
        for card, rating, now in examined:
            scheduler.review_card(card, rating, now)

    step, one, four, theirs = best(steps, one_each, four_each, reference)
    say("kernel step / py-fsrs review_card, us", step / count, theirs / count, "goal <= 0.125", 1e6)
    say("whole answer / py-fsrs review_card, us", one / count, theirs / count, "goal <= 0.33", 1e6)
    say("preview of four / py-fsrs review_card, us", four / count, theirs / count, "goal <= 1", 1e6)


def days() -> None:
    """The simulator against that of fsrs-rs."""
    config = fsrs_rs_python.default_simulator_config()
    config.deck_size, config.learn_span, config.learn_limit = 10_000, 365, 30
    config.review_limit, config.max_cost_perday = 99_999, 1e9
    config.learning_step_count = config.relearning_step_count = 0
    settings, start = Settings(new_per_day=30, reviews_per_day=99_999), Start(740_000, waiting=10_000)

    ours, theirs = best(
        lambda: simulate(start, settings, 365),
        lambda: fsrs_rs_python.simulate(DEFAULT_PARAMETERS, 0.9, config, 1),
    )
    say("simulate 10,000 cards x 365 days / fsrs-rs, ms", ours, theirs, "goal <= 2")
    nine = best(lambda: curve(start, settings, 365), times=2)[0]
    print(ROW.format("retention curve, nine points, ms", f"{nine * 1e3:.0f}", "", "", "goal <= 1500 (orientation)"))


def fits() -> None:
    """First four, one full fit, and the child process, against one full fit as the optimiser comes."""
    evidence = gather(histories(truths(1)[0], 100_000, seed=1))
    cards = [[(rating, gap) for rating, gap, _ in card] for card in evidence.cards]
    order = sorted(
        (place, number, n + 1)
        for number, card in enumerate(evidence.cards)
        for n, (_, _, place) in enumerate(card)
        if place >= 0
    )
    items = [(number, length) for _, number, length in order]
    usual = [
        fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(*point) for point in cards[number][:length]])
        for number, length in items
    ]

    full = FullFit()
    four, one, child, theirs = best(
        lambda: first_four(evidence, evidence.count),
        lambda: fit(cards, items),
        lambda: full(evidence, evidence.count),
        lambda: fsrs_rs_python.FSRS([]).compute_parameters(usual),
        times=2,
        clock=time.perf_counter,
    )
    say("first four / fsrs-rs default fit, ms", four, theirs, "goal <= 0.5")
    say("one full fit / fsrs-rs default fit, ms", one, theirs, "goal <= 1.5")
    say("fit in the child process / default fit, ms", child, theirs, "goal <= 3 (two: <= 6)")


def main(arguments: list[str]) -> None:
    """Print the table."""
    print(ROW.format("what", "ours", "reference", "ratio", ""))
    answers()
    days()
    fits()
    if "rebuild" in arguments:
        from tests.benchmarks.scheduling_rebuild import rebuild

        rebuild(say)


if __name__ == "__main__":
    main(sys.argv[1:])
