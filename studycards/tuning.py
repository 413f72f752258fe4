"""The person's own parameters: whether a fit pays, the fit, taking it over as one step, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from studycards.config import Config
from studycards.history import Reverser, Stamp, replay_all
from studycards.scheduling.evidence import Evidence, gather
from studycards.scheduling.fit import Full, Parameters, Verdict, judge
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.store import histories, log, presets
from studycards.store.log import Act
from studycards.store.opening import writing

KIND = "fit"
FIRST_PAYS = 400
MORE_PAYS = 1.2


def in_force(db: Database, config: Config) -> tuple[Parameters, str]:
    """The parameters in force and where they come from: config, fit or defaults. Those of the config come first."""
    written = config.settings().parameters
    if written:
        return written, "config"
    fitted = presets.fitted(db)
    return (fitted, "fit") if fitted else (DEFAULT_PARAMETERS, "defaults")


def wanted(db: Database, config: Config) -> Parameters:
    """The same as the store names them: empty for the defaults."""
    return config.settings().parameters or presets.fitted(db)


def evidence(db: Database) -> Evidence:
    """What the log says of the person's forgetting: cards whose history is complete."""
    return gather(histories.complete(db))


def consider(db: Database, config: Config, full: Full | None = None) -> Verdict:
    """Fit to the log and judge the fit on its newest fifth; nothing is changed."""
    return judge(evidence(db), in_force(db, config)[0], full)


def pays(db: Database) -> bool:
    """Whether there are enough answers for a first fit, or a fifth more than at the last."""
    last = log.last_standing(db, KIND)
    before = last.payload.get("reviews") if last else None
    return histories.count(db) >= (before * MORE_PAYS if isinstance(before, int) else FIRST_PAYS)


def take(db: Database, config: Config, stamp: Stamp, parameters: Parameters) -> None:
    """Take fitted parameters over: memory of all cards anew, no due day moves; one step that can be undone."""
    payload = {"parameters": list(parameters), "reviews": histories.count(db)}
    with writing(db):
        log.append_act(db, Act(KIND, stamp.ms, stamp.offset_min, stamp.day, payload=payload))
        _put(db, parameters, is_in_force=not config.settings().parameters)


def turn(db: Database, acts: Sequence[Act], redo: bool) -> str:
    """Take a fit back, or over again: the newest of those that then stand is in force."""
    name = (acts[0].device, acts[0].step)
    last = log.last_standing(db, KIND, besides=name)
    if redo and (last is None or acts[-1].at_ms >= last.at_ms):
        last = acts[-1]
    _put(db, _parameters(last), is_in_force=presets.parameters(db) == presets.fitted(db))
    return ""


def restore(db: Database, config: Config) -> None:
    """Put the newest fit that stands in force, in a database made anew from its log."""
    last = log.last_standing(db, KIND)
    if last is not None:
        with writing(db):
            _put(db, _parameters(last), is_in_force=not config.settings().parameters)


REVERSERS: Mapping[str, Reverser] = {KIND: turn}


def _parameters(act: Act | None) -> Parameters:
    numbers = act.payload.get("parameters") if act else None
    return tuple(float(n) for n in numbers) if isinstance(numbers, list) else ()


def _put(db: Database, parameters: Parameters, *, is_in_force: bool) -> None:
    presets.put_fitted(db, parameters)
    if is_in_force:
        presets.put_in_force(db, parameters)
        replay_all(db)
