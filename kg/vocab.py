"""The RDF terms of the contract. A test keeps them equal to ontology/policy.ttl."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, XSD

POL = Namespace("https://w3id.org/policy-kg/ontology#")
BASE = "https://w3id.org/policy-kg/id/"
SCHEMA = Namespace("https://schema.org/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
UNIT = Namespace("http://qudt.org/vocab/unit/")
CURRENCY = Namespace("http://qudt.org/vocab/currency/")

PREFIXES: dict[str, str] = {
    "pol": str(POL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "prov": str(PROV),
    "owl": str(OWL),
    "xsd": str(XSD),
    "schema": str(SCHEMA),
    "org": str(ORG),
    "time": str(TIME),
    "geo": str(GEO),
    "eli": str(ELI),
    "foaf": str(FOAF),
}

# Every class an instance of a type also carries.
SUPER_CLASSES: dict[str, tuple[URIRef, ...]] = {
    "Policy": (SCHEMA.CreativeWork,),
    "Programme": (SCHEMA.CreativeWork,),
    "Ministry": (POL.GovernmentBody, POL.Organization),
    "GovernmentBody": (POL.Organization,),
    "Company": (POL.Organization,),
    "University": (POL.Organization,),
    "ResearchInstitute": (POL.Organization,),
    "Organization": (),
    "Park": (POL.Place,),
    "Country": (POL.Place,),
    "Province": (POL.Place,),
    "City": (POL.Place,),
    "District": (POL.Place,),
    "Place": (),
    "Person": (),
    "Event": (),
    "Industry": (SKOS.Concept,),
    "Technology": (SKOS.Concept,),
}

__all__ = [
    "BASE",
    "CURRENCY",
    "DCTERMS",
    "ELI",
    "FOAF",
    "GEO",
    "ORG",
    "OWL",
    "POL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "SUPER_CLASSES",
    "TIME",
    "UNIT",
    "XSD",
]
