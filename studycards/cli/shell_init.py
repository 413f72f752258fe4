"""`shell-init`: the line that shows what is due when a shell starts, at the price of one `cat`."""

from __future__ import annotations

import click

from studycards.config import default_state
from studycards.remind import shell


@click.command(epilog="Example: studycards shell-init bash >> ~/.bashrc")
@click.argument("name", metavar="SHELL", type=click.Choice(shell.SHELLS))
def command(name: str) -> None:
    """Print the line for the start of your shell (bash, zsh, fish), and the form for tmux.

    The file it shows is kept by `studycards remind at 08:00 --channel file`.
    """
    path = default_state() / "due"
    click.echo("# What is due in studycards, at the start of every shell:")
    click.echo(shell.line(name, path))
    click.echo("# The same in tmux, as a line of ~/.tmux.conf:")
    click.echo(f"# {shell.tmux(path)}")
