"""A region and its partners, who deliver over loopback as they should, or not.

The project of a ``Region`` is its own: its catalogue names five partners, a table and
RDF at addresses, a table and RDF in files, and an endpoint.
"""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from spnr_graph.harvest import quarantine_of
from spnr_graph.operations.export import export
from spnr_graph.operations.load import load
from spnr_graph.operations.loaded import Loaded, LoadResult
from spnr_graph.operations.loaded_text import loaded_text
from spnr_graph.operations.terms import Terms
from spnr_graph.project import open_project
from spnr_graph.read import Limits
from spnr_graph.store import open_store
from tests.faults import JSON, Answer, Exchange, Script, says

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "tests" / "fixtures" / "tables"
GRAPH = "https://w3id.org/spnr/graph/contribution/"
DAY = datetime(2026, 4, 1, 8, tzinfo=UTC)

PREFIXES = """@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix acteur: <https://w3id.org/spnr/id/acteur/> .
@prefix initiative: <https://w3id.org/spnr/id/initiative/> .
@prefix participation: <https://w3id.org/spnr/id/participation/> .
@prefix role: <https://w3id.org/spnr/voc/role/> .
@prefix type-acteur: <https://w3id.org/spnr/voc/type-acteur/> .
@prefix type-initiative: <https://w3id.org/spnr/voc/type-initiative/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
DATASET = """
<{graph}> a dcat:Dataset ;
    dcterms:identifier "{name}" ;
    dcterms:title "{name}"@fr ;
    dcterms:publisher acteur:local-{name} ;
    dcterms:license <https://spdx.org/licenses/etalab-2.0> ;
    dcat:distribution <{graph}#d> .

<{graph}#d> a dcat:Distribution ;
    {place} .
"""
CONSTRUCT = """CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"""


def actors(*slugs: str, label: str = "Association") -> bytes:
    """Return actors in Turtle, the label of each ending with its slug."""
    told = (
        f"acteur:local-{slug} a spnr:Actor ;\n"
        f'    skos:prefLabel "{label} {slug}"@fr ;\n'
        "    org:classification type-acteur:association .\n"
        for slug in slugs
    )
    return (PREFIXES + "".join(told)).encode()


class Market(Script):
    """A server that gives to each path what its partner put there."""

    offers: dict[str, Answer]

    def next(self) -> Answer:
        """Answer by the path that is asked."""
        return lambda exchange: self.offers[urlsplit(exchange.path).path](exchange)

    def offer(self, path: str, body: bytes, media_type: str, **headers: str) -> None:
        """Put a delivery at a path."""
        self.offers[path] = says(200, body, media_type, **headers)

    def question(self, path: str, turtle: bytes) -> None:
        """Put an endpoint at a path, which answers from these triples."""
        store = ox.Store()
        store.load(turtle, ox.RdfFormat.TURTLE)

        def answer(exchange: Exchange) -> None:
            rows = store.query(exchange.form["query"][0])
            exchange.say(200, rows.serialize(None, ox.QueryResultsFormat.JSON), JSON)

        self.offers[path] = answer


@contextmanager
def market() -> Iterator[Market]:
    """Run a server whose partners offer nothing yet."""
    server = Market(("127.0.0.1", 0), Exchange)
    server.seen, server.answers, server.offers = [], [], {}
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Region:
    """A project with partners, and a store on disk.

    Partners: ``lieux`` (France services places, at an address), ``cercle`` (RDF, at an
    address), ``base`` (an endpoint), ``aides`` (grants, a file), ``voisin`` (RDF, a
    file).
    """

    partners = ("aides", "base", "cercle", "lieux", "voisin")

    def __init__(self, folder: Path, server: Market) -> None:
        """Stand in a folder, whether something is there already or not."""
        self.folder, self.server = folder, server
        self.root, self.store = folder / "project", folder / "store"

    def found(self) -> None:
        """Make the project and let every partner deliver as it should."""
        for name in ("ontology", "queries", "data/politique", "data/territoires"):
            shutil.copytree(ROOT / name, self.root / name)
        self.write("queries/base.rq", CONSTRUCT)
        self.catalogue()
        self.write("data/aides.csv", (TABLES / "scdl-subventions.csv").read_bytes())
        self.write("data/voisin.ttl", actors("voisin"))
        lieux = (TABLES / "france-services.csv").read_bytes()
        self.server.offer("/lieux.csv", lieux, "text/csv")
        self.server.offer("/cercle.ttl", actors("cercle"), "text/turtle")
        self.server.question("/sparql", actors("base"))

    def catalogue(self, **places: str) -> None:
        """Write the catalogue: that of the checkout, and partners.

        Args:
            places: name of a partner → what is said of its distribution.
        """
        url = self.server.url
        table = "dcterms:conformsTo <https://w3id.org/spnr/table/"
        aides = "dcat:downloadURL <file:data/aides.csv>"
        usual = {
            "lieux": f"dcat:downloadURL <{url}/lieux.csv> ; {table}france-services>",
            "cercle": f"dcat:downloadURL <{url}/cercle.ttl>",
            "base": f"dcat:accessURL <{url}/sparql> ;\n"
            "    spnr:construct <file:queries/base.rq>",
            "aides": f"{aides} ; {table}scdl-subventions>",
            "voisin": "dcat:downloadURL <file:data/voisin.ttl>",
        }
        text = (ROOT / "data" / "catalogue.ttl").read_text(encoding="utf-8")
        told = (
            DATASET.format(graph=f"{GRAPH}{name}/{name}", name=name, place=place)
            for name, place in {**usual, **places}.items()
        )
        self.write("data/catalogue.ttl", PREFIXES + text + "".join(told))

    def write(self, name: str, content: bytes | str) -> Path:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def load(
        self,
        *sources: str,
        now: datetime = DAY,
        seconds: float = 20.0,
        dry_run: bool = False,
        force: bool = False,
    ) -> LoadResult:
        """Load sources, the partners by default."""
        with open_store(str(self.store), read_only=dry_run) as store:
            return load(
                store,
                sources or self.partners,
                now=now,
                project=open_project(self.root),
                terms=Terms(limits=Limits(seconds=seconds)),
                quarantine=quarantine_of(str(self.store)),
                dry_run=dry_run,
                force=force,
            )

    def held(self, form: str = "trig", dataset: str | None = None) -> bytes:
        """Return the bytes of an export."""
        output = io.BytesIO()
        with open_store(str(self.store), read_only=True) as store:
            project = open_project(self.root)
            export(store, output, format_name=form, dataset=dataset, project=project)
        return output.getvalue()


def of(result: LoadResult, name: str) -> Loaded:
    """Return what became of one contribution."""
    return next(each for each in result.contributions if each.name == name)


def states(result: LoadResult) -> dict[str, str]:
    """Return name of a contribution → what became of it."""
    return {each.name: each.state for each in result.contributions}


def told(result: LoadResult, lang: str) -> str:
    """Return what a person is told."""
    return loaded_text(result, lang=lang)
