"""``python -m spnr_graph`` is ``spnr``."""

from spnr_graph.cli import main

main()
