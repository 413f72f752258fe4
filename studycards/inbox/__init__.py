"""What became of each proposal: written, waiting, refused, dropped; what a person decided, and the way back."""
