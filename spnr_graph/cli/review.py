"""``spnr reconcile review``: candidates one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from spnr_graph.cli.session import Session, pass_session
from spnr_graph.cli.verdicts import actor_option, by_option, score_option, tell, verdict

if TYPE_CHECKING:
    from spnr_graph.identity.rivals import Candidate
    from spnr_graph.store import Store


@click.command()
@by_option
@score_option
@actor_option
@pass_session
def review(session: Session, by: str, minimum: float, actor: str | None) -> None:
    """Go through the candidates one by one: yes, no, later, quit.

    \b
    Example:
      spnr reconcile review --by "coordination SPNR"
    """
    with session.store(read_only=False) as store:
        left: set[tuple[str, str]] = set()
        while each := _next(session, store, minimum, actor, left):
            left.add(_key(each))
            from spnr_graph.operations.reconciled import candidate_text

            click.echo(candidate_text(each, session.lang))
            answer = _ask(session)
            if answer == "q":
                return
            if answer != "p":
                _decide(session, store, each, by, one=answer == "o")
    session.say(fr="Plus rien à décider.", en="Nothing left to decide.")


def _next(
    session: Session,
    store: Store,
    minimum: float,
    actor: str | None,
    left: set[tuple[str, str]],
) -> Candidate | None:
    """Return the best candidate that was not shown; a decision may bring new ones."""
    from spnr_graph.operations.reconcile import review as candidates

    found = candidates(
        store, minimum=minimum, actor=actor, lang=session.lang, project=session.project
    )
    return next((c for c in found.candidates if _key(c) not in left), None)


def _decide(
    session: Session, store: Store, each: Candidate, by: str, *, one: bool
) -> None:
    """Ask why, and write the decision."""
    from spnr_graph.operations.reconcile import accept, refuse

    why = click.prompt(session.pick(fr="Pourquoi", en="Why"))
    outcome = (accept if one else refuse)(
        store,
        each.kept.iri,
        each.other.iri,
        verdict(session, by, why),
        lang=session.lang,
        project=session.project,
    )
    tell(session, outcome, dry_run=False)


def _key(each: Candidate) -> tuple[str, str]:
    return each.kept.iri, each.other.iri


def _ask(session: Session) -> str:
    """Return ``o`` (one), ``n`` (two), ``p`` (later) or ``q`` (quit)."""
    question = session.pick(
        fr="Un seul acteur ? (o)ui, (n)on, (p)lus tard, (q)uitter",
        en="One actor? (y)es, (n)o, (l)ater, (q)uit",
    )
    letters = session.pick(fr="onpq", en="ynlq")
    given = click.prompt(question, type=click.Choice(list(letters)), show_choices=False)
    return "onpq"[letters.index(given)]
