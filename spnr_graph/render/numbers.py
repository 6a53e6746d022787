"""Numbers and nouns, as French and English write them."""

from __future__ import annotations


def number(value: int, lang: str) -> str:
    """Group the digits: no-break space in French, comma in English.

    Example:
        >>> number(1234567, "en")
        '1,234,567'
    """
    text = f"{value:,}"
    return text.replace(",", "\N{NO-BREAK SPACE}") if lang == "fr" else text


def counted(value: int, words: tuple[str, str, str, str], lang: str) -> str:
    """Return a number with its noun, in the singular or the plural of the language.

    Args:
        value: the number.
        words: the noun: French singular and plural, English singular and plural.
        lang: ``"fr"`` or ``"en"``.

    Example:
        >>> counted(0, ("acteur", "acteurs", "actor", "actors"), "fr")
        '0 acteur'
        >>> counted(0, ("acteur", "acteurs", "actor", "actors"), "en")
        '0 actors'
    """
    if lang == "fr":
        noun = words[1] if value > 1 else words[0]
    else:
        noun = words[2] if value == 1 else words[3]
    return f"{number(value, lang)} {noun}"


def percent(share: float, lang: str) -> str:
    """Return a share of one as a percentage; a small one is said to be small.

    Example:
        >>> percent(0.3149, "en"), percent(0.004, "en"), percent(0.0, "en")
        ('31%', 'less than 1%', '0%')
    """
    gap = "\N{NO-BREAK SPACE}" if lang == "fr" else ""
    if 0 < share < 0.01:
        return f"moins de 1{gap}%" if lang == "fr" else "less than 1%"
    return f"{round(share * 100)}{gap}%"


def rounded(value: float, digits: int, lang: str) -> str:
    """Write a number with decimals: a comma in French, a true minus in both.

    Example:
        >>> rounded(-0.4756, 2, "fr")
        '−0,48'
    """
    text = f"{value:.{digits}f}".replace("-", "−")
    return text.replace(".", ",") if lang == "fr" else text
