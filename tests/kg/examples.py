"""Hand-made facts that several tests share."""

from decimal import Decimal

from extract.facts import ArticleFacts, Dated, Entity, Evidence, Indicator, Measure, Quote, Relation, SourceFacts

TEXT = "The Ministry of Commerce (MOFCOM) issued 12 measures on May 3, 2025. It denied that Nantong joined the plan."
FIRST, SECOND = Quote(0, 68, TEXT[:68]), Quote(69, 108, TEXT[69:108])


def entity(key: str, kind: str, name: str, *others: str, gazetteer: str | None = None) -> Entity:
    return Entity(key, kind, name, (name, *others), (), gazetteer)


def source(name: str = "news.txt", article: str = "a1") -> SourceFacts:
    facts = ArticleFacts(
        id=article,
        title="Twelve measures",
        section="Policy Express",
        byline="LI Wen",
        date="2025-05-04",
        start=0,
        end=len(TEXT),
        entities=(
            entity("e1", "Ministry", "Ministry of Commerce", "MOFCOM", gazetteer="cn-mofcom"),
            entity("e2", "Policy", "12 measures"),
            entity("e3", "City", "Nantong"),
        ),
        relations=(
            Relation("e2", "issuedBy", "e1", Evidence(FIRST, 0.93)),
            Relation("e2", "appliesTo", "e3", Evidence(SECOND, 0.6, "Negated")),
        ),
        dates=(Dated("e2", "issuedOn", "2025-05-03", Evidence(FIRST, 0.9)),),
        indicators=(
            Indicator("e2", "measures", Decimal("12"), "measures", Evidence(FIRST, 0.9), comparator="at least"),
        ),
        measures=(Measure("e2", "join the plan", Evidence(SECOND, 0.5)),),
    )
    return SourceFacts(name, "0" * 64, (facts,))
