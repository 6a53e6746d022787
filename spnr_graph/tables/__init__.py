"""A table (CSV, XLSX, JSON) and a format → N-Triples and findings."""
