"""Cards from plain Markdown notes, kept and asked in the terminal."""
