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

#: Formats that no terminal can show: suffix, what they are.
_BINARY = {
    "csv": (".zip", "une archive zip de tableaux", "a zip archive of tables"),
    "xlsx": (".xlsx", "un classeur", "a workbook"),
}


@click.command()
@format_option("turtle", "graph", "contribution")
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
    """Write the graph, one dataset, or one thing with its context.

    The same content gives the same bytes, however and in whatever order it was loaded.
    With xlsx, a dataset comes back as its partner sent it, in the workbook of `spnr
    template`; what does not fit in it is told.

    \b
    Example:
      spnr export -o spnr.ttl
      spnr export --dataset recensement -f trig
      spnr export --dataset recensement -o classeur.xlsx
      spnr export --entity ARNia
    """
    from spnr_graph.operations.export import export as run
    from spnr_graph.render import by_suffix

    told = by_suffix("graph", output) or by_suffix("contribution", output)
    chosen = format_name or told or "turtle"
    if chosen in _BINARY and output == "-" and sys.stdout.isatty():
        raise _for_a_file(chosen)
    with session.store() as store, opened(output) as stream:
        left = run(
            store,
            stream,
            format_name=chosen,
            dataset=dataset,
            entity=entity,
            derived=derived,
            lang=session.lang,
            project=session.project,
        )
    if left:
        session.say(fr=left, en=left)
    if output != "-":
        fr, en = ("Classeur", "Workbook") if chosen == "xlsx" else ("Graphe", "Graph")
        session.say(fr=f"{fr} écrit dans {output}", en=f"{en} written to {output}")


def _for_a_file(name: str) -> DataError:
    suffix, fr, en = _BINARY[name]
    return DataError(
        fr=f"L'export {name} est {fr}. Donner un fichier avec -o, par exemple -o "
        f"spnr{suffix}.",
        en=f"The {name} export is {en}. Give a file with -o, for example -o "
        f"spnr{suffix}.",
    )
