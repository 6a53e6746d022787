"""``spnr query``."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.errors import QueryError

if TYPE_CHECKING:
    from spnr_graph.project import Project
    from spnr_graph.render import Kind
    from spnr_graph.sparql import Query
    from spnr_graph.store import Store

#: Formats that a SPARQL engine writes itself, straight from its rows. Not CSV: the
#: writer of Oxigraph 0.5.13 leaves a comma inside an IRI unquoted.
ENGINE_FORMATS = ("tsv", "json")
BINARY_FORMATS = ("xlsx",)


@click.command()
@click.argument("question", required=False, metavar="[QUESTION]")
@click.option(
    "-p",
    "--param",
    "arguments",
    multiple=True,
    nargs=2,
    metavar="NAME VALUE",
    help="Give a parameter: a label, slug, prefixed name, IRI, date or number.",
)
@format_option("table for rows, turtle for graphs", "rows", "graph")
@output_option
@click.option("--labels", is_flag=True, help="Add a column of labels beside IRIs.")
@click.option("--show", is_flag=True, help="Print the SPARQL that would run, and stop.")
@click.option("--list", "listing", is_flag=True, help="List the named questions.")
@pass_session
def query(
    session: Session,
    question: str | None,
    arguments: tuple[tuple[str, str], ...],
    format_name: str | None,
    output: str,
    *,
    labels: bool,
    show: bool,
    listing: bool,
) -> None:
    """Answer a question.

    QUESTION is a name in queries/, the path of a .rq file, SPARQL text, or '-' for
    standard input. A date that a question needs is today when it is not given.

    \b
    Example:
      spnr query financeurs-par-axe --labels
      spnr query initiatives-d-un-axe -p axe inclusion-numerique -f csv
      spnr query 'SELECT ?a { ?a a spnr:Actor } LIMIT 5'

    Exit code 1: an ASK answered no.
    """
    if listing:
        with opened(output) as stream:
            stream.write(_listing(session.project, session.lang).encode())
        return
    if question is None:
        raise QueryError(
            fr="Quelle question ? Donner un nom, un fichier .rq, du SPARQL ou '-'. "
            "La liste des noms : spnr query --list.",
            en="Which question? Give a name, a .rq file, SPARQL text or '-'. "
            "The list of names: spnr query --list.",
        )
    _answer(
        session,
        question,
        _once(arguments),
        format_name=format_name,
        output=output,
        labels=labels,
        show=show,
    )


def _answer(
    session: Session,
    question: str,
    arguments: dict[str, str],
    *,
    format_name: str | None,
    output: str,
    labels: bool,
    show: bool,
) -> None:
    from spnr_graph.operations.query import find, prepare

    source = sys.stdin.read() if question == "-" else question
    found = find(source, session.project)
    _add_today(session, found, arguments)
    with session.store() as store:
        bound = prepare(store, found, arguments, lang=session.lang)
        if show:
            with opened(output) as stream:
                stream.write(bound.text.rstrip().encode() + b"\n")
        elif bound.form == "ask":
            _say_ask(session, store, bound, format_name=format_name, output=output)
        else:
            _write(
                session,
                store,
                bound,
                format_name=format_name,
                output=output,
                labels=labels,
            )


def _once(arguments: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the arguments by name; none may be given twice."""
    given: dict[str, str] = {}
    for name, value in arguments:
        if name in given:
            raise QueryError(
                fr=f"Le paramètre « {name} » est donné deux fois. N'en garder qu'un.",
                en=f"The parameter '{name}' is given twice. Keep one.",
            )
        given[name] = value
    return given


def _add_today(session: Session, query: Query, arguments: dict[str, str]) -> None:
    """Give a required date that was not given the date of today, and say so."""
    for parameter in query.header.parameters if query.header else ():
        missing = parameter.required and parameter.name not in arguments
        if missing and parameter.kind == "xsd:date":
            today = datetime.now(tz=UTC).date().isoformat()
            arguments[parameter.name] = today
            session.say(
                fr=f"{parameter.name} : {today} (aujourd'hui)",
                en=f"{parameter.name}: {today} (today)",
            )


def _say_ask(
    session: Session,
    store: Store,
    query: Query,
    *,
    format_name: str | None,
    output: str,
) -> None:
    if format_name not in (None, "json", "table"):
        raise _unfit(format_name, ("table", "json"))
    yes = store.ask(query)
    if format_name == "json":
        text = f'{{"head":{{}},"boolean":{str(yes).lower()}}}'
    else:
        text = session.pick(fr="oui" if yes else "non", en="yes" if yes else "no")
    with opened(output) as stream:
        stream.write(text.encode() + b"\n")
    if not yes:
        raise click.exceptions.Exit(1)


def _write(
    session: Session,
    store: Store,
    query: Query,
    *,
    format_name: str | None,
    output: str,
    labels: bool,
) -> None:
    from spnr_graph.render import by_suffix

    kind: Kind = "rows" if query.form == "select" else "graph"
    chosen = format_name or by_suffix(kind, output)
    chosen = chosen or ("table" if kind == "rows" else "turtle")
    _check_format(kind, chosen, output)
    with opened(output) as stream:
        if kind == "graph":
            from spnr_graph.operations.export import write_answer

            write_answer(
                store, query, stream, format_name=chosen, project=session.project
            )
        elif chosen in ENGINE_FORMATS and not labels:
            store.write(query, stream, chosen)
        else:
            from spnr_graph.labels import labelled
            from spnr_graph.render.rows import write

            columns = query.header.columns if query.header else ()
            rows = store.select(query)
            write(
                labelled(store, rows, session.lang) if labels else rows,
                stream,
                chosen,
                lang=session.lang,
                titles={c.name: session.pick(fr=c.fr, en=c.en) for c in columns},
                width=shutil.get_terminal_size((100, 24)).columns
                if output == "-"
                else 0,
            )


def _check_format(kind: Kind, name: str, output: str) -> None:
    from spnr_graph.render import names

    if name not in names(kind):
        raise _unfit(name, names(kind))
    if name in BINARY_FORMATS and output == "-" and sys.stdout.isatty():
        raise QueryError(
            fr=f"Le format {name} n'est pas du texte. Donner un fichier avec -o.",
            en=f"The format {name} is not text. Give a file with -o.",
        )


def _unfit(name: str, known: tuple[str, ...]) -> QueryError:
    said = ", ".join(known)
    return QueryError(
        fr=f"Le format {name} ne convient pas à cette question. Choisir parmi : "
        f"{said}.",
        en=f"The format {name} does not fit this question. Choose among: {said}.",
    )


def _listing(project: Project, lang: str) -> str:
    """Return one line per named question: name, parameters, question."""
    from spnr_graph import sparql

    lines = []
    width = max(map(len, project.queries), default=0)
    for name in project.queries:
        header = sparql.parse_header(project.query_text(name), name=name)
        asked = header.question.get(lang) or header.question["fr"]
        slots = " ".join(f"-p {p.name} …" for p in header.parameters)
        lines.append(f"{name:<{width}}  {asked}{'  ' + slots if slots else ''}\n")
    return "".join(lines)
