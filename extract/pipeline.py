"""The pipeline, put together in one place: the only module where components register."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from extract.attributes import register
from extract.components.acronyms import Acronyms
from extract.components.base import BaseEntities
from extract.components.claims import Claims
from extract.components.coreference import Coreference
from extract.components.encoder import Encoder, claim_settings
from extract.components.gazetteer import GazetteerLinker
from extract.components.names import NameEdges
from extract.gazetteer import shipped_gazetteer
from extract.tokens import tokenizer

MODEL = Path(__file__).with_name("model")
VERSION = "3"


@Language.factory("policy_encoder")
def make_encoder(nlp: Language, name: str) -> Encoder:
    return Encoder(MODEL)


@Language.factory("policy_base_entities")
def make_base_entities(nlp: Language, name: str, model: str) -> BaseEntities:
    """`model`: an installed spaCy package or a saved pipeline."""
    return BaseEntities(spacy.load(model))


@Language.factory("policy_names")
def make_names(nlp: Language, name: str) -> NameEdges:
    return NameEdges()


@Language.factory("policy_gazetteer")
def make_gazetteer(nlp: Language, name: str) -> GazetteerLinker:
    return GazetteerLinker(shipped_gazetteer())


@Language.factory("policy_acronyms")
def make_acronyms(nlp: Language, name: str) -> Acronyms:
    return Acronyms()


@Language.factory("policy_coreference")
def make_coreference(nlp: Language, name: str) -> Coreference:
    return Coreference()


@Language.factory("policy_claims")
def make_claims(nlp: Language, name: str) -> Claims:
    return Claims(*claim_settings(MODEL))


# On import, as the factories: for spacy.load, worker processes, and who only reads a DocBin.
register()

FACTS = ("policy_names", "policy_gazetteer", "policy_acronyms", "policy_coreference", "policy_claims")


@cache
def load(model: str | None = None) -> Language:
    """The pipeline that reads articles. `model`: an installed spaCy package whose entities are used beside ours.

    Raises OSError (spaCy's own) if that package is not installed.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer()
    nlp.add_pipe("policy_encoder")
    if model:
        nlp.add_pipe("policy_base_entities", config={"model": model})
    for name in FACTS:
        nlp.add_pipe(name)
    return nlp
