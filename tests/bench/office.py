#!/usr/bin/env python3
"""office.py: the organisers' pages at 100,000 delegates and 1,000,000 passages: first byte and size
of Now, how soon Chromium has it, how soon a scan changes a number for 200 viewers while 50 stations
push, what the viewers cost, and tables to take away beside their Python peers. Prints rows for
run.py. The replica is made once and kept under build/bench/ while the tables stay as they are.

ROWS, PASSAGES, FACTS (a second) and VIEWERS may be set smaller."""
import asyncio
import csv
import gzip
import http.client
import json
import os
import random
import re
import ssl
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
os.environ.setdefault("BUILD", "build/release")
from kit import hub as hub_kit  # noqa: E402
from kit import office as kit  # noqa: E402
from kit.run import ACCUEIL, done  # noqa: E402

WORK = TOP / "build" / "bench"
ROWS = int(os.environ.get("ROWS", "100000"))
PASSAGES = int(os.environ.get("PASSAGES", "1000000"))
VIEWERS = int(os.environ.get("VIEWERS", "200"))
FACTS = int(os.environ.get("FACTS", "5000"))
STATIONS = 50
LOADS = 300  # of Now
MARKS = 60  # scans whose way to the browsers is measured
SECONDS = 12  # of load for each measure of acknowledgements
BATCH = 10
SHEET = 500  # names to sign
PLACES = (
    "entree-est",
    "entree-nord",
    "atelier-a1",
    "atelier-a4",
    "dejeuner-27",
    "entree-foire",
)
CONTEXT = ssl._create_unverified_context()


def row(figure, value, unit, limit, source="limit"):
    print("%s|%.3f|%s|%.3f|%s" % (figure, value, unit, limit, source), flush=True)


def note(text):
    print(text, flush=True)


def quantile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


# The congress ---------------------------------------------------------------------------------


def schema():
    text = (TOP / "src/journal/schema.h").read_text(encoding="utf-8")
    return "%s-%s" % tuple(
        re.search(r"#define SCHEMA_%s (\d+)" % n, text)[1] for n in ("MAJOR", "MINOR")
    )


class BenchOffice(kit.Office):
    """A hub on the kept replica."""

    def __init__(self, folder):
        self.folder, self.name = str(folder), "bench"
        self.db = os.path.join(self.folder, "hub.db")
        self.env = dict(hub_kit.ENVIRONMENT, ACCUEIL_NOW=kit.NOW)
        self.port = self.web = 0
        self.listen, self.more, self.process = None, [], None


def person(number):
    return ("CN-%06d" if number % 2 else "FR-%06d") % number


def passages_of(station, count, chance):
    """Bodies of passages of two days before and the morning of this one."""
    eight = kit.NOW_MS - (5 * 3600 + 44 * 60 + 52) * 1000
    made = []
    for _ in range(count):
        back = chance.choice((0, 0, 1))
        ms = eight - back * 86400000 + chance.randrange(5 * 3600 * 1000)
        day = "2016-10-%02d" % (27 - back)
        verdict = "ADMITTED" if chance.random() < 0.97 else "NOT_TODAY"
        direction = "out" if chance.random() < 0.2 else "in"
        body = '{"checkpoint":"%s","verdict":"%s","day":"%s","direction":"%s","code":"badge"}'
        place = chance.choices(PLACES, (6, 4, 1, 1, 2, 1))[0]
        made.append(
            (
                ms,
                person(chance.randrange(ROWS)),
                body % (place, verdict, day, direction),
            )
        )
    made.sort()
    return made


def fill(office):
    """Registrations from a list, passages from fifty stations, as it would be."""
    roster = WORK / "roster.csv"
    subprocess.run([sys.executable, TOP / "tests/bench/roster.py", str(ROWS), roster], check=True)
    early = dict(office.env, ACCUEIL_DB=office.db, ACCUEIL_NOW="2016-09-01T09:00:00+08:00")
    event = os.path.join(office.folder, "congress.ini")
    Path(event).write_text(kit.EVENT.read_text(encoding="utf-8") + kit.MORE, encoding="utf-8")
    done([ACCUEIL, "init", "--station", "hub"], env=early)
    done([ACCUEIL, "event", "load", event], env=early)
    done([ACCUEIL, "import", roster, "--yes"], env=early, limit_s=600)
    office.start()
    tokens, chance = {}, random.Random(20161027)
    for index in range(STATIONS):
        station = hub_kit.Raw(office, "poste-%02d" % index)
        bodies = passages_of(station, PASSAGES // STATIONS, chance)
        for start in range(0, len(bodies), 500):
            facts = []
            for number, (ms, reference, body) in enumerate(bodies[start : start + 500]):
                station.clock = (ms << 16) + number
                facts.append(station.fact("passage", reference, body))
            answer = station.push(facts)
            if answer.status != 200:
                raise SystemExit(repr(answer))
        station.close()
        tokens[station.name] = station.token
    secrets = {
        "viewer": office.user("viewer"),
        "organiser": office.user("organiser", "organiser"),
    }
    office.stop()
    (Path(office.folder) / "known.json").write_text(
        json.dumps({"tokens": tokens, "secrets": secrets})
    )


def prepare():
    folder = WORK / ("office-%s-%d-%d" % (schema(), ROWS, PASSAGES))
    office = BenchOffice(folder)
    if not (folder / "known.json").exists():
        subprocess.run(["rm", "-rf", folder], check=True)
        folder.mkdir(parents=True)
        start = time.monotonic()
        fill(office)
        note(
            "%-58s %10.2f s"
            % (
                "made: %d delegates, %d passages" % (ROWS, PASSAGES),
                time.monotonic() - start,
            )
        )
    known = json.loads((folder / "known.json").read_text())
    office.start()
    return office, known


# Pages ------------------------------------------------------------------------------------------


class Reader:
    """Somebody signed in who keeps her connection, as browsers do."""

    def __init__(self, office, name, secret=""):
        self.who = kit.Browser(office)
        answer = self.who.sign_in(name, secret=secret)
        if answer.status != 303:
            raise SystemExit(repr(answer))
        self.cookie = "; ".join("%s=%s" % pair for pair in self.who.cookies.items())
        self.connection = http.client.HTTPSConnection(
            "127.0.0.1", office.web, context=CONTEXT, timeout=120
        )

    def get(self, path, encoding="gzip"):
        """(ms to the first byte, ms to the last, headers, body)"""
        start = time.perf_counter()
        self.connection.request(
            "GET", path, headers={"Cookie": self.cookie, "Accept-Encoding": encoding}
        )
        response = self.connection.getresponse()
        first = time.perf_counter()
        body = response.read()
        last = time.perf_counter()
        if response.status != 200:
            raise SystemExit("%s: %d %r" % (path, response.status, body[:300]))
        return (first - start) * 1000, (last - start) * 1000, response.headers, body


def bench_now(reader):
    times = []
    for _ in range(LOADS):
        first, _, headers, body = reader.get("/now")
        times.append(first)
    row("Now, first byte, p99 of %d" % LOADS, quantile(times, 0.99), "ms", 10)
    note("%-58s %10.2f ms" % ("  median", quantile(times, 0.5)))
    if headers["Content-Encoding"] != "gzip":
        raise SystemExit("Now is not compressed")
    row("Now, compressed", len(body) / 1024, "KB", 30)
    note("%-58s %10.2f KB" % ("  plain", len(gzip.decompress(body)) / 1024))


def bench_browser(office, secret):
    from kit import browser

    try:
        who = browser.sign_in(office, "organiser", secret)
        times = []
        for _ in range(12):
            who.get(browser.address(office, "now"))
            times.append(
                who.execute_script(
                    "const n = performance.getEntriesByType('navigation')[0];"
                    "return n.domContentLoadedEventEnd - n.startTime"
                )
            )
        row(
            "Now, interactive in Chromium, median of 12 loads",
            quantile(times, 0.5),
            "ms",
            200,
        )
        note("%-58s %10.2f ms" % ("  slowest", max(times)))
    finally:
        browser.quit_all()


def bench_tables(reader):
    """Tables of everybody, from the click to the last byte, beside who only writes them."""
    table = WORK / "office-people.csv"
    for kind, limit, peer in (("csv", 1.5, "Python's csv"), ("xlsx", 5, "XlsxWriter")):
        first, last, _, body = reader.get("/exports/people." + kind)
        if kind == "csv":
            table.write_bytes(body)
            lines = body.count(b"\r\n")
            if lines < ROWS:
                raise SystemExit("%d lines of %d people" % (lines, ROWS))
        row("%d people as .%s over the pages" % (ROWS, kind), last / 1000, "s", limit)
        words = [
            sys.executable,
            TOP / "tests/bench/table.py",
            kind,
            table,
            WORK / ("office-peer." + kind),
        ]
        other = subprocess.run(
            ["/usr/bin/python3", *map(str, words[1:])],
            capture_output=True,
            text=True,
            check=True,
        )
        note("%-58s %10.2f s" % ("  the same only written by %s" % peer, float(other.stdout)))


def sheet_session(office):
    """A session's list cut to SHEET names would be another congress: a delegation is made of it."""
    reply = office.query("SELECT count(*) FROM delegate WHERE delegation = 'banc'")
    if reply[0][0] == SHEET:
        return
    path = os.path.join(office.folder, "sheet.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            [
                "Référence",
                "Nom",
                "Prénom",
                "Organisme",
                "Catégorie",
                "Délégation",
                "Jours",
                "Rencontres",
            ]
        )
        for n in range(SHEET):
            writer.writerow(
                [
                    "BE-%06d" % n,
                    "Lefèvre-Œuvrard",
                    "Anne-Laure %d" % n,
                    "Ville de Montpellier",
                    "élu",
                    "banc",
                    "27",
                    "oui",
                ]
            )
    early = dict(office.env, ACCUEIL_DB=office.db)
    done([ACCUEIL, "import", path, "--yes"], env=early, limit_s=600)


def bench_sheet(office, reader):
    sheet_session(office)
    times = [reader.get("/exports/sheet.pdf?day=%s&delegation=banc" % kit.DAY)[1] for _ in range(5)]
    row(
        "sheet of %d names to sign, over the pages, median" % SHEET,
        quantile(times, 0.5),
        "ms",
        300,
    )


# Viewers and load ---------------------------------------------------------------------------------


class Station:
    """One of the fifty: pushes batches that were made before."""

    def __init__(self, office, name, known):
        self.raw = hub_kit.Raw(office, name, enrol=False)
        self.raw.token = known
        head = self.raw.request("GET", "/v1/head").json
        self.raw.seq, self.raw.chain = head["seq"], bytes.fromhex(head["chain"])
        self.raw.close()
        self.port, self.reader, self.writer = office.port, None, None
        self.ms = kit.NOW_MS

    def batch(self, chance, count=BATCH, references=None):
        facts = []
        for index in range(count):
            self.ms += 1
            self.raw.clock = self.ms << 16
            reference = references[index] if references else person(chance.randrange(ROWS))
            body = {"checkpoint": "atelier-a4", "verdict": "ADMITTED", "day": kit.DAY}
            body.update(direction="in", period="", code="badge")
            if references:
                body["checkpoint"] = "entree-est"
            facts.append(self.raw.fact("passage", reference, json.dumps(body)))
        body = hub_kit.lines(facts)
        head = (
            "POST /v1/facts HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\n"
            "Content-Length: %d\r\n\r\n" % (self.raw.token, len(body))
        )
        return head.encode() + body

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=CONTEXT
        )

    async def send(self, request):
        start = time.perf_counter()
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
        body = await self.reader.readexactly(length)
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise SystemExit("a push was refused: %r %r" % (head[:100], body[:300]))
        return (time.perf_counter() - start) * 1000


class Viewer:
    """One who looks at Now: its stream, and when the number of who came was last what."""

    def __init__(self):
        self.seen = {}  # number arrived → when first

    async def run(self, port, cookie):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=CONTEXT, limit=1 << 22
        )
        writer.write(
            ("GET /live?page=now HTTP/1.1\r\nHost: hub\r\nCookie: %s\r\n\r\n" % cookie).encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        while line := await reader.readline():
            if b'class="facts"' in line:
                facts = re.findall(rb"<dd>([^<]*)</dd>", line)
                arrived = int(re.sub(rb"[^\d]", b"", facts[2]))
                self.seen.setdefault(arrived, time.perf_counter())


async def load(stations, seconds, rate, chance, acks):
    """About @rate facts a second, from all stations in turn; what acknowledging took into @acks."""
    gap = STATIONS * BATCH / rate

    async def one(station, requests, offset):
        begin = time.perf_counter() + offset
        for index, request in enumerate(requests):
            wait = begin + index * gap - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            acks.append(await station.send(request))

    turns = max(1, int(seconds / gap))
    work = [[station.batch(chance) for _ in range(turns)] for station in stations]
    start = time.perf_counter()
    await asyncio.gather(
        *(one(s, w, i * gap / STATIONS) for i, (s, w) in enumerate(zip(stations, work)))
    )
    return STATIONS * turns * BATCH / (time.perf_counter() - start)


def resident(pid):
    return int(re.search(r"VmRSS:\s*(\d+)", Path("/proc/%d/status" % pid).read_text())[1]) / 1024


async def bench_viewers(office, known, reader):
    chance = random.Random(1)
    stations = [Station(office, n, k) for n, k in sorted(known["tokens"].items())]
    marker = stations.pop()
    for station in (*stations, marker):
        await station.open()
    # Acknowledgements with nobody who looks, then with all; memory before and after.
    alone, watched, warm = [], [], []
    await load(stations, 3, FACTS, chance, warm)
    rate_alone = await load(stations, SECONDS, FACTS, chance, alone)
    before = resident(office.process.pid)
    viewers = [Viewer() for _ in range(VIEWERS)]
    tasks = [asyncio.create_task(v.run(office.web, reader.cookie)) for v in viewers]
    while not all(v.seen for v in viewers):
        for task in tasks:
            if task.done():
                raise SystemExit("a viewer's stream ended: %r" % task.exception())
        await asyncio.sleep(0.05)
    rate_watched = await load(stations, SECONDS, FACTS, chance, watched)
    row(
        "%d viewers, memory they add to the hub" % VIEWERS,
        resident(office.process.pid) - before,
        "MB",
        40,
    )
    note("%-58s %10.0f /s" % ("facts, nobody looks", rate_alone))
    note("%-58s %10.0f /s" % ("facts, %d look" % VIEWERS, rate_watched))
    for name, part in (("median", 0.5), ("p99", 0.99)):
        one, other = quantile(alone, part), quantile(watched, part)
        row(
            "acknowledgement with %d viewers, %s" % (VIEWERS, name),
            other,
            "ms",
            1.1 * one,
            "1.1 × with nobody who looks, %.1f ms" % one,
        )
    await bench_scan(office, stations, marker, viewers, chance)
    for task in tasks:
        task.cancel()


async def bench_scan(office, stations, marker, viewers, chance):
    """Somebody who was not there yet comes in, again and again, while the others push."""
    came = {
        r[0]
        for r in office.query(
            "SELECT DISTINCT p.reference FROM presence p JOIN checkpoint c ON c.id = p.checkpoint "
            "WHERE c.kind = 'entrance' AND p.day = '%s'" % kit.DAY
        )
    }
    new = [person(n) for n in range(ROWS) if person(n) not in came][:MARKS]
    if len(new) < MARKS:
        raise SystemExit("nobody is left to come")
    acks, took = [], []
    pushing = asyncio.create_task(load(stations, MARKS * 0.35 + 2, FACTS, chance, acks))
    await asyncio.sleep(1)
    for reference in new:
        request = marker.batch(chance, 1, [reference])
        count = max(max(v.seen) for v in viewers) + 1
        start = time.perf_counter()
        await marker.send(request)
        while not all(count in v.seen for v in viewers):
            if time.perf_counter() - start > 20:
                raise SystemExit("the number did not come: %d" % count)
            await asyncio.sleep(0.002)
        took += [(v.seen[count] - start) * 1000 for v in viewers]
        await asyncio.sleep(0.05 + chance.random() * 0.2)
    rate = await pushing
    note("%-58s %10.0f /s" % ("facts pushed meanwhile", rate))
    row(
        "scan to changed number at %d viewers, p99" % VIEWERS,
        quantile(took, 0.99),
        "ms",
        150,
    )
    note("%-58s %10.2f ms" % ("  median", quantile(took, 0.5)))


def main():
    office, known = prepare()
    try:
        viewer = Reader(office, "viewer")
        organiser = Reader(office, "organiser", known["secrets"]["organiser"])
        bench_now(viewer)
        bench_tables(organiser)
        bench_sheet(office, organiser)
        time.sleep(31)  # a one-time code opens once
        bench_browser(office, known["secrets"]["organiser"])
        asyncio.run(bench_viewers(office, known, viewer))
    finally:
        office.stop()


if __name__ == "__main__":
    main()
