"""``spnr export``."""

from __future__ import annotations

import sys

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.errors import DataError


@click.command()
@format_option("turtle", "graph")
@output_option
@click.option(
    "--dataset", metavar="NAME", help="One contribution instead of the whole graph."
)
@click.option(
    "--entity",
    metavar="NAME",
    help="One thing with its surroundings: a label, slug, prefixed name or IRI.",
)
@click.option(
    "--derived/--no-derived",
    default=True,
    show_default=True,
    help="With or without the statements that the rules derive.",
)
@pass_session
def export(
    session: Session,
    format_name: str | None,
    output: str,
    dataset: str | None,
    entity: str | None,
    *,
    derived: bool,
) -> None:
    """Write the graph: whole, one dataset, or one thing with its surroundings.

    The same content gives the same bytes, however and in whatever order it was loaded.

    \b
    Example:
      spnr export -o spnr.ttl
      spnr export --dataset recensement -f trig
      spnr export --entity ARNia
    """
    from spnr_graph.operations.export import export as run
    from spnr_graph.render import by_suffix

    chosen = format_name or by_suffix("graph", output) or "turtle"
    if chosen == "csv" and output == "-" and sys.stdout.isatty():
        raise DataError(
            fr="L'export csv est une archive zip de tableaux. Donner un fichier avec "
            "-o, par exemple -o spnr.zip.",
            en="The csv export is a zip archive of tables. Give a file with -o, for "
            "example -o spnr.zip.",
        )
    with session.store() as store, opened(output) as stream:
        run(
            store,
            stream,
            format_name=chosen,
            dataset=dataset,
            entity=entity,
            derived=derived,
            lang=session.lang,
            project=session.project,
        )
    if output != "-":
        session.say(fr=f"Graphe écrit dans {output}", en=f"Graph written to {output}")
