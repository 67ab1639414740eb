#!/usr/bin/env python3
"""One venue, and every network it may be given: a station in a network namespace of its own lets
people in as fast as ever while its cable is pulled, its packets are lost, its name server lies, a
portal stands between or its hub is killed; and when that is over all replicas are equal and every
person who came in twice is listed once. Prints TAP."""
import contextlib
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import networks

REFUSED = networks.enter()

from kit.hub import ENVIRONMENT, Hub, run  # noqa: E402
from kit.run import ACCUEIL, EVENT, HUB, MORNING, codes_of, rows  # noqa: E402
from kit.tap import SEED, Skip, expect, main, say, tests_of  # noqa: E402
from kit.wait import LIMIT_S, asked_to_end, ended, load, wait_for  # noqa: E402

PEOPLE, SCANS = 400, 12
# A station that was away tries again within ten seconds.
HEALS_S = 4 * LIMIT_S
# Of the median of all scans of the good network; a machine that is loaded gives no sharper one.
SLOWER, SLOWER_MS = 3.0, 5.0
HEADS = "SELECT station, seq, hex (chain) FROM head ORDER BY 1"
CHANCE = random.Random(SEED)


class Door:
    """`accueil scan` at a station, kept running."""

    def __init__(self, db, words=()):
        self.process = subprocess.Popen(
            [*words, ACCUEIL, "scan", "--checkpoint", "entree-est", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(ENVIRONMENT, ACCUEIL_DB=db, ACCUEIL_NOW=MORNING),
        )

    def scan(self, code):
        """Verdict, and milliseconds until it was said."""
        began = time.monotonic()
        self.process.stdin.write(code.encode() + b"\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return said["verdict"], (time.monotonic() - began) * 1000

    def close(self):
        self.process.stdin.close()
        ended(self.process)


class Machine:
    """A station with its agent and its door; @words put it into its namespace."""

    def __init__(self, hub, name, code, words=()):
        self.name, self.words, self.agent = name, list(words), None
        self.db = os.path.join(hub.folder, name + ".db")
        run(ACCUEIL, "init", "--station", name, db=self.db)
        run(*self.words, ACCUEIL, "enrol", code, db=self.db)
        self.start()
        self.door = Door(self.db, self.words)

    def start(self, **more):
        self.log = open(self.db + ".log", "ab")
        self.agent = subprocess.Popen(
            [*self.words, ACCUEIL, "agent", "--db", self.db],
            stdout=self.log,
            stderr=self.log,
            env=dict(ENVIRONMENT, **more),
        )

    def stop(self):
        agent, self.agent = self.agent, None
        code = asked_to_end(agent)
        self.log.close()
        expect(code == 0, self.name, code, open(self.log.name).read()[-3000:])

    def refusal(self):
        said = rows(self.db, "SELECT value FROM local WHERE name = 'hub-push-refusal'")
        return said[0][0] if said else None

    def close(self):
        self.door.close()
        self.stop()


class NamedHub(Hub):
    """Listens on all addresses, and is called by its name."""

    host = "[::]"

    def invite(self, station, name=networks.NAME):
        url = f"https://{name}:{self.port}"
        return run(HUB, "--db", self.db, "invite", station, "--url", url).strip()


def registered(hub, people):
    """Everybody's ticket. The names differ, so that a snapshot is not packed to nothing."""
    run(ACCUEIL, "key", "new", db=hub.db)
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    roster, sheet = (os.path.join(hub.folder, name) for name in ("liste.csv", "tickets.csv"))
    letters = "abcdefghijklmnopqrstuvwxyz"
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Organisation;Catégorie;Événements;Jours\n")
        for number in range(people):
            name = "".join(CHANCE.choices(letters, k=24)).capitalize()
            file.write(f"FR-{number};{name};Anne;Région {name[::-1]};élu;Rencontres;26\n")
    run(ACCUEIL, "import", roster, "--yes", db=hub.db)
    run(ACCUEIL, "ticket", "issue", "--csv", sheet, db=hub.db)
    return codes_of(sheet)


class Venue:
    """A hub, a station beside it and one behind the bad network."""

    def __init__(self):
        self.hub = NamedHub("bad-networks")
        self.tickets = iter(registered(self.hub, PEOPLE).items())
        self.hub.start()
        self.network = networks.Network(self.hub.folder)
        self.liar = networks.Portal(self.hub.folder, tls=True)
        self.page = networks.Portal(self.hub.folder, tls=False)
        self.near = Machine(self.hub, "pres-1", self.hub.invite("pres-1", "127.0.0.1"))
        self.far = Machine(self.hub, "loin-1", self.hub.invite("loin-1"), self.network.there())
        self.twice = set()

    def replicas(self):
        return [self.hub.db, self.near.db, self.far.db]

    def heads(self):
        return {str(rows(db, HEADS)) for db in self.replicas()}

    def behind(self):
        own = f"SELECT ifnull (max (seq), 0) FROM fact WHERE station = '{self.far.name}'"
        return rows(self.far.db, own)[0][0] - rows(self.hub.db, own)[0][0]

    def scan(self, count):
        """As many people at the far station; references, and how long each took."""
        seen = [next(self.tickets) for _ in range(count)]
        times = []
        for _, code in seen:
            verdict, took = self.far.door.scan(code)
            expect(verdict == "ADMITTED", verdict)
            times.append(took)
        return seen, times

    def wait_equal(self):
        wait_for(lambda: len(self.heads()) == 1, self.trouble, limit_s=HEALS_S)
        for db in self.replicas():
            listed = [r for (r,) in rows(db, "SELECT reference FROM conflict WHERE NOT closed")]
            expect(sorted(listed) == sorted(self.twice), db, listed, self.twice)

    def trouble(self):
        return "equal heads\n" + open(self.far.db + ".log").read()[-2000:]

    def close(self):
        for end in (self.far.close, self.near.close, self.hub.stop):
            end()
        self.network.__exit__()


# The networks. Each is a function of the venue that makes it; what it gives back, if anything, ends
# what heal () does not. CUT: nothing gets through; what the station then says of its hub.


def cut_old(venue):
    """The connections that are there already: else a name would not be asked for again."""
    venue.network.rule("-A", "INPUT", "-i", "here", "-d", networks.HERE, "-p", "tcp", "--dport",
                       venue.hub.port, "-j", "REJECT", "--reject-with", "tcp-reset")  # fmt: skip


def partition(venue):
    venue.network.rule("-A", "INPUT", "-i", "here", "-j", "DROP")


def resets(venue):
    cut_old(venue)


def unplugged(venue):
    venue.network.ip("link set here down")
    # What its addresses of IPv6 were goes with the cable.
    return lambda: [
        venue.network.ip(line)
        for line in ("link set here up", f"-6 addr replace {networks.HERE6}/64 dev here nodad")
    ]


def name_fails(venue):
    venue.network.names.mode = "fails"
    cut_old(venue)


def name_silent(venue):
    venue.network.names.mode = "silent"
    cut_old(venue)


def name_lies(venue):
    """Another machine stands at the name's address, with a key of its own."""
    venue.network.names.mode = "lies"
    cut_old(venue)
    venue.network.rule("-t", "nat", "-A", "PREROUTING", "-i", "here", "-d", networks.PORTAL, "-p",
                       "tcp", "-j", "REDIRECT", "--to-ports", venue.liar.port)  # fmt: skip


def page(venue):
    """Whatever is sent to the hub is answered with 200 and a page, in plain HTTP."""
    venue.network.rule("-t", "nat", "-A", "PREROUTING", "-i", "here", "-p", "tcp", "--dport",
                       venue.hub.port, "-j", "REDIRECT", "--to-ports", venue.page.port)  # fmt: skip
    cut_old(venue)


def loss(venue):
    for chain, side in (("INPUT", "-i"), ("OUTPUT", "-o")):
        venue.network.rule("-A", chain, side, "here", "-m", "statistic", "--mode", "random",
                           "--probability", "0.2", "-j", "DROP")  # fmt: skip


def narrow(venue):
    venue.network.narrow("256kbit")
    return venue.network.widen


def proxied(venue, mode):
    """No way but by the proxy, which the machine's settings name."""
    venue.network.proxy.mode = mode
    cut_old(venue)
    venue.far.stop()
    venue.far.start(https_proxy=f"http://{networks.HERE}:{networks.PROXY_PORT}")
    return lambda: (venue.far.stop(), venue.far.start())


def proxy(venue):
    return proxied(venue, "on")


def proxy_page(venue):
    """The proxy itself says 200 and a page."""
    return proxied(venue, "portal")


def six(venue):
    venue.network.names.mode = "six"
    venue.network.ip(f"addr del {networks.HERE}/24 dev here")
    return lambda: venue.network.ip(f"addr add {networks.HERE}/24 dev here")


def killed(venue):
    for _ in range(3):
        venue.hub.stop(signal.SIGKILL)
        venue.scan(2)
        venue.hub.start()
        venue.scan(2)


CUT, THROUGH = True, False
NETWORKS = [
    ("partition", partition, CUT, None),
    ("resets", resets, CUT, None),
    ("cable pulled", unplugged, CUT, None),
    ("name server fails", name_fails, CUT, None),
    ("name server silent", name_silent, CUT, None),
    ("name server lies", name_lies, CUT, "key"),
    ("portal: 200 and a page", page, CUT, None),
    ("proxy: 200 and a page", proxy_page, CUT, None),
    ("20 % of packets lost", loss, THROUGH, None),
    ("256 kbit/s", narrow, THROUGH, None),
    ("https_proxy alone", proxy, THROUGH, None),
    ("IPv6 alone", six, THROUGH, None),
    ("hub killed at random", killed, THROUGH, None),
]


def in_network(venue, cut, refusal):
    """What the station does there; how long its scans took."""
    seen, times = venue.scan(SCANS)
    if not cut:
        wait_for(lambda: venue.behind() == 0, venue.trouble, limit_s=HEALS_S)
        return times
    expect(venue.behind() >= SCANS, "it was not cut off", venue.behind())
    reference, code = seen[0]
    expect(venue.near.door.scan(code)[0] == "ADMITTED", "nobody can have told the other")
    venue.twice.add(reference)
    if refusal is not None:
        wait_for(lambda: venue.far.refusal() == refusal, venue.trouble, limit_s=HEALS_S)
        expect(venue.liar.asked > 0, "nobody was lied to")
    return times


def test_networks(venue):
    """partitions, resets, loss, 256 kbit/s, portals, name servers, proxies, IPv6 alone, a hub that
    is killed: decisions as fast as ever; afterwards equal, and what happened twice listed once"""
    venue.scan(SCANS)
    venue.wait_equal()
    _, good = venue.scan(3 * SCANS)
    usual = statistics.median(good)
    say(f"a good network: a scan takes {usual:.1f} ms")
    for name, make, cut, refusal in NETWORKS:
        began = time.monotonic()
        end = make(venue)
        times = in_network(venue, cut, refusal)
        venue.network.heal()
        if end is not None:
            end()
        healed = time.monotonic()
        venue.wait_equal()
        now = time.monotonic()
        say(f"{name}: a scan {statistics.median(times):.1f} ms, at most {max(times):.1f}; "
            f"{healed - began:.1f} s, equal {now - healed:.1f} s after")  # fmt: skip
        most = (SLOWER * usual + SLOWER_MS) * load()
        expect(statistics.median(times) <= most, name, sorted(times), usual)
    expect(venue.network.proxy.tunnels > 0, "nothing went through the proxy")
    digests = {
        run(ACCUEIL, "verify", "--projections", db=db).split()[-1] for db in venue.replicas()
    }
    expect(len(digests) == 1, "equal facts, other projections")


def test_snapshot_cut():
    """A new station's snapshot comes over connections that are all cut at random, some with a byte
    changed: it goes on where it stopped, and is whole"""
    hub = Hub("snapshot-cut")
    registered(hub, 4000)
    with hub:
        for number in range(3):
            cutter = networks.Cutter(hub.port, 20_000, 60_000, CHANCE.random())
            url = f"https://127.0.0.1:{cutter.port}"
            code = run(HUB, "--db", hub.db, "invite", f"neuve-{number}", "--url", url).strip()
            station = os.path.join(hub.folder, f"neuve-{number}.db")
            run(ACCUEIL, "init", "--station", f"neuve-{number}", db=station)
            run(ACCUEIL, "enrol", code, db=station)
            cutter.close()
            say(f"cut {cutter.cuts} times, {cutter.spoiled} bytes changed, {cutter.bytes} bytes")
            expect(cutter.cuts > 3, "it was never cut", cutter.cuts)
            counted = rows(station, "SELECT count (*) FROM delegate")
            expect(counted == [(4000,)], counted)
            run(ACCUEIL, "verify", db=station)


def prepare(test):
    if REFUSED:
        raise Skip(f"network namespaces are refused here: {REFUSED}")
    return given(test)


@contextlib.contextmanager
def given(test):
    if test is not test_networks:
        yield None
        return
    venue = Venue()
    with contextlib.closing(venue):
        yield venue


if __name__ == "__main__":
    main(tests_of(globals()), prepare)
