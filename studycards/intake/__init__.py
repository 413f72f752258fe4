"""The formats cards come in from."""
