"""A picture of what every cell shows, in the light and in the dark theme, to be looked at.

    python -m tests.browser.shots FOLDER [NOTEBOOK]

writes FOLDER/light/<cell id>.png and FOLDER/dark/<cell id>.png, and the folds as they are before
anything is run as FOLDER/folded/<cell id>.png.
"""

import sys
import tempfile
from pathlib import Path

from .lab_page import THEMES, WINDOW, LabPage, lab_page
from .lab_server import copy_course
from .measure import find_chromium

NAME = "08_handshake_tls12.ipynb"
TALL = {**WINDOW, "height": 2400}  # or a tall output would be cut off
STILL = 300  # milliseconds: scrolling makes JupyterLab lay out cells that it had left out


def take(folder: Path, notebook: str = NAME) -> None:
    """Run the notebook and save a PNG of every output. Raises RuntimeError without a Chromium."""
    with tempfile.TemporaryDirectory() as scratch:
        course = copy_course(Path(scratch) / "course")
        with lab_page(find_chromium(), course, notebook) as lab:
            lab.page.set_viewport_size(TALL)
            for cell_id in lab.ids("answer"):
                shoot(lab, cell_id, folder / "folded")
            lab.run_all()
            lab.wait_for_widgets()
            shown = [cell["id"] for cell in lab.cells if cell.get("outputs")]
            for theme in THEMES:
                lab.use_theme(theme)
                for cell_id in shown:
                    shoot(lab, cell_id, folder / theme)


def shoot(lab: LabPage, cell_id: str, folder: Path) -> None:
    """Save one cell, code and output, as a PNG in `folder`."""
    cell = lab.cell(cell_id)
    cell.scroll_into_view_if_needed()
    lab.page.wait_for_timeout(STILL)
    cell.screenshot(path=folder / f"{cell_id}.png")


if __name__ == "__main__":
    take(Path(sys.argv[1]), *sys.argv[2:])
