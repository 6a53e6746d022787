"""The questions of ``queries/`` with arguments that generated data know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spnr_graph.sparql import Parameter, Query

#: Kind of a parameter → its values in generated data, one for each parameter of the
#: kind. The actors are neither the largest nor the least: the fifth and the tenth.
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "spnr:Actor": ("acteur:siren-000044021", "acteur:siren-000083616"),
    "spnr:Initiative": ("initiative:spnr",),
    "dcterms:Location": ("territoire:dep-9A", "territoire:dep-9B"),
    "igeo:Departement": ("territoire:dep-9A",),
    "xsd:string": ("000044021",),
}


def arguments(query: Query) -> dict[str, str]:
    """Return the arguments of a question: what it requires, and its example's.

    A concept is taken from the example as it is: generated data have the same lists.
    """
    if query.header is None:
        return {}
    example = query.header.example or {}
    used: dict[str, int] = {}
    found = {}
    for parameter in query.header.parameters:
        if parameter.required or parameter.name in example:
            found[parameter.name] = _value(parameter, example, used)
    return found


def _value(
    parameter: Parameter, example: Mapping[str, str], used: dict[str, int]
) -> str:
    values = _VALUES.get(parameter.kind)
    if values is None:
        return example[parameter.name]
    position = used.get(parameter.kind, 0)
    used[parameter.kind] = position + 1
    return values[position % len(values)]
