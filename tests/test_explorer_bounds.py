"""A network too large to draw is refused in words, before it fills the memory."""

from __future__ import annotations

import pytest

from spnr_graph.errors import DataError
from spnr_graph.operations.network import pull_network
from spnr_graph.operations.network.bounds import check_size
from spnr_graph.operations.network.pulled import Pulled
from spnr_graph.projection import pull, read_names
from tests.collaborations import TURTLE, loaded, told


def crowd(size):
    """One initiative with so many actors."""
    ask = told([(f"a{k:05}", "salon") for k in range(size)])
    return Pulled(rows=pull(ask), names=read_names(ask, "fr"), lang="fr")


def test_an_initiative_of_5_000_actors_is_refused_and_named():
    with pytest.raises(DataError) as caught:
        check_size(crowd(5000), mode="actors")

    assert caught.value.fr == (
        "Réseau trop grand pour être dessiné : jusqu'à 12\xa0497\xa0500 liens. "
        "« initiative:salon » relie à soi seul 5\xa0000 acteurs. Choisir --mode "
        "actors-initiatives, ou un filtre comme --axis ou --territory."
    )
    assert caught.value.en == (
        "Network too large to be drawn: up to 12,497,500 links; "
        '"initiative:salon" alone links 5,000 actors. Choose --mode '
        "actors-initiatives, or a filter such as --axis or --territory."
    )


def test_modes_that_do_not_link_all_who_meet_take_any_initiative():
    check_size(crowd(5000), mode="actors-initiatives")
    check_size(crowd(5000), mode="initiatives")


def test_an_actor_of_many_initiatives_is_named_where_it_links_them():
    pulled = pull_network(loaded(TURTLE))

    with pytest.raises(DataError, match="initiatives"):
        check_size(pulled, mode="initiatives", most=0)


def test_a_network_of_any_usual_size_passes():
    check_size(pull_network(loaded(TURTLE)), mode="actors")
    check_size(crowd(0), mode="actors")
