"""Scheduling: pure functions from memory, rating and time to memory."""
