"""``python -m benchmarks.identity``: how fast and how well candidates are found.

Speed on invented actors; precision and recall on four real files whose numbers are
hidden (``benchmarks.overlaps``), when their folder is given.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.overlaps import overlaps
from spnr_graph.identity.actors import Actor, Place, Places
from spnr_graph.identity.candidates import candidates
from spnr_graph.identity.classes import Classes
from spnr_graph.namespaces import PREFIXES

SEED: Final = 20_260_115
_TERRITORY, _ACTOR = PREFIXES["territoire"], PREFIXES["acteur"]
_COMMUNES: Final = 4_000
_DEPARTMENTS: Final = 90
_WORDS: Final = 20_000
_KINDS: Final = (
    "Commune de {c}", "Communauté de communes de {c}", "Mairie de {c}",
    "Association {x} {y}", "{x} {y} SARL", "Centre social {x}", "Médiathèque {x}",
    "CCAS de {c}", "{x} {y} {z}", "Les amis de {x} {c}",
)  # fmt: skip
_SYLLABLES: Final = (
    "ba", "ro", "ti", "lu", "men", "sar", "vel", "dor", "pe", "gui", "cha", "no",
    "fa", "ret", "lon", "mi", "que", "tra", "bel", "ou",
)  # fmt: skip
#: Of the invented actors, how many are said twice, once with a slip or in capitals.
_TWICE: Final = 0.2
_WITH_SITE: Final = 0.3


def invented(number: int) -> tuple[list[Actor], Places]:
    """Return invented actors, a fifth of them twice, whose words follow Zipf's law."""
    draw = random.Random(SEED)
    names = [
        "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4)))
        for _ in range(_WORDS + _COMMUNES)
    ]
    communes = {
        f"{_TERRITORY}com-{10_000 + rank}": Place(
            name=name.capitalize(),
            within=frozenset({f"{_TERRITORY}dep-{rank % _DEPARTMENTS:02}"}),
        )
        for rank, name in enumerate(names[_WORDS:])
    }
    weights = [1 / (rank + 5) for rank in range(_WORDS)]
    words = iter(draw.choices(names[:_WORDS], weights, k=3 * number))
    actors: list[Actor] = []
    while len(actors) < number:
        actors += _actors(len(actors), draw, list(communes.items()), words)
    return actors[:number], Places(communes)


def _actors(
    rank: int,
    draw: random.Random,
    communes: Sequence[tuple[str, Place]],
    words: Iterator[str],
) -> list[Actor]:
    """Return one actor, or one and its twin."""
    iri, commune = draw.choice(communes)
    x, y, z = (next(words) for _ in range(3))
    name = draw.choice(_KINDS).format(c=commune.name, x=x, y=y, z=z)
    sites = {f"https://site{rank}.example"} if draw.random() < _WITH_SITE else set()
    called = [name]
    if draw.random() < _TWICE:
        called.append(name.upper() if draw.random() < 1 / 2 else name[:-1])
    return [
        Actor(
            iri=f"{_ACTOR}local-{partner}-{rank}",
            label=each,
            names=(each,),
            places=frozenset({iri}),
            sites=frozenset(sites),
        )
        for partner, each in zip("ab", called, strict=False)
    ]


def speed(number: int) -> str:
    """Return a line on how long candidates among so many actors take."""
    actors, places = invented(number)
    wall, busy = time.perf_counter(), time.process_time()
    found = candidates(actors, places, Classes())
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{number:,} actors: {busy:.1f} s of processor, {wall:.1f} s, {memory} MB, "
        f"{found.compared:,} pairs compared, {len(found.candidates):,} candidates, "
        f"{found.skipped:,} blocks left out"
    )


def quality(folder: Path) -> str:
    """Return a table of precision and recall by threshold."""
    real = overlaps(folder)
    found = candidates(real.actors, real.places, Classes(), minimum=0.05).candidates
    crossing = [
        each
        for each in found
        if real.source[each.kept.iri] != real.source[each.other.iri]
    ]
    pairs = {
        "all": real.true_pairs(),
        "permanences, inclusion": real.true_pairs("permanences", "inclusion"),
        "permanences, financees": real.true_pairs("permanences", "financees"),
        "aidants, financees": real.true_pairs("aidants", "financees"),
    }
    lines = [f"| from | proposed | precision | {' | '.join(pairs)} |"]
    lines.append("| --- " * (3 + len(pairs)) + "|")
    for minimum in (0.99, 0.9, 0.7, 0.5, 0.3, 0.1):
        kept = [each for each in crossing if each.score >= minimum]
        right = sum(real.same_body(each.kept.iri, each.other.iri) for each in kept)
        met = {frozenset((each.kept.iri, each.other.iri)) for each in kept}
        recalls = [f"{len(met & true)}/{len(true)}" for true in pairs.values()]
        share = right / len(kept)
        lines.append(
            f"| {minimum} | {len(kept)} | {share:.3f} | {' | '.join(recalls)} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print speed, and quality when the real files are given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity")
    parser.add_argument("--actors", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--realdata", type=Path)
    chosen = parser.parse_args(arguments)
    for number in chosen.actors:
        print(speed(number))
    if chosen.realdata:
        print(quality(chosen.realdata))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
