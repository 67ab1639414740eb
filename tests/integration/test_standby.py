#!/usr/bin/env python3
"""Two hubs with their log on a PostgreSQL that fails over by itself: monitor, primary, synchronous
standby and either hub are killed at random under twenty stations that never stop, with fsync on.
$ROUNDS says how often (`make standby`: 100 times); the check does it once for each. Prints TAP."""
import collections
import os
import random
import signal
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.auto_failover import Cluster
from kit.hub import ENVIRONMENT, Hub, Raw, run
from kit.run import ACCUEIL, EVENT, HUB, done
from kit.tap import SEED, expect, main, say, tests_of
from kit.wait import load, wait_for
from test_shared_log import Sender, SharedHub, heads, same

CHANCE = random.Random(SEED)
ROUNDS = int(os.environ.get("ROUNDS", "0"))
STATIONS = 20
# So long a station may wait for its answer, on a machine that has nothing else to do.
HUB_S, SERVER_S = 2.0, 15.0
VICTIMS = ("primary", "standby", "monitor", "hub", "other hub")


def kill(cluster, hubs, what):
    """Kills @what with all its processes; what starts it again."""
    victim = {
        "primary": lambda: cluster.role("primary") or CHANCE.choice(cluster.servers),
        "standby": lambda: cluster.role("secondary") or CHANCE.choice(cluster.servers),
        "monitor": lambda: cluster.monitor,
        "hub": lambda: hubs[0],
        "other hub": lambda: hubs[1],
    }[what]()
    victim.stop(signal.SIGKILL)
    return victim.start


def go_on(senders, marks, what):
    """Every station has been answered again."""
    wait_for(
        lambda: any(s.fault for s in senders)
        or all(s.acknowledged > mark for s, mark in zip(senders, marks)),
        lambda: f"{what}: {[s.fault for s in senders]}",
        limit_s=90,
    )


def one_round(cluster, hubs, senders, what, longest):
    again = kill(cluster, hubs, what)
    began = time.monotonic()
    marks = [sender.acknowledged + 1 for sender in senders]
    if what.endswith("hub"):
        again()
    go_on(senders, marks, what)
    took = time.monotonic() - began
    if not what.endswith("hub"):
        again()
        wait_for(cluster.is_whole, lambda: (what, cluster.states()), limit_s=120)
    longest[what] = max(longest[what], took)


def check(cluster, hubs, senders):
    """Nothing that was acknowledged is lost, and nothing is there twice."""
    same(*hubs)
    held = {name: (count, last) for name, count, last in heads(hubs[0])}
    for sender in senders:
        expect(sender.fault is None, sender.fault)
        count, last = held[sender.station.name]
        expect(count == last >= sender.acknowledged, sender.station.name, count, last)
    told = cluster.writer().query(
        "SELECT count (*), count (DISTINCT (station, seq)), max (number) FROM accueil.fact"
    )
    expect(len(set(told.split("|"))) == 1, told)


def look_over(hub):
    """What its doctor says of the log."""
    words = [HUB, "--db", hub.db, "doctor"]
    said = done(words, env=ENVIRONMENT, status=None).out.splitlines()
    return [line for line in said if line[2:].split()[0] in ("log", "standby", "backup")]


def test_kill_anything(cluster):
    """kill -9 of primary, standby, monitor and either hub under load: none of what was acknowledged
    is lost or doubled, and every station is answered again within its time"""
    one = Hub("standby")
    run(ACCUEIL, "event", "load", EVENT, db=one.db)
    run(HUB, "--db", one.db, "log", "move", cluster.address())
    hubs = (one, SharedHub("standby_other", cluster.address()))
    rounds = [CHANCE.choice(VICTIMS) for _ in range(ROUNDS)] or list(VICTIMS)
    longest, over = collections.Counter(), threading.Event()
    with hubs[0], hubs[1]:
        raws = [Raw(hubs[n % 2], f"s-{n}") for n in range(STATIONS)]
        senders = [Sender(raw.name, raw.token, list(hubs), over) for raw in raws]
        for sender in senders:
            sender.start()
        try:
            for number, what in enumerate(rounds):
                one_round(cluster, hubs, senders, what, longest)
                if ROUNDS:
                    say(f"{number + 1} of {ROUNDS}: {what}, {longest[what]:.1f} s at most so far")
        finally:
            over.set()
            for sender in senders:
                sender.join()
        check(cluster, hubs, senders)
        sight = look_over(one)
        expect(len(sight) == 3 and "takes facts" in sight[0], sight)
        expect("in step: 1 of 1" in sight[1] and "none was ever made" in sight[2], sight)
    facts = sum(sender.acknowledged for sender in senders)
    say(f"{len(rounds)} kills, {facts} facts acknowledged, 0 lost, 0 doubled; all answered after:")
    for what in sorted(longest):
        say(f"  {what}: {longest[what]:.1f} s at most")
        bound = HUB_S if what.endswith("hub") else SERVER_S
        expect(longest[what] <= bound * max(1.0, load()), what, longest[what])


if __name__ == "__main__":
    main(tests_of(globals()), lambda test: Cluster())
