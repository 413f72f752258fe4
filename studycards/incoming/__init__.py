"""What comes in from Anki: blocks into deck files, answers and memory into the log."""
