"""A JSON document that holds an array of objects → its rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NoReturn

from spnr_graph.errors import DataError
from spnr_graph.tables.header import check_lengths, is_blank, titles
from spnr_graph.tables.sheets import Sheet, UnknownTableError
from spnr_graph.tables.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spnr_graph.tables.sheets import Remarks, SheetRow, TableLimits
    from spnr_graph.tables.source import Source

#: A number beyond ten to this power is a mistake, and costly to write out.
_POWER: Final = 400
#: What half a character, which no text may hold, is written with.
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


class _WrongError(ValueError):
    """What JSON allows and a table does not: said in both languages."""


def json_sheet(
    source: Source, limits: TableLimits, remarks: Remarks, path: str
) -> Sheet:
    """Return the sheet that a JSON document holds.

    Args:
        source: the document.
        limits: how much it may cost; it is read whole.
        remarks: takes what is noticed.
        path: key of the array, or keys with dots between; ``""`` when the array is the
            whole document or the only array in it.

    Raises:
        DataError: it is not JSON, too large, or holds no array of objects.
    """
    document = _document(_text(source, limits, remarks), source.label)
    records = _array(document, source.label, path)
    keys: dict[str, None] = {}
    for place, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise _not_an_object(source.label, place)
        keys.update(dict.fromkeys(record))
    if not keys:
        raise _no_row(source.label)
    return Sheet(
        name=remarks.sheet,
        columns=titles(list(keys), remarks, limits, row=0),
        header_row=0,
        rows=_rows(records, tuple(keys), source.label, limits.cell_chars),
        remarks=remarks.found,
    )


def _text(source: Source, limits: TableLimits, remarks: Remarks) -> str:
    text = Text(source, remarks, longest=limits.json_bytes)
    parts, length = [], 0
    for part in text.pieces():
        length += len(part)
        if length > limits.json_bytes:
            raise _too_large(source.label, limits.json_bytes)
        parts.append(part)
    return "".join(parts).removeprefix("\ufeff")


def _document(text: str, label: str) -> object:
    try:
        document: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_number,
            parse_constant=_constant,
        )
        if _HALF.search(text):
            json.dumps(document, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as exc:
        raise _malformed(label, exc) from exc
    except UnicodeEncodeError as exc:
        raise _half_character(label) from exc
    except _WrongError as exc:
        raise _refused(label, *exc.args) from exc
    except ValueError as exc:  # an integer of thousands of digits
        raise _refused(label, *_long_number("")) from exc
    except RecursionError as exc:
        raise _too_deep(label) from exc
    return document


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise _WrongError(
            f"la clé « {twice} » est donnée deux fois dans un objet. La laisser une "
            "seule fois",
            f"the key '{twice}' is given twice in an object. Keep only one",
        )
    return found


def _number(text: str) -> Decimal:
    value = Decimal(text)
    if abs(value.adjusted()) > _POWER:
        raise _WrongError(*_long_number(text[:20]))
    return value


def _long_number(text: str) -> tuple[str, str]:
    shown = f" {text}" if text else ""
    return (
        f"le nombre{shown} dépasse toute mesure. L'écrire entre guillemets si c'est "
        "un identifiant",
        f"the number{shown} is beyond all measure. Write it as text if it is an "
        "identifier",
    )


def _constant(text: str) -> NoReturn:
    raise _WrongError(
        f"« {text} » n'est pas une valeur de JSON. Écrire null quand la valeur manque",
        f"'{text}' is no value of JSON. Write null where the value is missing",
    )


def _array(document: object, label: str, path: str) -> list[Any]:
    if path:
        return _at(document, label, path)
    if isinstance(document, list):
        return document
    arrays = {}
    if isinstance(document, dict):
        arrays = {key: each for key, each in document.items() if _is_list(each)}
    if len(arrays) != 1:
        raise _no_array(label, list(arrays))
    found: list[Any] = next(iter(arrays.values()))
    return found


def _at(document: object, label: str, path: str) -> list[Any]:
    found = document
    for key in path.split("."):
        if not isinstance(found, dict) or key not in found:
            raise _no_path(label, path, list(found) if isinstance(found, dict) else [])
        found = found[key]
    if not isinstance(found, list):
        raise _no_path(label, path, [])
    return found


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _rows(
    records: list[dict[str, Any]], keys: tuple[str, ...], label: str, longest: int
) -> Iterator[SheetRow]:
    for place, record in enumerate(records, 1):
        cells = tuple(map(record.get, keys))
        check_lengths(cells, label, place, longest)
        if not all(map(is_blank, cells)):
            yield place, cells


def _malformed(label: str, exc: json.JSONDecodeError) -> DataError:
    return DataError(
        fr=f"{label}, ligne {exc.lineno}, colonne {exc.colno} : ce n'est pas du JSON, "
        "ou le fichier est tronqué. Le télécharger ou l'exporter de nouveau.",
        en=f"{label}, line {exc.lineno}, column {exc.colno}: this is not JSON, or the "
        "file is cut short. Download or export it again.",
    )


def _refused(label: str, fr: str, en: str) -> DataError:
    return DataError(fr=f"{label} : {fr}.", en=f"{label}: {en}.")


def _half_character(label: str) -> DataError:
    return DataError(
        fr=f"{label} : un texte contient la moitié d'un caractère (\\ud800 à \\udfff). "
        "Exporter le fichier de nouveau, en UTF-8.",
        en=f"{label}: a text holds half a character (\\ud800 to \\udfff). Export the "
        "file again, in UTF-8.",
    )


def _too_deep(label: str) -> DataError:
    return DataError(
        fr=f"{label} : les valeurs sont imbriquées trop profondément. Donner un "
        "tableau d'objets simples.",
        en=f"{label}: the values are nested too deeply. Give an array of plain "
        "objects.",
    )


def _too_large(label: str, limit: int) -> DataError:
    return DataError(
        fr=f"{label} : un document JSON est lu en entier et ne doit pas dépasser "
        f"{limit // 1_000_000} Mo. Le découper, ou le donner en CSV.",
        en=f"{label}: a JSON document is read whole and must not exceed "
        f"{limit // 1_000_000} MB. Split it, or give it as CSV.",
    )


def _no_array(label: str, keys: list[str]) -> UnknownTableError:
    fr = "Plusieurs tableaux s'y trouvent : " if keys else "Aucun tableau ne s'y trouve"
    en = "It holds several arrays: " if keys else "It holds no array"
    said = ", ".join(keys)
    return UnknownTableError(
        fr=f"{label} : un tableau d'objets est attendu. {fr}{said}. Donner le tableau "
        "seul, ou nommer sa clé dans le format (path).",
        en=f"{label}: an array of objects is expected. {en}{said}. Give the array "
        "alone, or name its key in the format (path).",
    )


def _no_path(label: str, path: str, keys: list[str]) -> DataError:
    fr = f" Clés présentes : {', '.join(keys)}." if keys else ""
    en = f" Keys found: {', '.join(keys)}." if keys else ""
    return DataError(
        fr=f"{label} : aucun tableau sous la clé « {path} ».{fr} Vérifier le format.",
        en=f"{label}: no array under the key '{path}'.{en} Check the format.",
    )


def _not_an_object(label: str, place: int) -> UnknownTableError:
    return UnknownTableError(
        fr=f"{label}, élément {place} : un objet est attendu, de la forme "
        '{"nom": "…", "siret": "…"}. Donner un tableau d\'objets.',
        en=f"{label}, item {place}: an object is expected, such as "
        '{"nom": "…", "siret": "…"}. Give an array of objects.',
    )


def _no_row(label: str) -> DataError:
    return DataError(
        fr=f"{label} : le tableau est vide. Vérifier qu'il a été exporté en entier.",
        en=f"{label}: the array is empty. Check that it was exported whole.",
    )
