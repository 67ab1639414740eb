#!/usr/bin/env python3
"""Several hubs with one log on a real PostgreSQL: what one has taken all have, and nothing that was
acknowledged is lost or doubled whichever process is killed. Prints TAP."""
import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import small_disk
from kit.hub import ENVIRONMENT, Hub, Raw, run
from kit.postgres import Postgres
from kit.run import ACCUEIL, EVENT, HUB, done
from kit.tap import SEED, expect, main, say, tests_of
from kit.wait import wait_for

ROOM_MB = 120  # as much as a new server and its log take, and some
CHANCE = random.Random(SEED)
FACTS = "SELECT station, count (*), max (seq) FROM fact GROUP BY station ORDER BY station"


class SharedHub(Hub):
    """One more hub of the log at @address: its file is made by its first start."""

    def __init__(self, name, address):
        super().__init__(name)
        self.address = address
        os.unlink(self.db)

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [HUB, "--db", self.db, "--listen", f"127.0.0.1:{self.port}", "--log", self.address],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=ENVIRONMENT,
        )
        line = self.process.stdout.readline().decode()
        expect(line.startswith("listening on "), line, open(self.log.name).read())
        self.port = int(line.rsplit(":", 1)[1])
        return self


def moved(server, name):
    """A hub with the demo's congress, whose log is on @server from now on, and its address."""
    address = server.make(name)
    hub = Hub(name)
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    run(HUB, "--db", hub.db, "log", "move", address)
    return hub, address


def heads(hub):
    return hub.query(FACTS)


def same(*hubs):
    wait_for(lambda: len({str(heads(hub)) for hub in hubs}) == 1, lambda: [*map(heads, hubs)])


def test_one_log(server):
    """What one hub takes or is told, the other has: facts, tokens, codes, commands of accueil"""
    one, address = moved(server, "one_log")
    other = SharedHub("one_log_other", address)
    with one, other:
        station = Raw(one, "est")
        expect(station.push(station.facts(3)).status == 200, "the first hub takes facts")
        station.hub = other
        station.close()
        same(one, other)
        expect(station.push(station.facts(3)).status == 200, "and so does the other, by its token")
        cursor = int(station.pull(0).headers["Accueil-Cursor"])
        station.hub = one
        station.close()
        expect(station.pull(cursor).status == 200, "a cursor of one is good at the other")
        run(ACCUEIL, "key", "new", db=other.db)
        run(HUB, "--db", other.db, "revoke", "est")
        wait_for(lambda: station.pull(0).status == 401, "who is revoked at one is at the other")
        same(one, other)
        expect(heads(one) == [("est", 6, 6), *heads(one)[1:]], heads(one))
        numbers = server.query("SELECT count (*), max (number) FROM accueil.fact", "one_log")
        expect(len(set(numbers.split("|"))) == 1, numbers)


def test_there_and_back(server):
    """A running hub's log is moved and moved back by one command, with the same heads, while
    stations go on"""
    hub = Hub("there_and_back")
    address = server.make("there_and_back")
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    with hub:
        station = Raw(hub, "est")
        for where in (address, "sqlite", address):
            expect(station.push(station.facts(5)).status == 200, where)
            before = hub.query(FACTS)
            text = run(HUB, "--db", hub.db, "log", "move", where)
            expect(hub.query(FACTS) == before and "heads" in text, text)
        expect(station.push(station.facts(5)).status == 200, "after all")
        expect(station.held() == 20, station.held())
        told = server.query("SELECT count (*) FROM accueil.fact", "there_and_back")
        expect(int(told) == hub.query("SELECT count (*) FROM fact")[0][0], told)


def move(hub, where, status=0):
    return run(HUB, "--db", hub.db, "log", "move", where, status=status)


def broken_off(hub, where, after_s):
    """The same, killed so long after its start."""
    words = [HUB, "--db", hub.db, "log", "move", where]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=ENVIRONMENT)  # fmt: skip
    time.sleep(after_s)
    process.kill()
    process.wait()


def lies_at(hub):
    """Where its log is: an address, or nothing."""
    return (hub.query("SELECT value FROM local WHERE name = 'log'") or [("",)])[0][0]


def test_move_under_load(server):
    """There and back while stations send, and killed in the middle of it: after the same command
    again all that was acknowledged is in both, once"""
    hub, over = Hub("move_under_load"), threading.Event()
    address = server.make("move_under_load")
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    with hub:
        raws = [Raw(hub, f"s-{number}") for number in range(4)]
        senders = [Sender(raw.name, raw.token, [hub], over, 0.01) for raw in raws]
        for sender in senders:
            sender.start()
        for number in range(10):
            where, wanted = (address, address) if number % 2 == 0 else ("sqlite", "")
            broken_off(hub, where, CHANCE.uniform(0, 0.15))
            if lies_at(hub) != wanted or wanted:
                move(hub, where)
            expect(lies_at(hub) == wanted, lies_at(hub))
            marks = [sender.acknowledged for sender in senders]
            wait_for(
                lambda: any(s.fault for s in senders)
                or all(s.acknowledged > mark for s, mark in zip(senders, marks)),
                lambda: f"stations go on: {where}",
            )
        move(hub, address)
        over.set()
        for sender in senders:
            sender.join()
            expect(sender.fault is None, sender.fault)
        held = {name: (count, last) for name, count, last in heads(hub)}
        for sender in senders:
            count, last = held[sender.station.name]
            expect(count == last >= sender.acknowledged, sender.station.name, count, last)
        told = server.query(
            "SELECT count (*), count (DISTINCT (station, seq)) FROM accueil.fact", "move_under_load"
        )
        wait_for(
            lambda: told == "|".join([str(hub.query("SELECT count (*) FROM fact")[0][0])] * 2), told
        )
        say(f"{sum(s.acknowledged for s in senders)} facts acknowledged, 11 moves")


def test_wrong_place(server):
    """A log is not moved where none can be, or where another's is; the hub goes on as before"""
    hub, other = Hub("wrong_place"), Hub("wrong_place_other")
    address, foreign = server.make("wrong_place"), server.make("wrong_foreign")
    for one in (hub, other):
        run(ACCUEIL, "event", "load", EVENT, db=one.db)
    run(ACCUEIL, "key", "new", db=other.db)
    move(other, address)
    server.query("CREATE SCHEMA accueil; CREATE TABLE accueil.fact (x int)", "wrong_foreign")
    with hub:
        station = Raw(hub, "est")
        for where in (address, foreign, address.replace("wrong_place", "nothing"), "mysql://x/y"):
            before = hub.query(FACTS)
            said = move(hub, where, status=1)
            expect("accueil-hub" in said and "Traceback" not in said, where, said)
            expect(hub.query(FACTS) == before and lies_at(hub) == "", where, said)
            expect(station.push(station.facts(2)).status == 200, where)


def new_certificate(server, name):
    """Signed by itself, which is an authority of its own; the server's key and it, as files."""
    key, certificate = (server.folder / f"{name}.{end}" for end in ("key", "pem"))
    words = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    words += ("-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}")
    done(["openssl", *words, "-keyout", str(key), "-out", str(certificate)])
    key.chmod(0o600)
    if server.user:
        os.chown(key, server.user.pw_uid, server.user.pw_gid)
    certificate.chmod(0o644)
    return key, certificate


def test_verified(server):
    """A server is verified as one elsewhere always is (`unit/postgres/postgres_address`): none
    without TLS, of another name, or for whom another authority signed"""
    hub, (key, own) = Hub("verified"), new_certificate(server, "db.example")
    _, other = new_certificate(server, "db2.example")
    address = server.make("verified").partition("?")[0]
    there = f"&hostaddr=127.0.0.1&port={server.port}&user=accueil&sslmode=verify-full&sslrootcert="
    for host, authority, word in (
        ("db.example", own, "does not support SSL"),
        ("db.example", other, "certificate verify failed"),
        ("db2.example", own, 'for "db.example" does not match host name "db2.example"'),
    ):
        said = move(hub, f"{address}?host={host}{there}{authority}", status=1)
        expect(word in said and lies_at(hub) == "", host, said)
        server.set("ssl = on", f"ssl_key_file = '{key}'", f"ssl_cert_file = '{own}'")
        server.query("SELECT pg_reload_conf ()")
        wait_for(lambda: server.query("SHOW ssl") == "on", "the server to have TLS")
    move(hub, f"{address}?host=db.example{there}{own}")
    with hub:
        station = Raw(hub, "est")
        expect(station.push(station.facts(2)).status == 200, "facts are taken over it")
        plain = "SELECT count (*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE NOT ssl"
        plain += " AND datname = 'verified' AND client_addr IS NOT NULL"
        expect(server.query(plain) == "0", "a connection without TLS")
        expect(server.query("SELECT count (*) FROM accueil.fact", "verified") != "0", "no facts")
    server.set("ssl = off")
    server.query("SELECT pg_reload_conf ()")


class Sender(threading.Thread):
    """A station that sends one fact after the other, to whichever hub answers, @pause_s apart."""

    def __init__(self, name, token, hubs, over, pause_s=0.0):
        super().__init__()
        self.pause_s = pause_s
        self.station, self.hubs, self.over = Raw(hubs[0], name, enrol=False), hubs, over
        self.station.token, self.acknowledged, self.fault, self.longest = token, 0, None, 0.0

    def run(self):
        try:
            while not self.over.wait(self.pause_s):
                self.send()
        except Exception as fault:
            self.fault = fault

    def send(self):
        fact, began = self.station.fact(), time.monotonic()
        while not self.over.is_set():
            try:
                answer = self.station.push([fact], timeout=10)
            except Exception:
                answer = None
            if answer is not None and answer.status == 200:
                self.acknowledged = fact["seq"]
                self.longest = max(self.longest, time.monotonic() - began)
                return
            expect(answer is None or answer.status == 503, answer)
            self.station.close()
            self.station.hub = CHANCE.choice(self.hubs)
            time.sleep(0.02)


def under_load(server, name, kills, victims):
    """Stations that never stop, while @victims (one after the other, by chance) are killed and
    started again; at the end nothing is lost and nothing doubled."""
    one, address = moved(server, name)
    other = SharedHub(name + "_other", address)
    one.start(), other.start()
    over = threading.Event()
    raws = [Raw(one, f"s-{number}") for number in range(8)]
    senders = [Sender(raw.name, raw.token, [one, other], over) for raw in raws]
    same(one, other)
    for sender in senders:
        sender.start()
    for kill in range(kills):
        marks = [sender.acknowledged for sender in senders]
        victim = CHANCE.choice(victims(one, other))
        victim.stop(signal.SIGKILL)
        victim.start()
        wait_for(
            lambda: any(s.fault for s in senders)
            or all(s.acknowledged > mark + 2 for s, mark in zip(senders, marks)),
            lambda: f"kill {kill}: {marks}, {[s.acknowledged for s in senders]}",
        )
    over.set()
    for sender in senders:
        sender.join()
        expect(sender.fault is None, sender.fault)
    same(one, other)
    held = {name: (count, last) for name, count, last in heads(one)}
    for sender in senders:
        count, last = held[sender.station.name]
        expect(count == last >= sender.acknowledged, sender.station.name, count, last)
    told = server.query("SELECT count (*), count (DISTINCT (station, seq)) FROM accueil.fact", name)
    expect(len(set(told.split("|"))) == 1, told)
    facts = sum(sender.acknowledged for sender in senders)
    longest = max(sender.longest for sender in senders)
    say(f"{kills} kills, {facts} facts acknowledged, the longest wait {longest:.1f} s")
    one.stop(), other.stop()


def test_log_is_lost(server):
    """A copy follows the shared log while there is one; where that is lost for good, it says how
    to go on without, and does"""
    hub, _ = moved(server, "log_is_lost")
    with hub:
        station = Raw(hub, "est")
        expect(station.push(station.facts(3)).status == 200, "facts before the copy")
        copies = os.path.join(hub.folder, "copies")
        os.mkdir(copies)
        run(HUB, "--db", hub.db, "backup", copies)
        copy = next(os.path.join(copies, name) for name in os.listdir(copies))
        expect(station.push(station.facts(2)).status == 200, "and after it")
    following, alone = (os.path.join(hub.folder, name) for name in ("following.db", "alone.db"))
    said = run(HUB, "--db", following, "restore", copy)
    expect("shared with other hubs" in said and "Until every station" not in said, said)
    server.query("DROP DATABASE log_is_lost WITH (FORCE)")
    said = run(HUB, "--db", alone, "restore", copy, status=1)
    expect("--alone" in said and not os.path.exists(alone), said)
    said = run(HUB, "--db", alone, "restore", "--alone", copy)
    expect("Until every station" in said, said)
    run(HUB, "--db", alone, "settle")
    run(ACCUEIL, "key", "new", db=alone)


def on_server(server, program, *words):
    at = ("-h", server.folder, "-p", server.port, "-U", "accueil")
    return server.run(program, *at, *words)


def serves(db, *words):
    """A hub that is to end by itself, with what it says."""
    words = [HUB, "--db", db, "--listen", "127.0.0.1:0", *words]
    return subprocess.run(words, capture_output=True, env=ENVIRONMENT, timeout=60, check=False)


def test_log_put_back(server):
    """Yesterday's dump of the log is put back by hand: the hub that knows more takes nothing and
    says how to go on; that is done, and nothing is lost"""
    one, address = moved(server, "put_back")
    dump = server.folder / "dump"
    with one:
        station = Raw(one, "est")
        expect(station.push(station.facts(3)).status == 200, "before the dump")
        on_server(server, "pg_dump", "-Fc", "-f", dump, "put_back")
        expect(station.push(station.facts(4)).status == 200, "after it")
    server.query("DROP DATABASE put_back WITH (FORCE)")
    server.make("put_back")
    on_server(server, "pg_restore", "-d", "put_back", dump)
    ran = serves(one.db)
    expect(ran.returncode == 1 and b"lost facts" in ran.stderr, ran)
    expect(b"accueil merge" in ran.stderr, ran)
    other = SharedHub("put_back_new", address)
    with other:
        run(ACCUEIL, "merge", one.db, db=other.db)
        expect(dict((name, last) for name, _, last in heads(other))["est"] == 7, heads(other))
    run(ACCUEIL, "verify", db=other.db)


# What whoever holds the server could do to the facts of a station, and of the hub.
FORGERIES = {
    "body": "SET body = '{\"checkpoint\":\"sortie\"}' WHERE station = 'est' AND seq = 2",
    "time": "SET at = at + 65536 WHERE station = 'est' AND seq = 2",
    "other": "SET station = 'hub2' WHERE station = 'est'",
    "order": "SET number = -number WHERE station = 'est' AND seq < 3",
    "hub": "SET body = replace (body, 'Rencontres', 'Autres') WHERE kind = 'congress'",
}


def test_log_forged(server):
    """Facts that were changed on the server: a hub that fills itself from it finds each, and has
    nothing of them; those that had them before go on saying what is true"""
    one, address = moved(server, "forged")
    with one:
        station = Raw(one, "est")
        expect(station.push(station.facts(3)).status == 200)
        before = run(ACCUEIL, "verify", db=one.db)
    dump = server.folder / "forged-dump"
    on_server(server, "pg_dump", "-Fc", "-f", dump, "forged")
    for name, sql in FORGERIES.items():
        database = f"forged_{name}"
        other = SharedHub(database, server.make(database))
        on_server(server, "pg_restore", "-d", database, dump)
        server.query(
            f"ALTER TABLE accueil.fact DISABLE TRIGGER ALL; UPDATE accueil.fact {sql}", database
        )
        ran = serves(other.db, "--log", other.address)
        expect(ran.returncode == 1, name, ran)
        expect(b"chain" in ran.stderr or b"fact" in ran.stderr, name, ran)
    expect(run(ACCUEIL, "verify", db=one.db) == before)


# What a server without room answers to a fact, and to the commit.
NO_ROOM = """CREATE FUNCTION no_room () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION
  'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;"""
AT_A_FACT = "CREATE TRIGGER full_now BEFORE INSERT ON accueil.fact EXECUTE FUNCTION no_room ()"
AT_THE_COMMIT = """CREATE CONSTRAINT TRIGGER full_now AFTER INSERT ON accueil.fact DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION no_room ()"""


def test_no_room(server):
    """A server without room acknowledges nothing, and loses nothing; hubs go on once it has"""
    one, address = moved(server, "no_room")
    other = SharedHub("no_room_other", address)
    with one, other:
        station = Raw(one, "est")
        expect(station.push(station.facts(2)).status == 200, "with room")
        server.query(NO_ROOM, "no_room")
        for full in (AT_A_FACT, AT_THE_COMMIT):
            server.query(full, "no_room")
            mark = station.head()
            refused = [station.push(station.facts(3)) for _ in range(2) if not station.back(mark)]
            expect([answer.status for answer in refused] == [503, 503], refused)
            expect("No space left" in open(one.log.name, encoding="utf-8").read(), "it is said")
            before = heads(one)
            server.query("DROP TRIGGER full_now ON accueil.fact", "no_room")
            station.back(mark)
            expect(station.push(station.facts(3)).status == 200, full)
            expect(before != heads(one), before)
        same(one, other)
        expect(dict((name, last) for name, _, last in heads(other))["est"] == 8, heads(other))


def push_until_full(station, most=50_000):
    """Batches until one is refused: what was acknowledged, the refused one, its answer."""
    taken = []
    while len(taken) < most:
        facts = station.facts(200)
        answer = station.push(facts)
        if answer.status != 200:
            return taken, facts, answer
        taken += facts
    raise AssertionError("the disk is never full")


def fill_up(small, room_for_tables):
    """Some facts find room still; or the next piece of PostgreSQL's own log finds none, of which
    it dies."""
    ballast = str(small.folder / "ballast")
    small_disk.fill(ballast, leave_bytes=1_000_000)
    if not room_for_tables:
        cut = ["-c", "SELECT txid_current ()", "-c", "SELECT pg_switch_wal ()"] * 12
        place = ["-h", small.folder, "-p", small.port, "-U", "accueil", "postgres"]
        ended = small.run("psql", "-q", *cut, *place, status=None)
        expect("PANIC" in (small.folder / "log").read_text(), ended)
    return ballast


def test_full_disk(_):
    """A disk that is really full under the server, at a table or at its own log: the hubs refuse
    with words and acknowledge nothing; once there is room they go on, and all that was
    acknowledged is there"""
    with Postgres("small", room_mb=ROOM_MB) as small:
        one, address = moved(small, "full_disk")
        other = SharedHub("full_disk_other", address)
        with one, other:
            station, all_facts = Raw(one, "est"), []
            for room_for_tables in (True, False):
                ballast = fill_up(small, room_for_tables)
                taken, refused, answer = push_until_full(station)
                say(f"full after {len(taken)} facts; PostgreSQL {small.state()}: {answer.json}")
                expect(answer.status == 503 and "nothing is lost" in answer.json["message"], answer)
                expect("No space left" in answer.json["message"] or not room_for_tables, answer)
                expect(station.push(refused).status == 503, "as long as there is no room")
                os.unlink(ballast)

                def goes_on():
                    if small.state() != "running":  # as systemd does
                        small.start()
                    return station.push(refused).status == 200

                wait_for(goes_on, "facts to be taken again")
                all_facts += taken + refused
            same(one, other)
            whole = [(fact["seq"], fact["chain"]) for fact in all_facts]
            sql = "SELECT seq, lower (hex (chain)) FROM fact WHERE station = 'est' ORDER BY seq"
            for hub in (one, other):
                expect(hub.query(sql) == whole, len(hub.query(sql)), len(whole))


def test_kill_a_hub(server):
    """kill -9 of either hub under load: nothing acknowledged is lost, nothing is doubled"""
    under_load(server, "kill_a_hub", 12, lambda one, other: [one, other])


def test_kill_the_server(server):
    """The same for PostgreSQL and all its processes, which comes back by its own log"""
    under_load(server, "kill_the_server", 4, lambda one, other: [server])


if __name__ == "__main__":
    with Postgres("hubs") as SERVER:
        main(tests_of(globals()), lambda test: contextlib.nullcontext(SERVER))
