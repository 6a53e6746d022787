"""``spnr visualise``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from spnr_graph.cli.choosing import (
    filter_options,
    filters_of,
    narrowing_of,
    narrowing_options,
    weight_option,
)
from spnr_graph.cli.session import (
    Session,
    format_option,
    opened,
    output_option,
    pass_session,
)
from spnr_graph.errors import DataError

#: Options that say nothing to a chart.
_OF_NETWORKS: Final = (
    *("engine", "mode", "weight", "min_weight", "backbone", "k_core", "largest"),
    *("ego", "depth", "positions"),
)
MODES = ("actors", "actors-initiatives", "initiatives", "membership", "funding")


@click.command()
@format_option("html", "network")
@output_option
@click.option(
    "--view",
    type=click.Choice(["network", "coverage", "degrees", "timeline"]),
    default="network",
    show_default=True,
    help="The network; or a chart: who acts where, how links are shared out, since "
    "when (svg or png).",
)
@click.option(
    "--engine",
    type=click.Choice(["explorer", "pyvis"]),
    default="explorer",
    show_default=True,
    help="What draws the html page.",
)
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="actors",
    show_default=True,
    help="Who works with whom; who takes part in what; initiatives that share actors; "
    "who is a member of what; who funds whom.",
)
@weight_option
@filter_options()
@narrowing_options
@click.option(
    "--positions",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Keep everyone in the place this file gives, and write the new places to it.",
)
@click.option("--title", default="", metavar="TEXT", help="Heading of the picture.")
@pass_session
def visualise(
    session: Session,
    /,
    format_name: str | None,
    output: str,
    view: str,
    engine: str,
    positions: str | None,
    **typed: Any,  # noqa: ANN401
) -> None:
    """Draw the network of collaborations.

    The page (html) is one file that works without any network: search, filter, follow
    links down to their sources, print, export. Names are labels, slugs, prefixed names
    or IRIs; an option given twice keeps either.

    \b
    Example:
      spnr visualise -o reseau.html
      spnr visualise --axis inclusion-numerique --territory Jura -o jura.svg
      spnr visualise --mode actors-initiatives --on 2024-01-01 -o reseau.gexf
      spnr visualise --ego arnia --depth 2 -o arnia.html
      spnr visualise --view coverage -o zones-blanches.svg
    """
    from spnr_graph.operations.visualise import chart, draw
    from spnr_graph.render import by_suffix

    default = "html" if view == "network" else "svg"
    chosen = format_name or by_suffix("network", output) or default
    _check(view, chosen, output)
    _check_idle(view, chosen, ego=typed["ego"])
    drawing = {name: typed.pop(name) for name in ("mode", "weight", "title")}
    with session.store() as store:
        narrowing = narrowing_of(session, store, typed)
        kept = filters_of(session, store, typed)
        common = {"chosen": kept, "lang": session.lang, "project": session.project}
        if view != "network":
            drawn = chart(
                store,
                view,
                format_name=chosen,
                title=drawing["title"],
                **common,  # type: ignore[arg-type]
            )
        else:
            picture = draw(
                store,
                format_name=chosen,
                engine=engine,
                narrowing=narrowing,
                former=_former(positions),
                **drawing,
                **common,  # type: ignore[arg-type]
            )
            drawn = picture.content
            if picture.backbone:
                session.say(**picture.backbone)
            if positions:
                with opened(positions) as stream:
                    stream.write(picture.positions)
    with opened(output) as stream:
        stream.write(drawn)
    if output != "-":
        session.say(fr=f"Dessin écrit dans {output}", en=f"Drawing written to {output}")


def _check(view: str, format_name: str, output: str) -> None:
    """Refuse a chart in a format of networks, and a drawing in a terminal."""
    if view != "network" and format_name not in {"svg", "png"}:
        raise DataError(
            fr=f"La vue {view} se dessine en svg ou png, pas en {format_name}. "
            "Choisir -f svg, ou un fichier -o en .svg ou .png.",
            en=f"The view {view} is drawn as svg or png, not as {format_name}. Choose "
            "-f svg, or a file -o in .svg or .png.",
        )
    if output == "-" and sys.stdout.isatty():
        raise DataError(
            fr="Un dessin ne se lit pas dans un terminal. Donner un fichier avec -o, "
            "par exemple -o reseau.html.",
            en="A picture cannot be read in a terminal. Give a file with -o, for "
            "example -o reseau.html.",
        )


def _check_idle(view: str, format_name: str, *, ego: str | None) -> None:
    """Refuse options that would change nothing."""
    if view != "network":
        for name in _OF_NETWORKS:
            _refuse_idle(name, (f"avec --view {view}", f"with --view {view}"))
    if format_name != "html":
        _refuse_idle("engine", ("hors d'une page html", "outside an html page"))
    if not ego:
        _refuse_idle("depth", ("sans --ego", "without --ego"))


def _refuse_idle(name: str, when: tuple[str, str]) -> None:
    """Refuse an option that was typed and would change nothing."""
    source = click.get_current_context().get_parameter_source(name)
    if source is click.core.ParameterSource.COMMANDLINE:
        option = "--" + name.replace("_", "-")
        raise DataError(
            fr=f"{option} ne sert à rien {when[0]}. Retirer cette option.",
            en=f"{option} does nothing {when[1]}. Take this option out.",
        )


def _former(path: str | None) -> bytes:
    """Return the places of a former drawing; none when the file is not there yet."""
    if path is None or not Path(path).exists():
        return b""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise DataError(
            fr=f"{path} : fichier illisible. Vérifier les droits.",
            en=f"{path}: the file cannot be read. Check the permissions.",
        ) from error
