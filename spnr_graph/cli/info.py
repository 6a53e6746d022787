"""``spnr info``."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)


@click.command()
@click.option(
    "--dataset",
    metavar="NAME",
    help="Say what this contribution leaves unsaid, and what to complete first.",
)
@format_option("text", "info")
@output_option
@pass_session
def info(
    session: Session, dataset: str | None, format_name: str | None, output: str
) -> None:
    """Say what the store holds: sources, freshness, totals, health.

    Each source is judged by its declared frequency: who is late, by how much, and who
    has been unreachable since when. With --dataset: how complete one contribution is.

    \b
    Example:
      spnr info
      spnr info -f json
      spnr info --dataset recensement
      spnr info --dataset recensement -o a-completer.csv

    Exit code 1: something calls for action, and the last lines say what.
    """
    from spnr_graph.operations.gaps import GAPS
    from spnr_graph.operations.info import info as run
    from spnr_graph.operations.inventory import INFO
    from spnr_graph.render import by_suffix

    chosen = format_name or by_suffix("info", output) or "text"
    healthy = True
    with session.store() as store:
        if dataset is None:
            found = run(store, lang=session.lang, project=session.project)
            today = datetime.now(tz=UTC).date()
            text = INFO[chosen](found, lang=session.lang, today=today)
            healthy = found.healthy
        else:
            from spnr_graph.operations.completeness import completeness

            left = completeness(
                store, dataset, lang=session.lang, project=session.project
            )
            text = GAPS[chosen](left, lang=session.lang)
    with opened(output) as stream:
        stream.write(text.encode())
    if not healthy:
        raise click.exceptions.Exit(1)
