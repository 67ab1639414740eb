#!/usr/bin/env python3
"""A rehearsal of an update: a hub's replica as each older version of the store left it, made here
by SQL alone, is opened by the programs of today. Prints TAP."""
import contextlib
import glob
import hashlib
import json
import os
import sqlite3
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import Hub, Raw, run
from kit.run import ACCUEIL, EVENT, HUB, rows
from kit.tap import expect, main, tests_of

APPLICATION_ID = 0x41434355
TOKEN = "gate-1.of-the-old-time"
STORES = sorted(glob.glob("src/journal/schema/store-*.sql"))


def insert(db, fact):
    db.execute(
        "INSERT INTO fact (station, seq, at, kind, subject, body, body_hash, chain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [fact[name] for name in ("station", "seq", "at", "kind", "subject", "body")]
        + [
            hashlib.blake2b(fact["body"].encode(), digest_size=32).digest(),
            bytes.fromhex(fact["chain"]),
        ],
    )


def older(hub, major, gate, desk):
    """Puts in the place of @hub's replica what the version @major of the store would hold: two
    stations' facts too, the second of which was merged and never enrolled."""
    path = hub.db + ".old"
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        for store in STORES[:major]:
            with open(store, encoding="utf-8") as file:
                db.executescript(file.read())
        db.execute("ATTACH ? AS now", [hub.db])
        db.execute(
            "INSERT INTO main.fact (number, station, seq, at, kind, subject, body, body_hash, "
            "chain)"
            " SELECT number, station, seq, at, kind, subject, body, body_hash, chain"
            " FROM now.fact"
        )
        db.execute("INSERT INTO main.local SELECT * FROM now.local")
        db.execute(
            "INSERT INTO enrolment (station, public, token_hash, enrolled_ms) VALUES (?, ?, ?, 1)",
            [gate.name, gate.public, hashlib.blake2b(TOKEN.encode(), digest_size=32).hexdigest()],
        )
        for station in (gate, desk):
            insert(
                db, station.fact("station", station.name, json.dumps({"public": station.public}))
            )
        insert(db, gate.fact("badge-issued", "FR-1", '{"serial":1,"reason":"first"}'))
        passage = {"checkpoint": "entree-est", "verdict": "ADMITTED", "day": "26"}
        insert(db, gate.fact("passage", "FR-1", json.dumps(passage)))
        walk_in = {"family": "Seconde", "given": "Anne", "volunteer": "Li"}
        insert(db, desk.fact("registration", "W-desk-1-1", json.dumps(walk_in)))
        if major >= 3:
            root = Raw(hub, "hub", enrol=False)
            root.back(db.execute("SELECT seq, chain FROM head WHERE station = 'hub'").fetchone())
            db.execute("INSERT INTO local VALUES ('root', 'hub')")
            for station, role in ((gate, "gate"), (desk, "desk")):
                word = {"role": role, "from": 1, "public": station.public}
                insert(db, root.fact("role", station.name, json.dumps(word)))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {major * 1000 + 18}")
        db.commit()
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(hub.db + ending)
    os.replace(path, hub.db)


def holds(db):
    """All of the past counts."""
    told = run(ACCUEIL, "verify", db=db)
    expect("Kept apart" not in told, told)
    expect(rows(db, "SELECT * FROM apart") == [])
    expect(rows(db, "SELECT reference, issuer FROM badge") == [("FR-1", "gate-1")])
    expect(("W-desk-1-1", "Seconde") in rows(db, "SELECT reference, family FROM delegate"))
    expect(rows(db, "SELECT reference FROM passage WHERE verdict = 'ADMITTED'")[0] == ("FR-1",))


def rehearse(major):
    hub = Hub(f"old-{major}")
    run(ACCUEIL, "event", "load", EVENT, db=hub.db)
    roster = os.path.join(hub.folder, "liste.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write("Référence;Nom;Prénom;Catégorie;Événements;Jours\n")
        for reference in ("FR-1", "FR-2"):
            file.write(f"{reference};Le Goff;Anne {reference};élu;Rencontres;26\n")
    run(ACCUEIL, "import", roster, "--yes", db=hub.db)
    gate, desk = Raw(hub, "gate-1", enrol=False), Raw(hub, "desk-1", enrol=False)
    gate.token = TOKEN
    older(hub, major, gate, desk)
    holds(hub.db)
    with hub:
        holds(hub.db)
        role = "SELECT role FROM station_role WHERE station = ? ORDER BY from_seq DESC"
        expect(rows(hub.db, role, "gate-1")[0] == ("gate" if major >= 3 else "desk",))
        # It has not been brought up to date yet: it sends as it did, and that counts.
        answer = gate.push([gate.fact("badge-issued", "FR-2", '{"serial":1,"reason":"first"}')])
        expect(answer.status == 200, answer)
        expect(rows(hub.db, "SELECT count (*) FROM badge") == [(2,)])
        # A machine of today joins, and holds the same.
        db = os.path.join(hub.folder, "new.db")
        run(ACCUEIL, "init", "--station", "new-1", db=db)
        run(ACCUEIL, "enrol", run(HUB, "--db", hub.db, "invite", "new-1").strip(), db=db)
        expect(rows(db, "SELECT * FROM apart") == [])
        expect(rows(db, "SELECT count (*) FROM badge") == [(2,)])
        signing = rows(hub.db, "SELECT station FROM station_signed ORDER BY 1")
        expect(signing == [("hub",), ("new-1",)], signing)
    run(ACCUEIL, "verify", db=hub.db)
    run(ACCUEIL, "rebuild", db=hub.db)
    expect(rows(hub.db, "SELECT * FROM apart") == [])
    expect(rows(hub.db, "SELECT count (*) FROM badge") == [(2,)])


def test_first_store():
    """a hub's replica from before roles and print states"""
    rehearse(1)


def test_second_store():
    """one from before roles"""
    rehearse(2)


def test_third_store():
    """one with roles, from before heads were signed"""
    rehearse(3)


if __name__ == "__main__":
    main(tests_of(globals()))
