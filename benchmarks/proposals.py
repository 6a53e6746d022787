"""``python -m benchmarks.proposals``: would what is hidden have been proposed?"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.fitted import FEATURES, coefficients, features
from benchmarks.holdouts import (
    folds,
    future,
    organisations,
    region,
    without_initiatives,
    without_participations,
)
from benchmarks.link_baselines import baselines
from benchmarks.lists import lists
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
NESTED: Final = "proposals, weights chosen on the other folds"
SEED: Final = 2
FOLDS: Final = 5
_YEARS: Final = tuple(range(2014, 2024))
_YEARS_AHEAD: Final = 5
#: Weights that were compared on the first half.
TRIED: Final = {
    "partners alone": Weights(alone=0, places=0, themes=0, roles=0),
    "without partners": Weights(partners=0),
    "without places": Weights(places=0),
    "without themes": Weights(themes=0),
    "without roles": Weights(roles=0),
    "without activity": Weights(power=0),
    "activity half as heavy": Weights(power=0.25),
    "activity twice": Weights(power=1),
    "places twice": Weights(places=1),
    "places four times": Weights(places=2),
    "themes twice": Weights(themes=2),
    "roles twice": Weights(roles=0.25),
    "worth more alone": Weights(alone=1),
    OURS: WEIGHTS,
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
                *lists(rounded, each.right, each.pairs),
            )
            found.setdefault(name, []).append(row)  # type: ignore[arg-type]
    return found


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
    parser.add_argument(
        "--times", type=int, default=10, metavar="N", help="hold-outs of a fold"
    )
    parser.add_argument(
        "--choose", action="store_true", help="compare other weights, too"
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
    """Judge the proposals on the region's network, fold by fold."""
    pulled = region()
    weights = TRIED if choose else {OURS: WEIGHTS}
    protocols = {
        "Region: whole initiatives hidden": without_initiatives,
        "Region: participations hidden": without_participations,
    }
    trials = {
        title: [
            [
                trial(held, pulled.names, seed=draw, weights=weights)
                for draw, held in enumerate(
                    hide(pulled.rows, fold, times=times, seed=SEED)
                )
            ]
            for fold in folds(pulled.rows, FOLDS)
        ]
        for title, hide in protocols.items()
    }
    for title, parts in _judged(trials, choose=choose).items():
        _said(title, [each for part in parts for each in part])
    ahead = [
        trial(held, pulled.names, seed=draw, weights=weights)
        for draw, held in enumerate(future(pulled.rows, _YEARS))
    ]
    _said("Region: the future hidden", ahead)


def _judged(
    trials: Mapping[str, Sequence[Sequence[Trial]]], *, choose: bool
) -> dict[str, list[list[Trial]]]:
    """Add to the trials of each fold what was fitted, and chosen, on the others."""
    found: dict[str, list[list[Trial]]] = {title: [] for title in trials}
    for left_out in range(FOLDS):
        others = [
            [each for k, part in enumerate(parts) if k != left_out for each in part]
            for parts in trials.values()
        ]
        fitted = _fitted([each for part in others for each in part])
        best = _best([quality(part[::3]) for part in others]) if choose else None
        if best:
            print(f"- best weights on the other folds: {best}")
        for title, parts in trials.items():
            found[title].append([_with(each, fitted, best) for each in parts[left_out]])
    return found


def _best(found: Sequence[Quality]) -> str:
    """Return the weights that do best beside common neighbours, all measures alike."""

    def worth(name: str) -> float:
        means = [
            [np.mean(part[each], axis=0)[:4] for each in (name, "common neighbours")]
            for part in found
        ]
        return float(np.mean([ours / np.maximum(base, 1e-9) for ours, base in means]))

    return max(TRIED, key=worth)


def _fitted(trials: Sequence[Trial]) -> Scores:
    """Fit a score to what was hidden, and print its coefficients.

    One hold-out of six is enough for five coefficients.
    """
    some = [each for each in trials if each.right.any()][::6]
    found = coefficients([t.features for t in some], [t.right for t in some])
    said = (f"{c:.2f} {name}" for c, name in zip(found, FEATURES, strict=True))
    print(f"- {FITTED}, fitted on the other folds: {', '.join(said)}")
    return found


def _with(each: Trial, fitted: Scores, best: str | None) -> Trial:
    """Add to a trial what was fitted, and what was chosen if anything was."""
    scores = {**each.scores, FITTED: each.features @ fitted}
    if best:
        scores[NESTED] = each.scores[best]
    return replace(each, scores=scores)


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
