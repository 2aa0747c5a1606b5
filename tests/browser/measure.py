"""From a key press to a widget's new picture on screen: `python -m tests.browser.measure`.

The clock is the browser's own. It starts with the time stamp that Chromium gave the key event and
stops when the changed picture has been decoded and the frame that shows it has been painted: an
animation frame is asked for once the picture is ready, and a second one, which begins only after
the first was painted. So up to one frame (17 ms) too much is measured, and never too little.
Between are JupyterLab, the kernel, a real handshake where the widget makes one, and the drawing.
"""

import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.optional import NAMES

from .lab_page import LabPage, lab_page
from .lab_server import copy_course

NAME = "08_handshake_tls12.ipynb"
# In each widget of the lesson what is moved, and the key that moves it on.
CONTROLS = {
    "negotiate": ("input[type=checkbox]", "Space"),
    "flip": ("input[type=number]", "ArrowUp"),
    "steal-it": (".widget-radio ~ .widget-radio input:not(:checked)", "Space"),  # what is stolen
}
WARM_UP = 3
GIVE_UP = 5_000  # milliseconds
PAUSE = 120  # milliseconds between two presses: as fast as a person who looks

WATCH = """([picture, giveUp]) => {
  window.stopwatch = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the picture did not change')), giveUp);
    let pressed = NaN;
    const press = event => { pressed = event.timeStamp; };
    window.addEventListener('keydown', press, {once: true, capture: true});
    const watcher = new MutationObserver(async () => {
      watcher.disconnect();
      clearTimeout(late);
      await Promise.all([...picture.querySelectorAll('img')].map(image => image.decode()));
      requestAnimationFrame(() => requestAnimationFrame(
        () => resolve(performance.now() - pressed)));
    });
    watcher.observe(picture, {subtree: true, childList: true, characterData: true});
  });
}"""


def find_chromium() -> str:
    """The path of a Chromium on this machine. Raises RuntimeError when there is none."""
    found = next(filter(None, map(shutil.which, NAMES["chromium"])), None)
    if found is None:
        raise RuntimeError(f"no Chromium was found (looked for {', '.join(NAMES['chromium'])})")
    return found


def measure_widget_latency(
    chromium: str | None = None,
    *,
    presses: int = 30,
    notebook: str = NAME,
    controls: dict[str, tuple[str, str]] = CONTROLS,
) -> dict:
    """Milliseconds from key press to picture, for each widget and for all of them together.

    `controls` maps the ids of cells to a CSS selector, whose first match is focused before each
    press, and the key to press. Gives
    {"median": ms, "p95": ms, "count": n, "widgets": {cell id: the same three}}. Raises RuntimeError
    without a Chromium, and playwright's Error when a key press changes no picture.
    """
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder) / "course")
        with lab_page(chromium or find_chromium(), course, notebook) as lab:
            lab.run_all()
            lab.wait_for_widgets()
            times = {name: _times(lab, name, *controls[name], presses) for name in controls}
    together = [time for some in times.values() for time in some]
    return _summary(together) | {"widgets": {name: _summary(times[name]) for name in times}}


def _times(lab: LabPage, cell_id: str, selector: str, key: str, presses: int) -> list[float]:
    """One time for each key press after the warm-up."""
    lab.cell(cell_id).scroll_into_view_if_needed()
    picture = lab.picture_of(cell_id).element_handle()
    times = []
    for _ in range(WARM_UP + presses):
        lab.cell(cell_id).locator(selector).first.focus()
        lab.page.evaluate(WATCH, [picture, GIVE_UP])
        lab.page.keyboard.press(key)
        times.append(lab.page.evaluate("() => window.stopwatch"))
        lab.page.wait_for_timeout(PAUSE)
    return times[WARM_UP:]


def _summary(times: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, interpolated between the two times next to it."""
    twentieths = statistics.quantiles(times, n=20, method="inclusive")
    return {
        "median": round(statistics.median(times), 1),
        "p95": round(twentieths[-1], 1),
        "count": len(times),
    }


if __name__ == "__main__":
    json.dump(measure_widget_latency(), sys.stdout, indent=2)
    sys.stdout.write("\n")
