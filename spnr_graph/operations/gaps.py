"""What ``completeness`` found → text, JSON, CSV or Markdown."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

from spnr_graph.namespaces import shorten
from spnr_graph.operations.layout import aligned, bar, csv_text, markdown, percent
from spnr_graph.render.numbers import counted, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from spnr_graph.operations.completeness import Completeness, Gap, Share

#: Things to complete that a person is shown at once; JSON and CSV hold them all.
_SHOWN: Final = 10
#: Class → (French singular, French plural, English singular, English plural).
_KINDS: Final = {
    "spnr:Actor": ("acteur", "acteurs", "actor", "actors"),
    "spnr:Initiative": ("initiative", "initiatives", "initiative", "initiatives"),
    "spnr:Participation": (
        "participation", "participations", "participation", "participations",
    ),
    "spnr:DigitalService": (
        "service numérique", "services numériques",
        "digital service", "digital services",
    ),
    "spnr:CoverageObservation": (
        "observation de couverture", "observations de couverture",
        "coverage observation", "coverage observations",
    ),
    "dcterms:Location": ("territoire", "territoires", "territory", "territories"),
    "skos:Concept": ("concept", "concepts", "concept", "concepts"),
}  # fmt: skip


def _words(iri: str) -> tuple[str, str, str, str]:
    """Return what the things of a class are called."""
    name = shorten(iri)
    return _KINDS.get(name, (name, name, name, name))


def _score(found: Completeness, lang: str) -> str:
    share = percent(found.filled, found.expected, lang)
    filled, expected = number(found.filled, lang), number(found.expected, lang)
    if lang == "fr":
        return (
            f"Complétude de {found.name} : {share} ({filled} informations données sur "
            f"{expected} attendues ; chacune compte autant)"
        )
    return (
        f"Completeness of {found.name}: {share} ({filled} pieces of information given "
        f"out of {expected} expected; each counts the same)"
    )


def _todo_title(found: Completeness, lang: str) -> str:
    shown, n = min(len(found.gaps), _SHOWN), number(len(found.gaps), lang)
    if lang == "fr":
        return (
            f"À compléter d'abord ({shown} sur {n}), par nombre de participations "
            "concernées :"
        )
    return f"To complete first ({shown} of {n}), by number of participations touched:"


def _nothing(found: Completeness, lang: str) -> str:
    if found.shares:
        return (
            "Rien à compléter : tout ce qui est attendu est dit."
            if lang == "fr"
            else "Nothing to complete: all that is expected is said."
        )
    return (
        "Ce jeu de données ne contient rien dont la complétude se mesure (acteur, "
        "initiative, participation, service, observation, territoire, concept)."
        if lang == "fr"
        else "This dataset holds nothing whose completeness is measured (actor, "
        "initiative, participation, service, observation, territory, concept)."
    )


def _missing(gap: Gap, lang: str) -> str:
    return ", ".join(aspect.text(lang) for aspect in gap.missing)


def gaps_text(found: Completeness, *, lang: str) -> str:
    """Return shares as bars and what to complete first, for a terminal."""
    lines = [_score(found, lang)] if found.shares else []
    for kind, group in groupby(found.shares, key=lambda share: share.kind):
        shares = list(group)
        lines += ["", counted(shares[0].of, _words(kind), lang)]
        rows = [
            [
                share.aspect.text(lang),
                bar(share.have, share.of),
                percent(share.have, share.of, lang),
                _lacking(share, lang),
            ]
            for share in shares
        ]
        lines += aligned(rows, right={2}, indent="  ")
    if not found.gaps:
        lines += ["", _nothing(found, lang)] if lines else [_nothing(found, lang)]
    else:
        lines += ["", *_todo(found, lang)]
    if found.disputed:
        lines += ["", f"{_disputed_title(found, lang)}{':' if lang == 'en' else ' :'}"]
        for rank, (label, said) in enumerate(_disputes(found, lang), 1):
            lines += [f"  {rank:>2}. {label}", f"      {said}"]
    return "\n".join(lines) + "\n"


def _todo(found: Completeness, lang: str) -> list[str]:
    """Return what to complete first, a thing on two lines."""
    lines = [_todo_title(found, lang)]
    colon = " :" if lang == "fr" else ":"
    for rank, gap in enumerate(found.gaps[:_SHOWN], 1):
        links = counted(gap.links, _KINDS["spnr:Participation"], lang)
        name = shorten(gap.thing)
        label = f"{gap.label} ({name}, " if gap.label != name else f"{name} ("
        lines.append(f"  {rank:>2}. {label}{links})")
        word = "manque" if lang == "fr" else "lacks"
        lines.append(f"      {word}{colon} {_missing(gap, lang)}")
    return lines


def _disputed_title(found: Completeness, lang: str) -> str:
    total = len(found.disputed)
    shown, n = min(total, _SHOWN), number(total, lang)
    if lang == "fr":
        return f"Contradictions avec d'autres sources ({shown} sur {n})"
    return f"Contradictions with other sources ({shown} of {n})"


def _disputes(found: Completeness, lang: str) -> list[tuple[str, str]]:
    """Return the first contradictions: name of the thing, who says what."""
    told = []
    for each in found.disputed[:_SHOWN]:
        name = shorten(each.finding.focus)
        label = each.label if each.label == name else f"{each.label} ({name})"
        told.append((label, each.finding.fr if lang == "fr" else each.finding.en))
    return told


def _lacking(share: Share, lang: str) -> str:
    """Say how many things lack an aspect."""
    lack = share.of - share.have
    if not lack:
        return ""
    word = "à compléter" if lang == "fr" else "to complete"
    return f"{number(lack, lang)} {word}"


def gaps_json(found: Completeness, *, lang: str) -> str:
    """Return shares and all the gaps as JSON, with stable keys."""
    value = {
        "dataset": found.name,
        "graph": found.graph,
        "filled": found.filled,
        "expected": found.expected,
        "shares": [
            {
                "class": shorten(share.kind),
                "aspect": share.aspect.text(lang),
                "have": share.have,
                "of": share.of,
            }
            for share in found.shares
        ],
        "gaps": [
            {
                "thing": gap.thing,
                "label": gap.label,
                "class": shorten(gap.kind),
                "participations": gap.links,
                "missing": [aspect.text(lang) for aspect in gap.missing],
            }
            for gap in found.gaps
        ],
        "contradictions": [
            {
                "thing": each.finding.focus,
                "label": each.label,
                "message": each.finding.fr if lang == "fr" else each.finding.en,
            }
            for each in found.disputed
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def gaps_csv(found: Completeness, *, lang: str) -> str:
    """Return all the gaps as CSV: a list to work through in a spreadsheet."""
    titles = (
        ("chose", "nom", "classe", "participations", "manque")
        if lang == "fr"
        else ("thing", "name", "class", "participations", "missing")
    )
    rows = (
        (g.thing, g.label, shorten(g.kind), g.links, _missing(g, lang))
        for g in found.gaps
    )
    return csv_text([titles, *rows])


def gaps_markdown(found: Completeness, *, lang: str) -> str:
    """Return shares and what to complete first as Markdown."""
    if not found.shares:
        return f"{_nothing(found, lang)}\n"
    french = lang == "fr"
    titles = (
        ("classe", "information", "donnée", "sur", "part")
        if french
        else ("class", "information", "given", "of", "share")
    )
    shares = (
        (
            _words(share.kind)[1 if french else 3],
            share.aspect.text(lang),
            number(share.have, lang),
            number(share.of, lang),
            percent(share.have, share.of, lang),
        )
        for share in found.shares
    )
    lines = [f"## {_score(found, lang)}", "", *markdown([titles, *shares]), ""]
    if found.disputed:
        head = ("nom" if french else "name", "contradiction")
        lines += [f"### {_disputed_title(found, lang)}", ""]
        lines += [*markdown([head, *_disputes(found, lang)]), ""]
    if not found.gaps:
        return "\n".join([*lines, _nothing(found, lang)]) + "\n"
    todo = ("nom", "participations", "manque")
    lines += [f"### {_todo_title(found, lang)}", ""]
    lines += markdown([
        todo if french else ("name", "participations", "missing"),
        *((g.label, g.links, _missing(g, lang)) for g in found.gaps[:_SHOWN]),
    ])  # fmt: skip
    return "\n".join(lines) + "\n"


#: Format name → renderer, for ``spnr info --dataset -f``.
GAPS: Final[dict[str, Callable[..., str]]] = {
    "text": gaps_text,
    "csv": gaps_csv,
    "json": gaps_json,
    "markdown": gaps_markdown,
}
