"""``spnr explain``."""

from __future__ import annotations

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)


@click.command()
@click.argument("thing")
@click.argument("about", required=False, metavar="[PROPERTY]")
@click.argument("value", required=False, metavar="[VALUE]")
@format_option("text", "explanation")
@output_option
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="NUMBER",
    help="How many values of one kind to give; the others are counted.",
)
@pass_session
def explain(
    session: Session,
    thing: str,
    about: str | None,
    value: str | None,
    format_name: str | None,
    output: str,
    *,
    most: int,
) -> None:
    """Say who states what, and from what the rest follows.

    THING is a label, a slug, a prefixed name or an IRI. With PROPERTY, and VALUE, only
    those statements are explained.

    \b
    Example:
      spnr explain arnia
      spnr explain arnia porte
      spnr explain arnia porte hub-mednum-bfc

    Exit code 1: nobody says it, and no rule derives it.
    """
    from spnr_graph.operations.explain import explain as run
    from spnr_graph.render import by_suffix
    from spnr_graph.render.explanation import RENDERERS

    chosen = format_name or by_suffix("explanation", output) or "text"
    with session.store() as store:
        found = run(
            store,
            thing,
            about,
            value,
            lang=session.lang,
            most=most,
            project=session.project,
        )
    with opened(output) as stream:
        stream.write(RENDERERS[chosen](found, lang=session.lang).encode())
    if not found.known:
        raise click.exceptions.Exit(1)
