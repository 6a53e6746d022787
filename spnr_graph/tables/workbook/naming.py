"""What rows are called, and the IRIs that the mapping makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph import identifiers, spelling
from spnr_graph.namespaces import PREFIXES
from spnr_graph.tables.kinds.reference import PREFIX_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Rows whose identifier begins so are examples: they are left aside when loading.
EXAMPLE: Final = "exemple"


def row_names(
    things: Mapping[str, Iterable[str]], sheet: str, partner: str
) -> dict[str, str]:
    """Return an identifier for each thing of a sheet, no two with the same slug.

    Args:
        things: IRI → the identifiers that the contribution gives.
        sheet: ``acteurs`` or ``initiatives``.
        partner: slug of the partner.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for iri in sorted(things):
        best = sorted(
            things[iri], key=lambda t: (local_iri(sheet, partner, t) != iri, t)
        )
        for text in best:
            slug = spelling.slug(text)
            if text == text.strip() and _usable(slug) and slug not in taken:
                names[iri] = text
                taken.add(slug)
                break
    for iri in sorted(set(things) - set(names)):
        slug = _fallback(iri, sheet, partner)
        while slug in taken:
            slug += "-bis"
        names[iri] = slug
        taken.add(slug)
    return names


def _usable(slug: str) -> bool:
    return bool(slug) and not slug.startswith(EXAMPLE)


def _fallback(iri: str, sheet: str, partner: str) -> str:
    """Return an identifier made of an IRI."""
    own = local_iri(sheet, partner, "x")[:-1]
    slug = spelling.slug(iri.removeprefix(own).rpartition("/")[2])
    return slug if _usable(slug) else f"id-{slug}".rstrip("-")


def local_iri(sheet: str, partner: str, identifier: str) -> str:
    """Return the IRI that the mapping makes of a row without number.

    Example:
        >>> local_iri("acteurs", "arnia", "Val-Vert")
        'https://w3id.org/spnr/id/acteur/local-arnia-val-vert'
    """
    local = "local-" if sheet == "acteurs" else ""
    slug = spelling.slug(identifier)
    return f"{PREFIXES[PREFIX_OF[sheet]]}{local}{partner}-{slug}"


def actor_iri(
    partner: str, identifier: str, *, siren: str, siret: str, rna: str
) -> str:
    """Return the IRI that the mapping makes of a row of ``acteurs``; ``""`` for two."""
    if siren and siret and not siret.startswith(siren):
        return ""
    if siren or siret or rna:
        return identifiers.actor_iri(siren=siren, siret=siret, rna=rna)
    return local_iri("acteurs", partner, identifier)


def participation_iri(initiative: str, actor: str, role: str, year: str) -> str:
    """Return the IRI that the mapping makes of a row of ``participations``.

    Args:
        initiative: IRI.
        actor: IRI.
        role: IRI.
        year: of its start, when the actor holds the role at another time too.
    """
    parts = [each.rpartition("/")[2] for each in (initiative, actor, role)]
    return PREFIXES["participation"] + "--".join([*parts, *([year] if year else [])])
