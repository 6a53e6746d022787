"""Template: the workbook that a coordinator sends to a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from spnr_graph import oxigraph
from spnr_graph.namespaces import REFERENCE_GRAPHS
from spnr_graph.project import Project, open_project
from spnr_graph.read import Staging
from spnr_graph.tables import workbook
from spnr_graph.tables.formats import formats, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from spnr_graph.sparql import Query
    from spnr_graph.store import Store
    from spnr_graph.table import Row


def template(
    output: BinaryIO,
    *,
    project: Project | None = None,
    store: Store | None = None,
    partner: str = "",
    lang: str = "fr",
) -> None:
    """Write an empty workbook: instructions, sheets to fill in, lists, examples.

    Args:
        output: where the bytes go.
        project: whose format, concepts and territories; the shipped ones by default.
        store: names the actors and initiatives that rows can refer to, if given.
        partner: to whom it is sent.
        lang: language of titles, comments and labels.

    Raises:
        DataError: openpyxl or frictionless is missing; the format is broken.
        StoreError: the store does not answer.
    """
    content = project or open_project()
    workbook.template(
        output,
        named(workbook.FORMAT, formats(content)),
        vocabulary(content, store, lang, known=True),
        partner=partner,
        lang=lang,
    )


def references(project: Project) -> Staging:
    """Return the ontology, the policy and the territories of a project.

    Raises:
        DataError: one of their files cannot be read.
    """
    staging = Staging()
    for dataset in project.datasets.values():
        if str(dataset.graph).startswith(REFERENCE_GRAPHS):
            for file in dataset.files:
                staging.add(file, graph=str(dataset.graph))
    return staging


def vocabulary(
    project: Project, store: Store | None, lang: str, *, known: bool = False
) -> workbook.Vocabulary:
    """Return what the lists of a workbook offer: of the project and of the store.

    Raises:
        DataError: a file of the project cannot be read.
        StoreError: the store does not answer.
    """
    staging = references(project)

    def ask(query: Query) -> Iterator[Row]:
        answer = staging.store.query(query.text, use_default_graph_as_union=True)
        return oxigraph.rows(cast("ox.QuerySolutions", answer))

    asks = (ask,) if store is None else (ask, store.select)
    return workbook.Vocabulary.ask(*asks, lang=lang, known=known)
