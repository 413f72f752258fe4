"""The tables of the database, and the steps by which an older one becomes the present one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x53435244  # "SCRD"
VERSION = 2

migrations = Migrations("studycards")

_FIRST = (
    # What belongs to the database as a whole: the device's name, the last sequence number, choices made in the app.
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    # Every set of settings that was ever in force; never changed, never removed.
    "CREATE TABLE settings (id INTEGER PRIMARY KEY, model TEXT NOT NULL, payload TEXT NOT NULL UNIQUE,"
    " since_ms INTEGER NOT NULL) STRICT",
    # The cards of the deck files, one row a card, kept when their text vanishes (`orphaned` = since when, ms).
    # `path` is the deck file; `line` and `end_line` the block's lines there; `source_*` the note's.
    # `version` grows with every act on the card, so that a stale screen cannot answer it.
    "CREATE TABLE cards (id TEXT PRIMARY KEY, block TEXT NOT NULL, kind TEXT NOT NULL, front TEXT NOT NULL,"
    " back TEXT NOT NULL, deck TEXT NOT NULL, tags TEXT NOT NULL DEFAULT '[]', path TEXT NOT NULL,"
    " line INTEGER NOT NULL, end_line INTEGER NOT NULL, headings TEXT NOT NULL DEFAULT '[]',"
    " source_path TEXT NOT NULL DEFAULT '', source_line INTEGER NOT NULL DEFAULT 0,"
    " source_end INTEGER NOT NULL DEFAULT 0, rule TEXT NOT NULL DEFAULT '', hole INTEGER,"
    " passage TEXT NOT NULL DEFAULT '', folded TEXT NOT NULL, slot TEXT NOT NULL DEFAULT '',"
    " position INTEGER NOT NULL, marked_id INTEGER NOT NULL DEFAULT 0, first_seen_ms INTEGER NOT NULL,"
    " changed_ms INTEGER NOT NULL, orphaned_ms INTEGER, version INTEGER NOT NULL DEFAULT 0) STRICT",
    "CREATE INDEX cards_block ON cards (block)",
    "CREATE INDEX cards_path ON cards (path)",
    "CREATE INDEX cards_deck ON cards (deck, position, id, orphaned_ms)",
    "CREATE INDEX cards_changed ON cards (changed_ms)",
    "CREATE INDEX cards_orphaned ON cards (orphaned_ms) WHERE orphaned_ms IS NOT NULL",
    "CREATE INDEX cards_folded ON cards (folded)",
    "CREATE INDEX cards_passage ON cards (passage)",
    # Earlier texts of a block, newest last.
    "CREATE TABLE texts (block TEXT NOT NULL, at_ms INTEGER NOT NULL, front TEXT NOT NULL, back TEXT NOT NULL) STRICT",
    "CREATE INDEX texts_block ON texts (block)",
    # Stable numbers of a cloze block's holes, never used again for another hole.
    "CREATE TABLE holes (block TEXT NOT NULL, number INTEGER NOT NULL, written INTEGER NOT NULL, folded TEXT NOT NULL,"
    " gone_ms INTEGER, PRIMARY KEY (block, number)) STRICT",
    # What the scheduler knows: the replay of the log. Days are study-day numbers, instants UTC ms.
    "CREATE TABLE memory (card_id TEXT PRIMARY KEY, state INTEGER NOT NULL, step INTEGER, stability REAL NOT NULL,"
    " difficulty REAL NOT NULL, due_day INTEGER NOT NULL, due_ms INTEGER, last_day INTEGER NOT NULL,"
    " last_ms INTEGER NOT NULL, reps INTEGER NOT NULL, lapses INTEGER NOT NULL, interval INTEGER NOT NULL) STRICT",
    "CREATE INDEX memory_due ON memory (due_day, state, last_day, stability, card_id)",
    # What the person set on a card beside answering it; also a replay of the log.
    "CREATE TABLE marks (card_id TEXT PRIMARY KEY, suspended INTEGER NOT NULL DEFAULT 0, buried_day INTEGER,"
    " flag INTEGER NOT NULL DEFAULT 0, marked INTEGER NOT NULL DEFAULT 0, retired INTEGER NOT NULL DEFAULT 0,"
    " leech INTEGER NOT NULL DEFAULT 0) STRICT",
    # The log, append only: answers in `reviews`, every other act in `acts`; one sequence a device for both.
    "CREATE TABLE reviews (device TEXT NOT NULL, seq INTEGER NOT NULL, card_id TEXT NOT NULL, rating INTEGER NOT NULL,"
    " kind TEXT NOT NULL, state INTEGER, reviewed_at INTEGER NOT NULL, clock_ms INTEGER,"
    " utc_offset_min INTEGER NOT NULL, day_start INTEGER NOT NULL, study_day INTEGER NOT NULL,"
    " duration_ms INTEGER NOT NULL, settings INTEGER NOT NULL, predicted REAL, scheduled INTEGER NOT NULL,"
    " stability REAL, difficulty REAL, PRIMARY KEY (device, seq)) STRICT",
    "CREATE INDEX reviews_card ON reviews (card_id, study_day, reviewed_at)",
    "CREATE INDEX reviews_day ON reviews (study_day)",
    # `kind`: undo, redo, bury, suspend, mark, flag, retire, reset, due, redue, anchor, keep, drop, edit …;
    # `target_*` names the row undone; `step` the first seq of the one thing a person did (bulk acts share it).
    "CREATE TABLE acts (device TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, card_id TEXT,"
    " at_ms INTEGER NOT NULL, utc_offset_min INTEGER NOT NULL, study_day INTEGER NOT NULL, target_device TEXT,"
    " target_seq INTEGER, step INTEGER NOT NULL, payload TEXT NOT NULL DEFAULT '{}', PRIMARY KEY (device, seq)) STRICT",
    "CREATE INDEX acts_card ON acts (card_id)",
    "CREATE INDEX acts_target ON acts (target_device, target_seq)",
    # Proposals and their fate, found again by identity; a dropped one is a tombstone.
    "CREATE TABLE proposals (id TEXT PRIMARY KEY, kind TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,"
    " text TEXT NOT NULL, rule TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL, decision TEXT NOT NULL,"
    " confidence REAL NOT NULL, score TEXT NOT NULL DEFAULT '[]', deck TEXT NOT NULL, tags TEXT NOT NULL DEFAULT '[]',"
    " source_path TEXT NOT NULL, source_line INTEGER NOT NULL, source_end INTEGER NOT NULL,"
    " headings TEXT NOT NULL DEFAULT '[]', slot TEXT NOT NULL, folded TEXT NOT NULL, written_front TEXT,"
    " written_back TEXT, deck_path TEXT NOT NULL DEFAULT '', found_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL,"
    " later_day INTEGER, note_gone INTEGER NOT NULL DEFAULT 0) STRICT",
    "CREATE INDEX proposals_folded ON proposals (folded)",
    "CREATE INDEX proposals_source ON proposals (source_path, slot)",
    "CREATE INDEX proposals_slot ON proposals (slot)",
    "CREATE INDEX proposals_decision ON proposals (decision)",
    # Blocks that vanished and blocks that appeared which may be the same card; `settled`: a person has said.
    "CREATE TABLE pairs (before TEXT NOT NULL, after TEXT NOT NULL, likeness REAL NOT NULL, at_ms INTEGER NOT NULL,"
    " settled INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (before, after)) STRICT",
    # Files by stat, so that what did not change is not opened. `role` is note or deck.
    "CREATE TABLE files (path TEXT PRIMARY KEY, role TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    " digest TEXT NOT NULL, made_by TEXT NOT NULL DEFAULT '', deck TEXT NOT NULL DEFAULT '') STRICT",
    "CREATE TABLE folders (path TEXT PRIMARY KEY, role TEXT NOT NULL, since_ms INTEGER NOT NULL) STRICT",
    # The reminder: one plan at most, one row a study day.
    "CREATE TABLE reminder_plan (id INTEGER PRIMARY KEY CHECK (id = 1), payload TEXT NOT NULL) STRICT",
    "CREATE TABLE reminder (study_day INTEGER PRIMARY KEY, outcome TEXT NOT NULL, channel TEXT NOT NULL,"
    " detail TEXT NOT NULL, attempts INTEGER NOT NULL, at_ms INTEGER NOT NULL, utc_offset_min INTEGER NOT NULL) STRICT",
    # What went out to Anki: the digest of an Anki note's own text, the second in which that last changed, and its
    # fields as they were rendered from cards with this `key` (empty: not kept; rebuildable).
    "CREATE TABLE exports (guid TEXT PRIMARY KEY, block TEXT NOT NULL, digest TEXT NOT NULL, mod INTEGER NOT NULL,"
    " key BLOB NOT NULL DEFAULT x'', fields TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '') STRICT",
    "CREATE INDEX exports_block ON exports (block)",
    # Rows that a repair has taken out of their table, whole, with the reason.
    "CREATE TABLE quarantine (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, origin TEXT NOT NULL,"
    " reason TEXT NOT NULL, payload TEXT NOT NULL) STRICT",
    # What came in from Anki, by its guid (with the ord where each template is a block of its own): the block it became,
    # its text as it was written then, and the Anki note as it stood, so that it can go back in its own shape.
    "CREATE TABLE imports (key TEXT PRIMARY KEY, block TEXT NOT NULL, front TEXT NOT NULL, back TEXT NOT NULL,"
    " mod INTEGER NOT NULL, guid TEXT NOT NULL, type_id INTEGER NOT NULL, fields TEXT NOT NULL, tags TEXT NOT NULL,"
    " shape TEXT NOT NULL) STRICT",
    "CREATE INDEX imports_block ON imports (block)",
    "CREATE TABLE anki_types (id INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT",
    # An edit of a deck file under way, settled at the next start if it was cut off.
    "CREATE TABLE intents (id INTEGER PRIMARY KEY, path TEXT NOT NULL, payload TEXT NOT NULL,"
    " at_ms INTEGER NOT NULL) STRICT",
)


@migrations()
def first(db: Database) -> None:
    """The first schema."""
    for statement in _FIRST:
        db.execute(statement)


_SECOND = (
    # Whether the card has a memory, so that new cards are found without asking for the memory of each.
    "ALTER TABLE cards ADD COLUMN begun INTEGER NOT NULL DEFAULT 0",
    "UPDATE cards SET begun = 1 WHERE id IN (SELECT card_id FROM memory)",
    "CREATE INDEX cards_new ON cards (position, id) WHERE begun = 0 AND orphaned_ms IS NULL",
    # A deck's cards, and all texts, in the order in which they are listed, without a look into the table.
    "DROP INDEX cards_deck",
    # (They hold `orphaned_ms`, empty as it is there: SQLite asks for each column that a condition names.)
    "CREATE INDEX cards_deck ON cards (deck, position, id, orphaned_ms) WHERE orphaned_ms IS NULL",
    "CREATE INDEX cards_text ON cards (deck, position, id, orphaned_ms, folded) WHERE orphaned_ms IS NULL",
    # The whole text is in the index above; to find an equal one its beginning is enough.
    "DROP INDEX cards_folded",
    "CREATE INDEX cards_folded ON cards (substr(folded, 1, 48))",
    # Acts that are about no card, or about very many, by kind: few, and looked for at every answer.
    "CREATE INDEX acts_wide ON acts (kind) WHERE card_id IS NULL",
    # What was remembered of a run with nothing to do has another form now.
    "DELETE FROM meta WHERE key = 'standing'",
    # Whether a proposal is asked back to front too, and proposals with the same answer.
    "ALTER TABLE proposals ADD COLUMN reverse INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX proposals_answer ON proposals (substr(folded, instr(folded, char(10)) + 1))",
    # The inbox, counted without a look at what was decided.
    "CREATE INDEX proposals_waiting ON proposals (later_day) WHERE status = 'inbox' AND decision = ''",
    # What is remembered of a run with nothing to do holds until files, proposals or the cards of deck files change;
    # an answer changes none of these columns.
    *(
        f"CREATE TRIGGER {table}_{act.split()[0].lower()}_moves AFTER {act} ON {table}"
        " BEGIN DELETE FROM meta WHERE key = 'standing'; END"
        for table, update in (("files", ""), ("proposals", ""), ("cards", " OF id, block, path, orphaned_ms"))
        for act in ("INSERT", "DELETE", f"UPDATE{update}")
    ),
)


@migrations()
def second(db: Database) -> None:
    """New cards, decks and texts found by index."""
    for statement in _SECOND:
        db.execute(statement)
