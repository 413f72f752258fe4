"""The formats cards go out in."""
