"""What a person says of sources that the catalogue does not describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spnr_graph.errors import DataError
from spnr_graph.read import own_graph
from spnr_graph.sparql import is_iri

if TYPE_CHECKING:
    from spnr_graph.read import Limits


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a person says of sources that the catalogue does not describe.

    Attributes:
        partner: who contributes; part of the IRI of the named graph.
        dataset: what the contribution is called, whatever the file is; None for the
            name of the file.
        publisher: IRI of the publisher.
        licence: IRI of the licence.
        syntax: name of an RDF syntax, for all the sources.
        format: name of a format of tables, for all the sources.
        limits: how much each of the sources may cost.

    Raises:
        DataError: publisher or licence is no IRI.
    """

    partner: str = "local"
    dataset: str | None = None
    publisher: str | None = None
    licence: str | None = None
    syntax: str | None = None
    format: str | None = None
    limits: Limits | None = None

    @property
    def graph(self) -> str | None:
        """The named graph that takes everything, when the dataset is named."""
        return own_graph(self.dataset, self.partner) if self.dataset else None

    def __post_init__(self) -> None:
        """Refuse what cannot stand in a graph."""
        for option, text in (("publisher", self.publisher), ("licence", self.licence)):
            if text is not None and not is_iri(text):
                raise _no_iri(option, text)


def _no_iri(option: str, text: str) -> DataError:
    example = "https://spdx.org/licenses/etalab-2.0"
    return DataError(
        fr=f"--{option} : « {text} » n'est pas une IRI. Écrire par exemple {example}.",
        en=f"--{option}: '{text}' is no IRI. Write for example {example}.",
    )
