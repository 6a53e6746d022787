"""Communities: groups of actors that work together, named, with core and border."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from spnr_graph.measures.communities import communities as consensus
from spnr_graph.measures.community_names import characters, named
from spnr_graph.operations.network.answer import Answer, Column, Iri, answer
from spnr_graph.operations.network.departments import Departments
from spnr_graph.projection import collaborations, select
from spnr_graph.render.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from spnr_graph.measures.communities import Communities
    from spnr_graph.measures.community_names import Character, CommunityName, Traits
    from spnr_graph.operations.network.answer import Cell
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.projection import Filters, Links, Participations, Weight

COLUMNS: Final = (
    Column(name="communaute", fr="N°", en="No."),
    Column(name="nom", fr="Nom", en="Name"),
    Column(name="taille", fr="Acteurs", en="Actors"),
    Column(name="noyau", fr="Noyau", en="Core"),
    Column(name="frontiere", fr="Frontière", en="Border"),
    Column(name="stabilite", fr="Stabilité", en="Stability", digits=2),
    Column(name="membres", fr="Membres principaux", en="Main members"),
    Column(name="axes", fr="Axes", en="Axes", brief=False),
    Column(name="territoires", fr="Départements", en="Départements", brief=False),
    Column(name="pourquoi", fr="Pourquoi ce nom", en="Why this name", brief=False),
)
MEMBER_COLUMNS: Final = (
    Column(name="communaute", fr="N°", en="No."),
    Column(name="nom", fr="Communauté", en="Community"),
    Column(name="acteur", fr="Acteur", en="Actor"),
    Column(name="acteur_libelle", fr="Acteur", en="Actor"),
    Column(name="stabilite", fr="Stabilité", en="Stability", digits=2),
    Column(name="noyau", fr="Noyau", en="Core"),
    Column(name="penche_vers", fr="Penche vers", en="Leans to"),
)
_ALONE: Final = (
    "acteur n'a aucun partenaire",
    "acteurs n'ont aucun partenaire",
    "actor has no partner",
    "actors have no partner",
)
_WEIGHTLESS: Final = (
    "acteur n'a que des liens de montant inconnu",
    "acteurs n'ont que des liens de montant inconnu",
    "actor has only links of unknown amount",
    "actors have only links of unknown amount",
)
_SEEDS: Final = 50
_MOST: Final = 3


def communities(
    pulled: Pulled,
    *,
    chosen: Filters,
    weight: Weight = "count",
    seeds: int | None = None,
    members: bool = False,
) -> Answer:
    """Return the communities of actors, largest first, or their members.

    Args:
        pulled: what networks are made of.
        chosen: which participations make this one.
        weight: of a link.
        seeds: number of runs that are compared; 50 by default, fewer on large networks.
        members: one row per actor instead of one per community.

    Raises:
        QueryError: fewer than one run is asked for.
    """
    rows = select(pulled.rows, chosen)
    network = collaborations(rows, weight=weight)
    found = consensus(network, seeds=_SEEDS if seeds is None else seeds)
    traits = traits_of(rows)
    marks = characters(network, found, traits)
    names = named(marks, short=pulled.names.short, lang=pulled.lang)
    notes = _notes(network, found, seeds)
    if members:
        cells = _members(pulled, network, found, names)
        return answer(MEMBER_COLUMNS, cells, notes=notes)
    return answer(
        COLUMNS,
        [
            _row(pulled, found, number, mark, name, _of(network, found, number), traits)
            for number, (mark, name) in enumerate(zip(marks, names, strict=True))
        ],
        notes=notes,
    )


def traits_of(rows: Participations) -> Traits:
    """Return the axes, départements and kind of each actor of the rows.

    Its départements are its own and those of its initiatives.
    """
    facts = rows.attributes
    departments = Departments(facts)
    axes: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, set[str]] = defaultdict(set)
    stays = np.unique(np.column_stack((rows.actor, rows.initiative)), axis=0)
    for code, place in stays.tolist():
        actor, initiative = rows.actors[code], rows.initiatives[place]
        axes[actor].update(facts.of("spnr:servesAxis", initiative))
        places[actor].update(departments(actor), departments(initiative))
    return {
        "axe": axes,
        "territoire": places,
        "genre": {actor: facts.of("org:classification", actor) for actor in places},
    }


def _of(network: Links, found: Communities, number: int) -> list[str]:
    """Return the members of a community."""
    return [network.nodes[n] for n in np.flatnonzero(found.of == number).tolist()]


def _row(
    pulled: Pulled,
    found: Communities,
    number: int,
    mark: Character,
    name: CommunityName,
    members: list[str],
    traits: Traits,
) -> list[Cell]:
    """Return the row of a community."""
    inside = found.of == number
    return [
        number + 1,
        name.name,
        mark.size,
        int((found.core & inside).sum()),
        int((found.border & inside).sum()),
        float(found.stability[inside].mean()),
        ", ".join(pulled.names.short(actor) for actor in mark.central),
        _most(pulled, members, traits["axe"]),
        _most(pulled, members, traits["territoire"]),
        name.why,
    ]


def _most(
    pulled: Pulled, members: list[str], traits: Mapping[str, Collection[str]]
) -> str:
    """Return the traits that most members have, with how many have each."""
    counts = Counter(trait for actor in members for trait in traits[actor])
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ", ".join(
        f"{pulled.names.short(trait)} ({count})" for trait, count in ranked[:_MOST]
    )


def _members(
    pulled: Pulled,
    network: Links,
    found: Communities,
    names: Sequence[CommunityName],
) -> Iterator[list[Cell]]:
    """Return a row per actor: communities in order, the surest members first."""
    label = pulled.names.label
    core = found.core.tolist()
    of, leaning = found.of.tolist(), found.leaning.tolist()
    stability = found.stability.tolist()
    alone = len(names)
    for node in sorted(
        range(len(of)),
        key=lambda node: (of[node] if of[node] >= 0 else alone, -stability[node], node),
    ):
        linked = of[node] >= 0
        leans = linked and not core[node] and leaning[node] >= 0
        yield [
            of[node] + 1 if linked else None,
            names[of[node]].name if linked else None,
            Iri(network.nodes[node]),
            label(network.nodes[node]),
            stability[node] if linked else None,
            core[node] if linked else None,
            names[leaning[node]].name if leans else None,
        ]


def _notes(
    network: Links, found: Communities, seeds: int | None
) -> Mapping[str, tuple[str, ...]]:
    """Say how sure the communities are, and who is in none."""
    fr, en = [], []
    if found.sizes:
        quality = (found.modularity, found.agreement)
        fr.append(
            "{} tirages comparés ; modularité {}, accord des tirages {}.".format(
                found.runs, *(_decimal(value, "fr") for value in quality)
            )
        )
        en.append(
            "{} runs compared; modularity {}, agreement of the runs {}.".format(
                found.runs, *(_decimal(value, "en") for value in quality)
            )
        )
    else:
        fr.append("Aucun lien qui pèse dans ce réseau, donc aucune communauté.")
        en.append("No link has weight in this network, hence no community.")
    if found.sizes and seeds is not None and found.runs < seeds:
        fr.append(f"Réseau trop grand pour les {seeds} tirages demandés.")
        en.append(f"The network is too large for the {seeds} runs asked for.")
    linked = np.diff(network.weights.indptr) > 0
    for who, words in ((~linked, _ALONE), (linked & (found.of < 0), _WEIGHTLESS)):
        if count := int(who.sum()):
            fr.append(f"{counted(count, words, 'fr')}, donc aucune communauté.")
            en.append(f"{counted(count, words, 'en')}, hence no community.")
    return {"fr": tuple(fr), "en": tuple(en)}


def _decimal(value: float | None, lang: str) -> str:
    """Return a number with two decimals, as the language writes it."""
    text = f"{value or 0.0:.2f}"
    return text.replace(".", ",") if lang == "fr" else text
