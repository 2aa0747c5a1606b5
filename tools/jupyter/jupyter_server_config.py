"""Server settings of the course: a saved notebook shows its widgets as still pictures.

A saved "widget view" points to a kernel that is gone: opened again, it would say "model not
found" in place of the still picture that stands beside it in the file.
"""

VIEW = "application/vnd.jupyter.widget-view+json"


def keep_stills(model, **_):
    """Before a notebook is saved: drop the view of every widget that has a still picture."""
    if model["type"] != "notebook" or not model.get("content"):
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if VIEW in data and "text/html" in data:
                del data[VIEW]
    model["content"].get("metadata", {}).pop("widgets", None)


c.FileContentsManager.pre_save_hook = keep_stills  # noqa: F821 - Jupyter hands `c` in
