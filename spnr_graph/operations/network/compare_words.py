"""What changed between two dates, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.render.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spnr_graph.measures.definition import Definition
    from spnr_graph.measures.evolution import Figure, Move

#: Change → its name in French and in English.
CHANGES: Final = {
    "figure": ("mesure", "measure"),
    "move": ("rang", "rank"),
    "arrived": ("arrivée", "arrival"),
    "left": ("départ", "departure"),
    "begun": ("lien commencé", "link begun"),
    "ended": ("lien terminé", "link ended"),
    "stronger": ("lien renforcé", "link strengthened"),
    "weaker": ("lien affaibli", "link weakened"),
}
#: So many initiatives are named; the others are counted.
_MOST: Final = 3


def change(name: str, lang: str) -> str:
    """Return the name of a kind of change."""
    return CHANGES[name][lang != "fr"]


def totals(counts: tuple[int, int, int, int], lang: str) -> str:
    """Say how many came and left, how many links began and ended."""
    if lang == "en":
        return "{} came, {} left; {} links began, {} ended.".format(*counts)
    nouns = ("arrivé", "parti", "commencé", "terminé")
    came, left, begun, ended = (
        f"{noun}s" if count > 1 else noun
        for count, noun in zip(counts, nouns, strict=True)
    )
    link = "liens" if counts[2] > 1 else "lien"
    return (
        f"{counts[0]} {came}, {counts[1]} {left} ; {counts[2]} {link} {begun}, "
        f"{counts[3]} {ended}."
    )


def figure(found: Figure, of: Definition, lang: str) -> str:
    """Say how a figure moved, and what it means."""
    title, meaning = (of.fr, of.meaning_fr) if lang == "fr" else (of.en, of.meaning_en)
    if found.before is None or found.after is None:
        none = "sans valeur" if lang == "fr" else "no value"
        return f"{title}{_colon(lang)}{none}. {meaning}"
    gap = round(found.after - found.before, 3)
    if not gap:
        moved = "inchangé" if lang == "fr" else "unchanged"
    else:
        moved = f"{gap:+.3f}".rstrip("0").rstrip(".")
        moved = moved.replace("-", "−").replace(".", "," if lang == "fr" else ".")
    return f"{title}{_colon(lang)}{moved}. {meaning}"


def kept(share: float, lang: str) -> str:
    """Say how many of the links of either date are at both."""
    if lang == "fr":
        return f"{percent(share, lang)} des liens de l'une ou l'autre date durent."
    return f"{percent(share, lang)} of the links of either date last."


def signed(text: str, lang: str, lost: bool) -> str:
    """Say that initiatives were gained, or lost."""
    gained, gone = ("En plus", "En moins") if lang == "fr" else ("More", "Less")
    return f"{gone if lost else gained}{_colon(lang)}{text}."


def same_initiatives(lang: str) -> str:
    """Say that a link weighs more or less through the same initiatives."""
    if lang == "fr":
        return "Mêmes initiatives, dont le nombre d'acteurs ou les montants ont changé."
    return "Same initiatives, whose number of actors or amounts changed."


def move(found: Move, lang: str) -> str:
    """Say how an actor moved among those that link the others."""
    if found.before is None:
        text = (
            "Relie désormais d'autres acteurs, au rang {}.",
            "Links other actors from now on, at rank {}.",
        )
        return text[lang != "fr"].format(found.after)
    if found.after is None:
        text = (
            "Ne relie plus personne ; était au rang {}.",
            "Links nobody any more; was at rank {}.",
        )
        return text[lang != "fr"].format(found.before)
    text = (
        "Passe du rang {} au rang {} de ceux qui relient les autres.",
        "Goes from rank {} to rank {} of those that link the others.",
    )
    return text[lang != "fr"].format(found.before, found.after)


def initiatives(
    names: Sequence[tuple[str, date | None]], lang: str, *, ended: bool
) -> str:
    """Name three initiatives at most, with the day they begin or end.

    Args:
        names: of the initiatives, each with the day that is known.
        lang: ``"fr"`` or ``"en"``.
        ended: whether the day is an end.
    """
    since = (
        ("jusqu'au" if ended else "depuis le")
        if lang == "fr"
        else ("until" if ended else "since")
    )
    quote, and_ = ("« {} »", "et") if lang == "fr" else ('"{}"', "and")
    said = [
        quote.format(name) + (f" ({since} {_day(day, lang)})" if day else "")
        for name, day in names[:_MOST]
    ]
    if more := len(names[_MOST:]):
        others = ("autre", "autres") if lang == "fr" else ("other", "others")
        said.append(f"{more} {others[more > 1]}")
    return f" {and_} ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def _day(day: date, lang: str) -> str:
    """Return a date as the language writes it."""
    return f"{day:%d/%m/%Y}" if lang == "fr" else day.isoformat()


def _colon(lang: str) -> str:
    """Return a colon as the language writes it."""
    return " : " if lang == "fr" else ": "
