"""The report of a table as a copy of it, the wrong cells marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spnr_graph.operations.loaded import Loaded, LoadResult
    from spnr_graph.project import Project


def one_table(sources: Sequence[str]) -> Path:
    """Return the one table that is to be annotated.

    Args:
        sources: what ``load`` is given.

    Raises:
        DataError: not exactly one file was given.
    """
    tables = [path for path in map(Path, sources) if path.is_file()]
    if len(sources) != 1 or not tables:
        raise DataError(
            fr="--annotated annote une table et une seule : donner un fichier CSV, "
            "XLSX ou JSON.",
            en="--annotated annotates one table: give one CSV, XLSX or JSON file.",
        )
    return tables[0]


def read_as_table(result: LoadResult) -> Loaded | None:
    """Return the table that was loaded or refused; None when it could not be read."""
    last = result.contributions[-1]  # references may come before
    return last if last.formats else None


def annotate(
    table: Path,
    result: LoadResult,
    output: BinaryIO,
    *,
    lang: str = "fr",
    project: Project | None = None,
) -> None:
    """Write a copy of the one table that was loaded, with what was found in it.

    Args:
        table: the file, as ``one_table`` gives it.
        result: what ``load`` returned; it has read the table.
        output: where the workbook goes.
        lang: ``"fr"`` or ``"en"``.
        project: whose formats say where the rows of a JSON document are.

    Raises:
        DataError: the table cannot be read again, or openpyxl is missing.
    """
    from spnr_graph.project import open_project
    from spnr_graph.tables.formats import formats
    from spnr_graph.tables.workbook.annotated import annotate as write

    each = read_as_table(result)
    assert each is not None  # noqa: S101 - the caller looked
    known = formats(project or open_project(), schemas=False)
    found = [f for f in result.report.findings if f.source == each.name]
    path = str(known[each.formats[0]].options.get("path", ""))
    write(table, found, output, label=table.name, lang=lang, path_in_json=path)
