"""Writes ``docs/queries.md`` from the headers of the questions."""

from __future__ import annotations

from spnr_graph.operations.query import find
from spnr_graph.project import Project
from spnr_graph.sparql import Header, Parameter

_INTRODUCTION = """\
# Questions

The named questions of `queries/`, in the order of their numbers: CQ1 to CQ25 are the
competency questions of the ontology, CO1 to CO15 those of the coordinators. Each is a
SPARQL 1.1 file that also runs elsewhere as it is. This page is written from the headers
of the files (`pytest tests/test_queries.py --update-golden`); a test keeps it current.

A parameter understands a label, a slug, a code, a prefixed name or an IRI. A territory
stands for itself and everything that is part of it. An optional parameter that is not
given means "all". A line of a query that ends with `#? name` goes away with the slot
of the parameter `name`.
"""


def catalogue_of_questions(project: Project) -> str:
    """Return the page that lists every question, French and English."""
    headers = {name: find(name, project).header or Header() for name in project.queries}
    ordered = sorted(headers.items(), key=lambda item: _rank(item[1].competency))
    parts = [_INTRODUCTION, *(_question(name, header) for name, header in ordered)]
    return "\n".join(parts)


def _rank(competency: str) -> tuple[bool, int]:
    return competency.startswith("CO"), int(competency[2:])


def _question(name: str, header: Header) -> str:
    lines = [
        f"## {header.competency} · `{name}`",
        "",
        f"**{header.question['fr']}**",
        f"{header.question['en']}",
        "",
        f"    {_command(name, header)}",
        "",
    ]
    if header.parameters:
        lines += ["| parameter | kind | | |", "| --- | --- | --- | --- |"]
        lines += [_parameter(parameter) for parameter in header.parameters]
        lines.append("")
    lines += ["| column | | |", "| --- | --- | --- |"]
    lines += [f"| `{c.name}` | {c.fr} | {c.en} |" for c in header.columns]
    if header.empty:
        lines += ["", f"No row yet: {header.empty['fr']} / {header.empty['en']}."]
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter) -> str:
    state = ", required" if parameter.required else ""
    state = f", default `{parameter.default}`" if parameter.default else state
    return (
        f"| `{parameter.name}` | `{parameter.kind}`{state} | {parameter.fr} "
        f"| {parameter.en} |"
    )


def _command(name: str, header: Header) -> str:
    words = [f"spnr query {name} --labels"]
    for parameter, value in (header.example or {}).items():
        shown = value if value.replace("-", "").isalnum() else f'"{value}"'
        words.append(f"-p {parameter} {shown}")
    return " ".join(words)
