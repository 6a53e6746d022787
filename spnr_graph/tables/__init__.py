"""A table (CSV, XLSX, JSON) and a format → N-Triples and findings."""

from spnr_graph.tables.formats import Field, Format, Resource, formats
from spnr_graph.tables.reading import TableRead, read_table

__all__ = ["Field", "Format", "Resource", "TableRead", "formats", "read_table"]
