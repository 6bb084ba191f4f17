import spacy

import extract
from extract.attributes import NAMES

TEXT = "Kemi Robotics opened a plant in Wuhu, Anhui province. MIIT praised the company."


def test_another_installed_pipeline_gives_the_entities(tmp_path):
    base = spacy.blank("en")
    ruler = base.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "ORG", "pattern": "Kemi Robotics"},
            {"label": "GPE", "pattern": "Wuhu"},
            {"label": "MONEY", "pattern": "plant"},
        ]
    )
    base.to_disk(tmp_path / "base")
    doc = extract.load(str(tmp_path / "base"))(TEXT)
    found = {(s.text, s.label_) for s in doc.spans[NAMES]}
    assert {("Kemi Robotics", "Organization"), ("Wuhu", "City"), ("MIIT", "Ministry")} <= found
    assert not [s for s in doc.spans[NAMES] if s.text == "plant"]


def test_the_own_model_finds_names_and_references():
    doc = extract.load()(TEXT)
    assert ("Kemi Robotics", "Company") in {(s.text, s.label_) for s in doc.spans[NAMES]}
    company = next(c for c in doc._.clusters if c.type == "Company")
    assert "the company" in {s.text for s in company.references}


def test_displacy_draws_the_names():
    doc = extract.load()(TEXT)
    html = spacy.displacy.render(doc, style="span", options={"spans_key": NAMES}, jupyter=False)
    assert "Kemi" in html and "Company" in html
