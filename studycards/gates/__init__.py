"""The quality gates, in the order in which they are asked."""
