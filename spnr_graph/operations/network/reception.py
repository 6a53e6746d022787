"""Reception: the last coverage of fixed and mobile networks of each territory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import PREFIXES
from spnr_graph.projection.answers import records
from spnr_graph.render.numbers import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spnr_graph.operations.network.places import Places
    from spnr_graph.projection import Ask, Names

#: The two families of technologies.
FIXED: Final = PREFIXES["technologie"] + "fixe"
MOBILE: Final = PREFIXES["technologie"] + "mobile"
_COLUMNS: Final = ("lieu", "actuel", "technologie", "base", "taux", "effectif", "date")


@dataclass(frozen=True, kw_only=True, order=True)
class Rate:
    """The share that a technology covers, when it was last measured.

    Attributes:
        technology: IRI.
        base: IRI of what it is a share of, such as premises; ``""`` when not said.
        rate: in per cent.
        on: day of the measurement, ``2026-01-31``.
        whole: whether it was measured of the territory itself; else it is the mean of
            its parts, each at the weight of its premises or inhabitants.
    """

    technology: str
    base: str
    rate: float
    on: str
    whole: bool


@dataclass(frozen=True, kw_only=True)
class _Measure:
    """One measurement."""

    place: str
    technology: str
    base: str
    rate: float
    size: float | None
    on: str


def read_reception(ask: Ask, places: Places, level: str) -> dict[str, tuple[Rate, ...]]:
    """Return the last rates of the territories of a level that have any.

    The last day on which the territory or a part of it was measured decides; then its
    own measurement, else the mean of its parts (as in ``derniere-couverture``).

    Args:
        ask: answers an internal query in CSV.
        places: the territories.
        level: of the territories.

    Raises:
        DataError: the answer lacks a column.
    """
    found: defaultdict[tuple[str, str], list[_Measure]] = defaultdict(list)
    columns = records(ask("couverture-mesures"), _COLUMNS)
    for lieu, now, technology, base, rate, size, on in sorted(
        set(zip(*columns, strict=True))
    ):
        measure = _Measure(
            place=lieu,
            technology=technology,
            base=base,
            rate=float(rate),
            size=float(size) if size else None,
            on=on[:10],
        )
        for whole in places.above(now or lieu) | {lieu}:
            if places.levels.get(whole) == level:
                found[whole, technology].append(measure)
    rates: defaultdict[str, list[Rate]] = defaultdict(list)
    for (place, _), measures in sorted(found.items(), key=lambda item: item[0]):
        rates[place] += _last(place, measures)
    return {place: tuple(sorted(known)) for place, known in rates.items() if known}


def _last(place: str, measures: Iterable[_Measure]) -> list[Rate]:
    """Return the rates of one technology in one territory on the last day, by base."""
    measures = list(measures)
    last = max(each.on for each in measures)
    then = [each for each in measures if each.on == last]
    own = [each for each in then if each.place == place]
    by_base: defaultdict[str, list[_Measure]] = defaultdict(list)
    for each in own or [each for each in then if each.size]:
        by_base[each.base].append(each)
    return [
        Rate(
            technology=then[0].technology,
            base=base,
            rate=_mean(group, weighted=not own),
            on=last,
            whole=bool(own),
        )
        for base, group in sorted(by_base.items())
    ]


def _mean(measures: Sequence[_Measure], *, weighted: bool) -> float:
    """Return the mean of the rates, at the weight of what they are a share of."""
    sizes = [(each.size or 0.0) if weighted else 1.0 for each in measures]
    rates = [each.rate for each in measures]
    total = sum(size * rate for size, rate in zip(sizes, rates, strict=True))
    return total / sum(sizes)


def best(rates: Iterable[Rate], family: str, within: frozenset[str]) -> float | None:
    """Return the rate of a family of technologies: its own, else its best technology's.

    Nothing is added up: a place that two technologies reach would count twice.

    Args:
        rates: of a territory.
        family: ``FIXED`` or ``MOBILE``.
        within: the technologies of the family, itself included.
    """
    known = [each for each in rates if each.technology in within]
    own = [each for each in known if each.technology == family]
    return max((each.rate for each in own or known), default=None)


def told(rates: Iterable[Rate], names: Names, lang: str) -> str:
    """Say the rates in words: technology, share, of what, on which day."""
    said = []
    for each in rates:
        share = rounded(each.rate, 1, lang)
        of = f" ({names.label(each.base)})" if each.base else ""
        if lang == "fr":
            how = "" if each.whole else ", moyenne des parties"
            french = "/".join(reversed(each.on.split("-")))
            text = f"{share} %{of} au {french}{how}"
        else:
            how = "" if each.whole else ", mean of the parts"
            text = f"{share}%{of} on {each.on}{how}"
        gap = " " if lang == "fr" else ""
        said.append(f"{names.label(each.technology)}{gap}: {text}")
    return (" ; " if lang == "fr" else "; ").join(said)
