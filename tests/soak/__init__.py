"""The fault harness: kills, failing system calls, power loss, crowds and damages, each with its oracle."""
