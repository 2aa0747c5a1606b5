"""Start JupyterLab on the first notebook: `python -m tools.lab [--port 8888] [--no-browser]`.

The server listens on 127.0.0.1 only and always asks for a token, a new one each time,
whatever the learner's own Jupyter settings say. The announcements pop-up is switched off by
tools/jupyter/labconfig/page_config.json, so nothing is written in the learner's home.
"""

import argparse
import os
import secrets
import subprocess
import sys
import warnings
from pathlib import Path
from urllib.parse import quote

from tools import preflight

preflight.require_python()

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
SETTINGS = ROOT / "tools" / "jupyter"


def main(arguments: list[str] | None = None) -> None:
    """Check the port and the folder, then serve until Control-C."""
    parser = argparse.ArgumentParser(prog="python -m tools.lab", description="Start JupyterLab.")
    parser.add_argument("--port", default="8888", help="TCP port on 127.0.0.1 (default 8888)")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    options = parser.parse_args(arguments)
    try:
        port = preflight.check_port(options.port)
        notebook = first_notebook(NOTEBOOKS)
        preflight.check_folder(str(NOTEBOOKS))
    except preflight.Refused as refused:
        preflight.stop(refused)
    serve(port, notebook, open_browser=not options.no_browser)


def first_notebook(folder: Path) -> str:
    """The file name of the first notebook in reading order; raises preflight.Refused if none."""
    names = sorted(path.name for path in folder.glob("*.ipynb"))
    if not names:
        raise preflight.Refused(f"There is no notebook in {folder}: get the whole course again.")
    return names[0]


def serve(port: int, notebook: str, *, open_browser: bool) -> None:
    """Run JupyterLab in this process, so that the token shows in no list of processes."""
    search = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, search))
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        preflight.stop("JupyterLab is not installed for this Python: run make clean setup first.")
    # JupyterLab reads our settings twice, and says so of the hook for saving.
    warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")
    warm_font_cache()
    token = secrets.token_hex(24)
    page = "/lab/tree/" + quote(f"{NOTEBOOKS.name}/{notebook}")
    server = LabApp.initialize_server(
        argv=[
            "--ServerApp.ip=" + preflight.HOST,
            f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={ROOT}",
            f"--ServerApp.open_browser={open_browser}",
            "--ServerApp.allow_root=True",
            "--ServerApp.answer_yes=True",
            "--Application.log_level=ERROR",
            "--KernelManager.transport_encryption=auto",  # or each kernel starts with a warning
            f"--LabApp.default_url={page}",
            f"--IdentityProvider.token={token}",
        ]
    )
    address = f"http://{preflight.HOST}:{port}{page}?token={token}"
    welcome = f"\nThe course is at\n\n    {address}\n\nControl-C here stops it."
    server.io_loop.add_callback(print, welcome, flush=True)  # runs once the server listens
    server.start()


def warm_font_cache() -> None:
    """Let Matplotlib list the fonts now, in the background, not under the first picture."""
    subprocess.Popen(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
