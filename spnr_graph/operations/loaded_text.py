"""What ``load`` did, or would do, as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spnr_graph.findings import Report, Severity
from spnr_graph.namespaces import shorten
from spnr_graph.operations.change_words import called, sentences
from spnr_graph.operations.totals import SEVERITIES, totals_text, triples_text
from spnr_graph.render.numbers import counted, number
from spnr_graph.render.report import text as report_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spnr_graph.findings import Finding
    from spnr_graph.operations.loaded import Loaded, LoadResult

#: What became of a contribution that was not placed, in French and in English.
_STATES: Final = {
    "unchanged": ("inchangé", "unchanged"),
    "refused": (
        "REFUSÉ : la version antérieure reste en place",
        "REFUSED: the former version stays",
    ),
    "failed": ("NON CHARGÉ : rien n'a changé", "NOT LOADED: nothing changed"),
    "unreachable": (
        "INJOIGNABLE : la version antérieure reste en place",
        "UNREACHABLE: the former version stays",
    ),
}
#: The same of one that has no former version.
_FIRST: Final = {
    "refused": ("REFUSÉ : rien n'a changé", "REFUSED: nothing changed"),
    "unreachable": ("INJOIGNABLE : rien n'a changé", "UNREACHABLE: nothing changed"),
}
#: How many findings of a refused contribution the text shows.
_SHOWN: Final = 5
_INDENT: Final = " " * 6


def loaded_text(result: LoadResult, *, lang: str, errors: bool = True) -> str:
    """Return the report of a loading: each contribution, totals, findings.

    Args:
        result: what ``operations.load`` returned.
        lang: ``"fr"`` or ``"en"``.
        errors: say why sources could not be read.
    """
    lines = [_head(result, lang)]
    name_width = max((len(each.name) for each in result.contributions), default=0)
    sizes = [_size(each, lang) for each in result.contributions]
    size_width = max(map(len, sizes), default=0)
    noun = "triplets" if lang == "fr" else "triples"
    for each, size in zip(result.contributions, sizes, strict=True):
        line = f"  {each.name:<{name_width}}  {size:>{size_width}} {noun}  "
        lines.append((line + _state(each, lang)).rstrip())
        if errors and each.error is not None:
            lines.append(f"{_INDENT}{each.error.text(lang)}")
        lines += _details(each, result, lang)
    lines += _left_out(result, lang)
    lines.append("")
    lines.append(
        totals_text(result.totals, lang) or ("(vide)" if lang == "fr" else "(empty)")
    )
    lines.append(triples_text(result.triples, result.derived, lang))
    if result.merged:
        lines.append(_merged(result.merged, lang))
    lines.append(_findings(result, lang))
    return "\n".join(lines) + "\n"


def _head(result: LoadResult, lang: str) -> str:
    absent = {"failed", "unreachable"}
    n = sum(each.state not in absent for each in result.contributions)
    words = ("source lue", "sources lues", "source read", "sources read")
    read = counted(n, words, lang)
    if not result.dry_run:
        return f"{read} {'dans' if lang == 'fr' else 'into'} {result.location}"
    if lang == "fr":
        return f"Essai à blanc, rien n'est écrit dans {result.location} : {read}"
    return f"Dry run, nothing is written into {result.location}: {read}"


def _size(each: Loaded, lang: str) -> str:
    absent = each.state in {"failed", "unreachable"} and not each.triples
    return "–" if absent else number(each.triples, lang)


def _state(each: Loaded, lang: str) -> str:
    french = lang == "fr"
    if each.state == "loaded":
        return _loaded(each, lang)
    known = _STATES if each.triples else {**_STATES, **_FIRST}
    words = known[each.state][0 if french else 1]
    if each.since is not None:
        day = each.since.date().isoformat()
        words += f" (depuis le {day})" if french else f" (since {day})"
    return words


def _loaded(each: Loaded, lang: str) -> str:
    """Tell how many triples came and went, and what was read."""
    parts = []
    if each.change is not None:
        parts.append((each.change.added, each.change.removed))
    elif each.changes is not None:
        parts.append(each.changes.triples)
    said = [f"+{number(a, lang)} −{number(r, lang)}" for a, r in parts]
    if each.formats:
        rows = counted(each.rows, ("ligne", "lignes", "row", "rows"), lang)
        said.append(f"({', '.join(dict.fromkeys(each.formats))}, {rows})")
    return " ".join(said)


def _details(each: Loaded, result: LoadResult, lang: str) -> list[str]:
    """Tell what is wrong with a contribution, and what it changes."""
    own = [f for f in result.report.findings if f.source == each.name]
    lines: list[str] = []
    if each.formats and own:
        report = report_text(
            Report.of(own), lang=lang, labels=_names(each, result, lang)
        )
        lines += [f"{_INDENT}{line}" for line in report.splitlines()[3:]]
    elif each.state == "refused":
        lines += _why(own, lang)
    if each.quarantine is not None:
        kept = "livraison gardée dans" if lang == "fr" else "delivery kept in"
        lines.append(f"{_INDENT}{kept} {each.quarantine}")
    asked = result.dry_run and each.state != "refused"
    if each.changes is not None and (each.changes or asked):
        told = sentences(each.changes, result.names, lang=lang)
        if each.state == "refused":
            told.insert(0, _once_mended(each, lang))
        lines += [f"{_INDENT}{line}" for line in told]
    return lines


def _left_out(result: LoadResult, lang: str) -> list[str]:
    """Tell what was found and is no contribution."""
    known = {each.name for each in result.contributions}
    told = (f for f in result.report.findings if f.source not in known)
    return [f"  {finding.text(lang)}" for finding in told]


def _names(each: Loaded, result: LoadResult, lang: str) -> Mapping[str, str]:
    """Return the names of the things of a contribution, loaded or not."""
    if each.changes is None:
        return result.names
    return called(each.changes, result.names, lang=lang)


def _once_mended(each: Loaded, lang: str) -> str:
    if lang == "fr":
        return f"Ce que {each.name} changerait, une fois les violations corrigées :"
    return f"What {each.name} would change, once the violations are mended:"


def _why(own: Iterable[Finding], lang: str) -> list[str]:
    worst = [f for f in own if f.severity is Severity.VIOLATION]
    colon = " :" if lang == "fr" else ":"
    lines = [
        f"{_INDENT}{shorten(f.focus)}{colon} {f.text(lang)}" for f in worst[:_SHOWN]
    ]
    if len(worst) > _SHOWN:
        more = number(len(worst) - _SHOWN, lang)
        words = f"… et {more} autres" if lang == "fr" else f"… and {more} more"
        lines.append(f"{_INDENT}{words}")
    return lines


def _merged(merged: int, lang: str) -> str:
    words = (
        "acteur réuni à un autre", "acteurs réunis à d'autres",
        "actor merged into another", "actors merged into others",
    )  # fmt: skip
    return f"{counted(merged, words, lang)} (spnr reconcile log)"


def _findings(result: LoadResult, lang: str) -> str:
    counts = ", ".join(
        counted(sum(each.findings[rank] for each in result.contributions), words, lang)
        for rank, words in enumerate(SEVERITIES.values())
    )
    if lang == "fr":
        return f"Constats : {counts} (détail : spnr validate)"
    return f"Findings: {counts} (details: spnr validate)"
