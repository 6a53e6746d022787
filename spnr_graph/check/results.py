"""A report → the SHACL report graph, without blank nodes: same report, same bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from spnr_graph import oxigraph, turtle
from spnr_graph.check.paths import parse_path, path_triples
from spnr_graph.check.shapes_graph import rdf, sh
from spnr_graph.findings import Finding, Report, Severity
from spnr_graph.namespaces import PREFIXES, SKOLEM

if TYPE_CHECKING:
    from rdflib.graph import Graph

_SEVERITIES: Final = {
    Severity.VIOLATION: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Info",
}
_SOURCE: Final = ox.NamedNode(PREFIXES["dc"] + "source")
_XSD_BOOLEAN: Final = ox.NamedNode(PREFIXES["xsd"] + "boolean")


def report_ntriples(report: Report) -> bytes:
    """Return the ``sh:ValidationReport`` of a report as N-Triples.

    Nodes have IRIs made from what they say; ``dc:source`` is the name of the source.
    ``sh:conforms`` is true when there is no finding at all, as SHACL defines it.
    """
    lines = (f"{s} {p} {o} .\n" for s, p, o in _report(report))
    return "".join(lines).encode()


def report_turtle(report: Report) -> bytes:
    """Return the ``sh:ValidationReport`` of a report as canonical Turtle."""
    output = io.BytesIO()
    turtle.write(report_ntriples(report).splitlines(keepends=True), output)
    return output.getvalue()


def report_graph(report: Report) -> Graph:
    """Return the ``sh:ValidationReport`` of a report as an rdflib graph."""
    lines = report_ntriples(report)
    return oxigraph.graph(
        quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)
    )


#: Subject, predicate and object as N-Triples text.
_Line = tuple[str, str, str]


def _report(report: Report) -> Iterator[_Line]:
    results = [(_mint("constat", finding), finding) for finding in report.findings]
    node = _iri(SKOLEM + "rapport-" + _digest("".join(name for name, _ in results)))
    conforms = ox.Literal("false" if results else "true", datatype=_XSD_BOOLEAN)
    yield node, str(rdf("type")), str(sh("ValidationReport"))
    yield node, str(sh("conforms")), str(conforms)
    for name, finding in results:
        yield node, str(sh("result")), _iri(name)
        yield from _result(name, finding)


def _result(name: str, finding: Finding) -> Iterator[_Line]:
    node = _iri(name)
    yield node, str(rdf("type")), str(sh("ValidationResult"))
    yield node, str(sh("focusNode")), _focus(finding.focus)
    yield node, str(sh("sourceShape")), _iri(finding.shape)
    yield node, str(sh("resultSeverity")), str(sh(_SEVERITIES[finding.severity]))
    yield node, str(_SOURCE), str(ox.Literal(finding.source))
    if finding.component:
        yield node, str(sh("sourceConstraintComponent")), _iri(finding.component)
    for lang, text in (("fr", finding.fr), ("en", finding.en)):
        if text:
            yield node, str(sh("resultMessage")), str(ox.Literal(text, language=lang))
    if finding.value:
        yield node, str(sh("value")), _named(finding.value)
    if finding.path:
        yield from _path(node, finding.path)


def _path(node: str, text: str) -> Iterator[_Line]:
    """Yield the path of a result: a predicate, or the nodes of a description."""
    path = parse_path(text)
    if not path.op:
        yield node, str(sh("resultPath")), _iri(path.iri)
        return
    top = f"{SKOLEM}chemin-{_digest(text)}"
    yield node, str(sh("resultPath")), _iri(top)
    for subject, name, value in path_triples(path, top):
        predicate = rdf(name) if name in {"first", "rest"} else sh(name)
        yield _iri(subject), str(predicate), _iri(value) if value else str(rdf("nil"))


def _focus(focus: str) -> str:
    """Return a focus node, which findings write as an IRI without brackets."""
    return _named(focus) if focus.startswith(('"', "_:")) else _iri(focus)


def _named(term: str) -> str:
    """Return a term of N-Triples, a blank node made an IRI."""
    return _iri(f"{SKOLEM}{term[2:]}") if term.startswith("_:") else term


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _mint(kind: str, finding: Finding) -> str:
    return f"{SKOLEM}{kind}-{_digest(repr(finding))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
