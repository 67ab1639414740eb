#!/usr/bin/env python3
"""How the hub grows, from 1 to 500 stations and from 1,000 to 1,000,000 facts, as a table and a
picture (build/bench/scale.svg). `make bench-scale` runs it on a release build; each point is one
run of tests/bench/growth, beside a bare SQLite file. PARTS="stations facts new" some."""
import os
import re
import subprocess
import sys
import time
from math import ceil, floor, log10
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


# Of each column its name, its label and what it is measured in: each unit has a chart of its own.
PARTS = {
    "stations": ("stations", by_stations, (
        ("facts-a-second", "taken", "facts a second"),
        ("bare-facts-a-second", "bare SQLite", "facts a second"),
        ("acknowledged-p99-ms", "acknowledged, p99", "milliseconds"),
        ("known-at-all-p99-ms", "known at all, p99", "milliseconds"),
        ("connected-resident-mb", "hub, all connected", "megabytes"))),
    "facts": ("facts held", by_facts, (
        ("facts-a-second", "taken", "facts a second"),
        ("bare-facts-a-second", "bare SQLite", "facts a second"),
        ("acknowledged-p99-ms", "acknowledged, p99", "milliseconds"),
        ("loaded-resident-mb", "hub", "megabytes"))),
    "new": ("delegates", by_delegates, (
        ("desk", "new desk", "seconds"), ("gate", "new gate", "seconds"),
        ("desk-at-once", "code used at once", "seconds"))),
}  # fmt: skip


# The picture --------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, RIGHT, BELOW = 270, 190, 64, 30, 100
COLOURS = ("#0b5fa5", "#8a5a00", "#b3261e")


def whole_powers(values):
    """The powers of ten around them."""
    return floor(log10(min(values))), max(ceil(log10(max(values))), floor(log10(min(values))) + 1)


def place(value, low, high, size):
    """On a scale of powers of ten, from 0 to @size."""
    return (log10(value) - low) / ((high - low) or 1) * size


def text(x, y, words, more=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" {more}>{words}</text>'


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def grid(counts, powers, axis):
    """Lines at the powers of ten, and what is counted below."""
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#c4c7cc"/>']
    for power in range(powers[0], powers[1] + 1):
        y = HEIGHT - place(10.0**power, *powers, HEIGHT)
        parts.append(f'<path d="M0 {y:.1f}H{WIDTH}" stroke="#e3e5e8"/>')
        parts.append(text(-8, y + 4, f"{10.0**power:,g}", 'text-anchor="end" fill="#50565e"'))
    for count in counts:
        x = place(count, log10(counts[0]), log10(counts[-1]), WIDTH)
        short = f"{count // 1000:,}k" if count >= 1000 else str(count)
        parts.append(text(x, HEIGHT + 17, short, 'text-anchor="middle" fill="#50565e"'))
    parts.append(text(WIDTH / 2, HEIGHT + 35, axis, 'text-anchor="middle" fill="#50565e"'))
    return parts


def curve(points, counts, powers, colour):
    ends = log10(counts[0]), log10(counts[-1])
    at = [(place(x, *ends, WIDTH), HEIGHT - place(y, *powers, HEIGHT)) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at)
    return f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>{marks}'


def chart(axis, unit, found, columns):
    """One unit: both axes by powers of ten; each curve is named below, with its ends."""
    counts = [count for count, _ in found]
    values = [max(said[name], 0.01) for _, said in found for name, _ in columns]
    powers = whole_powers(values)
    parts = [text(0, -10, unit, 'font-weight="bold"'), *grid(counts, powers, axis)]
    for place_of, ((name, label), colour) in enumerate(zip(columns, COLOURS)):
        points = [(count, max(said[name], 0.01)) for count, said in found]
        parts.append(curve(points, counts, powers, colour))
        words = f"{label}: {number(points[0][1])} → {number(points[-1][1])}"
        parts.append(
            text(0, HEIGHT + 56 + 17 * place_of, words, f'fill="{colour}" font-weight="bold"')
        )
    return "".join(parts)


def charts_of(axis, found, columns):
    """A row of them: one for each unit, in the order in which they come."""
    units = {}
    for name, label, unit in columns:
        units.setdefault(unit, []).append((name, label))
    return [chart(axis, unit, found, some) for unit, some in units.items()]


def picture(rows):
    across, down = LEFT + WIDTH + RIGHT, 40 + HEIGHT + BELOW
    body = "".join(
        f'<g transform="translate({LEFT + x * across},{40 + y * down})">{one}</g>'
        for y, row in enumerate(rows)
        for x, one in enumerate(row)
    )
    wide, high = max(map(len, rows)) * across, len(rows) * down
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'font-family="Inter,sans-serif" font-size="12"><rect width="100%" height="100%" '
        f'fill="#fff"/>{body}</svg>\n'
    )


def cell(words):
    return "%32s" % words


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    wanted, charts = sys.argv[1:] or list(PARTS), []
    for name in wanted:
        if name not in PARTS:
            raise SystemExit("%s is no part. The parts are: %s" % (name, " ".join(PARTS)))
        title, measure, columns = PARTS[name]
        print(
            "\n%12s " % title
            + " ".join(cell("%s, %s" % (label, unit)) for _, label, unit in columns)
        )
        found = []
        for count, said in measure():
            found.append((count, said))
            print("%12d " % count + " ".join(cell("%.2f" % said[key]) for key, _, _ in columns))
            sys.stdout.flush()
        charts.append(charts_of(title, found, columns))
    path = WORK / "scale.svg"
    path.write_text(picture(charts), encoding="utf-8")
    print("\ndrawn: %s" % path)


if __name__ == "__main__":
    main()
