"""The extraction rules, in the order in which they are tried."""
