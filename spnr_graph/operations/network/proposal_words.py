"""Why some actors should meet, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.operations.network.proposal_case import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spnr_graph.operations.network.proposal_case import Case, Fit
    from spnr_graph.projection import Names

_FR: Final = {
    "partner": "1 partenaire commun : {names}",
    "partners": "{count} partenaires communs : {names}",
    "among": "{count} partenaires communs, dont {names}",
    "axis": "même axe : {names}",
    "axes": "mêmes axes : {names}",
    "place": "même territoire : {names}",
    "fit": "{giver} ({what} de « {shown} ») et {taker}, qui porte « {lacking} » sans "
    "{what} connu",
    "leads": "dans l'axe {what}, {giver} porte « {shown} » et {taker} « {lacking} »",
    "never": "aucune initiative commune connue",
    "and": " et ",
    "then": " ; ",
}
_EN: Final = {
    "partner": "1 shared partner: {names}",
    "partners": "{count} shared partners: {names}",
    "among": "{count} shared partners, among them {names}",
    "axis": "same axis: {names}",
    "axes": "same axes: {names}",
    "place": "same territory: {names}",
    "fit": '{giver} ({what} of "{shown}") and {taker}, which leads "{lacking}" without '
    "a known {what}",
    "leads": 'in the axis {what}, {giver} leads "{shown}" and {taker} "{lacking}"',
    "never": "no known initiative in common",
    "and": " and ",
    "then": "; ",
}


def reasons_said(case: Case, names: Names, lang: str) -> str:
    """Say all that speaks for a meeting, and that it has not taken place."""
    words = _FR if lang == "fr" else _EN
    parts = [
        *_partners(case, names, words),
        *_shared("place", [case.place] if case.place else [], names, words),
        *_shared("axis" if len(case.axes) == 1 else "axes", case.axes, names, words),
        *(_fit(fit, names, words) for fit in case.fits),
        words["never"],
    ]
    text = words["then"].join(parts)
    return text[:1].upper() + text[1:] + "."


def fits_said(case: Case, names: Names, lang: str) -> str | None:
    """Say which roles complete each other; None when none does."""
    words = _FR if lang == "fr" else _EN
    return words["then"].join(_fit(fit, names, words) for fit in case.fits) or None


def listed(things: Iterable[str], names: Names, lang: str) -> str | None:
    """Return the names of things, between commas; None without any."""
    words = _FR if lang == "fr" else _EN
    return _listed([names.label(thing) for thing in things], words) or None


def _partners(case: Case, names: Names, words: dict[str, str]) -> list[str]:
    """Say whom all of them work with, naming the first."""
    count = len(case.partners)
    if not count:
        return []
    key = "among" if count > NAMED else "partners" if count > 1 else "partner"
    shorts = [names.short(partner) for partner in case.partners[:NAMED]]
    return [words[key].format(count=count, names=_listed(shorts, words))]


def _shared(
    key: str, things: Iterable[str], names: Names, words: dict[str, str]
) -> list[str]:
    """Say what all of them share, unless it is nothing."""
    labels = [names.label(thing) for thing in things]
    return [words[key].format(names=_listed(labels, words))] if labels else []


def _fit(fit: Fit, names: Names, words: dict[str, str]) -> str:
    """Say who brings what to whom."""
    return words["leads" if fit.is_axis else "fit"].format(
        giver=names.short(fit.giver),
        taker=names.short(fit.taker),
        what=names.label(fit.what),
        shown=names.short(fit.shown),
        lacking=names.short(fit.lacking),
    )


def _listed(labels: list[str], words: dict[str, str]) -> str:
    """Join names: commas, then "and"."""
    *first, last = labels or [""]
    return words["and"].join([", ".join(first), last]) if first else last
