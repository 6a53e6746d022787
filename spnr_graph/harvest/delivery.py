"""What a distribution gave: its bytes, and what tells them from those of last time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from spnr_graph.oxigraph import rdf_syntax_of_media_type, rdf_syntax_of_name
from spnr_graph.read.seen import Seen
from spnr_graph.read.sources import rewound, stem
from spnr_graph.read.stream import Material

if TYPE_CHECKING:
    from spnr_graph.distribution import Distribution

_PIECE: Final = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What a distribution gave.

    Attributes:
        state: ``"fresh"``, or ``"unchanged"`` when it is what was seen last.
        material: the bytes; None when the server said that nothing changed and sent
            nothing. To be closed.
        seen: what to compare with the next time.
        attempts: how many it took.
    """

    state: Literal["fresh", "unchanged"]
    material: Material | None = field(repr=False)
    seen: Seen
    attempts: int = 1

    def close(self) -> None:
        """Give back what the bytes were kept in."""
        if self.material is not None:
            self.material.close()


def material(
    body: BinaryIO,
    distribution: Distribution,
    *,
    label: str,
    name: str,
    media_type: str = "",
    base: str = "",
) -> Material:
    """Return kept bytes as a material.

    Its RDF syntax is that of the media type of the catalogue, else of the announced
    one, else of the name; ``""`` when none tells, or when it is said to be a table.

    Args:
        body: the bytes, kept so that they can be read again.
        distribution: what the catalogue says of them.
        label: what messages call them.
        name: name of the file.
        media_type: as the server announced it.
        base: IRI against which relative IRIs are resolved.
    """
    said = distribution.media_type
    known = (
        rdf_syntax_of_media_type(said)
        or rdf_syntax_of_media_type(media_type)
        or rdf_syntax_of_name(name)
    )
    table = bool(distribution.format)
    return Material(
        label=label,
        open=partial(rewound, body),
        syntax=known.name if known and not table else "",
        stem=stem(name),
        base=base,
        close=body.close,
        name=name,
        media_type=said or media_type,
    )


def digest(body: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 and the size of what a stream holds, from its beginning."""
    body.seek(0)
    found = hashlib.sha256()
    for piece in iter(partial(body.read, _PIECE), b""):
        found.update(piece)
    size = body.tell()
    body.seek(0)
    return found.hexdigest(), size
