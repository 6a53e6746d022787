"""HTML in a cell → plain text."""

from __future__ import annotations

import html
import re
from typing import Final

from spnr_graph.tables.kinds.said import mended, shown
from spnr_graph.tables.outcome import Problem

#: What a reader of the page does not see. An end that is missing is the end of the
#: text, so that no text takes more than one pass.
_HIDDEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)[^>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
#: Tags that end a line.
_BREAK: Final = re.compile(
    r"</?(?:br|p|div|li|ul|ol|tr|table|h[1-6]|hr|section|article|blockquote)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
#: The other tags that people paste; ``<`` before anything else is a sign of the text.
_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|button|center|code|em|embed|font|form|i|iframe|img|input|"
    r"label|link|meta|object|small|span|strong|sub|sup|svg|tbody|td|th|thead|u|video)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]\w{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_BLANKS: Final = re.compile(r"[ \t\r\f\v]+")
_LINES: Final = re.compile(r" ?\n\s*")


def strip(written: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text without tags, its entities decoded; markup is told.

    Example:
        >>> strip("<p>Accès &amp; <b>accueil</b></p>")[0]
        'Accès & accueil'
    """
    text = written
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _HIDDEN.sub("", text)))
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text == written:
        return tidy(text), ()
    text = tidy(text)
    problem = mended(
        "html",
        fr=f"HTML dans la cellule : gardé comme texte simple, « {shown(text)} ». "
        "Envoyer du texte sans balises.",
        en=f"HTML in the cell: kept as plain text, '{shown(text)}'. Send text without "
        "tags.",
    )
    return text, (problem,)


def tidy(text: str) -> str:
    """Return a text with single spaces, without spaces around its lines."""
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
