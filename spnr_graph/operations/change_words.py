"""What would change, in sentences: French for coordinators, English for engineers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rdflib.term import Literal

from spnr_graph.namespaces import PREFIXES, shorten
from spnr_graph.render.numbers import counted, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Identifier

    from spnr_graph.operations.difference import Changes, Edit, RoleChange, Thing

_CV: Final = PREFIXES["cv"]
_SPNR: Final = PREFIXES["spnr"]
_PARTICIPATION: Final = _SPNR + "Participation"
#: Class → singular, plural (fr), singular, plural (en), and the French gender.
_NOUNS: Final = {
    _SPNR + "Actor": (("acteur", "acteurs", "actor", "actors"), ""),
    _SPNR + "Initiative": (
        ("initiative", "initiatives", "initiative", "initiatives"), "e",
    ),
    _PARTICIPATION: (
        ("participation", "participations", "participation", "participations"), "e",
    ),
    _SPNR + "DigitalService": (
        (
            "service numérique", "services numériques",
            "digital service", "digital services",
        ), "",
    ),
    _SPNR + "CoverageObservation": (
        (
            "observation de couverture", "observations de couverture",
            "coverage observation", "coverage observations",
        ), "e",
    ),
    _CV + "Channel": (("canal", "canaux", "channel", "channels"), ""),
    PREFIXES["dcterms"] + "Location": (
        ("territoire", "territoires", "territory", "territories"), "",
    ),
}  # fmt: skip
#: Classes of things that are counted, and told only when they have a name.
_MUTE: Final = {_SPNR + "CoverageObservation", _CV + "Channel"}
_OTHER: Final = (("élément", "éléments", "thing", "things"), "")
#: How many sentences of a kind are said unless asked otherwise.
SENTENCES: Final = 20
#: Longest text of a value in a sentence.
_LONG: Final = 80


def sentences(
    changes: Changes, names: Mapping[str, str], *, lang: str, most: int = SENTENCES
) -> list[str]:
    """Tell what would change, the summary first.

    Args:
        changes: what ``compare`` found.
        names: IRI → name in the language, of what the changes mention.
        lang: ``"fr"`` or ``"en"``.
        most: how many sentences of a kind are said; the others are counted.
    """
    if not changes:
        return ["Rien ne change." if lang == "fr" else "Nothing changes."]
    known = {**names, **changes.names}
    lines = [_summary(changes, lang)]
    for group in (
        [_role(each, known, lang) for each in changes.roles],
        [_comes(each, known, lang) for each in _telling(changes.added, known)],
        [_goes(each, known, lang) for each in _telling(changes.removed, known)],
        [_edit(each, known, lang) for each in changes.edits],
    ):
        lines += group[:most]
        if (more := len(group) - most) > 0:
            rest = number(more, lang)
            lines.append(
                f"… et {rest} autres." if lang == "fr" else f"… and {rest} more."
            )
    return lines


def called(changes: Changes, names: Mapping[str, str], *, lang: str) -> dict[str, str]:
    """Return the names of things, those that come and their participations included.

    Args:
        changes: what ``compare`` found.
        names: IRI → name in the language, of what the changes mention.
        lang: ``"fr"`` or ``"en"``.
    """
    known = {**names, **changes.names}
    told = {
        each.iri: _subject(each, known, lang)
        for each in changes.added
        if each.kind == _PARTICIPATION
    }
    return {**known, **told}


def _telling(things: Iterable[Thing], names: Mapping[str, str]) -> list[Thing]:
    """Return things that mean something to a reader, in the order of a summary.

    Channels and observations without a name are counted there, and that is enough.
    """
    order = list(_NOUNS)
    told = [each for each in things if each.iri in names or each.kind not in _MUTE]
    return sorted(
        told,
        key=lambda t: (order.index(t.kind) if t.kind in order else len(order), t.iri),
    )


def _summary(changes: Changes, lang: str) -> str:
    parts = [
        *_counts(changes.added, ("ajouté", "added"), lang),
        *_counts(changes.removed, ("retiré", "removed"), lang),
    ]
    edited = {(each.thing.kind, each.thing.iri) for each in changes.edits}
    for kind, same in groupby(sorted(edited), key=lambda each: each[0]):
        parts.append(_count(kind, len(list(same)), ("modifié", "changed"), lang))
    if changes.roles:
        words = ("rôle changé", "rôles changés", "role changed", "roles changed")
        parts.append(counted(len(changes.roles), words, lang))
    come, gone = (number(n, lang) for n in changes.triples)
    noun = "triplets" if lang == "fr" else "triples"
    return f"{', '.join(parts)} (+{come} −{gone} {noun})."


def _counts(things: Iterable[Thing], verb: tuple[str, str], lang: str) -> Iterator[str]:
    order = list(_NOUNS)
    kinds = sorted(
        (each.kind for each in things),
        key=lambda kind: (order.index(kind) if kind in order else len(order), kind),
    )
    for kind, same in groupby(kinds):
        yield _count(kind, len(list(same)), verb, lang)


def _count(kind: str, size: int, verb: tuple[str, str], lang: str) -> str:
    nouns, gender = _NOUNS.get(kind, _OTHER)
    noun = counted(size, nouns, lang)
    if lang != "fr":
        return f"{noun} {verb[1]}"
    return f"{noun} {verb[0]}{gender}{'s' if size > 1 else ''}"


def _name(thing: object, names: Mapping[str, str]) -> str:
    return names.get(str(thing)) or shorten(str(thing))


def _value(value: Identifier, names: Mapping[str, str], lang: str) -> str:
    """Return a value as it stands in a sentence: quoted text, or a name."""
    text = str(value) if isinstance(value, Literal) else _name(value, names)
    text = " ".join(text.split())
    shown = text if len(text) <= _LONG else text[:_LONG].rstrip() + "…"
    return f"« {shown} »" if lang == "fr" else f"'{shown}'"


def _values(values: Iterable[Identifier], names: Mapping[str, str], lang: str) -> str:
    return ", ".join(_value(each, names, lang) for each in values)


def _role(change: RoleChange, names: Mapping[str, str], lang: str) -> str:
    actor, initiative = _name(change.actor, names), _name(change.initiative, names)
    old, new = (
        (" et " if lang == "fr" else " and ").join(
            _name(r, names).lower() for r in roles
        )
        for roles in (change.lost, change.gained)
    )
    if not (old and new):  # the period or the like made another participation
        if lang == "fr":
            return f"La participation de {actor} à {initiative} est décrite autrement."
        return f"The participation of {actor} in {initiative} is described otherwise."
    if lang == "fr":
        return f"Le rôle de {actor} dans {initiative} passe de {old} à {new}."
    return f"The role of {actor} in {initiative} goes from {old} to {new}."


def _ends(thing: Thing, names: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Return actor, initiative and role of a participation, by name."""
    found = [
        thing.value(predicate)
        for predicate in (
            _CV + "hasParticipant", _SPNR + "initiative", _CV + "role",
        )
    ]  # fmt: skip
    if thing.kind != _PARTICIPATION or None in found:
        return None
    actor, initiative, role = (_name(each, names) for each in found)
    return actor, initiative, role.lower()


def _comes(thing: Thing, names: Mapping[str, str], lang: str) -> str:
    if ends := _ends(thing, names):
        actor, initiative, role = ends
        if lang == "fr":
            return f"{actor} prend part à {initiative} : {role}."
        return f"{actor} takes part in {initiative}: {role}."
    nouns, gender = _NOUNS.get(thing.kind, _OTHER)
    name = _name(thing.iri, names)
    if lang == "fr":
        return f"{nouns[0].capitalize()} ajouté{gender} : {name}."
    return f"{nouns[2].capitalize()} added: {name}."


def _goes(thing: Thing, names: Mapping[str, str], lang: str) -> str:
    if ends := _ends(thing, names):
        actor, initiative, role = ends
        if lang == "fr":
            return f"{actor} ne prend plus part à {initiative} : {role}."
        return f"{actor} no longer takes part in {initiative}: {role}."
    nouns, gender = _NOUNS.get(thing.kind, _OTHER)
    name = _name(thing.iri, names)
    if lang == "fr":
        return f"{nouns[0].capitalize()} retiré{gender} : {name}."
    return f"{nouns[2].capitalize()} removed: {name}."


def _subject(thing: Thing, names: Mapping[str, str], lang: str) -> str:
    ends = _ends(thing, names)
    if ends is None:
        return _name(thing.iri, names)
    word = "dans" if lang == "fr" else "in"
    return f"{ends[0]}, {ends[2]} {word} {ends[1]}"


def _edit(edit: Edit, names: Mapping[str, str], lang: str) -> str:
    head = f"{_subject(edit.thing, names, lang)}{' :' if lang == 'fr' else ':'}"
    label = _name(edit.predicate, names).lower()
    old, new = (_values(each, names, lang) for each in (edit.lost, edit.gained))
    if old and new:
        if lang == "fr":
            return f"{head} {label} passe de {old} à {new}."
        return f"{head} {label} goes from {old} to {new}."
    if lang == "fr":
        return f"{head} {label}, {'ajout' if new else 'retrait'} de {new or old}."
    return f"{head} {label}, {new or old} {'added' if new else 'removed'}."
