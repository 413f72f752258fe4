"""optimize, reschedule, simulate, catchup, break: shown first, one step, taken back to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards import history
from studycards.cli import main
from studycards.history import Stamp
from studycards.store import log, plans, presets
from studycards.store import memory as memory_rows
from studycards.store.log import Act
from studycards.store.opening import open_reading, writing
from tests.tuning.studied import NOW, TODAY, fill, memory, opened

Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cards.db"


@pytest.fixture
def run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as on the morning of the fixture's day; `config` is what config.toml says."""
    monkeypatch.setenv("STUDYCARDS_NOW", NOW.isoformat())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*arguments: str, config: str = "", code: int = 0) -> Result:
        folder = tmp_path / "config" / "studycards"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(config, encoding="utf-8")
        result = CliRunner().invoke(main, ["--db", str(path), *arguments])
        assert result.exit_code == code, result.output
        return result

    return run


def test_a_fit_is_taken_over_without_moving_a_due_day_and_taken_back_to_the_byte(path: Path, run: Run) -> None:
    fill(path, 5_000)
    before = memory(path)

    said = run("optimize", "--yes").output
    fitted = memory(path)
    run("undo")
    undone = memory(path)
    run("redo")

    assert "better than what is in force" in said
    assert [row[5] for row in fitted] == [row[5] for row in before]
    assert [row[3] for row in fitted] != [row[3] for row in before]
    assert undone == before
    assert memory(path) == fitted
    with opened(path) as db:
        assert len(presets.fitted(db)) == 21
        assert dict(history.remembered_all(db)) == memory_rows.load_many(db)


def test_a_fit_that_is_only_looked_at_changes_nothing(path: Path, run: Run) -> None:
    fill(path, 2_000)
    before = memory(path)

    said = run("optimize", "--dry-run").output

    assert "log loss" in said
    assert "moving average" in said
    assert memory(path) == before


def test_a_second_fit_to_the_same_reviews_changes_nothing(path: Path, run: Run) -> None:
    fill(path, 5_000)
    run("optimize", "--yes")
    first = memory(path)

    said = run("optimize", "--yes").output

    assert "no better" in said
    assert memory(path) == first


def test_few_reviews_are_too_few_for_a_fit(path: Path, run: Run) -> None:
    fill(path, 30)

    assert "too few" in run("optimize", "--yes").output


def test_parameters_in_the_config_stay_in_force_after_a_fit(path: Path, run: Run) -> None:
    fill(path, 5_000)
    from studycards.scheduling.fsrs import DEFAULT_PARAMETERS

    config = f"[review]\nparameters = {list(DEFAULT_PARAMETERS)}\n"
    before = memory(path)

    said = run("optimize", "--yes", config=config)

    assert "comes first" in said.output
    assert memory(path) == before


def test_rescheduling_is_shown_done_found_again_by_replay_and_taken_back(path: Path, run: Run) -> None:
    fill(path, 4_000)
    before = memory(path)
    config = "[review]\ndesired_retention = 0.80\n"

    shown = run("reschedule", "--dry-run", config=config).output
    assert memory(path) == before
    done = run("reschedule", "--yes", config=config).output
    moved = memory(path)

    assert shown.splitlines()[:3] == done.splitlines()[:3]
    assert sum(row[5] for row in moved) > sum(row[5] for row in before)  # type: ignore[misc]  # due days are whole
    assert [row[3:5] for row in moved] == [row[3:5] for row in before]
    with closing(open_reading(path)) as db:
        assert dict(history.remembered_all(db)) == memory_rows.load_many(db)
        assert all(history.remembered(db, card) == m for card, m in list(memory_rows.load_many(db).items())[:30])
    run("undo", config=config)
    assert memory(path) == before
    run("redo", config=config)
    assert memory(path) == moved


def test_rescheduling_leaves_suspended_cards_and_days_set_by_hand(path: Path, run: Run) -> None:
    fill(path, 1_500)
    with opened(path) as db:
        rows = [row for row in db.conn.execute("SELECT card_id, state FROM memory").fetchall() if row[1] == 2]
        suspended, by_hand = rows[0][0], rows[1][0]
        stamp = Stamp.of(NOW, 4)
        history.mark(db, stamp, "suspend", 1, [suspended])
        with writing(db):
            log.append_act(db, Act("due", stamp.ms, 0, TODAY, by_hand, None, {"day": TODAY + 500}))
            history.restore(db, by_hand)
    before = {row[0]: row for row in memory(path)}

    run("reschedule", "--yes", config="[review]\ndesired_retention = 0.75\n")

    after = {row[0]: row for row in memory(path)}
    assert after[suspended] == before[suspended]
    assert after[by_hand] == before[by_hand]
    assert before[by_hand][5] == TODAY + 500
    assert after != before


def test_days_to_come_are_a_table_with_the_present_setting_marked(path: Path, run: Run) -> None:
    fill(path, 400, fresh=100)

    lines = run("simulate", "--days", "30").output.splitlines()

    assert sum(line.startswith(">") and "0.90" in line for line in lines) == 1
    assert len([line for line in lines if line[:1] in "> " and "0." in line]) >= 9


def test_days_to_come_as_json_are_the_same_each_time(path: Path, run: Run) -> None:
    fill(path, 400, fresh=100)

    first, second = (run("simulate", "--days", "20", "--new", "0", "--new", "5", "--json").output for _ in range(2))

    document = json.loads(first)
    assert first == second
    assert [row["new_a_day"] for row in document["rows"]] == [0, 5]
    assert len(document["rows"][0]["reviews_by_day"]) == 20


def test_a_catch_up_plan_raises_the_days_limit_until_it_is_undone(path: Path, run: Run) -> None:
    fill(path, 4_000, away=60)
    config = "[review]\nreviews_per_day = 50\nnew_per_day = 0\n"

    def reviews() -> int:
        return int(json.loads(run("due", "--json", config=config).output)["review"])

    usual = reviews()
    said = run("catchup", "--minutes", "10", "--yes", config=config).output
    more = reviews()
    run("undo", config=config)

    assert usual == 50
    assert "as it is: today 50 reviews" in said
    assert 50 < more <= 200
    assert reviews() == 50


def test_looking_at_catching_up_starts_nothing(path: Path, run: Run) -> None:
    fill(path, 4_000, away=60)
    config = "[review]\nreviews_per_day = 50\n"

    said = run("catchup", config=config).output

    assert "done in" in said
    with opened(path) as db:
        assert plans.catch_up(db, TODAY) is None


def test_without_a_backlog_there_is_nothing_to_catch_up(path: Path, run: Run) -> None:
    fill(path, 100)

    assert "Nothing waits" in run("catchup", "--minutes", "5", "--yes").output


def test_a_break_holds_until_its_day_and_ends_with_undo(path: Path, run: Run) -> None:
    fill(path, 200)

    said = run("break", "7d", "--yes").output
    with closing(open_reading(path)) as db:
        held = [plans.back_on(db, TODAY + n) for n in (0, 6, 7)]
    run("undo")

    assert "2026-11-29" in said
    assert held == [TODAY + 7, TODAY + 7, None]
    with opened(path) as db:
        assert plans.back_on(db, TODAY) is None


def test_a_break_wants_days(path: Path, run: Run) -> None:
    assert "7 or 7d" in run("break", "soon", code=2).output


def test_the_session_of_a_day_away_for_a_month_asks_no_more_than_its_limit(path: Path, run: Run) -> None:
    fill(path, 6_000, away=60)

    due = json.loads(run("due", "--json").output)

    assert due["review"] == 200
    assert due["backlog"] > 0
