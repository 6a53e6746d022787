"""N-Triples lines or a Turtle text → canonical Turtle: same content, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO, Final

from spnr_graph.errors import DataError
from spnr_graph.turtle.blocks import Blocks
from spnr_graph.turtle.terms import Terms, unescape

_LITERAL: Final = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
#: Triples as engines write almost all of them: one space, no escape in an IRI.
_TRIPLES: Final = re.compile(
    r"(<[^>\\\n]*+>) (<[^>\\\n]*+>) "
    rf"(<[^>\\\n]*+>|{_LITERAL}(?:@[A-Za-z0-9-]++|\^\^<[^>\\\n]*+>)?+) \.\n"
)
_TRIPLE: Final = re.compile(
    r"[ \t]*(<[^>]*>)[ \t]*(<[^>]*>)[ \t]*"
    rf"(<[^>]*>|{_LITERAL}(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)"
    r"[ \t]*\.[ \t]*(?:#.*)?"
)
#: Lines matched at once: large enough to stay in the matcher, small beside the graph.
_BATCH: Final = 5_000
_NOTHING: Final = re.compile(r"[ \t]*(?:#.*)?")
_COMMENTS: Final = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*")


def write(ntriples: Iterable[bytes], output: BinaryIO, *, header: str = "") -> None:
    """Write one graph as canonical Turtle.

    Args:
        ntriples: N-Triples lines without blank nodes, in any order, repeats allowed.
        output: receives UTF-8.
        header: comment to put at the top, with or without its ``#``.

    Raises:
        DataError: a line is not such a triple.
    """
    terms = Terms()
    texts = list(_gather(ntriples, terms).texts())
    output.write(_top(header, terms.prologue(), more=bool(texts)))
    separator = ""
    for text in texts:
        output.write((separator + text).encode())
        separator = "\n"


def write_trig(
    graphs: Mapping[str, Iterable[bytes]], output: BinaryIO, *, header: str = ""
) -> None:
    """Write named graphs as canonical TriG: as Turtle, one pair of braces per graph.

    Args:
        graphs: IRI of each graph → its N-Triples lines; an empty graph is left out.
        output: receives UTF-8.
        header: comment to put at the top, with or without its ``#``.

    Raises:
        DataError: a line is not a triple without blank nodes.
    """
    terms = Terms()
    parts: list[str] = []
    for name in sorted(graphs):
        texts = list(_gather(graphs[name], terms).texts())
        if texts:
            parts.append(f"{terms.iri(f'<{name}>')} {{\n" + "\n".join(texts) + "}\n")
    output.write(_top(header, terms.prologue(), more=bool(parts)))
    separator = ""
    for part in parts:
        output.write((separator + part).encode())
        separator = "\n"


def canonical(text: bytes | str, *, name: str = "Turtle") -> bytes:
    """Rewrite a Turtle document in canonical form.

    Blank nodes are written inside the thing that refers to them. Only the comments
    at the top are kept: Turtle gives the others no place in the graph.

    Args:
        text: a Turtle document; relative IRIs are refused.
        name: what to call the document in a message.

    Raises:
        DataError: not UTF-8, not Turtle, or blank nodes that are not trees.
    """
    document = text if isinstance(text, str) else _decode(text, name)
    document = document.removeprefix("\ufeff")
    terms = Terms()
    blocks = Blocks(terms, nested=True)
    blocks.add(_parse(document, name))
    texts = list(blocks.texts())
    comments = _COMMENTS.match(document + "\n")
    header = comments.group() if comments else ""
    top = _top(header, terms.prologue(), more=bool(texts))
    return top + "\n".join(texts).encode()


def _gather(ntriples: Iterable[bytes], terms: Terms) -> Blocks:
    """Split lines into terms and group them by subject."""
    blocks = Blocks(terms)
    lines = iter(ntriples)
    while batch := list(islice(lines, _BATCH)):
        triples = _TRIPLES.findall(b"".join(batch).decode())
        blocks.add(triples if len(triples) == len(batch) else _one_by_one(batch))
    return blocks


def _one_by_one(batch: list[bytes]) -> Iterator[tuple[str, str, str]]:
    """Read lines that need care: escapes in IRIs, comments, mistakes."""
    for line in batch:
        text = line.decode().rstrip("\r\n")
        if triple := _TRIPLE.fullmatch(text):
            subject, predicate, value = triple.groups()
            value = value if value[0] == '"' else _plain(value)
            yield _plain(subject), _plain(predicate), value
        elif not _NOTHING.fullmatch(text):
            raise _not_a_triple(text)


def _plain(iri: str) -> str:
    """Spell an IRI without escapes, so that two spellings meet in one block."""
    return unescape(iri) if "\\" in iri else iri


def _parse(document: str, name: str) -> set[tuple[str, str, str]]:
    # The door is not oxigraph.py, which stands on the same floor.
    from pyoxigraph import RdfFormat, Triple, parse

    triples = set()
    try:
        for quad in parse(document, RdfFormat.TURTLE):
            if isinstance(quad.object, Triple):
                raise _triple_term(name)
            triples.add((str(quad.subject), str(quad.predicate), str(quad.object)))
    except SyntaxError as exc:
        raise DataError(
            fr=f"{name}, ligne {exc.lineno}, colonne {exc.offset} : ce n'est pas du "
            f"Turtle ({exc.msg}). Corrigez cette ligne.",
            en=f"{name}, line {exc.lineno}, column {exc.offset}: this is not "
            f"Turtle ({exc.msg}). Correct that line.",
        ) from exc
    return triples


def _decode(text: bytes, name: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as exc:
        line = text.count(b"\n", 0, exc.start) + 1
        raise DataError(
            fr=f"{name}, ligne {line}, octet {exc.start} : le texte n'est pas en "
            "UTF-8. Enregistrez-le en UTF-8.",
            en=f"{name}, line {line}, byte {exc.start}: the text is not UTF-8. "
            "Save it as UTF-8.",
        ) from exc


def _top(header: str, prologue: str, *, more: bool) -> bytes:
    """Write the comment and the prefixes, a blank line after each."""
    lines = [line.strip() for line in header.strip().split("\n")]
    lines = lines if any(lines) else []
    comment = "".join(
        f"{line}\n" if not line or line.startswith("#") else f"# {line}\n"
        for line in lines
    )
    parts = [part for part in (comment, prologue) if part]
    return ("\n".join(parts) + ("\n" if parts and more else "")).encode()


def _not_a_triple(line: str) -> DataError:
    shown = line.strip()[:200]
    return DataError(
        fr=f"Ce n'est pas un triplet N-Triples sans nœud anonyme : {shown}",
        en=f"This is not an N-Triples triple without blank nodes: {shown}",
    )


def _triple_term(name: str) -> DataError:
    return DataError(
        fr=f"{name} : un triplet y est l'objet d'un autre (RDF 1.2), ce que spnr ne "
        "garde pas. Décrivez-le par une ressource qui a un IRI.",
        en=f"{name}: a triple is the object of another (RDF 1.2), which spnr does not "
        "keep. Describe it with a resource that has an IRI.",
    )
