# ruff: noqa: E501 - a table
"""Which test stands for which fault; each of them is there. Those under `soak` run in short with
`tests/store/test_faults.py`, in full with `python -m tests.soak`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.soak.__main__ import TRIALS

TESTS = Path(__file__).resolve().parents[1]

# Fault, what it is, and its tests: `soak NAME`, or the file and the name of a test.
FAULTS: dict[str, tuple[str, ...]] = {
    "F01 killed while answering": ("soak answer", "soak calls", "soak power", "tui/test_terminal.py::test_an_answer_after_which_the_next_card_is_seen_survives_a_kill"),
    "F02 killed in undo, bury, bulk": ("soak undo", "soak calls"),
    "F03 killed while curating": ("soak curate", "soak calls", "inbox/test_cut_off.py::test_a_keep_that_was_cut_off_is_kept_once_or_asked_again"),
    "F04 killed in generate": ("soak generate", "soak calls", "inbox/test_cut_off.py::test_a_cut_off_generate_is_healed_by_the_next"),
    "F05 killed in import or export": ("soak import", "soak export", "soak calls", "intake/test_import_is_one_action.py::test_an_import_that_was_killed_leaves_nothing", "intake/test_import_is_one_action.py::test_an_undo_that_was_killed_left_the_import_as_it_was"),
    "F06 killed in migration": ("soak upgrade", "soak start", "soak calls"),
    "F07 killed in a deck-file edit": ("soak edit", "soak calls", "collection/test_collection_edit.py::test_a_cut_off_edit_is_brought_to_its_end_or_offered_again"),
    "F08 killed in backup or restore": ("soak backup", "soak restore", "soak calls", "store/test_backup.py::test_an_unfinished_backup_is_not_listed"),
    "F09 power loss": ("soak power", "soak control"),
    "F10 two sittings on one store": ("soak crowd", "session/test_sitting.py::test_a_stale_screen_writes_nothing"),
    "F11 another process writes": ("session/test_sitting.py::test_what_another_process_answered_is_not_asked_again", "store/test_backup.py::test_another_process_that_has_the_store_open_sees_the_restored_one"),
    "F12 store locked by another program": ("soak lock", "store/test_opening.py::test_a_lock_held_too_long_is_told_and_nothing_written"),
    "F13 disk full": ("soak full", "soak calls"),
    "F14 I/O error": ("soak calls",),
    "F15 read-only disk, no permission": ("faults/test_surroundings_fail.py::test_on_a_disk_that_can_only_be_read_the_review_is_refused_before_the_first_card", "store/test_opening.py::test_a_folder_that_cannot_be_written_is_told_before_the_first_card", "remind/test_remind_command.py::test_a_read_only_state_folder_is_one_sentence"),
    "F16 bits flipped in the store": ("soak damage", "store/test_opening.py::test_flipped_bytes_are_found_at_the_start"),
    "F17 store truncated, empty, no SQLite": ("soak damage", "store/test_opening.py::test_every_truncation_is_found_and_nothing_is_created_over_it", "store/test_opening.py::test_a_missing_file_whose_log_copy_is_there_is_damage"),
    "F18 hot journal removed, store copied live": ("soak journal", "store/test_opening.py::test_a_copied_database_gets_a_name_of_its_own"),
    "F19 store on a network or synchronised place": ("store/test_store_commands.py::test_a_store_on_a_network_file_system_is_told", "store/test_store_commands.py::test_a_store_in_a_synchronised_folder_is_told_once"),
    "F20 clock set back or forward": ("session/test_clock.py::test_many_jumps_between_answers_keep_every_card_in_order", "session/test_sitting.py::test_a_clock_set_back_keeps_the_order_and_never_a_negative_gap"),
    "F21 summer time, zones, day start": ("scheduling/test_studyday.py::test_days_of_23_24_and_a_half_and_25_hours_have_their_length", "scheduling/test_studyday.py::test_the_study_day_is_the_local_date_less_the_day_start"),
    "F22 time zone changed": ("scheduling/test_studyday.py::test_what_is_stored_of_a_moment_gives_its_study_day_whatever_the_zone_does_later", "scheduling/test_studyday.py::test_crossing_the_date_line_repeats_a_date_westward_and_skips_one_eastward"),
    "F23 asleep over the rollover": ("session/test_sitting.py::test_a_card_open_at_rollover_is_accepted_and_the_new_day_is_told", "session/test_clock.py::test_a_clock_that_jumps_within_a_sitting_loses_no_answer"),
    "F24 deck file or note changed meanwhile": ("collection/test_collection_edit.py::test_a_file_that_changed_meanwhile_is_not_overwritten", "tui/test_editing.py::test_a_file_that_is_not_what_it_was_is_left_alone", "intake/test_import_is_one_action.py::test_what_was_edited_since_stays_when_an_import_is_taken_back"),
    "F25 deck or note deleted, renamed, moved": ("collection/test_collection_histories.py::test_histories_survive_edits_moves_and_renames", "collection/test_collection_sync.py::test_a_renamed_file_keeps_every_id", "collection/test_collection_sync.py::test_a_vanished_card_is_orphaned_and_revives_with_its_text", "cli/test_status_command.py::test_an_orphaned_card_is_listed_and_comes_back"),
    "F26 note is a link, pipe, device": ("notes/test_note_reader.py::test_a_named_pipe_does_not_block", "notes/test_note_reader.py::test_a_link_to_a_device_is_not_read", "notes/test_note_walk.py::test_a_pipe_is_named"),
    "F27 huge note": ("notes/test_note_reader.py::test_a_huge_note_is_refused_unread", "notes/test_note_blocks.py::test_a_very_long_line_is_skipped_and_named", "notes/test_note_reader.py::test_a_deck_file_may_be_longer_than_a_note"),
    "F28 pathological Markdown": ("notes/test_note_robustness.py::test_four_hundred_thousand_brackets_are_soon_done", "notes/test_note_robustness.py::test_a_megabyte_of_one_thing_is_soon_done", "notes/test_note_robustness.py::test_deep_quotes_and_lists_and_wide_tables_are_soon_done"),
    "F29 link loops, links out of the folder": ("notes/test_note_walk.py::test_links_inside_the_folder_are_not_followed_twice", "notes/test_note_walk.py::test_links_out_of_the_folder_and_to_nowhere_are_named"),
    "F30 unreadable file or folder": ("notes/test_note_walk.py::test_a_closed_folder_is_named_and_the_rest_is_given", "notes/test_note_walk.py::test_a_folder_that_cannot_be_read_is_named_and_the_rest_is_given", "collection/test_collection_sync.py::test_a_deck_file_that_cannot_be_read_keeps_its_cards"),
    "F31 encodings": ("notes/test_note_reader.py::test_known_text_is_read_in_every_common_encoding", "notes/test_note_reader.py::test_what_is_no_text_is_refused", "notes/test_note_reader.py::test_any_bytes_give_text_or_a_known_problem", "inbox/test_settling.py::test_line_ends_mark_and_encoding_of_a_deck_file_stay"),
    "F32 YAML bombs": ("notes/test_note_front_matter.py::test_a_bomb_is_refused_before_anything_is_built", "notes/test_note_front_matter.py::test_too_many_keys_are_refused"),
    "F41 signals": ("tui/test_terminal.py::test_a_signal_ends_it_with_the_terminal_restored", "tui/test_terminal.py::test_ctrl_c_ends_it"),
    "F42 terminal closed, hang-up ignored": ("tui/test_terminal.py::test_a_closed_terminal_leaves_no_process_even_where_hang_up_is_ignored",),
    "F43 resize storms": ("tui/test_hostile.py::test_no_size_breaks_a_page", "tui/test_hostile.py::test_a_resize_keeps_what_is_being_typed", "tui/test_review_page.py::test_a_terminal_that_is_too_small_says_so_and_recovers"),
    "F44 no terminal, dumb terminal, pipe closed": ("faults/test_surroundings_fail.py::test_without_a_terminal_nothing_draws_a_screen", "faults/test_surroundings_fail.py::test_a_pipe_that_nobody_reads_on_ends_it_quietly", "tui/test_plain.py::test_a_pipe_is_line_mode_by_itself"),
    "F45 locale C": ("faults/test_surroundings_fail.py::test_in_the_locale_c_every_command_says_what_it_can",),
    "F46 old store": ("store/test_schema_steps.py::test_the_first_schema_is_brought_up_with_all_it_holds", "store/test_older_store.py::test_a_command_that_only_reads_brings_an_older_database_up_with_a_backup", "soak upgrade"),
    "F47 newer store": ("store/test_opening.py::test_a_newer_database_is_refused_untouched",),
    "F48 broken config": ("faults/test_surroundings_fail.py::test_whatever_stands_in_the_config_the_defaults_hold_where_it_cannot_be_read", "faults/test_surroundings_fail.py::test_a_config_that_cannot_be_read_is_named_with_its_line_and_stops_nothing"),
    "F49 editor missing, failing, killed": ("faults/test_surroundings_fail.py::test_an_editor_that_is_missing_fails_or_is_killed_is_one_line_and_the_text_stays",),
    "F51 connection shared over fork or threads": ("faults/test_surroundings_fail.py::test_no_child_holds_a_handle_of_the_store_and_no_thread_may_use_it",),
    "F52 restore drill": ("soak damage", "store/test_backup.py::test_restoring_brings_back_the_rows_and_keeps_what_it_replaced", "store/test_store_commands.py::test_restore_adds_the_newer_answers_from_the_log_copy"),
    "F53 logs of two machines": ("session/test_merge_orders.py::test_in_any_order_the_same_is_known", "session/test_merge_orders.py::test_by_way_of_another_machine_the_same_is_known", "session/test_merge.py::test_merging_twice_changes_nothing", "session/test_merge.py::test_a_torn_last_line_is_told_and_costs_only_itself", "soak merge"),
    "F54 the repair itself": ("faults/test_repair_keeps_all.py::test_no_row_is_gone_but_into_quarantine", "store/test_store_commands.py::test_a_repair_says_first_what_it_would_do_and_asks", "store/test_store_commands.py::test_a_row_that_cannot_be_right_goes_to_quarantine_with_its_reason"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_tests(fault: str) -> None:
    missing = [name for name in FAULTS[fault] if not _is_there(name)]

    assert FAULTS[fault]
    assert missing == []


def test_no_fault_is_left_out() -> None:
    numbers = [*range(1, 33), *range(41, 50), *range(51, 55)]

    assert [fault[:3] for fault in FAULTS] == [f"F{number:02}" for number in numbers]


def _is_there(name: str) -> bool:
    if name.startswith("soak "):
        return name.removeprefix("soak ") in TRIALS
    file, _, test = name.partition("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, kinds) and node.name == test for node in ast.walk(tree))
