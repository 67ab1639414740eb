#!/usr/bin/env python3
"""The sync service with the real programs: accueil-hub, and stations made, enrolled, worked at and
kept in step by accueil. Prints TAP."""
import base64
import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import ENVIRONMENT, Hub, InStep, Raw, read_code, run
from kit.run import ACCUEIL, EVENT, HUB, MORNING, accueil, codes_of, done, rows
from kit.tap import expect, main, say, tests_of
from kit.wait import asked_to_end, wait_for

AWAY_PASSAGE = """{"checkpoint":"entree-est","day":"2016-10-26","period":"2016-10-26",
"verdict":"ADMITTED","direction":"in","code":"badge","serial":1,"issuer":"%s"}"""
NAMES = ("est-1", "est-2", "ouest-1")


class Station:
    """A venue machine: its replica and, while it is started, its agent."""

    def __init__(self, hub, name):
        self.name, self.db, self.agent = name, os.path.join(hub.folder, name + ".db"), None
        run(ACCUEIL, "init", "--station", name, db=self.db)

    def enrol(self, hub, status=0, code=None):
        return run(ACCUEIL, "enrol", code or hub.invite(self.name), db=self.db, status=status)

    def start(self):
        self.log = open(self.db + ".log", "ab")
        self.agent = subprocess.Popen(
            [ACCUEIL, "agent", "--db", self.db], stdout=self.log, stderr=self.log, env=ENVIRONMENT
        )

    def stop(self):
        agent, self.agent = self.agent, None
        if agent is None:
            return
        code = asked_to_end(agent)
        self.log.close()
        expect(
            code == 0,
            f"the agent of {self.name} ended with {code}",
            open(self.log.name).read()[-3000:],
        )

    def scan(self, code):
        """The verdict at the entrance."""
        words = ("scan", "--checkpoint", "entree-est", "--json")
        answer = accueil(*words, db=self.db, now=MORNING, stdin=code + "\n", status=None)
        expect(answer.out.startswith("{"), answer)
        return json.loads(answer.out.splitlines()[0])["verdict"]

    def doctor(self, topic):
        """What it says of one topic."""
        said = accueil("doctor", db=self.db, status=None).out
        return "\n".join(line for line in said.splitlines() if line[2:].startswith(topic + " "))

    def conflicts(self):
        return rows(self.db, "SELECT reference, stations FROM conflict WHERE NOT closed ORDER BY 1")


class Venue(InStep):
    """A hub with the demo congress, two delegates with their tickets, and three stations in
    step."""

    def __init__(self, name):
        self.hub = Hub(name)
        run(ACCUEIL, "key", "new", db=self.hub.db)
        run(ACCUEIL, "event", "load", EVENT, db=self.hub.db)
        self.import_roster([("FR-1", "Œuvrard"), ("FR-2", "d'Estienne")])
        tickets = os.path.join(self.hub.folder, "tickets.csv")
        run(ACCUEIL, "ticket", "issue", "--csv", tickets, db=self.hub.db)
        self.tickets = list(codes_of(tickets).values())
        expect(len(self.tickets) == 2, self.tickets)
        self.hub.start()
        self.stations = [Station(self.hub, name) for name in NAMES]
        for station in self.stations:
            station.enrol(self.hub)
            station.start()

    def import_roster(self, people):
        roster = os.path.join(self.hub.folder, "liste.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write("Référence;Nom;Prénom;Organisation;Catégorie;Événements;Jours\n")
            for reference, family in people:
                file.write(f"{reference};{family};Anne;Région Bretagne;élu;Rencontres;26\n")
        run(ACCUEIL, "import", roster, "--yes", db=self.hub.db)

    def facts(self):
        """But for what the hub says of its stations."""
        theirs = "SELECT count (*) FROM fact WHERE kind NOT IN ('role', 'signed')"
        return rows(self.hub.db, theirs)[0][0]


def test_in_step(venue):
    """what happens at one station, or is imported beside the running hub, is known everywhere"""
    expect(venue.stations[0].scan(venue.tickets[0]) == "ADMITTED")
    venue.wait_equal()
    expect(
        venue.stations[1].scan(venue.tickets[0]) in ("TICKET_USED", "ALREADY_IN"),
        "the other entrance knows",
    )
    venue.import_roster([("FR-1", "Œuvrard"), ("FR-2", "d'Estienne"), ("FR-3", "欧阳")])
    venue.wait_equal()
    expect(rows(venue.stations[2].db, "SELECT count (*) FROM delegate") == [(3,)])
    listed = json.loads(run(HUB, "--db", venue.hub.db, "stations", "--json"))
    expect(
        [entry["station"] for entry in listed] == sorted(NAMES)
        and all(entry["enrolled_ms"] > 0 and entry["seq"] > 0 for entry in listed),
        listed,
    )


def test_hub_away(venue):
    """stations work on without the hub; two that let one person in twice become one conflict,
    listed everywhere"""
    venue.hub.stop()
    expect(venue.stations[0].scan(venue.tickets[0]) == "ADMITTED")
    expect(venue.stations[1].scan(venue.tickets[0]) == "ADMITTED")
    expect(venue.stations[2].scan(venue.tickets[1]) == "ADMITTED")
    venue.hub.start()
    venue.wait_equal()
    for station in venue.stations:
        expect(station.conflicts() == [("FR-1", 2)], station.conflicts())


def test_codes(venue):
    """wrong codes are refused with a message, and change nothing"""
    late = Station(venue.hub, "tard-1")
    code = venue.hub.invite("tard-1")
    for wrong, words in (
        ("hello", "ACCUEIL1:"),
        (code[:-8], "ACCUEIL1:"),
        (venue.hub.invite("autre-1"), "tard-1"),
        (
            run(
                HUB, "--db", venue.hub.db, "invite", "tard-1", "--url", "https://127.0.0.1:1"
            ).strip(),
            "127.0.0.1:1",
        ),
    ):
        expect(words in late.enrol(venue.hub, status=1, code=wrong), wrong)
    expect(
        "accueil-hub invite" in late.enrol(venue.hub, status=1, code=code), "an older code is void"
    )
    expect(rows(late.db, "SELECT count (*) FROM local WHERE name LIKE 'hub%'") == [(0,)])
    run(ACCUEIL, "enrol", db=late.db, status=2)
    late.enrol(venue.hub)
    expect(
        rows(late.db, "SELECT count (*) FROM delegate") == [(2,)],
        "by its snapshot, before any agent runs",
    )
    expect(read_code(code)["station"] == "tard-1")


def copy_of(db):
    """A second file with all of the replica, also with what is in its -wal file yet."""
    path = db + ".copy"
    with contextlib.closing(sqlite3.connect(db)) as replica, contextlib.closing(
        sqlite3.connect(path)
    ) as copy:
        replica.backup(copy)
    return path


def put_back(copy, db):
    for end in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(db + end)
    shutil.copyfile(copy, db)


def test_hub_restored(venue):
    """a hub put back from an older copy of its file gets from its stations what it has lost"""
    venue.wait_equal()
    venue.hub.stop()
    copy = copy_of(venue.hub.db)
    venue.hub.start()
    expect(venue.stations[0].scan(venue.tickets[0]) == "ADMITTED")
    expect(venue.stations[1].scan(venue.tickets[1]) == "ADMITTED")
    venue.wait_equal()
    before = venue.facts()
    venue.hub.stop()
    put_back(copy, venue.hub.db)
    expect(venue.facts() < before)
    venue.hub.start()
    wait_for(lambda: venue.facts() >= before, "the stations to give back what was lost")
    venue.wait_equal()


def test_hub_killed(venue):
    """kill -9 of the hub while stations work: they go on, and all is there in the end"""
    for number, ticket in enumerate(venue.tickets):
        venue.hub.stop(signal.SIGKILL)
        expect(venue.stations[number].scan(ticket) == "ADMITTED")
        venue.hub.start()
        expect(venue.stations[2].scan("AC:0000") in ("FORGED", "UNKNOWN"))
    venue.wait_equal()
    expect(rows(venue.hub.db, "SELECT count (*) FROM passage WHERE verdict = 'ADMITTED'") == [(2,)])


def test_station_revoked(venue):
    """a revoked station's facts are refused, it is told why, and every replica knows that its key
    is void"""
    gone = venue.stations[0]
    venue.wait_equal()
    gone.stop()
    venue.stations.remove(gone)
    run(HUB, "--db", venue.hub.db, "revoke", gone.name)
    expect(gone.scan(venue.tickets[0]) == "ADMITTED", "it can still work by itself")
    before = venue.facts()
    gone.start()
    wait_for(
        lambda: "accueil-hub invite" in open(gone.log.name).read(),
        "its agent to say that it is refused, and what to do",
    )
    gone.stop()
    words = ("scan", "--checkpoint", "entree-est", "--json")
    shut = accueil(*words, db=gone.db, now=MORNING, stdin=venue.tickets[1] + "\n", status=1)
    expect("revoked" in shut.err and shut.out == "", shut)
    expect(venue.facts() == before)
    venue.wait_equal()
    for station in venue.stations:
        expect(
            rows(station.db, f"SELECT revoked FROM station_key WHERE station = '{gone.name}'")
            == [(1,)]
        )


def test_station_put_back(venue):
    """an older copy of a station's file: the doctor and the agent say so; one that was used on is
    told, also when it enrols, that it needs another name"""
    gone = venue.stations.pop(0)
    gone.stop()
    copy = copy_of(gone.db)
    gone.start()
    expect(gone.scan(venue.tickets[0]) == "ADMITTED")
    wait_for(
        lambda: rows(venue.hub.db, f"SELECT seq FROM head WHERE station = '{gone.name}'")[0][0] > 1,
        "the hub to know",
    )
    gone.stop()
    put_back(copy, gone.db)
    expect("accueil enrol" in gone.doctor("hub"), gone.doctor("hub"))
    gone.enrol(venue.hub)
    expect("✓" in gone.doctor("hub"), gone.doctor("hub"))
    put_back(copy, gone.db)
    expect(gone.scan("AC:0000") == "UNKNOWN")
    gone.start()
    wait_for(
        lambda: "accueil-hub invite" in open(gone.log.name).read(), "its agent to say what to do"
    )
    gone.stop()
    expect("accueil rejoin" in gone.enrol(venue.hub, status=1))


def walk_in(station, family):
    words = (
        "walk-in",
        "--family",
        family,
        "--given",
        "Anne",
        "--category",
        "élu",
        "--volunteer",
        "Li",
    )
    words += ("--event", "Rencontres", "--json")
    said = accueil(*words, db=station.db, now=MORNING).out
    return json.loads(said)["reference"]


def admit(station, reference):
    words = ("admit", reference, "--checkpoint", "entree-est", "--volunteer", "Li", "--reason", "x")
    accueil(*words, db=station.db, now=MORNING)


def test_cloned(venue):
    """a cloned machine: both work on under one name; one step gives the second a name of its own,
    with all that happened there, told apart from what happened at the first"""
    first = venue.stations[0]
    venue.wait_equal()
    first.stop()
    clone = Station(venue.hub, "clone")
    put_back(copy_of(first.db), clone.db)
    expect(clone.scan(venue.tickets[1]) == "ADMITTED")
    for machine, family in ((first, "Première"), (clone, "Seconde")):
        expect(machine.scan(venue.tickets[0]) == "ADMITTED")
        reference = walk_in(machine, family)
        expect(reference == f"W-{first.name}-1", reference)
        admit(machine, reference)
    times = rows(clone.db, "SELECT at FROM passage WHERE verdict = 'ADMITTED' ORDER BY at")
    first.start()
    venue.wait_equal()
    clone.start()
    wait_for(lambda: "accueil rejoin" in open(clone.log.name).read(), "its agent to say what to do")
    clone.stop()
    expect("accueil rejoin" in clone.doctor("hub"), clone.doctor("hub"))
    wait_for(
        lambda: "fork:" + first.name in accueil("alerts", "--json", db=venue.stations[1].db).out,
        "an alert at another station",
    )
    expect(
        "accueil enrol"
        in run(ACCUEIL, "rejoin", venue.hub.invite(first.name), db=clone.db, status=1)
    )
    code = venue.hub.invite("est-1b")
    said = run(ACCUEIL, "rejoin", code, db=clone.db)
    expect(f"“{first.name}” is “est-1b”" in said, said)
    expect("1 badge is printed again" in said, said)
    kept = [name for name in os.listdir(venue.hub.folder) if f"clone.db.{first.name}-" in name]
    expect(len(kept) == 1, kept)
    accueil("verify", db=os.path.join(venue.hub.folder, kept[0]))
    venue.stations.append(clone)
    clone.start()
    venue.wait_equal()
    # Nothing is lost, each at its time, and none at the other's name.
    hub = venue.hub
    found = hub.query(
        "SELECT at FROM passage WHERE verdict = 'ADMITTED' AND station = 'est-1b' ORDER BY at"
    )
    expect(found == times, found, times)
    people = hub.query(
        "SELECT reference, family FROM delegate WHERE reference GLOB 'W-*' ORDER BY 1"
    )
    expect(people == [(f"W-{first.name}-1", "Première"), ("W-est-1b-1", "Seconde")], people)
    expect(clone.conflicts() != [] and clone.conflicts()[0][0] == "FR-1", clone.conflicts())
    badges = hub.query("SELECT reference, issuer FROM badge ORDER BY 1, 2")
    expect(
        badges
        == [
            ("FR-1", "est-1"),
            ("FR-1", "est-1b"),
            ("FR-2", "est-1b"),
            ("W-est-1-1", "est-1"),
            ("W-est-1b-1", "est-1b"),
        ],
        badges,
    )
    # Its doors know both, and go on.
    expect(clone.scan(venue.tickets[1]) in ("TICKET_USED", "ALREADY_IN"))
    expect("one code" in run(ACCUEIL, "rejoin", code, code, db=clone.db, status=2))
    run(ACCUEIL, "rejoin", code, db=clone.db, status=1)


def test_rejoin_broken_off(venue):
    """what was broken off before the files were exchanged is taken up again by the same code"""
    gone = venue.stations.pop(0)
    venue.wait_equal()
    gone.stop()
    copy = copy_of(gone.db)
    expect(gone.scan(venue.tickets[0]) == "ADMITTED")
    gone.start()
    venue.wait_equal()
    gone.stop()
    put_back(copy, gone.db)
    expect(gone.scan(venue.tickets[1]) == "ADMITTED")
    code = venue.hub.invite("est-9")
    # A folder in the place of the old log, which cannot be removed as a file.
    os.mkdir(gone.db + "-wal")
    broken = run(ACCUEIL, "rejoin", code, db=gone.db, status=1)
    expect("-wal" in broken or gone.db in broken, broken)
    os.rmdir(gone.db + "-wal")
    run(ACCUEIL, "rejoin", code, db=gone.db)
    expect(rows(gone.db, "SELECT value FROM local WHERE name = 'station'") == [("est-9",)])
    venue.stations.append(gone)
    gone.start()
    venue.wait_equal()
    found = rows(gone.db, "SELECT count (*) FROM passage WHERE station = 'est-9'")
    expect(found == [(1,)], found)


def test_clock_ahead(venue):
    """a station whose clock was years ahead keeps nobody from working; the doctor names it"""
    ahead, other = venue.stations[:2]
    words = ("scan", "--checkpoint", "entree-est")
    later = "2046-10-26T09:12:00+08:00"
    accueil(*words, db=ahead.db, now=later, stdin="AC:0000\n", status=None)
    venue.wait_equal()
    expect(other.scan(venue.tickets[0]) == "ADMITTED")
    venue.wait_equal()
    for station in venue.stations:
        expect(f"“{ahead.name}” was" in station.doctor("clock"), station.doctor("clock"))
    rogue = Raw(venue.hub, "rogue")
    rogue.clock = 2**63 - 1
    expect(rogue.push(rogue.facts(1)).status == 200)
    wait_for(
        lambda: rows(other.db, "SELECT count (*) FROM fact WHERE station = 'rogue'") == [(1,)],
        "the fact with the last time there is",
    )
    expect(other.scan(venue.tickets[1]) == "ADMITTED")
    venue.wait_equal()


def test_hub_clock_off(venue):
    """a hub whose clock is five minutes off: stations go by it all the same, so that there is one
    time, and its doctor says whose clock is to be set"""
    for minutes, word in ((5, "ahead by"), (-5, "behind by")):
        venue.hub.stop()
        now = datetime.now(timezone.utc) + timedelta(minutes=minutes)
        venue.hub.environment["ACCUEIL_NOW"] = now.isoformat(timespec="seconds")
        venue.hub.start()
        began_ms = time.time_ns() // 1_000_000

        def said():
            passed = timedelta(milliseconds=time.time_ns() // 1_000_000 - began_ms)
            late = (now + passed).isoformat(timespec="seconds")
            words = [HUB, "--db", venue.hub.db, "doctor"]
            return done(words, env=dict(venue.hub.environment, ACCUEIL_NOW=late), status=None).out

        wait_for(lambda: re.search(rf"clock +{word} (29\d|30\d) s", said()), said)
        expect("timedatectl" in said(), said())
        expect(re.search(r"machine +delegates: 2; processors: \d+, memory: \d+ MB", said()), said())
    station = venue.stations[0]
    # By as much as it took to start the hub besides.
    wait_for(
        lambda: re.search(r"\b(29\d|30\d)\b", station.doctor("hub's clock")),
        lambda: station.doctor("hub's clock"),
    )
    expect(station.scan(venue.tickets[0]) == "ADMITTED", "people are let in meanwhile")
    venue.wait_equal()


AWAY_FACTS = int(os.environ.get("AWAY_FACTS", "4000"))
AWAY_MB = 24  # more than at rest, however much there is to catch up with


def memory_mb(process, name):
    text = open(f"/proc/{process.pid}/status").read()
    return int(re.search(rf"{name}:\s*(\d+)", text)[1]) / 1024


def test_away(venue):
    """a station that was away for a day: it catches up in bounded memory with all that the others
    did, and what it did itself arrives; $AWAY_FACTS sets how much that was"""
    away, other = venue.stations[:2]
    venue.wait_equal()
    rest_mb = memory_mb(away.agent, "VmRSS")
    for station in venue.stations:
        station.stop()
    expect(away.scan(venue.tickets[0]) == "ADMITTED", "while it is away")
    busy = [Raw(venue.hub, f"busy-{n}") for n in range(4)]
    for number in range(AWAY_FACTS // len(busy) // 500):
        for raw in busy:
            facts = [
                raw.fact(subject=f"{raw.name}-{number}-{n}", body=AWAY_PASSAGE % raw.name)
                for n in range(500)
            ]
            expect(raw.push(facts).status == 200, "pushed")
    expect(other.scan(venue.tickets[0]) == "ADMITTED", "at another door, unseen by the first")
    for station in venue.stations:
        station.start()
    venue.wait_equal()
    peak_mb = memory_mb(away.agent, "VmHWM")
    say(f"{AWAY_FACTS} facts: {peak_mb:.1f} MB at most, {rest_mb:.1f} at rest")
    expect(peak_mb < rest_mb + AWAY_MB, peak_mb, rest_mb)
    for station in venue.stations:
        expect(len(station.conflicts()) == 1, "let in twice, listed once", station.conflicts())


def test_token_is_not_the_station(venue):
    """whoever has a station's token and all its facts, but not its key, adds nothing to them; the
    station itself goes on"""
    station = venue.stations[0]
    expect(station.scan(venue.tickets[0]) == "ADMITTED")
    venue.wait_equal()
    station.stop()
    thief = Raw(venue.hub, station.name, enrol=False)
    thief.token = rows(station.db, "SELECT value FROM local WHERE name = 'hub-token'")[0][0]
    head = f"SELECT seq, chain FROM head WHERE station = '{station.name}'"
    thief.back(rows(venue.hub.db, head)[0])
    for signature in (None, base64.b64encode(bytes(64)).decode()):
        fact = thief.fact()
        if signature is not None:
            fact["signature"] = signature
        answer = thief.push([fact])
        expect(answer.status == 400 and answer.json["error"] == "fact", answer)
        thief.back(rows(venue.hub.db, head)[0])
    expect(station.scan(venue.tickets[1]) == "ADMITTED")
    station.start()
    venue.wait_equal()
    expect(rows(venue.hub.db, "SELECT count (*) FROM apart") == [(0,)])
    expect(rows(venue.hub.db, "SELECT count (*) FROM station_signed") == [(1 + len(NAMES),)])


def test_rehearsal(venue):
    """a rehearsal's replica is not taken for one of the congress: neither enrolled nor merged,
    unless somebody says that it is one"""
    rehearsal = Station(venue.hub, "essai-1")
    run(ACCUEIL, "event", "load", EVENT, db=rehearsal.db)
    expect(rehearsal.scan(venue.tickets[0]) in ("UNKNOWN", "FORGED"))
    before = venue.facts()
    refused = rehearsal.enrol(venue.hub, status=1)
    expect("another congress" in refused and "--same-congress" in refused, refused)
    expect(
        rows(rehearsal.db, "SELECT count (*) FROM local WHERE name LIKE 'hub-%'") == [(0,)],
        "it has kept the hub",
    )
    refused = run(ACCUEIL, "merge", rehearsal.db, db=venue.hub.db, status=1)
    expect("another congress" in refused and "--same-congress" in refused, refused)
    expect(venue.facts() == before, "something was taken")
    run(ACCUEIL, "merge", "--same-congress", rehearsal.db, db=venue.hub.db)
    expect(venue.facts() > before)
    rehearsal.enrol(venue.hub)
    run(ACCUEIL, "merge", rehearsal.db, db=venue.stations[0].db)
    venue.wait_equal()


if __name__ == "__main__":
    main(tests_of(globals()), lambda test: Venue(test.__name__))
