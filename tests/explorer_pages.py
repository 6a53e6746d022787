"""Pages of explorers in a real browser: opened, watched, asked what they show."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import needs

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Page

WEB = Path(__file__).parents[1] / "spnr_graph/render/explorer/web"
TURTLE = Path(__file__).parent / "fixtures/network/explorateur.ttl"
#: Chromium as Debian builds it, WebGL drawn by its processor alone.
FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--force-color-profile=srgb",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: How long a page may take to do what it is asked, on a machine that does much else.
_MILLISECONDS = 60_000


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run a browser while its pages are looked at."""
    needs.package("playwright")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=needs.chromium(), args=list(FLAGS)
        )
        yield browser
        browser.close()


@contextmanager
def without_webgl(browser: Browser) -> Iterator[Browser]:
    """Run the same browser beside, where nothing draws WebGL."""
    other = browser.browser_type.launch(
        executable_path=needs.chromium(), args=["--no-sandbox", "--disable-3d-apis"]
    )
    yield other
    other.close()


@dataclass(frozen=True)
class Opened:
    """A page that was opened from a file, and what it did besides being seen.

    Attributes:
        said: messages of its console, and errors that nobody caught.
        asked: addresses that it asked for, after its own.
    """

    tab: Page
    said: list[str]
    asked: list[str]

    def silent(self) -> bool:
        """Say whether the page complained of nothing and asked nobody for anything."""
        asked = [url for url in self.asked if not url.startswith("blob:")]
        assert (self.said, asked) == ([], [])
        return True

    def restart(self, fragment: str) -> None:
        """Go to another address of the page that is open, as a new visitor."""
        self.tab.mouse.move(0, 0)
        self.tab.evaluate(_RESTART, fragment)
        self.tab.evaluate(_FRAMES)

    def counts(self) -> tuple[int, int, int]:
        """Return how many nodes, links drawn, and links that pass the line names."""
        who, links = self.tab.locator("#seen").inner_text().split(" · ")
        numbers = _numbers(links) or [0]
        return sum(_numbers(who)), numbers[0], numbers[-1]

    def all_links(self) -> None:
        """Ask for every link, not the backbone alone."""
        self.tab.get_by_role("switch").check()

    def option(self, name: str) -> Any:
        """Return the box of a value of a filter; its group is opened."""
        row = self.tab.locator("#filters label").filter(
            has=self.tab.locator(".option-name", has_text=re.compile(f"^{name}$"))
        )
        group = row.locator("xpath=ancestor::details[last()]")
        if group.get_attribute("open") is None:
            group.locator("summary").first.click()
        return row.locator("input")

    def hash(self) -> str:
        """Return the part of the address that holds the state."""
        return self.tab.url.partition("#")[2]

    def table(self, title: str) -> list[list[str]]:
        """Return the rows of a table, cell by cell."""
        rows = self.tab.get_by_role("table", name=title).locator("tbody tr")
        return rows.evaluate_all(
            "rows => rows.map(row => [...row.children].map(cell => cell.innerText))"
        )

    def links(self) -> list[tuple[str, str]]:
        """Return the names at both ends of each link that is drawn."""
        return [(row[0], row[1]) for row in self.table("Liens")]

    def taken(self, export: str) -> tuple[str, bytes]:
        """Return the name and the bytes of an export."""
        self.tab.locator("summary", has_text=re.compile("^(Exporter|Export)$")).click()
        with self.tab.expect_download() as waited:
            self.tab.get_by_role("button", name=export, exact=True).click()
        name = waited.value.suggested_filename
        return name, Path(waited.value.path()).read_bytes()

    def places(self) -> dict[str, tuple[float, float]]:
        """Return where each sign stands on the screen, by the full name of its node.

        They are read in the picture that the page exports: it shows what is seen.
        """
        from xml.etree import ElementTree

        svg = ElementTree.fromstring(self.taken("Dessin (SVG)")[1])
        box = self.tab.locator("#drawing").bounding_box()
        assert box is not None
        found = {}
        for sign in svg.iter():
            if "data-node" not in sign.keys():  # noqa: SIM118  (an element is no dict)
                continue
            if (points := sign.get("points")) is None:
                x, y = float(sign.get("cx", "")), float(sign.get("cy", ""))
            else:
                corners = [pair.split(",") for pair in points.split()]
                x, y = (
                    sum(float(pair[axis]) for pair in corners) / len(corners)
                    for axis in (0, 1)
                )
            found[str(sign[0].text)] = (box["x"] + x, box["y"] + y)
        return found

    def picture(self) -> Picture:
        """Return what the drawing looks like now, without the message over it."""
        toast = self.tab.locator(".toast")
        toast.evaluate("toast => { toast.style.visibility = 'hidden'; }")
        self.tab.evaluate(_FRAMES)
        png = self.tab.locator("#drawing").screenshot()
        toast.evaluate("toast => { toast.style.visibility = ''; }")
        return Picture(png)


#: Told of a new address, the page reads its state from it.
_RESTART = """fragment => new Promise(done => {
  document.activeElement.blur();
  for (const open of document.querySelectorAll(".menu[open]")) open.open = false;
  scrollTo(0, 0);
  if (location.hash.slice(1) === fragment) return done();
  addEventListener("hashchange", done, { once: true });
  location.hash = fragment;
})"""
#: What is asked of a canvas is on the screen two frames later.
_FRAMES = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass(frozen=True)
class Picture:
    """Pixels of a drawing."""

    png: bytes

    @cached_property
    def image(self) -> Image:
        """The picture without transparency."""
        from PIL import Image

        return Image.open(BytesIO(self.png)).convert("RGB")

    @cached_property
    def colours(self) -> dict[str, int]:
        """How many pixels have each colour, the most frequent first."""
        width, height = self.image.size
        counted = self.image.getcolors(width * height) or []
        return {
            "#{:02x}{:02x}{:02x}".format(*colour): count
            for count, colour in sorted(counted, reverse=True)
        }

    def inked(self) -> float:
        """Return the share of pixels that are not of the background."""
        most = next(iter(self.colours.values()))
        return 1 - most / sum(self.colours.values())

    def unlike(self, other: Picture) -> float:
        """Return the share of pixels that differ; rounding moves one here or there."""
        from PIL import ImageChops

        same = ImageChops.difference(self.image, other.image).convert("L").histogram()
        return 1 - same[0] / sum(same)


def show(browser: Browser, path: Path, fragment: str = "", **context: Any) -> Opened:
    """Open a page in a tab of its own, and wait until it is drawn."""
    options = {
        "viewport": {"width": 1280, "height": 800},
        "reduced_motion": "reduce",
        "locale": "fr-FR",
        **context,
    }
    tab = browser.new_context(**options).new_page()
    tab.set_default_timeout(_MILLISECONDS)
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("websocket", lambda socket: asked.append(socket.url))
    tab.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
    tab.locator("html[data-ready]").wait_for(state="attached")
    asked.remove(path.as_uri())
    return Opened(tab, said, asked)


def axe(folder: Path) -> str:
    """Return the script of axe-core, fetched as web/test/package-lock.json pins it."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(WEB / "test" / name, folder / name)
    done = subprocess.run(
        [
            *needs.npm(),
            *("ci", "--ignore-scripts", "--loglevel=error"),
            *("--prefer-offline", "--fetch-timeout=20000", "--fetch-retries=4"),
        ],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=250,
    )
    if re.search("ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN", done.stderr):
        needs.registry()
    assert done.returncode == 0, done.stderr
    script = folder / "node_modules/axe-core/axe.min.js"
    return script.read_text(encoding="utf-8")


def violations(tab: Page, script: str) -> list[str]:
    """Return what axe-core finds wrong: rule, impact, and the elements."""
    tab.evaluate(script)
    found = tab.evaluate("() => axe.run().then(({ violations }) => violations)")
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['failureSummary']} "
        + " ".join(str(node["target"]) for node in one["nodes"])
        for one in found
    ]


def _numbers(text: str) -> list[int]:
    """Return the whole numbers of a text: spaces and commas group their digits."""
    return [
        int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u202f,]*", text)
    ]
