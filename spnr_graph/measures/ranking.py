"""How good a ranking is, when what should come first is known."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from spnr_graph.measures.definition import Definition

Scores: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Counts: TypeAlias = npt.NDArray[np.int64]

_FEW_FR: Final = (
    "Sur peu de liens cachés, les tirages diffèrent beaucoup : lire la moyenne avec "
    "son écart-type. Un lien qui n'est pas dans les données compte comme faux, "
    "même si les deux acteurs ont bien travaillé ensemble."
)
_FEW_EN: Final = (
    "With few hidden links, draws differ much: read the mean with its standard "
    "deviation. A link that is not in the data counts as wrong, even if the two actors "
    "did work together."
)

DEFINITIONS: Final = (
    Definition(
        name="precision_a_k",
        fr="Précision à k",
        en="Precision at k",
        meaning_fr="Part des k premières propositions qui sont des liens cachés.",
        meaning_en="Share of the first k proposals that are hidden links.",
        formula="(hidden links among the first k) / k; ties count for their mean",
        source="Lü & Zhou 2011, Physica A 390:1150, doi:10.1016/j.physa.2010.11.027",
        unit_fr="sans unité, de 0 à 1",
        unit_en="no unit, 0 to 1",
        caveat_fr=_FEW_FR,
        caveat_en=_FEW_EN,
    ),
    Definition(
        name="aire_sous_la_courbe",
        fr="Aire sous la courbe (AUC)",
        en="Area under the curve (AUC)",
        meaning_fr="Chance qu'un lien caché soit mieux classé qu'une paire sans lien.",
        meaning_en="Chance that a hidden link ranks above a pair without link.",
        formula="(pairs won + pairs tied / 2) / (hidden links × other pairs)",
        source="Hanley & McNeil 1982, Radiology 143:29, "
        "doi:10.1148/radiology.143.1.7063747",
        unit_fr="sans unité, de 0 à 1 ; 0,5 au hasard",
        unit_en="no unit, 0 to 1; 0.5 at random",
        caveat_fr="Juge tout le classement, alors qu'on n'en lit que la tête. "
        + _FEW_FR,
        caveat_en="Judges the whole ranking, of which only the head is read. "
        + _FEW_EN,
    ),
    Definition(
        name="precision_moyenne",
        fr="Précision moyenne",
        en="Average precision",
        meaning_fr="Précision atteinte à chaque lien caché, en moyenne sur ces liens.",
        meaning_en="Precision reached at each hidden link, averaged over these links.",
        formula="Σ (R_n − R_{n−1}) P_n over the distinct scores, P precision, R recall",
        source="Yang, Lichtenwalter & Chawla 2015, Knowl. Inf. Syst. 45:751, "
        "doi:10.1007/s10115-014-0789-0",
        unit_fr="sans unité, de 0 à 1 ; au hasard, la part des liens cachés",
        unit_en="no unit, 0 to 1; at random, the share of hidden links",
        caveat_fr=_FEW_FR,
        caveat_en=_FEW_EN,
    ),
)


def area_under_curve(scores: Scores, hidden: Mask) -> float | None:
    """Return the chance that a hidden link ranks above another pair, ties for half.

    None when there is no hidden link, or nothing else.
    """
    others = int((~hidden).sum())
    links = len(hidden) - others
    if not links or not others:
        return None
    found, pairs = _ties(scores, hidden)
    wrong = pairs - found
    won = found * (others - np.cumsum(wrong) + wrong / 2)
    return float(won.sum()) / (links * others)


def average_precision(scores: Scores, hidden: Mask) -> float | None:
    """Return the precision reached at each hidden link, averaged; None without any.

    Pairs that tie enter together: their order would be arbitrary.
    """
    if not hidden.any():
        return None
    found, pairs = _ties(scores, hidden)
    precision = np.cumsum(found) / np.cumsum(pairs)
    return float((found * precision).sum()) / int(found.sum())


def precision_at(scores: Scores, hidden: Mask, k: int) -> float | None:
    """Return the share of hidden links among the first k pairs; None without pairs.

    Of the pairs that tie at the k-th place, as many count as would on average.
    """
    size = min(k, len(scores))
    if not size:
        return None
    found, pairs = _ties(scores, hidden)
    room = np.clip(size - (np.cumsum(pairs) - pairs), 0, pairs)
    return float((found * room / pairs).sum()) / size


def _ties(scores: Scores, hidden: Mask) -> tuple[Counts, Counts]:
    """Return hidden links and pairs of each distinct score, best first."""
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.diff(scores[order], append=-np.inf)) + 1
    found = np.cumsum(hidden[order])[ends - 1]
    return np.diff(found, prepend=0), np.diff(ends, prepend=0)
