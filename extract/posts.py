"""A person's post, as the words between a name and a body tell it."""

from __future__ import annotations

import re

from spacy.tokens import Span


def role_of(person: Span, body: Span) -> str | None:
    """A person's post: what stands between the name and the body ("A, president of B"; "B chairman A")."""
    doc = person.doc
    if person.sent.start != body.sent.start:
        return None
    if person.end <= body.start:
        between = doc[person.end : body.start].text
        match = re.match(
            r"^\s*,\s*(?:who is |is |an? |the |also )*(.+?)\s*(?:of|at|in|for|with|from|to)?\s*(?:the|an?)?\s*$",
            between,
        )
    else:
        match = re.match(r"^(?:'s|’s|,)?\s*(?:the |an? )?(.+?)\s*,?\s*$", doc[body.end : person.start].text)
    role = " ".join(match[1].split()) if match else ""
    return (
        role
        if role and len(role.split()) <= 8 and not re.search(r"\b(said|says|told|and|that|which)\b|[.;\"“”]", role)
        else None
    )
