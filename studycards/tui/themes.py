"""Colours: four themes of which every pair of ink and paper can be read, and the terminal's own sixteen."""

from __future__ import annotations

from textual.theme import Theme

from studycards.tui.inline import Ink


def _theme(name: str, paper: str, ink: str, quiet: str, accent: str, warm: str) -> Theme:
    return Theme(
        name=f"studycards-{name}",
        dark=paper < "#8",
        background=paper,
        surface=paper,
        panel=paper,
        foreground=ink,
        primary=accent,
        secondary=quiet,
        accent=accent,
        warning=warm,
        error=warm,
        success=accent,
        variables={"quiet": quiet, "warm": warm},
    )


THEMES: tuple[Theme, ...] = (
    _theme("default", "#16181d", "#e4e6eb", "#9aa3b2", "#8fc7ff", "#ffc27a"),
    _theme("light", "#fbfaf7", "#1e2126", "#575f6b", "#0b57a4", "#8a4b00"),
    _theme("contrast", "#000000", "#ffffff", "#d0d0d0", "#7fe0ff", "#ffe14d"),
    _theme("colourblind", "#101820", "#f0f0f0", "#a9b4c2", "#7db8ff", "#ffa64d"),
    Theme(
        name="studycards-terminal",
        ansi=True,
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        foreground="ansi_default",
        primary="ansi_default",
        variables={"quiet": "ansi_default", "warm": "ansi_default"},
    ),
)
NAMES = tuple(theme.name.removeprefix("studycards-") for theme in THEMES)


def by_name(name: str) -> Theme:
    """The theme that the config names; the default for a name that is none."""
    return next((theme for theme in THEMES if theme.name == f"studycards-{name}"), THEMES[0])


def ink_of(theme: Theme) -> Ink:
    """The styles for card text in a theme."""
    if theme.ansi:
        return Ink(quiet="")
    return Ink(
        code=theme.accent or "bold",
        hole=f"bold underline {theme.warning}",
        quiet=theme.variables["quiet"],
    )
