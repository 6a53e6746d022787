"""What became of the attempts to harvest: kept as activities of the catalogue graph.

One ``prov:Activity`` per distribution tells the last attempt (``prov:endedAtTime``,
``schema:actionStatus``), the last good one (``dcterms:dateAccepted``), since when it
fails (``schema:startTime``), the last refusal (``dcterms:dateSubmitted``), why
(``schema:error``), and the version that was last accepted.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import pyoxigraph as ox

from spnr_graph import sparql
from spnr_graph.namespaces import ACTIVITIES, BASE, CATALOGUE_GRAPH, PREFIXES
from spnr_graph.project import query_text
from spnr_graph.read.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spnr_graph.errors import SpnrError
    from spnr_graph.store import Store

State = Literal["loaded", "unchanged", "refused", "failed", "unreachable"]
_GOOD: Final = frozenset({"loaded", "unchanged"})
_HEADERS: Final = "http://www.w3.org/2011/http-headers#"
_DATE_TIME: Final = ox.NamedNode(PREFIXES["xsd"] + "dateTime")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is known of the harvest of one distribution.

    Attributes:
        distribution: its IRI.
        graph: IRI of its dataset.
        state: of the last attempt.
        attempted: when that was.
        succeeded: when a delivery was last accepted, new or not; None before the first.
        changed: when the content that is here came, as far as is known.
        failing: when the first of the failures since then was; None when all is well.
        refused: when a delivery was last refused.
        fr: why the last attempt failed, in French.
        en: the same in English.
        seen: version of the last delivery that was accepted.
    """

    distribution: str
    graph: str
    state: State
    attempted: datetime
    succeeded: datetime | None = None
    changed: datetime | None = None
    failing: datetime | None = None
    refused: datetime | None = None
    fr: str = ""
    en: str = ""
    seen: Seen | None = field(default=None)

    def text(self, lang: str) -> str:
        """Return why the last attempt failed, in ``lang`` (``"fr"`` or ``"en"``)."""
        return self.fr if lang == "fr" else self.en


def outcome(
    former: Outcome | None,
    *,
    distribution: str,
    graph: str,
    state: State,
    now: datetime,
    seen: Seen | None = None,
    error: SpnrError | None = None,
) -> Outcome:
    """Return what is known after an attempt, from what was known before.

    Args:
        former: what was known, or None.
        distribution: its IRI.
        graph: IRI of its dataset.
        state: how the attempt ended.
        now: when, with its time zone.
        seen: version of the delivery, when there is one; kept when it was accepted.
        error: why it failed.
    """
    before = former or Outcome(
        distribution=distribution, graph=graph, state=state, attempted=now
    )
    if state in _GOOD:
        return replace(
            before,
            graph=graph,
            state=state,
            attempted=now,
            succeeded=now,
            changed=_changed(before, seen, now),
            failing=None,
            fr="",
            en="",
            seen=seen or before.seen,
        )
    return replace(
        before,
        graph=graph,
        state=state,
        attempted=now,
        failing=before.failing or now,
        refused=now if state == "refused" else before.refused,
        fr=error.fr if error else "",
        en=error.en if error else "",
    )


def _changed(before: Outcome, seen: Seen | None, now: datetime) -> datetime | None:
    """Return when the content came: what the server says the first time, then we."""
    if before.seen is None:
        return _date(seen.last_modified) if seen else None
    if seen is None or seen.sha256 == before.seen.sha256:
        return before.changed
    return now


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None  # absent or unreadable: the server says nothing


def outcomes(store: Store) -> dict[str, Outcome]:
    """Return what the store knows of each harvest: IRI of a distribution → outcome."""
    answer = store.select(sparql.parse(query_text("internal/harvests"))).table()
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer)
    found = (_outcome({k: v for k, v in row.items() if v is not None}) for row in rows)
    return {each.distribution: each for each in found}


def _outcome(row: dict[str, Any]) -> Outcome:
    text = {name: str(term) for name, term in row.items()}
    when: dict[str, datetime | None] = {
        name: datetime.fromisoformat(text[name]) if name in text else None
        for name in ("attempted", "succeeded", "changed", "failing", "refused")
    }
    seen = Seen(
        etag=text.get("etag", ""),
        last_modified=text.get("last", ""),
        sha256=text.get("sha256", ""),
        bytes=int(text.get("bytes", 0)),
    )
    return Outcome(
        distribution=text["distribution"],
        graph=text["graph"],
        state=cast("State", text["state"]),
        attempted=cast("datetime", when.pop("attempted")),
        **when,
        fr=text.get("fr", ""),
        en=text.get("en", ""),
        seen=seen if seen != Seen() else None,
    )


def note(store: Store, found: Iterable[Outcome]) -> None:
    """Put outcomes into the catalogue graph, each in place of the former one.

    What the graph says otherwise stays as it is.

    Args:
        store: a store open for writing; its catalogue graph changes in one step.
        found: one outcome per distribution.
    """
    from rdflib.term import URIRef

    graph = URIRef(CATALOGUE_GRAPH)
    new = {str(_activity(each)).encode(): each for each in found}
    if not new:
        return
    kept = (line for line in store.dump(graph) if line.partition(b" ")[0] not in new)
    told = (line for each in new.values() for line in _lines(each))
    store.replace(graph, io.BytesIO(b"".join([*kept, *told])))


def _activity(found: Outcome) -> ox.NamedNode:
    name = found.distribution.removeprefix(BASE + "graph/")
    return ox.NamedNode(f"{ACTIVITIES}moisson/{name}")


def _lines(found: Outcome) -> Iterator[bytes]:
    """Write an outcome as N-Triples."""
    node = _activity(found)
    for name, term in _statements(found):
        prefix, _, local = name.partition(":")
        predicate = ox.NamedNode(PREFIXES.get(prefix, _HEADERS) + local)
        yield f"{node} {predicate} {term} .\n".encode()


def _statements(found: Outcome) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    yield "rdf:type", ox.NamedNode(PREFIXES["prov"] + "Activity")
    yield "prov:used", ox.NamedNode(found.distribution)
    yield "schema:object", ox.NamedNode(found.graph)
    yield "schema:actionStatus", ox.Literal(found.state)
    for name, moment in (
        ("prov:endedAtTime", found.attempted),
        ("dcterms:dateAccepted", found.succeeded),
        ("dcterms:modified", found.changed),
        ("schema:startTime", found.failing),
        ("dcterms:dateSubmitted", found.refused),
    ):
        if moment is not None:
            stamp = moment.isoformat(timespec="seconds")
            yield name, ox.Literal(stamp, datatype=_DATE_TIME)
    for lang in ("fr", "en"):
        if said := found.text(lang):
            yield "schema:error", ox.Literal(said, language=lang)
    if found.seen is not None:
        yield from _version(found.seen)


def _version(seen: Seen) -> Iterator[tuple[str, ox.Literal]]:
    if seen.etag:
        yield "http:etag", ox.Literal(seen.etag)
    if seen.last_modified:
        yield "http:last-modified", ox.Literal(seen.last_modified)
    yield "schema:sha256", ox.Literal(seen.sha256)
    yield "dcat:byteSize", ox.Literal(seen.bytes)
