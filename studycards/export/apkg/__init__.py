"""What an Anki package is made of: fields, holes, names, media, note types, rows."""
