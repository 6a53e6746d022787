"""Territories, actors and measures of coverage: what stands before the initiatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import names
from benchmarks.blocks import Block, Pairs, Term, text, typed
from benchmarks.dice import Chances, Dice

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Codes that no French département bears, so that nothing here can be taken for real.
DEPARTEMENTS: Final = tuple(f"9{letter}" for letter in "ABCDEFGH")
REGION: Final = "territoire:reg-99"

#: Shares of the kinds among the actors of the real census, the first of which are
#: the region and its départements.
_KINDS: Final = Chances({
    "entreprise": 59, "association": 33, "intercommunalite": 20, "commune": 60,
    "enseignement-recherche": 19, "groupement": 18, "etat": 16,
    "etablissement-public": 15, "pole": 12, "chambre-consulaire": 5, "reseau": 4,
})  # fmt: skip
#: Partners by turns; the first describes every actor.
PARTNERS: Final = ("recensement", "financements")
_MEASURES: Final = {
    "technologie:ftth": "base-couverture:locaux",
    "technologie:cuivre": "base-couverture:locaux",
    "technologie:radio-fixe": "base-couverture:locaux",
    "technologie:mobile": "base-couverture:population",
}


@dataclass(frozen=True, kw_only=True)
class Territory:
    """The places of a generated region, by number."""

    communes: int

    @property
    def epcis(self) -> int:
        """How many intercommunalities there are: one for thirty communes."""
        return max(len(DEPARTEMENTS), self.communes // 30)

    def commune(self, index: int) -> Term:
        """Return the name of a commune."""
        return f"territoire:com-{self.code(index)}"

    def code(self, index: int) -> str:
        """Return the code of a commune: its département, then a number."""
        count = len(DEPARTEMENTS)
        return f"{DEPARTEMENTS[index % count]}{index // count:03d}"

    def epci(self, index: int) -> Term:
        """Return the name of an intercommunality."""
        return f"territoire:epci-{siren(index + 90_000_000)}"

    def anywhere(self, dice: Dice) -> Term:
        """Draw a place: often the region or a département."""
        if dice.chance(0.2):
            return REGION
        if dice.chance(0.45):
            return f"territoire:dep-{dice.pick(DEPARTEMENTS)}"
        if dice.chance(0.5):
            return self.epci(dice.below(self.epcis))
        return self.commune(dice.below(self.communes))


def siren(index: int) -> str:
    """Return a number shaped like a SIREN; real ones never begin with 0."""
    return f"0{(index * 7_919 + 12_345) % 10**8:08d}"


def territories(territory: Territory) -> Iterator[Block]:
    """Describe the region, its départements, intercommunalities and communes."""
    yield _place(REGION, "Region", "Région des Essais", "99", [], 2_800_000)
    for code in DEPARTEMENTS:
        name = f"Département {code}"
        yield _place(
            f"territoire:dep-{code}", "Departement", name, code, [REGION], 350_000
        )
    for index in range(territory.epcis):
        name = f"CC {names.place(index)}"
        node = territory.epci(index)
        code = node.rpartition("-")[2]
        yield _place(node, "Intercommunalite", name, code, [REGION], 20_000 + index)
    for index in range(territory.communes):
        code = territory.code(index)
        parents = [
            f"territoire:dep-{code[:2]}",
            territory.epci(index % territory.epcis),
        ]
        inhabitants = 60 + index * 7_919 % 3_000
        node = territory.commune(index)
        yield _place(node, "Commune", names.place(index), code, parents, inhabitants)


def _place(
    node: Term, kind: str, name: str, code: str, parents: list[Term], inhabitants: int
) -> Block:
    pairs: Pairs = [
        ("a", "dcterms:Location"),
        ("a", f"igeo:{kind}"),
        ("skos:prefLabel", text(name, "fr")),
        ("dbo:populationTotal", typed(inhabitants, "integer")),
        ("dcterms:identifier", text(code)),
    ]
    pairs += [("dcterms:isPartOf", parent) for parent in parents]
    return Block("territoires", node, pairs)


class Actors:
    """The actors of a generated region, by number: 0 is the region itself."""

    def __init__(self, count: int, territory: Territory, seed: int) -> None:
        """Draw the kind and the identifier of each actor, nothing more."""
        dice = Dice(seed, "acteurs")
        self._territory = territory
        self._dice = Dice(seed, "fiches")
        self._kinds = [self._kind(index, dice) for index in range(count)]
        self.names = [self._name(index, dice) for index in range(count)]

    def __len__(self) -> int:
        """Return the number of actors."""
        return len(self.names)

    @staticmethod
    def _kind(index: int, dice: Dice) -> str:
        if index == 0:
            return "region"
        return "departement" if index <= len(DEPARTEMENTS) else dice.draw(_KINDS)

    def _name(self, index: int, dice: Dice) -> Term:
        if self._kinds[index] == "association" and dice.chance(0.3):
            return f"acteur:rna-W{index:09d}"
        if index > len(DEPARTEMENTS) and dice.chance(0.02):
            name = names.actor(self._kinds[index], index)
            return f"acteur:local-recensement-{names.slug(name, index)}"
        return f"acteur:siren-{siren(index)}"

    def blocks(self) -> Iterator[Block]:
        """Describe each actor, and now and then a duplicate that a curator found."""
        for index, node in enumerate(self.names):
            yield self._described(index, node)
            if index % 200 == 199:
                yield from self._duplicate(index, node)

    def _described(self, index: int, node: Term) -> Block:
        dice, kind = self._dice, self._kinds[index]
        name = names.actor(kind, index)
        pairs: Pairs = [
            ("a", "spnr:Actor"),
            ("skos:prefLabel", text(name, "fr")),
            ("org:classification", f"type-acteur:{kind}"),
            ("dcterms:identifier", text(names.slug(name, index))),
            ("dcterms:spatial", self._territory.anywhere(dice)),
        ]
        sort, _, number = node.removeprefix("acteur:").partition("-")
        if sort in {"siren", "rna"}:
            pairs.append((f"spnr:{sort}", text(number)))
        if dice.chance(0.3):
            pairs.append(("skos:altLabel", text(f"{kind[:3].upper()}{index}")))
        if dice.chance(0.25):
            pairs.append(("foaf:homepage", f"<https://example.org/acteur/{index}>"))
        if index and dice.chance(0.25):
            pairs.append(("dcterms:isPartOf", self.names[dice.rank(index)]))
        pairs.append(("dcterms:source", source(dice.below(1 + index // 4))))
        sure = "affirme" if dice.chance(0.85) else "deduit"
        pairs.append(("spnr:confidence", f"fiabilite:{sure}"))
        return Block(PARTNERS[0], node, pairs)

    @staticmethod
    def _duplicate(index: int, winner: Term) -> Iterator[Block]:
        """Say under which name a partner knew an actor before a curator saw it."""
        loser = f"acteur:local-financements-{index}"
        label = ("skos:prefLabel", text(f"Ancienne fiche {index}", "fr"))
        yield Block(
            "identite",
            loser,
            [
                ("a", "spnr:Actor"),
                label,
                ("org:classification", "type-acteur:association"),
                ("owl:deprecated", typed("true", "boolean")),
                ("dcterms:isReplacedBy", winner),
            ],
        )


def source(index: int) -> Term:
    """Return the address of a document that states something."""
    return f"<https://example.org/source/{index}>"


def coverage(territory: Territory, quarters: int, seed: int) -> Iterator[Block]:
    """Measure four technologies in each département and intercommunality."""
    dice = Dice(seed, "couverture")
    places = [f"territoire:dep-{code}" for code in DEPARTEMENTS]
    places += [territory.epci(index) for index in range(territory.epcis)]
    for quarter in range(quarters):
        year, month = 2019 + quarter // 4, 3 * (quarter % 4) + 1
        for place in places:
            for technology, base in _MEASURES.items():
                rate = min(100.0, 25 + 3 * quarter + 40 * dice.below(1_000) / 1_000)
                code = place.rpartition(":")[2]
                name = f"{code}-{technology.rpartition(':')[2]}-{year}-{month:02d}"
                yield Block(
                    "couverture",
                    f"observation:{name}",
                    [
                        ("a", "spnr:CoverageObservation"),
                        ("sdmx-dimension:refArea", place),
                        (
                            "sdmx-dimension:refPeriod",
                            typed(f"{year}-{month:02d}-01", "date"),
                        ),
                        ("spnr:technology", technology),
                        ("spnr:coverageRate", typed(f"{rate:.1f}", "decimal")),
                        ("sdmx-attribute:unitMeasure", base),
                        ("dcterms:source", f"<https://example.org/couverture/{year}>"),
                    ],
                )
