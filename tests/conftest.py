"""Settings of all tests."""

from hypothesis import settings

# How long an example takes depends on the machine and on what else it does: no test has a time limit.
settings.register_profile("no limit", deadline=None)
settings.load_profile("no limit")
