"""For the tests of the sync service: a real accueil-hub, stations that are made here so that they can also do what accueil never does, and TAP."""
import base64
import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback

BUILD = os.environ.get("BUILD", "build/debug")
ACCUEIL = os.path.abspath(os.path.join(BUILD, "accueil"))
HUB = os.path.abspath(os.path.join(BUILD, "accueil-hub"))
ENVIRONMENT = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("LC_", "LANG", "ACCUEIL")) and not key.lower().endswith("_proxy")
}
DEADLINE_S = 60
BATCH_MAX = 500
BODY_MAX = 4 * 1024 * 1024
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
FOLDER = tempfile.mkdtemp(prefix="accueil-sync-")


def expect(condition, *what):
    if not condition:
        raise AssertionError("\n".join(str(part) for part in what) or "condition does not hold")


def wait_for(condition, what):
    end = time.monotonic() + DEADLINE_S
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.01)
    raise AssertionError(f"waited {DEADLINE_S} s for: {what}")


def run(*words, status=0, db=None):
    """A program's standard output; its status must be @status."""
    environment = dict(ENVIRONMENT, ACCUEIL_DB=db or "/nonexistent/x.db")
    result = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        env=environment,
        timeout=DEADLINE_S,
    )
    expect(
        result.returncode == status,
        f"{words} ended with {result.returncode}, not {status}",
        result.stdout[-1500:],
        result.stderr[-1500:],
    )
    return result.stdout if status == 0 else result.stderr


def query(path, sql):
    """Rows of a replica that others may have open."""
    db = sqlite3.connect(path, timeout=30)
    with db:
        rows = db.execute(sql).fetchall()
    db.close()
    return rows


class Hub:
    """A hub's replica and, while it is started, its process."""

    def __init__(self, name):
        self.folder = os.path.join(FOLDER, name)
        os.mkdir(self.folder)
        self.db = os.path.join(self.folder, "hub.db")
        self.port = 0
        self.process = None
        run(ACCUEIL, "init", "--station", "hub", db=self.db)

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [HUB, "--db", self.db, "--listen", f"127.0.0.1:{self.port}"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=ENVIRONMENT,
        )
        line = self.process.stdout.readline().decode()
        expect(
            line.startswith("listening on https://127.0.0.1:"),
            f"the hub says: {line!r}",
            open(self.log.name).read(),
        )
        self.port = int(line.rsplit(":", 1)[1])
        return self

    def stop(self, number=signal.SIGTERM):
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(number)
        code = process.wait(DEADLINE_S)
        process.stdout.close()
        self.log.close()
        expect(
            code == (0 if number == signal.SIGTERM else -number),
            f"the hub ended with {code}",
            open(self.log.name).read()[-3000:],
        )

    def invite(self, station):
        return run(HUB, "--db", self.db, "invite", station).strip()

    def query(self, sql):
        return query(self.db, sql)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def read_code(code):
    text = code.removeprefix("ACCUEIL1:")
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


class Raw:
    """A station made here, so that it can also do what accueil never does."""

    def __init__(self, hub, name, enrol=True):
        self.hub, self.name = hub, name
        self.seq, self.chain, self.clock = 0, bytes(32), None
        self.public = base64.b64encode(random.randbytes(32)).decode()
        self.token, self.connection = "", None
        if enrol:
            answer = self.enrol(read_code(hub.invite(name))["secret"])
            expect(answer.status == 200, answer)
            self.token = answer.json["token"]

    def enrol(self, secret, **changes):
        body = {"station": self.name, "secret": secret, "public": self.public, **changes}
        return self.request("POST", "/v1/enrol", json.dumps(body).encode(), token=None)

    def request(self, method, path, body=None, token="own", headers=None, timeout=DEADLINE_S):
        """One request over the kept connection, made again where the hub has closed it."""
        if self.connection is None:
            context = ssl._create_unverified_context()
            self.connection = http.client.HTTPSConnection(
                "127.0.0.1", self.hub.port, timeout=timeout, context=context
            )
        headers = dict(headers or {})
        if token is not None:
            headers["Authorization"] = "Bearer " + (self.token if token == "own" else token)
        try:
            self.connection.request(method, path, body=body, headers=headers)
            response = self.connection.getresponse()
            return Answer(response, response.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def fact(self, kind="passage", subject="FR-1", body='{"checkpoint":"entree"}'):
        """The next fact."""
        self.seq += 1
        fact = {
            "station": self.name,
            "seq": self.seq,
            "at": self.clock or (time.time_ns() // 1000000 << 16) + self.seq,
            "kind": kind,
            "subject": subject,
            "body": body,
        }
        self.chain = chain(self.chain, fact)
        fact["chain"] = self.chain.hex()
        return fact

    def facts(self, count):
        return [self.fact() for _ in range(count)]

    def back(self, head):
        """Forgets facts that were refused."""
        self.seq, self.chain = head

    def head(self):
        return self.seq, self.chain

    def push(self, facts, **more):
        return self.request("POST", "/v1/facts", lines(facts), **more)

    def pull(self, after=0, **parameters):
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        return self.request("GET", f"/v1/facts?after={after}&{query}")

    def held(self):
        return self.request("GET", "/v1/head").json["seq"]


class Answer:
    def __init__(self, response, body):
        self.status, self.body, self.headers = response.status, body, response.headers
        try:
            self.json = json.loads(body)
        except ValueError:
            self.json = None

    def facts(self):
        return [json.loads(line) for line in self.body.splitlines()]

    def error(self):
        return self.json.get("error") if isinstance(self.json, dict) else None

    def __repr__(self):
        return f"HTTP {self.status} {dict(self.headers)} {self.body[:500]!r}"


def lines(facts):
    return b"".join(json.dumps(fact).encode() + b"\n" for fact in facts)


def part(data):
    return len(data).to_bytes(8, "big") + data


def chain(previous, fact):
    """As src/journal/journal.h has it, computed anew here."""
    body_hash = hashlib.blake2b(fact["body"].encode(), digest_size=32).digest()
    data = (
        part(previous)
        + part(fact["station"].encode())
        + part(fact["seq"].to_bytes(8, "big"))
        + part(fact["at"].to_bytes(8, "big"))
    )
    data += part(fact["kind"].encode()) + part(fact["subject"].encode()) + part(body_hash)
    return hashlib.blake2b(data, digest_size=32).digest()


class Waiting:
    """A long poll in a thread of its own."""

    def __init__(self, station, after, wait):
        self.answer = None
        self.thread = threading.Thread(target=self.run, args=(station, after, wait))
        self.began = time.monotonic()
        self.thread.start()

    def run(self, station, after, wait):
        self.answer = station.pull(after, wait=wait)
        self.took = time.monotonic() - self.began

    def end(self):
        self.thread.join(DEADLINE_S)
        expect(self.answer is not None, "the poll does not end")
        return self.answer


def tests_of(module):
    return [
        (name, test)
        for name, test in vars(module).items()
        if name.startswith("test_") and callable(test)
    ]


def main(module, prepare):
    """Runs the module's test_ functions; each gets what @prepare's context gives."""
    tests = tests_of(module)
    chosen = sys.argv[1:]
    failed = 0
    print(f"1..{len(tests)}\n# SEED={SEED}", flush=True)
    try:
        for number, (name, test) in enumerate(tests, 1):
            if chosen and name not in chosen:
                print(f"ok {number} - {name} # SKIP not chosen")
                continue
            try:
                with prepare(name) as given:
                    test(given)
                print(f"ok {number} - {test.__doc__}", flush=True)
            except Exception:
                failed += 1
                print(
                    f"not ok {number} - {test.__doc__}\n# "
                    + traceback.format_exc().replace("\n", "\n# "),
                    flush=True,
                )
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    sys.exit(1 if failed else 0)
