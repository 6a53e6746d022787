"""Candidates: what brings actors together, what holds them apart, and how well."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.overlaps import Overlaps, overlaps
from spnr_graph.identity.actors import Actor, Place, Places
from spnr_graph.identity.candidates import (
    PROBABLE,
    Found,
    candidates,
    compare,
    stays_first,
)
from spnr_graph.identity.classes import Classes
from spnr_graph.namespaces import PREFIXES
from tests import needs

ACTOR, TYPE = PREFIXES["acteur"], PREFIXES["type-acteur"]
TERRITORY = PREFIXES["territoire"]
NEVERS, COSNE, DIJON = (f"{TERRITORY}com-{c}" for c in ("58194", "58086", "21231"))
PLACES = Places({
    NEVERS: Place(name="Nevers", within=frozenset({f"{TERRITORY}dep-58"})),
    COSNE: Place(name="Cosne", within=frozenset({f"{TERRITORY}dep-58"})),
    DIJON: Place(name="Dijon", within=frozenset({f"{TERRITORY}dep-21"})),
    f"{TERRITORY}dep-58": Place(name="Nièvre"),
    f"{TERRITORY}reg-27": Place(name="Bourgogne-Franche-Comté"),
})  # fmt: skip


def actor(slug: str, *names: str, **more: Any) -> Actor:
    """Return an actor called by these names."""
    return Actor(iri=ACTOR + slug, label=names[0], names=names, **more)


def find(
    *actors: Actor, minimum: float = 0.01, decided: Classes | None = None
) -> Found:
    """Return the candidates among actors, with others around that share nothing."""
    crowd = [actor(f"local-z-{n}", f"Entreprise{n} quelconque{n}") for n in range(300)]
    return candidates([*actors, *crowd], PLACES, decided or Classes(), minimum=0.01)


def score(one: Actor, other: Actor) -> float:
    """Return the score of two actors, 0 when they are not even compared."""
    return next((each.score for each in find(one, other).candidates), 0)


def at(place: str) -> frozenset[str]:
    """Return the places of an actor that is in one."""
    return frozenset({place})


A = actor("local-a-1", "Atelier du Fil bleu", places=at(NEVERS))


@pytest.mark.parametrize(
    ("other", "low", "high"),
    [
        (actor("local-b-1", "SARL ATELIER FIL BLEU", places=at(NEVERS)), 0.99, 1),
        (actor("local-b-1", "Atelier du fil bleu"), 0.9, 0.99),
        (actor("local-b-1", "Atelier du fil bleu", places=at(DIJON)), 0.5, 0.9),
        (actor("local-b-1", "Atelier du fil bleeu", places=at(NEVERS)), 0.8, 0.95),
        (actor("local-b-1", "Le Fil bleu", places=at(NEVERS)), 0.5, 0.9),
        (actor("local-b-1", "Fil bleu de Nevers", places=at(NEVERS)), 0.5, 0.9),
        (actor("local-b-1", "Atelier du pont", places=at(NEVERS)), 0, 0.1),
        (actor("local-b-1", "Atelier Fil bleu", places=at(COSNE)), 0.8, 0.95),
    ],
    ids=[
        "same-name-and-commune", "place-unknown", "elsewhere", "slip", "contained",
        "commune-in-the-name", "common-word-only", "same-departement",
    ],
)  # fmt: skip
def test_a_score_grows_with_what_two_actors_share(
    other: Actor, low: float, high: float
) -> None:
    assert low <= score(A, other) <= high


def test_a_name_and_its_commune_is_the_name_alone() -> None:
    one = actor("local-a-1", "Mairie", places=at(NEVERS))
    other = actor("local-b-1", "Commune de Nevers", places=at(NEVERS))

    (found,) = find(one, other).candidates

    assert found.score > PROBABLE
    assert found.reasons[0].fr == (
        "même nom, commune comprise : « Mairie » / « Commune de Nevers »."
    )


def test_a_common_number_is_certain_whatever_the_names() -> None:
    numbers = frozenset({"W212001234"})
    one = actor("rna-W212001234", "Un nom", numbers=numbers)
    other = actor("local-b-1", "Autre chose", numbers=numbers)

    (found,) = find(one, other).candidates

    assert found.score == 1
    assert found.reasons[0].en == "same number: 'W212001234'."


def test_different_siren_are_never_candidates() -> None:
    one = actor("siren-111111111", "Fil bleu", siren=frozenset({"111111111"}))
    other = actor("siren-222222222", "Fil bleu", siren=frozenset({"222222222"}))

    assert find(one, other).candidates == ()


def test_a_parent_and_its_part_are_not_one() -> None:
    part = actor("local-b-1", "Atelier du Fil bleu", parents=frozenset({A.iri}))

    assert score(A, part) < 0.01


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Association Fil bleu", "SPL Fil bleu"),
        ("Commune de Nevers", "CCAS de Nevers"),
        ("Communauté de communes Fil bleu", "Syndicat mixte Fil bleu"),
        ("Collège 1 du Fil bleu", "Collège 2 du Fil bleu"),
    ],
    ids=["forms", "bodies-of-a-commune", "public-forms", "numbers-of-a-series"],
)
def test_what_names_say_of_the_kind_of_body_holds_actors_apart(
    one: str, other: str
) -> None:
    first = actor("local-a-1", one, places=at(NEVERS))
    second = actor("local-b-1", other, places=at(NEVERS))

    assert score(first, second) < PROBABLE


def test_incompatible_types_weigh_against_and_compatible_ones_do_not() -> None:
    def typed(slug: str, kind: str) -> Actor:
        return actor(slug, "Fil bleu", types=frozenset({TYPE + kind}))

    pole = typed("local-a-1", "pole")

    assert score(pole, typed("local-b-1", "entreprise")) < 0.7
    assert score(pole, typed("local-b-1", "association")) > PROBABLE


def test_one_site_speaks_for_and_a_shared_host_does_not() -> None:
    def on(slug: str, name: str, site: str) -> Actor:
        return actor(slug, name, sites=frozenset({site}), places=at(NEVERS))

    one = on("local-a-1", "Fil bleu", "https://www.filbleu.example/")
    other = on("local-b-1", "Association FB", "http://filbleu.example/contact")
    page = on("local-c-1", "Atelier X", "https://www.facebook.com/filbleu")
    another = on("local-d-1", "Atelier Y", "https://www.facebook.com/autre")

    assert score(one, other) >= 0.5
    assert score(page, another) < 0.1


def test_a_widespread_name_says_little() -> None:
    branches = [
        actor(f"local-a-{n}", "La Banque verte", places=at(place))
        for n, place in enumerate((NEVERS, COSNE, DIJON))
    ]

    scores = {each.score for each in find(*branches).candidates}

    assert max(scores) < 0.5


def test_an_acronym_finds_its_name() -> None:
    one = actor("local-a-1", "CDJ", places=at(NEVERS))
    other = actor("local-b-1", "Centre des jeunes", places=at(NEVERS))

    (found,) = find(one, other).candidates

    assert found.score > 0.5
    assert found.reasons[0].en.startswith("one is named by an acronym")


def test_initials_of_a_region_are_its_name() -> None:
    one = actor("local-a-1", "Réseau bleu BFC")
    other = actor("local-b-1", "Réseau bleu de Bourgogne-Franche-Comté")

    assert score(one, other) > PROBABLE


def test_an_actor_that_fits_two_distinct_ones_is_sure_of_neither() -> None:
    decided = Classes()
    first = actor("local-a-1", "Fil bleu (association)", "Fil bleu")
    second = actor("local-a-2", "SPL Fil bleu")
    decided.part(first.iri, second.iri, "urn:decision")

    found = find(first, second, actor("local-b-1", "Fil bleu"), decided=decided)

    assert len(found.candidates) == 2
    assert {each.score < 0.5 for each in found.candidates} == {True}
    assert found.candidates[0].reasons[-1].en.startswith("a distinct actor fits")


def test_what_was_decided_is_not_asked_again() -> None:
    twin = actor("local-b-1", "Atelier du Fil bleu")
    one, two = Classes(), Classes()
    one.merge(A.iri, twin.iri, "urn:decision")
    two.part(A.iri, twin.iri, "urn:decision")

    assert find(A, twin, decided=one).candidates == ()
    assert find(A, twin, decided=two).candidates == ()


def test_the_one_that_stays_has_a_number_then_trust_then_more_statements() -> None:
    numbered = Actor(iri=ACTOR + "z", siren=frozenset({"111111111"}), rank=(9, ""))
    trusted = Actor(iri=ACTOR + "y", rank=(1, ""))
    talkative = Actor(iri=ACTOR + "x", rank=(2, ""), statements=9)
    first = Actor(iri=ACTOR + "a", rank=(2, ""), statements=1)
    last = Actor(iri=ACTOR + "b", rank=(2, ""), statements=1)

    ordered = sorted([last, first, talkative, trusted, numbered], key=stays_first)

    assert ordered == [numbered, trusted, talkative, first, last]


def test_blocks_that_stay_too_large_are_counted() -> None:
    many = [
        actor(f"local-a-{n}", f"Réseau Zygote {n}x{n}", places=at(NEVERS))
        for n in range(60)
    ]

    assert find(*many).skipped > 0


NAMES = st.text(alphabet="abcdé -'12 ", min_size=1, max_size=12).filter(str.strip)


@given(st.lists(NAMES, min_size=2, max_size=6, unique=True))
def test_any_names_give_the_same_candidates_in_any_order(names: list[str]) -> None:
    actors = [actor(f"local-a-{n}", name) for n, name in enumerate(names)]

    forth = candidates(actors, PLACES, Classes(), minimum=0.001)
    back = candidates(actors[::-1], PLACES, Classes(), minimum=0.001)

    assert forth.candidates == back.candidates
    for each in forth.candidates:
        assert 0 < each.score <= 1
        pair = compare(actors, PLACES, each.kept.iri, each.other.iri)
        assert pair.reasons == each.reasons


# --- Real files, numbers hidden ----------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Overlaps:
    """Four real files, one actor per file and SIRET."""
    return overlaps(needs.realdata("mediation").parent)


def test_the_overlaps_are_those_that_are_known(real: Overlaps) -> None:
    known = {
        ("permanences", "inclusion"): 131,
        ("permanences", "financees"): 94,
        ("aidants", "financees"): 37,
    }

    assert {pair: len(real.true_pairs(*pair)) for pair in known} == known


def test_precision_and_recall_hold_on_real_files(real: Overlaps) -> None:
    found = candidates(real.actors, real.places, Classes())
    crossing = [
        (each, frozenset((each.kept.iri, each.other.iri)))
        for each in found.candidates
        if real.source[each.kept.iri] != real.source[each.other.iri]
    ]

    def precision(minimum: float) -> float:
        kept = [e for e, _ in crossing if e.score >= minimum]
        right = [e for e in kept if real.same_body(e.kept.iri, e.other.iri)]
        return len(right) / len(kept)

    def recall(*sources: str) -> float:
        true = real.true_pairs(*sources)
        return len(true & {pair for _, pair in crossing}) / len(true)

    assert precision(PROBABLE) == 1
    assert precision(0.5) >= 0.99
    assert recall("permanences", "inclusion") == 1
    assert recall("permanences", "financees") >= 0.85
    assert recall("aidants", "financees") >= 0.35
    assert recall() >= 0.79
