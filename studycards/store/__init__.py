"""The SQLite database: one file per subject."""
