"""What a new version of a contribution would change, in sentences."""

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from spnr_graph.namespaces import PREFIXES
from spnr_graph.operations.change_words import sentences
from spnr_graph.operations.difference import compare
from spnr_graph.oxigraph import RDF_SYNTAXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
NAMES = {
    PREFIXES["acteur"] + "a": "ARNia",
    PREFIXES["initiative"] + "i": "Hub",
    PREFIXES["role"] + "porteur": "Porteur",
    PREFIXES["role"] + "partenaire": "Partenaire",
    PREFIXES["adms"] + "status": "Statut",
    PREFIXES["statut"] + "en-cours": "En cours",
    PREFIXES["statut"] + "achevee": "Achevée",
    PREFIXES["foaf"] + "page": "Page",
}
BASE = """
acteur:a a spnr:Actor ; skos:prefLabel "ARNia"@fr .
initiative:i a spnr:Initiative ; skos:prefLabel "Hub"@fr ; adms:status statut:en-cours .
participation:i--a--partenaire a spnr:Participation ; cv:hasParticipant acteur:a ;
  spnr:initiative initiative:i ; cv:role role:partenaire .
"""


def lines(text):
    triples = ox.parse(HEAD + text, RDF_SYNTAXES["turtle"].format)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).splitlines(True)


def told(former, new, lang="fr"):
    changes = compare(lambda: lines(former), lambda: lines(new))
    return sentences(changes, NAMES, lang=lang)


def test_the_same_content_changes_nothing():
    assert told(BASE, BASE) == ["Rien ne change."]
    assert told(BASE, BASE, "en") == ["Nothing changes."]


def test_another_role_of_the_same_pair_is_one_sentence():
    new = BASE.replace("partenaire", "porteur")

    assert told(BASE, new) == [
        "1 rôle changé (+4 −4 triplets).",
        "Le rôle de ARNia dans Hub passe de partenaire à porteur.",
    ]
    assert told(BASE, new, "en")[1] == (
        "The role of ARNia in Hub goes from partenaire to porteur."
    )


def test_things_that_come_and_go_are_named_and_counted():
    new = BASE + 'acteur:b a spnr:Actor ; skos:prefLabel "Nièvre Numérique"@fr .'

    assert told(BASE, new) == [
        "1 acteur ajouté (+2 −0 triplets).",
        "Acteur ajouté : Nièvre Numérique.",
    ]
    assert told(new, BASE) == [
        "1 acteur retiré (+0 −2 triplets).",
        "Acteur retiré : Nièvre Numérique.",
    ]


def test_a_value_that_changes_is_told_from_to():
    new = BASE.replace("statut:en-cours", "statut:achevee")

    assert told(BASE, new) == [
        "1 initiative modifiée (+1 −1 triplets).",
        "Hub : statut passe de « En cours » à « Achevée ».",
    ]


def test_a_value_that_comes_alone_is_an_addition():
    new = BASE + "initiative:i foaf:page <https://hub.example/> ."

    assert told(BASE, new)[1] == "Hub : page, ajout de « https://hub.example/ »."
    assert told(new, BASE)[1] == "Hub : page, retrait de « https://hub.example/ »."


def test_a_participation_is_told_as_a_relation():
    without = BASE[: BASE.index("participation:")]

    assert told(without, BASE)[1] == "ARNia prend part à Hub : partenaire."
    assert told(BASE, without)[1] == "ARNia ne prend plus part à Hub : partenaire."
    assert told(without, BASE, "en")[1] == "ARNia takes part in Hub: partenaire."


def test_a_property_of_a_participation_names_the_pair():
    new = BASE.replace("role:partenaire .", "role:partenaire ; foaf:page <urn:x> .")

    assert told(BASE, new)[1] == (
        "ARNia, partenaire dans Hub : page, ajout de « urn:x »."
    )


def test_many_changes_are_counted_beyond_the_first():
    many = "".join(
        f'acteur:n{n:02} a spnr:Actor ; skos:prefLabel "N{n:02}"@fr .\n'
        for n in range(25)
    )
    found = told(BASE, BASE + many)

    assert found[0] == "25 acteurs ajoutés (+50 −0 triplets)."
    assert len(found) == 22
    assert found[-1] == "… et 5 autres."


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_additions_and_removals_are_those_of_the_sets(old, new):
    def text(numbers):
        return "".join(f"acteur:n{n} a spnr:Actor .\n" for n in numbers)

    changes = compare(lambda: lines(text(old)), lambda: lines(text(new)))

    start = len(PREFIXES["acteur"] + "n")
    assert {int(t.iri[start:]) for t in changes.added} == new - old
    assert {int(t.iri[start:]) for t in changes.removed} == old - new
    assert bool(changes) == (old != new)


def test_what_sentences_mention_is_known_to_whoever_names_it():
    changes = compare(
        lambda: lines(BASE.split("participation:")[0]), lambda: lines(BASE)
    )

    assert {str(iri) for iri in changes.mentioned(20)} >= {
        PREFIXES["acteur"] + "a",
        PREFIXES["initiative"] + "i",
        PREFIXES["role"] + "partenaire",
    }
    assert changes.mentioned(0) == set()
