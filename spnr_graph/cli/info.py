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
@format_option("text", "info")
@output_option
@pass_session
def info(session: Session, format_name: str | None, output: str) -> None:
    """Say what the store holds: sources, totals, what is derived, its health.

    \b
    Example:
      spnr info
      spnr info -f json

    Exit code 1: something calls for action, and the last lines say what.
    """
    from spnr_graph.operations.info import info as run
    from spnr_graph.operations.summary import INFO
    from spnr_graph.render import by_suffix

    with session.store() as store:
        found = run(store, lang=session.lang, project=session.project)
    chosen = format_name or by_suffix("info", output) or "text"
    today = datetime.now(tz=UTC).date()
    with opened(output) as stream:
        stream.write(INFO[chosen](found, lang=session.lang, today=today).encode())
    if not found.healthy:
        raise click.exceptions.Exit(1)
