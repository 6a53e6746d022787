"""The command reference as Markdown, made from the commands themselves.

``python -m spnr_graph.cli.reference > docs/cli.md`` writes it; a test holds the file
against it.
"""

from __future__ import annotations

import click

from spnr_graph.cli import cli

_INTRODUCTION = """\
# Command reference

<!-- Made by: python -m spnr_graph.cli.reference > docs/cli.md -->

`spnr [OPTIONS] COMMAND [ARGS]`: one verb per function of the library, with the same name.

- Results go to standard output, messages to standard error; a progress bar shows on long work when that is a terminal.
- Exit codes: **0** done · **1** done, and the answer is no (a contribution refused, findings, an ASK that is false, a store that
  needs care) · **2** could not be done (usage, or an error that says where, what and what to do) · **130** interrupted (Ctrl-C) ·
  **141** whoever read the output stopped reading.
- `-o` names the output (a file appears whole or not at all; `-` is standard output), `-f` the format (else the suffix of `-o` tells), `-p` a
  parameter of a question.
- `--store` takes a directory (created by `load`), `memory:`, or the address of a SPARQL 1.1 endpoint: see [stores.md](stores.md).
- The named questions are listed in [queries.md](queries.md).
"""


def reference() -> str:
    """Return the reference: the group, then each command, as ``--help`` prints them."""
    return "\n".join([_INTRODUCTION, *_sections("spnr", cli)])


def _sections(name: str, command: click.Command) -> list[str]:
    """Return the section of a command, then those of the commands inside it."""
    inner = command.commands if isinstance(command, click.Group) else {}
    parts = [_section(name, command)]
    for each, below in inner.items():
        parts += _sections(f"{name} {each}", below)
    return parts


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=100)
    context.help_option_names = ["-h", "--help"]
    return f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
