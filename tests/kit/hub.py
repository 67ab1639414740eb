"""For the tests of the sync service: a real accueil-hub, stations that are made here so that they
can also do what accueil never does, and TAP."""
import base64
import contextlib
import hashlib
import http.client
import json
import os
import random
import signal
import sqlite3
import ssl
import subprocess
import threading
import time

from .run import ACCUEIL, BUSY_S, HUB, done, environment, rows
from .tap import expect, new_folder
from .wait import HANGS_S, LIMIT_S, ended, wait_for

ENVIRONMENT = environment()
# What would hang for ever is ended by then; how fast anything is, is not tested by it.
BATCH_MAX = 500
BODY_MAX = 4 * 1024 * 1024
FOLDER = new_folder("sync")


def run(*words, status=0, db=None):
    """A program's standard output, or what it complains of where its status is to be another."""
    answer = done(words, env=dict(ENVIRONMENT, ACCUEIL_DB=db or "/nonexistent/x.db"), status=status)
    return answer.out if status == 0 else answer.err


class Hub:
    """A hub's replica and, while it is started, its process; @words stand before its name."""

    words, host = (), "127.0.0.1"

    def __init__(self, name, now=None):
        """@now: a rehearsal's moment, at which it is made and each of its starts begins."""
        self.environment = dict(ENVIRONMENT, **({"ACCUEIL_NOW": now} if now else {}))
        self.folder = os.path.join(FOLDER, name)
        os.mkdir(self.folder)
        self.db = os.path.join(self.folder, "hub.db")
        self.port = 0
        self.process = None
        done([ACCUEIL, "init", "--station", "hub"], env=dict(self.environment, ACCUEIL_DB=self.db))

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [*self.words, HUB, "--db", self.db, "--listen", f"{self.host}:{self.port}"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=self.environment,
        )
        line = self.process.stdout.readline().decode()
        expect(
            line.startswith("listening on https://"),
            f"the hub says: {line!r}",
            open(self.log.name).read(),
        )
        self.port = int(line.rsplit(":", 1)[1])
        return self

    def stop(self, number=signal.SIGTERM, limit_s=LIMIT_S):
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(number)
        code = ended(process, limit_s)
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
        return rows(self.db, sql)

    def change(self, sql):
        """What no program does."""
        with contextlib.closing(sqlite3.connect(self.db, timeout=BUSY_S)) as db, db:
            db.execute(sql)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class InStep:
    """A @hub and its @stations, which come to hold the same facts and end together."""

    def replicas(self):
        return [self.hub.db] + [station.db for station in self.stations]

    def digests(self, *options):
        return {run(ACCUEIL, "verify", *options, db=db).split()[-1] for db in self.replicas()}

    def wait_equal(self):
        wait_for(lambda: len(self.digests()) == 1, "all replicas to hold the same facts")
        expect(len(self.digests("--projections")) == 1, "equal facts, other projections")
        return self.digests().pop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.ExitStack() as stack:
            stack.callback(self.hub.stop)
            for station in self.stations:
                stack.callback(station.stop)


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

    def request(self, method, path, body=None, token="own", headers=None, timeout=HANGS_S):
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
        self.thread.join(HANGS_S)
        expect(self.answer is not None, "the poll does not end")
        return self.answer
