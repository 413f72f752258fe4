"""What an Anki package is taken apart into: entries, tables, note types, Markdown."""
