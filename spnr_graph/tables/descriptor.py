"""A JSON descriptor → the tables of a format, every part of it checked."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.sparql import is_iri
from spnr_graph.tables.fields import (
    Place,
    check_field,
    check_names,
    read_field,
    table_schema,
)
from spnr_graph.tables.formats import Format, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a descriptor may say of a format, besides its fields.
TOP: Final = frozenset((
    "$schema", "aside", "authors", "contributors", "countryCode", "created",
    "description", "description_en", "fields", "foreignKeys", "homepage", "keywords",
    "lastModified", "licence", "missingValues", "name", "path", "primaryKey",
    "profile", "resources", "source", "sources", "territories", "title", "title_en",
    "version",
))  # fmt: skip


def describe(name: str, text: str, mapping: str) -> Format:
    """Return the format that a descriptor describes.

    Args:
        name: stem of the file.
        text: its JSON.
        mapping: the text of the SPARQL CONSTRUCT beside it.

    Raises:
        DataError: not JSON, not a schema, or something in it that nobody knows.
    """
    place = Place(name)
    top = _json(text, place)
    check_names(top, TOP, place)
    _check_top(name, top, place)
    described = {"fields", "resources", "name", "title", "title_en", "primaryKey"}
    return Format(
        name=name,
        titles={"fr": top["title"], "en": top.get("title_en") or top["title"]},
        resources=_resources(name, top, place),
        mapping=mapping,
        options={k: v for k, v in top.items() if k not in described},
    )


def _json(text: str, place: Place) -> dict[str, Any]:
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


def _check_top(name: str, top: Mapping[str, Any], place: Place) -> None:
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
    _check_aside(top.get("aside", {}), place)
    for word in ("homepage", "licence", "source"):
        if word in top and not is_iri(str(top[word])):
            raise place.wrong(
                fr=f"« {word} » doit être une adresse complète. Écrire par exemple "
                "https://schema.data.gouv.fr/.",
                en=f"'{word}' must be a whole address. Write for example "
                "https://schema.data.gouv.fr/.",
            )


def _check_aside(aside: object, place: Place) -> None:
    """Refuse sheets and rows to leave aside that are not said as they should be."""
    given = {"sheets": [], "rows": "", **aside} if isinstance(aside, dict) else {}
    good = len(given) == 2 and isinstance(given["rows"], str)
    if not good or not isinstance(given["sheets"], list):
        raise place.wrong(
            fr='« aside » dit ce qui n\'est pas repris. Écrire {"sheets": [titres], '
            '"rows": début de la première cellule}.',
            en="'aside' says what is not taken. Write {\"sheets\": [titles], "
            '"rows": beginning of the first cell}.',
        )


def _resources(name: str, top: Mapping[str, Any], place: Place) -> tuple[Resource, ...]:
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


def _objects(value: object, word: str, place: Place) -> list[dict[str, Any]]:
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


def _resource(name: str, given: Mapping[str, Any], place: Place) -> Resource:
    described = _objects(given.get("fields"), "fields", place)
    for each in described:
        check_field(each, described, place)
    fields = tuple(map(read_field, described))
    by_local: dict[str, str] = {}
    for field in fields:
        if (other := by_local.setdefault(field.local, field.name)) != field.name:
            local = f"table:{field.local}"
            raise place.wrong(
                fr=f"les colonnes « {other} » et « {field.name} » auraient le même "
                f"nom, {local}. Renommer l'une, et donner son titre dans « aliases ».",
                en=f"the columns '{other}' and '{field.name}' would have the same "
                f"name, {local}. Rename one, and give its title in 'aliases'.",
            )
    return Resource(
        name=name, fields=fields, read_schema=partial(table_schema, given, place)
    )
