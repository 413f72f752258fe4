"""The screens. Empty on purpose: `--plain` takes tables from here and must load no Textual."""
