"""Run the command line as a person does, in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from spnr_graph.cli import cli


def run(*words: str, stdin: str | bytes | None = None) -> Result:
    """Run ``spnr`` with these words; output and messages are kept apart.

    A bug keeps its traceback: only what the command line itself raises is caught.
    """
    result = CliRunner().invoke(cli, list(words), input=stdin, prog_name="spnr")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
