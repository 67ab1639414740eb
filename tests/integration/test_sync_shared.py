#!/usr/bin/env python3
"""The tests of test_sync.py once more, with the hub's log on a real PostgreSQL. Prints TAP."""
import contextlib
import itertools
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
sys.path.insert(0, __file__.rsplit("/", 1)[0])
import test_sync
from kit import hub
from kit.postgres import Postgres
from kit.run import HUB
from kit.tap import main, tests_of

NUMBERS = itertools.count()


class SharedHub(hub.Hub):
    """Its log is on the server from the beginning."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        address = SERVER.make(f"hub_{next(NUMBERS)}")
        hub.done([HUB, "--db", self.db, "log", "move", address], env=self.environment)


if __name__ == "__main__":
    with Postgres("sync") as SERVER:
        main(tests_of(vars(test_sync)), lambda test: SharedHub(test.__name__))
