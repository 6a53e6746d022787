"""What a column takes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field

#: Kind → what its cells hold, in French and in English.
EXPECTED: Final[Mapping[str, tuple[str, str]]] = {
    "texte": ("un texte", "a text"),
    "nom": ("un nom", "a name"),
    "identifiant": ("un code", "a code"),
    "siren": ("un SIREN (9 chiffres)", "a SIREN (9 digits)"),
    "siret": ("un SIRET (14 chiffres)", "a SIRET (14 digits)"),
    "rna": ("un numéro RNA (W et 9 chiffres)", "an RNA number (W and 9 digits)"),
    "acteur": ("un SIREN, un SIRET ou un RNA", "a SIREN, a SIRET or an RNA number"),
    "commune": ("le code INSEE d'une commune", "the INSEE code of a commune"),
    "nom-commune": ("le nom d'une commune", "the name of a commune"),
    "departement": (
        "le code ou le nom d'un département",
        "the code or the name of a département",
    ),
    "region": ("le code ou le nom d'une région", "the code or the name of a region"),
    "epci": (
        "le SIREN ou le nom d'une intercommunalité",
        "the SIREN or the name of an intermunicipal body",
    ),
    "territoire": (
        "le code ou le nom d'un territoire",
        "the code or the name of a territory",
    ),
    "code-postal": ("un code postal (5 chiffres)", "a postal code (5 digits)"),
    "date": ("une date, un mois ou une année", "a date, a month or a year"),
    "periode": ("un début et une fin", "a start and an end"),
    "montant": ("un montant en euros", "an amount in euros"),
    "nombre": ("un nombre", "a number"),
    "pourcentage": ("un pourcentage", "a percentage"),
    "entier": ("un nombre entier", "a whole number"),
    "booleen": ("oui ou non", "yes or no"),
    "url": ("l'adresse d'une page", "the address of a page"),
    "courriel": (
        "l'adresse électronique d'un service, jamais d'une personne",
        "the e-mail address of a service, never of a person",
    ),
    "telephone": (
        "le téléphone d'un service, jamais un mobile",
        "the telephone of a service, never a mobile",
    ),
    "latitude": ("une latitude en degrés", "a latitude in degrees"),
    "longitude": ("une longitude en degrés", "a longitude in degrees"),
    "concept": ("un terme de la liste {scheme}", "a term of the list {scheme}"),
    "reference": (
        "l'identifiant d'une ligne de « {sheet} », un nom ou un SIREN du graphe",
        "the identifier of a row of '{sheet}', a name or a SIREN of the graph",
    ),
    "liste": (
        "plusieurs valeurs ({separator}) : {items}",
        "several values ({separator}): {items}",
    ),
    "ignore": ("n'est pas repris", "not taken"),
}
#: How many values of a closed list are named.
_LISTED: Final = 6


def expected(field: Field, lang: str) -> str:
    """Return what a cell of a column must hold, its constraints included.

    Example:
        >>> from spnr_graph.tables.formats import Field
        >>> expected(Field(name="montant", kind="montant"), "fr")
        'un montant en euros'
    """
    words = [_kind(field.kind, field.options, lang)]
    constraints = field.options.get("constraints", {})
    if values := constraints.get("enum"):
        shown = ", ".join(map(str, values[:_LISTED]))
        more = ", …" if len(values) > _LISTED else ""
        words.append(f"{'parmi' if lang == 'fr' else 'one of'} {shown}{more}")
    for word, fr, en in (
        ("minimum", "au moins", "at least"),
        ("maximum", "au plus", "at most"),
    ):
        if word in constraints:
            words.append(f"{fr if lang == 'fr' else en} {constraints[word]}")
    return ", ".join(words)


def _kind(kind: str, options: Mapping[str, Any], lang: str) -> str:
    said = EXPECTED[kind][0 if lang == "fr" else 1]
    if kind != "liste":
        return said.format_map(
            {word: options.get(word, "") for word in ("scheme", "sheet")}
        )
    of = options.get("of", "texte")
    inner = of if isinstance(of, dict) else {**options, "kind": of}
    separator = options.get("separator", "|")
    marks = [separator] if isinstance(separator, str) else separator
    return said.format_map(
        {
            "separator": " ".join(marks),
            "items": _kind(inner.get("kind", "texte"), inner, lang),
        }
    )
