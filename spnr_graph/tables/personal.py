"""Addresses and numbers that may be a person's, and texts without them."""

from __future__ import annotations

import re
from typing import Final

#: An e-mail address. Its parts are bounded so that no text takes more than one pass.
MAIL: Final = re.compile(r"[\w.+%\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")
#: A French mobile number, its pairs of digits parted alike: ``06 12…``, ``+33 (0)6…``.
MOBILE: Final = re.compile(
    r"(?<![\d+])(?:(?:\+|00) ?33[ .\-]?(?:\(0\)[ .\-]?)?|0)[67]"
    r"([ .\-/]?)\d\d(?:\1\d\d){3}(?!\d)"
)
_SPACES: Final = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")


def hidden(text: str) -> str:
    """Return a text as a report may show it: reports are passed on and published.

    Example:
        >>> hidden("a.b@exemple.invalid, 06 00 00 00 00")
        '…@…, 0…'
    """
    if "@" in text:
        text = MAIL.sub("…@…", text)
    plain = text.translate(_SPACES)
    return MOBILE.sub("0…", plain) if MOBILE.search(plain) else text
