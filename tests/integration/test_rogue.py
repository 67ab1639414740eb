#!/usr/bin/env python3
"""A stolen machine's token in wrong hands: every attack of which we know, sent by a raw client
to a real hub, read by real programs. Prints TAP."""
import base64
import contextlib
import ctypes
import hashlib
import json
import os
import random
import re
import select
import shutil
import sqlite3
import sys
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import Hub, Raw, chain, lines, part, read_code, run
from kit.run import ACCUEIL, EVENT, HUB, MORNING, accueil, codes_of, rows
from kit.tap import expect, main, tests_of

MAX = 2**63 - 1


def refused(hub, station, kind, subject, body, why):
    """The hub takes the fact, since a chain has no gaps, and keeps it apart."""
    fact = station.fact(kind, subject, body if isinstance(body, str) else json.dumps(body))
    answer = station.push([fact])
    expect(answer.status == 200 and answer.json["seq"] == station.seq, kind, body, answer)
    found = hub.query(
        f"SELECT why FROM apart WHERE station = '{station.name}' AND seq = {station.seq}"
    )
    expect(found == [(why,)], kind, body, found)


def taken(hub, station, kind, subject, body):
    fact = station.fact(kind, subject, body if isinstance(body, str) else json.dumps(body))
    answer = station.push([fact])
    expect(answer.status == 200, kind, body, answer)
    found = hub.query(
        f"SELECT why FROM apart WHERE station = '{station.name}' AND seq = {station.seq}"
    )
    expect(found == [], kind, body, found)


def gate(hub, name="gate-1", role="gate"):
    station = Raw(hub, name, enrol=False)
    code = run(HUB, "--db", hub.db, "invite", name, "--role", role).strip()
    answer = station.enrol(
        json.loads(base64.urlsafe_b64decode(code.removeprefix("ACCUEIL1:") + "=="))["secret"]
    )
    expect(answer.status == 200, answer)
    station.token = answer.json["token"]
    taken(hub, station, "station", name, {"public": station.public})
    return station


def key():
    return base64.b64encode(random.randbytes(32)).decode()


def register(hub, *references):
    """By a list, at the hub."""
    roster = os.path.join(hub.folder, "liste.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Catégorie;Événements;Jours\n")
        for reference in references:
            file.write(f"{reference};Le Goff;Anne {reference};élu;Rencontres;26\n")
    run(ACCUEIL, "import", roster, "--yes", db=hub.db)


def tickets_of(hub):
    sheet = os.path.join(hub.folder, "tickets.csv")
    run(ACCUEIL, "ticket", "issue", "--csv", sheet, db=hub.db)
    return codes_of(sheet)


def verdict(db, code):
    words = ("scan", "--checkpoint", "entree-est", "--json")
    said = accueil(*words, db=db, now=MORNING, stdin=code + "\n", status=None)
    expect(said.out.startswith("{"), said)
    return json.loads(said.out.splitlines()[0])["verdict"]


def test_no_authority_by_kind(hub):
    """a gate defines nothing, registers nobody; no keys, volunteers, roles, erasures"""
    station = gate(hub)
    for kind, subject, body in (
        ("congress", "congress", {"fr": "Faux", "timezone": "Asia/Shanghai"}),
        ("event", "e", {"fr": "Faux"}),
        ("category", "c", {"fr": "Faux"}),
        ("delegation", "d", {"fr": "Faux"}),
        ("session", "s", {"fr": "Faux"}),
        ("checkpoint", "entree", {"kind": "entrance"}),
        ("registration", "FR-1", {"family": "Faux"}),
        ("registration", "FR-1", {"family": "Faux", "volunteer": "moi"}),
        ("key", "00000000", {"public": key()}),
        ("key-revoked", "00000000", {"from": 0}),
        ("volunteer", "101", {"name": "moi", "pin": "x"}),
        ("erasure", "FR-1", {}),
        ("role", "gate-1", {"role": "office", "from": 1}),
        ("disown", "desk-1", {"from": 1}),
        ("received", "desk-1", {"seq": 1, "at": 1}),
        ("note", "FR-1", {"text": "x", "volunteer": "moi"}),
        ("handover", "FR-1", {"to": "moi", "volunteer": "moi"}),
        ("conflict-closed", "x", {}),
        ("alert-closed", "x", {}),
    ):
        refused(hub, station, kind, subject, body, "role")
    for kind, subject, body, why in (
        ("call", "call:gate-2", {"checkpoint": "entree"}, "subject"),
        ("badge-void", "FR-1", {"serial": 1, "issuer": "desk-1"}, "bounds"),
        ("print", "job", {"state": "printed", "issuer": "desk-1"}, "bounds"),
        (
            "passage",
            "FR-1",
            {"verdict": "ADMITTED", "override": "FULL", "volunteer": "a"},
            "bounds",
        ),
    ):
        refused(hub, station, kind, subject, body, why)
    for table in (
        "congress",
        "event",
        "checkpoint",
        "delegate",
        "ticket_key",
        "volunteer",
        "erasure",
        "badge_void",
        "team_call",
    ):
        expect(hub.query(f"SELECT count(*) FROM {table}") == [(0,)], table)
    # And what comes after it is not blocked.
    taken(hub, station, "passage", "FR-1", {"checkpoint": "entree", "verdict": "ADMITTED"})
    expect(hub.query("SELECT count(*) FROM passage") == [(1,)])
    told = run(ACCUEIL, "verify", db=hub.db)
    expect("Kept apart" in told and "gate-1" in told, told)
    expect("apart:gate-1" in run(ACCUEIL, "alerts", "--json", db=hub.db))


def test_desk_and_office(hub):
    """a desk corrects in a volunteer's name, imports no list; an office defines, gives no roles"""
    desk, office = gate(hub, "desk-1", "desk"), gate(hub, "office-1", "office")
    refused(hub, desk, "registration", "FR-1", {"family": "Dupont"}, "bounds")
    taken(hub, desk, "registration", "FR-1", {"family": "Dupont", "volunteer": "Lin"})
    refused(hub, desk, "note", "FR-1", {"text": "Allergie"}, "bounds")
    taken(hub, desk, "note", "FR-1", {"text": "Allergie", "volunteer": "Lin"})
    override = {"verdict": "ADMITTED", "override": "FULL"}
    refused(hub, desk, "passage", "FR-1", override, "bounds")
    taken(hub, desk, "passage", "FR-1", override | {"volunteer": "Lin"})
    refused(hub, desk, "congress", "congress", {}, "role")
    taken(hub, office, "registration", "FR-2", {"family": "Durand"})
    taken(hub, office, "event", "e", {"fr": "Foire"})
    for kind, subject, body in (
        ("role", "office-1", {"role": "office", "from": 1}),
        ("disown", "desk-1", {"from": 1}),
        ("erasure", "FR-1", {}),
    ):
        refused(hub, office, kind, subject, body, "role")
    refused(hub, desk, "station", "desk-1", {"revoked": False, "public": 7}, "form:public")


def test_time_to_come(hub):
    """a fact of the end of time orders none out; a bad time zone leaves the last good congress"""
    office = gate(hub, "office-1", "office")
    good = {
        "fr": "Bon",
        "timezone": "Asia/Shanghai",
        "days": [{"label": "26", "date": "2016-10-26"}],
    }
    taken(hub, office, "congress", "congress", good)
    office.clock = MAX
    refused(
        hub,
        office,
        "congress",
        "congress",
        {"fr": "Mars", "timezone": "Mars/Olympus"},
        "form:timezone",
    )
    taken(hub, office, "registration", "FR-1", {"family": "Futur"})
    expect(hub.query("SELECT fr FROM congress") == [("Bon",)])
    at = hub.query("SELECT at FROM delegate WHERE reference = 'FR-1'")[0][0] >> 16
    expect(abs(at - time.time() * 1000) < 60000, at)
    # A later one, from an honest clock, is later.
    office.clock = None
    taken(hub, office, "registration", "FR-1", {"family": "Présent"})
    expect(hub.query("SELECT family FROM delegate WHERE reference = 'FR-1'") == [("Présent",)])
    run(ACCUEIL, "rebuild", db=hub.db)
    expect(hub.query("SELECT family FROM delegate WHERE reference = 'FR-1'") == [("Présent",)])
    expect(hub.query("SELECT fr FROM congress") == [("Bon",)])


def test_languages_of_nobody(hub):
    """a congress in languages that no machine has words of keeps neither the hub nor a door from
    its work, and the doctor says it"""
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    run(ACCUEIL, "key", "new", db=hub.db)
    register(hub, "FR-1", "FR-2")
    codes = tickets_of(hub)
    office = gate(hub, "office-1", "office")
    (body,) = hub.query("SELECT body FROM fact WHERE kind = 'congress'")[0]
    for reference, languages in (("FR-1", ["xx", "yy"]), ("FR-2", ["../fr", "zh"])):
        taken(hub, office, "congress", "congress", json.loads(body) | {"languages": languages})
        hub.stop()
        hub.start()
        office.close()
        expect(verdict(hub.db, codes[reference]) == "ADMITTED")
        told = accueil("doctor", db=hub.db, status=None).out
        expect("✗ languages" in told and languages[0] in told and "✓ chain" in told, told)


def test_revocation_holds(hub):
    """a revocation is not cancelled in advance by a station's own word at the end of time"""
    station = gate(hub)
    station.clock = MAX
    fact = station.fact(
        "station", "gate-1", json.dumps({"public": station.public, "revoked": False})
    )
    expect(station.push([fact]).status == 200)
    run(HUB, "--db", hub.db, "revoke", "gate-1")
    expect(hub.query("SELECT revoked FROM station_key WHERE station = 'gate-1'") == [(1,)])
    run(ACCUEIL, "rebuild", db=hub.db)
    expect(hub.query("SELECT revoked FROM station_key WHERE station = 'gate-1'") == [(1,)])


def test_disowned_from_a_number(hub):
    """a stolen station is disowned from a number on: what was before stays, its token is out"""
    station = gate(hub)
    taken(hub, station, "badge-issued", "FR-1", {"serial": 1, "reason": "first"})
    last_true = station.seq
    taken(hub, station, "badge-issued", "FR-2", {"serial": 1, "reason": "first"})
    taken(hub, station, "passage", "FR-2", {"checkpoint": "e", "verdict": "ADMITTED"})
    run(HUB, "--db", hub.db, "disown", "gate-1", "--from", last_true + 1)
    expect(hub.query("SELECT reference FROM badge") == [("FR-1",)])
    expect(hub.query("SELECT count(*) FROM passage") == [(0,)])
    expect(station.push([station.fact()]).status == 401)
    # The least number counts; nothing makes it more.
    run(HUB, "--db", hub.db, "disown", "gate-1", "--from", last_true + 100)
    expect(hub.query("SELECT from_seq FROM disowned") == [(last_true + 1,)])
    run(HUB, "--db", hub.db, "disown", "gate-1", "--from", 0, status=2)
    run(HUB, "--db", hub.db, "disown", "nobody", "--from", 1, status=1)


def test_serials(hub):
    """serial 65535 for anybody uses up nobody's numbers and is nobody's badge"""
    station = gate(hub)
    run(ACCUEIL, "key", "new", db=hub.db)
    taken(hub, station, "badge-issued", "FR-1", {"serial": 1, "reason": "first"})
    taken(hub, station, "badge-issued", "FR-1", {"serial": 65535, "reason": "first"})
    taken(
        hub,
        station,
        "passage",
        "FR-1",
        {
            "checkpoint": "e",
            "verdict": "ADMITTED",
            "code": "badge",
            "serial": 65000,
            "issuer": "gate-1",
        },
    )
    good = hub.query("SELECT serial FROM badge_state WHERE reference = 'FR-1' AND good")
    expect(good == [(1,)], good)
    for serial in (0, 65536, -1, "1", 1.5, None):
        refused(hub, station, "badge-issued", "FR-1", {"serial": serial}, "form:serial")


def test_bodies_that_no_rule_checked(hub):
    """bodies of the wrong form are kept apart and break no report"""
    office = gate(hub, "office-1", "office")
    for kind, subject, body, why in (
        ("congress", "congress", {"days": "["}, "form:days"),
        ("congress", "congress", {"days": [{"label": "26"}]}, "form:days"),
        ("event", "e", {"days": "{"}, "form:days"),
        ("registration", "FR-1", {"events": "{"}, "form:events"),
        ("registration", "FR-1", {"events": [1]}, "form:events"),
        ("registration", "FR-1", {"meals": "yes"}, "form:meals"),
        ("registration", "FR 1", {"family": "x"}, "form:subject"),
        ("registration", "FR-1", '{"family":"a","family":"b"}', "form:family"),
        ("registration", "FR-1", '{"fam\\u0069ly":"a"}', "form:key"),
        ("checkpoint", "c", {"opens": [{"day": "26"}]}, "form:opens"),
        ("checkpoint", "c", {"capacity": 10**12}, "form:capacity"),
        ("volunteer", "99999", {"name": "x"}, "form:subject"),
        ("key", "nokey", {"public": key()}, "form:subject"),
        ("key", "00000000", {"public": "short"}, "form:public"),
        ("passage", "FR-1", {"checkpoint": "e", "verdict": "DROP TABLE"}, "form:verdict"),
    ):
        refused(hub, office, kind, subject, body, why)
    taken(hub, office, "volunteer", "999", {"name": "x"})
    run(ACCUEIL, "counts", "--by", "day", db=hub.db)
    run(ACCUEIL, "volunteer", "add", "Lin Na", db=hub.db)


def test_other_paths(hub):
    """what is kept apart at the hub is kept apart wherever it is merged or taken as a snapshot"""
    station = gate(hub)
    refused(hub, station, "registration", "FR-1", {"family": "Faux"}, "role")
    copy = os.path.join(hub.folder, "door.db")
    run(ACCUEIL, "init", "--station", "door-1", db=copy)
    run(ACCUEIL, "enrol", hub.invite("door-1"), db=copy)
    expect(rows(copy, "SELECT why FROM apart") == [("role",)])
    expect(rows(copy, "SELECT count(*) FROM delegate") == [(0,)])


def test_key_revoked(hub):
    """a stolen congress key: from a time on no door believes it, and it signs no more"""
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    run(ACCUEIL, "key", "new", db=hub.db)
    register(hub, "FR-1", "FR-2")
    tickets = tickets_of(hub)
    door = os.path.join(hub.folder, "door.db")
    run(ACCUEIL, "init", "--station", "door-1", db=door)
    run(ACCUEIL, "enrol", hub.invite("door-1"), db=door)
    expect(verdict(door, tickets["FR-1"]) == "ADMITTED")
    ((key,),) = hub.query("SELECT id FROM ticket_key")
    why = ("--reason", "its file was copied")
    expect("is no key" in run(ACCUEIL, "key", "revoke", "00000000", *why, db=hub.db, status=1))
    run(ACCUEIL, "key", "revoke", key, db=hub.db, status=2)
    run(ACCUEIL, "key", "revoke", key, *why, "--from", "noon", db=hub.db, status=2)
    run(ACCUEIL, "key", "revoke", key, *why, "--from", MORNING, db=hub.db)
    expect(verdict(door, tickets["FR-2"]) == "ADMITTED", "it has not heard of it")
    run(ACCUEIL, "agent", "--once", db=door)
    expect(verdict(door, tickets["FR-2"]) == "REVOKED")
    expect("was revoked" in run(ACCUEIL, "ticket", "issue", db=hub.db, status=1))
    run(ACCUEIL, "key", "new", "--replace", db=hub.db)
    again = tickets_of(hub)["FR-2"]
    run(ACCUEIL, "agent", "--once", db=door)
    expect(verdict(door, again) in ("TICKET_USED", "ALREADY_IN"))


def rewrite(db, station, change):
    """A history written anew by who owns the file: every chain holds again."""
    with contextlib.closing(sqlite3.connect(db)) as replica, replica:
        kept = "SELECT name, sql FROM sqlite_schema WHERE name IN ('fact_fixed', 'fact_keep')"
        triggers = replica.execute(kept).fetchall()
        for name, _ in triggers:
            replica.execute(f"DROP TRIGGER {name}")
        replica.execute(change)
        previous, last = bytes(32), None
        columns = "seq, at, kind, subject, body"
        for seq, at, kind, subject, body in replica.execute(
            f"SELECT {columns} FROM fact WHERE station = ? ORDER BY seq", (station,)
        ).fetchall():
            fact = {"station": station, "seq": seq, "at": at, "kind": kind}
            fact |= {"subject": subject, "body": body}
            previous, last = chain(previous, fact), (seq, at)
            body_hash = hashlib.blake2b(body.encode(), digest_size=32).digest()
            replica.execute(
                "UPDATE fact SET body_hash = ?, chain = ? WHERE station = ? AND seq = ?",
                (body_hash, previous, station, seq),
            )
        replica.execute(
            "UPDATE head SET seq = ?, at = ?, chain = ? WHERE station = ?",
            (*last, previous, station),
        )
        for _, sql in triggers:  # since verify would miss them
            replica.execute(sql)


def test_past_rewritten(hub):
    """who owns the hub can write a history whose chains hold; what was notarised shows it"""
    station = gate(hub)
    for reference in ("FR-1", "FR-2", "FR-3"):
        taken(hub, station, "passage", reference, {"checkpoint": "e", "verdict": "ADMITTED"})
    kept = os.path.join(hub.folder, "heads.txt")
    run(ACCUEIL, "notarise", "--output", kept, db=hub.db)
    said = open(kept, encoding="utf-8").read()
    expect("head gate-1 4 " in said and said.count("\nhead ") == 2, said)
    taken(hub, station, "passage", "FR-4", {"checkpoint": "e", "verdict": "ADMITTED"})
    check = ("notarise", "--check", kept)
    expect("2 stations" in run(ACCUEIL, *check, db=hub.db))
    hub.stop()
    whole = os.path.join(hub.folder, "whole.db")
    with contextlib.closing(sqlite3.connect(hub.db)) as replica:
        replica.execute("VACUUM INTO ?", (whole,))
    for change, why in (
        ("UPDATE fact SET subject = 'FR-9' WHERE subject = 'FR-2'", "the past was changed"),
        ("DELETE FROM fact WHERE station = 'gate-1' AND seq > 3", "replica holds 3"),
    ):
        other = os.path.join(hub.folder, "other.db")
        shutil.copyfile(whole, other)
        rewrite(other, "gate-1", change)
        run(ACCUEIL, "rebuild", db=other)
        run(ACCUEIL, "verify", db=other)
        found = run(ACCUEIL, *check, db=other, status=1)
        expect(why in found and "gate-1" in found, found)
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(other + end)
    for before, after in (("head gate-1 4", "head gate-1 3"), ("signature ", "signature A")):
        with open(kept, "w", encoding="utf-8") as file:
            file.write(said.replace(before, after))
        expect("was altered" in run(ACCUEIL, *check, db=hub.db, status=1))
    hub.start()


SECRETS = ("anne.xyzzy@mairie", "0299887766", "Ibisxyzzy", "Noixyzzy")


def told_of(db, fields="reference, family, email, telephone, hotel, diet"):
    return rows(db, f"SELECT {fields} FROM delegate ORDER BY 1")


def bytes_of(db):
    """The file and its log."""
    paths = [db + end for end in ("", "-wal") if os.path.exists(db + end)]
    return b"".join(open(path, "rb").read() for path in paths)


def opens(hash_, typed):
    """Whether Argon2id says that @hash_ was made of @typed."""
    sodium = ctypes.CDLL("libsodium.so.23")
    data = typed.encode()
    return sodium.crypto_pwhash_str_verify(hash_.encode(), data, ctypes.c_ulonglong(len(data))) == 0


def pins_of(db):
    return rows(db, "SELECT pin FROM volunteer ORDER BY number")


def keyed(secret, pin):
    """As src/desk/volunteer.c has it, computed anew here."""
    data = b"".join(part(text.encode()) for text in ("accueil volunteer's PIN", secret, pin))
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def pin_is_of_no_use(hub, door, typed):
    """A gate has no hash of it; who has the facts alone cannot try PINs; a desk can."""
    ((named,),) = pins_of(hub.db)
    pin, (id_, hash_) = typed[3:], named.split(":")
    secret = "SELECT value FROM local WHERE name = 'pin-secret'"
    ((known,),) = rows(hub.db, secret)
    expect(not opens(hash_, pin) and opens(hash_, keyed(known, pin)), named)
    expect(pins_of(door) == [("",)] and rows(door, secret) == [], pins_of(door))
    expect(b"argon2id" not in bytes_of(door) and known.encode() not in bytes_of(door))
    # What else leaves the hub has no secret in it.
    desk = gate(hub, "desk-2", "desk")
    for path in ("/v1/snapshot", "/v1/counts", "/v1/head"):
        answer = desk.request("GET", path)
        expect(answer.status == 200 and known.encode() not in answer.body, path)
        expect("Accueil-Pins" not in answer.headers, path)
    expect(desk.pull().headers["Accueil-Pins"] == known)
    desk.close()
    return known


def test_gate_holds_what_a_gate_needs(hub):
    """a stolen gate has no e-mail, telephone, hotel, diet or note of anybody, nor does its token
    get any; heads are equal; a gate that becomes a desk has all, one that was a desk forgets"""
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    run(ACCUEIL, "key", "new", db=hub.db)
    roster = os.path.join(hub.folder, "liste.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Catégorie;Événements;Jours;E-mail;Téléphone;Hôtel;Régime\n")
        for i in (1, 2):
            file.write(f"FR-{i};Le Goff;élu;Rencontres;26;anne.xyzzy@mairie.fr;0299887766;")
            file.write("Ibisxyzzy;végétarien\n")
    run(ACCUEIL, "import", roster, "--yes", db=hub.db)
    note = ("note", "FR-1", "--volunteer", "Zoé")
    run(ACCUEIL, *note, "--text", "Allergie aux Noixyzzy", db=hub.db)
    typed = "".join(re.findall(r"\d+", run(ACCUEIL, "volunteer", "add", "Li Na", db=hub.db)))
    expect(all(told_of(hub.db)[0]), told_of(hub.db))
    tickets = tickets_of(hub)
    door = os.path.join(hub.folder, "door.db")
    run(ACCUEIL, "init", "--station", "door-1", db=door)
    code = run(HUB, "--db", hub.db, "invite", "door-1", "--role", "gate").strip()
    run(ACCUEIL, "enrol", code, db=door)
    # What comes after the snapshot, by pull.
    run(ACCUEIL, *note, "--text", "Aussi aux Noixyzzy", db=hub.db)
    run(ACCUEIL, "agent", "--once", db=door)
    expect(verdict(door, tickets["FR-1"]) == "ADMITTED")
    run(ACCUEIL, "agent", "--once", db=door)
    little = [("FR-1", "Le Goff", "", "", "", "[]"), ("FR-2", "Le Goff", "", "", "", "[]")]

    def is_a_gate():
        expect(told_of(door) == little, told_of(door))
        held = bytes_of(door)
        expect(b"Le Goff" in held and not [s for s in SECRETS if s.encode() in held])
        expect(rows(door, "SELECT count (*) FROM note WHERE text <> ''") == [(0,)])
        said = run(ACCUEIL, "verify", db=door)
        run(ACCUEIL, "rebuild", db=door)
        expect(told_of(door) == little)
        return said

    is_a_gate()
    heads = "SELECT station, seq, chain FROM head ORDER BY 1"
    expect(rows(door, heads) == rows(hub.db, heads))
    # Nor by hand, with its token.
    stolen = Raw(hub, "door-1", enrol=False)
    ((stolen.token,),) = rows(door, "SELECT value FROM local WHERE name = 'hub-token'")
    for path in ("/v1/facts?after=0", "/v1/facts?after=0&limit=500&wait=0", "/v1/snapshot"):
        answer = stolen.request("GET", path)
        expect(answer.status == 200 and "Le Goff".encode() in answer.body, answer)
        expect("Accueil-Pins" not in answer.headers and b"argon2id" not in answer.body, path)
        expect(not [s for s in SECRETS if s.encode() in answer.body], path)
    stolen.close()
    pin_secret = pin_is_of_no_use(hub, door, typed)
    # Of its file nobody takes what it has a part of.
    other = os.path.join(hub.folder, "other.db")
    run(ACCUEIL, "init", "--station", "other", db=other)
    expect("Left there" in run(ACCUEIL, "merge", door, db=other))
    expect(told_of(other) == [])

    run(HUB, "--db", hub.db, "role", "door-1", "desk")
    for _ in range(3):
        run(ACCUEIL, "agent", "--once", db=door)
    expect(told_of(door) == told_of(hub.db), told_of(door))
    expect(rows(door, "SELECT text FROM note") == [("Aussi aux Noixyzzy",)])
    run(ACCUEIL, "verify", db=door)
    expect(pins_of(door) == pins_of(hub.db) and pin_secret.encode() in bytes_of(door))
    run(HUB, "--db", hub.db, "role", "door-1", "gate")
    run(ACCUEIL, "agent", "--once", db=door)
    with contextlib.closing(sqlite3.connect(door)) as replica:
        replica.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    is_a_gate()
    expect(pins_of(door) == [("",)] and pin_secret.encode() not in bytes_of(door))
    # What is erased at the hub is at the gate too, names and all.
    run(ACCUEIL, "erase", "FR-1", "--reason", "asked", db=hub.db)
    run(ACCUEIL, "agent", "--once", db=door)
    expect(told_of(door) == little[1:])
    run(ACCUEIL, "verify", db=door)


def test_part_of_a_fact(hub):
    """a station that sends a fact in part, as only the hub may, is refused"""
    desk = gate(hub, "desk-1", "desk")
    fact = desk.fact("registration", "FR-1", '{"family":"Li","volunteer":"Lin"}')
    body_hash = hashlib.blake2b(fact["body"].encode(), digest_size=32).hexdigest()
    part = {"body": '{"family":"Wang"}', "body_hash": body_hash, "withheld": True}
    answer = desk.push([fact | part])
    expect(answer.status == 400 and answer.error() == "fact", answer)
    expect(told_of(hub.db) == [])
    taken_again = desk.push([fact])
    expect(taken_again.status == 200, taken_again)
    expect(told_of(hub.db, "family") == [("Li",)])


def test_more_kinds(hub):
    """kinds that came later, other people's keys, sizes and numbers at their ends, at any time"""
    station, desk, office = gate(hub), gate(hub, "desk-1", "desk"), gate(hub, "office-1", "office")
    for clock in (None, 1, MAX):
        station.clock = desk.clock = office.clock = clock
        for kind, subject, body in (
            ("appointment", "a-1", {"reference": "FR-1"}),
            ("logo", "l", {"png": "AAAA"}),
            ("list", "l", {}),
            ("rank", "r", {}),
            ("deadline", "d", {}),
            ("headset", "AH:1", {}),
            ("session-change", "A1", {"room": "Faux"}),
            ("letter", "FR-1", {"state": "sent"}),
            ("message", "gate-1", {"fr": "Rentrez chez vous"}),
            ("station-name", "desk-1", {"fr": "Faux"}),
            ("ticket-void", "FR-1", {"serial": 0, "volunteer": "moi"}),
            ("met", "FR-1", {"volunteer": "moi"}),
            ("fork", "desk-1", {"held": 1, "shown": 1}),
            ("excess", "desk-1", {"wait": 1}),
            ("signed", "gate-1", {"from": 1, "public": key()}),
        ):
            refused(hub, station, kind, subject, body, "role")
        for kind, subject, body in (
            ("message", "gate-1", {"fr": "Rentrez chez vous"}),
            ("appointment", "a-1", {"reference": "FR-1"}),
            ("volunteer", "101", {"name": "moi", "pin": "x"}),
            ("signed", "desk-1", {"from": 1, "public": key()}),
        ):
            refused(hub, desk, kind, subject, body, "role")
        for kind, subject, body in (
            ("signed", "office-1", {"from": 1, "public": key()}),
            ("received", "office-1", {"seq": 1, "at": 1}),
            ("fork", "desk-1", {"held": 1, "shown": 1}),
            ("excess", "desk-1", {"wait": 1}),
        ):
            refused(hub, office, kind, subject, body, "role")
        for body in ('{"serial":1e999}', '{"serial":-0}', '{"serial":1.0}', '{"serial":[[[[1]]]]}'):
            refused(hub, station, "badge-issued", "FR-1", body, "form:serial")
    expect(hub.query("SELECT count(*) FROM appointment") == [(0,)])
    # The key of another, by push: not even kept.
    for who, subject in ((station, "desk-1"), (office, "hub"), (desk, "gate-1")):
        head = who.head()
        answer = who.push([who.fact("station", subject, json.dumps({"public": key()}))])
        expect(answer.status == 403 and answer.error() == "station", answer)
        who.back(head)
    # None of them has become more than it was.
    found = hub.query("SELECT station, role FROM station_role ORDER BY 1")
    expect(dict(found) == {"desk-1": "desk", "gate-1": "gate", "office-1": "office"}, found)
    run(ACCUEIL, "verify", db=hub.db)


def forged(hub, name, facts):
    """A file of @name's facts as a thief makes it: what the hub holds of that name and @facts at
    its end, whose chains hold, without a signature of who it says that it is."""
    path = os.path.join(hub.folder, f"forged-{name}.db")
    columns = "station, seq, at, kind, subject, body, body_hash, chain, signature"
    run(ACCUEIL, "init", "--station", "thief", db=path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as replica:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'fact'"
        for (trigger,) in replica.execute(triggers).fetchall():
            replica.execute(f"DROP TRIGGER {trigger}")
        replica.execute("ATTACH ? AS hub", (hub.db,))
        replica.execute(
            f"INSERT INTO fact ({columns}) SELECT {columns} FROM hub.fact WHERE station = ?"
            " ORDER BY seq",
            (name,),
        )
        last = "SELECT seq, chain FROM fact WHERE station = ? ORDER BY seq DESC LIMIT 1"
        seq, previous = replica.execute(last, (name,)).fetchone() or (0, bytes(32))
        for kind, subject, body in facts:
            seq += 1
            at, text = (time.time_ns() // 1000000 << 16) + seq, json.dumps(body)
            fact = {"station": name, "seq": seq, "at": at, "kind": kind}
            previous = chain(previous, fact | {"subject": subject, "body": text})
            body_hash = hashlib.blake2b(text.encode(), digest_size=32).digest()
            replica.execute(
                f"INSERT INTO fact ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (name, seq, at, kind, subject, text, body_hash, previous),
            )
        replica.execute(
            "INSERT OR REPLACE INTO head (station, seq, at, chain) VALUES (?, ?, ?, ?)",
            (name, seq, at, previous),
        )
    return path


def test_forged_files(hub):
    """a file to be merged that speaks as the hub, as a station or as nobody who is enrolled: at
    the hub and at a desk nothing of it counts, and the true ones go on"""
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    desk = os.path.join(hub.folder, "desk.db")
    run(ACCUEIL, "init", "--station", "desk-1", db=desk)
    run(ACCUEIL, "enrol", hub.invite("desk-1"), db=desk)
    register(hub, "FR-1")
    run(ACCUEIL, "agent", "--once", db=desk)
    run(ACCUEIL, "agent", "--once", db=desk)
    power = [
        ("role", "desk-1", {"role": "office", "from": 1}),
        ("erasure", "FR-1", {}),
        ("key", "00000000", {"public": key()}),
        ("registration", "FR-9", {"family": "Faux"}),
        ("disown", "desk-1", {"from": 1}),
        ("volunteer", "101", {"name": "moi", "pin": "x"}),
    ]
    state = "SELECT (SELECT count (*) FROM delegate), (SELECT count (*) FROM ticket_key),"
    state += " (SELECT count (*) FROM volunteer), (SELECT count (*) FROM disowned)"
    before = rows(hub.db, state)
    for name in ("hub", "desk-1", "ghost"):
        path = forged(hub, name, power)
        for db in (hub.db, desk):
            run(ACCUEIL, "merge", path, db=db, status=None)
            expect(rows(db, state) == before, name, db, rows(db, state))
            roles = rows(db, "SELECT role FROM station_role WHERE station = 'desk-1'")
            expect(roles == [("desk",)], name, db, roles)
    # What the true ones say is heard as before.
    register(hub, "FR-1", "FR-2")
    words = ("note", "FR-1", "--volunteer", "Zoé", "--text", "Chaise")
    run(ACCUEIL, *words, db=desk)
    for _ in range(2):
        run(ACCUEIL, "agent", "--once", db=desk)
    expect(rows(desk, "SELECT count (*) FROM delegate") == [(2,)])
    expect(hub.query("SELECT text FROM note") == [("Chaise",)])


def test_tokens_for_others(hub):
    """a station's token, a reader's and none: each opens its own and nothing else; one that is
    stolen takes nobody's connection"""
    station, other = gate(hub), gate(hub, "gate-2")
    reader = run(
        HUB, "--db", hub.db, "token", "add", "wall", "--scope", "figures", "--until", "2099-01-01"
    )
    (reader,) = re.findall(r"[A-Za-z0-9_.-]{40,}", reader)[:1]
    for path in ("/v1/facts?after=0", "/v1/head", "/v1/snapshot", "/v1/counts"):
        for token in (
            reader,
            "",
            "gate-1.",
            station.token[:-1],
            station.token + "x",
            station.token.replace("gate-1", "gate-2"),
            "hub." + "A" * 43,
            ". ",
        ):
            thief = Raw(hub, "thief", enrol=False)
            answer = thief.request("GET", path, token=token)
            expect(answer.status == 401 and answer.error() == "token", path, token, answer)
            thief.close()
    # As the hub itself, as one that is there, or with more than was invited.
    secret = read_code(hub.invite("gate-3"))["secret"]
    for changes in (
        {"station": "hub"},
        {"station": "gate-1"},
        {"station": "GATE-3"},
        {"station": "../gate-3"},
        {"group": "gate"},
        {"public": "x"},
    ):
        answer = Raw(hub, "gate-3", enrol=False).enrol(secret, **changes)
        expect(answer.status in (400, 403, 409), changes, answer)
    late = Raw(hub, "gate-3", enrol=False)
    answer = late.enrol(secret, role="office", signs=False)
    expect(answer.status == 200, answer)
    late.token = answer.json["token"]
    refused(hub, late, "event", "e", {"fr": "Faux"}, "role")
    # Facts of the hub's own, given back: only with its word.
    for body in (b"", b"{}\n", lines([other.fact("role", "gate-1", '{"role":"office","from":1}')])):
        answer = station.request("POST", "/v1/lost", body)
        expect(400 <= answer.status < 500, body, answer)
    many = [Raw(hub, "gate-1", enrol=False) for _ in range(40)]
    for one in many:
        one.token = station.token
        expect(one.request("GET", "/v1/head").status == 200)

    def still_open():
        return sum(1 for one in many if not select.select([one.connection.sock], [], [], 0)[0])

    expect(still_open() <= 12, still_open())
    expect(other.request("GET", "/v1/head").status == 200)
    for one in many:
        one.close()


def test_file_that_never_ends(hub):
    """a file whose table of facts is a view without end, or a virtual table, whatever it says of
    it, is not merged; nor is a pipe, a device or a folder"""
    for name, makes in (
        (
            "view",
            "CREATE VIEW fact AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS number, 'x' AS station, i AS seq, i AS at, 'note' AS kind,"
            " '' AS subject, '{}' AS body, zeroblob (32) AS body_hash, zeroblob (32) AS chain,"
            " NULL AS signature, NULL AS shown FROM n",
        ),
        ("virtual", "CREATE VIRTUAL TABLE fact USING fts5 (number, station, seq)"),
        ("spaced", "CREATE  VIRTUAL/**/TABLE fact USING fts5 (number, station, seq)"),
        (
            "lies",
            "PRAGMA writable_schema = ON;"
            "INSERT INTO sqlite_schema VALUES ('table', 'fact', 'fact', 0,"
            " 'CREATE VIEW fact AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
            " FROM n) SELECT i AS number, ''x'' AS station, i AS seq FROM n')",
        ),
        ("none", ""),
    ):
        path = os.path.join(hub.folder, f"{name}.db")
        run(ACCUEIL, "init", "--station", "evil", db=path)
        with contextlib.closing(sqlite3.connect(path)) as replica, replica:
            replica.execute("PRAGMA foreign_keys = OFF")
            for kind, thing in replica.execute(
                "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
            ).fetchall():
                replica.execute(f"DROP {kind} IF EXISTS {thing}")
            replica.execute("DROP TABLE fact")
            replica.executescript(makes)
        said = run(ACCUEIL, "merge", path, db=hub.db, status=1)
        expect("no replica of accueil" in said or name == "lies", name, said)
        said = run(ACCUEIL, "merge", "--same-congress", path, db=hub.db, status=1)
        expect("no replica of accueil" in said or name == "lies", name, said)
    pipe = os.path.join(hub.folder, "pipe")
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero", hub.folder):
        run(ACCUEIL, "merge", path, db=hub.db, status=1)


def test_erased(hub):
    """who asks to be forgotten is: facts, index and the bytes of the file, at every station; the
    figures stay"""
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    run(ACCUEIL, "key", "new", db=hub.db)
    roster = os.path.join(hub.folder, "liste.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Catégorie;Événements;Jours\n")
        file.write(
            "FR-1;Xyzzyeux;Plughette;élu;Rencontres;26\nFR-2;Le Goff;Anne;élu;Rencontres;26\n"
        )
    run(ACCUEIL, "import", roster, "--yes", db=hub.db)
    tickets = tickets_of(hub)
    door = os.path.join(hub.folder, "door.db")
    run(ACCUEIL, "init", "--station", "door-1", db=door)
    run(ACCUEIL, "enrol", hub.invite("door-1"), db=door)
    expect(verdict(door, tickets["FR-1"]) == "ADMITTED")
    run(ACCUEIL, "agent", "--once", db=door)
    expect("nobody" in run(ACCUEIL, "erase", "FR-9", "--reason", "x", db=hub.db, status=1))
    run(ACCUEIL, "erase", "FR-1", db=hub.db, status=2)
    expect("at the hub" in run(ACCUEIL, "erase", "FR-1", "--reason", "x", db=door, status=1))
    said = run(ACCUEIL, "erase", "FR-1", "--reason", "asked on 26 October", db=hub.db)
    expect("Erased" in said and "backups" in said, said)
    run(ACCUEIL, "agent", "--once", db=door)
    for db in (hub.db, door):
        expect(rows(db, "SELECT count (*) FROM delegate WHERE reference = 'FR-1'") == [(0,)])
        found = rows(
            db, "SELECT count (*) FROM fact WHERE subject = 'FR-1' AND body LIKE '%Xyzzy%'"
        )
        expect(found == [(0,)], found)
        found = rows(db, "SELECT count (*) FROM passage WHERE reference = 'FR-1'")
        expect(found == [(1,)], "the figures stay")
        run(ACCUEIL, "verify", db=db)
    hub.stop()
    with contextlib.closing(sqlite3.connect(hub.db)) as replica:
        replica.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    data = open(hub.db, "rb").read().lower()
    expect(b"goff" in data and b"xyzzyeux" not in data and b"plughette" not in data)
    hub.start()


def test_rights_of_persons(hub):
    """a person gets what is held about her, as JSON and on paper; after the day that the event file
    names, everybody is erased; people are told what is held"""
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    roster = os.path.join(hub.folder, "liste.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Catégorie;Événements;Jours;Hôtel\n")
        file.write("FR-1;Xyzzyeux;Anne;élu;Rencontres;26;Ibis\n")
        file.write("CN-2;Wang;Wei;entreprise;Rencontres;26;\n")
    run(ACCUEIL, "import", roster, "--yes", db=hub.db)
    words = ("admit", "FR-1", "--checkpoint", "entree-est", "--volunteer", "Zoé")
    accueil(*words, "--reason", "papiers vus", db=hub.db, now=MORNING)
    held = json.loads(run(ACCUEIL, "person", "export", "FR-1", db=hub.db))
    kinds = [fact["kind"] for fact in held["facts"]]
    expect(held["registration"]["family"] == "Xyzzyeux", held)
    expect(kinds[0] == "registration" and "passage" in kinds and "badge-issued" in kinds, kinds)
    expect("CN-2" not in json.dumps(held))
    paper = os.path.join(hub.folder, "fr-1.pdf")
    run(ACCUEIL, "person", "export", "FR-1", "--output", paper, db=hub.db)
    expect(os.stat(paper).st_mode & 0o777 == 0o600)
    text = run("pdftotext", "-layout", paper, "-")
    for part in ("Xyzzyeux", "Ibis", "Entrée Est", "东入口", "papiers vus"):
        expect(part in text, part, text)
    expect("Wang" not in text)
    expect("nothing is held" in run(ACCUEIL, "person", "export", "FR-9", db=hub.db, status=1))
    run(ACCUEIL, "person", "export", "FR-1", "--output", "x.doc", db=hub.db, status=2)

    told = run(ACCUEIL, "notice", db=hub.db)
    for date in ("31/01/2017", "2017年1月31日", "31 January 2017"):
        expect(date in told, date, told)
    expect("Hotel" in told and "Hôtel" in told and "E-mail" not in told, told)
    sheet = os.path.join(hub.folder, "notice.pdf")
    run(ACCUEIL, "notice", "--output", sheet, db=hub.db)
    expect("Vos données" in run("pdftotext", sheet, "-"))

    early = accueil("erase", "--expired", db=hub.db, now=MORNING, status=1)
    expect("2017-01-31" in early.err, early)
    run(ACCUEIL, "erase", "--expired", "FR-1", db=hub.db, status=2)
    expect(rows(hub.db, "SELECT count (*) FROM delegate") == [(2,)])
    later = "2017-02-01T00:00:00+08:00"
    said = accueil("erase", "--expired", db=hub.db, now=later).out
    expect("2 people" in said and "backups" in said, said)
    expect(rows(hub.db, "SELECT count (*) FROM delegate") == [(0,)])
    expect(rows(hub.db, "SELECT count (*) FROM passage") == [(1,)], "the figures stay")
    run(ACCUEIL, "verify", db=hub.db)
    hub.stop()
    with contextlib.closing(sqlite3.connect(hub.db)) as replica:
        replica.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    expect(b"xyzzyeux" not in open(hub.db, "rb").read().lower())
    hub.start()


def test_clock_of_a_station(unused):
    """a machine whose clock is years off decides by the hub's; a hub whose clock is years ahead
    takes no station along; a person can tell the time"""
    morning = Hub("morning", MORNING)
    accueil("event", "load", EVENT, db=morning.db, now=MORNING)
    accueil("key", "new", db=morning.db, now=MORNING)
    roster = os.path.join(morning.folder, "liste.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Catégorie;Événements;Jours\nFR-1;Le Goff;élu;Rencontres;26\n")
    accueil("import", roster, "--yes", db=morning.db, now=MORNING)
    door = os.path.join(morning.folder, "door.db")

    def at_the_door(*words, **more):
        return accueil(*words, db=door, **more).out

    with morning as hub:
        code = tickets_of(hub)["FR-1"]
        at_the_door("init", "--station", "door-1")
        at_the_door("enrol", hub.invite("door-1"))
        expect("by  2016" not in at_the_door("clock"), "nothing tells yet which of both is wrong")
        for _ in range(3):  # what it has written is sent, bounded, and heard of again
            at_the_door("agent", "--once")
        expect("by  2016-10-26" in at_the_door("clock"), at_the_door("clock"))
        said = at_the_door("scan", "--checkpoint", "entree-est", "--json", stdin=code + "\n")
        expect(json.loads(said.splitlines()[0])["verdict"] == "ADMITTED", said)
        at_the_door("agent", "--once")
        expect(hub.query("SELECT count (*) FROM passage WHERE day = '2016-10-26'") == [(1,)])

    morning.environment["ACCUEIL_NOW"] = "2046-10-26T09:12:00+08:00"
    with morning:
        at_the_door("agent", "--once")
        expect("by  2016-10-26" in at_the_door("clock"), at_the_door("clock"))

    expect("by  2016-10-27 10:00" in at_the_door("clock", "--set", "2016-10-27T10:00"))
    at_the_door("clock", "--set", "2016-10-20T10:00", status=1)
    at_the_door("clock", "--set", "ten", status=2)
    expect("by  2016" not in at_the_door("clock", "--forget"))


if __name__ == "__main__":
    main(tests_of(globals()), lambda test: Hub(test.__name__))
