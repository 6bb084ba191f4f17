"""Probabilities and their log-odds."""

from __future__ import annotations

import math


def logit(probability: float) -> float:
    inner = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inner / (1 - inner))


def expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))
