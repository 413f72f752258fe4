"""Reading notes: bytes to text, text to blocks with lines, blocks to sentences."""
