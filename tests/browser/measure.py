"""From a key press to a widget's new picture: `python -m tests.browser.measure [NOTEBOOK ...]`.

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

from .lab_page import WINDOW, LabPage, browser
from .lab_server import copy_course, lab_server
from .moving import working_grip

QUESTIONS = ("predict",)  # a prediction confirms a choice: it has no picture to wait for
WARM_UP = 3
GIVE_UP = 5_000  # milliseconds
PAUSE = 120  # milliseconds between two presses: as fast as a person who looks

WATCH = """([widget, giveUp]) => {
  const pictures = [...widget.querySelectorAll('.widget-html')];
  window.stopwatch = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the picture did not change')), giveUp);
    let pressed = NaN;
    const press = event => { pressed = event.timeStamp; };
    window.addEventListener('keydown', press, {once: true, capture: true});
    const watcher = new MutationObserver(async () => {
      watcher.disconnect();
      clearTimeout(late);
      const images = pictures.flatMap(picture => [...picture.querySelectorAll('img')]);
      await Promise.all(images.map(image => image.decode()));
      requestAnimationFrame(() => requestAnimationFrame(
        () => resolve(performance.now() - pressed)));
    });
    for (const picture of pictures)
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
    chromium: str | None = None, *, presses: int = 20, notebooks: Sequence[str] = ()
) -> dict:
    """Milliseconds from key press to picture, for each widget and for all of them together.

    Every widget of the notebooks (all, if none is named) is found, predictions left out; the first
    of its controls that a key moves is moved to and fro. Gives {"median": ms, "p95": ms,
    "count": n, "widgets": {"08 flip": the same three}}. Raises RuntimeError without a Chromium, or
    for a widget that no key moves.
    """
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder) / "course")
        found = sorted(path.name for path in (course / "notebooks").glob("*.ipynb"))
        times: dict[str, list[float]] = {}
        with lab_server(course) as address, browser(chromium or find_chromium()) as running:
            for name in notebooks or found:
                lab = LabPage(running.new_page(viewport=WINDOW), course / "notebooks" / name)
                lab.open(address)
                lab.run_all()
                lab.wait_for_widgets()
                asked = {cell for tag in QUESTIONS for cell in lab.ids(tag)}
                for cell_id in lab.widgets:
                    if cell_id not in asked:
                        times[f"{name[:2]} {cell_id}"] = _times(lab, cell_id, presses)
                lab.shut_down()
                lab.page.close()
    together = [time for some in times.values() for time in some]
    return _summary(together) | {"widgets": {name: _summary(times[name]) for name in times}}


def _times(lab: LabPage, cell_id: str, presses: int) -> list[float]:
    """One time for each key press after the warm-up."""
    lab.cell(cell_id).scroll_into_view_if_needed()
    grip = working_grip(lab, cell_id)
    if grip is None:
        raise RuntimeError(f"{lab.notebook.name}: no key moves the widget of cell {cell_id!r}")
    widget = lab.output(cell_id).element_handle()
    times = []
    for count in range(WARM_UP + presses):
        key = grip.key(lab, count)
        grip.where(lab).focus()
        lab.page.evaluate(WATCH, [widget, GIVE_UP])
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
    json.dump(measure_widget_latency(notebooks=sys.argv[1:]), sys.stdout, indent=2)
    sys.stdout.write("\n")
