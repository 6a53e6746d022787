"""Workbooks of tests: written, read back, compared."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pyoxigraph as ox

from spnr_graph.operations.knowledge import Knowledge
from spnr_graph.operations.template import references, vocabulary
from spnr_graph.project import open_project
from spnr_graph.tables import workbook
from spnr_graph.tables.formats import formats
from spnr_graph.tables.reading import read_table
from spnr_graph.tables.workbook import dress
from spnr_graph.tables.workbook.template import filled

GRAPH = "https://w3id.org/spnr/graph/contribution/arnia/classeur"


@cache
def form():
    """Return the format of the workbook."""
    return formats(open_project())["classeur"]


@cache
def words(lang="fr"):
    """Return what the lists of the shipped project offer."""
    return vocabulary(open_project(), None, lang)


@cache
def _context():
    knowledge = Knowledge(None, "arnia")
    knowledge.learn(references(open_project()))
    return knowledge.context


def context(partner="arnia"):
    """Return what cells are compared with, for a partner."""
    return replace(_context(), partner=partner)


def written(rows, lang="fr"):
    """Return the bytes of a workbook with these rows."""
    output = io.BytesIO()
    book = filled(form(), words(lang), rows, partner="arnia", lang=lang)
    dress.save(book, output, title="essai")
    return output.getvalue()


def load(data, partner="arnia"):
    """Read the bytes of a workbook: its triples and its findings."""
    read = read_table(
        lambda: io.BytesIO(data),
        label="classeur.xlsx",
        name="classeur.xlsx",
        formats={"classeur": form()},
        context=context(partner),
        graph=GRAPH,
    )
    with read.ntriples as stream:
        parsed = ox.parse(stream.read(), format=ox.RdfFormat.N_TRIPLES)
        return {(q.subject, q.predicate, q.object) for q in parsed}, read.findings


def lines(triples):
    """Return triples as N-Triples lines, in an order that says nothing."""
    made = [ox.Triple(*triple) for triple in sorted(triples, key=str, reverse=True)]
    return ox.serialize(made, format=ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)


def exported(triples, partner="arnia", lang="fr"):
    """Return the bytes of the workbook of a contribution, and what did not fit."""
    output = io.BytesIO()
    found = workbook.export_workbook(
        lines(triples),
        output,
        form=form(),
        vocabulary=words(lang),
        context=context(partner),
        lang=lang,
    )
    return output.getvalue(), found
