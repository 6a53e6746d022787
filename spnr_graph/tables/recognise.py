"""Which format a table has, by the titles of its columns."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph import spelling
from spnr_graph.errors import DataError
from spnr_graph.tables.sheets import UnknownTableError

if TYPE_CHECKING:
    from spnr_graph.tables.formats import Field, Format, Resource
    from spnr_graph.tables.sheets import Sheet

#: Share of the columns of a table that a format must know to be recognised.
ENOUGH: Final = 0.5
#: How many formats a message names.
_NEAREST: Final = 3
#: How many titles of a file that nobody recognises a message shows.
_TITLES: Final = 6


@dataclass(frozen=True, kw_only=True)
class Match:
    """How the columns of a table answer to the fields of a format.

    Attributes:
        places: name of a field → place of its column, from 0.
        missing: required fields without a column → the nearest title, or ``""``.
        absent: fields without a column that nobody requires.
        unknown: titles that no field takes, in order.
        share: how much of the columns is known, from 0 to 1.
    """

    places: Mapping[str, int]
    missing: Mapping[str, str]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    share: float


#: Place of a sheet in its file → the table of the format that it is.
Chosen = Mapping[int, "Resource"]


def match(columns: Sequence[str], resource: Resource) -> Match:
    """Compare the titles of a table with the names and aliases of a format.

    Titles are compared without case, accents, spaces and punctuation.
    """
    by_title: dict[str, int] = {}
    for place, title in enumerate(columns):
        by_title.setdefault(_plain(title), place)
    places: dict[str, int] = {}
    taken: set[int] = set()
    for field in resource.fields:
        for name in (field.name, *field.aliases):
            found = by_title.get(_plain(name))
            if found is not None and found not in taken:
                places[field.name] = found
                taken.add(found)
                break
    unknown = tuple(t for p, t in enumerate(columns) if p not in taken)
    lacking = [field for field in resource.fields if field.name not in places]
    return Match(
        places=places,
        missing={f.name: _nearest(f, unknown) for f in lacking if f.required},
        absent=tuple(f.name for f in lacking if not f.required),
        unknown=unknown,
        share=len(places) / max(len(columns), 1),
    )


def _plain(title: str) -> str:
    """Return what two ways of writing a title have in common."""
    return spelling.normal(title).replace(" ", "") or title


def _nearest(field: Field, titles: Sequence[str]) -> str:
    """Return the title that may be a field spelt otherwise, or nothing."""
    plain = {_plain(title): title for title in reversed(titles)}
    for name in (field.name, *field.aliases):
        if near := difflib.get_close_matches(_plain(name), plain, n=1, cutoff=0.7):
            return plain[near[0]]
    return ""


def assign(sheets: Sequence[Sheet], format_: Format) -> Chosen:
    """Return the table of a format that each sheet is; the others are left out.

    In a format of several tables the name of a sheet decides, else its columns.
    """
    by_name = {_plain(each.name): each for each in format_.resources}
    several = len(format_.resources) > 1
    chosen = {}
    for place, sheet in enumerate(sheets):
        named = by_name.get(_plain(sheet.name)) if several else None
        found = named or _best(sheet.columns, format_)
        if found is not None:
            chosen[place] = found
    return chosen


def _best(columns: Sequence[str], format_: Format) -> Resource | None:
    """Return the table of a format that has all it requires in these columns."""
    fitting = [(match(columns, each), each) for each in format_.resources]
    whole = [(m.share, r) for m, r in fitting if not m.missing and m.share >= ENOUGH]
    return max(whole, key=lambda pair: pair[0])[1] if whole else None


def recognise(
    sheets: Sequence[Sheet], formats: Mapping[str, Format], *, label: str
) -> tuple[Format, Chosen]:
    """Return the format of a file, and which of its tables each sheet is.

    Args:
        sheets: the sheets of the file, of which only names and columns are read.
        formats: the formats there are.
        label: what messages call the file.

    Raises:
        DataError: no format fits, or several fit equally well.
    """
    ranked = sorted(
        ((_score(sheets, each), each.name) for each in formats.values()),
        key=lambda pair: (*(-part for part in pair[0]), pair[1]),
    )
    best = [name for score, name in ranked if score == ranked[0][0] and score[0]]
    if not best:
        raise _unknown(sheets, formats, label)
    if len(best) > 1:
        raise _ambiguous(best, label)
    found = formats[best[0]]
    return found, assign(sheets, found)


def forced(sheets: Sequence[Sheet], format_: Format, *, label: str) -> Chosen:
    """Return which tables of a given format the sheets are, whatever they miss.

    Raises:
        DataError: no sheet has any column of the format.
    """
    if chosen := assign(sheets, format_):
        return chosen
    found = [
        (match(sheet.columns, resource).share, -place, resource)
        for place, sheet in enumerate(sheets)
        for resource in format_.resources
    ]
    share, place, resource = max(found, key=lambda each: each[:2], default=(0, 0, None))
    if not share or resource is None:
        raise _foreign(sheets, format_, label)
    return {-place: resource}


def _score(sheets: Sequence[Sheet], format_: Format) -> tuple[float, float]:
    """Return how many columns a format knows, and how much of it they are."""
    known = fields = 0
    for place, resource in assign(sheets, format_).items():
        found = match(sheets[place].columns, resource)
        if not found.missing and found.share >= ENOUGH:
            known += len(found.places)
            fields += len(resource.fields)
    return known, known / max(fields, 1)


def _unknown(
    sheets: Sequence[Sheet], formats: Mapping[str, Format], label: str
) -> DataError:
    """Say which formats are nearest, and what they miss."""
    nearest: dict[str, Match] = {}
    for format_ in formats.values() if sheets else ():
        found = [match(s.columns, r) for s in sheets for r in format_.resources]
        nearest[format_.name] = max(found, key=_closeness)
    near = sorted(
        ((name, found) for name, found in nearest.items() if found.places),
        key=lambda pair: _closeness(pair[1]),
        reverse=True,
    )[:_NEAREST]
    lines_fr = "".join(f"\n  {name} : {_lacks(m, 'fr')}" for name, m in near)
    lines_en = "".join(f"\n  {name}: {_lacks(m, 'en')}" for name, m in near)
    fr = f" Les plus proches :{lines_fr}\n" if near else " "
    en = f" The nearest:{lines_en}\n" if near else " "
    read = _titles(sheets)
    # A table that is nearly one of ours is one of ours, spoilt.
    spoilt = near and near[0][1].share >= ENOUGH
    return (DataError if spoilt else UnknownTableError)(
        fr=f"{label} : les titres des colonnes ({read}) ne sont ceux d'aucun format "
        f"connu.{fr}"
        "Corriger les titres, ou nommer le format avec --as (la liste : spnr formats).",
        en=f"{label}: the titles of the columns ({read}) are those of no known format."
        f"{en}"
        "Correct the titles, or name the format with --as (the list: spnr formats).",
    )


def _titles(sheets: Sequence[Sheet]) -> str:
    """Return the first titles of a file, as a message shows them."""
    titles = [title for sheet in sheets for title in sheet.columns]
    return ", ".join(titles[:_TITLES]) + (", …" if len(titles) > _TITLES else "")


def _foreign(sheets: Sequence[Sheet], format_: Format, label: str) -> DataError:
    name, read = format_.name, _titles(sheets)
    return DataError(
        fr=f"{label} : aucune de ses colonnes ({read}) n'est du format {name}. Choisir "
        f"un autre format (la liste : spnr formats), ou voir les colonnes de celui-ci "
        f"(spnr formats {name}).",
        en=f"{label}: none of its columns ({read}) is of the format {name}. Choose "
        f"another format (the list: spnr formats), or see the columns of this one "
        f"(spnr formats {name}).",
    )


def _closeness(found: Match) -> tuple[float, int]:
    return found.share, -len(found.missing)


def _lacks(found: Match, lang: str) -> str:
    """Return what keeps a table from being of a format."""
    known = len(found.places), len(found.places) + len(found.unknown)
    if lang == "fr":
        text = f"{known[0]} colonnes connues sur {known[1]}"
        lacking = " ; il manque " + _missing(found, lang)
    else:
        text = f"{known[0]} of {known[1]} columns known"
        lacking = "; missing: " + _missing(found, lang)
    return f"{text}{lacking if found.missing else ''}"


def _missing(found: Match, lang: str) -> str:
    """Return the required columns that are missing, with the titles nearest to them."""
    words = []
    for name, near in found.missing.items():
        if lang == "fr":
            words.append(f"« {name} »" + (f" (« {near} » ?)" if near else ""))
        else:
            words.append(f"'{name}'" + (f" ('{near}'?)" if near else ""))
    return ", ".join(words)


def _ambiguous(names: Sequence[str], label: str) -> DataError:
    listed = ", ".join(names)
    return DataError(
        fr=f"{label} : les colonnes conviennent aussi bien à plusieurs formats "
        f"({listed}). Choisir avec --as.",
        en=f"{label}: the columns fit several formats equally well ({listed}). Choose "
        "with --as.",
    )
