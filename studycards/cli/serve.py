"""`serve`: the same app in a browser."""

from __future__ import annotations

import ipaddress
import sys

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError


@click.command(epilog="Example: studycards serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--yes", is_flag=True, help="Also at an address that others can reach.")
@click.pass_obj
def command(context: Context, host: str, port: int, yes: bool) -> None:
    """Show the app in a browser on this machine, until Ctrl+C. Needs the extra `web`.

    Pages of other sites cannot reach it. There is no password: whoever reaches the address can read and change cards.
    """
    if not (_is_own(host) or yes):
        raise StudycardsError(
            f"Whoever reaches {host} could read and change your cards: there is no password. `--yes` does it anyway."
        )
    try:
        from studycards.tui.serving import serve
    except ModuleNotFoundError as error:
        raise StudycardsError("`serve` needs the extra: pip install 'studycards[web]'.") from error
    click.echo(f"studycards is at http://{host}:{port} until Ctrl+C.", err=True)
    serve([sys.executable, "-m", "studycards", "--db", str(context.db)], host, port)


def _is_own(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
