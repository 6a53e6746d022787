"""A file → its format, its rows, their triples, and what was wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from spnr_graph.errors import DataError
from spnr_graph.findings import Severity
from spnr_graph.tables.construct import prepare
from spnr_graph.tables.formats import named
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.links import Links
from spnr_graph.tables.mapping import SLICE, Mapped
from spnr_graph.tables.open import open_sheets
from spnr_graph.tables.outcome import Problem
from spnr_graph.tables.recognise import forced, recognise
from spnr_graph.tables.rows import NO_ROW, check
from spnr_graph.tables.told import Told, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spnr_graph.findings import Finding
    from spnr_graph.tables.formats import Format
    from spnr_graph.tables.kinds import Context
    from spnr_graph.tables.recognise import Chosen
    from spnr_graph.tables.rows import CheckedRow, CheckedRows
    from spnr_graph.tables.sheets import Sheet, TableLimits

#: Bytes of triples kept in memory before a temporary file takes over.
_SPOOL: Final = 1 << 24
#: A file, or what returns a new binary stream at its beginning.
Opener = Path | Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True)
class TableRead:
    """What a file of tables gave.

    Attributes:
        format: the format it was read as.
        ntriples: N-Triples, at the beginning; whoever takes it closes it.
        triples: number of lines in it; the same triple may come twice.
        rows: number of rows of its tables.
        findings: what was wrong; a violation means that nothing should be kept.
    """

    format: Format
    ntriples: BinaryIO
    triples: int
    rows: int
    findings: tuple[Finding, ...]


def read_table(
    source: Opener,
    *,
    label: str,
    formats: Mapping[str, Format],
    context: Context,
    graph: str,
    source_iri: str = "",
    as_format: str | None = None,
    name: str = "",
    limits: TableLimits | None = None,
) -> TableRead:
    """Read a file of tables: recognise it, check its rows, map them to triples.

    Args:
        source: a file, or what returns a new binary stream at its beginning.
        label: what messages and findings call it.
        formats: the formats there are.
        context: what cells may be compared with, and who the partner is.
        graph: IRI of the graph where the triples will go.
        source_iri: IRI of the document that statements cite; by default the one that
            the format names, else the graph.
        as_format: name of the format; recognised by the columns when None.
        name: its file name, when ``source`` is no path.
        limits: how much it may cost.

    Raises:
        DataError: no table, of no known format, or of several.
    """
    with recognised(
        source,
        label=label,
        formats=formats,
        as_format=as_format,
        name=name,
        limits=limits,
    ) as (sheets, found, chosen):
        constants = {
            "partner": terms.text(context.partner),
            "graph": terms.iri(graph),
            "source": terms.iri(source_iri or found.options.get("source") or graph),
        }
        reading = _Reading(sheets, found, chosen, context=context, label=label)
        return reading.read(constants)


@contextmanager
def recognised(
    source: Opener,
    *,
    label: str,
    formats: Mapping[str, Format],
    as_format: str | None = None,
    name: str = "",
    limits: TableLimits | None = None,
) -> Iterator[tuple[list[Sheet], Format, Chosen]]:
    """Open a file, and say which format it has.

    Where the array of a JSON document stands, only a format may tell: each place is
    tried in turn. The arguments are those of ``read_table``.

    Raises:
        DataError: no table, of no known format, or of several.
    """
    given = named(as_format, formats) if as_format else None
    among = [given] if given else formats.values()
    paths = sorted({str(each.options.get("path", "")) for each in among})
    failure: DataError | None = None
    for path in paths or [""]:
        with ExitStack() as stack:
            try:
                opened = open_sheets(
                    source, label=label, limits=limits, name=name, path_in_json=path
                )
                sheets = list(stack.enter_context(opened))
                if given:
                    found, chosen = given, forced(sheets, given, label=label)
                else:
                    found, chosen = recognise(sheets, formats, label=label)
            except DataError as error:
                failure = failure or error
                continue
            yield sheets, found, chosen
            return
    if failure:
        raise failure


class _Reading:
    """One file on its way to triples."""

    def __init__(
        self,
        sheets: list[Sheet],
        format_: Format,
        chosen: Chosen,
        *,
        context: Context,
        label: str,
    ) -> None:
        self._sheets, self._format, self._label = sheets, format_, label
        self._construct = prepare(format_.name, format_.mapping)
        self._checked: list[tuple[Sheet, CheckedRows]] = []
        self._links = Links(format_.resources)
        self._told: dict[str, Told] = {}
        # What the format itself puts beside its tables: sheets and rows to read only.
        aside = format_.options.get("aside", {})
        titles = {title.casefold() for title in aside.get("sheets", ())}
        for place, sheet in enumerate(sheets):
            if place in chosen:
                rows = check(
                    sheet,
                    chosen[place],
                    context,
                    label,
                    addresses=self._construct.addresses,
                    example=str(aside.get("rows", "")),
                    alone=len(chosen) == 1,
                )
                self._checked.append((sheet, rows))
            elif sheet.name.casefold() not in titles:
                self._of_sheet(sheet.name).add(_LEFT, Severity.INFO)

    def read(self, constants: Mapping[str, str]) -> TableRead:
        """Read the rows to the last and return what they give."""
        spooled = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115
        output = cast("BinaryIO", spooled)
        mapped = Mapped(self._construct, constants)
        try:
            # A mapping of several tables may join them.
            several = len(self._format.resources) > 1
            mapped.write(self._rows(), output, size=None if several else SLICE)
            output.seek(0)
        except BaseException:
            output.close()
            raise
        self._links.tell()
        self._tell_silent(mapped)
        return TableRead(
            format=self._format,
            ntriples=output,
            triples=mapped.triples,
            rows=sum(rows.count for _, rows in self._checked),
            findings=self._findings(),
        )

    def _rows(self) -> Iterator[tuple[str, CheckedRow]]:
        several = len(self._format.resources) > 1
        for sheet, rows in self._checked:
            # A mapping of several tables knows them by their names in the format.
            name = rows.table if several else sheet.name
            for row in rows:
                if several:
                    self._links.see(rows, row)
                yield name, row

    def _of_sheet(self, name: str) -> Told:
        if name not in self._told:
            self._told[name] = Told(self._label, name)
        return self._told[name]

    def _tell_silent(self, mapped: Mapped) -> None:
        """Tell the rows that gave nothing; refuse a table that gave nothing at all."""
        rows = sum(rows.count for _, rows in self._checked)
        if not rows and len(self._checked) > 1:
            self._of_sheet("").add(NO_ROW, Severity.VIOLATION)
        elif rows and not mapped.triples:
            self._of_sheet("").add(_nothing(rows), Severity.VIOLATION)
        elif mapped.silences:
            name, number = mapped.silent[0]
            sheets = {rows.table: sheet.name for sheet, rows in self._checked}
            self._of_sheet(sheets.get(name, name)).add(
                _silent(mapped), Severity.INFO, row=number
            )

    def _findings(self) -> tuple[Finding, ...]:
        found = [f for sheet, _ in self._checked for f in sheet.remarks]
        found += [f for _, rows in self._checked for f in rows.findings]
        found += [f for told in self._told.values() for f in told.findings()]
        return tuple(found)


_LEFT: Final = Problem(
    rule="sheet-left",
    fr="Cette feuille n'est d'aucune table du format : elle n'est pas reprise.",
    en="This sheet is no table of the format: it is not taken.",
)


def _nothing(rows: int) -> Problem:
    return Problem(
        rule="no-triple",
        fr=f"Aucune ligne ne donne d'énoncé (lignes lues : {grouped(rows)}). Vérifier "
        "que les colonnes qui désignent chaque chose sont remplies et justes.",
        en=f"No row gives a statement (rows read: {rows:,}). Check that the columns "
        "which identify each thing are filled in and right.",
    )


def _silent(mapped: Mapped) -> Problem:
    numbers = ", ".join(str(number) for _, number in mapped.silent)
    more = ", …" if mapped.silences > len(mapped.silent) else ""
    fr = "ligne ne donne" if mapped.silences == 1 else "lignes ne donnent"
    en = "row gives" if mapped.silences == 1 else "rows give"
    return Problem(
        rule="row-without-triple",
        fr=f"{grouped(mapped.silences)} {fr} aucun énoncé ({numbers}{more}). Vérifier "
        "les colonnes qui désignent chaque chose.",
        en=f"{mapped.silences:,} {en} no statement ({numbers}{more}). Check the "
        "columns which identify each thing.",
    )
