"""``spnr formats``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.errors import QueryError

if TYPE_CHECKING:
    from spnr_graph.operations.formats import Comparison
    from spnr_graph.table import Table


@click.command()
@click.argument("name", required=False, metavar="[FORMAT]")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Say which format a file has, and what becomes of its columns.",
)
@click.option("--show", is_flag=True, help="Print the SPARQL that makes triples of it.")
@format_option("table", "rows")
@output_option
@pass_session
def formats(
    session: Session,
    name: str | None,
    path: Path | None,
    format_name: str | None,
    output: str,
    *,
    show: bool,
) -> None:
    """List the formats of tables, explain one, or recognise a file.

    \b
    Example:
      spnr formats
      spnr formats france-services
      spnr formats --file lieux.csv

    Exit code 1: the file lacks columns that the format requires.
    """
    from spnr_graph.operations import formats as run

    if show:
        _show(session, name, output)
        return
    if path is not None:
        found = run.compare(path, name=name, lang=session.lang, project=session.project)
        _say(session, path, found)
        _write(session, found.columns, format_name, output)
        if found.missing:
            raise click.exceptions.Exit(1)
        return
    if name is None:
        table = run.formats(lang=session.lang, project=session.project)
    else:
        table = run.describe(name, lang=session.lang, project=session.project)
    _write(session, table, format_name, output)


def _show(session: Session, name: str | None, output: str) -> None:
    from spnr_graph.operations import formats as run

    if name is None:
        raise QueryError(
            fr="Quel format montrer ? Donner son nom. La liste : spnr formats.",
            en="Which format should be shown? Give its name. The list: spnr formats.",
        )
    text = run.mapping(name, project=session.project)
    with opened(output) as stream:
        stream.write(text.rstrip().encode() + b"\n")


def _say(session: Session, path: Path, found: Comparison) -> None:
    name, known, total = found.format.name, found.known, found.total
    session.say(
        fr=f"{path} : format {name}, {known} colonnes connues sur {total}.",
        en=f"{path}: format {name}, {known} of {total} columns known.",
    )


def _write(
    session: Session, table: Table, format_name: str | None, output: str
) -> None:
    from spnr_graph.operations.formats import TITLES
    from spnr_graph.render import by_suffix
    from spnr_graph.render.rows import write

    terminal = shutil.get_terminal_size((100, 24)).columns
    with opened(output) as stream:
        write(
            table,
            stream,
            format_name or by_suffix("rows", output) or "table",
            lang=session.lang,
            titles={n: session.pick(fr=t[0], en=t[1]) for n, t in TITLES.items()},
            width=terminal if output == "-" else 0,
        )
