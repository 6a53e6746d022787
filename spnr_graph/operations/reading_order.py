"""In which order requests are read: nothing may depend on the names of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from spnr_graph.errors import DataError
from spnr_graph.namespaces import REFERENCE_GRAPHS
from spnr_graph.operations.materials import is_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spnr_graph.operations.requests import Request
    from spnr_graph.tables.formats import Format

    #: Gives the formats of tables by name; they are read when they are first needed.
    Formats = Callable[[], Mapping[str, Format]]


def in_order(
    asked: Sequence[Request], formats: Formats, as_format: str | None
) -> list[Request]:
    """Return requests: references, tables of territories, all others.

    Cells are compared with the territories that are known when they are read.

    Args:
        asked: what was asked for.
        formats: gives the formats of tables.
        as_format: name of the format of all the tables that are no dataset.
    """
    if len(asked) < 2:
        return list(asked)
    return sorted(asked, key=lambda request: _rank(request, formats, as_format))


def _rank(request: Request, formats: Formats, as_format: str | None) -> int:
    if request.dataset and request.dataset.graph.startswith(REFERENCE_GRAPHS):
        return 0
    try:
        found = [each.options for each in _formats_of(request, formats, as_format)]
    except DataError:
        return 2  # reading it in earnest says what is wrong
    return 1 if any(each.get("territories") for each in found) else 2


def _formats_of(
    request: Request, formats: Formats, as_format: str | None
) -> Iterator[Format]:
    """Yield the formats of the tables of a request."""
    if request.dataset is not None:
        named = [place.format for place in request.dataset.distributions]
        yield from (formats()[n] for n in named if n and n in formats())
        return
    path = Path(request.source)
    if path.is_file() and is_table(path):
        from spnr_graph.tables.reading import recognised

        with recognised(
            path, label=request.source, formats=formats(), as_format=as_format
        ) as (_, found, _):
            yield found
