"""Chart: what is measured of the network, as sheets of paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from spnr_graph.projection import Filters, select

if TYPE_CHECKING:
    from spnr_graph.operations.network.pulled import Pulled
    from spnr_graph.render.charts import Span
    from spnr_graph.render.charts.words import Form
    from spnr_graph.render.sheet import Caption
    from spnr_graph.store import Store

TITLES: Final = {
    "coverage": ("Qui agit où", "Who acts where"),
    "degrees": ("Comment les liens se répartissent", "How links are shared out"),
    "timeline": ("Les initiatives dans le temps", "Initiatives over time"),
}
#: Colours of axes on the timeline, safe for colour-blind eyes (Okabe and Ito 2008).
_COLOURS: Final = ("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#E69F00", "#56B4E9")
_NO_AXIS: Final = ("sans axe", "no axis")


def coverage(
    store: Store, pulled: Pulled, chosen: Filters | None, words: Caption, form: Form
) -> bytes:
    """Draw how many initiatives each département has on each axis."""
    from spnr_graph.operations.network.coverage import survey
    from spnr_graph.render.charts import Heat, heat_map

    found = survey(pulled, store, chosen=chosen).found
    label = pulled.names.label
    leads = (
        ("{} porteur", "{} porteurs")
        if pulled.lang == "fr"
        else ("{} lead", "{} leads")
    )
    heat = Heat(
        rows=tuple(map(label, found.territories)),
        columns=tuple(" × ".join(map(label, axes)) for axes in found.axes),
        values=tuple(tuple(row) for row in found.initiatives.tolist()),
        notes=tuple(
            tuple(leads[number > 1].format(number) if number else "" for number in row)
            for row in found.leads.tolist()
        ),
    )
    return heat_map(heat, words, form)


def degrees(
    _: Store, pulled: Pulled, chosen: Filters | None, words: Caption, form: Form
) -> bytes:
    """Draw how many actors have how many partners."""
    from spnr_graph.render.charts import degree_distribution

    graph = pulled.graph(chosen=chosen)
    named = [(facts["short"], facts["degree"]) for _, facts in graph.nodes(data=True)]
    return degree_distribution(named, words, form)


def timeline(
    _: Store, pulled: Pulled, chosen: Filters | None, words: Caption, form: Form
) -> bytes:
    """Draw when the initiatives of the participations that are kept run."""
    from spnr_graph.render import charts

    spans = _spans(pulled, chosen or Filters(collaborative=False))
    groups = sorted({span.group for span in spans} - {*_NO_AXIS})
    colours = {group: _COLOURS[i % len(_COLOURS)] for i, group in enumerate(groups)}
    colours |= dict.fromkeys(_NO_AXIS, "#6B7280")
    return charts.timeline(spans, colours, words, form)


def _spans(pulled: Pulled, chosen: Filters) -> list[Span]:
    """Return the initiatives with their dates and their first axis."""
    from spnr_graph.render.charts import Span

    kept = select(pulled.rows, chosen)
    facts, names = pulled.rows.attributes, pulled.names
    spans = []
    for code in sorted(set(kept.initiative.tolist())):
        iri = kept.initiatives[code]
        axes = facts.of("spnr:servesAxis", iri)
        starts = [date.fromisoformat(d) for d in facts.of("schema:startDate", iri)]
        ends = [date.fromisoformat(d) for d in facts.of("schema:endDate", iri)]
        spans.append(
            Span(
                label=names.label(iri),
                start=min(starts, default=None),
                end=max(ends, default=None),
                group=names.label(axes[0]) if axes else _NO_AXIS[pulled.lang != "fr"],
            )
        )
    return spans


DRAWN: Final = {"coverage": coverage, "degrees": degrees, "timeline": timeline}
