"""Words that every drawing of a network says, in French and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import shorten

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx

    from spnr_graph.projection import Names, Participation

WORDS: Final[dict[str, dict[str, str]]] = {
    "fr": {
        "title": "Réseau des collaborations",
        "actors": "Acteurs",
        "initiatives": "Initiatives",
        "actor": "Acteur",
        "initiative": "Initiative",
        "name": "Nom",
        "kind": "Genre",
        "no_kind": "genre non précisé",
        "axes": "Axes",
        "degree": "Liens",
        "degree_help": "nombre de voisins dans le réseau",
        "strength": "Force",
        "strength_help": "somme des poids des liens",
        "partners": "Partenaires",
        "members": "Participants",
        "roles": "Rôles",
        "sources": "Sources",
        "source": "Source",
        "licence": "Licence",
        "legend": "Légende",
        "legend_size": "La taille d'un signe croît avec le nombre de liens ; "
        "l'épaisseur d'un trait, avec son poids.",
        "summary": "En bref",
        "table": "Le réseau en tableau",
        "table_help": "Un bouton d'en-tête trie le tableau ; un nom ouvre sa fiche.",
        "search": "Chercher un nom",
        "search_help": "Sans tenir compte des accents ni des majuscules",
        "found_none": "Aucun nom ne correspond.",
        "found": "noms trouvés",
        "zoom_in": "Agrandir",
        "zoom_out": "Réduire",
        "fit": "Tout voir",
        "close": "Fermer la fiche",
        "panel": "Fiche",
        "graph": "Dessin du réseau ; le tableau qui suit en dit autant",
        "hint": "Cliquer sur un signe pour ouvrir sa fiche.",
        "none": "aucun",
        "empty": "Aucune participation ne correspond : le réseau est vide.",
        "empty_help": "Élargir les filtres, ou vérifier que les données sont chargées.",
        "no_script": "Le dessin demande JavaScript ; le tableau dit la même chose.",
        "weight": "poids",
        "since": "depuis",
        "until": "jusqu'à",
        "together": "ensemble dans",
        "colon": " : ",
    },
    "en": {
        "title": "Network of collaborations",
        "actors": "Actors",
        "initiatives": "Initiatives",
        "actor": "Actor",
        "initiative": "Initiative",
        "name": "Name",
        "kind": "Kind",
        "no_kind": "kind not stated",
        "axes": "Axes",
        "degree": "Links",
        "degree_help": "number of neighbours in the network",
        "strength": "Strength",
        "strength_help": "sum of the weights of the links",
        "partners": "Partners",
        "members": "Participants",
        "roles": "Roles",
        "sources": "Sources",
        "source": "Source",
        "licence": "Licence",
        "legend": "Legend",
        "legend_size": "A sign grows with the number of links, a line thickens with "
        "its weight.",
        "summary": "In short",
        "table": "The network as a table",
        "table_help": "A header button sorts the table; a name opens its record.",
        "search": "Search for a name",
        "search_help": "Accents and capitals do not matter",
        "found_none": "No name matches.",
        "found": "names found",
        "zoom_in": "Zoom in",
        "zoom_out": "Zoom out",
        "fit": "Show everything",
        "close": "Close the record",
        "panel": "Record",
        "graph": "Drawing of the network; the table below says the same",
        "hint": "Click a sign to open its record.",
        "none": "none",
        "empty": "No participation matches: the network is empty.",
        "empty_help": "Widen the filters, or check that the data are loaded.",
        "no_script": "The drawing needs JavaScript; the table says the same.",
        "weight": "weight",
        "since": "since",
        "until": "until",
        "together": "together in",
        "colon": ": ",
    },
}

_COUNTS: Final = {
    "fr": {
        "actor": ("acteur", "acteurs"),
        "initiative": ("initiative", "initiatives"),
        "link": ("lien", "liens"),
        "isolated": ("acteur sans partenaire", "acteurs sans partenaire"),
        "unshared": ("initiative sans acteur commun", "initiatives sans acteur commun"),
    },
    "en": {
        "actor": ("actor", "actors"),
        "initiative": ("initiative", "initiatives"),
        "link": ("link", "links"),
        "isolated": ("actor without partner", "actors without partner"),
        "unshared": (
            "initiative that shares no actor",
            "initiatives that share no actor",
        ),
    },
}


def counted(number: int, what: str, lang: str) -> str:
    """Return a number and its noun, as the language writes them.

    Example:
        >>> counted(1, "actor", "fr"), counted(1200, "link", "en")
        ('1 acteur', '1,200 links')
    """
    one, many = _COUNTS[lang][what]
    single = number < 2 if lang == "fr" else number == 1
    separator = "\u202f" if lang == "fr" else ","
    return f"{number:,}".replace(",", separator) + f" {one if single else many}"


def size(graph: nx.Graph[str], lang: str) -> str:
    """Return how many nodes and links there are: ``"154 acteurs, 748 liens"``."""
    sorts = [graph.nodes[node]["type"] for node in graph] or ["actor"]
    parts = [
        counted(sorts.count(sort) if graph else 0, sort, lang)
        for sort in ("actor", "initiative")
        if sort in sorts
    ]
    return ", ".join([*parts, counted(graph.number_of_edges(), "link", lang)])


def summary(graph: nx.Graph[str], lang: str) -> list[str]:
    """Return what the drawing shows, in sentences."""
    import networkx as nx

    if not graph:
        return [WORDS[lang]["empty"], WORDS[lang]["empty_help"]]
    colon = WORDS[lang]["colon"]
    most = "Les plus reliés" if lang == "fr" else "Most connected"
    ranked = sorted(graph.nodes, key=lambda n: (-graph.degree(n), n))
    top = [node for node in ranked[:5] if graph.degree(node)]
    sentences = [size(graph, lang) + "."]
    if top:
        named = (f"{graph.nodes[n]['label']} ({graph.degree(n)})" for n in top)
        sentences.append(f"{most}{colon}{', '.join(named)}.")
    isolated = [graph.nodes[node]["type"] for node, d in graph.degree() if d == 0]
    for sort, what in (("actor", "isolated"), ("initiative", "unshared")):
        if sort in isolated:
            sentences.append(counted(isolated.count(sort), what, lang) + ".")
    whole = graph.to_undirected(as_view=True) if graph.is_directed() else graph
    parts = [len(c) for c in nx.connected_components(whole) if len(c) > 1]
    if len(parts) > 1:
        sentences.append(
            f"{len(parts)} ensembles séparés ; le plus grand en réunit {max(parts)}."
            if lang == "fr"
            else f"{len(parts)} separate groups; the largest has {max(parts)} members."
        )
    return sentences


def period(stated: Participation, lang: str) -> str:
    """Return the dates of a participation, or nothing when none is known."""
    words = WORDS[lang]
    if stated.start and stated.end:
        return f"{_day(stated.start, lang)} – {_day(stated.end, lang)}"
    if stated.start:
        return f"{words['since']} {_day(stated.start, lang)}"
    return f"{words['until']} {_day(stated.end, lang)}" if stated.end else ""


def _day(day: date, lang: str) -> str:
    """Return a date as the language writes it."""
    return f"{day:%d/%m/%Y}" if lang == "fr" else day.isoformat()


def source_name(iri: str, names: Names) -> str:
    """Return the title of a source, or its address."""
    name = names.label(iri)
    return iri if name == shorten(iri) else name
