"""`completion`: what a shell needs to complete commands, options and deck names."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_STUDYCARDS_COMPLETE"


class _Bash(BashComplete):
    """Click's, for names with spaces and colons: bash cuts words at a colon and quotes nothing by itself."""

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' response completion word prefix value
    local -a words=()
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ ${#words[@]} -gt 0 && ( $word == :* || ${words[-1]} == *: ) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    response=$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((${#words[@]} - 1)) %(complete_var)s=bash_complete "$1")
    prefix=${words[-1]%%"${words[-1]##*:}"}
    COMPREPLY=()
    for completion in $response; do
        value=${completion#*,}
        case ${completion%%%%,*} in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$(printf %%q "${value#"$prefix"}")") ;;
        esac
    done
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    @staticmethod
    def _check_version() -> None:
        """Bash 4.4, which the script needs, is of 2016; macOS's older one says so by itself when it reads it."""


@click.command(epilog="Example: studycards completion bash > ~/.local/share/bash-completion/completions/studycards")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script with which your shell completes commands, options and deck names.

    \b
    bash  studycards completion bash > ~/.local/share/bash-completion/completions/studycards
    zsh   studycards completion zsh > a folder of your fpath/_studycards
    fish  studycards completion fish > ~/.config/fish/completions/studycards.fish
    """
    known = _Bash if shell == "bash" else get_completion_class(shell)
    assert known is not None
    click.echo(known(ctx.find_root().command, {}, "studycards", VARIABLE).source(), nl=False)
