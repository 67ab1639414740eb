#!/usr/bin/env python3
"""How the hub grows, from 1 to 500 stations and from 1,000 to 1,000,000 facts, as a table and a
picture (build/bench/scale.svg). `make bench-scale` runs it on a release build; each point is one
run of tests/bench/growth, beside a bare SQLite file. PARTS="stations facts new" some."""
import os
import re
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = (TOP / os.environ.get("BUILD", "build/release")).resolve()
WORK = TOP / "build" / "bench"
STATIONS = (1, 5, 20, 50, 100, 200, 500)
FACTS = (1000, 10_000, 100_000, 1_000_000)
DELEGATES = (1000, 10_000, 100_000)
PUSHED = 20_000  # of all stations together, at each point


def point(**what):
    """What growth says of one point, as numbers by name."""
    env = dict(os.environ, BUILD=str(BUILD))
    env.update({name.upper(): str(value) for name, value in what.items()})
    done = subprocess.run([BUILD / "tests/bench/growth"], env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("growth %s: %s" % (what, done.stderr))
    return {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}


def accueil(db, *words, program="accueil"):
    command = [BUILD / program, *(("--db", db) if program == "accueil-hub" else ()), *words]
    command += ["--db", db] if program == "accueil" else []
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit("%s: %s" % (" ".join(map(str, command)), done.stderr))
    return done.stdout


def wait_port(log, process):
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(r"https://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        time.sleep(0.02)
    raise SystemExit("the hub did not start: " + log.read_text())


def remove(db):
    for end in ("", "-wal", "-shm"):
        Path(str(db) + end).unlink(missing_ok=True)


def enrols(db, port, name, *role, wait_s=0):
    """Seconds in which a new station takes everybody; @wait_s: a person types the code so long."""
    station = WORK / (name + ".db")
    remove(station)
    accueil(station, "init", "--station", name)
    said = accueil(db, "invite", name, "--url", "https://127.0.0.1:%d" % port, *role,
                   program="accueil-hub")  # fmt: skip
    time.sleep(wait_s)
    start = time.monotonic()
    accueil(station, "enrol", re.search(r"ACCUEIL1:[\w-]+", said)[0])
    return time.monotonic() - start


def new_stations(db, typing_s=6):
    """How long new stations take at a hub of @db that has just started: by name, seconds."""
    log = WORK / "scale-hub.log"
    tag = "%d" % int(time.time())
    with open(log, "w", encoding="utf-8") as file:
        hub = subprocess.Popen(
            [BUILD / "accueil-hub", "--db", db, "--listen", "127.0.0.1:0"], stdout=file, stderr=file
        )
    try:
        port = wait_port(log, hub)
        return {
            "desk-at-once": enrols(db, port, "desk-a-" + tag),
            "gate": enrols(db, port, "gate-a-" + tag, "--role", "gate", wait_s=typing_s),
            "desk": enrols(db, port, "desk-b-" + tag),
        }
    finally:
        hub.terminate()
        hub.wait()


# The parts ----------------------------------------------------------------------------------------


def by_stations():
    """A row a number of stations."""
    for count in STATIONS:
        pushed = point(stations=count, requests=max(PUSHED // count, 20), rows=1000)
        told = point(stations=0, listeners=count, samples=40, rows=1000)
        yield count, dict(pushed, **told)


def by_facts():
    for count in FACTS:
        yield count, point(stations=50, requests=PUSHED // 50, rows=count)


def by_delegates():
    for count in DELEGATES:
        roster, db = WORK / "scale.csv", WORK / "scale.db"
        subprocess.run(
            [sys.executable, TOP / "tests/bench/roster.py", str(count), roster], check=True
        )
        remove(db)
        accueil(db, "init", "--station", "hub")
        accueil(db, "event", "load", TOP / "assets/demo/congress.ini")
        accueil(db, "import", roster, "--yes")
        yield count, new_stations(db)


PARTS = {
    "stations": ("stations", by_stations, (
        ("facts-a-second", "facts/s"), ("bare-facts-a-second", "bare SQLite, /s"),
        ("acknowledged-p99-ms", "acknowledged p99, ms"),
        ("known-at-all-p99-ms", "known at all p99, ms"),
        ("connected-resident-mb", "hub with all connected, MB"))),
    "facts": ("facts held", by_facts, (
        ("facts-a-second", "facts/s"), ("bare-facts-a-second", "bare SQLite, /s"),
        ("acknowledged-p99-ms", "acknowledged p99, ms"), ("loaded-resident-mb", "hub, MB"))),
    "new": ("delegates", by_delegates, (
        ("desk", "new desk, s"), ("gate", "new gate, s"), ("desk-at-once", "used at once, s"))),
}  # fmt: skip


# The picture --------------------------------------------------------------------------------------

WIDTH, HEIGHT, MARGIN = 420, 260, 56
COLOURS = ("#0b5fa5", "#8a8f98", "#b3261e", "#6a4c93", "#2e7d32")


def place(value, values, size):
    """On a scale of powers of ten, from 0 to @size."""
    from math import log10

    low, high = log10(min(values)), log10(max(values))
    return (log10(value) - low) / ((high - low) or 1) * size


def text(x, y, words, more=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" {more}>{words}</text>'


def curve(points, numbers, colour):
    ticks = [x for x, _ in points]
    at = [(place(x, ticks, WIDTH), HEIGHT - place(y, numbers, HEIGHT)) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at)
    return f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>{marks}'


def chart(title, found, columns):
    """Both axes by powers of ten; each curve has its last value beside its name."""
    kept = [(name, label) for name, label in columns if all(name in said for _, said in found)]
    values = [max(said[name], 0.01) for _, said in found for name, _ in kept]
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#c4c7cc"/>']
    for x, _ in found:
        at = place(x, [x for x, _ in found], WIDTH)
        parts.append(text(at, HEIGHT + 16, f"{x:,}", 'text-anchor="middle"'))
    for power in range(-2, 7):
        if min(values) <= 10**power <= max(values):
            y = HEIGHT - place(10**power, values, HEIGHT)
            parts.append(f'<path d="M0 {y:.1f}H{WIDTH}" stroke="#e3e5e8"/>')
            parts.append(text(-6, y + 4, f"{10**power:,g}", 'text-anchor="end"'))
    for (name, label), colour in zip(kept, COLOURS):
        points = [(x, max(said[name], 0.01)) for x, said in found]
        parts.append(curve(points, values, colour))
    for number, ((name, label), colour) in enumerate(zip(kept, COLOURS)):
        more = f'fill="{colour}" font-weight="bold"'
        parts.append(
            text(0, HEIGHT + 54 + 17 * number, f"{label}: {found[-1][1][name]:,.4g}", more)
        )
    parts.append(text(WIDTH / 2, HEIGHT + 34, title, 'text-anchor="middle"'))
    return "".join(parts)


def picture(charts):
    high = HEIGHT + 150
    body = "".join(
        f'<g transform="translate({MARGIN + n * (WIDTH + 2 * MARGIN)},20)">{chart(*one)}</g>'
        for n, one in enumerate(charts)
    )
    wide = len(charts) * (WIDTH + 2 * MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'font-family="Inter,sans-serif" font-size="12"><rect width="100%" height="100%" '
        f'fill="#fff"/>{body}</svg>\n'
    )


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    wanted, charts = sys.argv[1:] or list(PARTS), []
    for name in wanted:
        if name not in PARTS:
            raise SystemExit("%s is no part. The parts are: %s" % (name, " ".join(PARTS)))
        title, measure, columns = PARTS[name]
        print("\n%12s " % title + " ".join("%26s" % label for _, label in columns), flush=True)
        found = []
        for count, said in measure():
            found.append((count, said))
            cells = ("%26.2f" % said[key] if key in said else "%26s" % "" for key, _ in columns)
            print("%12d " % count + " ".join(cells), flush=True)
        charts.append((title, found, columns))
    path = WORK / "scale.svg"
    path.write_text(picture(charts), encoding="utf-8")
    print("\ndrawn: %s" % path)


if __name__ == "__main__":
    main()
