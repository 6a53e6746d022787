"""A partner's own contribution, given back as the workbook that it could have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from spnr_graph.catalogue import sources
from spnr_graph.namespaces import CONTRIBUTION_GRAPHS
from spnr_graph.operations.datasets import dataset as named_dataset
from spnr_graph.operations.knowledge import Knowledge
from spnr_graph.operations.settle import received_lines
from spnr_graph.operations.template import references, vocabulary
from spnr_graph.project import Project, open_project
from spnr_graph.render.numbers import number
from spnr_graph.tables import workbook
from spnr_graph.tables.formats import formats, named

if TYPE_CHECKING:
    from spnr_graph.store import Store


def export_workbook(
    store: Store,
    output: BinaryIO,
    *,
    dataset: str,
    lang: str = "fr",
    project: Project | None = None,
) -> workbook.Contribution:
    """Write a contribution, as it was received, in the workbook of the template.

    Args:
        store: an open store.
        output: where the bytes go.
        dataset: name of the contribution.
        lang: language of titles and labels.
        project: whose format, concepts and territories; the shipped ones by default.

    Returns:
        The rows, and what does not fit in them: ``left_words`` says it.

    Raises:
        DataError: no such contribution; openpyxl or frictionless is missing.
        StoreError: the store does not answer.
    """
    content = project or open_project()
    described = {
        graph: source
        for graph, source in sources(store).items()
        if graph.startswith(CONTRIBUTION_GRAPHS)
    }
    graph = named_dataset(described, dataset).graph
    partner = graph.removeprefix(CONTRIBUTION_GRAPHS).partition("/")[0]
    knowledge = Knowledge(store, partner)
    knowledge.learn(references(content))
    return workbook.export_workbook(
        received_lines(store, graph),
        output,
        form=named(workbook.FORMAT, formats(content)),
        vocabulary=vocabulary(content, store, lang),
        context=knowledge.context,
        lang=lang,
    )


def left_words(found: workbook.Contribution, lang: str) -> str:
    """Return what does not fit in a workbook, in words; ``""`` when all does."""
    said = [
        f"  {number(count, lang)} {kind or '?'} {name}"
        for (kind, name), count in found.left.items()
    ]
    more = [f"  {number(count, lang)} {name}" for name, count in found.added.items()]
    heads = {
        "fr": (
            "Le classeur ne peut pas dire ces énoncés, qui restent dans le graphe :",
            "Charger ce classeur ajouterait :",
        ),
        "en": (
            "The workbook cannot tell these statements, which stay in the graph:",
            "Loading this workbook would add:",
        ),
    }[lang]
    parts = [*([heads[0], *said] if said else []), *([heads[1], *more] if more else [])]
    return "\n".join(parts)
