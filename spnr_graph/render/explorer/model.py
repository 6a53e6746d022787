"""What an explorer shows: a network, what is known of it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from spnr_graph.projection import Names
from spnr_graph.projection.attributes import Attributes
from spnr_graph.render.layout import Positions

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx

    from spnr_graph.measures.definition import Definition

Language: TypeAlias = Literal["fr", "en"]
#: Significance above which a link waits for "show all", see ``Explorer.alpha``. Most
#: links of a region count one initiative: at 0.05 hardly any would stand out.
ALPHA: Final = 0.2


@dataclass(frozen=True)
class Text:
    """A text in both languages."""

    fr: str = ""
    en: str = ""

    def said(self, lang: str) -> str:
        """Return the text in a language, in the other one when it lacks there."""
        return (self.en or self.fr) if lang == "en" else (self.fr or self.en)

    def both(self) -> str | dict[str, str]:
        """Return the text as the page reads it: once where languages say the same."""
        fr, en = self.said("fr"), self.said("en")
        return fr if fr == en else {"fr": fr, "en": en}


@dataclass(frozen=True, kw_only=True)
class Community:
    """Actors who work together more than with others.

    Attributes:
        stability: mean over its members of how sure they belong to it, from 0 to 1.
    """

    label: Text
    size: int
    stability: float


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The community of a node, by its number, and how sure that is, from 0 to 1."""

    community: int
    stability: float


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A measure and its value for each node; None where it does not exist."""

    definition: Definition
    values: Mapping[str, float | int | None]


@dataclass(frozen=True, kw_only=True)
class Explorer:
    """All that the page of a network holds.

    Attributes:
        graph: as ``spnr_graph.projection.project`` gives it.
        names: names by language, ``"fr"`` and ``"en"``.
        facts: what filters read: axes, kinds, territories, what is part of what.
        details: numbers, pages, status, confidence: property → thing → values.
        positions: place of every node; y grows downwards.
        significance: link → p-value of the disparity filter for the end where it is
            the smaller; ends are in order, or from one to the other when directed.
        measures: what colours and sizes may show.
        communities: in the order of their numbers.
        memberships: node → its community; a node without any is in none.
        euros: what each initiative is known to cost, that weights in euros share out.
        alpha: links below this p-value are drawn first, with those that keep
            together what is linked; the others wait for "show all".
        lang: language in which the page opens.
        observed: day on which the network is looked at.
    """

    graph: nx.Graph[str]
    names: Mapping[str, Names]
    facts: Attributes
    details: Attributes
    positions: Positions
    significance: Mapping[tuple[str, str], float]
    measures: tuple[Measured, ...] = ()
    communities: tuple[Community, ...] = ()
    memberships: Mapping[str, Membership] = field(default_factory=dict)
    euros: Mapping[str, float] = field(default_factory=dict)
    alpha: float = ALPHA
    lang: str = "fr"
    title: Text = field(default_factory=Text)
    subtitle: Text = field(default_factory=Text)
    source: Text = field(default_factory=Text)
    licence: Text = field(default_factory=Text)
    observed: date | None = None
    mode: str = "actors"
    weight: str = "count"

    def name(self, iri: str) -> Text:
        """Return the full name of a thing."""
        return Text(self.names["fr"].label(iri), self.names["en"].label(iri))

    def short(self, iri: str) -> Text:
        """Return the shortest name of a thing."""
        return Text(self.names["fr"].short(iri), self.names["en"].short(iri))
