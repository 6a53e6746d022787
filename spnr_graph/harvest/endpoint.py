"""A SPARQL endpoint and a CONSTRUCT → all its triples, or a refusal with figures."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import replace
from http.client import OK
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from spnr_graph.errors import DataError, QueryError, StoreError
from spnr_graph.harvest.construct import Construct, parse
from spnr_graph.read.sources import keep
from spnr_graph.read.unreachable import UnreachableError
from spnr_graph.store.address import Address
from spnr_graph.store.answers import ROWS, malformed, solutions
from spnr_graph.store.endpoint import Endpoint
from spnr_graph.store.failures import HttpError, unreadable
from spnr_graph.store.http import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spnr_graph.read.web import Reach

#: Rows asked for at once: fewer than the 10,000 at which many servers cut, so that a
#: page is never just as long as what such a server may give.
PAGE: Final = 5_000
_NUMBER: Final = re.compile(r'"(\d+)"')
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def pull(
    address: str,
    construct: str,
    *,
    reach: Reach,
    page: int = PAGE,
    pause: Callable[[float], None] = time.sleep,
) -> BinaryIO:
    """Bring the whole answer of a CONSTRUCT, asked for by pages, as N-Triples.

    The rows of the pattern are asked for, each once, ordered by all the variables of
    the template, and counted by the endpoint before and after; the template is filled
    here.

    Args:
        address: of the endpoint, as ``store/address.py`` reads it.
        construct: text of the CONSTRUCT.
        reach: time and size that the whole may take.
        page: rows asked for at once.
        pause: waits so many seconds before a new attempt.

    Returns:
        The triples, from the beginning of a stream to be closed; some may come twice.

    Raises:
        UnreachableError: the endpoint does not answer, or not in time.
        DataError: its answers are partial, changed meanwhile or hold blank nodes, or
            the CONSTRUCT cannot be asked by pages.
    """
    try:
        parts = parse(construct, f"{address} (spnr:construct)")
        source = _Source(Address.of(address), parts, reach, page, pause)
        body = keep(source.lines(), source.shown, reach.size)
    except HttpError as exc:
        raise _failed(exc) from exc
    except (QueryError, StoreError) as exc:
        raise DataError(fr=exc.fr, en=exc.en) from exc
    body.seek(0)
    return body


class _Source:
    """An endpoint being pulled."""

    def __init__(
        self,
        address: Address,
        construct: Construct,
        reach: Reach,
        page: int,
        pause: Callable[[float], None],
    ) -> None:
        self.shown, self.construct, self.reach = address.query, construct, reach
        self.page = page
        self._end = time.monotonic() + reach.seconds
        http = Transport(
            shown=address.query, credentials=address.credentials, sleep=pause
        )
        self._endpoint = Endpoint(address=address, http=http)
        self._seen: set[bytes] = set()

    def lines(self) -> Iterator[bytes]:
        """Yield the triples, page after page.

        Raises:
            DataError: not as many rows came as the endpoint counts.
        """
        expected, received = self._count(), 0
        while received < expected:
            rows = self._rows(received)
            received += len(rows)
            if not rows or received > expected:
                break
            yield from self._filled(rows)
        after = self._count()
        if after != expected:
            raise self._changed(expected, after)
        if received != expected or len(self._seen) != expected:
            raise self._partial(expected, received)

    def _ask(self, text: str, *columns: str) -> list[tuple[str, ...]]:
        """Return rows as N-Triples terms, within the time that is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self._late()
        http = replace(self._endpoint.http, timeout=left)
        body = replace(self._endpoint, http=http).send(text, "select", ROWS)
        with body:
            answer = solutions(body)
            try:
                if {variable.value for variable in answer.variables} != set(columns):
                    raise unreadable(self.shown, "head, vars")
                return [tuple(self._term(row[c], c) for c in columns) for row in answer]
            except SyntaxError as exc:
                raise malformed(body, exc) from exc
            finally:
                del answer

    def _count(self) -> int:
        """Ask how many rows there are."""
        rows = self._ask(self.construct.count, "n")
        number = _NUMBER.match(rows[0][0]) if len(rows) == 1 else None
        if number is None:
            raise unreadable(self.shown, "COUNT")
        return int(number[1])

    def _rows(self, offset: int) -> list[tuple[str, ...]]:
        """Ask for a page, and remember its rows so that none counts twice."""
        columns = self.construct.variables
        rows = self._ask(self.construct.page(offset, self.page), *columns)
        for row in rows:
            line = "\t".join(row).encode()
            self._seen.add(hashlib.blake2b(line, digest_size=16).digest())
        return rows

    def _term(self, term: _Term | None, column: str) -> str:
        if isinstance(term, ox.BlankNode | ox.Triple):
            raise DataError(
                fr=f"{self.shown} : ?{column} est un nœud anonyme, dont le nom change "
                "d'une réponse à l'autre. Écarter ces lignes dans le motif par "
                f"FILTER(!isBlank(?{column})), ou y construire un IRI.",
                en=f"{self.shown}: ?{column} is a blank node, whose name changes from "
                "one answer to the next. Leave these rows out in the pattern with "
                f"FILTER(!isBlank(?{column})), or build an IRI there.",
            )
        return "UNDEF" if term is None else str(term)

    def _filled(self, rows: list[tuple[str, ...]]) -> Iterator[bytes]:
        """Fill the template with rows."""
        triples = ox.Store().query(self.construct.fill(rows))
        for triple in triples:  # type: ignore[union-attr]
            yield f"{triple} .\n".encode()

    def _late(self) -> UnreachableError:
        seconds = f"{self.reach.seconds:g} s"
        return UnreachableError(
            fr=f"{self.shown} : le point d'accès n'a pas tout donné en {seconds}. "
            "Recommencer plus tard, ou restreindre le CONSTRUCT.",
            en=f"{self.shown}: the endpoint did not give everything within {seconds}. "
            "Try again later, or narrow the CONSTRUCT.",
            passing=True,
        )

    def _changed(self, before: int, after: int) -> DataError:
        return DataError(
            fr=f"{self.shown} : le nombre de lignes a changé pendant la lecture "
            f"({before} avant, {after} après). Recommencer.",
            en=f"{self.shown}: the number of rows changed while they were read "
            f"({before} before, {after} after). Try again.",
        )

    def _partial(self, expected: int, received: int) -> DataError:
        twice = received - len(self._seen)
        fr = f", dont {twice} en double" if twice else ""
        en = f", {twice} of them twice" if twice else ""
        return DataError(
            fr=f"{self.shown} : réponse partielle. Le point d'accès compte {expected} "
            f"lignes et en a donné {received}{fr}. Rien n'est gardé : prévenir ses "
            "responsables, ou restreindre le CONSTRUCT.",
            en=f"{self.shown}: partial answer. The endpoint counts {expected} rows and "
            f"gave {received}{en}. Nothing is kept: tell the people who run it, or "
            "narrow the CONSTRUCT.",
        )


def _failed(exc: HttpError) -> DataError:
    """Return the error of the harvest for that of a request."""
    if exc.status == OK:
        return DataError(fr=exc.fr, en=exc.en)
    return UnreachableError(
        fr=exc.fr, en=exc.en, status=exc.status, passing=exc.passing
    )
