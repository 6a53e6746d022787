"""A contribution that adds to things typed elsewhere is checked for what it adds."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.term import URIRef

from spnr_graph.check import ENGINES, Engine
from spnr_graph.check.lent import classes_lent
from spnr_graph.operations.validate import validate
from spnr_graph.store import Store, open_store

XSD = "http://www.w3.org/2001/XMLSchema#"
HEAD = """@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix acteur: <https://w3id.org/spnr/id/acteur/> .
@prefix initiative: <https://w3id.org/spnr/id/initiative/> .
@prefix participation: <https://w3id.org/spnr/id/participation/> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix etat-montant: <https://w3id.org/spnr/voc/etat-montant/> .
@prefix role: <https://w3id.org/spnr/voc/role/> .
@prefix axe: <https://w3id.org/spnr/voc/axe/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ELSEWHERE = """acteur:siren-239900011 a spnr:Actor ; spnr:siren "239900011" ;
  skos:prefLabel "Région Exemple"@fr .
initiative:essai a spnr:Initiative ; skos:prefLabel "Essai"@fr ;
  spnr:servesAxis axe:inclusion-numerique ; schema:startDate "2020-01-01"^^xsd:date .
participation:essai a spnr:Participation ; spnr:initiative initiative:essai ;
  cv:hasParticipant acteur:siren-239900011 ; cv:role role:financeur ;
  spnr:amountEUR 1000.0 .
"""


@pytest.fixture
def store() -> Store:
    """A store in which another source types an actor and an initiative."""
    opened = open_store("memory:")
    lines = ox.serialize(
        ox.parse(HEAD + ELSEWHERE, ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES
    )
    graph = URIRef("https://w3id.org/spnr/graph/contribution/autre/base")
    opened.replace(graph, io.BytesIO(lines or b""))
    return opened


def findings(
    store: Store | None, folder: Path, text: str, engine: Engine = "compiled"
) -> list[tuple[str, str]]:
    """Return (shape, value) of what a contribution alone is told."""
    path = folder / "ajout.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    report = validate(store, [str(path)], engine=engine)
    return [(f.shape.rpartition("#")[2], f.value) for f in report.findings]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "acteur:siren-239900011 org:classification <https://example.org/x> .",
            [("actorTypeInScheme", "<https://example.org/x>")],
            id="a value out of its scheme",
        ),
        pytest.param(
            'acteur:siren-239900011 spnr:rna "13" .',
            [("actorRna", '"13"')],
            id="a malformed number",
        ),
        pytest.param(
            'acteur:siren-239900011 skos:prefLabel "Un"@fr , "Deux"@fr .',
            [("oneLabelPerLanguage", "")],
            id="two names of its own",
        ),
        pytest.param(
            'acteur:siren-239900011 skos:prefLabel "Exemple (région)"@fr .',
            [],
            id="one name, whatever others say",
        ),
        pytest.param(
            'initiative:essai schema:endDate "2019-01-01"^^xsd:date .',
            [],
            id="a date that only contradicts another source",
        ),
        pytest.param(
            'initiative:essai schema:startDate "2021-01-01"^^xsd:date ; '
            'schema:endDate "2019-01-01"^^xsd:date .',
            [("startBeforeEnd", f'"2021-01-01"^^<{XSD}date>')],
            id="dates of its own in the wrong order",
        ),
        pytest.param(
            "initiative:essai spnr:servesAxis acteur:siren-239900011 .",
            [("axisIsAxis", "<https://w3id.org/spnr/id/acteur/siren-239900011>")],
            id="a value of the wrong class, itself typed elsewhere",
        ),
        pytest.param(
            "participation:essai spnr:amountEUR 1000.0 .",
            [("hasAmountStatus", "")],
            id="an amount of its own without its status",
        ),
        pytest.param(
            "participation:essai spnr:amountStatus etat-montant:verse .",
            [],
            id="a status whose amount another source states",
        ),
    ],
)  # fmt: skip
def test_only_what_the_contribution_states_counts(
    store: Store, tmp_path: Path, text: str, expected: list[object], engine: Engine
) -> None:
    assert findings(store, tmp_path, text, engine) == expected


def test_without_the_other_source_nobody_knows_the_class(tmp_path: Path) -> None:
    text = 'acteur:siren-239900011 spnr:rna "13" .'

    assert findings(None, tmp_path, text) == []


def test_a_thing_typed_here_is_held_to_everything(store: Store, tmp_path: Path) -> None:
    text = 'acteur:siren-239900011 a spnr:Actor ; spnr:siren "239900011" .'

    shapes = {shape for shape, _ in findings(store, tmp_path, text)}

    assert "frenchLabel" in shapes


def test_the_other_contribution_of_the_same_loading_tells_the_class(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "base.ttl", tmp_path / "ajout.ttl"
    first.write_text(HEAD + ELSEWHERE, encoding="utf-8")
    second.write_text(HEAD + 'acteur:siren-239900011 spnr:rna "13" .', encoding="utf-8")

    report = validate(None, [str(first), str(second)])

    assert [f.shape for f in report.findings if f.source == "ajout"] == [
        "https://w3id.org/spnr/shapes#actorRna"
    ]


def test_lent_classes_are_taken_back() -> None:
    staged = ox.Store()
    staged.load(
        b'<urn:a> <urn:p> "1" <urn:g> .\n'
        b"<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C> <urn:h> .",
        ox.RdfFormat.N_QUADS,
    )
    before = set(staged)

    with classes_lent(staged, "urn:g") as lent:
        during = set(staged)

    assert lent == {"urn:a"}
    assert len(during - before) == 1
    assert set(staged) == before
