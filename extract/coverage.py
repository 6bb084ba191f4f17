"""What reading left out: sentences that promise a fact and gave none, names without an entity, text that was never read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from extract import shapes
from extract.articles import Article, split_articles
from extract.attributes import NAMES, REFERENCES, VALUES
from extract.blocks import Block, blocks_of
from extract.components.cluster import Cluster
from extract.components.cues import forms
from extract.facts import ArticleFacts, Dated, Indicator, Measure, Relation
from extract.read import article_facts, prepared
from extract.schema import SIGNATURES
from extract.sources import Source
from extract.wordlists import dictionary, entries, rows

NO_FACT, UNTYPED, DROPPED = "no fact", "name without type", "name dropped"
UNBOUND, UNREAD = "reference unbound", "text not read"
# Kind -> what it is counted among.
UNITS = {
    NO_FACT: "sentences with a trigger and entities for it",
    UNTYPED: "names and runs of capitalised words",
    DROPPED: "names",
    UNBOUND: "references",
    UNREAD: "words",
}
# What joins the capitalised words of one name.
LINKS = frozenset({"of", "and", "&", "-", "for", "the", "'", "’", ".", "de", "von", "van"})
# Parts of speech of words that never are a name, or its first word.
CLOSED = frozenset({"DT", "IN", "PRP", "PRP$", "CC", "WDT", "WP", "WRB", "EX", "MD", "TO"})
KEPT = frozenset({"byline", "section", "date"})
MARKS = re.compile(r"</?\w[^<>]*>|&#?\w{2,8};|\]\([^()\s]*\)|https?://\S+\)")


Stated = Relation | Dated | Indicator | Measure


@dataclass(frozen=True)
class Gap:
    """Something left out: `source.text[start:end] == text`. `article` is its id, "" for what stands in none."""

    source: str
    article: str
    kind: str
    start: int
    end: int
    text: str
    detail: str


@dataclass(frozen=True)
class Coverage:
    """The gaps of a source in text order, and how many things of each kind were looked at, by kind."""

    gaps: tuple[Gap, ...]
    looked_at: Counter[str]


def coverage(source: Source, nlp: Language) -> Coverage:
    """Everything that reading the source with `nlp` leaves out."""
    articles = split_articles(source)
    docs = list(nlp.pipe((prepared(article, nlp) for article in articles), batch_size=16))
    gaps = list(unread(source, articles))
    counts = Counter({UNREAD: len(source.text.split())})
    for article, doc in zip(articles, docs, strict=True):
        view = View(source, article, doc)
        facts = article_facts(source, article, doc)
        gaps += [*without_fact(view, facts), *untyped(view), *dropped(view), *unbound(view)]
        counts.update(looked_at(view))
    return Coverage(tuple(sorted(gaps, key=lambda gap: (gap.start, gap.end, gap.kind))), counts)


def summary(found: Iterable[Coverage]) -> list[tuple[str, int, int, str]]:
    """(kind, how many, of how many, of what) over several sources; of unread text the words are counted."""
    every = list(found)
    counts: Counter[str] = Counter()
    for gap in (gap for one in every for gap in one.gaps):
        counts[gap.kind] += len(gap.text.split()) if gap.kind == UNREAD else 1
    return [(kind, counts[kind], sum(one.looked_at[kind] for one in every), unit) for kind, unit in UNITS.items()]


@dataclass(frozen=True)
class View:
    """An article as read; makes gaps of spans of its Doc."""

    source: Source
    article: Article
    doc: Doc

    def raw(self, span: Span) -> tuple[int, int]:
        """Offsets of the source behind a span, without blanks at its edges."""
        text = span.text
        start = span.start_char + len(text) - len(text.lstrip())
        return self.article.raw_span(start, max(start + 1, span.start_char + len(text.rstrip())))

    def gap(self, span: Span, kind: str, detail: str) -> Gap:
        start, end = self.raw(span)
        return Gap(self.source.name, self.article.id, kind, start, end, self.source.text[start:end], detail)


def looked_at(view: View) -> Counter[str]:
    names, references = list(view.doc.spans.get(NAMES, ())), list(view.doc.spans.get(REFERENCES, ()))
    promising = sum(1 for sent in view.doc.sents if promises(view, sent))
    runs = len(names) + sum(1 for _ in untyped(view))
    return Counter({NO_FACT: promising, UNTYPED: runs, DROPPED: len(names), UNBOUND: len(references)})


def without_fact(view: View, facts: ArticleFacts) -> Iterator[Gap]:
    """Sentences with a trigger and entities that its relation could hold between, but no fact of any kind."""
    groups: tuple[Sequence[Stated], ...] = (facts.relations, facts.dates, facts.indicators, facts.measures)
    said = [fact.evidence.quote for group in groups for fact in group]
    for sent in view.doc.sents:
        found = promises(view, sent)
        if not found:
            continue
        start, end = view.raw(sent)
        if not any(quote.start < end and start < quote.end for quote in said):
            yield view.gap(sent, NO_FACT, ", ".join(f"{token.text}: {' '.join(could)}" for token, could in found))


def promises(view: View, sent: Span) -> list[tuple[Token, tuple[str, ...]]]:
    """(trigger, the predicates it may stand for) of a sentence, by the types of the entities that it mentions."""
    types = [c.type for c in view.doc._.clusters if any(sent.start <= s.start < sent.end for s in c.mentions())]
    pairs = set(permutations(types, 2))
    found = []
    for token in sent if pairs else ():
        could = tuple(p for p in predicates_of(token) if any(fits(p, pair) for pair in pairs))
        if could and not is_named(token, view.doc):
            found.append((token, could))
    return found


def fits(predicate: str, types: tuple[str, str]) -> bool:
    subjects, objects = SIGNATURES[predicate]
    return types[0] in subjects and types[1] in objects


def predicates_of(token: Token) -> tuple[str, ...]:
    return next((found for tag, found in triggers().get(token.lower_, ()) if token.tag_.startswith(tag)), ())


@cache
def triggers() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Form -> (start of its tag, predicates) of rules/relation-triggers.csv."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in rows("relation-triggers"):
        base, *irregular = row["lemma"].split("|")
        for form in sorted({*forms(base), *irregular}):
            found.setdefault(form, []).append((row["tag"], tuple(row["predicates"].split(" "))))
    return {form: tuple(meant) for form, meant in found.items()}


def mentions(clusters: Iterable[Cluster]) -> list[Span]:
    return [span for cluster in clusters for span in cluster.mentions()]


def is_named(token: Token, doc: Doc) -> bool:
    return any(span.start <= token.i < span.end for span in mentions(doc._.clusters))


def untyped(view: View) -> Iterator[Gap]:
    """Runs of capitalised words that no name covers, other than words that always or only here have a capital."""
    doc = view.doc
    spans = [*doc.spans.get(NAMES, ()), *doc.spans.get(VALUES, ()), *mentions(doc._.clusters)]
    taken = {i for span in spans for i in range(span.start, span.end)}
    for sent in doc.sents:
        if not shapes.is_title_case(sent.text):
            for run in capitalised_runs(sent, taken):
                if not is_ordinary(run, sent):
                    yield view.gap(run, UNTYPED, "capitalised, but no name to the recogniser")


def capitalised_runs(sent: Span, taken: set[int]) -> Iterator[Span]:
    doc, start, end = sent.doc, -1, -1
    for token in sent:
        capital = token.text[:1].isupper() and token.i not in taken and token.tag_ not in CLOSED
        if capital:
            start, end = (token.i if start < 0 else start), token.i + 1
        elif start >= 0 and (token.i in taken or token.lower_ not in LINKS):
            yield doc[start:end]
            start = -1
    if start >= 0:
        yield doc[start:end]


def is_ordinary(run: Span, sent: Span) -> bool:
    """Whether the run holds nothing but ordinary words: listed ones, and at the start of a sentence any dictionary word."""
    listed = frozenset(entries("capitalised-words"))
    words = [t for t in run if t.text[:1].isupper()]
    opens = next((t.i for t in sent if t.is_alpha), -1)
    after = {t.i + 1 for t in sent if t.text in {":", ";", "“", '"', "(", "•", "-", "—", "–", "."}}
    return all(
        t.text in listed
        or len(t) == 1
        or t.tag_ == "JJ"
        or ((t.i == opens or t.i in after) and t.lower_ in dictionary())
        for t in words
    )


def dropped(view: View) -> Iterator[Gap]:
    """Names that the recogniser proposed and the thresholds refused, unless a name that was kept holds them."""
    kept = mentions(view.doc._.clusters)
    for span in view.doc.spans.get(NAMES, ()):
        if not any(k.start <= span.start and span.end <= k.end for k in kept):
            yield view.gap(span, DROPPED, f"{span.label_}, score {span._.score:.2f}")


def unbound(view: View) -> Iterator[Gap]:
    """References ("the company", "it") for which no entity was found."""
    bound = {(s.start, s.end) for cluster in view.doc._.clusters for s in cluster.references}
    for span in view.doc.spans.get(REFERENCES, ()):
        if (span.start, span.end) not in bound:
            yield view.gap(span, UNBOUND, span.label_)


def unread(source: Source, articles: Sequence[Article]) -> Iterator[Gap]:
    """Stretches of the source of which no character is in an article's text, block by block; marks and tags are no text."""
    read = {offset for article in articles for offset in article.body.offsets}
    blocks = blocks_of(source.text)
    for start, end in stretches(source.text, read, {block.start for block in blocks}):
        block = next((b for b in blocks if b.start <= start < b.end), None)
        if not is_mark(source.text, start, end):
            article = next((a.id for a in articles if a.start <= start < a.end), "")
            text = source.text[start:end]
            yield Gap(source.name, article, UNREAD, start, end, text, why_unread(block, start, end))


def is_mark(text: str, start: int, end: int) -> bool:
    """Whether the stretch is a tag, an entity ("&amp;", whose first character is read) or the address of a link."""
    return any(not any(c.isalnum() for c in MARKS.sub("", text[at:end])) for at in (start, max(0, start - 1)))


def stretches(text: str, read: set[int], starts: set[int]) -> Iterator[tuple[int, int]]:
    """(start, end) of runs of unread characters with a letter or digit in them, without blanks at their edges."""
    begin = 0
    for at in range(len(text) + 1):
        if at == len(text) or at in read or at in starts:
            part = text[begin:at]
            if any(c.isalnum() for c in part):
                yield begin + len(part) - len(part.lstrip()), begin + len(part.rstrip())
            begin = at + 1 if at in read else at


def why_unread(block: Block | None, start: int, end: int) -> str:
    """What kind of text it is: that of its block, or what stands at the edge of a block that is read."""
    if block is None:
        return "between the blocks"
    if block.kind in KEPT:
        return f"{block.kind}, kept as data of the article"
    if start == block.start and end >= block.end:
        return block.kind
    if block.kind == "caption":
        return "photo credit"
    return "dateline" if start == block.start else "mark"
