"""Tags (Penn Treebank) and labels (Universal Dependencies) that go together."""

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
