"""Errors of the reading side."""

from __future__ import annotations


class SourceError(ValueError):
    """A file that cannot be read as a text: `path` names it, `reason` says what is wrong and what would be right."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
