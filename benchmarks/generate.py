"""A graph of a given size in the project's ontology, the same for the same seed.

It is written as the content of a project: a catalogue, a file per contribution, and
links to the ontology and the questions, so that ``spnr --root`` loads it as any other::

    python -m benchmarks.generate m build/benchmarks/m
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import files
from benchmarks.activity import activities
from benchmarks.population import Actors, Territory, coverage, territories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from benchmarks.blocks import Block

#: Size → how many triples; the names are those of the first study of the engines.
#: Size p has the participations (114,000) that the study had in a million triples.
SIZES: Final[Mapping[str, int]] = {
    "xs": 5_000,
    "s": 100_000,
    "m": 1_000_000,
    "p": 1_690_000,
    "l": 10_000_000,
}
SEED: Final = 7
#: One actor for so many triples, which makes about one actor per initiative; as many
#: communes for so many, up to the number that France has.
_PER_ACTOR: Final = 62
_PER_COMMUNE: Final = 270
_MOST_COMMUNES: Final = 35_000


@dataclass(frozen=True, kw_only=True)
class Generated:
    """What was written.

    Attributes:
        root: the folder, laid out as the content of a project.
        triples: dataset → number of triples.
        digest: SHA-256 of all the files of data, in the order of their names.
    """

    root: Path
    triples: Mapping[str, int]
    digest: str

    @property
    def total(self) -> int:
        """Number of triples of all the datasets."""
        return sum(self.triples.values())


def blocks(triples: int, seed: int = SEED) -> Iterator[Block]:
    """Draw a graph of that many triples, thing by thing, within 2 %."""
    communes = min(max(24, triples // _PER_COMMUNE), _MOST_COMMUNES)
    territory = Territory(communes=communes)
    actors = Actors(max(40, triples // _PER_ACTOR), territory, seed)
    quarters = max(1, min(16, triples // 8_000))
    fixed = chain(
        territories(territory), actors.blocks(), coverage(territory, quarters, seed)
    )
    left = triples
    for block in fixed:
        left -= len(block.pairs)
        yield block
    yield from activities(actors, territory, left, seed)


def generate(
    triples: int, root: Path, *, seed: int = SEED, syntax: str = "ntriples"
) -> Generated:
    """Write a graph of that many triples under ``root``.

    Memory holds the names of the actors and initiatives, never the graph.

    Args:
        triples: how many, within 2 %.
        root: the folder to fill; files of a former run are replaced.
        seed: the same seed gives the same bytes.
        syntax: ``ntriples`` or ``turtle``, a file per dataset; or ``nquads``, one file.
    """
    content = files.Content(root)
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        write = files.writer(content, syntax, stack)
        for block in blocks(triples, seed):
            counts[block.dataset] += len(block.pairs)
            write(block)
    content.finish(syntax, sorted(counts))
    digest = hashlib.sha256()
    for path in sorted(content.data.iterdir()):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return Generated(root=root, triples=dict(counts), digest=digest.hexdigest())


def main() -> None:
    """Generate from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("root", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--syntax", choices=files.SYNTAXES, default="ntriples")
    chosen = parser.parse_args()
    done = generate(
        SIZES[chosen.size], chosen.root, seed=chosen.seed, syntax=chosen.syntax
    )
    for name, count in sorted(done.triples.items()):
        print(f"{name:14} {count:>10,} triples")
    print(f"{'total':14} {done.total:>10,} triples in {done.root}, {done.digest[:16]}")


if __name__ == "__main__":
    main()
