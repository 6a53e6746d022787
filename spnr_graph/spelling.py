"""Normal forms of names: what two ways of writing the same name have in common."""

from __future__ import annotations

import re
import unicodedata


def normal(text: str) -> str:
    """Return a text without case, accents and punctuation.

    Example:
        >>> normal("Côte-d’Or")
        'cote d or'
    """
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip()


def slug(text: str) -> str:
    """Return a text as the last part of an IRI: plain letters, digits and hyphens.

    Example:
        >>> slug("Maison de l'Économie (Nevers)")
        'maison-de-l-economie-nevers'
    """
    plain = normal(text).encode("ascii", "ignore").decode()
    return "-".join(plain.split())
