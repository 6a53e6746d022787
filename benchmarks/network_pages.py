"""The page of a network: how large, and how soon something is drawn in Chromium."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from spnr_graph.operations.visualise import visualise
from spnr_graph.project import Project
from spnr_graph.store import open_store

if TYPE_CHECKING:
    from benchmarks.bench import Bench

_CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
#: Without a graphics card: WebGL is drawn by the processor.
_FLAGS: Final = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)
#: Tells when something is first drawn: by WebGL, or filled on a canvas. Clearing is
#: not drawing, nor is a picture that the page keeps outside the document.
_WATCH: Final = """
(() => {
  let told = false;
  const watch = (type, name, least) => {
    const kept = type.prototype[name];
    if (!kept) return;
    type.prototype[name] = function (...given) {
      const seen = this.canvas.isConnected && (given[2] ?? 1) >= least;
      if (seen && !told) {
        told = true;
        requestAnimationFrame(() => window.drawn(performance.now()));
      }
      return kept.apply(this, given);
    };
  };
  for (const type of [WebGLRenderingContext, WebGL2RenderingContext]) {
    watch(type, "drawArrays", 1);
    watch(type, "drawArraysInstanced", 1);
    watch(type, "drawElements", 0);
  }
  watch(CanvasRenderingContext2D, "fill", 0);
})();
"""
_STEP: Final = 20


def _made(bench: Bench, engine: str) -> bytes:
    store = open_store(str(bench.scratch / "network"), read_only=True)
    return visualise(store, engine=engine, project=Project(bench.root))


def _time_making(bench: Bench, engine: str) -> None:
    with bench.timed() as facts:
        facts["bytes"] = len(_made(bench, engine))


def explorer(bench: Bench) -> None:
    """Make the explorer's page of a store in a directory."""
    _time_making(bench, "explorer")


def pyvis(bench: Bench) -> None:
    """Make the page that pyvis draws, laid out by us."""
    _time_making(bench, "pyvis")


def _time_drawing(bench: Bench, engine: str) -> None:
    """Open a page from its file, and wait until the frame of its first drawing."""
    from playwright.sync_api import sync_playwright

    path = bench.scratch / f"{engine}.html"
    path.write_bytes(_made(bench, engine))
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    drawn: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_FLAGS])
        tab = browser.new_page()
        tab.expose_binding("drawn", lambda _, when: drawn.append(when))
        tab.add_init_script(_WATCH)
        with bench.timed("") as facts:
            tab.goto(path.resolve().as_uri(), wait_until="commit")
            while not drawn:
                tab.wait_for_timeout(_STEP)
            facts["ms by the page's own clock"] = round(drawn[0])
        browser.close()


def draw_explorer(bench: Bench) -> None:
    """Wait for the first drawing of the explorer."""
    _time_drawing(bench, "explorer")


def draw_pyvis(bench: Bench) -> None:
    """Wait for the first drawing of the page that pyvis makes."""
    _time_drawing(bench, "pyvis")
