#!/usr/bin/env python3
"""How the hub grows, from 1 to 500 stations and from 1,000 to 1,000,000 facts, as a table and a
picture (build/bench/scale.svg). `make bench-scale` runs it on a release build; each point is one
run of tests/bench/growth, beside a bare SQLite file. PARTS="stations facts new" some.

A million facts take a minute of processor time to write before anything is measured, and 2 GB of
disk; a line on standard error says what is being done."""
import os
import re
import resource
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
    """Seconds in which a new station takes everybody, and those of its two threads' processor;
    @wait_s: a person types the code so long."""
    station = WORK / (name + ".db")
    remove(station)
    accueil(station, "init", "--station", name)
    said = accueil(db, "invite", name, "--url", "https://127.0.0.1:%d" % port, *role,
                   program="accueil-hub")  # fmt: skip
    time.sleep(wait_s)
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    accueil(station, "enrol", re.search(r"ACCUEIL1:[\w-]+", said)[0])
    taken, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def new_stations(db, typing_s=6):
    """How long new stations take at a hub of @db that has just started: by name, seconds; and
    the processor's for a desk."""
    log = WORK / "scale-hub.log"
    tag = "%d" % int(time.time())
    with open(log, "w", encoding="utf-8") as file:
        hub = subprocess.Popen(
            [BUILD / "accueil-hub", "--db", db, "--listen", "127.0.0.1:0"], stdout=file, stderr=file
        )
    try:
        port = wait_port(log, hub)
        at_once, _ = enrols(db, port, "desk-a-" + tag)
        gate, _ = enrols(db, port, "gate-a-" + tag, "--role", "gate", wait_s=typing_s)
        desk, spent = enrols(db, port, "desk-b-" + tag)
        return {"desk-at-once": at_once, "gate": gate, "desk": desk, "desk-processor": spent}
    finally:
        hub.terminate()
        hub.wait()


def tell(what):
    """What is being measured now: a point may take minutes."""
    print("  … %s" % what, file=sys.stderr, flush=True)


# The parts ----------------------------------------------------------------------------------------


def by_stations():
    """A row a number of stations."""
    for count in STATIONS:
        tell(f"{count} station{'s'[: count > 1]}")
        pushed = point(stations=count, requests=max(PUSHED // count, 20), rows=1000)
        told = point(stations=0, listeners=count, samples=40, rows=1000)
        yield count, dict(pushed, **told)


def by_facts():
    for count in FACTS:
        tell(f"a hub that holds {count:,} facts")
        yield count, point(stations=50, requests=PUSHED // 50, rows=count)


def by_delegates():
    for count in DELEGATES:
        tell(f"new stations at a hub with {count:,} delegates")
        roster, db = WORK / "scale.csv", WORK / "scale.db"
        subprocess.run(
            [sys.executable, TOP / "tests/bench/roster.py", str(count), roster], check=True
        )
        remove(db)
        accueil(db, "init", "--station", "hub")
        accueil(db, "event", "load", TOP / "assets/demo/congress.ini")
        accueil(db, "import", roster, "--yes")
        yield count, new_stations(db)


# Of each part the heading of its row, what is counted, and its columns: name, label, what it is
# measured in (each unit has a chart of its own) and the limit that is set for it, if there is one.
PARTS = {
    "stations": ("More stations, one fact a request each", "stations", by_stations, (
        ("facts-a-second", "taken", "facts a second", None),
        ("bare-facts-a-second", "bare SQLite", "facts a second", None),
        ("acknowledged-p99-ms", "acknowledged, p99", "milliseconds", None),
        ("known-at-all-p99-ms", "known at all, p99", "milliseconds", 100),
        ("connected-resident-mb", "hub, all connected", "megabytes", 150),
        ("processor-us-a-fact", "hub’s processor", "microseconds a fact", None))),
    "facts": ("More facts held, 50 stations, one fact a request each", "facts held", by_facts, (
        ("facts-a-second", "taken", "facts a second", 12000),
        ("bare-facts-a-second", "bare SQLite", "facts a second", None),
        ("acknowledged-p99-ms", "acknowledged, p99", "milliseconds", 10),
        ("loaded-resident-mb", "hub", "megabytes", 150),
        ("processor-us-a-fact", "hub’s processor", "microseconds a fact", None))),
    "new": ("More delegates to take for a new station", "delegates", by_delegates, (
        ("desk", "new desk", "seconds", 4), ("gate", "new gate", "seconds", None),
        ("desk-at-once", "code used at once", "seconds", None),
        ("desk-processor", "new desk", "seconds of processor", None))),
}  # fmt: skip


# The picture --------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, RIGHT, ABOVE, BELOW = 270, 190, 64, 30, 62, 92
COLOURS = ("#0b5fa5", "#8a5a00", "#b3261e")
GREY = "#50565e"
MORE_IS_BETTER = ("facts a second",)


def whole_powers(values):
    """The powers of ten around them."""
    return floor(log10(min(values))), max(ceil(log10(max(values))), floor(log10(min(values))) + 1)


def place(value, low, high, size):
    """On a scale of powers of ten, from 0 to @size."""
    return (log10(value) - low) / ((high - low) or 1) * size


def text(x, y, words, more=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" {more}>{words}</text>'


def short(count):
    for size, sign in ((1_000_000, "M"), (1000, "k")):
        if count >= size:
            return f"{count // size:,} {sign}"
    return str(count)


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def grid(counts, powers, axis):
    """Lines at the powers of ten, and what is counted below."""
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#c4c7cc"/>']
    for power in range(powers[0], powers[1] + 1):
        y = HEIGHT - place(10.0**power, *powers, HEIGHT)
        parts.append(f'<path d="M0 {y:.1f}H{WIDTH}" stroke="#e3e5e8"/>')
        parts.append(text(-8, y + 4, f"{10.0**power:,g}", f'text-anchor="end" fill="{GREY}"'))
    for count in counts:
        x = place(count, log10(counts[0]), log10(counts[-1]), WIDTH)
        parts.append(text(x, HEIGHT + 17, short(count), f'text-anchor="middle" fill="{GREY}"'))
    parts.append(text(WIDTH / 2, HEIGHT + 35, axis, f'text-anchor="middle" fill="{GREY}"'))
    return parts


def curve(points, counts, powers, colour):
    ends = log10(counts[0]), log10(counts[-1])
    at = [(place(x, *ends, WIDTH), HEIGHT - place(y, *powers, HEIGHT)) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at)
    return f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>{marks}'


def limit_line(limit, powers, colour):
    """Dashed, in the colour of what it is set for; the words below say how much it is."""
    y = HEIGHT - place(limit, *powers, HEIGHT)
    return f'<path d="M0 {y:.1f}H{WIDTH}" stroke="{colour}" stroke-dasharray="5 4"/>'


def chart(axis, unit, found, columns):
    """One unit: both axes by powers of ten; each curve is named below, with its ends."""
    counts = [count for count, _ in found]
    limits = [limit for _, _, limit in columns if limit is not None]
    values = [max(said[name], 0.01) for _, said in found for name, _, _ in columns] + limits
    powers = whole_powers(values)
    parts = [text(0, -10, unit, 'font-weight="bold"'), *grid(counts, powers, axis)]
    for place_of, ((name, label, limit), colour) in enumerate(zip(columns, COLOURS)):
        points = [(count, max(said[name], 0.01)) for count, said in found]
        parts.append(curve(points, counts, powers, colour))
        words = f"{label}: {number(points[0][1])} → {number(points[-1][1])}"
        if limit is not None:
            parts.append(limit_line(limit, powers, colour))
            words += f" ({'at least' if unit in MORE_IS_BETTER else 'at most'} {limit:,g})"
        parts.append(
            text(0, HEIGHT + 56 + 17 * place_of, words, f'fill="{colour}" font-weight="bold"')
        )
    return "".join(parts)


def charts_of(axis, found, columns):
    """A row of them: one for each unit, in the order in which they come."""
    units = {}
    for name, label, unit, limit in columns:
        units.setdefault(unit, []).append((name, label, limit))
    return [chart(axis, unit, found, some) for unit, some in units.items()]


def picture(rows, subtitle):
    """@rows: of each its heading and its charts."""
    across, down, top = LEFT + WIDTH + RIGHT, ABOVE + HEIGHT + BELOW, 50
    heads = "".join(
        text(16, top + y * down + 22, heading, 'font-size="15" font-weight="bold"')
        for y, (heading, _) in enumerate(rows)
    )
    body = "".join(
        f'<g transform="translate({LEFT + x * across},{top + ABOVE + y * down})">{one}</g>'
        for y, (_, row) in enumerate(rows)
        for x, one in enumerate(row)
    )
    wide, high = max(3, *(len(row) for _, row in rows)) * across, top + len(rows) * down
    title = text(16, 28, "How the hub grows", 'font-size="20" font-weight="bold"')
    title += text(16, 47, subtitle, f'fill="{GREY}"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'font-family="Inter,sans-serif" font-size="12"><rect width="100%" height="100%" '
        f'fill="#fff"/>{title}{heads}{body}</svg>\n'
    )


def cell(words):
    return "%20s" % words


def print_heading(axis, columns):
    """Two lines: what, and in which unit."""
    print("\n%12s %s" % (axis, " ".join(cell(label) for _, label, _, _ in columns)))
    print("%12s %s" % ("", " ".join(cell(unit) for _, _, unit, _ in columns)), flush=True)


def when(load_then):
    """A figure of a busy machine is no figure of the hub, but for the processor's time: so the
    picture says how busy it was."""
    at, load = time.strftime("%Y-%m-%d %H:%M"), os.getloadavg()[0]
    return f"{at}, {os.cpu_count()} processors, load {load_then:.1f} to {load:.1f}"


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    wanted, rows, load = sys.argv[1:] or list(PARTS), [], os.getloadavg()[0]
    if wrong := [name for name in wanted if name not in PARTS]:
        raise SystemExit("%s is no part. The parts are: %s" % (wrong[0], " ".join(PARTS)))
    path = WORK / "scale.svg"
    for name in wanted:
        heading, axis, measure, columns = PARTS[name]
        print_heading(axis, columns)
        found = []
        for count, said in measure():
            found.append((count, said))
            values = " ".join(cell(f"{said[key]:,.2f}") for key, _, _, _ in columns)
            print("%12s %s" % (f"{count:,}", values), flush=True)
        rows.append((heading, charts_of(axis, found, columns)))
        path.write_text(picture(rows, when(load)), encoding="utf-8")
    print("\ndrawn: %s" % path)


if __name__ == "__main__":
    main()
