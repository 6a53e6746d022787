"""Who says so: a thing or a statement, its sources, its rules, its decisions."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.term import Literal, URIRef

from spnr_graph import sparql
from spnr_graph.derive.premises import rule_titles, why
from spnr_graph.errors import QueryError
from spnr_graph.namespaces import INFERENCE_GRAPH, PREFIXES, expand, shorten
from spnr_graph.operations.explain import explain
from spnr_graph.project import open_project
from spnr_graph.render.explanation import RENDERERS
from spnr_graph.store import Store, open_store
from tests.commands import run

RULES = open_project().rules()
REGION = "acteur:siren-239900011"


def triples(store: Store) -> list[tuple[URIRef, URIRef, URIRef]]:
    """Return every derived triple."""
    query = sparql.parse(
        f"SELECT ?s ?p ?o {{ GRAPH <{INFERENCE_GRAPH}> {{ ?s ?p ?o }} }}"
    )
    return [tuple(row) for row in store.select(query)]  # type: ignore[misc]


def iri(name: str) -> URIRef:
    return URIRef(expand(name) or name)


def of(store: Store, *lines: str, graph: str = "urn:g") -> None:
    text = "".join(f"{line} .\n" for line in lines)
    store.replace(URIRef(graph), io.BytesIO(text.encode()))


# --- why a derived statement holds --------------------------------------------------


def test_every_derived_statement_rests_on_statements_of_the_store(small: Store) -> None:
    query = sparql.parse("SELECT ?s ?p ?o { ?s ?p ?o }")
    held = {tuple(row) for row in small.select(query)}

    for triple in triples(small):
        steps = why(small, RULES, triple)

        assert steps, triple
        for step in steps:
            assert set(step.premises) <= held
            assert triple not in step.premises


def test_what_no_rule_derives_has_no_reason(small: Store) -> None:
    stated = (iri(REGION), iri("skos:prefLabel"), Literal("Région Exemple", lang="fr"))
    false = (iri(REGION), iri("spnr:funds"), iri(REGION))

    assert why(small, RULES, stated) == []
    assert why(small, RULES, false) == []


def test_subqueries_with_the_same_inner_names_do_not_mix() -> None:
    rule = """#+ title.fr: Essai
    CONSTRUCT { ?a <urn:near> ?b } WHERE {
      { SELECT DISTINCT ?a ?place WHERE { ?x <urn:of> ?a ; <urn:in> ?place } }
      { SELECT ?b ?place { ?x <urn:for> ?b ; <urn:at> ?place } }
      FILTER NOT EXISTS { ?a <urn:far> ?b }
    }"""
    facts = (
        "<urn:1> <urn:of> <urn:a>",
        "<urn:1> <urn:in> <urn:p>",
        "<urn:2> <urn:for> <urn:b>",
        "<urn:2> <urn:at> <urn:p>",
    )
    with open_store("memory:") as store:
        of(store, *facts)
        (step,) = why(
            store, [("E", rule)], (iri("urn:a"), iri("urn:near"), iri("urn:b"))
        )

    assert [" ".join(term.n3() for term in p) for p in step.premises] == sorted(facts)
    assert (step.rule, step.titles) == ("E", {"fr": "Essai"})


def test_one_term_cannot_stand_for_two() -> None:
    rule = "CONSTRUCT { ?a <urn:same> ?a } WHERE { ?a <urn:p> ?b }"
    with open_store("memory:") as store:
        of(store, "<urn:a> <urn:p> <urn:b>")

        assert (
            why(store, [("E", rule)], (iri("urn:a"), iri("urn:same"), iri("urn:b")))
            == []
        )


def test_the_short_form_of_construct_derives_nothing_new() -> None:
    with open_store("memory:") as store:
        of(store, "<urn:a> <urn:p> <urn:b>")
        triple = (iri("urn:a"), iri("urn:p"), iri("urn:b"))

        assert why(store, [("E", "CONSTRUCT WHERE { ?a <urn:p> ?b }")], triple) == []


@pytest.mark.parametrize(("name", "text"), RULES, ids=lambda x: x if len(x) < 4 else "")
def test_every_rule_has_a_title_in_both_languages(name: str, text: str) -> None:
    assert set(rule_titles(text)) == {"fr", "en"}


# --- a thing --------------------------------------------------------------------------


def test_statements_stand_with_the_source_that_makes_them(small: Store) -> None:
    found = explain(small, "conseillers-amont")

    budgets = {
        account.graph.split("/")[-2]: (each.values, each.shown)
        for account in found.accounts
        for each in account.statements
        if shorten(each.about) == "spnr:budgetEUR"
    }
    assert {name: (str(v[0]), shown) for name, (v, shown) in budgets.items()} == {
        "recensement": ("120000", True),
        "enquete": ("150000", False),
    }
    assert [shorten(each.about) for each in found.disputes] == [
        "spnr:budgetEUR", "spnr:amountEUR"
    ]  # fmt: skip


def test_a_chain_of_rules_is_followed_to_stated_participations(small: Store) -> None:
    found = explain(small, REGION, "participe à", most=100)

    chains = {each.rules for each in found.derived}
    assert ("R3", "R2") in chains
    for each in found.derived:
        assert each.grounds
        for ground in each.grounds:
            assert shorten(ground.iri).startswith("participation:")
            assert URIRef(INFERENCE_GRAPH) not in ground.graphs


def test_an_old_iri_leads_to_the_actor_and_tells_the_decision(small: Store) -> None:
    found = explain(small, "acteur:local-recensement-ancien")

    assert shorten(found.thing) == "acteur:siren-200000041"
    assert [shorten(old) for old in found.former] == ["acteur:local-recensement-ancien"]


def test_a_decision_is_told_with_its_evidence() -> None:
    spnr, dcterms = PREFIXES["spnr"], PREFIXES["dcterms"]
    a, b = iri("acteur:a"), iri("acteur:b")
    with open_store("memory:") as store:
        of(
            store,
            f"<urn:d> <{spnr}keeps> <{a}>",
            f"<urn:d> <{spnr}discards> <{b}>",
            f'<urn:d> <{dcterms}date> "2026-02-01"',
            f'<urn:d> <{dcterms}description> "Même syndicat."@fr',
            f'<urn:d> <{PREFIXES["dc"]}creator> "coordination"',
            f'<urn:d> <{PREFIXES["skos"]}note> "même SIREN"@fr',
            f'<urn:d> <{PREFIXES["skos"]}note> "même site"@fr',
            f'<{a}> <{PREFIXES["skos"]}prefLabel> "Alpha"@fr',
            f"<{b}> <{dcterms}isReplacedBy> <{a}>",
            graph="https://w3id.org/spnr/graph/identite",
        )
        found = explain(store, "acteur:a")

    (decision,) = found.decisions
    assert (decision.kept, decision.discarded, decision.by) == (a, b, "coordination")
    assert decision.evidence == ("même SIREN", "même site")
    text = RENDERERS["text"](found, lang="fr")
    assert (
        "01/02/2026 · coordination : garde Alpha (acteur:a) au lieu de acteur:b" in text
    )
    assert "même site" in text


def test_a_thing_that_is_only_mentioned_is_told_of_and_bounded() -> None:
    with open_store("memory:") as store:
        of(store, *(f"<urn:s{n:04}> <urn:p> <urn:only>" for n in range(1, 31)))
        found = explain(store, "urn:only", most=10)

    text = RENDERERS["text"](found, lang="fr")
    assert "cité comme valeur par urn:p (30)" in text
    assert "… et 20 autres" in text
    assert len(found.accounts[0].mentions[0].values) == 10


def test_an_unknown_name_gives_the_nearest(small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        explain(small, "Région Exampel")

    assert "Région Exemple" in caught.value.fr


# --- a statement ----------------------------------------------------------------------


@pytest.mark.parametrize("about", ["finance", "spnr:funds", "funds"])
def test_a_property_is_found_by_name_or_iri(small: Store, about: str) -> None:
    assert explain(small, REGION, about).about == iri("spnr:funds")


def test_a_statement_is_told_with_its_source(small: Store) -> None:
    found = explain(small, REGION, "finance", "conseillers-amont")

    (derived,) = found.derived
    assert derived.rules == ("R2",)
    assert {g for ground in derived.grounds for g in ground.graphs} <= {
        account.graph for account in found.accounts
    }
    assert found.known


def test_what_nobody_says_is_not_known(small: Store) -> None:
    found = explain(small, REGION, "finance", REGION)

    assert not found.known
    assert "Personne ne le dit" in RENDERERS["text"](found, lang="fr")
    assert "Nobody says so" in RENDERERS["text"](found, lang="en")


def test_an_unknown_property_lists_those_in_use(small: Store) -> None:
    with pytest.raises(QueryError) as caught:
        explain(small, REGION, "couleur préférée")

    assert "spnr:funds" in caught.value.fr
    assert "Choose among" in caught.value.en


def test_a_literal_is_a_value_too(small: Store) -> None:
    assert explain(small, REGION, "spnr:siren", "239900011").known


# --- formats --------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", [REGION, "conseillers-amont", "role:financeur"])
def test_text_fits_a_terminal(small: Store, name: str, lang: str) -> None:
    text = RENDERERS["text"](explain(small, name, lang=lang), lang=lang)

    heads, *body = text.splitlines()
    assert shorten(explain(small, name).thing) in heads
    assert max(len(line) for line in body) <= 100
    assert all(line == line.rstrip() for line in body)


def test_the_same_store_gives_the_same_bytes(small: Store) -> None:
    for render in RENDERERS.values():
        told = [render(explain(small, REGION), lang="fr") for _ in range(2)]

        assert told[0] == told[1]


def test_json_holds_everything_with_full_iris(small: Store) -> None:
    found = json.loads(RENDERERS["json"](explain(small, REGION), lang="fr"))

    assert found["thing"] == str(iri(REGION))
    assert found["names"][str(iri(REGION))] == "Région Exemple"
    assert found["derived"][0]["rules"]


def test_markdown_has_a_heading_per_part_and_source(small: Store) -> None:
    text = RENDERERS["markdown"](explain(small, REGION), lang="fr")

    assert text.startswith("# Région Exemple")
    assert "## Ce que disent les sources" in text
    assert "### Recensement" in text


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(min_codepoint=1, exclude_categories=("Cs",)), min_size=1))
def test_no_data_commands_the_terminal(name: str) -> None:
    with open_store("memory:") as store:
        value = json.dumps(name, ensure_ascii=False)
        of(store, f"<urn:a> <{PREFIXES['skos']}prefLabel> {value}@fr")
        text = RENDERERS["text"](explain(store, "urn:a"), lang="fr")

    assert all(c == "\n" or c.isprintable() or not c.isascii() for c in text)


# --- the command ----------------------------------------------------------------------


def test_the_command_explains(catalogue_store: str) -> None:
    told = run("--store", catalogue_store, "explain", "arnia", "porte", "csirt-bfc")

    assert told.exit_code == 0
    assert "R2 · Le rôle ouvre un lien direct de l'acteur à l'initiative" in told.output
    assert "← porteur · CSIRT Bourgogne-Franche-Comté [recensement]" in told.output
    assert "Licence Ouverte 2.0" in told.output


def test_the_command_says_no_with_exit_code_one(catalogue_store: str) -> None:
    told = run("--store", catalogue_store, "explain", "arnia", "finance", "csirt-bfc")

    assert told.exit_code == 1
    assert "Personne ne le dit, et aucune règle ne le déduit." in told.output


def test_the_command_writes_the_format_of_the_suffix(
    catalogue_store: str, tmp_path
) -> None:
    path = tmp_path / "arnia.json"

    run("--store", catalogue_store, "explain", "arnia", "-o", str(path))

    assert json.loads(path.read_text(encoding="utf-8"))["accounts"][0]["name"]
