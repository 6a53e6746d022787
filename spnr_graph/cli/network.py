"""``spnr network``: the network of collaborations, measured."""

from __future__ import annotations

from typing import Any

import click

from spnr_graph.cli.answering import answer, answer_options, shown, write
from spnr_graph.cli.choosing import filter_options, weight_option
from spnr_graph.cli.session import Session, pass_session

_DAY = click.DateTime(["%Y-%m-%d"])

top_option = click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help="Keep the first N rows."
)


@click.group()
def network() -> None:
    """Measure the network of collaborations.

    Who works with whom, who bridges, where nobody acts, what breaks if an actor leaves,
    and whom to bring together. Two actors collaborate when they take part in the same
    initiative over common days, in roles that collaborate. `spnr network measures`
    defines every figure; `spnr visualise` draws what is measured here.

    \b
    Example:
      spnr network summary
      spnr network actors --axis inclusion-numerique --top 10
      spnr network path arnia nievre-numerique
      spnr network coverage --blank -o zones-blanches.csv
    """


@network.command()
@filter_options()
@click.option(
    "--draws",
    type=click.IntRange(min=0, max=1000),
    metavar="N",
    help="How many networks drawn at random to compare with; 0 for none; by default, "
    "fewer for large networks.",
)
@answer_options
@pass_session
def summary(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Measure the network as a whole.

    Size, density, components, centralisation, clustering, assortativity and small-world
    figures beside networks drawn at random, each read in words.

    \b
    Example:
      spnr network summary
      spnr network summary --territory Jura --on 2024-01-01 -f csv
    """
    answer(session, "summary", typed)


@network.command()
@filter_options()
@weight_option
@click.option(
    "--sort",
    default="intermediarite",
    show_default=True,
    metavar="COLUMN",
    help="The measure that ranks the actors.",
)
@top_option
@answer_options
@pass_session
def actors(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Measure each actor: links, reach, brokerage.

    Those who bridge come first, each with a sentence why.

    \b
    Example:
      spnr network actors --top 10
      spnr network actors --sort force --kind association -o acteurs.xlsx
    """
    answer(session, "actors", typed)


@network.command()
@filter_options()
@weight_option
@click.option(
    "--seeds",
    type=click.IntRange(min=1, max=1000),
    metavar="N",
    help="How many runs are compared; by default, as many as a second allows.",
)
@click.option("--members", is_flag=True, help="One row per actor, not per community.")
@answer_options
@pass_session
def communities(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Find the communities: groups that work together more than with others.

    The search is run many times: the stable core of a community is who stays together,
    its border who wavers.

    \b
    Example:
      spnr network communities
      spnr network communities --members -o communautes.csv
    """
    answer(session, "communities", typed)


@network.command()
@filter_options()
@weight_option
@click.option(
    "--of",
    type=click.Choice(["actors", "funders", "sources"]),
    default="actors",
    show_default=True,
    help="Who leaves: an actor, an actor as funder, or all that a source states.",
)
@click.option(
    "--curve",
    is_flag=True,
    help="What is left as the most linked leave one by one, beside random leaving.",
)
@top_option
@answer_options
@pass_session
def resilience(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Say what is lost when an actor leaves.

    Initiatives without a lead or a funder, actors cut off: ranked, beside what leaving
    at random would cost.

    \b
    Example:
      spnr network resilience --top 10
      spnr network resilience --of funders
      spnr network resilience --curve -o courbe.csv
    """
    answer(session, "resilience", typed)


@network.command()
@filter_options()
@click.option(
    "--level",
    type=click.Choice(["region", "departement", "epci", "commune"]),
    default="departement",
    show_default=True,
    help="The territories that make the rows.",
)
@click.option(
    "--by",
    type=click.Choice(["axis", "objective", "audience"]),
    multiple=True,
    default=("axis",),
    show_default=True,
    help="What makes the columns; given twice, their combinations.",
)
@click.option("--blank", "blank_only", is_flag=True, help="Keep where nobody acts.")
@answer_options
@pass_session
def coverage(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Count who acts where: territory by axis, objective or audience.

    Initiatives and leads per cell and per inhabitant, beside the coverage of networks
    where it is loaded; who could extend to where nobody acts.

    \b
    Example:
      spnr network coverage
      spnr network coverage --by axis --by audience --blank
      spnr network coverage --level epci -o couverture.xlsx
    """
    answer(session, "coverage", typed)


@network.command()
@filter_options()
@click.option("--around", metavar="ACTOR", help="Only proposals for this actor.")
@click.option("--groups", is_flag=True, help="Propose groups, not pairs.")
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many proposals.",
)
@answer_options
@pass_session
def proposals(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Propose actors that should meet, each time with the reasons.

    From shared partners, axes, territory and complementary roles; docs/proposals.md
    says how good such proposals are on known networks.

    \b
    Example:
      spnr network proposals
      spnr network proposals --around arnia --top 5
      spnr network proposals --groups --axis inclusion-numerique
    """
    answer(session, "proposals", typed)


@network.command()
@click.argument("start")
@click.argument("end")
@filter_options()
@click.option(
    "--alternatives",
    type=click.IntRange(min=1, max=20),
    default=1,
    show_default=True,
    metavar="N",
    help="How many of the shortest ways to show.",
)
@answer_options
@pass_session
def path(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Say how two actors are linked: each hop with its initiative and sources.

    \b
    Example:
      spnr network path arnia nievre-numerique
      spnr network path arnia nievre-numerique --alternatives 3 -f markdown

    Exit code 1: nothing links them.
    """
    answer(session, "path", typed)


@network.command()
@click.argument("first", type=_DAY, metavar="DATE")
@click.argument("second", type=_DAY, metavar="DATE")
@filter_options(dated=False)
@weight_option
@answer_options
@pass_session
def compare(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Compare the network at two dates: who came, who left, which ties began or ended.

    \b
    Example:
      spnr network compare 2022-01-01 2025-01-01
    """
    answer(session, "compare", typed)


@network.command()
@answer_options
@pass_session
def measures(session: Session, /, **typed: Any) -> None:  # noqa: ANN401
    """Define every measure: meaning, formula, source, unit, caveat.

    \b
    Example:
      spnr network measures
      spnr network measures -f markdown
    """
    from spnr_graph.operations.network.measures import network_measures

    write(session, network_measures(lang=session.lang), **shown(typed))
