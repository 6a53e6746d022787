"""The bytes of a source on their way to the parser: unpacked, bounded, watched."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, NoReturn, cast

from spnr_graph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

_GZIP: Final = b"\x1f\x8b"
_BOM: Final = b"\xef\xbb\xbf"
_HTML: Final = re.compile(
    rb"\s*+(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html)\b", re.I | re.S
)

#: Bytes that some statement with a blank node must hold; lists are asked of the store.
_BLANK: Final = (b"_:", b"[")
#: Bytes that some statement of RDF 1.2 must hold.
_NEW: Final = (b"<<", b"{|", b"~", b"--ltr", b"--rtl")
_ENTITY: Final = re.compile(rb"<!ENTITY\s+([^\s>]+)\s+([\"'])(.*?)\2", re.S | re.I)
_DECLARES: Final = re.compile(rb"<!ENTITY", re.I)
_OTHERWISE: Final = re.compile(rb"<!ENTITY[^>]*>", re.I)
#: The parser asks for 2 kB at a time; looking at so little at once would cost more
#: than parsing.
_PIECE: Final = 1 << 18
#: Longest value of an XML entity: a namespace is shorter, a bomb is not.
ENTITY_LENGTH: Final = 256
#: Bytes that one text may have: written in any syntax, the engine still reads it.
LONGEST: Final = 4_000_000
#: Characters that a message shows on either side of a mistake.
AROUND: Final = 50
#: Bytes kept from one piece to the next, so that nothing is missed between two.
_OVERLAP: Final = 512


def _nothing_to_close() -> None:
    """Do nothing: a file on disk is closed by whoever opened it."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """Bytes that can be read again from their beginning.

    Attributes:
        label: what messages call it.
        open: returns a new binary stream at the beginning.
        syntax: name of its RDF syntax; ``""`` of what may be no RDF.
        stem: name from which its own graph is named.
        base: IRI against which relative IRIs are resolved, or ``""``.
        close: gives back what the bytes were kept in.
        name: name of the file that came, or ``""``.
        media_type: what its publisher says it is, or ``""``.
    """

    label: str
    open: Callable[[], BinaryIO]
    syntax: str
    stem: str
    base: str = ""
    close: Callable[[], None] = _nothing_to_close
    name: str = ""
    media_type: str = ""


def unpacked(raw: BinaryIO) -> BinaryIO:
    """Return the stream itself, or what it holds when it is compressed by gzip."""
    head = raw.read(len(_GZIP))
    raw.seek(0)
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if head == _GZIP else raw


class Watched:
    """A stream that refuses what the parser would swallow or die of.

    Attributes:
        may_have_blanks: a byte sequence was seen that blank nodes need.
        may_be_new: a byte sequence was seen that RDF 1.2 needs.
        may_be_long: a line was seen that may hold a text out of all measure.
    """

    def __init__(self, raw: BinaryIO, label: str, *, limit: int, xml: bool) -> None:
        """Watch a stream.

        Args:
            raw: the bytes, unpacked.
            label: what messages call them.
            limit: how many bytes may come.
            xml: whether they are RDF/XML, whose entities are dangerous.
        """
        self._raw, self._label, self._limit, self._xml = raw, label, limit, xml
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._taken = self._lines = self._line = self._run = 0
        self._tail = b""
        self._piece = memoryview(b"")
        self._started = False
        self.may_have_blanks = self.may_be_new = self.may_be_long = False

    def read(self, size: int) -> bytes:
        """Return the next bytes.

        Raises:
            DataError: cut off, not UTF-8, too large, a web page, or an XML bomb.
        """
        if not self._piece:
            self._piece = memoryview(self._next())
        part, self._piece = self._piece[:size], self._piece[size:]
        return bytes(part)

    def _next(self) -> bytes:
        """Take a piece of the stream and look at it."""
        try:
            piece = self._raw.read(_PIECE)
        except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
            raise _broken_gzip(self._label) from exc
        if not self._started:
            self._started = True
            if is_web_page(piece):
                raise web_page(self._label)
            piece = piece.removeprefix(_BOM)
        self._look(piece)
        return piece

    def _look(self, part: bytes) -> None:
        try:
            self._decoder.decode(part, final=not part)
        except UnicodeDecodeError as exc:
            self._not_utf8(part, exc)
        self._taken += len(part)
        if self._taken > self._limit:
            raise too_large(self._label, self._limit)
        self._lines += part.count(b"\n")
        seen = self._tail + part
        self._tail = seen[-_OVERLAP:]
        self.may_have_blanks = self.may_have_blanks or any(b in seen for b in _BLANK)
        self.may_be_new = self.may_be_new or any(b in seen for b in _NEW)
        self._line = 0 if b"\n" in part else self._line + len(part)
        self.may_be_long = self.may_be_long or self._line > LONGEST // 2
        if self._xml:
            self._look_at_xml(part, seen)

    def _look_at_xml(self, part: bytes, seen: bytes) -> None:
        """Refuse what the parser of XML, alone of all, would take without a bound."""
        self._run = 0 if b"<" in part else self._run + len(part)
        if self._run > LONGEST:
            raise too_long(self._label)
        if _DECLARES.search(seen):
            self._check_entities(seen)

    def _check_entities(self, seen: bytes) -> None:
        """Refuse entities that refer to others, lie outside or are long.

        The parser expands entities as they are declared, without a bound.
        """
        rest = _ENTITY.sub(b"", seen)
        begun = _DECLARES.search(rest)
        endless = begun and len(rest) - begun.start() > ENTITY_LENGTH
        if endless or _OTHERWISE.search(rest):
            raise _bomb(self._label)
        for match in _ENTITY.finditer(seen):
            value = match.group(3)
            if len(value) > ENTITY_LENGTH or b"&" in value:
                raise _bomb(self._label)

    def _not_utf8(self, part: bytes, exc: UnicodeDecodeError) -> NoReturn:
        pending = len(exc.object) - len(part)
        place = max(exc.start - pending, 0)
        line = self._lines + part.count(b"\n", 0, place) + 1
        offset = self._taken + exc.start - pending
        raise DataError(
            fr=f"{self._label}, ligne {line}, octet {offset} : le texte n'est pas en "
            "UTF-8. Enregistrez le fichier en UTF-8, puis recommencez.",
            en=f"{self._label}, line {line}, byte {offset}: the text is not UTF-8. "
            "Save the file as UTF-8, then try again.",
        ) from exc


def excerpt(material: Material, line: int, column: int) -> str:
    """Return what stands around a place of a source, or nothing past its end."""
    with material.open() as raw:
        stream = unpacked(raw)
        for number, text in enumerate(iter(lambda: stream.readline(1 << 20), b""), 1):
            if number == line:
                start = max(column - AROUND, 0)
                shown = text.decode(errors="replace")[start : column + AROUND]
                return shown.strip()
    return ""


def is_web_page(beginning: bytes) -> bool:
    """Say whether bytes begin as a page for people does."""
    return _HTML.match(beginning.removeprefix(_BOM)) is not None


def web_page(label: str) -> DataError:
    """Return the error of a source that is a page for people."""
    return DataError(
        fr=f"{label} : c'est une page web, pas des données RDF. Donnez l'adresse du "
        "fichier lui-même (lien de téléchargement).",
        en=f"{label}: this is a web page, not RDF data. Give the address of the file "
        "itself (its download link).",
    )


def too_large(label: str, limit: int) -> DataError:
    """Return the error of a source that is larger than it may be."""
    fr, en = _size(limit, ",", "ko", "Mo", "Go"), _size(limit, ".", "kB", "MB", "GB")
    return DataError(
        fr=f"{label} : la source dépasse la limite de {fr}. Découpez-la, ou "
        "relevez la limite avec --max-size.",
        en=f"{label}: the source is larger than the limit of {en}. Split it, or "
        "raise the limit with --max-size.",
    )


def too_long(label: str) -> DataError:
    """Return the error of a source that holds a text out of all measure."""
    fr, en = (
        _size(LONGEST, ",", "ko", "Mo", "Go"),
        _size(LONGEST, ".", "kB", "MB", "GB"),
    )
    return DataError(
        fr=f"{label} : un seul texte y dépasse {fr}. Vérifier qu'aucun guillemet ne "
        "manque à la fin d'un texte ; sinon, raccourcir celui-ci.",
        en=f"{label}: a single text is longer than {en}. Check that no quotation mark "
        "is missing at the end of a text; else shorten this one.",
    )


def _size(count: int, point: str, *units: str) -> str:
    for power, unit in zip((3, 2, 1), reversed(units), strict=True):
        if count >= 1000**power:
            value = f"{count / 1000**power:.3g}"
            return f"{value.replace('.', point)} {unit}"
    return f"{count} {units[0][1:]}"


def _broken_gzip(label: str) -> DataError:
    return DataError(
        fr=f"{label} : le fichier gzip est tronqué ou abîmé. Copiez-le ou "
        "téléchargez-le de nouveau.",
        en=f"{label}: the gzip file is cut short or damaged. Copy or download it "
        "again.",
    )


def _bomb(label: str) -> DataError:
    return DataError(
        fr=f"{label} : une entité XML y renvoie à une autre, à un fichier, ou dépasse "
        f"{ENTITY_LENGTH} caractères. Écrivez les valeurs en toutes lettres.",
        en=f"{label}: an XML entity refers to another one, to a file, or is longer "
        f"than {ENTITY_LENGTH} characters. Write the values out.",
    )
