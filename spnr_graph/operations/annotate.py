"""The report of a table as a copy of it, the wrong cells marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.operations.loaded import LoadResult


def annotate(
    sources: Sequence[str], result: LoadResult, output: BinaryIO, *, lang: str = "fr"
) -> None:
    """Write a copy of the one table that was loaded, with what was found in it.

    Args:
        sources: what ``load`` was given.
        result: what it returned.
        output: where the workbook goes.
        lang: ``"fr"`` or ``"en"``.

    Raises:
        DataError: not exactly one table was given.
    """
    from spnr_graph.tables.workbook.annotated import annotate as write

    tables = [s for s in sources if Path(s).is_file()]
    if len(sources) != 1 or not tables:
        raise DataError(
            fr="--annotated annote une table et une seule : donner un fichier CSV, "
            "XLSX ou JSON.",
            en="--annotated annotates one table: give one CSV, XLSX or JSON file.",
        )
    names = {each.name for each in result.contributions if each.formats}
    found = [f for f in result.report.findings if f.source in names]
    write(Path(tables[0]), found, output, label=Path(tables[0]).name, lang=lang)
