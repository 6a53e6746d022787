"""Addresses of pages in a cell: ``url``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from spnr_graph import sparql
from spnr_graph.tables.kinds import terms
from spnr_graph.tables.kinds.said import mended, nested, on_a_line, shown, wrong
from spnr_graph.tables.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.tables.formats import Field
    from spnr_graph.tables.kinds.kind import Context
    from spnr_graph.tables.sheets import Value

#: ``http//x``, ``http:/x``, ``https:x``, ``htpp://x``, ``https://http://x``.
_SCHEME: Final = re.compile(
    r"(?:(?:https?|htpps?|htt?ps?) ?(?:: ?/{0,3}|/{1,3}) ?(?=\S))+", re.IGNORECASE
)
_OTHER: Final = re.compile(r"[a-z][a-z0-9+.\-]*:(?!\d)", re.I)
#: What stands around an address in a text.
_BRACKETS: Final = re.compile(r"^[<\"']([^<>\"']*)[>\"']$")
#: Where another address begins in the same cell.
_NEXT: Final = re.compile(r"[\s;,|]+(?=https?://|www\.)", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w](?:[\w\-]{0,62})\.){1,10}[^\W\d_][\w\-]{1,62}\.?")
#: What may stand in an IRI as it is, beside letters and digits.
_SAFE: Final = "!#$%&'()*+,-./:;=?@_~"
#: A per cent sign that codes nothing.
_STRAY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Link:
    """The address of a page on the web."""

    alone: bool = True

    def read(
        self, value: Value, field: Field, row: Mapping[str, Value], context: Context
    ) -> Outcome:
        """Return the address with a scheme, as text and as an IRI."""
        if refused := nested(value):
            return refused
        written = _BRACKETS.sub(r"\1", on_a_line(value))
        first, *others = _NEXT.split(written)
        address = web_address(first)
        if not address:
            return wrong(
                "not-a-page",
                fr=f"« {shown(value)} » n'est pas l'adresse d'une page. Écrire par "
                "exemple https://exemple.fr.",
                en=f"'{shown(value)}' is not the address of a page. Write for example "
                "https://exemple.fr.",
            )
        problem = mended(
            "page-address",
            fr=f"« {shown(value)} » lu {address}. "
            + ("N'écrire qu'une adresse." if others else "Écrire l'adresse entière."),
            en=f"'{shown(value)}' read as {address}. "
            + ("Write one address." if others else "Write the whole address."),
        )
        return Outcome(
            terms=(("", terms.text(address)), (".iri", terms.iri(address))),
            problems=() if address == written else (problem,),
        )


def web_address(written: str) -> str:
    """Return an address with its scheme, safe in an IRI; ``""`` when it is none.

    Example:
        >>> web_address("www.exemple.fr/a b"), web_address("http//exemple.fr")
        ('https://www.exemple.fr/a%20b', 'http://exemple.fr')
    """
    found = _SCHEME.match(written)
    rest = written[found.end() :] if found else written
    if not found and _OTHER.match(written):
        return ""
    secure = not found or "s" in found[0].lower()
    address = f"http{'s' if secure else ''}://{_escaped(rest)}"
    try:
        parts = urlsplit(address)
        host, login, _ = parts.hostname or "", parts.username, parts.port
    except ValueError:
        # A bracket or a port that is none.
        return ""
    if login is not None or not _HOST.fullmatch(host) or not sparql.is_iri(address):
        return ""
    return address


def _escaped(written: str) -> str:
    """Code what an IRI cannot hold: brackets, a stray ``%``, a second ``#``."""
    coded = "".join(c if c.isalnum() else quote(c, safe=_SAFE) for c in written)
    page, mark, fragment = _STRAY.sub("%25", coded).partition("#")
    return page + mark + fragment.replace("#", "%23")
