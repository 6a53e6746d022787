"""``spnr reconcile``."""

from __future__ import annotations

import shutil

import click

from spnr_graph.cli.review import review
from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.cli.verdicts import (
    actor_option,
    decision_options,
    score_option,
    tell,
    verdict,
)


@click.group(invoke_without_command=True)
@score_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many candidates to show.",
)
@actor_option
@format_option("text, in words", "rows")
@output_option
@click.pass_context
def reconcile(
    ctx: click.Context,
    minimum: float,
    limit: int,
    actor: str | None,
    format_name: str | None,
    output: str,
) -> None:
    """Find actors that may be one, and decide.

    Without a command: the candidates, best first, each with its score (the probability
    that the two are one) and its reasons. Two actors are compared by name, acronym,
    place, site, form and type; different SIREN are never candidates. Decisions go to
    data/identite.ttl, which only grows, and each can be taken back.

    \b
    Example:
      spnr reconcile
      spnr reconcile --min-score 0.9 -o doublons.csv
      spnr reconcile accept e-bourgogne arnia --by "coordination" --why "…" --dry-run
      spnr reconcile log
    """
    if ctx.invoked_subcommand is not None:
        return
    session = ctx.find_object(Session)
    assert session is not None  # noqa: S101 - the group above always makes one
    from spnr_graph.operations.reconcile import review as candidates
    from spnr_graph.operations.reconciled import TITLES, found_table, found_text
    from spnr_graph.render import by_suffix

    chosen = format_name or by_suffix("rows", output)
    with session.store() as store:
        found = candidates(
            store,
            minimum=minimum,
            actor=actor,
            lang=session.lang,
            project=session.project,
        )
    shown = found.candidates[:limit]
    with opened(output) as stream:
        if chosen is None:
            stream.write(found_text(found, shown, session.lang).encode())
        else:
            from spnr_graph.render.rows import write

            write(
                found_table(shown, session.lang),
                stream,
                chosen,
                lang=session.lang,
                titles={name: title[session.lang] for name, title in TITLES.items()},
                width=shutil.get_terminal_size((100, 24)).columns,
            )


@reconcile.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--keep", metavar="A", help="Which of the two stays.")
@decision_options
@pass_session
def accept(
    session: Session,
    one: str,
    other: str,
    by: str,
    why: str,
    keep: str | None,
    *,
    dry_run: bool,
) -> None:
    """Decide that A and B are one actor.

    A and B are labels, slugs or IRIs. The actor that stays has a SIREN, else the most
    trusted source, else the most statements, else the first IRI; --keep says otherwise.

    \b
    Example:
      spnr reconcile accept e-bourgogne arnia --by "coordination" --why "…" --dry-run
    """
    from spnr_graph.operations.reconcile import accept as run

    with session.store(read_only=dry_run) as store:
        outcome = run(
            store,
            one,
            other,
            verdict(session, by, why),
            keep=keep,
            dry_run=dry_run,
            lang=session.lang,
            project=session.project,
        )
    tell(session, outcome, dry_run=dry_run)


@reconcile.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@decision_options
@pass_session
def refuse(
    session: Session, one: str, other: str, by: str, why: str, *, dry_run: bool
) -> None:
    """Decide that A and B are two actors, and never be asked again.

    \b
    Example:
      spnr reconcile refuse "BFC Numérique" spl-bfc-numerique \\
        --by "coordination SPNR" --why "Une association et une société."
    """
    from spnr_graph.operations.reconcile import refuse as run

    with session.store(read_only=dry_run) as store:
        outcome = run(
            store,
            one,
            other,
            verdict(session, by, why),
            dry_run=dry_run,
            lang=session.lang,
            project=session.project,
        )
    tell(session, outcome, dry_run=dry_run)


@reconcile.command()
@click.argument("names", nargs=-1, required=True, metavar="DECISION | A B")
@decision_options
@pass_session
def undo(
    session: Session, names: tuple[str, ...], by: str, why: str, *, dry_run: bool
) -> None:
    """Take a decision back: the graphs become what they were before it.

    DECISION is its IRI or last segment, as shown by 'log'; or give the two actors by
    their IRIs or slugs.

    \b
    Example:
      spnr reconcile undo local-arnia-e-bourgogne local-recensement-arnia \\
        --by "coordination SPNR" --why "Rapprochement pris trop vite."
    """
    from spnr_graph.operations.reconcile import named
    from spnr_graph.operations.reconcile import undo as run

    decision = named(session.project, names)
    with session.store(read_only=dry_run) as store:
        outcome = run(
            store,
            decision,
            verdict(session, by, why),
            dry_run=dry_run,
            project=session.project,
        )
    tell(session, outcome, dry_run=dry_run)


@reconcile.command()
@output_option
@pass_session
def log(session: Session, output: str) -> None:
    """Tell every decision in words, the oldest first.

    \b
    Example:
      spnr reconcile log
    """
    from spnr_graph.operations.reconciled import ledger_text
    from spnr_graph.operations.settle import read_ledger

    with opened(output) as stream:
        text = ledger_text(read_ledger(session.project), session.lang)
        stream.write(text.encode())


reconcile.add_command(review)
