"""``spnr load``."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from spnr_graph.cli.session import (
    Session,
    opened,
    output_option,
    pass_session,
    show_error,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from spnr_graph.operations.loaded import LoadResult
    from spnr_graph.read import Limits
    from spnr_graph.store import Store

#: Width of the progress bar, in characters.
_WIDTH = 24


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--syntax",
    metavar="NAME",
    help="RDF syntax of the sources (turtle, trig, ntriples, nquads, rdfxml, jsonld, "
    "n3); needed for '-', else taken from the name or the media type.",
)
@click.option(
    "--source",
    "partner",
    metavar="PARTNER",
    help="Name of the partner that contributes; 'local' by default.",
)
@click.option(
    "--dataset",
    metavar="NAME",
    help="What the contribution is called, so that it replaces the one of that name; "
    "the name of the file by default.",
)
@click.option("--publisher", metavar="IRI", help="Who publishes the contribution.")
@click.option(
    "--licence",
    metavar="IRI",
    help="Its licence, for example https://spdx.org/licenses/etalab-2.0.",
)
@click.option(
    "--check/--no-check",
    default=True,
    show_default=True,
    help="Check each contribution with the shapes before it enters.",
)
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    metavar="MB",
    help="Largest source, unpacked, in megabytes; 20000 for files, 2000 for addresses "
    "by default.",
)
@click.option(
    "--as",
    "table_format",
    metavar="FORMAT",
    help="Format of the tables (spnr formats lists them); recognised by their columns "
    "by default.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Write nothing; tell what is wrong and what would change.",
)
@click.option(
    "--annotated",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE.xlsx",
    help="Write there a copy of the table, the wrong cells marked.",
)
@click.option("--force", is_flag=True, help="Read again what has not changed.")
@output_option
@pass_session
def load(
    session: Session,
    sources: tuple[str, ...],
    syntax: str | None,
    partner: str | None,
    dataset: str | None,
    publisher: str | None,
    licence: str | None,
    max_size: int | None,
    output: str,
    table_format: str | None,
    annotated: str | None,
    *,
    check: bool,
    force: bool,
    dry_run: bool,
) -> None:
    """Load contributions: read, check, place, derive.

    SOURCE is the name of a dataset in the catalogue, an RDF file, a table (CSV, XLSX,
    JSON; gzip and zip too), a directory, an http(s) address, or '-' for standard
    input. Without SOURCE the whole catalogue is harvested. Each contribution goes to a
    named graph of its own, in one step: a refused or broken one leaves the former
    version in place, and is kept in quarantine beside the store with its report.

    \b
    Example:
      spnr load
      spnr load recensement
      spnr load partenaire.ttl --source arnia --licence https://spdx.org/licenses/etalab-2.0
      spnr load classeur.xlsx --source arnia --dry-run --annotated a-corriger.xlsx

    Exit codes: 1 when a contribution was refused (or would be), 2 when one could not
    be read or reached.
    """
    from spnr_graph.harvest import quarantine_of
    from spnr_graph.operations.annotate import one_table
    from spnr_graph.operations.load import load as run
    from spnr_graph.operations.loaded_text import loaded_text
    from spnr_graph.operations.terms import Terms

    terms = Terms(
        partner=partner or "local",
        dataset=dataset,
        publisher=publisher,
        licence=licence,
        syntax=syntax,
        format=table_format,
        limits=_limits(session.timeout, max_size),
    )
    table = one_table(sources) if annotated is not None else None
    with opened(output) as stream:
        with _store(session, dry_run) as store, _progress(session) as progress:
            result = run(
                store,
                sources,
                project=session.project,
                terms=terms,
                check=check,
                force=force,
                dry_run=dry_run,
                quarantine=quarantine_of(store.location),
                lang=session.lang,
                now=datetime.now(tz=UTC),
                progress=progress,
            )
        text = loaded_text(result, lang=session.lang, errors=output != "-")
        stream.write(text.encode(errors="replace"))  # names of files may be anything
    if table is not None and annotated is not None:
        _annotate(table, result, annotated, session)
    for each in result.contributions:
        if each.error is not None:
            show_error(each.error, session.lang)
    if result.failed:
        raise click.exceptions.Exit(2)
    if result.refused:
        raise click.exceptions.Exit(1)


def _store(session: Session, dry_run: bool) -> AbstractContextManager[Store]:
    """Open the store; for a dry run to read, or an empty one when there is none."""
    if not dry_run:
        return session.store(read_only=False)
    return session.store_or_empty()


def _annotate(table: Path, result: LoadResult, target: str, session: Session) -> None:
    """Write the copy of a table, wrong cells marked, unless it could not be read."""
    from spnr_graph.operations.annotate import annotate, read_as_table

    if read_as_table(result) is None:
        session.say(
            fr=f"{table} : pas de copie annotée, faute d'un tableau qui se lise.",
            en=f"{table}: no annotated copy, for no table could be read.",
        )
        return
    with opened(target) as stream:
        annotate(table, result, stream, lang=session.lang, project=session.project)


def _limits(seconds: float | None, megabytes: int | None) -> Limits:
    """Return how much a source may cost, the usual where nothing is asked."""
    from spnr_graph.read import Limits

    limits = Limits()
    if seconds is not None:
        limits = replace(limits, seconds=seconds)
    if megabytes is not None:
        size = megabytes * 1_000_000
        limits = replace(limits, file_bytes=size, network_bytes=size)
    return limits


@contextlib.contextmanager
def _progress(session: Session) -> Iterator[Callable[..., None]]:
    """Show a bar on standard error, when that is a terminal, and clear it after."""
    shown = sys.stderr.isatty() and not session.quiet
    clear = "\r\x1b[2K"

    def step(*, fr: str, en: str, done: int, total: int) -> None:
        if shown:
            filled = _WIDTH * done // max(total, 1)
            bar = "█" * filled + "░" * (_WIDTH - filled)
            text = session.pick(fr=fr, en=en)
            click.echo(f"{clear}{bar} {done}/{total} {text}", err=True, nl=False)

    try:
        yield step
    finally:
        if shown:
            click.echo(clear, err=True, nl=False)
