"""The options that say which participations make a network, the same for every verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from spnr_graph.cli.session import Session
    from spnr_graph.projection import Filters, Narrowing
    from spnr_graph.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

_DAY = click.DateTime(["%Y-%m-%d"])
#: Names of the options that name things, as fields of ``Filters``.
_NAMED = (
    click.option(
        "--axis", multiple=True, metavar="NAME", help="Keep initiatives of an axis."
    ),
    click.option(
        "--objective", multiple=True, metavar="NAME", help="… of an objective."
    ),
    click.option(
        "--audience", multiple=True, metavar="NAME", help="… for an audience."
    ),
    click.option(
        "--territory",
        multiple=True,
        metavar="NAME",
        help="… in a territory or its parts.",
    ),
    click.option(
        "--kind",
        "actor_kind",
        multiple=True,
        metavar="NAME",
        help="Keep actors of a kind.",
    ),
    click.option(
        "--initiative-kind",
        multiple=True,
        metavar="NAME",
        help="Keep initiatives of a kind.",
    ),
    click.option("--role", multiple=True, metavar="NAME", help="Keep a role."),
    click.option(
        "--source",
        multiple=True,
        metavar="NAME",
        help="Keep what a document states: its title or address.",
    ),
)
_WHEN = (
    click.option(
        "--on",
        type=_DAY,
        metavar="DATE",
        help="Keep what is under way on this day (yyyy-mm-dd).",
    ),
    click.option(
        "--between",
        nargs=2,
        type=_DAY,
        metavar="A B",
        help="Keep what is under way on a day from A to B.",
    ),
)
_ALL_ROLES = click.option(
    "--all-roles",
    is_flag=True,
    help="Count the roles and kinds that make no collaboration, too.",
)
weight_option = click.option(
    "--weight",
    type=click.Choice(["count", "newman", "amount"]),
    default="count",
    show_default=True,
    help="Count shared initiatives, share each out among its n actors: 1/(n-1), or "
    "add up their amounts in euros.",
)


def filter_options(*, dated: bool = True) -> Callable[[_Command], _Command]:
    """Add the filters; without ``--on`` and ``--between`` where a verb has dates."""

    def add(command: _Command) -> _Command:
        for option in reversed((*_NAMED, *(_WHEN if dated else ()), _ALL_ROLES)):
            command = option(command)
        return command

    return add


def filters_of(session: Session, store: Store, typed: dict[str, Any]) -> Filters:
    """Turn the values of ``filter_options`` into filters.

    Raises:
        QueryError: a name means nothing or several things.
    """
    from spnr_graph.operations.network import filters

    on, between = typed.pop("on", None), typed.pop("between", None)
    all_roles = typed.pop("all_roles")
    return filters(
        store,
        {field: texts for field, texts in typed.items() if texts},
        on=on.date() if on else None,
        between=(between[0].date(), between[1].date()) if between else None,
        collaborative=not all_roles,
        lang=session.lang,
    )


_NARROWING = (
    click.option(
        "--min-weight",
        type=click.FloatRange(min=0),
        default=0.0,
        metavar="W",
        help="Keep links of at least this weight.",
    ),
    click.option(
        "--backbone",
        type=click.FloatRange(min=0, max=1, min_open=True),
        metavar="ALPHA",
        help="Keep links too strong to be due to chance at this level, such as 0.05 "
        "(disparity filter).",
    ),
    click.option(
        "--k-core",
        type=click.IntRange(min=1),
        metavar="K",
        help="Keep actors who keep K links among themselves.",
    ),
    click.option("--largest", is_flag=True, help="Keep the largest component."),
    click.option("--ego", metavar="ACTOR", help="Keep an actor and its surroundings."),
    click.option(
        "--depth",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="How many links away from the actor of --ego.",
    ),
)


def narrowing_options(command: _Command) -> _Command:
    """Add what keeps part of a network that is already made."""
    for option in reversed(_NARROWING):
        command = option(command)
    return command


def narrowing_of(session: Session, store: Store, typed: dict[str, Any]) -> Narrowing:
    """Turn the values of ``narrowing_options`` into a narrowing.

    Raises:
        QueryError: the actor of ``--ego`` is nobody, or several.
    """
    from spnr_graph.projection import Narrowing
    from spnr_graph.resolve import resolve

    names = ("min_weight", "backbone", "k_core", "largest", "ego", "depth")
    given = {name: typed.pop(name) for name in names}
    if given["ego"]:
        actor = resolve(store, "spnr:Actor", given["ego"], lang=session.lang)
        given["ego"] = str(actor)
    return Narrowing(**given)
