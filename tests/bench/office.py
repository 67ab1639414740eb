#!/usr/bin/env python3
"""office.py [PART…]: the organisers' pages at 100,000 delegates and 1,000,000 passages. The parts:
now (first byte and size), pages (the others' first bytes), browser (how soon Chromium has it, and
how soon two see a scan), tables and sheet (to take away, tables beside their Python peers), viewers
(what 200 of them cost) and scan (how soon one changes a number for all of them), both while 50
stations push. Prints rows for run.py. The replica is made once and kept under build/bench/ while
the tables stay as they are.

Those who push and those who look are programs of their own (this one again), so that neither waits
for the other; all clocks are the machine's. ROWS, PASSAGES, FACTS (a second) and VIEWERS may be set
smaller."""
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
from types import SimpleNamespace

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
os.environ.setdefault("BUILD", "build/release")
from kit import hub as hub_kit  # noqa: E402
from kit import office as kit  # noqa: E402
from kit.run import ACCUEIL, HUB, done  # noqa: E402

WORK = TOP / "build" / "bench"
FILL = Path(HUB).parent / "tests/bench/fill"
ROWS = int(os.environ.get("ROWS", "100000"))
PASSAGES = int(os.environ.get("PASSAGES", "1000000"))
VIEWERS = int(os.environ.get("VIEWERS", "200"))
FACTS = int(os.environ.get("FACTS", "5000"))
STATIONS = 50
LOADS = 300  # of Now
SIGHTS = 20  # scans that two browsers see
MARKS = 60  # scans whose way to the browsers is measured
SECONDS = 12  # of load for each measure of acknowledgements
BATCH = 10
SHEET = 500  # names to sign
CONTEXT = ssl._create_unverified_context()


DISK = "limit with the disk"  # as run.py has it


def row(figure, value, unit, limit, source="limit"):
    print("%s|%.3f|%s|%.3f|%s" % (figure, value, unit, limit, source), flush=True)


def note(text):
    print(text, flush=True)


def quantile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def resident(pid):
    return int(re.search(r"VmRSS:\s*(\d+)", Path("/proc/%d/status" % pid).read_text())[1]) / 1024


def processor_s(pid):
    """Seconds of the processor that it has taken, and its children that have ended."""
    fields = Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


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


def fill(office):
    """Registrations from a list; passages of fifty stations, as the hub takes them, but not over
    HTTP, which took four minutes (fill.c)."""
    roster = WORK / "roster.csv"
    subprocess.run([sys.executable, TOP / "tests/bench/roster.py", str(ROWS), roster], check=True)
    early = dict(office.env, ACCUEIL_DB=office.db, ACCUEIL_NOW="2016-09-01T09:00:00+08:00")
    event = os.path.join(office.folder, "congress.ini")
    Path(event).write_text(kit.EVENT.read_text(encoding="utf-8") + kit.MORE, encoding="utf-8")
    done([ACCUEIL, "init", "--station", "hub"], env=early)
    done([ACCUEIL, "event", "load", event], env=early)
    done([ACCUEIL, "import", roster, "--yes"], env=early, limit_s=600)
    words = [FILL, office.db, kit.NOW, ROWS, PASSAGES, STATIONS]
    said = done([str(word) for word in words], env=office.env, limit_s=600).out
    secrets = {
        "viewer": office.user("viewer"),
        "organiser": office.user("organiser", "organiser"),
    }
    (Path(office.folder) / "known.json").write_text(
        json.dumps({"tokens": dict(map(str.split, said.splitlines())), "secrets": secrets})
    )


def copy_by_pages(source, target):
    """As SQLite writes it. What cp writes by the megabyte lies in the kernel's cache in pieces as
    large, and each page that is changed there later costs ten times as much (25 µs on Linux 6.18)
    as with a hub that wrote its file itself."""
    with open(source, "rb") as old, open(target, "wb", buffering=0) as new:
        while page := old.read(4096):
            new.write(page)


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
    # What a run pushes goes with it: the next one finds the same congress.
    copy = WORK / "office-run"
    subprocess.run(["rm", "-rf", copy], check=True)
    copy.mkdir()
    for file in folder.iterdir():
        copy_by_pages(file, copy / file.name)
    office = BenchOffice(copy)
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


def bench_now(office, reader):
    times, spent = [], processor_s(office.process.pid)
    for _ in range(LOADS):
        first, _, headers, body = reader.get("/now")
        times.append(first)
    spent = processor_s(office.process.pid) - spent
    row("Now, first byte, p99 of %d" % LOADS, quantile(times, 0.99), "ms", 10)
    note("%-58s %10.2f ms" % ("  median", quantile(times, 0.5)))
    note("%-58s %10.2f ms" % ("  processor, each", spent * 1000 / LOADS))
    if headers["Content-Encoding"] != "gzip":
        raise SystemExit("Now is not compressed")
    row("Now, compressed", len(body) / 1024, "KB", 30)
    note("%-58s %10.2f KB" % ("  plain", len(gzip.decompress(body)) / 1024))


OTHERS = ("wall", "delegations", "sessions", "services", "meals", "stations", "people?q=li")


def bench_pages(reader):
    """All of it counted when it is asked for, or kept from one change to the next: no limit is set
    for these, but a page that somebody waits for is seen here."""
    for page in OTHERS:
        times = [reader.get("/" + page) for _ in range(20)]
        firsts = [first for first, _, _, _ in times]
        note(
            "%-58s %10.2f ms (median %.2f, %.0f KB)"
            % (
                "  %s, first byte, slowest of 20" % page,
                max(firsts),
                quantile(firsts, 0.5),
                len(times[-1][3]) / 1024,
            )
        )


# Every number that stands there, and when it came, in milliseconds since 1970.
WATCH = """
window.came = [];
new MutationObserver(() => window.came.push([
  Number(document.querySelector('.huge').textContent.replace(/[^0-9]/g, '')),
  performance.timeOrigin + performance.now()])).observe(
  document.getElementById('figure'), {childList: true, subtree: true});
return Number(document.querySelector('.huge').textContent.replace(/[^0-9]/g, ''));
"""


def bench_two(office, known, browsers):
    """Two browsers that look at Now, at rest; the slower of them counts."""
    from kit import browser

    name, token = sorted(known["tokens"].items())[-1]
    marker, chance, took = Station(office.port, name, token), random.Random(3), []
    for who in browsers:
        who.get(browser.address(office, "now"))
    number = max(who.execute_script(WATCH) for who in browsers)

    async def come(reference):
        if marker.writer is None:
            await marker.open()
        start = time.time()
        await marker.send(marker.batch(chance, 1, [reference]))
        return start * 1000

    with asyncio.Runner() as runner:
        for reference in not_there_yet(office)[-SIGHTS:]:
            start = runner.run(come(reference))
            number += 1
            for who in browsers:
                until = time.monotonic() + 10
                while not (
                    seen := who.execute_script(
                        "return window.came.filter((c) => c[0] >= arguments[0])", number
                    )
                ):
                    if time.monotonic() > until:
                        raise SystemExit("a browser does not see %d" % number)
                    time.sleep(0.05)
                took.append(min(at for _, at in seen) - start)
            time.sleep(chance.random() * 0.3)
    row(
        "a scan until two browsers have drawn it, slowest of %d" % SIGHTS,
        max(took),
        "ms",
        300,
        DISK,
    )
    note("%-58s %10.2f ms" % ("  median", quantile(took, 0.5)))


def bench_browser(office, known, secret):
    from kit import browser

    time.sleep(31)  # a one-time code opens once
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
        bench_two(office, known, (who, browser.sign_in(office, "viewer")))
    finally:
        browser.quit_all()


def bench_tables(office, reader):
    """Tables of everybody, from the click to the last byte, beside who only writes them."""
    table = WORK / "office-people.csv"
    for kind, limit, peer in (("csv", 1.5, "Python's csv"), ("xlsx", 5, "XlsxWriter")):
        spent, before = processor_s(office.process.pid), resident(office.process.pid)
        _, last, _, body = reader.get("/exports/people." + kind)
        spent = processor_s(office.process.pid) - spent
        if kind == "csv":
            table.write_bytes(body)
            lines = body.count(b"\r\n")
            if lines < ROWS:
                raise SystemExit("%d lines of %d people" % (lines, ROWS))
        row("%d people as .%s over the pages" % (ROWS, kind), last / 1000, "s", limit)
        note("%-58s %10.2f s" % ("  processor", spent))
        note("%-58s %10.2f MB" % ("  memory it adds", resident(office.process.pid) - before))
        words = [TOP / "tests/bench/table.py", kind, table, WORK / ("office-peer." + kind)]
        other = subprocess.run(
            ["/usr/bin/python3", *map(str, words)], capture_output=True, text=True, check=True
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
    path, spent = "/exports/sheet.pdf?day=%s&delegation=banc" % kit.DAY, processor_s(
        office.process.pid
    )
    times = [reader.get(path)[1] for _ in range(5)]
    spent = processor_s(office.process.pid) - spent
    row(
        "sheet of %d names to sign, over the pages, median" % SHEET,
        quantile(times, 0.5),
        "ms",
        300,
    )
    note("%-58s %10.2f ms" % ("  processor, each", spent * 1000 / 5))


# Who pushes -------------------------------------------------------------------------------------


class Station:
    """One of the fifty: pushes batches that were made before."""

    def __init__(self, port, name, known):
        self.raw = hub_kit.Raw(SimpleNamespace(port=port), name, enrol=False)
        self.raw.token = known
        head = self.raw.request("GET", "/v1/head").json
        self.raw.seq, self.raw.chain = head["seq"], bytes.fromhex(head["chain"])
        self.raw.close()
        self.port, self.reader, self.writer = port, None, None
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
        """Milliseconds until it is acknowledged; a hub that has too much to do is asked again, as
        stations do."""
        start = time.perf_counter()
        while True:
            self.writer.write(request)
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
            body = await self.reader.readexactly(length)
            took = time.perf_counter() - start
            status = head.split(b"\r\n")[0]
            if b" 200 " in status:
                return took * 1000
            if b" 503 " not in status or took > 30:
                raise SystemExit("a push was refused: %r %r" % (head[:100], body[:300]))
            await asyncio.sleep(0.05)


async def push(stations, seconds, chance, acks):
    """About FACTS a second, from all stations in turn; what acknowledging took into @acks. Answers
    how many a second it was."""
    gap = len(stations) * BATCH / FACTS
    turns = max(1, int(seconds / gap))
    work = [[station.batch(chance) for _ in range(turns)] for station in stations]
    for station in stations:
        await station.open()

    async def one(station, requests, offset):
        begin = time.perf_counter() + offset
        for index, request in enumerate(requests):
            wait = begin + index * gap - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            acks.append(await station.send(request))

    print("ready", flush=True)
    start = time.perf_counter()
    await asyncio.gather(
        *(one(s, w, i * gap / len(stations)) for i, (s, w) in enumerate(zip(stations, work)))
    )
    return len(stations) * turns * BATCH / (time.perf_counter() - start)


def run_pushing(order):
    """What this program does when Pushing starts it."""
    stations = [Station(order["port"], n, t) for n, t in sorted(order["tokens"].items())]
    acks = []
    rate = asyncio.run(push(stations, order["seconds"], random.Random(order["seed"]), acks))
    print(json.dumps({"rate": rate, "acks": acks}), flush=True)


class Helper:
    """This program again, with an order."""

    def __init__(self, name, **order):
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--" + name, json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self):
        said = self.process.stdout.readline()
        if not said:
            raise SystemExit("a program of this bench ended with %s" % self.process.wait())
        return said.strip()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Pushing(Helper):
    """All stations but one push, from now on."""

    def __init__(self, office, known, seconds, seed):
        tokens = dict(sorted(known["tokens"].items())[:-1])
        super().__init__("pushing", port=office.port, tokens=tokens, seconds=seconds, seed=seed)
        if self.line() != "ready":
            raise SystemExit("the stations are not ready")

    def result(self):
        said = json.loads(self.line())
        self.end()
        return said


# Who looks --------------------------------------------------------------------------------------


class Viewer:
    """One who looks at Now, as a browser does: its events, and again where they end."""

    def __init__(self):
        self.seen = {}  # number arrived → when first
        self.last = None  # id of the last event
        self.parts = 0  # of the page that came anew
        self.ends = 0

    async def run(self, port, cookie):
        while True:
            try:
                await self.listen(port, cookie)
            except (OSError, asyncio.IncompleteReadError):
                pass
            self.ends += 1
            await asyncio.sleep(1)

    async def listen(self, port, cookie):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=CONTEXT)
        words = ["GET /live?page=now HTTP/1.1", "Host: hub", "Cookie: " + cookie]
        words += ["Last-Event-ID: " + self.last] if self.last else []
        writer.write(("\r\n".join(words) + "\r\n\r\n").encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head.split(b"\r\n")[0] or b"transfer-encoding: chunked" not in head:
            raise SystemExit("no stream of events: %r" % head)
        waiting = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            waiting += (await reader.readexactly(size + 2))[:-2]
            *events, waiting = waiting.split(b"\n\n")
            for event in events:
                self.take(event)

    def take(self, event):
        now = time.perf_counter()
        if known := re.search(rb"^id: (.*)$", event, re.M):
            self.last = known[1].decode()
        if not event.startswith(b"event: part\n") or b"\ndata: figure\n" not in event:
            return
        self.parts += 1
        facts = re.findall(rb"<dd>([^<]*)</dd>", event)
        self.seen.setdefault(int(re.sub(rb"[^\d]", b"", facts[2])), now)


async def look(order):
    """Says how many have arrived once all look, and for each number that is asked for when each of
    them saw it."""
    os.nice(order["nice"])
    viewers = [Viewer() for _ in range(order["viewers"])]
    tasks = [asyncio.create_task(v.run(order["web"], order["cookie"])) for v in viewers]
    asked = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)

    async def have(condition):
        until = time.perf_counter() + 30
        while not condition():
            for task in tasks:
                if task.done():
                    raise SystemExit("who looks has ended: %r" % task.exception())
            if time.perf_counter() > until:
                return False
            await asyncio.sleep(0.002)
        return True

    if not await have(lambda: all(v.seen for v in viewers)):
        raise SystemExit(
            "%d of %d see a number" % (sum(bool(v.seen) for v in viewers), len(viewers))
        )
    print(json.dumps({"arrived": max(max(v.seen) for v in viewers)}), flush=True)
    while line := await asked:
        count = int(line)
        asked = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        good = await have(lambda: all(max(v.seen) >= count for v in viewers))
        when = [min(t for n, t in v.seen.items() if n >= count) for v in viewers] if good else []
        ends, parts = sum(v.ends for v in viewers), sum(v.parts for v in viewers)
        print(json.dumps({"when": when, "ends": ends, "parts": parts}), flush=True)
    os._exit(0)


class Looking(Helper):
    """VIEWERS who look, and see a number already. With @nice they leave the processors to others
    first: they look from machines of their own."""

    def __init__(self, office, reader, nice=0):
        order = {"cookie": reader.cookie, "viewers": VIEWERS, "nice": nice}
        super().__init__("looking", web=office.web, **order)
        self.arrived = json.loads(self.line())["arrived"]

    def saw(self, count):
        """When each has seen so many arrived, or more; how many streams had ended, and how many
        numbers have come."""
        self.process.stdin.write("%d\n" % count)
        self.process.stdin.flush()
        said = json.loads(self.line())
        if not said["when"]:
            raise SystemExit("%d arrived is not seen by all" % count)
        return said["when"], said["ends"], said["parts"]


def bench_viewers(office, known, reader):
    """Acknowledgements with nobody who looks and with all, by turns, since a machine changes."""
    acks = {False: [], True: []}
    spent = {False: 0.0, True: 0.0}
    rates, added, ends, parts = {False: [], True: []}, [], 0, []
    Pushing(office, known, 2, 0).result()
    for turn in range(4):
        watched = turn % 2 == 1
        before = resident(office.process.pid)
        looking = Looking(office, reader, nice=10) if watched else None
        spent_before = processor_s(office.process.pid)
        said = Pushing(office, known, SECONDS / 2, turn + 1).result()
        spent[watched] += processor_s(office.process.pid) - spent_before
        acks[watched] += said["acks"]
        rates[watched].append(said["rate"])
        if looking:
            added.append(resident(office.process.pid) - before)
            _, ended, came = looking.saw(looking.arrived)
            ends += ended
            parts.append(came / VIEWERS / (SECONDS / 2))
            looking.end()
    row("%d viewers, memory they add to the hub" % VIEWERS, added[0], "MB", 40)
    for name, watched in (("nobody looks", False), ("%d look" % VIEWERS, True)):
        note("%-58s %10.0f /s" % ("facts, " + name, sum(rates[watched]) / len(rates[watched])))
        each = spent[watched] * 1e6 / (len(acks[watched]) * BATCH)
        note("%-58s %10.1f µs" % ("  processor of the hub, a fact", each))
    note("%-58s %10.1f" % ("  numbers that each of them got, a second", sum(parts) / len(parts)))
    if ends:
        note("%-58s %10d" % ("  streams that ended and came back", ends))
    for name, part in (("median", 0.5), ("p99", 0.99)):
        one, other = quantile(acks[False], part), quantile(acks[True], part)
        row(
            "acknowledgement with %d viewers, %s" % (VIEWERS, name),
            other,
            "ms",
            1.1 * one,
            "1.1 × with nobody who looks, %.1f ms" % one,
        )


# From a scan to a number ------------------------------------------------------------------------


def not_there_yet(office):
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
    return new


def bench_scan(office, known, reader):
    """Somebody who was not there yet comes in, again and again, while the others push."""
    chance, new = random.Random(2), not_there_yet(office)
    name, token = sorted(known["tokens"].items())[-1]
    marker = Station(office.port, name, token)
    looking = Looking(office, reader)
    pushing = Pushing(office, known, MARKS * 0.35 + 2, 9)
    took, acks, arrived = [], [], looking.arrived
    time.sleep(1)

    async def come(reference):
        if marker.writer is None:
            await marker.open()
        request = marker.batch(chance, 1, [reference])
        start = time.perf_counter()
        acks.append(await marker.send(request))
        return start

    with asyncio.Runner() as runner:
        for reference in new:
            start = runner.run(come(reference))
            arrived += 1
            when, ends, _ = looking.saw(arrived)
            took += [(at - start) * 1000 for at in when]
            time.sleep(0.05 + chance.random() * 0.2)
    rate = pushing.result()["rate"]
    looking.end()
    note("%-58s %10.0f /s" % ("facts pushed meanwhile", rate))
    row(
        "scan to changed number at %d viewers, p99" % VIEWERS, quantile(took, 0.99), "ms", 150, DISK
    )
    note("%-58s %10.2f ms" % ("  median", quantile(took, 0.5)))
    note("%-58s %10.2f ms" % ("  of which the acknowledgement, median", quantile(acks, 0.5)))
    if ends:
        note("%-58s %10d" % ("  streams that ended and came back", ends))


PARTS = ("now", "pages", "tables", "sheet", "browser", "viewers", "scan")


def main():
    wanted = sys.argv[1:] or PARTS
    for part in wanted:
        if part not in PARTS:
            raise SystemExit("%s is no part. The parts are: %s" % (part, " ".join(PARTS)))
    office, known = prepare()
    try:
        viewer = Reader(office, "viewer")
        secret = known["secrets"]["organiser"]
        organiser = Reader(office, "organiser", secret)
        parts = {
            "now": lambda: bench_now(office, viewer),
            "pages": lambda: bench_pages(organiser),
            "tables": lambda: bench_tables(office, organiser),
            "sheet": lambda: bench_sheet(office, organiser),
            "browser": lambda: bench_browser(office, known, secret),
            "viewers": lambda: bench_viewers(office, known, viewer),
            "scan": lambda: bench_scan(office, known, viewer),
        }
        for part in PARTS:
            if part in wanted:
                parts[part]()
    finally:
        office.stop()
        subprocess.run(["rm", "-rf", office.folder], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--pushing"]:
        run_pushing(json.loads(sys.argv[2]))
    elif sys.argv[1:2] == ["--looking"]:
        asyncio.run(look(json.loads(sys.argv[2])))
    else:
        main()
