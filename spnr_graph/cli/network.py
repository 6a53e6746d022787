"""``spnr network``: the network of collaborations, measured."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from spnr_graph.cli.choosing import filter_options, filters_of, weight_option
from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.errors import QueryError

if TYPE_CHECKING:
    from datetime import datetime

    from spnr_graph.operations.network.answer import Answer
    from spnr_graph.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

_DAY = click.DateTime(["%Y-%m-%d"])

#: Options of single verbs, which their functions take under the same name.
_OWN: Final[tuple[str, ...]] = (
    *(
        "weight",
        "draws",
        "sort",
        "top",
        "seeds",
        "members",
        "of",
        "curve",
        "level",
        "by",
    ),
    *("blank_only", "around", "groups", "start", "end", "alternatives"),
)

top_option = click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help="Keep the first N rows."
)


def answer_options(command: _Command) -> _Command:
    """Add ``--wide``, ``-f`` and ``-o``."""
    wide = click.option(
        "--wide", is_flag=True, help="Show every column in a table, not the chief ones."
    )
    return wide(format_option("table", "rows")(output_option(command)))


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
    _answer(session, "summary", typed)


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
    _answer(session, "actors", typed)


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
    _answer(session, "communities", typed)


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
    _answer(session, "resilience", typed)


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
    _answer(session, "coverage", typed)


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
    _answer(session, "proposals", typed)


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
    help="How many ways to show.",
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
    _answer(session, "path", typed)


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
    _answer(session, "compare", typed)


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

    _write(session, network_measures(lang=session.lang), **_shown(typed))


def _answer(session: Session, verb: str, typed: dict[str, Any]) -> None:
    """Pull the network once, let a verb answer, write the answer."""
    from importlib import import_module

    from spnr_graph.operations.network import pull_network

    shown = _shown(typed)
    module = import_module(f"spnr_graph.operations.network.{verb}")
    with session.store() as store:
        given = _given(session, store, typed)
        pulled = pull_network(store, lang=session.lang, project_=session.project)
        if verb == "coverage":
            given |= {"store": store, "project_": session.project}
        found = getattr(module, verb)(pulled, **given)
    _write(session, found, **shown)


def _shown(typed: dict[str, Any]) -> dict[str, Any]:
    """Take out the options that say how an answer is written."""
    return {name: typed.pop(name) for name in ("format_name", "output", "wide")}


def _given(session: Session, store: Store, typed: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a verb: filters made, actors found, days as dates."""
    from spnr_graph.resolve import resolve

    given = {name: typed.pop(name) for name in _OWN if name in typed}
    for name in ("start", "end", "around"):
        if given.get(name):
            found = resolve(store, "spnr:Actor", given[name], lang=session.lang)
            given[name] = str(found)
    days: dict[str, datetime] = {
        name: typed.pop(name) for name in ("first", "second") if name in typed
    }
    given |= {name: day.date() for name, day in days.items()}
    return given | {"chosen": filters_of(session, store, typed)}


def _write(
    session: Session, found: Answer, *, format_name: str | None, output: str, wide: bool
) -> None:
    """Write an answer, then its notes on standard error; exit 1 when it is "no"."""
    from spnr_graph.operations.network.answer import for_reader
    from spnr_graph.render import by_suffix, rows

    name = format_name or by_suffix("rows", output) or "table"
    if name == "xlsx" and output == "-" and sys.stdout.isatty():
        raise QueryError(
            fr="Le format xlsx n'est pas du texte. Donner un fichier avec -o.",
            en="The format xlsx is not text. Give a file with -o.",
        )
    lang = session.lang
    shown = (
        for_reader(found, lang=lang, wide=wide or name == "markdown")
        if name in {"table", "markdown"}
        else found
    )
    with opened(output) as stream:
        rows.write(
            shown.table,
            stream,
            name,
            lang=lang,
            titles=shown.titles[lang],
            width=shutil.get_terminal_size((100, 24)).columns if output == "-" else 0,
        )
    for fr, en in zip(
        found.notes.get("fr", ()), found.notes.get("en", ()), strict=True
    ):
        session.say(fr=fr, en=en)
    if found.no:
        raise click.exceptions.Exit(1)
