"""Path: how two actors are linked, every hop with its initiatives and sources."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import QueryError
from spnr_graph.measures.paths import paths
from spnr_graph.namespaces import LANGUAGES
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.operations.network.evidence import among, by_initiative, common_days
from spnr_graph.projection import collaborations, select
from spnr_graph.render.numbers import counted
from spnr_graph.render.wording import source_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import networkx as nx

    from spnr_graph.measures.paths import Chain, Paths
    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Filters, Participation

COLUMNS: Final = (
    Column(name="chaine", fr="Chaîne", en="Chain"),
    Column(name="etape", fr="Étape", en="Hop"),
    Column(name="acteur", fr="Acteur", en="Actor"),
    Column(name="acteur_libelle", fr="Acteur", en="Actor"),
    Column(name="roles", fr="Rôles", en="Roles", brief=False),
    Column(name="initiative", fr="Initiative", en="Initiative"),
    Column(name="initiative_libelle", fr="Initiative", en="Initiative"),
    Column(name="partenaire", fr="Partenaire", en="Partner"),
    Column(name="partenaire_libelle", fr="Partenaire", en="Partner"),
    Column(name="roles_partenaire", fr="Ses rôles", en="Its roles", brief=False),
    Column(name="debut", fr="Début", en="Start", brief=False),
    Column(name="fin", fr="Fin", en="End", brief=False),
    Column(name="resistance", fr="Résistance", en="Resistance", brief=False),
    Column(name="sources", fr="Sources", en="Sources", brief=False),
    Column(name="adresses", fr="Adresses", en="Addresses", brief=False),
    Column(name="participations", fr="Participations", en="Records", brief=False),
)


def path(
    pulled: Pulled,
    start: str,
    end: str,
    *,
    chosen: Filters,
    alternatives: int = 1,
) -> Answer:
    """Return how two actors are linked: a row per hop and initiative that makes it.

    The shortest chains; among them those whose actors share most initiatives come
    first. The answer is "no" when nothing links the actors.

    Args:
        pulled: what networks are made of.
        start: IRI of an actor.
        end: IRI of another.
        chosen: which participations make the network.
        alternatives: how many chains at most.

    Raises:
        QueryError: both are the same actor.
    """
    if start == end:
        name = pulled.names.label(start)
        raise QueryError(
            fr=f"Chemin : « {name} » est donné deux fois. Choisir deux acteurs "
            "différents.",
            en=f'Path: "{name}" is given twice. Choose two different actors.',
        )
    rows = select(pulled.rows, chosen)
    found = paths(collaborations(rows), start, end, limit=alternatives)
    notes = _notes(pulled, found, start, end)
    if not found.chains:
        return answer(COLUMNS, (), notes=notes, no=True)
    graph = among(rows, {node for chain in found.chains for node in chain.nodes})
    hops = (
        row
        for number, chain in enumerate(found.chains, 1)
        for row in _hops(pulled, graph, number, chain)
    )
    return answer(COLUMNS, hops, notes=notes)


def _hops(
    pulled: Pulled, graph: nx.Graph[str], number: int, chain: Chain
) -> Iterator[list[Cell]]:
    """Return the rows of a chain."""
    name = pulled.names.label
    for step, (one, other) in enumerate(pairwise(chain.nodes), 1):
        evidence: tuple[Participation, ...] = graph.edges[one, other]["evidence"]
        for initiative, stated in by_initiative(evidence).items():
            sources = sorted({source for each in stated for source in each.sources})
            start, end = common_days(pulled.rows.attributes, initiative, stated)
            yield [
                number,
                step,
                Iri(one),
                name(one),
                _roles(pulled, one, stated),
                Iri(initiative),
                name(initiative),
                Iri(other),
                name(other),
                _roles(pulled, other, stated),
                start,
                end,
                chain.resistance,
                " ; ".join(source_name(source, pulled.names) for source in sources),
                " ".join(sources),
                " ".join(sorted({each.iri for each in stated})),
            ]


def _roles(pulled: Pulled, actor: str, stated: Sequence[Participation]) -> str:
    """Return what an actor does in an initiative."""
    roles = {each.role for each in stated if each.actor == actor}
    return ", ".join(sorted(pulled.names.label(role) for role in roles))


def _notes(
    pulled: Pulled, found: Paths, start: str, end: str
) -> Mapping[str, tuple[str, ...]]:
    """Say how long the chains are and how many, or why there is none."""
    if not found.chains:
        names = (pulled.names.label(start), pulled.names.label(end))
        why = [
            _why_not(name, size) for name, size in zip(names, found.reach, strict=True)
        ]
        advice = (
            "Rien ne relie les deux ; --all-roles compte aussi les rôles qui ne font "
            "pas de collaboration.",
            "Nothing links the two; --all-roles also counts the roles that make no "
            "collaboration.",
        )
        return {
            lang: (*(each[place] for each in why), advice[place])
            for place, lang in enumerate(LANGUAGES)
        }
    hops = len(found.chains[0].nodes) - 1
    steps = ("étape", "étapes", "hop", "hops")
    shown, count = len(found.chains), found.count
    many = ("chaîne aussi courte", "chaînes aussi courtes", "chain", "chains")
    fr = f"{counted(hops, steps, 'fr')} ; {counted(count, many, 'fr')}"
    en = f"{counted(hops, steps, 'en')}; {counted(count, many, 'en')} that short"
    if shown < count:
        fr += f", dont {shown} ici (--alternatives pour en voir plus)"
        en += f", {shown} of them here (--alternatives to see more)"
    return {"fr": (fr + ".",), "en": (en + ".",)}


def _why_not(name: str, size: int) -> tuple[str, str]:
    """Say, in both languages, why nothing leads from an actor to another."""
    if size == 0:
        return (
            f"« {name} » ne prend part à rien dans ce réseau : élargir les filtres.",
            f'"{name}" takes part in nothing in this network: widen the filters.',
        )
    if size == 1:
        return (
            f"« {name} » n'a aucun partenaire dans ce réseau.",
            f'"{name}" has no partner in this network.',
        )
    others = ("autre acteur", "autres acteurs", "other actor", "other actors")
    return (
        f"« {name} » est relié de proche en proche à "
        f"{counted(size - 1, others, 'fr')}.",
        f'"{name}" is linked, step by step, with {counted(size - 1, others, "en")}.',
    )
