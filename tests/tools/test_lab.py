"""tools/lab.py: the server a learner gets from `make lab`, started for real."""

import json
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest

from tests.browser.lab_server import free_port
from tests.project import ROOT
from tools import lab, preflight


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the commands, with two empty notebooks."""
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "notebooks").mkdir()
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    for name in ("09_later.ipynb", "08_first one.ipynb"):
        (root / "notebooks" / name).write_text(json.dumps(empty), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def server(course):
    """(what it printed, its address with the token) of a running server."""
    port = free_port()
    command = [sys.executable, "-m", "tools.lab", f"--port={port}", "--no-browser"]
    process = subprocess.Popen(
        command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        printed = ""
        while "Control-C" not in printed and (line := process.stdout.readline()):
            printed += line
        address = re.search(r"http://\S+", printed)
        assert address, printed
        yield printed, address.group()
    finally:
        watchdog.cancel()
        process.terminate()
        process.communicate(timeout=20)


def get(address):
    """(status, body) of a request that follows no log-in page's charm: 403 stays 403."""
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_it_prints_one_address_on_127_0_0_1_with_a_token(server):
    printed, address = server
    assert printed.count("http") == 1
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/lab/tree/\S+\?token=[0-9a-f]{48}", address)


def test_it_prints_nothing_else(server):
    printed, address = server
    assert printed.split() == ["The", "course", "is", "at", address, "Control-C", "here", "stops",
                               "it."]


def test_it_opens_the_first_notebook_in_reading_order(server):
    _, address = server
    assert "/lab/tree/notebooks/08_first%20one.ipynb?" in address


def test_the_address_opens_jupyterlab(server):
    status, body = get(server[1])
    assert status == 200
    assert "JupyterLab" in body


def test_no_token_no_entry(server):
    bare = server[1].split("/lab")[0]
    assert get(bare + "/api/contents")[0] == 403
    assert get(bare + "/api/contents?token=" + "0" * 48)[0] == 403


def test_the_folder_served_is_the_course(server):
    _, address = server
    base, token = address.split("/lab")[0], address.rsplit("token=", 1)[1]
    status, body = get(f"{base}/api/contents?token={token}")
    assert status == 200
    assert {"notebooks", "tools"} <= {entry["name"] for entry in json.loads(body)["content"]}


def test_the_announcements_pop_up_is_off(server):
    _, body = get(server[1])
    config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', body, re.DOTALL).group(1)
    disabled = json.loads(config)["disabledExtensions"]
    assert "@jupyterlab/apputils-extension:announcements" in disabled


def test_a_saved_notebook_keeps_the_still_picture_of_a_widget(server, course):
    """With the view saved, JupyterLab would say "model not found" in its place."""
    view = "application/vnd.jupyter.widget-view+json"
    still = {"text/html": "<p>still</p>", "text/plain": "still"}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {},
              "data": {**still, view: {"model_id": "1"}}}
    bare = {**output, "data": {"text/plain": "IntSlider()", view: {"model_id": "2"}}}
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": 1,
            "outputs": [output, bare]}
    content = {"cells": [cell], "metadata": {"widgets": {}}, "nbformat": 4, "nbformat_minor": 5}
    base, token = server[1].split("/lab")[0], server[1].rsplit("token=", 1)[1]
    request = urllib.request.Request(
        f"{base}/api/contents/notebooks/saved.ipynb?token={token}", method="PUT",
        data=json.dumps({"type": "notebook", "format": "json", "content": content}).encode())
    with urllib.request.urlopen(request, timeout=20) as response:
        assert response.status == 201
    saved = json.loads((course / "notebooks" / "saved.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in saved["metadata"]
    first, second = saved["cells"][0]["outputs"]
    assert {kind: "".join(text) for kind, text in first["data"].items()} == still
    assert view in second["data"]  # it has nothing else to show


def test_a_folder_without_notebooks_is_one_sentence(tmp_path):
    with pytest.raises(preflight.Refused, match="There is no notebook in"):
        lab.first_notebook(tmp_path)
