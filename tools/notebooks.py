"""Run every notebook from a fresh kernel and write it in the one form the course commits.

    python -m tools.notebooks [FILES]            regenerate (all of notebooks/ by default)
    python -m tools.notebooks --check [FILES]    regenerate in memory, compare, write nothing

Outputs are part of the text, so the form is strict: cells run 1..n, no timings, no widget views
(a saved view shows "model not found" when the file is opened), no bare PNG (JupyterLab gives it no
alternative text), answers to predictions folded. Pixels of a figure may differ between machines;
its alternative text may not. So PNG data is masked when two runs are compared, and so are numbers
that a clock gave, in the one form they have ("≈ 3.21 ms here"); a cell keeps the outputs it had
when nothing else changed. tests/nbval_sanitize.cfg says the same to nbval.

It does not check whether a notebook reads well; tests/notebooks/ does.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from helpers.show.amounts import MEASURED

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
CELL_SECONDS = 120

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
FOLDS = {"outputs_hidden": {"answer"}, "source_hidden": {"predict", "quiz", "show"}}
"""What is folded away, by the tags of a cell: "show" is for code that only fetches a widget."""
CELL_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-?[0-9a-f]{12})?")
MASKS = {
    "PNG": re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+"),
    "MEASURED": MEASURED,
}
"""What may differ between two runs, and the word that stands for it when they are compared."""


class NotebookProblem(Exception):
    """One sentence for the author: which file, which cell, what is wrong."""


def read(path: Path) -> NotebookNode:
    """The notebook at `path`, its cell ids checked.

    Raises NotebookProblem when the file is missing, is no notebook of format 4.5, or has an id
    that is absent, used twice, or made by a random generator.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotebookProblem(f"{shown(path)}: there is no such file.") from None
    except ValueError as error:
        raise NotebookProblem(f"{shown(path)}: this is not JSON ({error}).") from None
    if not isinstance(raw, dict) or (raw.get("nbformat"), raw.get("nbformat_minor")) != (4, 5):
        raise NotebookProblem(f"{shown(path)}: save it as notebook format 4.5.")
    seen: set[str] = set()
    for number, cell in enumerate(raw["cells"], 1):
        problem = id_problem(cell.get("id"), seen)
        if problem:
            raise NotebookProblem(f"{shown(path)}: cell {number}: {problem}")
        seen.add(cell["id"])
    notebook = nbformat.from_dict(raw)
    for cell in notebook.cells:
        cell.source = "".join(cell.source)
        for output in cell.get("outputs", ()):
            join_lines(output)
    return notebook


def id_problem(cell_id: str | None, seen: set[str]) -> str | None:
    """What is wrong with a cell's id, as a sentence, or None."""
    if not cell_id:
        return "it has no id; give it a short readable one."
    if cell_id in seen:
        return f"the id {cell_id!r} was used before."
    if RANDOM_ID.fullmatch(cell_id) or not CELL_ID.fullmatch(cell_id):
        return f"the id {cell_id!r} is not made of lower-case words such as 'server-random'."
    return None


def join_lines(output: NotebookNode) -> None:
    """On disk a text is a list of lines; in memory it is one string."""
    if isinstance(output.get("text"), list):
        output.text = "".join(output.text)
    for mime, value in output.get("data", {}).items():
        if isinstance(value, list) and not mime.endswith("json"):
            output.data[mime] = "".join(value)


def shown(path: Path) -> str:
    """The path as a contributor would type it from the project's root."""
    path = Path(path).resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def execute(notebook: NotebookNode, path: Path) -> None:
    """Run all cells in a fresh kernel, in the folder of `path`; outputs land in `notebook`.

    Progress goes to a file that is thrown away, so that an author's own progress never reaches a
    committed output. Raises NotebookProblem.
    """
    running = ["before the first cell"]

    def note(cell: NotebookNode, cell_index: int) -> None:
        running[0] = f"cell {cell.get('id', cell_index)!r}"

    with tempfile.TemporaryDirectory() as scratch:
        own_progress = {"COURSE_PROGRESS_FILE": str(Path(scratch) / "progress.json")}
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=CELL_SECONDS,
            record_timing=False,
            coalesce_streams=True,
            extra_arguments=["--Application.log_level=40"],
            resources={"metadata": {"path": str(path.resolve().parent)}},
            on_cell_start=note,
        )
        try:
            client.execute(env={**os.environ, **own_progress})
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            reason = f"it was still running after {CELL_SECONDS} seconds"
        except DeadKernelError:
            reason = "the kernel died"
        else:
            return
    raise NotebookProblem(f"{shown(path)}: {running[0]} stopped: {reason}")


def normalise(notebook: NotebookNode, path: Path) -> None:
    """Bring an executed notebook into the committed form, in place. Raises NotebookProblem."""
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(KERNELSPEC), language_info=NotebookNode(name="python")
    )
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode({"tags": tags} if tags else {})
        if cell.cell_type != "code":
            continue
        if folds := {name: True for name, kinds in FOLDS.items() if kinds & set(tags)}:
            cell.metadata["jupyter"] = NotebookNode(folds)
        for output in cell.outputs:
            output.pop("transient", None)
            if "data" in output:
                output.metadata = NotebookNode()
                problem = tidy_bundle(output.data)
                if problem:
                    raise NotebookProblem(f"{shown(path)}: cell {cell.id!r}: {problem}")
    number_cells(notebook)


def tidy_bundle(data: NotebookNode) -> str | None:
    """Drop the widget view from a mime bundle; a sentence when what is left cannot be committed."""
    was_widget = data.pop(WIDGET_VIEW, None) is not None
    if was_widget and not data.get("text/html", "").strip():
        return "it shows a widget that has no still picture; show an Explorer instead."
    if "image/png" in data:
        return "it shows a bare PNG, which has no alternative text; show a Figure instead."
    return None


def number_cells(notebook: NotebookNode) -> None:
    """Give the code cells, and the results they show, the numbers 1..n."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number


def regenerate(path: Path) -> tuple[NotebookNode, NotebookNode]:
    """(what the file holds, what running it gives now, normalised). Raises NotebookProblem."""
    before = read(path)
    after = read(path)
    for cell in after.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    execute(after, path)
    normalise(after, path)
    keep_what_only_varies(before, after)
    return before, after


def keep_what_only_varies(before: NotebookNode, after: NotebookNode) -> None:
    """Where only what is masked differs between two runs, let `after` hold what `before` did.

    A cell's outputs stay or change together: a picture and its words are of one run.
    """
    old = {cell.id: cell.get("outputs", []) for cell in before.cells}
    for cell in after.cells:
        was, now = old.get(cell.id, []), cell.get("outputs", [])
        if _compared(was) == _compared(now):
            for earlier, output in zip(was, now, strict=True):
                output.update({key: earlier[key] for key in ("data", "text") if key in output})


def _compared(outputs: list[NotebookNode]) -> str:
    kept = [{**output, "execution_count": None} for output in outputs]
    return masked(json.dumps(kept, ensure_ascii=False, sort_keys=True))


def masked(text: str) -> str:
    """A text with all that may differ between two runs replaced by the names of MASKS."""
    return reduce(lambda held, mask: mask[1].sub(mask[0], held), MASKS.items(), text)


def written(notebook: NotebookNode) -> str:
    """The text of the file: keys sorted, indented by one, characters as themselves."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def cell_text(cell: NotebookNode) -> list[str]:
    """A cell as lines to compare, masked."""
    text = json.dumps(cell, ensure_ascii=False, indent=1, sort_keys=True)
    return masked(text).replace("\\n", "\n").split("\n")


def differences(before: NotebookNode, after: NotebookNode) -> Iterator[str]:
    """One paragraph for every cell that differs beyond what is masked, with a short diff."""
    for was, now in zip(before.cells, after.cells, strict=True):
        old, new = cell_text(was), cell_text(now)
        if old != new:
            diff = list(difflib.unified_diff(old, new, "committed", "regenerated", n=0))[2:]
            changed = [line[:160] for line in diff if not line.startswith("@@")]
            yield "\n    ".join([f"cell {now.id!r} differs:", *changed[:8]])
    if before.metadata != after.metadata:
        yield f"the notebook's metadata should be {json.dumps(after.metadata)}"


def check(path: Path) -> list[str]:
    """What running the notebook at `path` would change in the committed file; [] when nothing.

    Raises NotebookProblem when it does not run.
    """
    return compare(path, *regenerate(path))


def compare(path: Path, before: NotebookNode, after: NotebookNode) -> list[str]:
    """How the file at `path`, read as `before`, differs from what it should be."""
    found = [f"{shown(path)}: {text}" for text in differences(before, after)]
    if not found and path.read_text(encoding="utf-8") != written(after):
        found = [f"{shown(path)}: the JSON is not in the form that `make notebooks` writes."]
    return found


def write(path: Path) -> bool:
    """Regenerate a file, all or nothing; True when it changed. Raises NotebookProblem."""
    text = written(regenerate(path)[1])
    if text == path.read_text(encoding="utf-8"):
        return False
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, path)
    except OSError as error:
        raise NotebookProblem(f"{shown(path)}: cannot be written ({error.strerror}).") from None
    finally:
        fresh.unlink(missing_ok=True)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when all is well, 1 when a notebook differs or does not run."""
    summary = __doc__.split("\n", 1)[0]
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=summary)
    parser.add_argument("files", nargs="*", type=Path, help="notebooks (default: all of them)")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    options = parser.parse_args(arguments)
    failed = False
    for path in options.files or sorted(FOLDER.glob("*.ipynb")):
        try:
            if options.check:
                found = check(path)
                print("\n".join(found) or f"{shown(path)}: as committed")
                failed = failed or bool(found)
            else:
                print(f"{shown(path)}: {'written' if write(path) else 'unchanged'}")
        except NotebookProblem as problem:
            print(problem, file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
