"""``spnr network proposals``: who should meet, with reasons, evidence and notes."""

from datetime import date

import numpy as np
import pytest

from benchmarks.holdouts import (
    HoldOut,
    folds,
    future,
    organisations,
    region,
    without_initiatives,
    without_participations,
)
from benchmarks.proposals import OURS, main, quality, table, trial
from spnr_graph.measures.proposals import WEIGHTS, Proposal, diverse
from spnr_graph.operations.network import Pulled, pull_network
from spnr_graph.operations.network.proposal_ground import meeting
from spnr_graph.operations.network.proposals import (
    COLUMNS,
    GROUP_COLUMNS,
    proposals,
)
from spnr_graph.projection import Filters, Names, pull
from tests import needs
from tests.collaborations import TURTLE, iri, loaded, told

PARTS = ("partners", "places", "themes", "roles")
MEETINGS = TURTLE.with_name("rencontres.ttl")


@pytest.fixture(scope="module")
def pulled():
    with loaded(MEETINGS) as store:
        return pull_network(store)


@pytest.fixture(scope="module")
def english():
    with loaded(MEETINGS) as store:
        return pull_network(store, lang="en")


@pytest.fixture(scope="module")
def regional():
    return region()


def rows(answer):
    """Return the rows as column → text."""
    return [
        {
            c: None if v is None else str(v)
            for c, v in zip(answer.table.columns, row, strict=True)
        }
        for row in answer.table.rows
    ]


def pairs_of(answer):
    return [f"{row['acteur_libelle']}–{row['avec_libelle']}" for row in rows(answer)]


def test_a_proposal_says_why_and_shows_its_evidence(pulled):
    first = rows(proposals(pulled))[0]

    score = first.pop("score")
    assert float(score) > 0
    assert first == {
        "rang": "1",
        "acteur": iri("acteur:ada"),
        "acteur_libelle": "Ada",
        "avec": iri("acteur:bea"),
        "avec_libelle": "Béa",
        "raisons": "1 partenaire commun : Cyd ; même territoire : Nièvre ; même axe : "
        "inclusion numérique ; Béa (financeur de « Fibre ») et Ada, qui porte "
        "« Cafés » sans financeur connu ; aucune initiative commune connue.",
        "partenaires_communs": "1",
        "axes_communs": "inclusion numérique",
        "objectifs_communs": "formation",
        "territoire": iri("territoire:dep-58"),
        "territoire_libelle": "Nièvre",
        "complementarite": "Béa (financeur de « Fibre ») et Ada, qui porte « Cafés » "
        "sans financeur connu",
        "preuves": f"{iri('initiative:cafes')} {iri('initiative:fibre')}",
        "preuves_libelle": "Cafés; Fibre",
        "sources": "https://example.org/cafes https://example.org/fibre",
    }


def test_a_proposal_is_said_in_english(english):
    first = rows(proposals(english))[0]

    assert first["raisons"] == (
        "1 shared partner: Cyd; same territory: Nièvre; same axis: digital inclusion; "
        'Béa (funder of "Fibre") and Ada, which leads "Cafés" without a known funder; '
        "no known initiative in common."
    )


def test_every_column_has_its_title(pulled):
    assert proposals(pulled).table.columns == tuple(c.name for c in COLUMNS)
    assert proposals(pulled, groups=True).table.columns == tuple(
        c.name for c in GROUP_COLUMNS
    )


def test_who_met_who_is_part_and_who_bears_the_same_name_is_not_proposed(pulled):
    found = proposals(pulled, top=99)

    labels = {frozenset(p.split("–")) for p in pairs_of(found)}
    assert frozenset(("Ada", "Béa")) in labels
    assert frozenset(("Ada", "Cyd")) not in labels
    assert frozenset(("Ada", "Ida")) not in labels  # beneficiary of what Ada leads
    assert frozenset(("Ada", "Fay")) not in labels  # a part of Ada
    assert frozenset(("Béa", "BEA")) not in labels  # one name
    assert (
        "Béa figure sous deux identifiants (acteur:bea, acteur:bea-bis), qui ne sont "
        "pas proposés l'un à l'autre : lancer spnr reconcile." in found.notes["fr"]
    )
    assert len(found.notes["fr"]) == len(found.notes["en"]) == 3


def test_only_the_active_are_proposed_on_a_day(pulled):
    def named(answer):
        return {name for pair in pairs_of(answer) for name in pair.split("–")}

    assert "Hal" in named(proposals(pulled, top=99))
    later = proposals(pulled, top=99, on=date(2020, 1, 1))
    assert "Hal" not in named(later)
    chosen = Filters(on=date(2020, 1, 1))
    assert proposals(pulled, top=99, chosen=chosen) == later
    assert not any("--on" in note for note in later.notes["fr"])


def test_around_an_actor_it_comes_first(pulled):
    found = proposals(pulled, around=iri("acteur:bea"))

    assert {row["acteur"] for row in rows(found)} == {iri("acteur:bea")}
    assert len(rows(found)) > 1


def test_around_an_actor_that_the_filters_leave_out_says_so(pulled):
    found = proposals(
        pulled,
        around=iri("acteur:ada"),
        chosen=Filters(axis=(iri("axe:territoires-intelligents"),)),
    )

    assert found.table.rows == ()
    assert found.notes["fr"][0] == (
        "Ada n'a aucune participation qui passe les filtres : élargir les filtres."
    )


def test_nobody_to_propose_is_an_answer(pulled):
    found = proposals(pulled, chosen=Filters(territory=("urn:nowhere",)))

    assert found.table.rows == ()
    assert found.notes["en"] == (
        "No participation matches: widen the filters, or load the data (spnr load).",
    )


def test_a_large_initiative_makes_strangers_of_nobody():
    crowd = [(f"a{number}", "fair") for number in range(1200)]
    pulled = Pulled(
        rows=pull(told([*crowd, ("b", "club"), ("a1", "club")])),
        names=Names(),
        lang="en",
    )

    found = rows(proposals(pulled, top=1))

    assert [row["raisons"] for row in found] == [
        "1 shared partner: acteur:a1; no known initiative in common."
    ]


def test_many_actors_are_not_all_compared(pulled, monkeypatch):
    monkeypatch.setattr("spnr_graph.measures.proposals.COMPARED", 3)
    monkeypatch.setattr("spnr_graph.operations.network.proposal_notes.COMPARED", 3)

    found = proposals(pulled)

    assert any("--around" in note for note in found.notes["fr"])
    around = proposals(pulled, around=iri("acteur:eve"))
    assert not any("--around" in note for note in around.notes["fr"])


def test_groups_around_an_actor_hold_it(regional):
    arnia = iri("acteur:local-recensement-arnia")

    found = rows(proposals(regional, groups=True, around=arnia, top=3))

    assert len(found) == 3
    assert all(arnia in row["acteurs"].split() for row in found)


def test_groups_name_all_their_members(regional):
    found = rows(proposals(regional, groups=True, top=3))

    assert [row["rang"] for row in found] == ["1", "2", "3"]
    for row in found:
        assert int(row["taille"]) == len(row["acteurs"].split()) >= 3
        assert row["territoire"]
        assert row["complementarite"]


def test_no_pair_of_the_region_works_together_already(regional):
    graph = regional.graph()

    found = rows(proposals(regional, top=50))

    assert len(found) == 50
    assert not [r for r in found if graph.has_edge(r["acteur"], r["avec"])]
    assert found == rows(proposals(regional, top=50))
    assert all(row["sources"] for row in found)


def test_what_is_hidden_is_what_was_right(regional):
    first, second = folds(regional.rows, 2)
    assert not set(first) & set(second)

    held = [
        *without_initiatives(regional.rows, second, times=2, seed=7),
        *without_participations(regional.rows, second, times=2, seed=7),
        *future(regional.rows, [2019], among=second),
    ]

    for each in held:
        gone = len(regional.rows) - len(each.known)
        assert gone > 0
        assert each.right
        assert not each.right & each.unjudged
    assert len(held[0].right ^ held[1].right) > 0, "the draws differ"
    again = next(without_initiatives(regional.rows, second, times=1, seed=7))
    assert again.right == held[0].right


def test_what_is_judged_is_the_list_that_is_given(regional):
    everything = HoldOut(known=regional.rows, right=frozenset())

    judged = trial(everything, regional.names, seed=1, weights={OURS: WEIGHTS})

    nodes = meeting(regional.rows, Filters(), regional.names).ground.nodes
    order = np.argsort(-np.round(judged.scores[OURS], 9), kind="stable")
    ranking = [
        Proposal(
            left=nodes[one], right=nodes[other], score=0, **dict.fromkeys(PARTS, 0)
        )
        for one, other in judged.pairs[order].tolist()
    ]
    given = rows(proposals(regional, top=20))
    assert [{r["acteur"], r["avec"]} for r in given] == [
        {p.left, p.right} for p in diverse(ranking, top=20)
    ]


def test_a_trial_by_hand(pulled):
    codes = {name: code for code, name in enumerate(pulled.rows.actors)}
    pair = (codes[iri("acteur:ada")], codes[iri("acteur:bea")])
    held = HoldOut(known=pulled.rows, right=frozenset({pair}))

    judged = trial(held, pulled.names, seed=1, weights={OURS: WEIGHTS})

    assert judged.right.sum() == 1
    found = quality([judged])
    assert found[OURS] == [(1.0, 1.0, 0.1, 0.05, 0.1, 0.1)]  # lists of ten
    assert f"| {OURS} | 1.000 ± 0.000 | 1.000 ± 0.000 |" in table(found)
    unjudged = HoldOut(known=pulled.rows, right=frozenset(), unjudged=frozenset({pair}))
    left = trial(unjudged, pulled.names, seed=1, weights={OURS: WEIGHTS})
    assert len(left.right) == len(judged.right) - 1
    assert quality([left]) == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "protocol", [without_initiatives, without_participations], ids=lambda p: p.__name__
)
def test_proposals_find_what_was_hidden_better_than_common_neighbours(
    protocol, regional
):
    held = protocol(regional.rows, folds(regional.rows, 1)[0], times=10, seed=2)

    found = quality(
        trial(each, regional.names, seed=draw, weights={OURS: WEIGHTS})
        for draw, each in enumerate(held)
    )

    def mean(name, measure):
        return sum(row[measure] for row in found[name]) / len(found[name])

    assert mean(OURS, 0) > 0.7
    for simple in ("common neighbours", "Adamic–Adar"):
        assert mean(OURS, 0) > mean(simple, 0)
        assert mean(OURS, 1) > mean(simple, 1)
    assert mean(OURS, 1) > 10 * mean("random", 1)


def test_the_network_of_organisations_is_read_whole():
    path = needs.realdata("grand-volume", "organisations-internationales-2modes.csv")

    pulled = organisations(path)

    assert len(pulled.rows.actors) == 8
    assert len(pulled.rows) == 2038  # of 2042 lines, four come twice
    (held,) = future(pulled.rows, [2000], within=5)
    assert len(held.right) == 6  # five of the Global Fund, one of GAVI


def test_the_benchmark_writes_tables(tmp_path, capsys):
    absent = tmp_path / "absent.csv"

    assert main(["--times", "1", "--choose", "--organisations", str(absent)]) == 0

    said = capsys.readouterr().out
    assert "### Region: the future hidden" in said
    assert "| proposals, weights chosen on the other folds |" in said
    assert "is not there: left out." in said
