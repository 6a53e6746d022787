"""The datasets of a store, by the names that people give them."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from spnr_graph.errors import DataError
from spnr_graph.namespaces import CONTRIBUTION_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.catalogue import Source


def names(described: Mapping[str, Source]) -> dict[str, str]:
    """Return what to call datasets: graph → name.

    A name that two partners chose has the partner's before it: ``arnia/classeur``.

    Args:
        described: graph → dataset, as ``catalogue.sources`` gives them.
    """
    bearers = Counter(source.name for source in described.values())
    return {
        graph: source.name if bearers[source.name] == 1 else _whole(graph)
        for graph, source in described.items()
    }


def dataset(described: Mapping[str, Source], name: str) -> Source:
    """Return the dataset that a person named, with or without its partner.

    Args:
        described: graph → dataset: those among which to choose.
        name: as ``names`` gives it, or ``partner/name``.

    Raises:
        DataError: none has that name, or several have; the names to give are said.
    """
    called = names(described)
    found = {g for g in described if name in {called[g], _whole(g)}}
    if len(found) == 1:
        return described[found.pop()]
    same = sorted(called[g] for g, source in described.items() if source.name == name)
    if same:
        listed = ", ".join(same)
        raise DataError(
            fr=f"Plusieurs jeux de données s'appellent « {name} ». Choisir : {listed}.",
            en=f"Several datasets are called '{name}'. Choose: {listed}.",
        )
    raise _unknown(name, sorted(called.values()))


def _whole(graph: str) -> str:
    """Return the partner and the name in the IRI of a contribution's graph."""
    return graph.removeprefix(CONTRIBUTION_GRAPHS)


def _unknown(name: str, known: list[str]) -> DataError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    fr = f"Voulait-on dire {near[0]} ? " if near else ""
    en = f"Did you mean {near[0]}? " if near else ""
    listed = ", ".join(known)
    return DataError(
        fr=f"L'entrepôt ne contient pas le jeu de données « {name} ». {fr}Il contient "
        f": {listed or 'rien'}.",
        en=f"The store does not hold the dataset '{name}'. {en}It holds: "
        f"{listed or 'nothing'}.",
    )
