"""A partner's own contribution, given back as the workbook that it could have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from spnr_graph.catalogue import sources
from spnr_graph.errors import DataError
from spnr_graph.namespaces import CONTRIBUTION_GRAPHS
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
    graph = _graph(store, dataset)
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


def _graph(store: Store, dataset: str) -> str:
    """Return the graph of a contribution.

    Raises:
        DataError: there is none of that name.
    """
    held = {
        source.name: graph
        for graph, source in sources(store).items()
        if graph.startswith(CONTRIBUTION_GRAPHS)
    }
    if dataset not in held:
        known = ", ".join(sorted(held)) or "—"
        raise DataError(
            fr=f"Aucune contribution « {dataset} » dans cet entrepôt. Il contient : "
            f"{known}.",
            en=f"No contribution '{dataset}' in this store. It holds: {known}.",
        )
    return held[dataset]


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
