"""``python -m benchmarks.proposals``: would what is hidden have been proposed?"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.fitted import FEATURES, coefficients, features
from benchmarks.holdouts import (
    future,
    halves,
    organisations,
    region,
    without_initiatives,
    without_participations,
)
from benchmarks.link_baselines import baselines
from spnr_graph.measures.proposals import MOST, WEIGHTS, Weights, reasons
from spnr_graph.measures.ranking import (
    area_under_curve,
    average_precision,
    precision_at,
)
from spnr_graph.operations.network.proposal_ground import meeting
from spnr_graph.projection import Filters, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.holdouts import HoldOut
    from spnr_graph.operations.network import Pulled
    from spnr_graph.projection import Names, Participations

Scores: TypeAlias = npt.NDArray[np.float64]
#: Predictor → one row per hold-out: the ``MEASURES``.
Quality: TypeAlias = "dict[str, list[tuple[float, ...]]]"

MEASURES: Final = (
    "AUC",
    "average precision",
    "precision at 10",
    "at 20",
    f"at 10, {MOST} per actor",
    f"at 20, {MOST} per actor",
)
OURS: Final = "proposals"
FITTED: Final = "logistic regression"
#: Seeds of the draws: those that choose weights are not those that judge them.
CHOOSING: Final = 1
JUDGING: Final = 2
FITTING: Final = 3
#: Lengths of the lists that are judged as a reader meets them.
_LISTS: Final = (10, 20)
_YEARS: Final = tuple(range(2014, 2024))
_YEARS_AHEAD: Final = 5
#: Weights that were compared on the first half.
TRIED: Final = {
    "activity alone": Weights(partners=0, places=0, themes=0, roles=0),
    "partners alone": Weights(activity=0, places=0, themes=0, roles=0),
    "reasons alone count": Weights(activity=0),
    "without partners": Weights(partners=0),
    "without places": Weights(places=0),
    "without themes": Weights(themes=0),
    "without roles": Weights(roles=0),
    "partners half as heavy": Weights(partners=0.5),
    "partners twice": Weights(partners=2),
    "places twice": Weights(places=4),
    "themes twice": Weights(themes=4),
    "roles twice": Weights(roles=1),
    "as chosen": WEIGHTS,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Trial:
    """Scores of the pairs that could be proposed, and which were right.

    Attributes:
        scores: predictor → score of each pair.
        right: whether each pair meets in what is hidden.
        pairs: the two actors of each, as rows of the network.
        features: what a score may be fitted to.
    """

    scores: Mapping[str, Scores]
    pairs: npt.NDArray[np.intp]
    features: Scores
    right: npt.NDArray[np.bool_]


def trial(
    held: HoldOut,
    names: Names,
    *,
    seed: int,
    weights: Mapping[str, Weights],
) -> Trial:
    """Score every pair that has not met in what is known.

    Args:
        held: what is known, and what was right.
        names: of the actors.
        seed: of the random predictor.
        weights: name of a predictor → its weights.
    """
    scene = meeting(held.known, Filters(), names)
    nodes, every = scene.ground.nodes, slice(0, len(scene.ground.nodes))
    codes = {iri: code for code, iri in enumerate(held.known.actors)}
    whole = reasons(scene.ground, every)
    left, right = np.nonzero(np.triu(whole.free, 1))
    met = [
        (codes[nodes[a]], codes[nodes[b]])
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    ]
    judged = np.array([pair not in held.unjudged for pair in met], dtype=np.bool_)
    left, right = left[judged], right[judged]
    squares = baselines(_took_part(held.known), seed=seed)
    scores = {name: square[left, right] for name, square in squares.items()}
    for name, each in weights.items():
        weighed = reasons(scene.ground, every, weights=each)
        # What has no reason that can be said is not proposed: it comes last.
        said = np.array([weighed.said(row) for row in range(len(nodes))])
        scores[name] = np.where(said, weighed.score, 0.0)[left, right]
    hidden = np.array([pair in held.right for pair in met], dtype=np.bool_)
    return Trial(
        scores=scores,
        right=hidden[judged],
        pairs=np.column_stack((left, right)),
        features=features(scene.ground, whole)[left, right],
    )


def _took_part(rows: Participations) -> Scores:
    """Return ones where an actor of the network takes part in an initiative."""
    kept = select(rows, Filters())
    full = np.zeros((len(rows.actors), len(rows.initiatives)))
    full[kept.actor, kept.initiative] = 1
    present: Scores = full[full.any(axis=1)]
    return present


def quality(trials: Iterable[Trial]) -> Quality:
    """Judge every predictor in every trial where something was to be found."""
    found: Quality = {}
    for each in trials:
        if not each.right.any() or each.right.all():
            continue
        for name, scores in each.scores.items():
            # Rounding: equal scores must tie, whatever the order of the sums.
            rounded = np.round(scores, 9)
            row = (
                area_under_curve(rounded, each.right),
                average_precision(rounded, each.right),
                precision_at(rounded, each.right, 10),
                precision_at(rounded, each.right, 20),
                *_listed(each, rounded),
            )
            found.setdefault(name, []).append(row)  # type: ignore[arg-type]
    return found


def _listed(judged: Trial, scores: Scores) -> tuple[float, float]:
    """Return the precision of lists of 10 and 20 with no actor in too many pairs."""
    times: Counter[int] = Counter()
    hits: list[bool] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        pair = judged.pairs[place].tolist()
        if all(times[actor] < MOST for actor in pair):
            times.update(pair)
            hits.append(bool(judged.right[place]))
        if len(hits) == max(_LISTS):
            break
    shorter, longer = (sum(hits[:k]) / min(k, len(hits)) for k in _LISTS)
    return shorter, longer


def table(found: Quality) -> str:
    """Return means ± standard deviations as a table in Markdown, best last."""
    lines = [
        f"| predictor | {' | '.join(MEASURES)} |",
        "| --- |" + " --- |" * len(MEASURES),
    ]
    for name, rows in sorted(found.items(), key=lambda item: np.mean(item[1], 0)[0]):
        mean, spread = np.mean(rows, axis=0), np.std(rows, axis=0)
        cells = [f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread, strict=True)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _said(title: str, trials: Sequence[Trial]) -> None:
    """Print a table under its title, with how much there was to find."""
    judged = [t for t in trials if t.right.any() and not t.right.all()]
    right = [int(t.right.sum()) for t in judged]
    among = [len(t.right) for t in judged]
    print(
        f"\n### {title}\n\n{len(judged)} hold-outs; on average {np.mean(right):.1f} "
        f"hidden pairs among {np.mean(among):.0f}.\n\n{table(quality(judged))}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Hide, propose, compare; print tables in Markdown."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.proposals", description=__doc__
    )
    parser.add_argument("--times", type=int, default=40, metavar="N", help="hold-outs")
    parser.add_argument(
        "--choose", action="store_true", help="compare weights on the first half"
    )
    parser.add_argument(
        "--organisations",
        type=Path,
        default=Path(os.environ.get("SPNR_SHARED", "../shared"))
        / "realdata/grand-volume/organisations-internationales-2modes.csv",
    )
    chosen = parser.parse_args(arguments)
    _region(chosen.times, choose=chosen.choose)
    if chosen.organisations.exists():
        if not chosen.choose:
            _organisations(chosen.organisations)
    else:
        print(f"\n{chosen.organisations} is not there: left out.")
    return 0


def _region(times: int, *, choose: bool) -> None:
    """Judge the proposals on the region's network."""
    pulled = region()
    half = halves(pulled.rows)[0 if choose else 1]
    seed = CHOOSING if choose else JUDGING
    weights = TRIED if choose else {OURS: WEIGHTS}
    fitted = _fitted(pulled, halves(pulled.rows)[0], times)
    protocols = {
        "Region: whole initiatives hidden": without_initiatives(
            pulled.rows, half, times=times, seed=seed
        ),
        "Region: participations hidden": without_participations(
            pulled.rows, half, times=times, seed=seed
        ),
        "Region: the future hidden": future(pulled.rows, _YEARS, among=half),
    }
    for title, held in protocols.items():
        trials = [
            trial(each, pulled.names, seed=draw, weights=weights)
            for draw, each in enumerate(held)
        ]
        _said(title, [_with(each, fitted) for each in trials])


def _fitted(pulled: Pulled, half: Sequence[int], times: int) -> Scores:
    """Fit a score to draws of a half, and print its coefficients."""
    rows = pulled.rows
    trials = [
        trial(held, pulled.names, seed=FITTING, weights={})
        for hide in (without_initiatives, without_participations)
        for held in hide(rows, half, times=times, seed=FITTING)
    ]
    found = coefficients([t.features for t in trials], [t.right for t in trials])
    said = (f"{c:.2f} {name}" for c, name in zip(found, FEATURES, strict=True))
    print(f"\nThe {FITTED}, fitted on the first half: {', '.join(said)}.")
    return found


def _with(each: Trial, fitted: Scores) -> Trial:
    """Add the score that was fitted to a trial."""
    return replace(each, scores={**each.scores, FITTED: each.features @ fitted})


def _organisations(path: Path) -> None:
    """Judge the proposals on the network of international organisations."""
    pulled = organisations(path)
    held = future(pulled.rows, range(1970, 2017), within=_YEARS_AHEAD)
    trials = [
        trial(each, pulled.names, seed=draw, weights={OURS: WEIGHTS})
        for draw, each in enumerate(held)
    ]
    _said(f"International organisations: the next {_YEARS_AHEAD} years hidden", trials)


if __name__ == "__main__":
    sys.exit(main())
