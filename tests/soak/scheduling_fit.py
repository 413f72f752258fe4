"""How near a fit comes to learners whose forgetting is known: `python -m tests.soak.scheduling_fit 10000 [20]`."""

from __future__ import annotations

import sys
from statistics import fmean

from studycards.scheduling.evidence import gather
from studycards.scheduling.fit import fit
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.scheduling.fullfit import FullFit
from tests.scheduling.learners import above_truth, histories, truths

ROW = "{:14}{:>12}{:>12}{:>12}{:>22}"


def main(reviews: int, learners: int) -> None:
    """One row a way of fitting: mean and worst loss above the truth, mean distance, worst loss above the defaults."""
    found: dict[str, list[tuple[float, float, float]]] = {"defaults": [], "first four": [], "full": [], "bare full": []}
    for number, truth in enumerate(truths(learners)):
        evidence = gather(histories(truth, reviews, number))
        bare = FullFit()(evidence, evidence.count)
        sets = {
            "defaults": DEFAULT_PARAMETERS,
            "first four": fit(evidence, evidence.count).parameters,
            "full": fit(evidence, evidence.count, lambda _evidence, _until, done=bare: done).parameters,
            "bare full": bare or DEFAULT_PARAMETERS,
        }
        usual = above_truth(truth, DEFAULT_PARAMETERS)[0]
        for name, parameters in sets.items():
            loss, apart = above_truth(truth, parameters)
            found[name].append((loss, apart, loss - usual))
    print(f"{learners} learners, {reviews} reviews each")
    print(ROW.format("fit", "mean loss", "worst", "mean |dp|", "worst against defaults"))
    for name, rows in found.items():
        losses, aparts, usuals = zip(*rows, strict=True)
        figures = (fmean(losses), max(losses), fmean(aparts), max(usuals))
        print(ROW.format(name, *(f"{figure:+.4f}" for figure in figures)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
