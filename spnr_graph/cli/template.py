"""``spnr template``."""

from __future__ import annotations

import click

from spnr_graph.cli.session import Session, opened, pass_session


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@click.option("--partner", metavar="NAME", default="", help="To whom it is sent.")
@click.option(
    "--known/--no-known",
    default=True,
    show_default=True,
    help="With or without the actors and initiatives of the store, to refer to.",
)
@pass_session
def template(session: Session, file: str, partner: str, *, known: bool) -> None:
    """Write an empty workbook to send to a partner.

    Instructions, one sheet for actors, one for initiatives, one for who takes part in
    what, drop-down lists, and an example row that is not read. --lang gives its
    language.

    \b
    Example:
      spnr template classeur.xlsx --partner arnia
      spnr load classeur.xlsx --source arnia --dry-run
    """
    from spnr_graph.operations.template import template as run

    with session.store_if_any(optional=True) as store, opened(file) as stream:
        run(
            stream,
            project=session.project,
            store=store if known else None,
            partner=partner,
            lang=session.lang,
        )
    if file != "-":
        session.say(fr=f"Classeur écrit dans {file}", en=f"Workbook written to {file}")
