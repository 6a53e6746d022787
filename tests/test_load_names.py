"""Contributions that share a name are never taken for one another."""

from datetime import UTC, datetime

import pytest

from spnr_graph.operations.info import info
from spnr_graph.operations.inventory import info_text
from spnr_graph.operations.load import load
from spnr_graph.operations.terms import Terms
from spnr_graph.operations.validate import validate
from spnr_graph.project import open_project
from spnr_graph.store import open_store
from tests.tables_project import project

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PREFIXES = """@prefix spnr: <https://w3id.org/spnr/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
"""
TYPE = "<https://w3id.org/spnr/voc/type-acteur/association>"


def good(name):
    """Return an actor that the shapes accept."""
    iri = f"<https://w3id.org/spnr/id/acteur/local-essai-{name}>"
    return (
        f'{iri} a spnr:Actor ; skos:prefLabel "{name}"@fr ; org:classification {TYPE} .'
    )


def bad(name):
    """Return an actor without a name."""
    iri = f"<https://w3id.org/spnr/id/acteur/local-essai-{name}>"
    return f"{iri} a spnr:Actor ; org:classification {TYPE} ."


def graph(partner):
    return f"https://w3id.org/spnr/graph/contribution/{partner}/jeu"


def load_all(*sources):
    """Load into a store of its own; return what became of each graph."""
    with open_store("memory:") as store:
        result = load(store, list(map(str, sources)), now=NOW)
    return {c.graph: (c.name, c.state) for c in result.contributions if c.triples < 9}


@pytest.fixture
def two_partners(tmp_path):
    path = tmp_path / "envoi.trig"
    first, second = (f"<{graph(p)}> {{ {a} }}\n" for p, a in (
        ("p1", bad("a")), ("p2", good("b")),
    ))  # fmt: skip
    path.write_text(PREFIXES + first + second, encoding="utf-8")
    return path


def test_a_bad_contribution_refuses_no_other_of_its_name(two_partners):
    states = load_all(two_partners)

    assert states == {
        graph("p1"): ("p1/jeu", "refused"),
        graph("p2"): ("p2/jeu", "loaded"),
    }


def test_what_the_catalogue_says_does_not_depend_on_who_came_along(
    two_partners, tmp_path
):
    alone = tmp_path / "seul.trig"
    alone.write_text(f"{PREFIXES}<{graph('p2')}> {{ {good('b')} }}", encoding="utf-8")
    named = []
    for path in (two_partners, alone):
        with open_store("memory:") as store:
            load(store, [str(path)], now=NOW)
            lines = b"".join(store.dump(next(
                g for g in store.graphs() if str(g).endswith("catalogue")
            )))  # fmt: skip
            named.append([
                line for line in sorted(lines.splitlines())
                if line.startswith(f"<{graph('p2')}>".encode())
            ])  # fmt: skip

    assert named[0] == named[1]
    assert named[0]


def test_a_file_named_like_a_dataset_of_the_catalogue_stays_apart(tmp_path):
    path = tmp_path / "recensement.ttl"
    path.write_text(PREFIXES + bad("c"), encoding="utf-8")

    with open_store("memory:") as store:
        result = load(store, ["recensement", str(path)], now=NOW)

    states = {c.name: c.state for c in result.contributions}
    assert states["recensement/numerique-bfc"] == "loaded"
    assert states["local/recensement"] == "refused"


def test_two_files_of_one_name_are_both_checked(tmp_path):
    paths = []
    for folder, text in (("a", bad("a")), ("b", good("b"))):
        path = tmp_path / folder / "jeu.ttl"
        path.parent.mkdir()
        path.write_text(PREFIXES + text, encoding="utf-8")
        paths.append(str(path))

    report = validate(None, paths, project=open_project(), terms=Terms())

    assert not report.conforms
    assert {f.source for f in report.findings} == set(paths)


def test_a_dataset_that_left_the_catalogue_is_told_not_lost(tmp_path):
    root = project(tmp_path / "project")
    catalogue = root / "data" / "catalogue.ttl"
    whole = catalogue.read_text(encoding="utf-8")
    dataset = f"""<{graph("p1")}> a dcat:Dataset ;
    dcterms:identifier "salles" ;
    dcterms:publisher <https://w3id.org/spnr/id/acteur/equipe> ;
    dcterms:license <https://spdx.org/licenses/etalab-2.0> ;
    dcat:distribution <urn:spnr:s> .
<urn:spnr:s> dcat:downloadURL <file:data/jeu.ttl> .
"""
    (root / "data" / "jeu.ttl").write_text(PREFIXES + good("d"), encoding="utf-8")
    catalogue.write_text(whole + dataset, encoding="utf-8")
    with open_store("memory:") as store:
        load(store, now=NOW, project=open_project(root))
        here = info(store, project=open_project(root))
        catalogue.write_text(whole, encoding="utf-8")
        load(store, now=NOW, project=open_project(root))
        gone = info(store, project=open_project(root))

    assert (here.gone, here.healthy) == ((), True)
    assert (gone.gone, gone.healthy) == (("salles",), False)
    assert gone.triples == here.triples
    told = info_text(gone, lang="fr", today=NOW.date())
    assert "salles : n'est plus au catalogue, et ce qu'il disait est encore là." in told
    assert "no longer in the catalogue" in info_text(gone, lang="en", today=NOW.date())
