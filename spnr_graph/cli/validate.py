"""``spnr validate``."""

from __future__ import annotations

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.findings import Severity

_FAIL_ON = {
    "violation": Severity.VIOLATION,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
}


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@format_option("text", "report")
@output_option
@click.option(
    "--syntax", metavar="NAME", help="RDF syntax of the sources; see spnr load."
)
@click.option(
    "--as",
    "table_format",
    metavar="FORMAT",
    help="Format of the tables; recognised by their columns by default.",
)
@click.option(
    "--source",
    "partner",
    metavar="PARTNER",
    help="Name of the partner that contributes; 'local' by default.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_FAIL_ON, "never"]),
    default="violation",
    show_default=True,
    help="From which severity on the answer is no (exit code 1).",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "pyshacl"]),
    default="compiled",
    show_default=True,
    help="Shapes compiled to SPARQL, or the reference engine.",
)
@pass_session
def validate(
    session: Session,
    sources: tuple[str, ...],
    format_name: str | None,
    output: str,
    syntax: str | None,
    table_format: str | None,
    partner: str | None,
    fail_on: str,
    engine: str,
) -> None:
    """Check the store, or contributions before they are loaded.

    Without SOURCE every contribution in the store is checked. SOURCE is what `spnr
    load` takes: it is read and checked as it would be, and nothing is loaded.

    \b
    Example:
      spnr validate
      spnr validate partenaire.ttl -f markdown -o constats.md
      spnr validate recensement --fail-on warning
    """
    from spnr_graph.operations.terms import Terms
    from spnr_graph.operations.validate import report_bytes
    from spnr_graph.operations.validate import validate as run
    from spnr_graph.render import by_suffix

    chosen = format_name or by_suffix("report", output) or "text"
    with session.store_if_any(optional=bool(sources)) as store:
        report = run(
            store,
            sources,
            project=session.project,
            terms=Terms(partner=partner or "local", syntax=syntax, format=table_format),
            engine=engine,  # type: ignore[arg-type]
        )
        text = report_bytes(store, report, chosen, lang=session.lang)
    with opened(output) as stream:
        stream.write(text)
    if fail_on != "never" and report.at_least(_FAIL_ON[fail_on]):
        raise click.exceptions.Exit(1)
