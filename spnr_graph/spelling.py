"""Normal forms of names: what two ways of writing the same name have in common."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Words that say nothing of whose name it is.
_SMALL_WORDS: Final = frozenset({
    "a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l",
    "la", "le", "les", "lez", "par", "pour", "sous", "sur", "un", "une",
})  # fmt: skip
_ARTICLES: Final = frozenset({"l", "la", "le", "les"})
#: Forms that a body may take without becoming another: they are left out.
_LEGAL_FORMS: Final = (
    "association loi 1901", "association", "asso", "fondation", "cooperative",
    "societe anonyme", "societe par actions simplifiee", "societe publique locale",
    "societe d economie mixte", "societe a responsabilite limitee", "societe",
    "sas", "sasu", "sarl", "eurl", "sa", "sci", "scop", "scic", "sem", "spl",
    "etablissement public local", "etablissement public", "epic", "epl", "epa",
    "groupement d interet public", "gip", "groupement d interet economique", "gie",
    "syndicat mixte ouvert", "syndicat mixte", "syndicat intercommunal", "syndicat",
)  # fmt: skip
#: Forms that tell one body from another of the same place: one word for each.
_PUBLIC_FORMS: Final = {
    "communaute de communes": "cc", "com com": "cc", "comcom": "cc",
    "communaute d agglomeration": "ca", "communaute d agglo": "ca", "agglo": "ca",
    "communaute urbaine": "cu", "mairie": "commune", "ville": "commune",
    "conseil departemental": "departement", "conseil general": "departement",
    "conseil regional": "region",
    "centre communal d action sociale": "ccas",
    "centre intercommunal d action sociale": "cias",
    "chambre de commerce et d industrie": "cci",
    "chambre de metiers et de l artisanat": "cma", "chambre d agriculture": "ca agri",
}  # fmt: skip


def _any_of(
    forms: frozenset[str] | tuple[str, ...] | dict[str, str],
) -> re.Pattern[str]:
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(longest)})\b")


_LEGAL: Final = _any_of(_LEGAL_FORMS)
_PUBLIC: Final = _any_of(_PUBLIC_FORMS)
#: What the post office adds to the name of a commune.
_POST: Final = re.compile(r"^\d{5} (?=\D)|\b(?:cedex|bp|cs|tsa)\b.*$")
#: ``LYON 03``, ``Paris 15e arrondissement``, ``Nevers (58)``.
_NUMBERED: Final = re.compile(
    r" \d{1,3}(?: ?(?:e|er|eme|ieme))?(?: arr(?:ondissement)?)?$| 2[ab]$"
)
_ABBREVIATED: Final = {
    "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes",
    "lez": "les", "s": "sur", "ss": "sous",
}  # fmt: skip

_BETWEEN: Final = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """Return a text without case, accents and punctuation.

    Example:
        >>> normal("Côte-d’Or")
        'cote d or'
    """
    text = text.casefold()
    if not text.isascii():  # most of the codes of a table need no more than this look
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in plain if not unicodedata.combining(c))
        # Letters of ornament have a case only once they are plain: 𝕬 is A, then a.
        text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return _BETWEEN.sub(" ", text).strip()


def slug(text: str) -> str:
    """Return a text as the last part of an IRI: plain letters, digits and hyphens.

    Example:
        >>> slug("Maison de l'Économie (Nevers)")
        'maison-de-l-economie-nevers'
    """
    plain = normal(text).encode("ascii", "ignore").decode()
    return "-".join(plain.split())


def place(text: str) -> str:
    """Return the name of a commune as all its spellings have it, with its article.

    Example:
        >>> place("ST-JEAN DE LOSNE CEDEX BP 12"), place("Creusot (Le)")
        ('saint jean de losne', 'le creusot')
    """
    name = _NUMBERED.sub("", _POST.sub("", normal(text)).strip())
    words = [_ABBREVIATED.get(word, word) for word in name.split()]
    if len(words) > 1 and words[-1] in _ARTICLES:
        words = [words[-1], *words[:-1]]
    return " ".join(words)


def without_article(name: str) -> str:
    """Return a name in normal form without the article that it begins with.

    Example:
        >>> without_article("l isle sur le doubs")
        'isle sur le doubs'
    """
    first, _, rest = name.partition(" ")
    return rest if first in _ARTICLES and rest else name


def organisation(text: str) -> str:
    """Return the name of an organisation without legal form and small words.

    Forms that tell bodies of the same place apart (commune, communauté de communes,
    département…) stay, each under one word. A name made of nothing else stays whole.

    Example:
        >>> organisation("SARL Les Ateliers de l'Étang")
        'ateliers etang'
        >>> organisation("Mairie de Nevers") == organisation("Ville de NEVERS")
        True
    """
    whole = normal(text)
    name = _PUBLIC.sub(lambda form: _PUBLIC_FORMS[form[0]], whole)
    words = [w for w in _LEGAL.sub(" ", name).split() if w not in _SMALL_WORDS]
    return " ".join(words) or whole


def acronyms(text: str) -> frozenset[str]:
    """Return the acronyms that a name gives, or may have made, in lower case.

    These are words in capitals among others, what stands alone in parentheses, and the
    initials of the words, with the small ones and without, three letters at least.

    Example:
        >>> sorted(acronyms("Agence de la Transition Énergétique (ADEME)"))
        ['ademe', 'adlte', 'ate']
    """
    outside = re.sub(r"\([^)]*\)", " ", text)
    words = normal(outside).split()
    large = [word for word in words if word not in _SMALL_WORDS]
    initials = {"".join(w[0] for w in some) for some in (words, large)}
    given = {normal(each) for each in re.findall(r"\(([^()\s]{2,12})\)", text)}
    if not text.isupper():
        given |= {normal(each) for each in re.findall(r"\b[A-ZÀ-Þ]{2,8}\b", text)}
    return frozenset({each for each in initials if len(each) > 2} | given - {""})


def mend(text: str) -> str:
    """Return a text that was decoded twice as it was meant; any other as it is.

    UTF-8 that was read as Windows-1252 or as Latin-1 leaves pairs of characters that
    nobody writes (``Ã©``); only those whose reading is certain are put right.

    Example:
        >>> mend("MÃ©diathÃ¨que de lâ€™AgglomÃ©ration")
        'Médiathèque de l’Agglomération'
    """
    while (mended := _MISREAD.sub(lambda found: _MEANT[found[0]], text)) != text:
        # The second half of ``à`` is a no-break space, which many tools make plain, and
        # one with the space behind it.
        text = re.sub(r"Ã (?!\w)", "à", re.sub(r"Ã (?=\w)", "à ", mended))
    return text


def _misreadings() -> dict[str, str]:
    """Return what characters become when their UTF-8 is read as another encoding.

    The characters are those of Windows-1252 and a few of typography, so that text
    decoded three times is mended too. Bytes that Windows-1252 lacks stay controls.
    """
    found = {}
    for meant in bytes(range(0x80, 0x100)).decode("cp1252", "ignore") + "\u202f\u2009−":
        written = meant.encode("utf-8")
        bytewise = (written[i : i + 1] for i in range(len(written)))
        windows = (
            b.decode("cp1252", "ignore") or b.decode("latin-1") for b in bytewise
        )
        found["".join(windows)] = meant
        found[written.decode("latin-1")] = meant
    return found


_MEANT: Final = _misreadings()
_MISREAD: Final = re.compile("|".join(map(re.escape, sorted(_MEANT))))
