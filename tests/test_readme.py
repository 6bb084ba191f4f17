import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_session_of_the_readme_runs_as_printed(tmp_path, monkeypatch):
    session = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert session
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "texts").symlink_to(ROOT / "notebooks" / "texts")
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    exec(session[1], names)
    assert names["network"].number_of_nodes() > 20
    assert (tmp_path / "graph.html").stat().st_size > 100_000
    assert len(names["graph"].query("who-issued-what"))


def test_the_query_of_the_readme_finds_quotes():
    import kg

    query = re.search(r"```sparql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert query
    assert list(kg.build(ROOT / "notebooks" / "texts").query(query[1]).columns) == [
        "policy",
        "issuer",
        "quote",
        "start",
        "end",
    ]
