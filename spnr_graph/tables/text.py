"""Bytes → the text of a table: which encoding, which lines."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, Final

from spnr_graph.errors import DataError
from spnr_graph.tables.header import too_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spnr_graph.tables.sheets import Remarks
    from spnr_graph.tables.source import Source

#: Bytes on which the encoding is decided.
_SAMPLE: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8: Final = "utf-8"
_WINDOWS: Final = "cp1252"
#: Characters of more than one byte, as UTF-8 writes them.
_LONG: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
#: A byte order mark too many, maybe read as Windows-1252 before.
_MARKED: Final = re.compile("^(?:\ufeff|ï»¿)+")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_ACCENT: Final = re.compile(r"[^\W\d_a-zA-Z]")
#: Letters of a word on either side of an accent that a remark shows.
_AROUND: Final = 20
_BEFORE: Final = re.compile(r"\w*$")
_AFTER: Final = re.compile(r"\w*")
_PAGE: Final = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*+)*+<(!doctype|html|\?xml|[a-z]+[\s>:])",
    re.I | re.S,
)
#: Of two bytes, how often the other one is zero when UTF-16 writes a western text.
_ZEROS: Final = 0.4


class Text:
    """The lines of a text of unknown encoding, as they stream.

    Attributes:
        encoding: name of the encoding.
        sample: the beginning of the text.
        whole: whether the sample is all there is.
        number: lines given so far.
        pulled: characters taken from the source since somebody set it to 0.
        open_end: the line given last is the last one, and nothing ends it.
        ended: all the lines were asked for.
    """

    def __init__(self, source: Source, remarks: Remarks, *, longest: int) -> None:
        """Decide on the encoding.

        Args:
            source: the bytes.
            remarks: takes what is noticed.
            longest: characters that may come while nobody sets ``pulled`` to 0.

        Raises:
            DataError: this is no text, or its encoding cannot be told.
        """
        self._source, self._remarks, self._longest = source, remarks, longest
        self.label = source.label
        head = source.head(_SAMPLE)
        self.whole = len(head) < _SAMPLE
        self._refuse_binary(head)
        self.encoding = _encoding(head, source.label, whole=self.whole)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        try:
            self.sample = _MARKED.sub("", decoder.decode(head, final=self.whole))
        except UnicodeDecodeError as exc:
            raise _undecodable(self.label, exc, self.encoding, 1) from exc
        if "\0" in self.sample:
            raise _null(self.label, 1 + _ends(self.sample.split("\0")[0]))
        if _PAGE.match(self.sample):
            raise _not_a_table(self.label)
        self.number = self.pulled = 0
        self.open_end = self.ended = False
        if self.encoding == _WINDOWS:
            self._tell_windows(self.sample, 1)

    def __iter__(self) -> Iterator[str]:
        """Yield each line with what ends it.

        Raises:
            DataError: a byte is not of the encoding, a character is null, or a line
                is too long.
        """
        rest = ""
        for text in self.pieces():
            self.pulled += len(text)
            if self.pulled > self._longest:
                raise too_long(self.label, self.number + 1, self._longest)
            if "\n" not in text and "\r" not in text:
                rest += text
                continue
            lines = list(io.StringIO(rest + text, newline=""))
            rest = "" if lines[-1].endswith(("\n", "\r")) else lines.pop()
            for line in lines:
                self.number += 1
                yield line
        if rest:
            self.open_end = True
            self.number += 1
            yield rest
        self.ended = True

    def pieces(self) -> Iterator[str]:
        """Yield the text, never parting the two characters that end a line.

        Raises:
            DataError: a byte is not of the encoding, or a character is null.
        """
        pieces = self._decoded()
        yield _MARKED.sub("", next(pieces))
        yield from pieces

    def _decoded(self) -> Iterator[str]:
        ends = io.IncrementalNewlineDecoder(None, translate=False)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        plain, line = True, 1
        for block in _and_end(self._source.blocks()):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as exc:
                if not self._may_be_windows(block, plain=plain):
                    raise _undecodable(self.label, exc, self.encoding, line) from exc
                decoder = codecs.getincrementaldecoder(_WINDOWS)()
                text = self._windows(decoder, block, line)
            plain = plain and block.isascii()
            if "\0" in text:
                raise _null(self.label, line + _ends(text.split("\0")[0]))
            line += _ends(text)
            yield ends.decode(text, final=not block)

    def _may_be_windows(self, block: bytes, *, plain: bool) -> bool:
        """Say whether the encoding may still change: all so far reads the same."""
        return plain and self.encoding == _UTF8 and not _is_broken_utf8(block)

    def _windows(
        self, decoder: codecs.IncrementalDecoder, block: bytes, line: int
    ) -> str:
        self.encoding = _WINDOWS
        try:
            text = decoder.decode(block, final=False)
        except UnicodeDecodeError as exc:
            raise _undecodable(self.label, exc, self.encoding, line) from exc
        self._tell_windows(text, line)
        return text

    def _tell_windows(self, text: str, line: int) -> None:
        accent = _ACCENT.search(text)
        start = accent.start() if accent else 0
        before = _BEFORE.search(text[max(start - _AROUND, 0) : start])
        after = _AFTER.match(text[start : start + _AROUND])
        shown = "".join(part.group() for part in (before, after) if part)
        self._remarks.tell(
            "encoding",
            row=line + _ends(text[:start]),
            fr="Le texte n'est pas en UTF-8 ; il est lu comme du Windows-1252. "
            f"Vérifier les accents : « {shown} ».",
            en="The text is not UTF-8; it is read as Windows-1252. Check the accents: "
            f"'{shown}'.",
        )

    def _refuse_binary(self, head: bytes) -> None:
        if not head.strip():
            raise empty(self.label)
        if head.startswith((b"%PDF", b"PAR1", b"\x89PNG", b"\xff\xd8\xff")):
            raise _not_a_table(self.label)


def _and_end(blocks: Iterable[bytes]) -> Iterator[bytes]:
    yield from blocks
    yield b""


def _encoding(head: bytes, label: str, *, whole: bool) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _without_mark(head):
        return wide
    try:
        codecs.getincrementaldecoder(_UTF8)().decode(head, final=whole)
    except UnicodeDecodeError as exc:
        if _is_broken_utf8(head):
            raise _undecodable(label, exc, _UTF8, 1) from exc
        return _WINDOWS
    return _UTF8


def _without_mark(head: bytes) -> str:
    """Return the name of UTF-16 when every second byte is zero, else ``""``."""
    pairs = max(len(head) // 2, 1)
    even, odd = head[::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd > _ZEROS and even < 1 - odd:
        return "utf-16-le"
    if even > _ZEROS and odd < 1 - even:
        return "utf-16-be"
    return ""


def _is_broken_utf8(part: bytes) -> bool:
    """Say whether most bytes beyond ASCII make characters of UTF-8."""
    right = sum(len(found.group()) for found in _LONG.finditer(part))
    return right > len(_HIGH.findall(part)) / 2


def _ends(text: str) -> int:
    """Return how many lines end in a text."""
    return text.count("\n") or text.count("\r")


def empty(label: str) -> DataError:
    """Return the error of a file that holds nothing."""
    return DataError(
        fr=f"{label} : le fichier est vide. Vérifier qu'il a été envoyé en entier.",
        en=f"{label}: the file is empty. Check that it was sent whole.",
    )


def _undecodable(
    label: str, exc: UnicodeDecodeError, encoding: str, line: int
) -> DataError:
    said = {_WINDOWS: "Windows-1252", "utf-8-sig": "UTF-8"}.get(encoding, "")
    name = said or encoding.upper()
    line += exc.object[: exc.start].count(b"\n")
    byte = f"0x{exc.object[exc.start]:02X}"
    return DataError(
        fr=f"{label}, ligne {line} : l'octet {byte} n'est pas du {name}, que le reste "
        "du texte laisse attendre. Enregistrer le fichier en UTF-8, puis recommencer.",
        en=f"{label}, line {line}: the byte {byte} is not {name}, which the rest of "
        "the text suggests. Save the file as UTF-8, then try again.",
    )


def _null(label: str, line: int) -> DataError:
    return DataError(
        fr=f"{label}, ligne {line} : un caractère nul s'y trouve ; ce n'est pas un "
        "tableau en texte, ou il est abîmé. L'enregistrer en CSV (UTF-8) ou en XLSX.",
        en=f"{label}, line {line}: it holds a null character; this is no table in "
        "text, or it is damaged. Save it as CSV (UTF-8) or XLSX.",
    )


def _not_a_table(label: str) -> DataError:
    return DataError(
        fr=f"{label} : c'est une page web, ou un document d'une autre sorte, pas un "
        "tableau. Donner l'adresse du fichier lui-même (lien de téléchargement).",
        en=f"{label}: this is a web page, or a document of another kind, not a table. "
        "Give the address of the file itself (its download link).",
    )
