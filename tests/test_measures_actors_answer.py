"""What ``spnr network actors`` and ``summary`` answer, and how they say it."""

from decimal import Decimal

import pytest

from spnr_graph.errors import QueryError
from spnr_graph.operations.network.actors import COLUMNS, SORTS, actors
from spnr_graph.operations.network.brokers import Broker, why
from spnr_graph.operations.network.departments import Departments
from spnr_graph.operations.network.pulled import Pulled, pull_network
from spnr_graph.operations.network.summary import summary
from spnr_graph.projection import Filters, Names, pull
from spnr_graph.projection.attributes import Attributes
from spnr_graph.render.numbers import percent, rounded
from tests.collaborations import TURTLE, iri, loaded, told


@pytest.fixture(scope="module", params=["fr", "en"])
def pulled(request):
    with loaded(TURTLE) as store:
        yield pull_network(store, lang=request.param)


@pytest.fixture(scope="module")
def french():
    with loaded(TURTLE) as store:
        yield pull_network(store)


def alone(*pairs, lang="fr"):
    """Return what is pulled from (actor, initiative) pairs."""
    return Pulled(rows=pull(told(pairs)), names=Names(), lang=lang)


def cells(answer, *columns):
    """Return some columns of an answer as Python values."""
    places = [answer.table.columns.index(name) for name in columns]
    return [
        tuple(row[k].toPython() if row[k] is not None else None for k in places)
        for row in answer.table.rows
    ]


def test_actors_come_by_betweenness_with_a_sentence_why(pulled):
    found = actors(pulled, chosen=Filters())

    first = cells(found, "acteur_libelle", "intermediarite", "pourquoi")[0]
    gap = "\N{NO-BREAK SPACE}"
    said = {
        "fr": "Relie 4 partenaires d'une même communauté, dans 2 départements et sur 2 "
        f"axes ; 35{gap}% des plus courts chemins entre les autres passent par lui ; "
        "sans lui, 1 acteur serait coupé du reste.",
        "en": "Links 4 partners of one community, in 2 départements and on 2 axes; 35% "
        "of the shortest paths between the others pass by it; without it, 1 actor "
        "would be cut off from the rest.",
    }
    # of the 10 pairs of others: Dan with 3, half of Cyd with Ève
    assert first == ("Commune d'Ada", Decimal("0.3500"), said[pulled.lang])


def test_the_figures_of_actors_are_those_of_the_small_network(french):
    found = actors(french, chosen=Filters())

    assert cells(found, "acteur_libelle", "liens", "force", "axes", "departements") == [
        ("Commune d'Ada", 4, Decimal("5.000"), 2, 2),
        ("Béa et compagnie", 3, Decimal("4.000"), 2, 2),
        ("Cyd", 2, Decimal("2.000"), 1, 1),
        ("Dan", 1, Decimal("1.000"), 2, 1),
        ("Ève", 2, Decimal("2.000"), 2, 1),
        ("Gus", 0, Decimal("0.000"), 0, 0),
    ]
    assert found.notes["fr"] == ("1 acteur n'a aucun partenaire dans ce réseau.",)
    assert found.notes["en"] == ("1 actor has no partner in this network.",)


def test_why_names_the_only_partner_and_who_would_be_cut_off(french):
    said = dict(cells(actors(french, chosen=Filters()), "acteur_libelle", "pourquoi"))

    assert (
        said["Dan"] == "Ne tient au réseau que par un seul partenaire : Commune d'Ada."
    )
    assert said["Gus"] == "Sans partenaire dans ce réseau."
    assert said["Cyd"] == "Ses 2 partenaires travaillent déjà ensemble."
    assert said["Commune d'Ada"].endswith("sans lui, 1 acteur serait coupé du reste.")


def test_top_keeps_the_first_and_sort_chooses_them(french):
    chosen = Filters()

    by_constraint = actors(french, chosen=chosen, sort="contrainte", top=2)
    assert len(by_constraint.table.rows) == 2
    first, second = (row[0] for row in cells(by_constraint, "contrainte"))
    assert first <= second
    last = cells(actors(french, chosen=chosen, sort="contrainte"), "contrainte")[-1]
    assert last == (None,)


def test_equal_actors_come_in_the_order_of_their_iris():
    ring = alone(*[(a, i) for i, ab in enumerate(("ab", "bc", "ca")) for a in ab])
    found = cells(actors(ring, chosen=Filters(), sort="pagerank"), "acteur")

    assert found == sorted(found)


@pytest.mark.parametrize("sort", SORTS)
def test_actors_can_be_sorted_by_every_number(french, sort):
    found = cells(actors(french, chosen=Filters(), sort=sort), sort)

    known = [value for (value,) in found if value is not None]
    assert known == sorted(known, reverse=sort != "contrainte")


def test_an_unknown_sort_is_refused_with_the_choices(french):
    with pytest.raises(QueryError) as refused:
        actors(french, chosen=Filters(), sort="beauté")

    assert "« beauté »" in refused.value.fr
    assert "intermediarite" in refused.value.en


def test_columns_have_titles_in_both_languages():
    assert [c.name for c in COLUMNS if not (c.fr and c.en)] == []
    assert COLUMNS[-1].name == "pourquoi"


@pytest.mark.parametrize("operation", [actors, summary])
def test_a_filter_that_matches_nothing_says_so(french, operation):
    found = operation(french, chosen=Filters(axis=("nowhere",)))

    assert found.table.rows == ()
    assert found.notes["fr"] == (
        "Aucune participation ne correspond : élargir les filtres, ou charger les "
        "données (spnr load).",
    )
    assert found.notes["en"] == (
        "No participation matches: widen the filters, or load the data (spnr load).",
    )


def test_one_actor_has_figures_without_tracebacks():
    one = alone(("a", "p"))

    assert cells(actors(one, chosen=Filters()), "liens", "contrainte", "pourquoi") == [
        (0, None, "Sans partenaire dans ce réseau.")
    ]
    found = dict(cells(summary(one, chosen=Filters()), "mesure", "valeur"))
    assert (found["acteurs"], found["collaborations"], found["isoles"]) == (1, 0, 1)
    assert (found["densite"], found["petit_monde"], found["diametre"]) == (None,) * 3


def test_summary_reads_each_figure(french):
    found = summary(french, chosen=Filters(), draws=20)

    said = dict(cells(found, "mesure", "lecture"))
    assert said["acteurs"] == "6 acteurs dans 3 initiatives."
    assert said["isoles"] == "1 acteur n'a aucun partenaire."
    assert said["composantes"] == "Aucun groupe n'est à l'écart des autres."
    assert said["centralisation"] == (
        "Le plus lié, Commune d'Ada, a 4 partenaires sur 5 possibles."
    )
    assert said["part_principale"] == (
        "Le plus grand groupe réunit 5 acteurs, soit 83\N{NO-BREAK SPACE}% du réseau."
    )
    assert said["diametre"].endswith("sont à 2 pas.")
    assert "20 réseaux tirés" in found.notes["fr"][0]


def test_summary_says_the_same_in_english(pulled):
    found = summary(pulled, chosen=Filters(), draws=3)

    names = [name for (name,) in cells(found, "mesure")]
    assert len(names) == len(set(names)) == 18
    for name, text in cells(found, "mesure", "lecture"):
        assert text.endswith("."), name
        assert "{" not in text, name
        assert (" ;" in text) <= (pulled.lang == "fr"), name


def test_summary_without_draws_compares_with_nothing(french):
    found = summary(french, chosen=Filters(), draws=0)

    assert {value for (value,) in cells(found, "hasard")} == {None}
    assert found.notes["fr"] == ()
    values = dict(cells(found, "mesure", "valeur"))
    assert values["petit_monde"] is None


def test_summary_is_the_same_twice(french):
    first, again = (summary(french, chosen=Filters(), draws=10) for _ in range(2))

    assert first.table.rows == again.table.rows


def test_groups_and_everybody_linked_are_said():
    two = alone(*[(a, i) for i, pair in enumerate(("ab", "cd")) for a in pair])
    english = alone(("a", "p"), ("b", "p"), ("c", "q"), ("d", "q"), lang="en")

    said = dict(cells(summary(two, chosen=Filters(), draws=2), "mesure", "lecture"))
    assert said["composantes"] == "2 groupes sans lien entre eux."
    assert said["isoles"] == "Chaque acteur a un partenaire au moins."
    said = dict(cells(summary(english, chosen=Filters(), draws=2), "mesure", "lecture"))
    assert said["composantes"] == "2 groups that nothing links."
    assert said["isoles"] == "Every actor has at least one partner."


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_sample_is_said_in_the_notes(lang):
    chain = alone(
        *[(f"a{k + e:02}", f"i{k:02}") for k in range(30) for e in (0, 1)], lang=lang
    )
    found = actors(chain, chosen=Filters(), top=1, pivots=10)
    read = summary(chain, chosen=Filters(), draws=0, pivots=10)

    assert "estimées à partir de 10 acteurs sur 31" in found.notes["fr"][-1]
    assert "0," in found.notes["fr"][-1]
    assert "estimated from 10 of 31 actors" in found.notes["en"][-1]
    assert "estimated from 10 of the 31" in read.notes["en"][-1]
    said = dict(cells(read, "mesure", "lecture"))
    assert {"fr": "au moins", "en": "at least"}[lang] in said["diametre"]


BROKER = Broker(
    partners=12,
    only="",
    communities=3,
    departments=4,
    axes=2,
    share=0.314,
    exact=True,
    cut_off=5,
)


def test_a_broker_is_explained_by_its_numbers():
    assert why(BROKER, "fr") == (
        "Relie 12 partenaires de 3 communautés, dans 4 départements et sur 2 axes ; "
        "31\N{NO-BREAK SPACE}% des plus courts chemins entre les autres passent par "
        "lui ; sans lui, 5 acteurs seraient coupés du reste."
    )
    assert why(BROKER, "en") == (
        "Links 12 partners of 3 communities, in 4 départements and on 2 axes; 31% of "
        "the shortest paths between the others pass by it; without it, 5 actors would "
        "be cut off from the rest."
    )


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "4 partenaires ; aucun chemin de l'échantillon ne passe par lui."),
        ("en", "4 partners; no path of the sample passes by it."),
    ],
    ids=["fr", "en"],
)
def test_nothing_is_sure_of_an_actor_that_a_sample_missed(lang, text):
    missed = Broker(
        partners=4, only="", communities=1, departments=0, axes=0, share=0.0,
        exact=False, cut_off=0,
    )  # fmt: skip

    assert why(missed, lang) == text


def test_what_is_not_known_is_not_said():
    bare = Broker(
        partners=2, only="", communities=0, departments=0, axes=0, share=0.001,
        exact=True, cut_off=0,
    )  # fmt: skip

    assert why(bare, "fr") == (
        "Relie 2 partenaires ; moins de 1\N{NO-BREAK SPACE}% des plus courts chemins "
        "entre les autres passent par lui."
    )


def test_departements_are_found_upward_and_through_communes():
    dep21, dep58, epci = (
        iri(f"territoire:{code}") for code in ("dep-21", "dep-58", "epci-200000001")
    )
    communes = [iri(f"territoire:com-{code}") for code in ("21001", "58001")]
    region = iri("territoire:reg-27")
    of = Departments(
        Attributes(
            {
                "dcterms:spatial": {
                    "in-commune": (communes[0],),
                    "in-epci": (epci,),
                    "in-region": (region,),
                    "in-both": (dep21, dep58),
                },
                "dcterms:isPartOf": {
                    communes[0]: (dep21, epci),
                    communes[1]: (dep58, epci),
                    epci: (region,),
                    dep21: (region,),
                    region: (region,),
                },
            }
        )
    )

    assert of("in-commune") == (dep21,)
    assert of("in-epci") == (dep21, dep58)
    assert (of("in-region"), of("nowhere")) == ((), ())
    assert of("in-both") == (dep21, dep58)


def test_shares_and_decimals_follow_the_language():
    gap = "\N{NO-BREAK SPACE}"
    assert percent(0.005, "fr") == f"moins de 1{gap}%"
    assert percent(1.0, "fr") == f"100{gap}%"
    assert rounded(-0.4756, 2, "en") == "−0.48"
