"""Positions in a file, so that the next version keeps everyone in place."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.render.layout import Positions

_HEADER: Final = ["iri", "x", "y"]
#: Farther out, hundredths are lost and newcomers find no free place.
_FARTHEST: Final = 1e9


def written_positions(positions: Mapping[str, tuple[float, float]]) -> bytes:
    """Return positions as CSV in UTF-8: one node a line, in the order of the IRIs."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(_HEADER)
    for iri, (x, y) in sorted(positions.items()):
        writer.writerow([iri, f"{x:.2f}", f"{y:.2f}"])
    return output.getvalue().encode()


def read_positions(data: bytes) -> Positions:
    """Return the positions of a file written by ``written_positions``.

    Raises:
        DataError: not such a file, a number that is none, an IRI twice.
    """
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(1) from error
    if not rows or rows[0] != _HEADER:
        raise _unreadable(1)
    positions: Positions = {}
    for line, row in enumerate(rows[1:], start=2):
        place = _numbers(row[1:])
        if place is None or row[0] in positions:
            raise _unreadable(line)
        positions[row[0]] = place
    return positions


def _numbers(cells: list[str]) -> tuple[float, float] | None:
    """Return two numbers that a drawing can hold, or None."""
    try:
        x, y = map(float, cells)
    except ValueError:
        return None
    return (x, y) if abs(x) <= _FARTHEST and abs(y) <= _FARTHEST else None


def _unreadable(line: int) -> DataError:
    return DataError(
        fr=f"Positions, ligne {line} : ce n'est pas un fichier de positions (colonnes "
        "iri,x,y ; un IRI par ligne, une seule fois). Redonner le fichier écrit par "
        "une visualisation précédente, ou l'effacer pour tout placer à nouveau.",
        en=f"Positions, line {line}: this is no file of positions (columns iri,x,y; "
        "one IRI a line, only once). Give the file that an earlier visualisation "
        "wrote, or delete it to place everything anew.",
    )
