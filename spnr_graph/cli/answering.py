"""What the verbs of ``spnr network`` share: arguments made, an answer written."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from spnr_graph.cli.choosing import filters_of
from spnr_graph.cli.session import Session, format_option, opened, output_option
from spnr_graph.errors import QueryError

if TYPE_CHECKING:
    from datetime import datetime

    from spnr_graph.operations.network.answer import Answer
    from spnr_graph.store import Store

_Command = TypeVar("_Command", bound=Callable[..., Any])

#: Options of single verbs, which their functions take under the same name.
_OWN: Final[tuple[str, ...]] = (
    *("weight", "draws", "sort", "top", "seeds", "members", "of", "curve"),
    *("level", "by", "blank_only", "around", "groups", "start", "end", "alternatives"),
)


def answer_options(command: _Command) -> _Command:
    """Add ``--wide``, ``-f`` and ``-o``."""
    wide = click.option(
        "--wide", is_flag=True, help="Show every column in a table, not the chief ones."
    )
    return wide(format_option("table", "rows")(output_option(command)))


def answer(session: Session, verb: str, typed: dict[str, Any]) -> None:
    """Pull the network once, let a verb answer, write the answer."""
    from importlib import import_module

    from spnr_graph.operations.network import pull_network

    how = shown(typed)
    module = import_module(f"spnr_graph.operations.network.{verb}")
    with session.store() as store:
        given = _given(session, store, typed)
        pulled = pull_network(store, lang=session.lang, project_=session.project)
        if verb == "coverage":
            given |= {"store": store, "project_": session.project}
        found = getattr(module, verb)(pulled, **given)
    write(session, found, **how)


def shown(typed: dict[str, Any]) -> dict[str, Any]:
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


def write(
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
    read = (
        for_reader(found, lang=lang, wide=wide or name == "markdown")
        if name in {"table", "markdown"}
        else found
    )
    with opened(output) as stream:
        rows.write(
            read.table,
            stream,
            name,
            lang=lang,
            titles=read.titles[lang],
            width=shutil.get_terminal_size((100, 24)).columns if output == "-" else 0,
        )
    for fr, en in zip(
        found.notes.get("fr", ()), found.notes.get("en", ()), strict=True
    ):
        session.say(fr=fr, en=en)
    if found.no:
        raise click.exceptions.Exit(1)
