"""Formats: broken ones say what to mend; tables are recognised by their titles."""

import copy
import re

import pytest

from spnr_graph.errors import DataError
from spnr_graph.project import Project, open_project
from spnr_graph.tables import formats
from spnr_graph.tables.construct import becomes, prepare
from spnr_graph.tables.expected import EXPECTED, expected
from spnr_graph.tables.fields import OPTIONS
from spnr_graph.tables.formats import Field, local_name, named
from spnr_graph.tables.kinds import KINDS
from spnr_graph.tables.recognise import forced, match, recognise
from tests.own_formats import HALLS, MAPPING, project, sheet


def changed(**words):
    return {**copy.deepcopy(HALLS), **words}


def with_field(**words):
    descriptor = copy.deepcopy(HALLS)
    descriptor["fields"].append({"name": "autre", **words})
    return descriptor


def test_a_format_is_a_schema_and_a_mapping(tmp_path):
    found = formats(project(tmp_path, salles=(HALLS, MAPPING)))["salles"]

    assert found.titles == {"fr": "Salles", "en": "Halls"}
    assert (found.title("fr"), found.title("en")) == ("Salles", "Halls")
    assert found.options == {"source": "https://exemple.fr/salles"}
    assert found.mapping == MAPPING
    (resource,) = found.resources
    assert (resource.name, resource.key) == ("salles", ("code",))
    assert resource.fields[0] == Field(
        name="code",
        kind="identifiant",
        required=True,
        severity="violation",
        options={
            "type": "string",
            "example": "S-12",
            "constraints": {"required": True},
        },
    )
    assert [f.local for f in resource.fields] == [
        "code",
        "nom_de_la_salle",
        "places",
        "usage",
        "note",
    ]


def test_no_folder_of_formats_is_no_format(tmp_path):
    assert formats(Project(tmp_path)) == {}


def test_several_tables_are_a_data_package(tmp_path):
    package = {
        "title": "Classeur",
        "resources": [
            {"name": "salles", "schema": {"fields": HALLS["fields"]}},
            {"name": "clés", "schema": {"fields": [{"name": "code"}]}},
        ],
    }
    found = formats(project(tmp_path, classeur=(package, MAPPING)))["classeur"]

    assert [(r.name, len(r.fields), r.key) for r in found.resources] == [
        ("salles", 5, ()),
        ("clés", 1, ()),
    ]
    assert found.resources[1].fields[0].kind == "texte"


@pytest.mark.parametrize(
    ("title", "local"),
    [
        ("code_insee", "code_insee"),
        ("nomAttribuant", "nomAttribuant"),
        ("Commune INSEE", "commune_insee"),
        ("Investissement de l’État", "investissement_de_l_etat"),
        ("#id", "id"),
    ],
)
def test_names_of_columns_are_plain(title, local):
    assert local_name(title) == local


BROKEN = {
    "not JSON": ("{", "ce n'est pas du JSON (ligne 1, colonne 2)"),
    "no object": ("[]", "un schéma est un objet JSON"),
    "no title": (changed(title=" "), "il manque « title »"),
    "another name": (changed(name="lieux"), "« name » dit lieux"),
    "unknown word": (
        changed(licnece="x"),
        "« licnece » n'est pas connu (« licence » ?)",
    ),
    "relative source": (changed(source="salles"), "« source » doit être une adresse"),
    "no fields": (changed(fields=[]), "« fields » doit être une liste d'objets"),
    "field no object": (changed(fields=["code"]), "« fields » doit être une liste"),
    "no name": (changed(fields=[{"kind": "nom"}]), "une colonne n'a pas de titre"),
    "unknown kind": (
        with_field(kind="sirte"),
        "colonne « autre » : le genre « sirte » n'existe pas (« siret » ?)",
    ),
    "unknown kind of items": (
        with_field(kind="liste", of="sirte"),
        "le genre « sirte » n'existe pas",
    ),
    "unknown kind of items, in full": (
        with_field(kind="liste", of={"kind": "sirte"}),
        "le genre « sirte » n'existe pas",
    ),
    "unknown option": (
        with_field(kind="nom", order="dmy"),
        "« order » n'est pas connu",
    ),
    "lists of lists": (
        with_field(kind="liste", of="liste"),
        "une liste ne peut pas contenir de listes",
    ),
    "option of items, missing": (
        with_field(kind="liste", of="concept", scheme="role"),
        "le genre concept demande l'option « scheme »",
    ),
    "aside": (changed(aside={"rows": 1}), "« aside » dit ce qui n'est pas repris"),
    "unknown option of items": (
        with_field(kind="liste", of={"kind": "nom", "order": "dmy"}),
        "« order » n'est pas connu",
    ),
    "option missing": (with_field(kind="concept"), "demande l'option « scheme »"),
    "no such column": (
        with_field(kind="nom-commune", code_insee="cdoe"),
        "l'option code_insee désigne « cdoe », qui n'est pas une colonne (« code » ?)",
    ),
    "severity": (with_field(severity="grave"), "la gravité « grave » n'existe pas"),
    "aliases": (with_field(aliases="Autre"), "« aliases » est une liste de titres"),
    "type": (with_field(type="nombre"), "ce n'est pas un Table Schema"),
    "constraint": (
        with_field(type="string", constraints={"minimum": 3}),
        "ce n'est pas un Table Schema",
    ),
    "limit": (
        with_field(type="integer", constraints={"minimum": "x"}),
        "la contrainte « x » n'est pas du type integer",
    ),
    "pattern": (
        with_field(type="string", constraints={"pattern": "("}),
        "le motif (« pattern ») n'est pas une expression régulière",
    ),
    "same name": (
        with_field(name="Nom de la sallé"),
        "auraient le même nom, table:nom_de_la_salle",
    ),
    "key": (changed(primaryKey=["x"]), "ce n'est pas un Table Schema"),
    "resources": (changed(resources={}), "« resources » doit être une liste d'objets"),
    "table without name": (
        changed(resources=[{"schema": {}}]),
        "chaque table de « resources » a un nom",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_schema_names_its_file_and_the_mend(tmp_path, case):
    descriptor, said = BROKEN[case]

    with pytest.raises(DataError) as caught:
        formats(project(tmp_path, salles=(descriptor, MAPPING)))

    assert caught.value.fr.startswith("queries/mappings/salles.json")
    assert said in caught.value.fr
    assert caught.value.en.startswith("queries/mappings/salles.json")


def test_a_schema_that_is_not_needed_yet_is_checked_when_it_is(tmp_path):
    broken = with_field(type="nombre")
    own = formats(project(tmp_path, salles=(broken, MAPPING)), schemas=False)

    with pytest.raises(DataError, match="this is not a Table Schema"):
        _ = own["salles"].resources[0].schema


PREFIX = "PREFIX table: <https://w3id.org/spnr/table#>\n"
WRONG = {
    "no SPARQL": ("CONSTRUCT {", "ce n'est pas du SPARQL"),
    "SELECT": (f"{PREFIX}SELECT * {{ ?r table:code ?c }}", "est un CONSTRUCT"),
    "short form": (
        f"{PREFIX}CONSTRUCT WHERE {{ ?r table:code ?c }}",
        "est un CONSTRUCT",
    ),
    "SERVICE": (
        f"{PREFIX}CONSTRUCT {{ ?r a ?c }} WHERE {{ SERVICE <x:y> {{ ?r ?p ?c }} }}",
        "sans SERVICE",
    ),
    "no prefix": (
        "CONSTRUCT { ?r a ?c } WHERE { ?r <x:y> ?c }",
        "préfixe des colonnes",
    ),
    "another prefix": (
        "PREFIX table: <https://x/>\nCONSTRUCT { ?r a ?c } WHERE { ?r table:code ?c }",
        "préfixe des colonnes",
    ),
    "no such column": (
        f"{PREFIX}CONSTRUCT {{ ?r a ?c }} WHERE {{ ?r table:coed.slug ?c }}",
        "table:coed ne correspond à aucune colonne (table:code ?)",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_broken_mapping_names_its_file_and_the_mend(tmp_path, case):
    mapping, said = WRONG[case]

    with pytest.raises(DataError, match=r"queries/mappings/salles\.rq") as caught:
        formats(project(tmp_path, salles=(HALLS, mapping)))

    assert said in caught.value.fr


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (
            f"{PREFIX}CONSTRUCT {{ [] a ?c }} WHERE {{ ?r table:code ?c }}",
            "la requête crée des nœuds anonymes",
        ),
        (
            f"{PREFIX}CONSTRUCT {{ ?g a ?g }} WHERE {{ table:this table:graph ?g }}",
            "la requête ne lit aucune ligne",
        ),
    ],
    ids=["blank nodes", "no row"],
)
def test_a_mapping_that_cannot_be_applied_says_so(mapping, said):
    with pytest.raises(DataError) as caught:
        prepare("salles", mapping)

    assert said in caught.value.fr


@pytest.mark.parametrize("gone", ["salles.json", "salles.rq"])
def test_a_file_without_the_other_is_told(tmp_path, gone):
    own = project(tmp_path, salles=(HALLS, MAPPING))
    (tmp_path / "queries" / "mappings" / gone).unlink()

    with pytest.raises(DataError, match=f"has no file {re.escape(gone)}"):
        formats(own)


def test_an_unknown_name_suggests_the_nearest(tmp_path):
    known = formats(project(tmp_path, salles=(HALLS, MAPPING)))

    assert named("salles", known).name == "salles"
    with pytest.raises(DataError) as caught:
        named("sales", known)
    assert caught.value.fr == (
        "« sales » n'est pas un format de table. Voulait-on dire salles ? "
        "La liste : spnr formats."
    )
    with pytest.raises(DataError, match="'xyz' is no format of tables"):
        named("xyz", known)


def test_titles_are_compared_without_case_accents_and_punctuation(tmp_path):
    resource = formats(project(tmp_path, s=(HALLS, MAPPING)))["s"].resources[0]

    found = match(("CODE", "Raison  sociale", "n.o.t.e", "Étage"), resource)

    assert found.places == {"code": 0, "Nom de la salle": 1, "note": 2}
    assert found.missing == {}
    assert found.absent == ("places", "usage")
    assert found.unknown == ("Étage",)
    assert found.share == 0.75


def test_a_name_wins_over_an_alias_and_each_column_serves_once(tmp_path):
    resource = formats(project(tmp_path, s=(HALLS, MAPPING)))["s"].resources[0]

    found = match(("code", "nom", "nom de la salle"), resource)

    assert found.places == {"code": 0, "Nom de la salle": 2}
    assert found.unknown == ("nom",)


def test_a_renamed_column_is_suggested(tmp_path):
    known = formats(project(tmp_path, salles=(HALLS, MAPPING)))

    with pytest.raises(DataError) as caught:
        recognise([sheet(("codes", "Nom", "places"))], known, label="salles.csv")

    assert caught.value.fr == (
        "salles.csv : les titres des colonnes (codes, Nom, places) ne sont ceux "
        "d'aucun format connu. Les plus proches :\n"
        "  salles : 2 colonnes connues sur 3 ; il manque « code » (« codes » ?)\n"
        "Corriger les titres, ou nommer le format avec --as (la liste : spnr formats)."
    )
    assert (
        "  salles: 2 of 3 columns known; missing: 'code' ('codes'?)" in caught.value.en
    )


def test_a_table_of_nothing_known_is_refused_with_its_titles(tmp_path):
    known = formats(project(tmp_path, salles=(HALLS, MAPPING)))
    strange = sheet(("a", "b", "c", "d", "e", "f", "g"))

    with pytest.raises(DataError, match=r"columns \(a, b, c, d, e, f, …\) are those"):
        recognise([strange], known, label="x.csv")
    with pytest.raises(DataError, match=r"none of its columns .* the format salles"):
        forced([strange], known["salles"], label="x.csv")
    with pytest.raises(DataError, match="no known format"):
        recognise([], known, label="x.csv")


def test_a_table_mostly_unknown_is_not_recognised(tmp_path):
    known = formats(project(tmp_path, salles=(HALLS, MAPPING)))

    with pytest.raises(DataError, match="salles: 1 of 4 columns known\n"):
        recognise([sheet(("code", "x", "y", "z"))], known, label="x.csv")


def test_the_format_that_knows_most_columns_wins(tmp_path):
    small = changed(fields=HALLS["fields"][:1], primaryKey=[])
    mapping = f"{PREFIX}CONSTRUCT {{ ?r a ?c }} WHERE {{ ?r table:code ?c }}"
    known = formats(project(tmp_path, petit=(small, mapping), salles=(HALLS, MAPPING)))

    whole, chosen = recognise([sheet(("code", "nom"))], known, label="x")
    assert whole.name == "salles"
    assert chosen == {0: whole.resources[0]}
    assert recognise([sheet(("code",))], known, label="x")[0].name == "petit"


def test_two_formats_that_fit_equally_are_for_a_person_to_choose(tmp_path):
    known = formats(project(tmp_path, a=(HALLS, MAPPING), b=(HALLS, MAPPING)))

    with pytest.raises(DataError) as caught:
        recognise([sheet(("code", "places"))], known, label="x.csv")

    assert "plusieurs formats (a, b). Choisir avec --as." in caught.value.fr


def test_sheets_answer_by_name_then_by_columns(tmp_path):
    package = {
        "title": "Classeur",
        "resources": [
            {"name": "Salles", "schema": {"fields": HALLS["fields"]}},
            {"name": "annexes", "schema": {"fields": HALLS["fields"]}},
        ],
    }
    known = formats(project(tmp_path, classeur=(package, MAPPING)))
    sheets = [
        sheet(("Mode d'emploi",), name="mode d'emploi"),
        sheet(("code", "nom"), name="ANNEXES"),
        sheet(("code", "places"), name="Feuil1"),
    ]

    found, chosen = recognise(sheets, known, label="x.xlsx")

    salles, annexes = found.resources
    assert chosen == {1: annexes, 2: salles}


def test_a_given_format_is_taken_whatever_is_missing(tmp_path):
    known = formats(project(tmp_path, salles=(HALLS, MAPPING)))

    sheets = [sheet(("x",)), sheet(("nom", "places", "z"))]

    assert forced(sheets, known["salles"], label="x") == {
        1: known["salles"].resources[0]
    }


def test_each_kind_is_described_and_its_options_are_those_of_a_kind():
    assert set(EXPECTED) == set(KINDS)
    assert set(OPTIONS) <= set(KINDS)


@pytest.mark.parametrize(
    ("field", "fr", "en"),
    [
        (Field(name="a", kind="siren"), "un SIREN (9 chiffres)", "a SIREN (9 digits)"),
        (
            Field(name="a", kind="concept", options={"scheme": "role"}),
            "un terme de la liste role",
            "a term of the list role",
        ),
        (
            Field(
                name="a", kind="liste", options={"of": "siren", "separator": [";", "/"]}
            ),
            "plusieurs valeurs (; /) : un SIREN (9 chiffres)",
            "several values (; /): a SIREN (9 digits)",
        ),
        (
            Field(
                name="a",
                kind="liste",
                options={"of": {"kind": "concept", "scheme": "axe"}},
            ),
            "plusieurs valeurs (|) : un terme de la liste axe",
            "several values (|): a term of the list axe",
        ),
        (
            Field(
                name="a",
                kind="nombre",
                options={"constraints": {"minimum": 0, "maximum": 9}},
            ),
            "un nombre, au moins 0, au plus 9",
            "a number, at least 0, at most 9",
        ),
        (
            Field(
                name="a",
                kind="identifiant",
                options={"constraints": {"enum": list("abcdefg")}},
            ),
            "un code, parmi a, b, c, d, e, f, …",
            "a code, one of a, b, c, d, e, f, …",
        ),
    ],
    ids=["plain", "concept", "list", "list of concepts", "limits", "enum"],
)
def test_what_a_column_takes_is_said_in_words(field, fr, en):
    assert (expected(field, "fr"), expected(field, "en")) == (fr, en)


def test_what_a_column_becomes_is_read_in_the_mapping():
    assert becomes(MAPPING) == {
        "code": ("http://purl.org/dc/terms/identifier",),
        "nom_de_la_salle": ("http://www.w3.org/2004/02/skos/core#prefLabel",),
        "places": ("http://purl.org/dc/terms/extent",),
    }


def test_the_shipped_formats_can_be_applied():
    for name, each in formats(open_project()).items():
        prepared = prepare(name, each.mapping)
        assert prepared.used
