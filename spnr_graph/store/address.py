"""How the location of a SPARQL endpoint is written.

A location is one of:

- ``http://host:port`` — a server with Oxigraph's layout: ``/query``, ``/update`` and
  ``/store``;
- ``https://host/path/sparql`` — a query endpoint, read-only;
- ``https://host/path/sparql#update=URL&store=URL`` — the same, and where to send
  updates and where graphs are put (Graph Store Protocol); a URL may be relative, and
  one of the two is enough to write.

``user:password@`` before the host sends Basic authentication; neither messages nor
``Store.location`` ever show it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from spnr_graph.errors import StoreError


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where an endpoint takes queries, updates and graphs."""

    location: str
    query: str
    update: str = ""
    store: str = ""
    credentials: str = field(default="", repr=False)

    @classmethod
    def of(cls, location: str) -> Address:
        """Read a location.

        Raises:
            StoreError: it has no host, a bad port or an unknown option.
        """
        parts = urlsplit(location)
        host = parts.netloc.rpartition("@")[2]
        options = dict(parse_qsl(parts.fragment, keep_blank_values=True))
        if not _is_host(host) or set(options) - {"update", "store"}:
            shown = parts._replace(netloc=host).geturl()
            raise StoreError(
                fr=f"{shown} n'est pas l'adresse d'un point d'accès SPARQL. Écrivez "
                "http(s)://hôte[:port][/chemin][#update=…&store=…].",
                en=f"{shown} is not the address of a SPARQL endpoint. Write "
                "http(s)://host[:port][/path][#update=…&store=…].",
            )
        bare = parts._replace(netloc=host, fragment="").geturl()
        if parts.path in ("", "/") and not parts.query and not options:
            ways = {way: urljoin(bare, way) for way in ("query", "update", "store")}
        else:
            ways = {way: urljoin(bare, there) for way, there in options.items()}
            ways["query"] = bare
        user, colon, password = parts.netloc.rpartition("@")[0].partition(":")
        return cls(
            location=parts._replace(netloc=host).geturl(),
            credentials=unquote(user) + colon + unquote(password),
            **ways,
        )


def _is_host(host: str) -> bool:
    """Say whether a network location has a name and, if any, a true port."""
    try:
        parts = urlsplit(f"//{host}")
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
