"""What a descriptor says of its columns, checked."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.errors import DataError
from spnr_graph.tables.formats import Field
from spnr_graph.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from frictionless import Schema

#: What it may say of a field, whatever its kind.
COMMON: Final = frozenset((
    "aliases", "constraints", "description", "description_en", "example", "format",
    "kind", "missing", "name", "rdfType", "severity", "title", "title_en", "type",
))  # fmt: skip
_MARKS: Final = frozenset(("decimalChar",))
#: Kind → options of its own; those of the items of a ``liste`` stand in its ``of``.
OPTIONS: Final[Mapping[str, frozenset[str]]] = {
    "booleen": frozenset(("trueValues", "falseValues")),
    "concept": frozenset(("scheme", "codes")),
    "date": frozenset(("order",)),
    "entier": _MARKS,
    "latitude": frozenset(("with", "commune")),
    "liste": frozenset(("separator", "of", "key")),
    "longitude": frozenset(("with", "commune")),
    "montant": _MARKS,
    "nom-commune": frozenset(("departement", "code_postal", "code_insee")),
    "nombre": _MARKS,
    "periode": frozenset(("order",)),
    "pourcentage": frozenset(("decimalChar", "share")),
    "reference": frozenset(("sheet", "exact")),
}
#: Kind → options without which it cannot be read.
_NEEDED: Final = {"concept": ("scheme",), "reference": ("sheet",)}
#: Options that name another column of the table: all that a kind sees of a row.
NEIGHBOURS: Final = ("departement", "code_postal", "code_insee", "with", "commune")
_SEVERITIES: Final = ("violation", "warning")


class Place:
    """Where in a descriptor something stands, for messages."""

    def __init__(self, name: str, *within: str) -> None:
        self.file = f"queries/mappings/{name}.json"
        self.within = within

    def inside(self, fr: str, en: str) -> Place:
        """Return a place inside this one."""
        place = Place("", *self.within, fr, en)
        place.file = self.file
        return place

    def wrong(self, *, fr: str, en: str) -> DataError:
        """Return the error of something wrong here, with the mend."""
        where = ", ".join((self.file, *self.within[::2]))
        there = ", ".join((self.file, *self.within[1::2]))
        return DataError(fr=f"{where} : {fr}", en=f"{there}: {en}")


def check_names(given: Iterable[str], known: Iterable[str], place: Place) -> None:
    """Refuse a word that is not known.

    Raises:
        DataError: the word, with the nearest one that is known.
    """
    for word in given:
        if word not in known:
            near = difflib.get_close_matches(word, sorted(known), n=1)
            raise place.wrong(
                fr=f"« {word} » n'est pas connu{_nearest(near, 'fr')}. L'ôter, ou "
                "corriger le mot ; docs/formats.md donne la liste.",
                en=f"'{word}' is not known{_nearest(near, 'en')}. Take it out, or "
                "correct the word; docs/formats.md has the list.",
            )


def _nearest(near: list[str], lang: str) -> str:
    if not near:
        return ""
    return f" (« {near[0]} » ?)" if lang == "fr" else f" ('{near[0]}'?)"


def check_field(
    given: Mapping[str, Any], described: list[dict[str, Any]], table: Place
) -> None:
    """Refuse a field of a kind, an option or a column that nobody knows.

    Args:
        given: what the descriptor says of the field.
        described: all the fields of the table.
        table: where the table stands in the descriptor.

    Raises:
        DataError: what is wrong, with the nearest word that is right.
    """
    name = given.get("name")
    if not (isinstance(name, str) and name.strip()):
        raise table.wrong(
            fr="une colonne n'a pas de titre (« name »). L'ajouter.",
            en="a column has no title ('name'). Add it.",
        )
    place = table.inside(f"colonne « {name} »", f"column '{name}'")
    kind = str(given.get("kind", "texte"))
    _check_kind(kind, given, place)
    check_names(given, COMMON | _options(kind, given, place), place)
    severity = given.get("severity", "warning")
    if severity not in _SEVERITIES:
        raise place.wrong(
            fr=f"la gravité « {severity} » n'existe pas. Écrire violation ou warning.",
            en=f"there is no severity '{severity}'. Write violation or warning.",
        )
    aliases = given.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(a, str) for a in aliases)):
        raise place.wrong(
            fr='« aliases » est une liste de titres. Écrire ["Autre titre"].',
            en="'aliases' is a list of titles. Write [\"Other title\"].",
        )
    names = [str(each.get("name")) for each in described]
    for option in NEIGHBOURS:
        if option in given and given[option] not in names:
            near = difflib.get_close_matches(str(given[option]), names, n=1)
            raise place.wrong(
                fr=f"l'option {option} désigne « {given[option]} », qui n'est pas une "
                f"colonne{_nearest(near, 'fr')}. Donner le nom d'une colonne.",
                en=f"the option {option} names '{given[option]}', which is no "
                f"column{_nearest(near, 'en')}. Give the name of a column.",
            )


def _check_kind(kind: str, given: Mapping[str, Any], place: Place) -> None:
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.4)
        known = ", ".join(KINDS)
        raise place.wrong(
            fr=f"le genre « {kind} » n'existe pas{_nearest(near, 'fr')}. Choisir "
            f"parmi : {known}.",
            en=f"there is no kind '{kind}'{_nearest(near, 'en')}. Choose among: "
            f"{known}.",
        )
    for option in _NEEDED.get(kind, ()):
        if not given.get(option):
            raise place.wrong(
                fr=f"le genre {kind} demande l'option « {option} ». L'ajouter.",
                en=f"the kind {kind} needs the option '{option}'. Add it.",
            )


def _options(kind: str, given: Mapping[str, Any], place: Place) -> frozenset[str]:
    """Return the options of a kind; check those of the items of a list."""
    own = OPTIONS.get(kind, frozenset())
    if kind != "liste":
        return own
    of = given.get("of", "texte")
    items = of if isinstance(of, dict) else {"kind": str(of)}
    inner = str(items.get("kind"))
    if inner == "liste":
        raise place.wrong(
            fr="une liste ne peut pas contenir de listes. Choisir un autre genre.",
            en="a list cannot hold lists. Choose another kind.",
        )
    _check_kind(inner, items, place)
    check_names(items, {"kind"} | OPTIONS.get(inner, frozenset()), place)
    return own


def read_field(given: Mapping[str, Any]) -> Field:
    """Return a field that was checked."""
    required = bool(given.get("constraints", {}).get("required"))
    taken = {"name", "kind", "aliases", "severity"}
    return Field(
        name=given["name"],
        kind=given.get("kind", "texte"),
        aliases=tuple(given.get("aliases", ())),
        required=required,
        severity=given.get("severity", "violation" if required else "warning"),
        options={k: v for k, v in given.items() if k not in taken},
    )


def table_schema(given: Mapping[str, Any], place: Place) -> Schema:
    """Return the Table Schema, checked by frictionless and tried once.

    Raises:
        DataError: frictionless is missing, refuses the schema, or would break on it.
    """
    try:
        from frictionless import FrictionlessException, Schema
    except ImportError as exc:
        raise DataError(
            fr="Lire des tables demande frictionless, qui n'est pas installé. "
            "L'installer : pip install 'spnr-graph[tables]'.",
            en="Reading tables needs frictionless, which is not installed. Install it: "
            "pip install 'spnr-graph[tables]'.",
        ) from exc
    words = {"fields", "primaryKey", "missingValues"}
    try:
        schema = Schema.from_descriptor({k: given[k] for k in words & given.keys()})
    except FrictionlessException as exc:
        reasons = "; ".join(e.note for e in exc.reasons) or exc.error.note
        raise place.wrong(
            fr=f"ce n'est pas un Table Schema ({reasons}). Corriger le schéma.",
            en=f"this is not a Table Schema ({reasons}). Correct the schema.",
        ) from exc
    for each in schema.fields:
        _try_constraints(each, place)
    return schema


def _try_constraints(field: Any, place: Place) -> None:  # noqa: ANN401 (no types)
    """Refuse a constraint that would break on the first cell."""
    inside = place.inside(f"colonne « {field.name} »", f"column '{field.name}'")
    limits = [field.constraints.get(word) for word in ("minimum", "maximum")]
    values = [v for v in (*limits, *field.constraints.get("enum", ())) if v is not None]
    bare = type(field).from_descriptor({"name": field.name, "type": field.type})
    for value in values:
        if bare.read_cell(value)[1]:
            raise inside.wrong(
                fr=f"la contrainte « {value} » n'est pas du type {field.type}. "
                "Corriger la contrainte ou le type.",
                en=f"the constraint '{value}' is not of the type {field.type}. "
                "Correct the constraint or the type.",
            )
    try:
        re.compile(str(field.constraints.get("pattern", "")))
    except re.error as exc:
        raise inside.wrong(
            fr=f"le motif (« pattern ») n'est pas une expression régulière ({exc}). "
            "Le corriger.",
            en=f"the pattern is no regular expression ({exc}). Correct it.",
        ) from exc
