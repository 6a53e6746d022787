"""The command line: options in, operations called, bytes out, errors said."""

from __future__ import annotations

import click

from spnr_graph import __version__
from spnr_graph.cli.explain import explain
from spnr_graph.cli.export import export
from spnr_graph.cli.faults import Verbs
from spnr_graph.cli.formats import formats
from spnr_graph.cli.info import info
from spnr_graph.cli.load import load
from spnr_graph.cli.network import network
from spnr_graph.cli.query import query
from spnr_graph.cli.reconcile import reconcile
from spnr_graph.cli.session import Session
from spnr_graph.cli.template import template
from spnr_graph.cli.validate import validate
from spnr_graph.cli.visualise import visualise

DEFAULT_STORE = ".spnr/store"


@click.group(
    cls=Verbs,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "SPNR",
        "max_content_width": 100,
    },
)
@click.option(
    "--store",
    "location",
    default=DEFAULT_STORE,
    show_default=True,
    metavar="LOCATION",
    envvar="SPNR_STORE",
    help="A directory, 'memory:', or the http(s):// address of a SPARQL endpoint.",
)
@click.option(
    "--root",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="A folder with ontology/, data/ and queries/; the shipped ones by default.",
)
@click.option(
    "--lang",
    type=click.Choice(["fr", "en"]),
    default="fr",
    show_default=True,
    help="Language of labels, messages and pages.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="How long an endpoint (60 by default) or an address (120) may take to answer.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
@click.version_option(__version__, "--version", prog_name="spnr")
@click.pass_context
def cli(
    ctx: click.Context,
    location: str,
    root: str | None,
    lang: str,
    timeout: float | None,
    *,
    quiet: bool,
) -> None:
    """Knowledge graph of a regional digital public service.

    Who does what with whom in digital policy: load what partners send, make one actor
    of its several names, ask questions in SPARQL, say who states what, draw the network
    of collaborations, check and export the graph.

    \b
    Start here:
      spnr load
      spnr query --list
      spnr explain arnia
      spnr visualise -o reseau.html
      spnr export -o spnr.ttl

    Results go to standard output, messages to standard error. Exit codes: 0 done,
    1 done and the answer is no, 2 could not be done, 130 interrupted. Every option can
    be set by an environment variable (SPNR_STORE, SPNR_ROOT, SPNR_LANG).
    """
    ctx.obj = Session(
        location=location, root=root, lang=lang, quiet=quiet, timeout=timeout
    )


for _command in (
    formats,
    template,
    load,
    reconcile,
    query,
    explain,
    network,
    visualise,
    export,
    validate,
    info,
):
    cli.add_command(_command)


def main() -> None:
    """Run ``spnr``."""
    cli(prog_name="spnr")
