"""Initiatives and who takes part in them: the bulk of a generated graph."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import names
from benchmarks.blocks import Block, Pairs, Term, text, typed
from benchmarks.dice import Chances, Dice
from benchmarks.population import PARTNERS, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.population import Actors, Territory

#: An initiative, its documents and its service, without its participations, and one
#: participation: the most triples they can take, so that a budget is never overrun.
_MOST: Final = 50
_MOST_EACH: Final = 22
#: From this size on, an initiative is most often a programme or a network.
_LARGE: Final = 25
#: The largest networks of a region have about this many members.
_LARGEST: Final = 150

_KINDS: Final = Chances({
    "service": 26, "infrastructure": 22, "programme": 16, "projet": 24,
    "equipement": 15, "evenement": 13, "dispositif-aide": 12, "strategie": 6,
    "formation": 12, "lieu": 10, "outil": 8, "reseau": 6, "donnees": 5,
})  # fmt: skip
#: What brings many together is seldom one project: rule R5 leaves these kinds out.
_LARGE_KINDS: Final = Chances(
    {"programme": 5, "reseau": 3, "strategie": 2, "projet": 2}
)
_ROLES: Final = Chances({
    "partenaire": 175, "financeur": 104, "beneficiaire": 60, "operateur": 48,
    "membre": 36, "prestataire": 20, "coordinateur": 20, "ingenierie": 20,
    "porteur": 15,
})  # fmt: skip
_AXES: Final = (
    "inclusion-numerique",
    "territoires-intelligents",
    "transformation-numerique",
)
_OBJECTIVES: Final = (
    "accessibilite", "accessibilite-fixe", "accessibilite-mobile", "bonne-information",
    "formation", "formation-habitants", "developpement-services", "services-publics",
    "services-prives", "valeur-ajoutee",
)  # fmt: skip
_AUDIENCES: Final = (
    "citoyens",
    "entreprises",
    "acteurs-publics",
    "acteurs-socio-economiques",
)
_CHALLENGES: Final = ("citoyens", "economie", "environnement-amenagement-durable")
_MISSIONS: Final = ("federer", "coordonner", "impulser", "accompagner")
_COMPETENCES: Final = (
    "information-donnees", "communication-collaboration", "creation-contenu",
    "securite", "resolution-problemes",
)  # fmt: skip
_ONGOING: Final = Chances(
    {"en-cours": 52, "inconnu": 30, "en-exploitation": 15, "en-projet": 8}
)
_AMOUNTS: Final = Chances({"engage": 4, "verse": 3, "prevu": 2, "indetermine": 1})


@dataclass(frozen=True, kw_only=True)
class Period:
    """Two bounds as a source gives them: a year, a month or a day; ``""`` = unknown."""

    start: str
    end: str

    def pairs(self) -> Pairs:
        """Return the dates widened to full days, and the period as it was given."""
        found: Pairs = []
        if self.start:
            day = self.start + "-01-01"[3 * self.start.count("-") :]
            found.append(("schema:startDate", typed(day, "date")))
        if self.end:
            found.append(("schema:endDate", typed(_last_day(self.end), "date")))
        if found:
            interval = f"{self.start or '..'}/{self.end or '..'}"
            found.append(("schema:temporalCoverage", text(interval)))
        return found


def _last_day(bound: str) -> str:
    year, month, day = [*map(int, bound.split("-")), 0, 0][:3]
    month = month or 12
    return f"{year}-{month:02d}-{day or monthrange(year, month)[1]:02d}"


def period(dice: Dice, known: float) -> Period:
    """Draw a period whose start is known with a probability, its end less often."""
    if not dice.chance(known):
        return Period(start="", end="")
    year = 2010 + dice.below(17)
    last = year + 1 + dice.below(8)
    end = _imprecise(last, dice) if dice.chance(0.35) else ""
    return Period(start=_imprecise(year, dice), end=end)


def _imprecise(year: int, dice: Dice) -> str:
    month, day = 1 + dice.below(12), 1 + dice.below(28)
    parts = [str(year), f"{month:02d}", f"{day:02d}"]
    return "-".join(parts[: 1 + dice.below(3)])


def activities(
    actors: Actors, territory: Territory, budget: int, seed: int
) -> Iterator[Block]:
    """Describe initiatives one after the other until the triples are used up."""
    draw = _Drawing(actors, territory, seed)
    index = 0
    while budget > _MOST + 2 * _MOST_EACH:
        members = (budget - _MOST) // _MOST_EACH
        for block in draw.initiative(index, members):
            budget -= len(block.pairs)
            yield block
        index += 1


class _Drawing:
    """One initiative after the other, with what hangs on it."""

    def __init__(self, actors: Actors, territory: Territory, seed: int) -> None:
        self._actors = actors
        self._territory = territory
        self._dice = Dice(seed, "initiatives")
        self._slugs: list[str] = []

    def initiative(self, index: int, members: int) -> Iterator[Block]:
        """Describe an initiative, its documents, its service and its participations."""
        dice = self._dice
        size = min(
            int(dice.pareto(2.3, 1.8)), _LARGEST, members, len(self._actors) // 2
        )
        kind = dice.draw(_LARGE_KINDS if size > _LARGE else _KINDS)
        name = names.initiative(kind, index)
        slug = self._slug(index, name)
        partner = PARTNERS[0] if dice.chance(0.75) else PARTNERS[1]
        node = f"initiative:{slug}"
        if dice.chance(0.7):
            yield self._document(partner, index)
        yield Block(partner, node, self._about(index, kind, name, slug))
        if kind in {"service", "donnees"}:
            yield from self._service(partner, slug, name)
        yield from self._participations(partner, index, slug, size)

    def _slug(self, index: int, name: str) -> str:
        # The questions name these two: the policy's own service and what it continues.
        known = ("spnr", "scoran-bfc")
        slug = known[index] if index < len(known) else names.slug(name, index)
        self._slugs.append(slug)
        return slug

    def _document(self, partner: str, index: int) -> Block:
        dice = self._dice
        year = 2015 + dice.below(12)
        return Block(
            partner,
            source(index),
            [
                ("a", "foaf:Document"),
                ("dcterms:title", text(f"Compte rendu n° {index}", "fr")),
                ("dc:publisher", text(f"Gazette de {names.place(index % 90)}")),
                ("dcterms:issued", typed(f"{year}", "gYear")),
            ],
        )

    def _about(self, index: int, kind: str, name: str, slug: str) -> Pairs:
        dice = self._dice
        when = period(dice, 0.8)
        status = "achevee" if when.end and when.end < "2026" else dice.draw(_ONGOING)
        pairs: Pairs = [
            ("a", "spnr:Initiative"),
            ("skos:prefLabel", text(name, "fr")),
            ("dcterms:identifier", text(slug)),
            ("dcterms:type", f"type-initiative:{kind}"),
            ("dcterms:spatial", self._territory.anywhere(dice)),
            ("spnr:servesAxis", f"axe:{dice.pick(_AXES)}"),
            ("spnr:pursuesObjective", f"objectif:{dice.pick(_OBJECTIVES)}"),
            ("dcterms:audience", f"public:{dice.pick(_AUDIENCES)}"),
            ("adms:status", f"statut:{status}"),
            ("dcterms:source", source(index)),
            (
                "spnr:confidence",
                f"fiabilite:{'affirme' if dice.chance(0.9) else 'deduit'}",
            ),
        ]
        pairs += when.pairs() + self._sometimes(index, kind, name)
        return list(dict.fromkeys(pairs))

    def _sometimes(self, index: int, kind: str, name: str) -> Pairs:
        """Return what is known of some initiatives only."""
        dice = self._dice
        about = text(f"{name} : action de la Région et de ses partenaires.", "fr")
        budget = typed(f"{1_000 * int(dice.pareto(20, 0.9))}", "decimal")
        page = f"<https://example.org/initiative/{index}>"
        likely: list[tuple[float, str, Term]] = [
            (0.98, "dcterms:description", about),
            (0.15, "spnr:servesAxis", f"axe:{dice.pick(_AXES)}"),
            (0.5, "spnr:addressesChallenge", f"defi:{dice.pick(_CHALLENGES)}"),
            (0.2, "spnr:addressesChallenge", f"defi:{dice.pick(_CHALLENGES)}"),
            (0.4, "spnr:fulfilsMission", f"mission:{dice.pick(_MISSIONS)}"),
            (0.85, "foaf:page", page),
            (0.21, "spnr:budgetEUR", budget),
        ]
        if kind == "formation":
            competence = f"competence:{dice.pick(_COMPETENCES)}"
            likely.append((1.0, "spnr:developsCompetence", competence))
        if index > 1:
            parent, former = (self._slugs[dice.rank(index)] for _ in "ab")
            likely.append((0.5, "dcterms:isPartOf", f"initiative:{parent}"))
            likely.append((0.05, "spnr:continues", f"initiative:{former}"))
        if index == 0:
            likely.append((1.0, "spnr:continues", "initiative:scoran-bfc"))
        return [(verb, value) for chance, verb, value in likely if dice.chance(chance)]

    def _service(self, partner: str, slug: str, name: str) -> Iterator[Block]:
        dice = self._dice
        public: Pairs = [("a", "cpsv:PublicService")] if dice.chance(0.7) else []
        audience = dice.pick(_AUDIENCES)
        yield Block(
            partner, f"initiative:{slug}", [("spnr:delivers", f"service:{slug}")]
        )
        yield Block(
            partner,
            f"service:{slug}",
            [
                ("a", "spnr:DigitalService"),
                *public,
                ("skos:prefLabel", text(name, "fr")),
                ("dcterms:audience", f"public:{audience}"),
                ("cv:hasChannel", f"canal:{slug}"),
            ],
        )
        page = f"<https://example.org/service/{slug}>"
        yield Block(
            partner, f"canal:{slug}", [("a", "cv:Channel"), ("foaf:page", page)]
        )

    def _participations(
        self, partner: str, index: int, slug: str, size: int
    ) -> Iterator[Block]:
        dice = self._dice
        done: set[str] = set()
        for member in range(size):
            role = "porteur" if member == 0 else dice.draw(_ROLES)
            actor = self._actors.names[dice.rank(len(self._actors))]
            node = f"participation:{slug}--{actor.removeprefix('acteur:')}--{role}"
            if node in done:
                continue
            done.add(node)
            core: Pairs = [
                ("a", "spnr:Participation"),
                ("cv:hasParticipant", actor),
                ("spnr:initiative", f"initiative:{slug}"),
                ("cv:role", f"role:{role}"),
            ]
            amount = dice.pareto(5, 0.8) if dice.chance(_paid(role)) else 0
            yield Block(partner, node, core + self._details(index, role, amount))
            if role == "financeur" and amount and dice.chance(0.2):
                yield self._restated(partner, node, core, amount)

    def _details(self, index: int, role: str, amount: float) -> Pairs:
        dice = self._dice
        pairs: Pairs = [("dcterms:source", source(index))]
        sure = "affirme" if dice.chance(0.9) else "deduit"
        pairs.append(("spnr:confidence", f"fiabilite:{sure}"))
        pairs += period(dice, 0.25).pairs()
        if amount:
            pairs.append(("spnr:amountEUR", typed(1_000 * int(amount), "decimal")))
            pairs.append(("spnr:amountStatus", f"etat-montant:{dice.draw(_AMOUNTS)}"))
        if role == "ingenierie":
            effort = typed(f"{(1 + dice.below(8)) / 2}", "decimal")
            pairs.append(("spnr:effortFTE", effort))
        return pairs

    def _restated(self, partner: str, node: Term, core: Pairs, amount: float) -> Block:
        """Let the other partner state a participation too, sometimes otherwise."""
        dice = self._dice
        other = PARTNERS[1] if partner == PARTNERS[0] else PARTNERS[0]
        stated = int(amount) + (1 + dice.below(50) if dice.chance(0.3) else 0)
        pairs: Pairs = [
            ("dcterms:source", "<https://example.org/source/comptes>"),
            ("spnr:amountEUR", typed(1_000 * stated, "decimal")),
            ("spnr:amountStatus", f"etat-montant:{dice.draw(_AMOUNTS)}"),
        ]
        return Block(other, node, core + pairs)


def _paid(role: str) -> float:
    """Return how often the sources give an amount for a role."""
    return {"financeur": 0.45, "beneficiaire": 0.2}.get(role, 0.0)
