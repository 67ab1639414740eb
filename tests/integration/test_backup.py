#!/usr/bin/env python3
"""Backups of the hub with the real programs: made while it runs, sealed, thinned out; and the day
when its disk is lost: restored, the stations give back what is missing, nothing forks. Prints
TAP."""
import contextlib
import glob
import json
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import ENVIRONMENT, Hub, InStep, Raw, run
from kit.run import ACCUEIL, EVENT, HUB, done, environment, rows
from kit.tap import expect, main, tests_of
from kit.wait import asked_to_end, stays, wait_for

SETTLING = "SELECT count (*) FROM local WHERE name = 'settling'"


class Station:
    """A venue machine: its replica and, while it is started, its agent."""

    def __init__(self, hub, name):
        self.name, self.db, self.agent = name, os.path.join(hub.folder, name + ".db"), None
        run(ACCUEIL, "init", "--station", name, db=self.db)
        run(ACCUEIL, "enrol", hub.invite(name), db=self.db)

    def start(self):
        self.log = open(self.db + ".log", "ab")
        self.agent = subprocess.Popen(
            [ACCUEIL, "agent", "--db", self.db], stdout=self.log, stderr=self.log, env=ENVIRONMENT
        )

    def stop(self):
        agent, self.agent = self.agent, None
        if agent is not None:
            expect(asked_to_end(agent) == 0, self.name, open(self.log.name).read()[-3000:])
            self.log.close()

    def scan(self, code="nobody's"):
        words = [ACCUEIL, "scan", "--checkpoint", "entree-est", "--json"]
        env = environment(ACCUEIL_DB=self.db, ACCUEIL_NOW="2016-10-26T09:12:00+08:00")
        done(words, env=env, stdin=code + "\n", status=None)


class Venue(InStep):
    """A hub with the demo congress and two stations in step with it."""

    def __init__(self, name):
        self.hub = Hub(name)
        self.copies = os.path.join(self.hub.folder, "copies")
        os.mkdir(self.copies)
        run(ACCUEIL, "event", "load", EVENT, db=self.hub.db)
        self.import_people("FR-1", "FR-2")
        self.hub.start()
        self.stations = [Station(self.hub, name) for name in ("est-1", "ouest-1")]
        for station in self.stations:
            station.start()

    def import_people(self, *references, status=0):
        roster = os.path.join(self.hub.folder, "liste.csv")
        with open(roster, "w", encoding="utf-8") as file:
            file.write("Référence;Nom;Prénom;Organisation;Catégorie;Événements;Jours\n")
            for reference in references:
                file.write(f"{reference};Nom-{reference};Anne;Bretagne;élu;Rencontres;26\n")
        return run(ACCUEIL, "import", roster, "--yes", db=self.hub.db, status=status)

    def back_up(self, *options, **more):
        return run(HUB, "--db", self.hub.db, "backup", self.copies, *options, **more).strip()

    def lose_disk(self):
        """The hub's machine burns: nothing of its folder's replica is left."""
        self.hub.stop(signal.SIGKILL)
        for path in glob.glob(self.hub.db + "*"):
            os.unlink(path)

    def restore(self, copy, *options, **more):
        return run(HUB, "--db", self.hub.db, "restore", copy, *options, **more)

    def settling(self):
        return self.hub.query(SETTLING)[0][0]


def test_drill(venue):
    """the disk is lost; a copy is restored; the stations give back all that came after it, also
    what the hub had written itself, and meanwhile the hub writes nothing"""
    venue.wait_equal()
    copy = venue.back_up()
    # Known to the stations alone once the hub's disk is lost: lists, and what they did.
    venue.import_people("FR-1", "FR-2", "FR-3", "FR-4")
    for station in venue.stations:
        station.scan()
    before = venue.wait_equal()
    for station in venue.stations:
        station.stop()
    venue.lose_disk()
    said = venue.restore(copy)
    expect("accueil-hub settle" in said and "hub" in said, said)
    # It is older, so nobody may write in its name yet, the hub running or not.
    expect("accueil-hub settle" in venue.import_people("FR-1", "FR-9", status=1))
    venue.hub.start()
    expect("accueil-hub settle" in venue.import_people("FR-1", "FR-9", status=1))
    venue.stations[0].start()
    wait_for(
        lambda: rows(venue.hub.db, "SELECT count (*) FROM delegate") == [(4,)],
        "the first station to give back the lists",
    )
    stays(lambda: venue.settling() == 1, "the other one is not heard yet", 1)
    expect("accueil-hub settle" in venue.import_people("FR-1", "FR-9", status=1))
    venue.stations[1].start()
    wait_for(lambda: venue.settling() == 0, "the hub to write again")
    expect(venue.wait_equal() == before, "something is lost, or more is there")
    venue.import_people("FR-1", "FR-2", "FR-3", "FR-4", "FR-5")
    venue.stations[1].scan()
    venue.wait_equal()


def doctor(hub, topic):
    """What accueil-hub doctor says of one topic."""
    said = done([HUB, "--db", hub.db, "doctor"], env=ENVIRONMENT, status=None).out
    return "\n".join(line for line in said.splitlines() if line[2:].startswith(topic))


def test_put_back_by_hand(venue):
    """a copy that somebody puts in place with `cp` is known for what it is by the first station
    that gives back what is missing: from then on as if it had been restored"""
    venue.wait_equal()
    copy = venue.back_up()
    venue.import_people("FR-1", "FR-2", "FR-3")
    before = venue.wait_equal()
    for station in venue.stations:
        station.stop()
    venue.lose_disk()
    shutil.copy(copy, venue.hub.db)
    venue.hub.start()
    venue.stations[0].start()
    wait_for(lambda: venue.settling() == 1, "the hub to learn that it is older than itself")
    wait_for(lambda: rows(venue.hub.db, "SELECT count (*) FROM delegate") == [(3,)], "given back")
    expect("accueil-hub settle" in venue.import_people("FR-9", status=1))
    expect("until all stations" in doctor(venue.hub, "older copy"), doctor(venue.hub, ""))
    venue.stations[1].start()
    wait_for(lambda: venue.settling() == 0, "the hub to write again")
    expect(venue.wait_equal() == before, "something is lost, or more is there")
    expect(doctor(venue.hub, "older copy") == "", doctor(venue.hub, ""))


def test_put_back_and_written_to(venue):
    """and where it was written to before any station called, doctor says that there are two
    histories, and what to do; which is done, and all is as before"""
    venue.wait_equal()
    copy = venue.back_up()
    venue.import_people("FR-1", "FR-2", "FR-3")
    before = venue.wait_equal()
    for station in venue.stations:
        station.stop()
    venue.lose_disk()
    shutil.copy(copy, venue.hub.db)
    venue.import_people("FR-1", "FR-2", "FR-4")
    venue.hub.start()
    venue.stations[0].start()
    wait_for(lambda: "restore COPY" in doctor(venue.hub, ""), lambda: doctor(venue.hub, ""))
    venue.stations[0].stop()
    venue.lose_disk()
    venue.restore(copy)
    venue.hub.start()
    for station in venue.stations:
        station.start()
    wait_for(lambda: venue.settling() == 0, "the hub to write again")
    expect(venue.wait_equal() == before, "something is lost, or more is there")


def test_enrolled_since(venue):
    """a station that was enrolled after the copy is not waited for unheard: once it calls, the hub
    waits until a person has decided"""
    venue.wait_equal()
    copy = venue.back_up()
    late = Station(venue.hub, "tard-1")
    for station in venue.stations:
        station.stop()
    venue.lose_disk()
    venue.restore(copy)
    venue.hub.start()
    late.start()
    log = os.path.join(venue.hub.folder, "log")
    wait_for(lambda: "accueil-hub invite tard-1" in open(log, encoding="utf-8").read(), log)
    for station in venue.stations:
        station.start()
    stays(lambda: venue.settling() == 1, "a person decides", 2)
    late.stop()
    run(HUB, "--db", venue.hub.db, "settle")
    venue.import_people("FR-1", "FR-2", "FR-3")


def test_killed(venue):
    """kill -9 at any moment of a backup leaves whole copies and nothing else, and the next one is
    made as ever"""
    venue.wait_equal()
    for station in venue.stations:
        station.stop()
    words = [HUB, "--db", venue.hub.db, "backup", venue.copies]
    began = time.monotonic()
    done(words, env=ENVIRONMENT)
    took = time.monotonic() - began
    for number in range(6):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
        time.sleep(took * number / 5)
        process.kill()
        process.wait()
        for name in os.listdir(venue.copies):
            if not name.endswith(".db"):
                continue
            other = os.path.join(venue.hub.folder, "other.db")
            run(HUB, "--db", other, "restore", os.path.join(venue.copies, name))
            for path in glob.glob(other + "*"):
                os.unlink(path)
    copy = venue.back_up()
    expect(not os.path.exists(venue.hub.db + ".backup"), "what the killed ones left")
    left = [name for name in os.listdir(venue.copies) if not name.endswith(".db")]
    expect(copy and not left, left)


def test_without_a_station(venue):
    """a station that never comes back holds the hub up no longer than until somebody says so"""
    venue.wait_equal()
    copy = venue.back_up()
    venue.stations[1].stop()
    venue.lose_disk()
    venue.restore(copy)
    venue.hub.start()
    stays(lambda: venue.settling() == 1, "one is missing", 1)
    run(HUB, "--db", venue.hub.db, "settle")
    venue.import_people("FR-1", "FR-2", "FR-3")
    venue.stations[1].start()
    venue.wait_equal()


def test_under_load(venue):
    """copies made while stations write are whole, and those beside whom they are made wait for
    nothing"""
    venue.wait_equal()
    for station in venue.stations:
        station.stop()
    raw = Raw(venue.hub, "load-1")
    for _ in range(5):
        for _ in range(20):
            expect(raw.push(raw.facts(50)).status == 200)
        copy = venue.back_up()
        expect(stat.S_IMODE(os.stat(copy).st_mode) == 0o600, copy)
        other = copy + ".restored.db"
        run(HUB, "--db", other, "restore", copy)
        held = rows(other, "SELECT seq FROM head WHERE station = 'load-1'")
        expect(held == [(raw.held(),)], held, raw.held())
        for path in glob.glob(other + "*"):  # the next copy may be of the same second
            os.unlink(path)


def test_sealed(venue):
    """a copy that is sealed shows nothing, is opened by its key alone, and no plain copy of it
    stands anywhere afterwards"""
    secret = os.path.join(venue.hub.folder, "secret")
    public = run(HUB, "backup-key", secret).strip()
    expect(stat.S_IMODE(os.stat(secret).st_mode) == 0o600)
    run(HUB, "backup-key", secret, status=1)
    venue.back_up("--seal-to", public[:-3] + "AAA", status=1)
    before = venue.wait_equal()
    copy = venue.back_up("--seal-to", public)
    expect(re.search(r"/accueil-hub-\d{8}T\d{6}Z\.sealed$", copy), copy)
    with open(copy, "rb") as file:
        sealed = file.read()
    expect(b"Nom-FR-1" not in sealed and b"SQLite" not in sealed)
    expect(os.listdir(venue.copies) == [os.path.basename(copy)], os.listdir(venue.copies))
    expect(not os.path.exists(venue.hub.db + ".backup"))
    other = os.path.join(venue.hub.folder, "other.db")
    wrong = os.path.join(venue.hub.folder, "wrong")
    run(HUB, "backup-key", wrong)
    for options in ((), ("--key", wrong), ("--key", copy), ("--key", "/nonexistent")):
        run(HUB, "--db", other, "restore", copy, *options, status=1)
        expect(not glob.glob(other + "*"), glob.glob(other + "*"))
    run(HUB, "--db", other, "restore", copy, "--key", secret)
    expect(run(ACCUEIL, "verify", db=other).split()[-1] == before)


def test_kept(venue):
    """older copies go by the hours, days and weeks that were said, and nothing else does"""
    note = os.path.join(venue.copies, "notes.txt")
    open(note, "w", encoding="utf-8").close()
    for hour in ("01", "02", "03", "04"):
        for minute in ("10", "40"):
            env = dict(ENVIRONMENT, ACCUEIL_NOW=f"2016-10-26T{hour}:{minute}:00Z")
            words = [HUB, "--db", venue.hub.db, "backup", venue.copies, "--keep", "2,1,1", "--json"]
            told = json.loads(done(words, env=env).out)
            expect(os.path.exists(told["path"]) and told["facts"] > 0, told)
    names = sorted(os.path.basename(path)[20:24] for path in glob.glob(venue.copies + "/*.db"))
    expect(names == ["T034", "T044"], sorted(os.listdir(venue.copies)))
    expect(os.path.exists(note))


def test_refusals(venue):
    """what cannot be done is said with its remedy, and changes nothing"""
    expect("mount" in run(HUB, "--db", venue.hub.db, "backup", "/nonexistent", status=1))
    expect("24,7,8" in venue.back_up("--keep", "many", status=1))
    run(HUB, "--db", venue.hub.db, "backup", status=2)
    run(HUB, "--db", venue.hub.db, "restore", status=2)
    copy = venue.back_up()
    expect("already" in venue.restore(copy, status=1), "the hub's replica is there")
    damaged = os.path.join(venue.hub.folder, "damaged.db")
    with open(copy, "rb") as file:
        data = bytearray(file.read())
    at = data.find(b'"family":"Nom-FR-1"')
    expect(at > 0, "the registration's fact is not found")
    data[at + len('"family":"')] ^= 1
    with open(damaged, "wb") as file:
        file.write(data)
    other = os.path.join(venue.hub.folder, "other.db")
    run(HUB, "--db", other, "restore", damaged, status=1)
    expect(not glob.glob(other + "*"), glob.glob(other + "*"))


# What somebody can do to a plain copy who may write to the folder where it lies: names that hide
# from what is dropped, or that end the statement which drops them; SQLite's own table of tables.
PLANTED = (
    "CREATE TRIGGER delegate_search_x AFTER INSERT ON fact BEGIN"
    " INSERT OR REPLACE INTO local VALUES ('webhooks', '[]'); END",
    "DROP TRIGGER fact_keep; CREATE TRIGGER fact_keep BEFORE DELETE ON fact BEGIN SELECT 1; END",
    "DROP TRIGGER fact_fixed",
    "CREATE INDEX fact_x ON fact (json (body))",
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, 'NEW.body IS NOT"
    " NULL', 'FALSE') WHERE name = 'fact_fixed'",
)
ESCAPES = 'CREATE TABLE "x"";ATTACH \'{}\' AS z;CREATE TABLE z.x (y);--" (x)'


def restored(venue, path, *options, status=0):
    """What restoring it to another place says; of one that is refused nothing is left."""
    other = os.path.join(venue.hub.folder, "other.db")
    said = run(HUB, "--db", other, "restore", path, *options, status=status)
    if status == 0:
        run(ACCUEIL, "verify", db=other)
    else:
        expect(not glob.glob(other + "*"), path, glob.glob(other + "*"))
    for left in glob.glob(other + "*"):
        os.unlink(left)
    return said


def test_forged(venue):
    """a copy to which somebody has added what would act for her is refused; a name in it that ends
    the statement which drops it ends nothing"""
    copy, forged = venue.back_up(), os.path.join(venue.hub.folder, "forged.db")
    escaped = os.path.join(venue.hub.folder, "escaped.db")
    for makes, status in [(makes, 1) for makes in PLANTED] + [(ESCAPES.format(escaped), 0)]:
        shutil.copy(copy, forged)
        with contextlib.closing(sqlite3.connect(forged)) as db:
            db.executescript(makes)
        said = restored(venue, forged, status=status)
        expect(status == 0 or "not as accueil makes it" in said, makes, said)
    expect(not os.path.exists(escaped), "a name in the copy was carried out")


def test_whose(venue):
    """a copy of another congress, or with accounts, tokens and webhooks of her own: whoever
    restores it is told whose it is, and all who have power in it"""
    expect("Rencontres" in restored(venue, venue.back_up()))
    other = os.path.join(venue.hub.folder, "autre.db")
    run(ACCUEIL, "init", "--station", "hub", db=other)
    for words in (
        ("token", "add", "moi", "--scope", "figures", "--until", "2099-01-01"),
        ("webhook", "add", "loin", "https://x.example", "--scope", "station"),
        ("user", "add", "intruse", "--role", "administrator"),
    ):
        run(HUB, "--db", other, *words)
    said = restored(venue, other)
    expect(all(name in said for name in ("moi", "loin", "intruse")), said)
    expect("Rencontres" not in said, said)


def test_cut(venue):
    """what is no whole copy, sealed or plain, or no file, is refused at once"""
    forged, secret = (os.path.join(venue.hub.folder, name) for name in ("forged.db", "secret"))
    public = run(HUB, "backup-key", secret).strip()
    with open(venue.back_up(), "rb") as file:
        plain = file.read()
    with open(venue.back_up("--seal-to", public), "rb") as file:
        sealed = file.read()
    middle = len(sealed) // 2
    for data, options in (
        (sealed[:-1], ("--key", secret)),
        (sealed[:middle], ("--key", secret)),
        (sealed[:40], ("--key", secret)),
        (sealed + b"x", ("--key", secret)),
        (sealed[: middle - 65536] + sealed[middle:], ("--key", secret)),
        (sealed.replace(b"accueil", b"Accueil", 1), ("--key", secret)),
        (b"", ()),
        (plain[:100], ()),
        (plain[:-4096], ()),
        (plain[: len(plain) // 2], ()),
    ):
        with open(forged, "wb") as file:
            file.write(data)
        restored(venue, forged, *options, status=1)
    pipe = os.path.join(venue.hub.folder, "pipe")
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero", venue.hub.folder, "/nonexistent"):
        restored(venue, path, status=1)


def test_links(venue):
    """links in the folder of the copies lead nowhere: what they point to is neither written nor
    removed"""
    aim = os.path.join(venue.hub.folder, "aim")
    with open(aim, "w", encoding="utf-8") as file:
        file.write("mine")
    now = int(time.time())
    for second in range(now - 1, now + 60):
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(second))
        for end in ("", ".part"):
            name = os.path.join(venue.copies, f"accueil-hub-{stamp}.db{end}")
            os.symlink(aim if second % 2 else aim + "-dangling", name)
    os.symlink(aim, os.path.join(venue.copies, "accueil-hub-20160101T000000Z.db"))
    copy = venue.back_up("--keep", "1,0,0")
    expect(not os.path.islink(copy), copy)
    with open(aim, encoding="utf-8") as file:
        expect(file.read() == "mine")
    expect(not os.path.exists(aim + "-dangling"))
    left = [n for n in os.listdir(venue.copies) if n.endswith(".part")]
    expect(not left, left)
    # Nor is one in the place of the room beside the replica.
    os.symlink(venue.copies, venue.hub.db + ".backup")
    before = sorted(os.listdir(venue.copies))
    venue.back_up(status=1)
    expect(sorted(os.listdir(venue.copies)) == before)
    os.unlink(venue.hub.db + ".backup")


def test_full_disk(venue):
    """a disk without room leaves the copies that are there, and nothing half done"""
    first = venue.back_up()
    limit = os.stat(first).st_size - 8192
    env = dict(ENVIRONMENT)
    words = f'ulimit -f {limit // 1024}; trap "" XFSZ; exec "$@"'
    said = done(
        ["bash", "-c", words, "-", HUB, "--db", venue.hub.db, "backup", venue.copies],
        env=env,
        status=1,
    )
    expect(said.err, said)
    expect(os.listdir(venue.copies) == [os.path.basename(first)], os.listdir(venue.copies))
    expect(not os.path.exists(venue.hub.db + ".backup"))


if __name__ == "__main__":
    main(tests_of(globals()), lambda test: Venue(test.__name__))
