"""What is measured, and beside whom: a new measure is one line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """One way to do a piece of work.

    Attributes:
        name: how the table calls it.
        task: module and function of the task.
        sizes: where it is run; the others would take it hours, or all the memory.
    """

    name: str
    task: str
    sizes: str = "xs s m p l"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Contestants that do the same work; ratios are to the first, which is ours.

    Attributes:
        title: what the work is.
        limit: seconds after which a process is killed.
        each: whether a task measures several things, one line of the table each.
    """

    title: str
    limit: float
    contestants: tuple[Contestant, ...]
    each: bool = False


def _group(
    title: str, limit: float, *contestants: tuple[str, ...], each: bool = False
) -> Group:
    found = tuple(
        Contestant(name=name, task=task, **({"sizes": sizes[0]} if sizes else {}))
        for name, task, *sizes in contestants
    )
    return Group(title=title, limit=limit, contestants=found, each=each)


AREAS: Final[Mapping[str, tuple[Group, ...]]] = {
    "load": (
        _group(
            "Load into memory: read, place, catalogue; no derivation",
            300,
            ("ours, unchecked", "ours.load_memory"),
            ("ours, checked", "ours.load_memory_checked"),
            ("pyoxigraph bulk_load", "peers.load_pyoxigraph_memory"),
            ("oxrdflib", "peers.load_oxrdflib", "xs s m"),
            ("maplib", "peers.load_maplib"),
            ("rdflib", "peers.load_rdflib", "xs s m"),
        ),
        _group(
            "Load onto disk: read, place, catalogue; no derivation",
            600,
            ("ours, unchecked", "ours.load_disk"),
            ("ours, checked", "ours.load_disk_checked"),
            ("pyoxigraph bulk_load", "peers.load_pyoxigraph_disk"),
        ),
        _group(
            "Load again onto disk with --force: nothing has changed",
            600,
            ("ours, unchecked", "ours.load_again"),
        ),
    ),
    "check": (
        _group(
            "Check the whole graph with the shapes",
            300,
            ("ours, compiled", "ours.check"),
            ("pySHACL on rdflib", "peers.check_pyshacl", "xs s"),
        ),
    ),
    "derive": (
        _group(
            "Derive: rules R1 to R5 into the inference graph",
            300,
            ("ours", "ours.derive_memory"),
            ("ours, derived already", "ours.derive_again"),
            ("pyoxigraph, same rules", "peers.derive_pyoxigraph"),
            ("rdflib, same rules", "peers.derive_rdflib", "xs s"),
        ),
    ),
    "questions": (
        _group(
            "Questions of queries/, from the name to all the rows",
            20,
            ("ours, memory", "ours.questions_memory", "xs s m"),
            ("ours, disk", "ours.questions_disk", "xs s m"),
            ("pyoxigraph, memory", "peers.questions_pyoxigraph_memory", "xs s m"),
            ("pyoxigraph, disk", "peers.questions_pyoxigraph_disk", "xs s m"),
            ("oxrdflib", "peers.questions_oxrdflib", "xs s"),
            ("maplib", "peers.questions_maplib", "xs s m"),
            ("rdflib", "peers.questions_rdflib", "xs s"),
            each=True,
        ),
    ),
    "projection": (
        _group(
            "From the store to the weighted pairs of actors (scipy)",
            120,
            ("ours, memory", "ours.project_memory"),
            ("ours, disk", "ours.project_disk"),
            ("pyoxigraph self-join", "peers.project_pyoxigraph", "xs s m"),
        ),
        _group(
            "From pairs in memory to a weighted projection",
            240,
            ("ours: scipy matrix", "ours.project_only"),
            ("ours: networkx, evidence", "ours.project_networkx"),
            ("networkx projection", "peers.project_networkx", "xs s m"),
            ("igraph projection", "network_peers.project_igraph", "xs s m"),
        ),
    ),
    "network": (
        _group(
            "From the store to pairs, degree, PageRank and communities",
            300,
            ("ours, disk", "network.whole_disk"),
            ("ours, memory", "network.whole_memory"),
        ),
        _group(
            "Pull: participations with sources and attributes",
            300,
            ("ours, disk", "network.pull_disk"),
            ("ours, memory", "network.pull_memory", "xs s m p"),
        ),
        _group(
            "Measures of the pairs of actors",
            60,
            ("ours", "network.measures"),
            ("networkx", "network_peers.measures_networkx", "xs s m p"),
            ("igraph", "network_peers.measures_igraph"),
            ("networkit", "network_peers.measures_networkit"),
            each=True,
        ),
    ),
    "verbs": (
        _group(
            "Verbs of spnr network, from what was pulled to the answer",
            120,
            ("ours", "network.verbs", "xs s m p"),
            each=True,
        ),
    ),
    "layout": (
        _group(
            "Layout of made-up villages",
            120,
            ("ours", "network.layouts", "xs s"),
            ("networkx springs", "network_peers.layouts_networkx", "s"),
            ("igraph forces", "network_peers.layouts_igraph", "s"),
            ("networkit stress", "network_peers.layouts_networkit", "s"),
            each=True,
        ),
    ),
    "page": (
        _group(
            "Page of the network, from the store to its bytes",
            300,
            ("ours: explorer", "network_pages.explorer", "xs s m"),
            ("pyvis", "network_pages.pyvis", "xs s m"),
        ),
        _group(
            "First drawing in Chromium, without a graphics card",
            90,
            ("ours: explorer", "network_pages.draw_explorer", "xs s m"),
            ("pyvis", "network_pages.draw_pyvis", "xs s m"),
        ),
    ),
    "turtle": (
        _group(
            "The whole graph as Turtle",
            300,
            ("ours, memory", "ours.turtle_memory"),
            ("ours, disk", "ours.turtle_disk"),
            ("pyoxigraph, no order", "peers.turtle_pyoxigraph"),
            ("maplib, no order", "peers.turtle_maplib", "xs s m"),
            ("rdflib turtle", "peers.turtle_rdflib", "xs s m"),
            ("rdflib longturtle", "peers.turtle_rdflib_long", "xs s m"),
        ),
    ),
    "start": (
        _group(
            "Start of a command, median of ten",
            60,
            ("", "start.commands", "xs s"),
            each=True,
        ),
    ),
}
_STORE: Final = "ours.prepare"
_NETWORK: Final = "network.prepare"
#: Area → tasks that must have left something in the scratch folder before.
PREPARED: Final[Mapping[str, tuple[str, ...]]] = {
    "check": (_STORE,),
    "derive": (_STORE,),
    "questions": (_STORE, "ours.bind_questions"),
    "projection": (_STORE,),
    "network": (_NETWORK,),
    "verbs": (_NETWORK,),
    "page": (_NETWORK,),
    "turtle": (_STORE,),
}
