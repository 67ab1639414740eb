#!/usr/bin/env python3
"""Two hubs with their log on a PostgreSQL that fails over by itself: monitor, primary, synchronous
standby and either hub are killed at random under twenty stations that never stop, and two doors
that let people in all the while, with fsync on. $ROUNDS says how often (`make standby`: 100 times),
and then how long each may take is held, too; the check does it once for each, by no clock; $VICTIMS
names some of them. Prints TAP."""
import collections
import contextlib
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.auto_failover import Cluster
from kit.hub import ENVIRONMENT, Hub, Raw, run
from kit.run import ACCUEIL, EVENT, HUB, MORNING, codes_of, done, rows
from kit.tap import SEED, expect, main, say, tests_of
from kit.wait import load, wait_for
from test_shared_log import Sender, SharedHub, heads, same
from test_sync_programs import Station

CHANCE = random.Random(SEED)
ROUNDS = int(os.environ.get("ROUNDS", "0"))
# Stations, and how often each of them sends something new.
STATIONS, SEND_EVERY_S = 20, 0.05
PEOPLE = 60
# A door scans so often, and says what it decides within so long.
SCAN_EVERY_S, DECISION_S = 0.2, 1.0
# So long a station may wait for its answer, on a machine that has nothing else to do.
HUB_S, SERVER_S = 2.0, 15.0
VICTIMS = os.environ.get("VICTIMS", "primary,standby,monitor,hub,other hub").split(",")


class Door(threading.Thread):
    """A venue machine as it is: its agent sends, and a reader lets people in meanwhile."""

    def __init__(self, hub, name, codes):
        super().__init__()
        self.station, self.codes, self.over = Station(hub, name), codes, threading.Event()
        self.station.enrol(hub)
        self.station.start()
        self.longest, self.verdicts, self.fault = 0.0, collections.Counter(), None
        self.reader = subprocess.Popen(
            [ACCUEIL, "scan", "--checkpoint", "entree-est", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(ENVIRONMENT, ACCUEIL_DB=self.station.db, ACCUEIL_NOW=MORNING),
            text=True,
            bufsize=1,
        )

    def run(self):
        try:
            for code in itertools.cycle(self.codes):
                began = time.monotonic()
                self.reader.stdin.write(code + "\n")
                self.verdicts[json.loads(self.reader.stdout.readline())["verdict"]] += 1
                self.longest = max(self.longest, (time.monotonic() - began) / load())
                if self.over.wait(SCAN_EVERY_S):
                    return
        except Exception as fault:
            self.fault = fault

    def stop(self):
        """All that it has let in is sent."""
        self.over.set()
        self.join()
        self.reader.stdin.close()
        self.reader.wait()

    def count(self):
        sql = f"SELECT max (seq) FROM fact WHERE station = '{self.station.name}'"
        return rows(self.station.db, sql)[0][0]


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


def one_round(cluster, hubs, senders, what, times):
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
    times[what].append(took)
    return took


def check(cluster, hubs, senders, doors):
    """Nothing that was acknowledged is lost, and nothing is there twice."""
    for door in doors:
        name = door.station.name
        wait_for(
            lambda: dict((n, last) for n, _, last in heads(hubs[0])).get(name) == door.count(), name
        )
        expect(door.fault is None, door.fault)
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


def is_seen_whole(sight):
    """@sight of look_over(), once it says so."""
    whole = len(sight) == 3 and "takes facts" in sight[0] and "in step: 1 of 1" in sight[1]
    return sight if whole else None


def hold_times(times, doors):
    for what, took in times.items():
        bound = HUB_S if what.endswith("hub") else SERVER_S
        expect(max(took) <= bound * max(1.0, load()), what, took)
    for door in doors:
        expect(door.longest <= DECISION_S, door.longest)


def congress(cluster):
    """Two hubs of the cluster's log, with the demo's congress, and tickets of @PEOPLE."""
    one = Hub("standby")
    run(ACCUEIL, "event", "load", EVENT, db=one.db)
    run(ACCUEIL, "key", "new", db=one.db)
    roster, sheet = (os.path.join(one.folder, file) for file in ("liste.csv", "tickets.csv"))
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Organisation;Catégorie;Événements;Jours\n")
        for number in range(PEOPLE):
            file.write(f"FR-{number};Nom{number};Anne;Région Bretagne;élu;Rencontres;26\n")
    run(ACCUEIL, "import", roster, "--yes", db=one.db)
    run(ACCUEIL, "ticket", "issue", "--csv", sheet, db=one.db)
    run(HUB, "--db", one.db, "log", "move", cluster.address())
    return one, SharedHub("standby_other", cluster.address()), list(codes_of(sheet).values())


def tell(times, senders, doors):
    facts, kills = sum(sender.acknowledged for sender in senders), sum(map(len, times.values()))
    say(f"{kills} kills, {facts} facts acknowledged, 0 lost, 0 doubled; all answered after:")
    for what, took in sorted(times.items()):
        median, most = statistics.median(took), max(took)
        say(f"  {what}, {len(took)} times: {median:.1f} s in the middle, {most:.1f} s at most")
    for door in doors:
        name, verdicts = door.station.name, dict(door.verdicts)
        say(f"  {name}: {verdicts}, {door.longest * 1000:.0f} ms at most by the load")


def test_kill_anything(cluster):
    """kill -9 of primary, standby, monitor and either hub under load: none of what was acknowledged
    is lost or doubled, every station is answered again, and doors decide as ever"""
    *hubs, codes = congress(cluster)
    rounds = [CHANCE.choice(VICTIMS) for _ in range(ROUNDS)] or VICTIMS
    times, over = collections.defaultdict(list), threading.Event()
    expect(cluster.servers[0].query("SHOW fsync") == "on", "a server that does not sync")
    with hubs[0], hubs[1], contextlib.ExitStack() as ends:
        raws = [Raw(hubs[n % 2], f"s-{n}") for n in range(STATIONS)]
        senders = [Sender(raw.name, raw.token, hubs, over, SEND_EVERY_S) for raw in raws]
        doors = [Door(hub, f"door-{n}", codes[n::2]) for n, hub in enumerate(hubs)]
        for door in doors:
            ends.callback(door.station.stop)
        for thread in (*senders, *doors):
            thread.start()
        try:
            for number, what in enumerate(rounds):
                took = one_round(cluster, hubs, senders, what, times)
                if ROUNDS:
                    say(f"{number + 1} of {ROUNDS}: {what}, {took:.1f} s")
        finally:
            over.set()
            for door in doors:
                door.stop()
            for sender in senders:
                sender.join()
        check(cluster, hubs, senders, doors)
        # A standby that has come back is whole for the monitor before it is in step.
        sight = wait_for(lambda: is_seen_whole(look_over(hubs[0])), lambda: look_over(hubs[0]))
        expect("none was ever made" in sight[2], sight)
    tell(times, senders, doors)
    if ROUNDS:
        hold_times(times, doors)


if __name__ == "__main__":
    main(tests_of(globals()), lambda test: Cluster())
