"""What each figure of a network says, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.render.numbers import counted, number, percent, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spnr_graph.measures.network import Network
    from spnr_graph.measures.structure import Mixing


@dataclass(frozen=True, kw_only=True)
class Band:
    """What chance gives: the mean of the draws, and where nine in ten of them fall."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All that the sentences are made of.

    Attributes:
        network: the figures.
        values: name of a measure → its value, None where it does not exist.
        chance: name of a measure → what the draws gave.
        initiatives: number of initiatives.
        kinds: how the kinds of actors mix; ``territories`` their départements.
        busiest: label of the actor with most links, and how many.
        between: label of the actor between most others.
    """

    network: Network
    values: Mapping[str, float | None]
    chance: Mapping[str, Band]
    initiatives: int
    kinds: Mixing
    territories: Mixing
    busiest: tuple[str, int]
    between: str


#: Measure → sentence in French, in English; words in braces come from ``_words``.
_SENTENCES: Final = {
    "acteurs": ("{actors} dans {initiatives}.", "{actors} in {initiatives}."),
    "collaborations": (
        "{pairs} au moins une initiative{collaborations}.",
        "{pairs} at least one initiative{collaborations}.",
    ),
    "densite": (
        "{densite} des couples d'acteurs possibles travaillent ensemble.",
        "{densite} of the possible pairs of actors work together.",
    ),
    "liens_moyens": (
        "Un acteur a en moyenne {liens_moyens} partenaires.",
        "An actor has {liens_moyens} partners on average.",
    ),
    "composantes": ("{groups}.", "{groups}."),
    "part_principale": (
        "Le plus grand groupe réunit {largest}, soit {part_principale} du réseau.",
        "The largest group brings together {largest}, {part_principale} of the "
        "network.",
    ),
    "isoles": ("{alone}.", "{alone}."),
    "centralisation": (
        "Le plus lié, {busiest}, a {partners} sur {others} possibles.",
        "The most linked, {busiest}, has {partners} of {others} possible.",
    ),
    "centralisation_intermediarite": (
        "L'acteur par qui passent le plus de chemins entre les autres est {between}.",
        "The actor by whom most paths between the others pass is {between}.",
    ),
    "transitivite": (
        "Dans {transitivite_part} des cas, deux partenaires d'un même acteur "
        "travaillent ensemble{transitivite}.",
        "In {transitivite_part} of the cases, two partners of an actor work "
        "together{transitivite}.",
    ),
    "regroupement_moyen": (
        "En moyenne, {regroupement_moyen} des couples de partenaires d'un acteur "
        "travaillent ensemble.",
        "On average, {regroupement_moyen} of the pairs of partners of an actor work "
        "together.",
    ),
    "rencontres_renouvelees": (
        "{rencontres_part} des rencontres qui pourraient se renouveler dans une autre "
        "initiative le font{rencontres_renouvelees}.",
        "{rencontres_part} of the encounters that could be renewed in another "
        "initiative are{rencontres_renouvelees}.",
    ),
    "assortativite_liens": (
        "Les acteurs très liés travaillent {with_degree}.",
        "Actors with many links work {with_degree}.",
    ),
    "assortativite_genre": (
        "Des {kinds_known} collaborations dont les deux genres sont connus, {kinds} "
        "joignent le même genre : {with_kinds}.",
        "Of the {kinds_known} collaborations whose two kinds are known, {kinds} join "
        "the same kind: {with_kinds}.",
    ),
    "assortativite_territoire": (
        "Des {places_known} collaborations dont les deux départements principaux sont "
        "connus, {places} joignent le même département : {with_places}.",
        "Of the {places_known} collaborations whose two main départements are known, "
        "{places} join the same département: {with_places}.",
    ),
    "distance_moyenne": (
        "Deux acteurs du plus grand groupe sont en moyenne à {distance} "
        "pas{distance_moyenne}.",
        "Two actors of the largest group are {distance} steps apart on "
        "average{distance_moyenne}.",
    ),
    "diametre": (
        "Les deux acteurs les plus éloignés du plus grand groupe sont à {diameter} "
        "pas.",
        "The two most distant actors of the largest group are {diameter} steps apart.",
    ),
    "petit_monde": (
        "Les groupes sont {tight} fois aussi serrés qu'au hasard et les acteurs {far} "
        "fois aussi éloignés, soit un rapport de {ratio}{petit_monde}.",
        "Groups are {tight} times as tight as by chance and actors {far} times as "
        "far apart, a ratio of {ratio}{petit_monde}.",
    ),
}


def readings(of: Figures, lang: str) -> dict[str, str]:
    """Return the sentence of each measure.

    Args:
        of: what they are made of.
        lang: ``"fr"`` or ``"en"``.
    """
    words = _words(of, lang) | _shares(of, lang) | _leanings(of, lang)
    place = 0 if lang == "fr" else 1
    none = ("Sans valeur pour ce réseau.", "No value for this network.")[place]
    return {
        name: none if of.values[name] is None else sentences[place].format_map(words)
        for name, sentences in _SENTENCES.items()
    }


def _words(of: Figures, lang: str) -> dict[str, str]:
    """Return the counts and the names that sentences quote."""
    network, french = of.network, lang == "fr"
    actor = ("acteur", "acteurs", "actor", "actors")
    sharing = (
        "couple d'acteurs partage",
        "couples d'acteurs partagent",
        "pair of actors shares",
        "pairs of actors share",
    )
    initiative = ("initiative", "initiatives", "initiative", "initiatives")
    partner = ("partenaire", "partenaires", "partner", "partners")
    least = "" if network.paths.exact else ("au moins " if french else "at least ")
    return {
        "actors": counted(network.actors, actor, lang),
        "initiatives": counted(of.initiatives, initiative, lang),
        "pairs": counted(network.links, sharing, lang),
        "groups": _groups(len(network.components), lang),
        "largest": counted(max(network.components, default=0), actor, lang),
        "alone": _alone(network.alone, lang),
        "busiest": of.busiest[0],
        "partners": counted(of.busiest[1], partner, lang),
        "others": number(max(network.actors - 1, 0), lang),
        "between": of.between,
        "diameter": f"{least}{network.diameter}",
    }


def _groups(groups: int, lang: str) -> str:
    """Say how many groups there are."""
    if groups < 2:
        return (
            "Aucun groupe n'est à l'écart des autres"
            if lang == "fr"
            else "No group stands apart from the others"
        )
    words = ("groupe", "groupes", "group", "groups")
    apart = " sans lien entre eux" if lang == "fr" else " that nothing links"
    return counted(groups, words, lang) + apart


def _alone(alone: int, lang: str) -> str:
    """Say how many actors have no partner."""
    if not alone:
        return (
            "Chaque acteur a un partenaire au moins"
            if lang == "fr"
            else "Every actor has at least one partner"
        )
    words = ("acteur n'a", "acteurs n'ont", "actor has", "actors have")
    nobody = " aucun partenaire" if lang == "fr" else " no partner"
    return counted(alone, words, lang) + nobody


def _shares(of: Figures, lang: str) -> dict[str, str]:
    """Return the shares, the means, and how they stand against chance."""

    def share(name: str) -> str:
        return percent(of.values[name] or 0, lang)

    def mean(name: str, digits: int) -> str:
        return rounded(of.values[name] or 0, digits, lang)

    def chance(name: str, write: Callable[[float], str]) -> str:
        return _against(of.values[name], of.chance.get(name), write, lang)

    def ratio(name: str) -> str:
        by_chance = of.chance[name].mean if name in of.chance else 0.0
        return rounded((of.values[name] or 0) / (by_chance or 1), 2, lang)

    def part(value: float) -> str:
        return percent(value, lang)

    return {
        "densite": share("densite"),
        "liens_moyens": mean("liens_moyens", 1),
        "part_principale": share("part_principale"),
        "regroupement_moyen": share("regroupement_moyen"),
        "transitivite_part": share("transitivite"),
        "rencontres_part": share("rencontres_renouvelees"),
        "distance": mean("distance_moyenne", 2),
        "tight": ratio("transitivite"),
        "far": ratio("distance_moyenne"),
        "ratio": mean("petit_monde", 2),
        "kinds": percent(of.kinds.alike or 0, lang),
        "kinds_known": number(of.kinds.known, lang),
        "places": percent(of.territories.alike or 0, lang),
        "places_known": number(of.territories.known, lang),
        "collaborations": chance("collaborations", lambda v: number(round(v), lang)),
        "transitivite": chance("transitivite", part),
        "rencontres_renouvelees": chance("rencontres_renouvelees", part),
        "distance_moyenne": chance("distance_moyenne", lambda v: rounded(v, 2, lang)),
        "petit_monde": chance("petit_monde", lambda v: rounded(v, 2, lang)),
    }


def _against(
    value: float | None, band: Band | None, write: Callable[[float], str], lang: str
) -> str:
    """Say whether a figure falls outside what nine draws in ten give."""
    if value is None or band is None:
        return ""
    low, high = write(band.low), write(band.high)
    if lang == "fr":
        how = "plus qu'" if value > band.high else "moins qu'"
        how = "comme " if band.low <= value <= band.high else how
        return f" ; {how}au hasard (de {low} à {high})"
    how = "more than" if value > band.high else "less than"
    how = "as" if band.low <= value <= band.high else how
    return f"; {how} by chance ({low} to {high})"


def _leanings(of: Figures, lang: str) -> dict[str, str]:
    """Return with whom actors rather work, by the sign of the coefficients."""
    place = 0 if lang == "fr" else 1

    def leaning(value: float | None, *said: tuple[str, str]) -> str:
        rounded_ = round(value or 0, 2)
        return said[0 if rounded_ > 0 else 1 if rounded_ < 0 else 2][place]

    alike = (
        ("plus qu'au hasard", "more than by chance"),
        ("moins qu'au hasard", "less than by chance"),
        ("comme au hasard", "as by chance"),
    )
    return {
        "with_degree": leaning(
            of.values["assortativite_liens"],
            ("plutôt entre eux", "rather with each other"),
            ("plutôt avec les moins liés", "rather with those who have few"),
            ("avec tous également", "with all alike"),
        ),
        "with_kinds": leaning(of.values["assortativite_genre"], *alike),
        "with_places": leaning(of.values["assortativite_territoire"], *alike),
    }
