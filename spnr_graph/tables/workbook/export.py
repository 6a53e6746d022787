"""A partner's own contribution, in the workbook in which it could have sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from spnr_graph.tables.workbook import dress
from spnr_graph.tables.workbook.contribution import Contribution, contribution
from spnr_graph.tables.workbook.template import filled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spnr_graph.tables.formats import Format
    from spnr_graph.tables.kinds import Context
    from spnr_graph.tables.workbook.vocabulary import Vocabulary


def export_workbook(
    lines: Iterable[bytes],
    output: BinaryIO,
    *,
    form: Format,
    vocabulary: Vocabulary,
    context: Context,
    lang: str = "fr",
) -> Contribution:
    """Write a contribution as a workbook that loads as the same contribution.

    Args:
        lines: the contribution as N-Triples, one triple a line.
        output: where the bytes go.
        form: the format of the workbook.
        vocabulary: labels of concepts and territories, in ``lang``.
        context: what cells are read with; its partner is the one who contributes.
        lang: language of titles and labels.

    Returns:
        The rows, and what does not fit in them, to be said to whoever asked.

    Raises:
        DataError: openpyxl is missing.
    """
    found = contribution(lines, form, vocabulary, context)
    book = filled(form, vocabulary, found.rows, partner=context.partner, lang=lang)
    dress.save(book, output, title=form.title(lang))
    return found
