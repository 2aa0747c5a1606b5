"""A notebook in JupyterLab in a headless Chromium, moved by what a learner would click and type.

A cell is named by its id in the .ipynb; the page knows cells only by their order, so the file says
which is which. Nothing here knows what a lesson holds.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Locator, Page, WebSocket, sync_playwright

from .lab_server import lab_server

# Debian's Chromium as root and without a screen, and quiet: no update, no sync, no first run.
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps",
)  # fmt: skip
WINDOW = {"width": 1366, "height": 900}
PATIENCE = 60_000  # milliseconds for anything; a busy machine with two cores is slow
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

ALL_CELLS_THERE = "count => document.querySelectorAll('.jp-Notebook .jp-Cell').length === count"
KERNEL_IDLE = "() => document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')"
PROMPTS = """() => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')]
  .map(prompt => prompt.textContent.trim())"""
NONE_IS_WAITING = f"() => !({PROMPTS})().some(prompt => prompt.includes('*'))"
SHOWN = """output => [...output.querySelectorAll('.course-explorer .widget-html')]
  .map(part => part.innerHTML).join('')"""
REPLY = re.compile(rb'"msg_type": ?"execute_reply"')
POLL = 50  # milliseconds
WORKSPACES = count(1)
CLOSE = ".lm-DockPanel-tabBar .lm-TabBar-tab.lm-mod-current .lm-TabBar-tabCloseIcon"
GONE_OR_ASKED = """() => document.querySelector('.jp-Dialog')
  || !document.querySelector('.jp-Notebook')"""


class LabPage:
    """One open notebook; `page` is playwright's page, for whatever is not here."""

    def __init__(self, page: Page, notebook: Path) -> None:
        self.page, self.notebook = page, notebook
        self.hosts: set[str] = set()
        self.replies = 0  # how many runs of a cell the kernel has reported as over
        self.page_errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", self._connected)
        page.on("pageerror", lambda error: self.page_errors.append(str(error)))

    def _asked(self, url: str) -> None:
        host = urlsplit(url).hostname
        if host is not None:  # data: and blob: addresses have none, and leave the page nowhere
            self.hosts.add(host)

    def _connected(self, socket: WebSocket) -> None:
        self._asked(socket.url)
        socket.on("framereceived", self._heard)

    def _heard(self, frame: bytes | str) -> None:
        """Count the runs that are over: a cell whose source is folded has no prompt to look at."""
        data = frame.encode() if isinstance(frame, str) else frame
        self.replies += bool(REPLY.search(data))

    def open(self, address: str) -> None:
        """Open the notebook at the tokened `address` of a server; back when all cells are there."""
        base, token = address.split("/lab/")[0], address.rsplit("token=", 1)[1]
        path = quote(f"{self.notebook.parent.name}/{self.notebook.name}")
        own = f"lab/workspaces/{next(WORKSPACES)}"  # or the notebooks opened before come back
        self.page.goto(f"{base}/{own}/tree/{path}?token={token}")
        self._wait_for_cells()

    def open_here(self) -> None:
        """File > Open from Path, on a page where JupyterLab runs and no notebook is open."""
        self.menu("File", "Open from Path…")
        self.page.locator(".jp-Dialog input").fill(f"notebooks/{self.notebook.name}")
        self.page.keyboard.press("Enter")
        self._wait_for_cells()

    def _wait_for_cells(self) -> None:
        self.page.wait_for_function(ALL_CELLS_THERE, arg=len(self.cells))
        self.page.wait_for_function(KERNEL_IDLE)

    def leave(self) -> None:
        """Shut the kernel down and close the tab; what was not saved is lost."""
        self.shut_down()
        self.page.locator(CLOSE).click()
        self.page.wait_for_function(GONE_OR_ASKED)
        dialog = self.page.locator(".jp-Dialog")
        if dialog.count():
            dialog.get_by_role("button", name="Discard").click()
        dialog.wait_for(state="detached")
        self.page.locator(".jp-Notebook").wait_for(state="detached")

    @cached_property
    def cells(self) -> list[dict]:
        """The cells as the file on disk had them."""
        return json.loads(self.notebook.read_text(encoding="utf-8"))["cells"]

    def ids(self, tag: str) -> list[str]:
        """The ids of the cells with a tag."""
        return [cell["id"] for cell in self.cells if tag in cell["metadata"].get("tags", [])]

    @cached_property
    def widgets(self) -> list[str]:
        """The ids of the cells that show a widget once they run, predictions and quiz included."""
        return [
            cell["id"]
            for cell in self.cells
            for output in cell.get("outputs", ())
            if "".join(output.get("data", {}).get("text/plain", "")).startswith("[interactive: ")
        ]

    def source(self, cell_id: str) -> str:
        """The text of a cell in the file."""
        return next("".join(cell["source"]) for cell in self.cells if cell["id"] == cell_id)

    def cell(self, cell_id: str) -> Locator:
        """A cell on the page. Raises ValueError when the file has none of that id."""
        place = [cell["id"] for cell in self.cells].index(cell_id)
        return self.page.locator(".jp-Notebook .jp-Cell").nth(place)

    def output(self, cell_id: str) -> Locator:
        """Where a code cell shows what it gave."""
        return self.cell(cell_id).locator(".jp-Cell-outputArea")

    def picture_of(self, cell_id: str) -> Locator:
        """The picture of a live widget: what follows its controls."""
        return self.output(cell_id).locator(".course-explorer > .widget-html").last

    def text(self) -> str:
        """All that the page says, folded or not."""
        return self.page.locator("body").text_content() or ""

    def menu(self, *names: str) -> None:
        """Choose from the menus: `menu("Run", "Run All Cells")`."""
        self.page.get_by_role("menuitem", name=names[0], exact=True).first.click()
        for depth, name in enumerate(names[1:]):
            item = self.page.locator(".lm-Menu").nth(depth).get_by_text(name, exact=True)
            item.hover()
            item.click()

    def run_all(self) -> None:
        """Run > Run All Cells, and wait for the last."""
        self._run(lambda: self.menu("Run", "Run All Cells"))

    def restart_and_run_all(self) -> None:
        """Kernel > Restart Kernel and Run All Cells, and wait for the last."""

        def act() -> None:
            self.menu("Kernel", "Restart Kernel and Run All Cells…")
            self.page.locator(".jp-Dialog").get_by_role("button", name="Confirm").click()

        self._run(act)

    def _run(self, act: Callable[[], None]) -> None:
        before = self.replies
        act()
        self.settle(before + sum(cell["cell_type"] == "code" for cell in self.cells))

    def settle(self, replies: int) -> None:
        """Wait until the kernel has told of so many runs, and no cell waits for it."""
        deadline = time.monotonic() + 2 * PATIENCE / 1000
        while self.replies < replies:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.replies} of {replies} cells ran before patience ended")
            self.page.wait_for_timeout(POLL)
        self.page.wait_for_function(NONE_IS_WAITING)
        self.page.wait_for_function(KERNEL_IDLE)

    def shut_down(self) -> None:
        """Kernel > Shut Down Kernel, for the next notebook's sake."""
        self.menu("Kernel", "Shut Down Kernel")

    def wait_for_widgets(self) -> None:
        """Wait until every widget of the notebook is live."""
        for cell_id in self.widgets:
            self.picture_of(cell_id).wait_for(state="attached")

    def shown(self, cell_id: str) -> str:
        """The HTML that a live widget shows: its picture, and the notes between its controls."""
        return self.output(cell_id).evaluate(SHOWN)

    def press(
        self, cell_id: str, control: str | Locator, key: str, seconds: float = PATIENCE / 4000
    ) -> str:
        """Press a key on a control of a live widget; what it shows once that has changed.

        `control` is a CSS selector, whose first match is taken, or a place on the page. Raises
        playwright's TimeoutError when the widget shows the same for so many seconds.
        """
        output, before = self.output(cell_id), self.shown(cell_id)
        place = self.cell(cell_id).locator(control).first if isinstance(control, str) else control
        place.focus()
        self.page.keyboard.press(key)
        self.page.wait_for_function(
            f"([output, before]) => ({SHOWN})(output) !== before",
            arg=[output.element_handle(), before],
            timeout=1000 * seconds,
        )
        return self.shown(cell_id)

    def prompts(self) -> list[str]:
        """What stands left of the code cells: "[1]:", "[ ]:" ..."""
        return self.page.evaluate(PROMPTS)

    def prompts_after_a_run(self) -> list[str]:
        """What `prompts` gives when all ran in order: a cell whose source is folded has none."""
        code = [cell for cell in self.cells if cell["cell_type"] == "code"]
        folded = [cell["metadata"].get("jupyter", {}).get("source_hidden") for cell in code]
        return ["" if fold else f"[{number}]:" for number, fold in enumerate(folded, 1)]

    def run_cell(self, cell_id: str, source: str | None = None) -> Locator:
        """Type `source` in place of what the cell holds, run it by keyboard; its output."""
        self.cell(cell_id).locator(".cm-content").click()
        if source is not None:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(source)
        before = self.replies
        self.page.keyboard.press("Control+Enter")
        self.settle(before + 1)
        return self.output(cell_id)

    def use_theme(self, name: str) -> None:
        """Settings > Theme; `name` is "light" or "dark"."""
        self.menu("Settings", "Theme", THEMES[name])
        light = "true" if name == "light" else "false"
        self.page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")


@contextmanager
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium, with a profile of its own that goes when it goes."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=[*CHROMIUM])
        try:
            yield running
        finally:
            running.close()


@contextmanager
def lab_page(chromium: str, course: Path, name: str) -> Iterator[LabPage]:
    """The notebook `name` of the copy `course`, open in a JupyterLab of its own.

    `chromium` is the path of the program. Raises RuntimeError when the server does not start, and
    playwright's TimeoutError when the notebook does not appear.
    """
    with lab_server(course) as address, browser(chromium) as running:
        opened = LabPage(running.new_page(viewport=WINDOW), course / "notebooks" / name)
        opened.open(address)
        yield opened
