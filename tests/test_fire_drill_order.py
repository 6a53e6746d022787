"""The order of loading leaves no trace: the same sources, the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spnr_graph.identity import decisions
from spnr_graph.identity.model import Text
from spnr_graph.operations.settle import ledger_path
from spnr_graph.project import open_project
from tests.partners import DAY, TABLES, Market, Region, actors, market, of, states, told

ACTOR = "https://w3id.org/spnr/id/acteur/"
WHY = Text(fr="Même site.", en="Same site.")
#: An initiative that ``voisin`` leads.
SCHOOL = """
initiative:ecole a spnr:Initiative ;
    skos:prefLabel "École"@fr ;
    dcterms:type type-initiative:projet .
participation:ecole--local-voisin--porteur a spnr:Participation ;
    spnr:initiative initiative:ecole ;
    cv:hasParticipant acteur:local-voisin ;
    cv:role role:porteur .
"""
#: A participation of an actor whom ``cercle`` describes.
LEANING = """
participation:ecole--local-cercle--financeur a spnr:Participation ;
    spnr:initiative initiative:ecole ;
    cv:hasParticipant acteur:local-cercle ;
    cv:role role:financeur .
"""


def decide(region: Region, *pairs: tuple[str, str]) -> str:
    """Write that the second of each pair is the first; return the last decision."""
    path, last = ledger_path(open_project(region.root)), ""
    for kept, other in pairs:
        ledger = decisions.read(path)
        decision = decisions.accept(
            ledger,
            ACTOR + kept,
            ACTOR + other,
            by="coordination",
            why=WHY,
            on=date(2026, 3, 1),
        )
        assert decision is not None
        decisions.append(path, ledger, decision)
        last = decision.iri
    return last


def take_back(region: Region, decision: str) -> None:
    """Write that a decision is undone."""
    path = ledger_path(open_project(region.root))
    ledger = decisions.read(path)
    undone = decisions.undo(
        ledger, decision, by="coordination", why=WHY, on=date(2026, 3, 2)
    )
    assert undone is not None
    decisions.append(path, ledger, undone)


def held(region: Region) -> tuple[bytes, bytes]:
    return region.held("turtle"), region.held("trig")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, byte for byte."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def fair() -> Iterator[Market]:
    with market() as server:
        yield server


@pytest.fixture(scope="module")
def founded(fair: Market, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region whose store holds the references alone; two actors are one."""
    region = Region(tmp_path_factory.mktemp("order") / "region", fair)
    region.found()
    region.write("data/voisin.ttl", actors("voisin").decode() + SCHOOL)
    fair.offer("/cercle.ttl", actors("cercle", "voisine"), "text/turtle")
    region.load("ontologie")
    decide(region, ("local-voisin", "local-voisine"), ("local-cercle", "local-base"))
    return region.folder


@pytest.fixture(scope="module")
def wanted(
    founded: Path, fair: Market, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, bytes]:
    """What the store exports when everything is loaded in one command."""
    copy = tmp_path_factory.mktemp("wanted") / "region"
    region = Region(shutil.copytree(founded, copy), fair)
    assert set(states(region.load()).values()) == {"loaded"}
    found = held(region)
    assert b"acteur:local-voisine" in found[1]
    assert b"acteur:local-voisine a " not in found[1]
    return found


@st.composite
def commands(draw: st.DrawFn) -> list[list[str]]:
    """Draw commands that load every partner, some of them several times."""
    order = draw(st.permutations(Region.partners))
    again = draw(st.lists(st.sampled_from(Region.partners), max_size=4))
    names = [*order, *again]
    cuts = draw(st.lists(st.integers(1, len(names) - 1), max_size=4, unique=True))
    ends = [*sorted(cuts), len(names)]
    return [names[a:b] for a, b in zip([0, *ends], ends, strict=False)]


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(commands())
def test_the_same_sources_in_any_order_give_the_same_bytes(
    founded: Path,
    fair: Market,
    wanted: tuple[bytes, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    each: list[list[str]],
) -> None:
    copy = tmp_path_factory.mktemp("any") / "region"
    region = Region(shutil.copytree(founded, copy), fair)

    for number, names in enumerate(each):
        result = region.load(*names, now=DAY + timedelta(hours=number))
        assert set(states(result).values()) <= {"loaded", "unchanged"}

    assert held(region) == wanted
    shutil.rmtree(copy)


def test_references_named_last_or_in_another_command_change_nothing(
    founded: Path, fair: Market, wanted: tuple[bytes, bytes], tmp_path: Path
) -> None:
    copies = [tmp_path / name for name in ("last", "apart")]
    for copy in copies:
        shutil.copytree(founded / "project", copy / "project")
    last, apart = (Region(copy, fair) for copy in copies)

    last.load(*Region.partners, "territoires", "politique", "ontologie")
    for name in ("ontologie", *Region.partners, "territoires"):
        apart.load(name)

    assert held(last) == held(apart) == wanted


def test_new_references_are_seen_by_tables_that_did_not_change(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    region, new = (
        Region(shutil.copytree(founded, tmp_path / name), fair)
        for name in ("old", "new")
    )
    shutil.rmtree(new.store)
    region.load()
    for each in (region, new):
        path = each.root / "data" / "territoires" / "communes-21.ttl"
        text = path.read_text(encoding="utf-8")
        assert 'skos:prefLabel "Dijon"@fr ;' in text
        gone = "owl:deprecated true ;\n    dcterms:isReplacedBy territoire:com-21054 ;"
        block = text.index("\nterritoire:com-21231 a ")
        label = text.index('skos:prefLabel "Dijon"@fr ;', block)
        each.write(
            "data/territoires/communes-21.ttl",
            "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            + text[:label] + gone + "\n    " + text[label:],
        )  # fmt: skip

    result = region.load("territoires", *Region.partners)
    new.load()

    assert of(result, "lieux").state == "loaded"
    assert held(region) == held(new)


def test_a_source_that_leans_on_another_waits_for_it_and_then_gives_the_same(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    early, together = (
        Region(shutil.copytree(founded, tmp_path / name), fair)
        for name in ("early", "together")
    )
    for each in (early, together):
        text = actors("voisin").decode() + SCHOOL + LEANING
        each.write("data/voisin.ttl", text)

    first = early.load("voisin")
    assert states(first) == {"voisin": "refused"}
    assert "participation:ecole--local-cercle--financeur" in told(first, "fr")
    early.load()
    assert set(states(together.load("voisin", "cercle")).values()) == {"loaded"}
    together.load()

    assert held(early) == held(together)


def test_loading_thrice_changes_nothing_after_the_first_time(
    founded: Path, fair: Market, wanted: tuple[bytes, bytes], tmp_path: Path
) -> None:
    region = Region(shutil.copytree(founded, tmp_path / "region"), fair)

    found = [states(region.load(now=DAY + timedelta(days=n))) for n in range(3)]

    assert [set(each.values()) for each in found] == [
        {"loaded"}, {"unchanged"}, {"unchanged"},
    ]  # fmt: skip
    assert set(states(region.load(force=True)).values()) == {"loaded"}
    assert held(region) == wanted


def test_undoing_a_decision_gives_back_the_bytes_of_before(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    region = Region(shutil.copytree(founded, tmp_path / "region"), fair)
    region.load()
    before = held(region)

    decision = decide(region, ("local-cercle", "local-voisin"))
    region.load()
    merged = held(region)
    take_back(region, decision)
    region.load()

    assert b"participation:ecole--local-cercle--porteur a " in merged[1]
    assert b"participation:ecole--local-voisin--porteur" not in merged[1]
    assert held(region) == before


def test_undoing_the_only_decision_gives_back_the_bytes_of_before(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    shutil.copytree(founded / "project", tmp_path / "region" / "project")
    region = Region(tmp_path / "region", fair)
    ledger = ledger_path(open_project(region.root))
    ledger.unlink(missing_ok=True)
    region.load()
    before = held(region)

    decision = decide(region, ("local-cercle", "local-voisin"))
    region.load()
    assert held(region) != before
    take_back(region, decision)
    region.load()

    assert held(region) == before


def test_a_delivery_that_came_while_a_merge_held_survives_its_undoing(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    region, plain = (
        Region(shutil.copytree(founded, tmp_path / name), fair)
        for name in ("region", "plain")
    )
    decision = decide(region, ("local-cercle", "local-voisin"))
    region.load()
    for each in (region, plain):
        each.write("data/voisin.ttl", actors("voisin", "neuf").decode() + SCHOOL)
    region.load()
    take_back(region, decision)
    region.load()
    plain.load()

    assert held(region) == held(plain)


# --- Dry runs -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cercle", "lieux", "voisin"])
def test_a_dry_run_writes_no_byte_and_says_what_a_loading_then_does(
    founded: Path, fair: Market, tmp_path: Path, name: str
) -> None:
    region = Region(shutil.copytree(founded, tmp_path / "region"), fair)
    region.load("aides", name)
    usual = dict(fair.offers)
    region.write("data/voisin.ttl", actors("voisin", "neuf").decode() + SCHOOL)
    fair.offer("/cercle.ttl", actors("cercle", "neuf"), "text/turtle")
    lieux = (TABLES / "france-services.csv").read_bytes()
    fair.offer("/lieux.csv", lieux.replace(b"Valbourg", b"Valneuf"), "text/csv")
    before = files(region.folder)

    try:
        said = region.load("aides", name, dry_run=True)
        assert files(region.folder) == before
        done = region.load("aides", name)
    finally:
        fair.offers = usual

    assert states(said) == states(done) == {"aides": "unchanged", name: "loaded"}
    assert of(said, name).changes == of(done, name).changes
    assert told(said, "fr").splitlines()[0].startswith("Essai à blanc, rien n'est")
    changes = of(said, name).changes
    change = of(done, name).change
    assert changes is not None
    assert change is not None
    assert changes.triples == (change.added, change.removed)


def test_a_dry_run_of_a_faulty_delivery_keeps_nothing_and_says_the_same(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    region = Region(shutil.copytree(founded, tmp_path / "region"), fair)
    region.load()
    usual = dict(fair.offers)
    fair.offer("/lieux.csv", b"id_fs,lib_fs\n", "text/csv")
    before = files(region.folder)

    try:
        said = region.load(dry_run=True)
        assert files(region.folder) == before
        done = region.load()
    finally:
        fair.offers = usual

    assert states(said) == states(done)
    assert said.report == done.report
    assert of(said, "lieux").quarantine is None
    assert of(done, "lieux").quarantine is not None


def test_a_dry_run_without_a_store_makes_none(
    founded: Path, fair: Market, tmp_path: Path
) -> None:
    from tests.commands import run

    shutil.copytree(founded / "project", tmp_path / "region" / "project")
    region = Region(tmp_path / "region", fair)
    words = ("--root", str(region.root), "--store", str(region.store), "load")

    result = run(*words, "lieux", "--dry-run")

    assert result.exit_code == 0, result.stderr
    assert "Essai à blanc" in result.stdout
    assert [path.name for path in region.folder.iterdir()] == ["project"]
