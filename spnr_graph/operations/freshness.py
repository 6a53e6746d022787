"""Is each source as fresh as it promised? Its declared frequency beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spnr_graph.catalogue import Source
    from spnr_graph.harvest import Outcome

_EU: Final = "http://publications.europa.eu/resource/authority/frequency/"


@dataclass(frozen=True)
class Frequency:
    """How often a source is to change.

    Attributes:
        fr: how that is called in French.
        en: the same in English.
        days: longest time between two changes; None when nothing is promised.
        tolerance: days beyond it that are not yet called late.
    """

    fr: str
    en: str
    days: int | None = None
    tolerance: int = 0

    def text(self, lang: str) -> str:
        """Return its name in ``lang`` (``"fr"`` or ``"en"``)."""
        return self.fr if lang == "fr" else self.en


#: Codes of the frequency authority table of the European Union.
FREQUENCIES: Final = {
    "1MIN": Frequency("chaque minute", "every minute", 1, 1),
    "5MIN": Frequency("toutes les 5 minutes", "every 5 minutes", 1, 1),
    "10MIN": Frequency("toutes les 10 minutes", "every 10 minutes", 1, 1),
    "15MIN": Frequency("tous les quarts d'heure", "every 15 minutes", 1, 1),
    "30MIN": Frequency("toutes les demi-heures", "every 30 minutes", 1, 1),
    "HOURLY": Frequency("horaire", "hourly", 1, 1),
    "BIHOURLY": Frequency("toutes les 2 heures", "every 2 hours", 1, 1),
    "TRIHOURLY": Frequency("toutes les 3 heures", "every 3 hours", 1, 1),
    "12HRS": Frequency("toutes les 12 heures", "every 12 hours", 1, 1),
    "CONT": Frequency("continue", "continuous", 1, 2),
    "UPDATE_CONT": Frequency("continue", "continuously updated", 1, 2),
    "DAILY_2": Frequency("deux fois par jour", "twice a day", 1, 1),
    "DAILY": Frequency("quotidienne", "daily", 1, 2),
    "WEEKLY_5": Frequency("cinq fois par semaine", "five times a week", 3, 2),
    "WEEKLY_3": Frequency("trois fois par semaine", "three times a week", 3, 2),
    "WEEKLY_2": Frequency("deux fois par semaine", "twice a week", 4, 2),
    "WEEKLY": Frequency("hebdomadaire", "weekly", 7, 3),
    "MONTHLY_3": Frequency("trois fois par mois", "three times a month", 11, 4),
    "BIWEEKLY": Frequency("toutes les deux semaines", "every two weeks", 14, 4),
    "MONTHLY_2": Frequency("deux fois par mois", "twice a month", 16, 5),
    "MONTHLY": Frequency("mensuelle", "monthly", 31, 7),
    "BIMONTHLY": Frequency("tous les deux mois", "every two months", 62, 14),
    "QUARTERLY": Frequency("trimestrielle", "quarterly", 92, 21),
    "ANNUAL_3": Frequency("trois fois par an", "three times a year", 123, 30),
    "ANNUAL_2": Frequency("semestrielle", "twice a year", 184, 30),
    "ANNUAL": Frequency("annuelle", "annual", 366, 60),
    "BIENNIAL": Frequency("tous les deux ans", "every two years", 731, 90),
    "TRIENNIAL": Frequency("tous les trois ans", "every three years", 1096, 90),
    "QUADRENNIAL": Frequency("tous les quatre ans", "every four years", 1461, 90),
    "QUINQUENNIAL": Frequency("tous les cinq ans", "every five years", 1827, 120),
    "DECENNIAL": Frequency("tous les dix ans", "every ten years", 3653, 180),
    "BIDECENNIAL": Frequency("tous les vingt ans", "every twenty years", 7305, 365),
    "TRIDECENNIAL": Frequency("tous les trente ans", "every thirty years", 10958, 365),
    "AS_NEEDED": Frequency("au besoin", "as needed"),
    "IRREG": Frequency("irrégulière", "irregular"),
    "NEVER": Frequency("jamais", "never"),
    "NOT_PLANNED": Frequency("non prévue", "not planned"),
    "OP_DATPRO": Frequency("provisoire", "provisional"),
    "OTHER": Frequency("autre", "other"),
    "UNKNOWN": Frequency("inconnue", "unknown"),
}
_UNSAID: Final = Frequency("non dite", "not stated")


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How fresh a source is.

    Attributes:
        source: what the catalogue says of it.
        frequency: how often it promised to change.
        updated: day of its last known change, or None.
        age: days since then, or None.
        late: days by which it missed its promise; 0 when it did not.
        trouble: what became of its harvest, when that fails now; None when all is
            well or nothing is harvested.
        refused: when a delivery was last refused, or None.
        checked: when it was last harvested, whatever came of it, or None.
    """

    source: Source
    frequency: Frequency
    updated: date | None
    age: int | None
    late: int
    trouble: Outcome | None = None
    refused: datetime | None = None
    checked: datetime | None = None


def frequency(iri: str) -> Frequency:
    """Return what an IRI of the authority table means; any other promises nothing.

    Example:
        >>> frequency(_EU + "MONTHLY").days
        31
    """
    code = iri.removeprefix(_EU)
    if code == iri:
        return Frequency(iri, iri) if iri else _UNSAID
    return FREQUENCIES.get(code, Frequency(code, code))


def freshness(source: Source, outcomes: Iterable[Outcome], today: date) -> Freshness:
    """Return how fresh a source is.

    The last change is the latest of what the publisher states and of what was seen to
    change; the day of loading counts only when neither is known.

    Args:
        source: what the catalogue says of it.
        outcomes: of the harvest of its distributions.
        today: the day on which to judge.
    """
    found = sorted(outcomes, key=lambda o: o.distribution)
    changes = [_day(source.date), *(_day(each.changed) for each in found)]
    known = [each for each in changes if each is not None]
    updated = max(known) if known else _day(source.loaded)
    promised = frequency(source.frequency)
    age = (today - updated).days if updated else None
    return Freshness(
        source=source,
        frequency=promised,
        updated=updated,
        age=age,
        late=_late(promised, age),
        trouble=_trouble(found),
        refused=max((o.refused for o in found if o.refused), default=None),
        checked=max((o.attempted for o in found), default=None),
    )


def _late(promised: Frequency, age: int | None) -> int:
    if promised.days is None or age is None:
        return 0
    return age - promised.days if age > promised.days + promised.tolerance else 0


def _trouble(found: Sequence[Outcome]) -> Outcome | None:
    """Return the failure that lasts longest."""
    failing = [(each.failing, each) for each in found if each.failing is not None]
    return min(failing, key=lambda pair: pair[0])[1] if failing else None


def _day(moment: date | None) -> date | None:
    """Return the day of a date or of a date with a time."""
    return moment.date() if isinstance(moment, datetime) else moment
