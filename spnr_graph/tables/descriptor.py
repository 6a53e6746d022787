"""A JSON descriptor → the tables of a format, every part of it checked."""

from __future__ import annotations

import difflib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.errors import DataError
from spnr_graph.sparql import is_iri
from spnr_graph.tables.formats import Field, Format, Resource
from spnr_graph.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from frictionless import Schema

#: What a descriptor may say of a format, besides its fields.
TOP: Final = frozenset((
    "$schema", "authors", "contributors", "countryCode", "created", "description",
    "description_en", "fields", "foreignKeys", "homepage", "keywords",
    "lastModified", "licence", "missingValues", "name", "path", "primaryKey",
    "profile", "resources", "source", "sources", "territories", "title", "title_en",
    "version",
))  # fmt: skip
#: What it may say of a field, whatever its kind.
COMMON: Final = frozenset((
    "aliases", "constraints", "description", "description_en", "example", "format",
    "kind", "missing", "name", "rdfType", "severity", "title", "title_en", "type",
))  # fmt: skip
#: Kind → options of its own; ``liste`` also takes those of the kind of its items.
OPTIONS: Final[Mapping[str, frozenset[str]]] = {
    "concept": frozenset(("scheme", "codes")),
    "date": frozenset(("order",)),
    "latitude": frozenset(("with", "commune")),
    "liste": frozenset(("separator", "of", "key")),
    "longitude": frozenset(("with", "commune")),
    "nom-commune": frozenset(("departement", "code_postal", "code_insee")),
    "periode": frozenset(("order",)),
    "reference": frozenset(("sheet", "exact")),
}
#: Kind → options without which it cannot be read.
_NEEDED: Final = {"concept": ("scheme",), "reference": ("sheet",)}
#: Options that name another column of the table.
_COLUMNS: Final = ("departement", "code_postal", "code_insee", "with", "commune")
_SEVERITIES: Final = ("violation", "warning")


class _Place:
    """Where in a descriptor something stands, for messages."""

    def __init__(self, name: str, *within: str) -> None:
        self.file = f"queries/mappings/{name}.json"
        self.within = within

    def inside(self, fr: str, en: str) -> _Place:
        """Return a place inside this one."""
        place = _Place("", *self.within, fr, en)
        place.file = self.file
        return place

    def wrong(self, *, fr: str, en: str) -> DataError:
        """Return the error of something wrong here, with the mend."""
        where = ", ".join((self.file, *self.within[::2]))
        there = ", ".join((self.file, *self.within[1::2]))
        return DataError(fr=f"{where} : {fr}", en=f"{there}: {en}")


def describe(name: str, text: str, mapping: str) -> Format:
    """Return the format that a descriptor describes.

    Args:
        name: stem of the file.
        text: its JSON.
        mapping: the text of the SPARQL CONSTRUCT beside it.

    Raises:
        DataError: not JSON, not a schema, or something in it that nobody knows.
    """
    place = _Place(name)
    top = _json(text, place)
    _check_names(top, TOP, place)
    _check_top(name, top, place)
    described = {"fields", "resources", "name", "title", "title_en", "primaryKey"}
    return Format(
        name=name,
        titles={"fr": top["title"], "en": top.get("title_en") or top["title"]},
        resources=_resources(name, top, place),
        mapping=mapping,
        options={k: v for k, v in top.items() if k not in described},
    )


def _json(text: str, place: _Place) -> dict[str, Any]:
    try:
        top = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as exc:
        raise place.wrong(
            fr=f"ce n'est pas du JSON (ligne {exc.lineno}, colonne {exc.colno}). "
            "Corriger le fichier à cet endroit, ou juste avant.",
            en=f"this is not JSON (line {exc.lineno}, column {exc.colno}). Correct "
            "the file at this place, or just before it.",
        ) from exc
    if not isinstance(top, dict):
        raise place.wrong(
            fr="un schéma est un objet JSON. Écrire { … }.",
            en="a schema is a JSON object. Write { … }.",
        )
    return top


def _check_names(given: Iterable[str], known: Iterable[str], place: _Place) -> None:
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


def _check_top(name: str, top: Mapping[str, Any], place: _Place) -> None:
    if not (isinstance(top.get("title"), str) and top["title"].strip()):
        raise place.wrong(
            fr="il manque « title », ce qu'est cette table, en français. L'ajouter.",
            en="'title' is missing: what this table is, in French. Add it.",
        )
    if top.get("name", name) != name:
        raise place.wrong(
            fr=f"« name » dit {top['name']}, le fichier s'appelle {name}. Donner aux "
            "deux le même nom.",
            en=f"'name' says {top['name']}, the file is called {name}. Give both the "
            "same name.",
        )
    for word in ("homepage", "licence", "source"):
        if word in top and not is_iri(str(top[word])):
            raise place.wrong(
                fr=f"« {word} » doit être une adresse complète. Écrire par exemple "
                "https://schema.data.gouv.fr/.",
                en=f"'{word}' must be a whole address. Write for example "
                "https://schema.data.gouv.fr/.",
            )


def _resources(
    name: str, top: Mapping[str, Any], place: _Place
) -> tuple[Resource, ...]:
    if "resources" not in top:
        return (_resource(name, top, place),)
    found: dict[str, Resource] = {}
    for given in _objects(top["resources"], "resources", place):
        title = str(given.get("name", ""))
        inside = place.inside(f"table « {title} »", f"table '{title}'")
        if not title or title in found or not isinstance(given.get("schema"), dict):
            raise inside.wrong(
                fr="chaque table de « resources » a un nom (« name »), à elle seule, "
                "et un schéma (« schema »). Compléter.",
                en="each table of 'resources' has a name of its own ('name') and a "
                "schema ('schema'). Complete it.",
            )
        found[title] = _resource(title, given["schema"], inside)
    return tuple(found.values())


def _objects(value: object, word: str, place: _Place) -> list[dict[str, Any]]:
    """Return a list of objects that is not empty."""
    good = isinstance(value, list) and value
    if not good or not all(isinstance(each, dict) for each in value):  # type: ignore[attr-defined]
        raise place.wrong(
            fr=f"« {word} » doit être une liste d'objets, au moins un. Écrire "
            f'"{word}": [{{ … }}].',
            en=f"'{word}' must be a list of objects, at least one. Write "
            f'"{word}": [{{ … }}].',
        )
    return value  # type: ignore[return-value]


def _resource(name: str, given: Mapping[str, Any], place: _Place) -> Resource:
    described = _objects(given.get("fields"), "fields", place)
    for each in described:
        _check_field(each, described, _of_field(each, place))
    schema = _schema(given, place)
    fields = tuple(map(_field, described))
    by_local: dict[str, str] = {}
    for field in fields:
        if (other := by_local.setdefault(field.local, field.name)) != field.name:
            raise place.wrong(
                fr=f"les colonnes « {other} » et « {field.name} » auraient le même nom, "
                f"table:{field.local}. Renommer l'une, et donner son titre dans "
                "« aliases ».",
                en=f"the columns '{other}' and '{field.name}' would have the same name, "
                f"table:{field.local}. Rename one, and give its title in 'aliases'.",
            )
    key = schema.primary_key
    return Resource(name=name, fields=fields, schema=schema, key=tuple(key))


def _of_field(given: Mapping[str, Any], place: _Place) -> _Place:
    name = given.get("name", "?")
    return place.inside(f"colonne « {name} »", f"column '{name}'")


def _check_field(
    given: Mapping[str, Any], described: list[dict[str, Any]], place: _Place
) -> None:
    kind = str(given.get("kind", "texte"))
    _check_kind(kind, given, place)
    _check_names(given, COMMON | _options(kind, given, place), place)
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
    for option in _COLUMNS:
        if option in given and given[option] not in names:
            near = difflib.get_close_matches(str(given[option]), names, n=1)
            raise place.wrong(
                fr=f"l'option {option} désigne « {given[option]} », qui n'est pas une "
                f"colonne{_nearest(near, 'fr')}. Donner le nom d'une colonne.",
                en=f"the option {option} names '{given[option]}', which is no "
                f"column{_nearest(near, 'en')}. Give the name of a column.",
            )


def _check_kind(kind: str, given: Mapping[str, Any], place: _Place) -> None:
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


def _options(kind: str, given: Mapping[str, Any], place: _Place) -> frozenset[str]:
    """Return the options of a kind, with those of its items."""
    own = OPTIONS.get(kind, frozenset())
    if kind != "liste":
        return own
    of = given.get("of", "texte")
    if isinstance(of, dict):
        inner = str(of.get("kind", "texte"))
        _check_kind(inner, of, place)
        _check_names(of, {"kind"} | OPTIONS.get(inner, frozenset()), place)
        return own
    _check_kind(str(of), given, place)
    return own | OPTIONS.get(str(of), frozenset())


def _field(given: Mapping[str, Any]) -> Field:
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


def _schema(given: Mapping[str, Any], place: _Place) -> Schema:
    """Return the Table Schema, checked by frictionless and tried once."""
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


def _try_constraints(field: Any, place: _Place) -> None:  # noqa: ANN401 (no types)
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
