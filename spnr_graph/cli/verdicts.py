"""What the commands of ``spnr reconcile`` share: options, verdict, outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from spnr_graph.cli.session import Session, opened

if TYPE_CHECKING:
    from spnr_graph.operations.reconcile import Outcome, Verdict

_Command = TypeVar("_Command", bound=Callable[..., Any])


def score_option(command: _Command) -> _Command:
    """Add ``--min-score``."""
    return click.option(
        "--min-score",
        "minimum",
        type=click.FloatRange(0, 1, min_open=True, max_open=True),
        default=0.5,
        show_default=True,
        metavar="P",
        help="Leave out pairs that are less probably one.",
    )(command)


def actor_option(command: _Command) -> _Command:
    """Add ``--actor``."""
    return click.option(
        "--actor", metavar="ACTOR", help="Only the candidates of this actor."
    )(command)


def by_option(command: _Command) -> _Command:
    """Add ``--by``."""
    return click.option(
        "--by",
        required=True,
        metavar="FUNCTION",
        help="Who decides: a function, never the name of a person.",
    )(command)


def decision_options(command: _Command) -> _Command:
    """Add what every decision needs, and the way to try it."""
    why = click.option(
        "--why", required=True, metavar="TEXT", help="The reason, in one sentence."
    )
    dry_run = click.option(
        "--dry-run", is_flag=True, help="Only say what would change; write nothing."
    )
    return by_option(why(dry_run(command)))


def verdict(session: Session, by: str, why: str) -> Verdict:
    """Return what a person decides, now."""
    from spnr_graph.identity.model import Text
    from spnr_graph.operations.reconcile import Verdict

    text = Text(fr=why) if session.lang == "fr" else Text(en=why)
    return Verdict(by=by, why=text, now=datetime.now(tz=UTC))


def tell(session: Session, outcome: Outcome, *, dry_run: bool) -> None:
    """Say what a decision did, or would do."""
    from spnr_graph.operations.reconciled import outcome_text

    with opened("-") as stream:
        stream.write(outcome_text(outcome, session.lang, dry_run=dry_run).encode())
