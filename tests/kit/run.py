"""The programs under test, as the tests start them: in a plain environment, with their output, and
their status held against what it must be."""
import contextlib
import csv
import json
import os
import re
import sqlite3
import subprocess
import threading
import urllib.parse
from pathlib import Path

from . import wait
from .tap import expect

TOP = Path(__file__).resolve().parents[2]
BUILD = (TOP / os.environ.get("BUILD", "build/debug")).resolve()
MODE = os.environ.get("MODE", BUILD.name)
ACCUEIL, HUB, KIOSK = (str(BUILD / name) for name in ("accueil", "accueil-hub", "accueil-kiosk"))
ASSETS = TOP / "assets"
DEMO = ASSETS / "demo"
EVENT = DEMO / "congress.ini"
FRENCH, CHINESE, GLOSSARY = (
    DEMO / name for name in ("inscriptions-cuf.csv", "报名表.csv", "glossaire-术语表.csv")
)
# Moments of the demo's congress.
MORNING, NOON = "2016-10-26T09:12:00+08:00", "2016-10-26T12:30:00+08:00"
NEXT_DAY = "2016-10-27T09:12:00+08:00"

# What would have the programs speak otherwise than they do at a venue.
FOREIGN = ("LC_", "LANG", "ACCUEIL")
LIMIT_S = 60
# How long a question may wait for whoever writes.
BUSY_S = 60


def environment(base=os.environ, foreign=FOREIGN, **more):
    """@base without what is foreign to a test, and with @more."""
    kept = {
        name: text
        for name, text in base.items()
        if not name.startswith(foreign) and not name.lower().endswith("_proxy")
    }
    return dict(kept, **more)


class Answer:
    """What a program has said, and its status."""

    def __init__(self, words, code, out, err):
        self.words, self.code, self.out, self.err = words, code, out, err

    def __repr__(self):
        return (
            f"{' '.join(self.words)} ended with {self.code}"
            f"\nstdout: {self.out[-1500:]}\nstderr: {self.err[-1500:]}"
        )


def _feed(pipe, data):
    """Popen.communicate () forgets what it has not sent yet when its time is over."""
    with contextlib.suppress(BrokenPipeError), pipe:
        pipe.write(data)


def done(words, *, stdin="", env=None, status=0, limit_s=LIMIT_S, heard=True, **more):
    """Runs a program to its end. Its status must be @status (None: any), and no sanitizer may have
    found anything. @heard: FALSE for one that leaves another behind, which would hold its output.
    """
    words = [str(word) for word in words]
    said = subprocess.PIPE if heard else subprocess.DEVNULL
    process = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=said,
        stderr=said,
        env=environment() if env is None else env,
        **more,
    )
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    threading.Thread(target=_feed, args=(process.stdin, data), daemon=True).start()
    process.stdin = None
    out, err = wait.answer(process, limit_s)
    answer = Answer(words, process.returncode, (out or b"").decode(), (err or b"").decode())
    expect(status is None or answer.code == status, f"{status} was expected:", answer)
    expect("Sanitizer" not in answer.err and "runtime error" not in answer.err, answer)
    return answer


def accueil(*words, db=None, now=None, env=None, **more):
    """`accueil` on the replica @db at the moment @now, if these are given."""
    env = dict(environment() if env is None else env)
    if db is not None:
        env["ACCUEIL_DB"] = str(db)
    if now is not None:
        env["ACCUEIL_NOW"] = now
    return done([ACCUEIL, *words], env=env, **more)


def reader_of(db):
    """A connection to a replica that others have open; to make one reads its whole schema."""
    uri = f"file:{urllib.parse.quote(str(db))}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_S)


def rows(db, sql, *values):
    """What a replica answers that others have open."""
    with contextlib.closing(reader_of(db)) as replica:
        return replica.execute(sql, values).fetchall()


def as_text(answer):
    """Rows as text: a line a row, with | between columns; "" is no row, or nothing in it."""
    return "\n".join(
        "|".join("" if value is None else str(value) for value in row) for row in answer
    )


def text_of(db, sql):
    return as_text(rows(db, sql))


def codes_of(sheet):
    """Reference → code, of what `accueil ticket issue --csv` has written."""
    with open(sheet, encoding="utf-8-sig", newline="") as rows:
        return {row["reference"]: row["code"] for row in csv.DictReader(rows)}


def demo_congress(call, folder, station, lists=(FRENCH, CHINESE, "--glossary", GLOSSARY)):
    """Makes a replica with the demo's congress, its lists and everybody's ticket by @call, which
    runs
    `accueil` on it. Reference → code."""
    sheet = Path(folder) / "tickets.csv"
    call("init", "--station", station)
    call("event", "load", EVENT)
    call("key", "new")
    call("import", *lists, "--yes")
    call("ticket", "issue", "--csv", sheet)
    return codes_of(sheet)


def pin_of(said):
    """The PIN in what `accueil volunteer add` says."""
    return "".join(re.findall(r"\d+", said))


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]
