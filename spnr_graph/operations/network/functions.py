"""The verbs of ``spnr network`` as functions of the library: a store → an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spnr_graph.operations.network.pulled import pull_network
from spnr_graph.projection import Filters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spnr_graph.operations.network.acting import By
    from spnr_graph.operations.network.answer import Answer
    from spnr_graph.operations.network.places import Level
    from spnr_graph.operations.network.scene import Of
    from spnr_graph.project import Project
    from spnr_graph.projection import Weight
    from spnr_graph.store import Store


def network_summary(
    store: Store,
    *,
    chosen: Filters | None = None,
    draws: int | None = None,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Measure the network as a whole, beside networks drawn at random.

    Args:
        store: an open store.
        chosen: what to keep; by default all that counts as collaboration.
        draws: networks drawn at random; fewer for large networks by default.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.summary import summary

    pulled = pull_network(store, lang=lang, project_=project)
    return summary(pulled, chosen=chosen or Filters(), draws=draws)


def network_actors(
    store: Store,
    *,
    chosen: Filters | None = None,
    weight: Weight = "count",
    sort: str = "intermediarite",
    top: int | None = None,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Measure each actor, those who bridge first, each with a sentence why.

    Args:
        store: an open store.
        chosen: what to keep; by default all that counts as collaboration.
        weight: of a link.
        sort: the column that ranks the actors.
        top: how many rows to keep.
        lang: language of names and sentences.
        project: whose internal queries read the store.

    Raises:
        QueryError: no such column to sort by.
    """
    from spnr_graph.operations.network.actors import actors

    pulled = pull_network(store, lang=lang, project_=project)
    return actors(pulled, chosen=chosen or Filters(), weight=weight, sort=sort, top=top)


def network_communities(
    store: Store,
    *,
    chosen: Filters | None = None,
    weight: Weight = "count",
    seeds: int | None = None,
    members: bool = False,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Find the groups that work together more than with others, over many runs.

    Args:
        store: an open store.
        chosen: what to keep; by default all that counts as collaboration.
        weight: of a link.
        seeds: how many runs are compared.
        members: one row per actor instead of one per community.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.communities import communities

    pulled = pull_network(store, lang=lang, project_=project)
    return communities(
        pulled, chosen=chosen or Filters(), weight=weight, seeds=seeds, members=members
    )


def network_resilience(
    store: Store,
    *,
    chosen: Filters | None = None,
    weight: Weight = "count",
    of: Of = "actors",
    curve: bool = False,
    top: int | None = None,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Say what is lost when an actor, a funder or a source leaves.

    Args:
        store: an open store.
        chosen: what to keep; by default all that counts as collaboration.
        weight: of a link.
        of: ``"actors"``, ``"funders"`` or ``"sources"``.
        curve: what is left as the most linked leave one by one, instead.
        top: how many rows to keep.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.resilience import resilience

    pulled = pull_network(store, lang=lang, project_=project)
    return resilience(pulled, chosen=chosen, weight=weight, of=of, curve=curve, top=top)


def network_coverage(
    store: Store,
    *,
    chosen: Filters | None = None,
    level: Level = "departement",
    by: Sequence[By] = ("axis",),
    blank_only: bool = False,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Count who acts where: territory by axis, objective or audience.

    Args:
        store: an open store.
        chosen: what to keep.
        level: the territories that make the rows.
        by: what makes the columns.
        blank_only: keep where nobody acts.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.coverage import coverage

    pulled = pull_network(store, lang=lang, project_=project)
    return coverage(
        pulled,
        store,
        chosen=chosen,
        level=level,
        by=by,
        blank_only=blank_only,
        project_=project,
    )


def network_proposals(
    store: Store,
    *,
    chosen: Filters | None = None,
    around: str | None = None,
    top: int = 20,
    groups: bool = False,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Propose actors that should meet, each time with the reasons and the evidence.

    Args:
        store: an open store.
        chosen: what to keep; by default all that counts as collaboration.
        around: IRI of an actor: only proposals in which it stands.
        top: how many proposals.
        groups: propose groups of three to five instead of pairs.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.proposals import proposals

    pulled = pull_network(store, lang=lang, project_=project)
    # An rdflib term equals no text: it is made one.
    named = None if around is None else str(around)
    return proposals(pulled, chosen=chosen, around=named, top=top, groups=groups)


def network_path(
    store: Store,
    start: str,
    end: str,
    *,
    chosen: Filters | None = None,
    alternatives: int = 1,
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Say how two actors are linked: each hop with its initiative and sources.

    Args:
        store: an open store.
        start: IRI of an actor.
        end: IRI of another.
        chosen: what to keep; by default all that counts as collaboration.
        alternatives: how many ways to show.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.path import path

    pulled = pull_network(store, lang=lang, project_=project)
    return path(
        pulled,
        str(start),
        str(end),
        chosen=chosen or Filters(),
        alternatives=alternatives,
    )


def network_compare(
    store: Store,
    first: date,
    second: date,
    *,
    chosen: Filters | None = None,
    weight: Weight = "count",
    lang: str = "fr",
    project: Project | None = None,
) -> Answer:
    """Compare the network at two dates: who came, who left, which ties began or ended.

    Args:
        store: an open store.
        first: the earlier day.
        second: the later day.
        chosen: what to keep; by default all that counts as collaboration.
        weight: of a link.
        lang: language of names and sentences.
        project: whose internal queries read the store.
    """
    from spnr_graph.operations.network.compare import compare

    pulled = pull_network(store, lang=lang, project_=project)
    return compare(pulled, first, second, chosen=chosen or Filters(), weight=weight)
