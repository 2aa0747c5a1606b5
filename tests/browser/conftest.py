"""One Chromium and one JupyterLab for all the tests here: each takes seconds to start.

They end with the last test of this folder: playwright keeps a loop of asyncio running meanwhile.
"""

import pytest

from tests.browser.lab_page import WINDOW, browser
from tests.browser.lab_server import copy_course, lab_server
from tests.optional import need


@pytest.fixture(scope="package")
def chromium():
    """A browser that is running."""
    with browser(need("chromium")) as running:
        yield running


@pytest.fixture(scope="package")
def served(chromium, tmp_path_factory):
    """(a copy of the course, the address of its JupyterLab, a browser's window)."""
    course = copy_course(tmp_path_factory.mktemp("browser") / "course")
    with lab_server(course) as address:
        pages = chromium.new_context(viewport=WINDOW)  # one cache: JupyterLab is fetched once
        yield course, address, pages
        pages.close()
