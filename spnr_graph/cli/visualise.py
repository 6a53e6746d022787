"""``spnr visualise``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from datetime import datetime


@click.command()
@format_option("html", "network")
@output_option
@click.option(
    "--mode",
    type=click.Choice(["actors", "actors-initiatives"]),
    default="actors",
    show_default=True,
    help="Who works with whom, or who takes part in what.",
)
@click.option(
    "--weight",
    type=click.Choice(["count", "newman"]),
    default="count",
    show_default=True,
    help="Count shared initiatives, or share each out among its n actors: 1/(n-1).",
)
@click.option(
    "--axis", multiple=True, metavar="NAME", help="Keep initiatives of an axis."
)
@click.option("--objective", multiple=True, metavar="NAME", help="… of an objective.")
@click.option("--audience", multiple=True, metavar="NAME", help="… for an audience.")
@click.option(
    "--territory", multiple=True, metavar="NAME", help="… in a territory or its parts."
)
@click.option("--kind", "actor_kind", multiple=True, metavar="NAME",
              help="Keep actors of a kind.")  # fmt: skip
@click.option("--initiative-kind", multiple=True, metavar="NAME",
              help="Keep initiatives of a kind.")  # fmt: skip
@click.option("--role", multiple=True, metavar="NAME", help="Keep a role.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Keep what is under way on this day (yyyy-mm-dd).",
)
@click.option(
    "--all-roles",
    is_flag=True,
    help="Count the roles and kinds that make no collaboration, too.",
)
@click.option("--title", default="", metavar="TEXT", help="Heading of the picture.")
@pass_session
def visualise(
    session: Session,
    /,
    format_name: str | None,
    output: str,
    mode: str,
    weight: str,
    on: datetime | None,
    title: str,
    *,
    all_roles: bool,
    **typed: tuple[str, ...],
) -> None:
    """Draw the network of collaborations.

    The page (html) is one file that works without any network. Names are labels,
    slugs, prefixed names or IRIs; an option given twice keeps either.

    \b
    Example:
      spnr visualise -o reseau.html
      spnr visualise --axis inclusion-numerique --territory Jura -o jura.svg
      spnr visualise --mode actors-initiatives --on 2024-01-01 -o reseau.gexf
    """
    from spnr_graph.operations.network import filters
    from spnr_graph.operations.visualise import visualise as run
    from spnr_graph.render import by_suffix

    chosen = format_name or by_suffix("network", output) or "html"
    if output == "-" and sys.stdout.isatty():
        raise DataError(
            fr="Un dessin ne se lit pas dans un terminal. Donner un fichier avec -o, "
            "par exemple -o reseau.html.",
            en="A picture cannot be read in a terminal. Give a file with -o, for "
            "example -o reseau.html.",
        )
    with session.store() as store:
        kept = filters(
            store,
            {field: texts for field, texts in typed.items() if texts},
            on=on.date() if on else None,
            collaborative=not all_roles,
            lang=session.lang,
        )
        drawn = run(
            store,
            format_name=chosen,
            mode=mode,  # type: ignore[arg-type]
            weight=weight,  # type: ignore[arg-type]
            chosen=kept,
            title=title,
            lang=session.lang,
            project=session.project,
        )
    with opened(output) as stream:
        stream.write(drawn)
    if output != "-":
        session.say(fr=f"Réseau dessiné dans {output}", en=f"Network drawn in {output}")
