"""Writing a generated graph as the content of a project, in bounded memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO, TypeAlias

from spnr_graph.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from contextlib import ExitStack

    from benchmarks.blocks import Block, Term

Write: TypeAlias = Callable[["Block"], None]

SYNTAXES: Final = ("ntriples", "turtle", "nquads")
_SUFFIX: Final = {"ntriples": ".nt", "turtle": ".ttl", "nquads": ".nq"}
_CHECKOUT: Final = Path(__file__).parents[1]
#: The project's own contribution that every generated graph refers to.
_ONTOLOGY: Final = ("ontology/spnr.ttl", "ontology/voc/*.ttl")
_PUBLISHER: Final = "acteur:siren-000012345"

_GRAPHS: Final = {
    "ontologie": "reference/ontologie",
    "territoires": "reference/territoires",
    "identite": "identite",
    "recensement": "contribution/recensement/essai",
    "financements": "contribution/financements/essai",
    "couverture": "contribution/regulateur/couverture",
}


@dataclass(frozen=True)
class Content:
    """The folder of a generated project."""

    root: Path

    @property
    def data(self) -> Path:
        """Where the files of triples are."""
        return self.root / "data" / "essai"

    def finish(self, syntax: str, datasets: Iterable[str]) -> None:
        """Write the catalogue and link to the ontology and the questions."""
        for name in ("ontology", "queries"):
            link = self.root / name
            if not link.exists():
                link.symlink_to(os.path.relpath(_CHECKOUT / name, self.root))
        catalogue = _catalogue(self.root, syntax, [*datasets, "ontologie"])
        (self.root / "data" / "catalogue.ttl").write_text(catalogue, encoding="utf-8")


def graph(dataset: str) -> str:
    """Return the IRI of the named graph of a dataset."""
    return BASE + "graph/" + _GRAPHS[dataset]


def inputs(root: Path) -> list[tuple[Path, str]]:
    """Return the files of a generated project with the graph that each goes to."""
    vocabulary = [path for glob in _ONTOLOGY for path in sorted(root.glob(glob))]
    found = [(path, graph("ontologie")) for path in vocabulary]
    own = sorted((root / "data" / "essai").iterdir())
    return found + [(path, graph(path.stem)) for path in own]


def writer(content: Content, syntax: str, stack: ExitStack) -> Write:
    """Return the function that writes each block where it belongs.

    Args:
        content: its folder of data is emptied first.
        syntax: one of ``SYNTAXES``.
        stack: closes the files.
    """
    shutil.rmtree(content.data, ignore_errors=True)
    content.data.mkdir(parents=True)
    opened: dict[str, TextIO] = {}

    def stream(name: str) -> TextIO:
        if name not in opened:
            path = content.data / (name + _SUFFIX[syntax])
            opened[name] = stack.enter_context(path.open("w", encoding="utf-8"))
            if syntax == "turtle":
                opened[name].write(_prologue())
        return opened[name]

    def write(block: Block) -> None:
        if syntax == "turtle":
            stream(block.dataset).write(_turtle(block))
        elif syntax == "ntriples":
            stream(block.dataset).write(_lines(block, ""))
        else:
            stream("essai").write(_lines(block, f"<{graph(block.dataset)}> "))

    return write


def _prologue() -> str:
    return "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items()) + "\n"


def _turtle(block: Block) -> str:
    body = " ;\n    ".join(f"{verb} {value}" for verb, value in block.pairs)
    return f"{block.subject} {body} .\n\n"


def _lines(block: Block, name: str) -> str:
    subject = _full(block.subject)
    return "".join(
        f"{subject} {_verb(verb)} {_full(value)} {name}.\n"
        for verb, value in block.pairs
    )


@lru_cache(maxsize=256)
def _verb(verb: str) -> str:
    return _full("rdf:type" if verb == "a" else verb)


def _full(term: Term) -> str:
    """Write a term of a block as N-Triples does."""
    if term[0] == "<":
        return term
    if term[0] == '"':
        body, mark, datatype = term.rpartition("^^")
        return f"{body}^^{_verb(datatype)}" if mark and body[-1] == '"' else term
    prefix, _, local = term.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _catalogue(root: Path, syntax: str, datasets: list[str]) -> str:
    """Describe the datasets as ``data/catalogue.ttl`` does."""
    names = ("acteur", "dcat", "dcterms", "xsd")
    lines = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in names]
    for name in sorted(datasets):
        own = [f"data/essai/{name}{_SUFFIX[syntax]}"]
        if name == "ontologie":
            found = (path for glob in _ONTOLOGY for path in root.glob(glob))
            own = sorted(path.relative_to(root).as_posix() for path in found)
        parts = [f"<{graph(name)}/fichier-{number}>" for number in range(len(own))]
        lines += [
            "",
            f"<{graph(name)}> a dcat:Dataset ;",
            f'    dcterms:identifier "{name}" ;',
            f'    dcterms:title "Essai : {name}"@fr , "Trial: {name}"@en ;',
            '    dcterms:modified "2026-11-23"^^xsd:date ;',
            '    dcat:keyword "essai"@fr ;',
            f"    dcterms:publisher {_PUBLISHER} ;",
            "    dcterms:license <https://spdx.org/licenses/etalab-2.0> ;",
            f"    dcat:distribution {' , '.join(parts)} .",
        ]
        lines += [
            f"{part} a dcat:Distribution ; dcat:downloadURL <file:{path}> ."
            for part, path in zip(parts, own, strict=True)
        ]
    return "\n".join(lines) + "\n"
