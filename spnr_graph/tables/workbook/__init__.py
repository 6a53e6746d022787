"""The workbook of those who have no data team: template, annotated copy, export."""

from __future__ import annotations

from spnr_graph.tables.workbook.annotated import annotate
from spnr_graph.tables.workbook.contribution import Contribution
from spnr_graph.tables.workbook.export import export_workbook
from spnr_graph.tables.workbook.template import FORMAT, template
from spnr_graph.tables.workbook.vocabulary import Vocabulary

__all__ = [
    "FORMAT",
    "Contribution",
    "Vocabulary",
    "annotate",
    "export_workbook",
    "template",
]
