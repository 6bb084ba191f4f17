"""The notebooks run from top to bottom as they stand in the repository, and their sample texts are read as meant."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from extract.articles import split_articles
from extract.sources import find_sources, read_source

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
KERNEL = "policy-kg-tests"
SECONDS_A_CELL = 600

ARTICLES = {
    "01-daily-page.txt": [
        ("Factories Told to Put Their Waste Heat to Work", "GUO Wenjing"),
        ("Linhu Turns Cold Storage Know-how Into Clean Heat", "SHEN Yi & MA Rui"),
        ("Qingyan: A Repair Shop Conquers the Steam Market", None),
    ],
    "02-daily-page.txt": [
        ("Linhu Zone Reports Solid Growth in 2025", "SHEN Yi"),
        ("Joint Laboratory Studies Heat From the Freezer", "Staff Reporters"),
    ],
    "03-weekly-page.txt": [
        ("Clean Heat Forum Looks Beyond the Boiler", "MENG Lan"),
        ("Qingyan Denies Plan to Buy Norwegian Partner", "DU Xiaotong"),
    ],
    "04-web-page.txt": [("What the New Guideline on Waste Heat Means for Companies in Chinese Parks", None)],
    "05-regional-report.md": [("The Other Taizhou Pumps Its Way Up", "PAN Kexin")],
    "06-company-news.html": [("Fish Plant in Norway Runs on Heat Pumps From Linhu", "Press Office")],
    "07-ministry-notice.txt": [
        ("Notice on Launching the Pilot Programme for Waste Heat Accounting in Industrial Parks", None)
    ],
}

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name of a kernel that runs this very interpreter and writes nothing outside the test's folder."""
    spec = tmp_path / "jupyter" / "kernels" / KERNEL / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": KERNEL, "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return KERNEL


def run_notebook(notebook: nbformat.NotebookNode, folder: Path, kernel: str) -> None:
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=SECONDS_A_CELL, kernel_name=kernel, resources=resources).execute()


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@each_notebook
def test_runs(path: Path, kernel: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    run_notebook(notebook, path.parent, kernel)
    assert outputs(notebook)
    assert not [output for output in outputs(notebook) if output.output_type == "error"]


@each_notebook
def test_is_stripped(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert not outputs(notebook)
    assert not [cell.id for cell in notebook.cells if cell.get("execution_count") is not None]


def test_sample_texts_are_split_as_meant() -> None:
    sources = [read_source(found.path, found.name) for found in find_sources([FOLDER / "texts"])]
    split = {source.name: [(a.title, a.byline) for a in split_articles(source)] for source in sources}
    assert split == ARTICLES
