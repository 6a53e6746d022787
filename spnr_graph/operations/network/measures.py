"""Define: every measure of the network, in a table."""

from __future__ import annotations

from typing import Final

from spnr_graph.measures import definitions
from spnr_graph.operations.network.answer import Answer, Column, answer

COLUMNS: Final = (
    Column(name="mesure", fr="Colonne", en="Column"),
    Column(name="titre", fr="Mesure", en="Measure"),
    Column(name="sens", fr="Sens", en="Meaning"),
    Column(name="formule", fr="Formule", en="Formula", brief=False),
    Column(name="unite", fr="Unité", en="Unit"),
    Column(name="precaution", fr="Précaution", en="Caveat"),
    Column(name="reference", fr="Référence", en="Reference", brief=False),
)


def network_measures(*, lang: str = "fr") -> Answer:
    """Return what every measure means, in the order of the modules that compute them.

    Args:
        lang: language of titles and sentences.
    """
    french = lang == "fr"
    return answer(
        COLUMNS,
        [
            (
                each.name,
                each.fr if french else each.en,
                each.meaning_fr if french else each.meaning_en,
                each.formula,
                each.unit_fr if french else each.unit_en,
                each.caveat_fr if french else each.caveat_en,
                each.source,
            )
            for each in definitions()
        ],
    )
