"""Reconcile on the real census: known cases, decisions, undoing, the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from spnr_graph.identity.candidates import PROBABLE
from spnr_graph.namespaces import PREFIXES
from spnr_graph.operations.reconcile import review
from spnr_graph.project import open_project
from spnr_graph.resolve import resolve
from spnr_graph.store import open_store
from tests.commands import run

ROOT = Path(__file__).parents[1]
LICENCE = "https://spdx.org/licenses/etalab-2.0"
BY = ("--by", "coordination d'essai", "--why", "Essai.")
ARNIA = "acteur:local-recensement-arnia"
CLUSTER = "acteur:local-recensement-bfc-numerique-cluster"
SPL = "acteur:local-recensement-spl-bfc-numerique"
EB, GIP = "acteur:local-essai-e-bourgogne", "acteur:local-essai-gip"
PARTICIPATION = f"{PREFIXES['participation']}csirt-bfc--local-"

PARTNER = (
    "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
    + f"""
{EB} a spnr:Actor ; skos:prefLabel "e-bourgogne"@fr ;
    dcterms:spatial territoire:reg-27 .
{GIP} a spnr:Actor ;
    skos:prefLabel "GIP Territoires numériques Bourgogne-Franche-Comté"@fr .
participation:csirt-bfc--local-essai-e-bourgogne--partenaire a spnr:Participation ;
    cv:hasParticipant {EB} ; cv:role role:partenaire ;
    spnr:initiative initiative:csirt-bfc .
"""
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own whose store holds the catalogue and a partner's actors."""
    folder = tmp_path_factory.mktemp("reconcile")
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "essai.ttl").write_text(PARTNER, encoding="utf-8")
    for source in ((), (str(folder / "essai.ttl"), "--licence", LICENCE)):
        result = spnr(folder, "load", *source, "--no-check")
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def project(loaded: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(loaded, tmp_path / "projet")
    return tmp_path / "projet"


def spnr(folder: Path, *words: str, stdin: str | None = None) -> Result:
    """Run ``spnr`` on a project and on the store inside it."""
    place = ("--store", str(folder / "store"), "--root", str(folder))
    return run(*place, *words, stdin=stdin)


def exported(folder: Path) -> list[str]:
    """Return what contributions hold in the queryable graph."""
    result = spnr(folder, "export", "-f", "nquads", "--no-derived")
    assert result.exit_code == 0, result.output
    return [each for each in result.stdout.splitlines() if "/contribution/" in each]


def test_the_former_names_of_one_body_come_first(loaded: Path) -> None:
    with open_store(str(loaded / "store"), read_only=True) as store:
        found = review(store, minimum=0.5, project=open_project(loaded))

    first = {(short(c.kept.iri), short(c.other.iri)) for c in found.candidates[:2]}
    assert first == {(ARNIA, EB), (ARNIA, GIP)}
    assert min(c.score for c in found.candidates[:2]) >= PROBABLE


def test_two_bodies_of_almost_one_name_are_not_proposed(loaded: Path) -> None:
    with open_store(str(loaded / "store"), read_only=True) as store:
        shipped = review(store, minimum=0.01, project=open_project(loaded))
        (loaded / "data" / "identite.ttl").rename(loaded / "mis-de-cote")
        try:
            without = review(store, minimum=0.01, project=open_project(loaded))
        finally:
            (loaded / "mis-de-cote").rename(loaded / "data" / "identite.ttl")

    def scores(found: object) -> list[float]:
        return [
            each.score
            for each in getattr(found, "candidates")  # noqa: B009
            if {short(each.kept.iri), short(each.other.iri)} == {CLUSTER, SPL}
        ]

    assert scores(shipped) == []
    assert all(score < 0.5 for score in scores(without))


def short(iri: str) -> str:
    """Return a prefixed name."""
    return "acteur:" + iri.removeprefix(PREFIXES["acteur"])


def test_three_names_are_one_actor_once_accepted_and_three_again_once_undone(
    project: Path,
) -> None:
    before = exported(project)

    for other in (EB, GIP):
        result = spnr(project, "reconcile", "accept", other, "arnia", *BY)
        assert result.exit_code == 0, result.output
        assert "ne font qu'un acteur" in result.output

    merged = exported(project)
    assert not [line for line in merged if "local-essai" in line]
    assert any(f"{PARTICIPATION}recensement-arnia--partenaire>" in m for m in merged)
    with open_store(str(project / "store"), read_only=True) as store:
        for name in (EB, GIP, "e-bourgogne", "local-essai-gip"):
            assert short(resolve(store, "spnr:Actor", name)) == ARNIA
    entity = spnr(project, "export", "--entity", EB).stdout
    assert f"{ARNIA} a " in entity
    asked = ("query", "partenaires-d-un-acteur", "-f", "csv", "-p", "acteur")
    assert spnr(project, *asked, EB).output == spnr(project, *asked, ARNIA).output

    for other in (EB, GIP):
        result = spnr(project, "reconcile", "undo", other, ARNIA, *BY)
        assert result.exit_code == 0, result.output
    assert exported(project) == before


def test_a_load_keeps_to_what_was_decided(project: Path) -> None:
    spnr(project, "reconcile", "accept", EB, "arnia", *BY)
    merged = exported(project)

    again = (str(project / "essai.ttl"), "--licence", LICENCE, "--no-check", "--force")
    assert spnr(project, "load", *again).exit_code == 0

    assert exported(project) == merged


def test_a_merged_store_is_sound(project: Path) -> None:
    """Merging changes the size of a graph, which the catalogue must follow."""
    parent = f"{EB} a spnr:Actor ; dcterms:isPartOf {ARNIA} ."
    other = project / "autre.ttl"
    prologue = PARTNER.partition(EB)[0]
    other.write_text(f"{prologue}{parent} {CLUSTER} a spnr:Actor .", encoding="utf-8")
    words = (str(other), "--licence", LICENCE, "--no-check")
    assert spnr(project, "load", *words).exit_code == 0

    assert spnr(project, "reconcile", "accept", EB, "arnia", *BY).exit_code == 0

    assert "Santé : rien à signaler." in spnr(project, "info").stdout


def test_a_dry_run_tells_what_would_change_and_changes_nothing(project: Path) -> None:
    ledger = (project / "data" / "identite.ttl").read_bytes()
    before = exported(project)

    result = spnr(project, "reconcile", "accept", EB, "arnia", *BY, "--dry-run")

    assert result.exit_code == 0
    assert "d'acteur." in result.output
    assert result.output.endswith("Rien n'a été écrit (--dry-run).\n")
    assert (project / "data" / "identite.ttl").read_bytes() == ledger
    assert exported(project) == before


def test_candidates_are_listed_in_words_and_as_rows(loaded: Path) -> None:
    words = spnr(loaded, "reconcile", "--actor", "arnia", "--limit", "1")
    rows = spnr(loaded, "reconcile", "--actor", "arnia", "-f", "json")
    english = spnr(loaded, "--lang", "en", "reconcile", "--limit", "1")
    none = spnr(
        loaded, "reconcile", "--actor", "dijon-metropole", "--min-score", "0.99"
    )

    assert (words.exit_code, rows.exit_code, none.exit_code) == (0, 0, 0)
    assert words.output.splitlines()[0].startswith("0,9")
    assert "même nom : « e-bourgogne »." in words.output
    assert "2 rapprochements possibles, 1 affiché ;" in words.output
    bindings = json.loads(rows.output)["results"]["bindings"]
    assert {short(row["ecarte"]["value"]) for row in bindings} == {EB, GIP}
    assert ", 1 shown; " in english.output
    assert none.output.startswith("0 rapprochement possible")


def test_the_log_tells_each_decision_in_words(project: Path) -> None:
    spnr(project, "reconcile", "accept", EB, "arnia", *BY)
    spnr(project, "reconcile", "undo", EB, ARNIA, *BY)

    french = spnr(project, "reconcile", "log").output
    english = spnr(project, "--lang", "en", "reconcile", "log").output

    assert f"{CLUSTER} n'est pas {SPL}" in french
    assert f"{EB} est {ARNIA} (annulée)\n    coordination d'essai : Essai." in french
    assert f"{EB} is {ARNIA} (taken back)" in english
    assert "takes back decision:" in english


def test_an_empty_ledger_says_so(project: Path) -> None:
    (project / "data" / "identite.ttl").unlink()

    assert spnr(project, "reconcile", "log").output == "Aucune décision.\n"
    assert spnr(project, "--lang", "en", "reconcile", "log").output == "No decision.\n"


def test_the_actor_that_stays_can_be_chosen(project: Path) -> None:
    wrong = spnr(project, "reconcile", "accept", EB, ARNIA, *BY, "--keep", GIP)
    right = spnr(
        project, "--lang", "en", "reconcile", "accept", EB, ARNIA, *BY, "--keep", EB
    )
    again = spnr(project, "reconcile", "accept", EB, ARNIA, *BY)
    contrary = spnr(project, "reconcile", "refuse", EB, ARNIA, *BY)

    assert (wrong.exit_code, right.exit_code) == (2, 0)
    assert "n'est pas l'un des deux acteurs" in wrong.stderr
    assert "'e-bourgogne' stays" in right.output
    assert (again.exit_code, again.output) == (
        0,
        "C'est déjà ainsi : rien ne change.\n",
    )
    assert contrary.exit_code == 2
    assert "ne font qu'un acteur" in contrary.stderr


def test_what_was_said_to_be_distinct_is_not_made_one(project: Path) -> None:
    result = spnr(project, "reconcile", "accept", CLUSTER, SPL, *BY)
    again = spnr(project, "--lang", "en", "reconcile", "refuse", SPL, CLUSTER, *BY)

    assert result.exit_code == 2
    assert "ont été dits distincts" in result.stderr
    assert again.output == "So it is already: nothing changes.\n"


def test_an_undo_that_means_nothing_is_told(project: Path) -> None:
    pair = spnr(project, "reconcile", "undo", EB, ARNIA, *BY)
    alone = spnr(project, "reconcile", "undo", "2026-rien", *BY)

    assert (pair.exit_code, alone.exit_code) == (2, 2)
    assert "Aucune décision en vigueur" in pair.stderr
    assert "spnr reconcile log" in alone.stderr


def test_candidates_are_gone_through_one_by_one(project: Path) -> None:
    words = ("reconcile", "review", "--by", "coordination d'essai", "--actor", "arnia")

    first = spnr(project, *words, stdin="p\nq\n")
    assert first.exit_code == 0
    assert "Décision" not in first.output

    result = spnr(project, *words, stdin="o\nAncien nom.\nn\nÀ revoir.\n")

    assert result.exit_code == 0, result.output
    log = spnr(project, "reconcile", "log").output
    assert f"{EB} est {ARNIA}\n" in log
    assert f"{ARNIA} n'est pas {GIP}" in log
    assert "Plus rien à décider." in result.stderr


def test_every_form_of_decision_is_asked_as_a_question(project: Path) -> None:
    spnr(project, "reconcile", "accept", EB, "arnia", *BY)

    rows = spnr(project, "query", "decisions-d-identite", "-f", "csv").output
    about = spnr(
        project, "query", "decisions-d-identite", "-f", "csv", "-p", "acteur", "arnia"
    ).output

    assert len(rows.splitlines()) == 3
    assert len(about.splitlines()) == 2
    assert "local-essai-e-bourgogne" in about
