#!/usr/bin/env python3
"""The sync service as its clients see it: a real accueil-hub, and requests that no honest client
makes. Prints TAP."""
import base64
import gzip
import http.client
import os
import random
import signal
import socket
import sqlite3
import ssl
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import (
    BATCH_MAX,
    BODY_MAX,
    ENVIRONMENT,
    FOLDER,
    HANGS_S,
    Hub,
    Raw,
    Waiting,
    lines,
    read_code,
    run,
)
from kit.run import ACCUEIL, HUB, done
from kit.tap import SEED, expect, main, say, tests_of
from kit.wait import stays, wait_for

STATIONS = 500

# What is refused ----------------------------------------------------------------------------------


def test_paths_and_tokens(hub):
    """unknown paths, wrong methods and tokens are refused; health is open"""
    nobody = Raw(hub, "nobody", enrol=False)
    answer = nobody.request("GET", "/v1/health", token=None)
    expect(answer.status == 200 and answer.json["status"] == "ok", answer)
    expect(
        answer.headers["Accueil-Epoch"]
        and abs(int(answer.headers["Accueil-Time"]) - time.time() * 1000) < 60000,
        answer,
    )
    for method, path, status in (
        ("GET", "/", 404),
        ("GET", "/v1/fact", 404),
        ("GET", "/v1/facts/", 404),
        ("GET", "/v1/../v1/facts", 404),
        ("PUT", "/v1/facts", 405),
        ("DELETE", "/v1/health", 405),
    ):
        nobody.close()  # who is refused often on one connection waits
        answer = nobody.request(method, path, token=None)
        expect(answer.status == status and answer.error(), method, path, answer)
        expect(status != 405 or "GET" in answer.headers["Allow"], answer)
    for token in (
        None,
        "",
        "nobody",
        "nobody.",
        "hub.x",
        "." * 50,
        "x" * 5000,
        "nobody.é".encode("utf-8").decode("latin-1"),
    ):
        for method, path in (
            ("GET", "/v1/facts"),
            ("POST", "/v1/facts"),
            ("GET", "/v1/head"),
            ("GET", "/v1/snapshot"),
            ("GET", "/v1/counts"),
        ):
            nobody.close()
            answer = nobody.request(
                method, path, body=b"{}" if method == "POST" else None, token=token
            )
            expect(
                answer.status == 401
                and answer.error() == "token"
                and answer.headers["WWW-Authenticate"],
                method,
                path,
                token,
                answer,
            )
    answer = nobody.request(
        "GET", "/v1/facts", token=None, headers={"Authorization": "Basic bm9ib2R5Og=="}
    )
    expect(answer.status == 401, answer)


def test_enrolment(hub):
    """an enrolment code works once, for its station, for an hour, whatever others guess"""
    a = Raw(hub, "enrol-a", enrol=False)
    for body in (
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"{}",
        b'{"station":"enrol-a"}',
        b'{"station":1,"secret":2,"public":3}',
        b"\xff",
    ):
        a.close()  # who is refused often on one connection waits
        answer = a.request("POST", "/v1/enrol", body, token=None)
        expect(answer.status == 400 and answer.error() == "body", body, answer)
    answer = a.request("POST", "/v1/enrol", b"x" * 5000, token=None)
    expect(answer.status == 413, answer)
    expect(a.enrol("never invited").status == 403)
    secret = read_code(hub.invite(a.name))["secret"]
    expect(a.enrol(secret, station="enrol-b").status == 403, "another station's code")
    expect(a.enrol(secret, station="No Name").status == 400)
    expect(a.enrol(secret, public="AAAA").status == 400)
    for _ in range(20):
        a.close()
        expect(a.enrol("wrong").status == 403)
    a.close()
    answer = a.enrol(secret)
    expect(
        answer.status == 200 and answer.json["station"] == a.name and answer.json["hub"] == "hub",
        answer,
    )
    a.token = answer.json["token"]
    expect(a.enrol(secret).status == 403, "used")
    expect(a.held() == 0)
    secret = read_code(hub.invite(a.name))["secret"]
    answer = a.enrol(secret, public=base64.b64encode(bytes(32)).decode())
    expect(
        answer.status == 409 and answer.error() == "name",
        "another machine under the same name",
        answer,
    )
    hub.change("UPDATE enrolment SET expires_ms = expires_ms - 3600000 WHERE station = 'enrol-a'")
    expect(a.enrol(secret).status == 403, "expired")
    expect(a.held() == 0, "its token is good as before")


def test_pushes_refused(hub):
    """what no honest station sends is refused with the right word, and leaves everything as it
    was"""
    a = Raw(hub, "push-a")
    expect(a.push(a.facts(3)).json["seq"] == 3)
    good, before = a.head(), hub.query("SELECT count (*) FROM fact")

    def refused(status, word, facts=None, body=None, **more):
        answer = (
            a.push(facts, **more)
            if facts is not None
            else a.request("POST", "/v1/facts", body, **more)
        )
        a.back(good)
        expect(
            answer.status == status and answer.error() == word and answer.json["message"],
            (status, word),
            answer,
        )
        expect(hub.query("SELECT count (*) FROM fact") == before, "something was stored")
        return answer

    refused(403, "station", [dict(a.fact(), station="hub")])
    refused(403, "station", [a.fact(), dict(a.fact(), station="desk-9")])
    refused(403, "station", [a.fact("station", "desk-9", '{"public":"","revoked":true}')])
    a.fact()
    answer = refused(409, "gap", [a.fact()])
    expect(
        (answer.json["seq"], answer.json["chain"]) == (3, good[1].hex()),
        "the head to go on from",
        answer,
    )
    answer = refused(409, "chain", [a.fact(subject="FR-2"), dict(a.fact(), at=1)])
    expect(answer.json["seq"] == 3, answer)
    for change in (
        {"chain": "00" * 32},
        {"at": 5},
        {"kind": "print"},
        {"subject": "FR-9"},
        {"body": '{"checkpoint":"other"}'},
    ):
        refused(409, "chain", [dict(a.fact(), **change)])
    refused(409, "chain", [dict(a.fact(), seq=1, body="{}")])
    for body in ("[]", "1", "{", "not JSON"):
        refused(400, "fact", [a.fact("passage", "FR-1", body)])
    refused(400, "fact", [a.fact("passage", "x" * 5000)])
    refused(400, "fact", [a.fact("passage", "FR-1", '{"x":"%s"}' % ("y" * 70000))])
    refused(400, "fact", [a.fact("no kind")])
    for change in (
        {"chain": "xyz"},
        {"chain": None},
        {"station": None},
        {"subject": 7},
        {"kind": []},
    ):
        refused(400, "body", [dict(a.fact(), **change)])
    for body in (
        b"hello",
        b"{",
        b"[]",
        b'{"station":"push-a"}',
        b"\xff\xfe",
        b"{}\n\0\n",
        b"[" * 100000,
    ):
        refused(400, "body", body=body)
    refused(413, "size", a.facts(BATCH_MAX + 1))
    refused(413, "size", body=b" " * (BODY_MAX + 1))
    refused(413, "size", body=iter([b" " * 65536] * (BODY_MAX // 65536 + 1)))
    refused(400, "body", body=b"no gzip", headers={"Content-Encoding": "gzip"})
    packed = gzip.compress(lines(a.facts(2)))
    broken = packed[:-8] + bytes(4) + packed[-4:]  # its length is right, its sum is not
    refused(400, "body", body=broken, headers={"Content-Encoding": "gzip"})
    refused(
        413,
        "size",
        body=gzip.compress(b" " * (BODY_MAX * 20)),
        headers={"Content-Encoding": "gzip"},
    )
    refused(415, "encoding", body=b"x", headers={"Content-Encoding": "br"})
    expect(a.push(a.facts(1)).json["seq"] == 4, "and then goes on")


def test_pushes_taken(hub):
    """batches, gzip, empty lines and repetitions are taken; the answer names the head"""
    a = Raw(hub, "taken-a")
    answer = a.push([])
    expect(
        answer.status == 200
        and answer.json == {"station": "taken-a", "seq": 0, "chain": "00" * 32},
        answer,
    )
    batch = a.facts(BATCH_MAX)
    for _ in range(2):
        answer = a.push(batch)
        expect(
            answer.json == {"station": "taken-a", "seq": BATCH_MAX, "chain": a.chain.hex()}, answer
        )
    more = a.facts(20)
    answer = a.request(
        "POST",
        "/v1/facts",
        gzip.compress(b"\n" + lines(batch[-30:] + more)),
        headers={"Content-Encoding": "gzip"},
    )
    expect(answer.json["seq"] == BATCH_MAX + 20, answer)
    large = [a.fact("passage", "FR-1", '{"x":"%s"}' % ("y" * 60000)) for _ in range(60)]
    expect(a.push(large).json["seq"] == BATCH_MAX + 80)
    expect(
        a.request("GET", "/v1/head").json
        == {"station": "taken-a", "seq": a.seq, "chain": a.chain.hex()}
    )


def test_too_large_headers(hub):
    """a request line or header of more than the limit ends the connection, and nobody else's"""
    a = Raw(hub, "headers-a")
    for path, headers in (("/v1/head?" + "x" * 100000, {}), ("/v1/head", {"X-Long": "x" * 100000})):
        try:
            answer = a.request("GET", path, headers=headers)
            expect(answer.status in (400, 413, 414, 431), answer)
        except (OSError, http.client.HTTPException):
            pass
        a.close()
    expect(a.held() == 0)


def test_only_tls_1_3(hub):
    """no plain HTTP, no older TLS"""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=HANGS_S) as plain:
        plain.sendall(b"GET /v1/health HTTP/1.1\r\nHost: hub\r\n\r\n")
        try:
            expect(b"HTTP/1.1 200" not in plain.recv(4096))
        except ConnectionError:
            pass
    context = ssl._create_unverified_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection(("127.0.0.1", hub.port), timeout=HANGS_S) as old:
        try:
            context.wrap_socket(old)
        except (ssl.SSLError, ConnectionError):
            return
    raise AssertionError("TLS 1.2 is spoken")


# Reading ------------------------------------------------------------------------------------------


def test_pulls(hub):
    """a reader by cursor gets the facts of all others once, in order, and nothing of its own"""
    a, b = Raw(hub, "pull-a"), Raw(hub, "pull-b")
    a.push(a.facts(7))
    b.push(b.facts(5))
    cursor, seen, epoch = 0, [], None
    while True:
        answer = a.pull(cursor, limit=3, **({"epoch": epoch} if epoch else {}))
        expect(answer.status == 200 and len(answer.facts()) <= 3, answer)
        seen += answer.facts()
        epoch = answer.headers["Accueil-Epoch"]
        if int(answer.headers["Accueil-Cursor"]) == cursor:
            break
        cursor = int(answer.headers["Accueil-Cursor"])
    expect([fact["number"] for fact in seen] == sorted(set(fact["number"] for fact in seen)))
    expect(all(fact["station"] != "pull-a" for fact in seen))
    expect([fact["seq"] for fact in seen if fact["station"] == "pull-b"] == [1, 2, 3, 4, 5])
    expect(cursor == hub.query("SELECT max (number) FROM fact")[0][0])
    for parameters in (
        "after=x",
        "after=-1",
        "after=1e3",
        "after=99999999999999999999",
        "wait=x",
        "wait=-1",
        "limit=0",
        "limit=x",
        "after=",
        "after=0x1",
    ):
        answer = a.request("GET", "/v1/facts?" + parameters)
        expect(answer.status == 400 and answer.error() == "query", parameters, answer)
    expect(len(a.request("GET", "/v1/facts?limit=100000000").facts()) <= BATCH_MAX)
    for parameters in (
        {"after": cursor, "epoch": "unknown"},
        {"after": cursor + 1, "epoch": epoch},
        {"after": cursor + 1},
        {"after": 9007199254740993},
    ):
        answer = a.pull(**parameters)
        expect(
            answer.status == 410 and answer.error() == "epoch" and answer.headers["Accueil-Epoch"],
            parameters,
            answer,
        )
    large = [b.fact("passage", "FR-1", '{"x":"%s"}' % ("y" * 60000)) for _ in range(65)]
    for fact in large:
        expect(b.push([fact]).status == 200)
    total = 0
    b.push(large)
    while total < len(large):
        answer = a.pull(cursor)
        expect(
            len(answer.body) < BODY_MAX + 200000 and answer.facts(),
            "an answer is bounded",
            len(answer.body),
        )
        total += len(answer.facts())
        cursor = int(answer.headers["Accueil-Cursor"])
    expect(total == len(large))


def test_long_polls(hub):
    """who waits is woken by another's push, by another program, by a stop; not by its own push; and
    in the end"""
    a, b, c = Raw(hub, "wait-a"), Raw(hub, "wait-b"), Raw(hub, "wait-c")

    def now():
        return hub.query("SELECT max (number) FROM fact")[0][0]

    waiting = Waiting(a, now(), 1)
    answer = waiting.end()
    expect(
        answer.status == 200 and answer.body == b"" and 0.9 < waiting.took < 10,
        waiting.took,
        answer,
    )
    waiting = Waiting(a, now(), 25)
    b.push(b.facts(1))
    expect(
        [fact["station"] for fact in waiting.end().facts()] == ["wait-b"] and waiting.took < 15,
        waiting.took,
    )
    twin = Raw(hub, "wait-a", enrol=False)
    twin.token, twin.seq, twin.chain = a.token, a.seq, a.chain
    waiting = Waiting(a, now(), 25)
    expect(twin.push(twin.facts(1)).status == 200)
    stays(lambda: waiting.answer is None, "woken by its own fact", 0.2)
    run(HUB, "--db", hub.db, "revoke", "wait-c")  # another program appends the hub's own fact
    expect(
        [fact["kind"] for fact in waiting.end().facts()] == ["station"] and waiting.took < 15,
        waiting.answer,
    )
    expect(c.pull(0).status == 401)
    many = [Waiting(station, now(), 25) for station in (b,)]
    run(HUB, "--db", hub.db, "invite", "wait-d")
    hub.stop()
    for waiting in many:
        expect(
            waiting.end().status == 200 and waiting.answer.body == b"" and waiting.took < 20,
            waiting.answer,
        )
    hub.start()
    for station in (a, b):
        station.close()


def test_revoked_while_waiting(hub):
    """a revoked station's open poll is ended at once, and its next push refused"""
    a = Raw(hub, "gone-a")
    a.push(a.facts(1))
    other = Raw(hub, "gone-a", enrol=False)
    other.token, other.seq, other.chain = a.token, a.seq, a.chain
    waiting = Waiting(a, hub.query("SELECT max (number) FROM fact")[0][0], 25)
    run(HUB, "--db", hub.db, "revoke", "gone-a")
    expect(other.push(other.facts(1)).status == 401)
    expect(waiting.end().status == 401 and waiting.took < 15, waiting.took, waiting.answer)
    rows = hub.query("SELECT revoked, public <> '' FROM station_key WHERE station = 'gone-a'")
    expect(rows == [(1, 1)], rows)
    expect("revoked" in run(HUB, "--db", hub.db, "stations"))


def test_snapshot(hub):
    """a snapshot is whole, says from where to go on, and holds no secret"""
    a = Raw(hub, "snapshot-a")
    a.push(a.facts(10))
    answer = a.request("GET", "/v1/snapshot")
    expect(answer.status == 200 and answer.body.startswith(b"SQLite format 3\0"), answer)
    path = os.path.join(FOLDER, "snapshot.db")
    with open(path, "wb") as file:
        file.write(answer.body)
    db = sqlite3.connect(path)
    expect(db.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
    last = db.execute("SELECT max (number) FROM fact").fetchone()[0]
    expect(
        last == int(answer.headers["Accueil-Cursor"])
        and last == hub.query("SELECT max (number) FROM fact")[0][0],
        last,
    )
    for table in ("local", "enrolment", "epoch", "printer_state"):
        expect(db.execute(f"SELECT count (*) FROM {table}").fetchone()[0] == 0, table)
    db.close()
    secrets = [value for _, value in hub.query("SELECT name, value FROM local") if len(value) > 8]
    secrets += [
        value
        for row in hub.query("SELECT secret_hash, token_hash FROM enrolment")
        for value in row
        if value
    ]
    secrets += [a.token, a.token.split(".")[1], "PRIVATE KEY"]
    expect(len(secrets) > 6)
    for secret in secrets:
        for piece in (secret.encode(), secret.encode()[: max(12, len(secret) // 2)]):
            expect(piece not in answer.body, "found in the snapshot", secret[:20])
    expect(a.pull(last).body == b"")
    expect(not os.path.exists(hub.db + ".snapshot"), "left behind")
    parts_of_snapshot(a, answer)


def parts_of_snapshot(a, whole):
    """It is had in parts too, packed or not, by who says of which one."""
    zipped = a.request("GET", "/v1/snapshot", headers={"Accept-Encoding": "gzip"})
    expect(zipped.headers["Content-Encoding"] == "gzip", zipped)
    expect(gzip.decompress(zipped.body) == whole.body, "the same one, packed")
    for answer, headers in ((whole, {}), (zipped, {"Accept-Encoding": "gzip"})):
        tag, size = answer.headers["ETag"], len(answer.body)
        for asked, of, status, said, body in (
            ("bytes=100-", tag, 206, f"bytes 100-{size - 1}/{size}", answer.body[100:]),
            ("bytes=0-99", tag, 206, f"bytes 0-99/{size}", answer.body[:100]),
            ("bytes=100-", '"another"', 200, None, answer.body),
            (f"bytes={size}-", tag, 416, f"bytes */{size}", None),
            ("bytes=9-5", tag, 200, None, answer.body),
        ):
            words = dict(headers, **{"Range": asked, "If-Range": of})
            got = a.request("GET", "/v1/snapshot", headers=words)
            expect(got.status == status and got.headers["Content-Range"] == said, asked, got)
            expect(body is None or got.body == body, asked)


def test_lost_facts(hub):
    """the hub's own facts are taken back only with its own signed word, and only those it means"""
    a = Raw(hub, "lost-a")
    word = a.pull(0).headers["Accueil-Head"]
    name, seq, _, signature = word.split(" ")
    expect(
        name == "hub" and int(seq) == hub.query("SELECT seq FROM head WHERE station = 'hub'")[0][0],
        word,
    )
    facts = [fact for fact in a.pull(0).facts() if fact["station"] == "hub"]
    hub_raw = Raw(hub, "hub", enrol=False)
    hub_raw.seq, hub_raw.chain = int(seq), bytes.fromhex(facts[-1]["chain"])
    forged = hub_raw.fact("registration", "FR-666", "{}")
    before = hub.query("SELECT count (*) FROM fact")
    for head in (
        None,
        "",
        "hub",
        word[:-5],
        word.replace("hub", "hab"),
        f"hub {int(seq) + 1} {forged['chain']} {signature}",
    ):
        answer = a.request(
            "POST",
            "/v1/lost",
            lines([forged]),
            headers={"Accueil-Head": head} if head is not None else {},
        )
        expect(answer.status == 403 and answer.error() == "head", head, answer)
    for body in (
        [forged],
        facts + [forged],
        facts[:-1],
        [],
        facts[:-1] + [dict(facts[-1], station="lost-a")],
    ):
        answer = a.request("POST", "/v1/lost", lines(body), headers={"Accueil-Head": word})
        expect(answer.status in (403, 409), answer)
    expect(
        a.request(
            "POST", "/v1/lost", lines(facts), headers={"Accueil-Head": word}, token="lost-a.x"
        ).status
        == 401
    )
    expect(
        a.request("POST", "/v1/lost", lines(facts), headers={"Accueil-Head": word}).status == 200,
        "what it holds already is passed over",
    )
    expect(hub.query("SELECT count (*) FROM fact") == before)


def test_counts(hub):
    """counts are served as JSON, of the kinds that there are"""
    a = Raw(hub, "counts-a")
    for by in ("total", "event", "day", "checkpoint", "category", "delegation", "country"):
        answer = a.request("GET", "/v1/counts?by=" + by)
        expect(answer.status == 200 and isinstance(answer.json, dict), by, answer)
    expect(a.request("GET", "/v1/counts?by=colour").status == 400)


# Accidents ----------------------------------------------------------------------------------------


def push_until_killed(station, acknowledged):
    try:
        while True:
            answer = station.push([station.fact()])
            expect(answer.status == 200, answer)
            acknowledged[station.name] = answer.json["seq"]
    except (OSError, http.client.HTTPException):
        station.close()


def test_killed(hub):
    """kill -9 in the middle of pushes: nothing that was acknowledged is lost, and all goes on"""
    stations = [Raw(hub, f"kill-{i}") for i in range(8)]
    kept = random.Random(SEED)
    for round_ in range(4):
        acknowledged = {}
        threads = [
            threading.Thread(target=push_until_killed, args=(station, acknowledged))
            for station in stations
        ]
        for thread in threads:
            thread.start()
        enough = kept.randrange(200, 600)
        wait_for(
            lambda: sum(acknowledged.values()) > enough * (round_ + 1), "pushes to be acknowledged"
        )
        hub.stop(signal.SIGKILL)
        for thread in threads:
            thread.join(HANGS_S)
        hub.start()
        for station in stations:
            held = station.request("GET", "/v1/head").json
            expect(
                held["seq"] >= acknowledged.get(station.name, 0),
                "lost",
                station.name,
                held,
                acknowledged,
            )
            expect(
                held["seq"] in (station.seq, station.seq - 1),
                "at most the one under way is missing",
                held,
                station.seq,
            )
            rows = hub.query(
                f"SELECT hex (chain) FROM fact WHERE station = '{station.name}' AND seq = "
                f"{held['seq']}"
            )
            station.back((held["seq"], bytes.fromhex(rows[0][0])))
    run(ACCUEIL, "verify", db=hub.db)


def test_stop_while_locked(hub):
    """ends soon when asked to, though another program holds the replica and a push waits for it"""
    a = Raw(hub, "locked-a")
    expect(a.push(a.facts(1)).status == 200)
    other = sqlite3.connect(hub.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def push():
        try:
            a.push(a.facts(1))
        except (OSError, http.client.HTTPException):
            pass

    thread = threading.Thread(target=push)
    thread.start()
    stays(thread.is_alive, "the push does not wait", 0.5)
    # Waiting for the lock would take JOURNAL_BUSY_MS = 10 s at the least.
    hub.stop(limit_s=8)
    thread.join(HANGS_S)
    other.close()
    hub.start()
    expect(a.held() == 1)


def test_many_connections(hub):
    """more connections than allowed, and ones that say nothing, shut nobody out for good"""
    silent = []
    try:
        for _ in range(600):
            silent.append(socket.create_connection(("127.0.0.1", hub.port), timeout=5))
    except OSError:
        pass
    a = Raw(hub, "many-a", enrol=False)

    def served():
        try:
            return a.request("GET", "/v1/health", token=None).status == 200
        except (OSError, http.client.HTTPException):
            return False

    wait_for(served, "the hub to serve again, though nobody closes them")
    for connection in silent:
        connection.close()


def test_five_hundred(hub):
    """Five hundred stations wait on long polls, behind one router and with a second connection
    each; a fact is known at all of them, and one more station is served all the while"""
    words = ["invite", "--group", "halls", "--count", str(STATIONS), "--role", "desk"]
    secret = read_code(run(HUB, "--db", hub.db, *words).strip())["secret"]
    stations, second = ([Raw(hub, f"s-{n}", enrol=False) for n in range(STATIONS)] for _ in "ab")
    for station, other in zip(stations, second):
        station.token = other.token = station.enrol(secret, group="halls").json["token"]
        station.close()  # of those that are nobody's yet only some are kept
        expect(other.held() == 0, "of the second connection")
    sender = Raw(hub, "sender")
    sender.close()  # which is not to grow old while all the others come
    after = hub.query("SELECT max (number) FROM fact")[0][0]
    polls = [Waiting(station, after, 30) for station in stations]
    wait_for(lambda: connections_of(hub) >= 2 * STATIONS, lambda: connections_of(hub))
    began = time.monotonic()
    expect(sender.push(sender.facts(1)).status == 200, "pushed")
    answers = [poll.end() for poll in polls]
    say(f"known at {STATIONS} stations after {time.monotonic() - began:.2f} s")
    expect({len(answer.facts()) for answer in answers} == {1}, "each has it")
    for end in (*stations, *second):
        end.close()


def test_few_files(hub):
    """A hub that may open few files says for how many stations that does, and so does its doctor;
    who is one too many finds no room, and the others go on"""

    def room():
        said = done([HUB, "--db", hub.db, "doctor"], env=ENVIRONMENT, status=None).out
        return next(line for line in said.splitlines() if line[2:].startswith("connections "))

    expect(room().startswith("✓") and " 682 stations" in room(), room())
    a = Raw(hub, "few-a")
    hub.stop()
    hub.words = ("prlimit", "--nofile=300:300")
    hub.start()
    expect(room().startswith("!") and " 25 stations" in room(), room())
    with open(os.path.join(hub.folder, "log"), encoding="utf-8") as log:
        expect("LimitNOFILE=" in log.read(), "said when it starts")
    silent = [socket.create_connection(("127.0.0.1", hub.port)) for _ in range(200)]
    a.close()

    def served():
        try:
            return a.push([fact]).status == 200
        except (OSError, http.client.HTTPException):
            return False

    fact = a.fact()
    wait_for(served, "a station that is known, though strangers have taken all there was")
    for connection in silent:
        connection.close()


def connections_of(hub):
    folder, count = f"/proc/{hub.process.pid}/fd", 0
    for name in os.listdir(folder):
        try:
            count += os.readlink(f"{folder}/{name}").startswith("socket:")
        except FileNotFoundError:
            pass  # closed meanwhile
    return count


if __name__ == "__main__":
    main(tests_of(globals()), lambda test: Hub(test.__name__))
