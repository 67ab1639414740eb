#!/usr/bin/env python3
"""Every figure of the project beside its peer or limit, measured in the same run, as a ratio: below
1 is within. `make bench` runs it on a release build; PARTS="import export" some parts of it;
BEFORE=FILE prints the figures of an earlier run beside (before.py).

What it needs is made under build/bench/ and used again while the schema is the same."""
import contextlib, csv, os, re, resource, shutil, subprocess, sys, time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
import before  # noqa: E402
import scale  # noqa: E402
from kit import postgres, venue  # noqa: E402

BUILD = (TOP / os.environ.get("BUILD", "build/release")).resolve()
WORK = TOP / "build" / "bench"
ROWS = int(os.environ.get("ROWS", "100000"))
BADGES = 60
BEFORE = before.asked_for()
results = []
figures = before.Figures(WORK / "figures.json")


# What tests/bench/calibrate.c measured on a quiet machine of the size that limits are set for: two
# cores of a small server. Ratios to these scale the limits of this run.
QUIET = {"loop": 5.43, "sync": 0.25, "switch": 0.05}
load = dict(QUIET)


def calibrate():
    """Measures the machine as it is now; before each part: a neighbour's work comes and goes."""
    for line in command(BUILD / "tests/bench/calibrate", WORK).splitlines():
        name, value = line.split()
        load[name] = float(value)


@contextlib.contextmanager
def waits_beside():
    """What a wake-up waits while something is measured, not before: for what is over in
    milliseconds, and is counted by its slowest hundredth."""
    with subprocess.Popen(
        [BUILD / "tests/bench/calibrate", "switch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as beside:
        yield
        said, _ = beside.communicate()
    load["switch"] = float(said.split()[1])


def slowness():
    """How many times slower the processor is than on a quiet machine; at least 1."""
    return max(1, load["loop"] / QUIET["loop"])


def waits_ms(wake_ups):
    """What so many wake-ups, one after the other, wait here more than on a quiet machine."""
    return wake_ups * max(0, load["switch"] - QUIET["switch"])


def scaled(limit, unit, disk, wake_ups=1):
    """@limit on this machine, now. Times grow with the processor's slowness, where the @disk is
    waited for with its own if that is more, and by what the @wake_ups on the way wait here more
    than on a quiet machine; rates shrink likewise. Memory and sizes do not. A faster machine gets
    no narrower limit."""
    slow = max(slowness(), load["sync"] / QUIET["sync"] if disk else 1)
    if unit == "ms":
        return limit * slow + waits_ms(wake_ups)
    if unit == "s":
        return limit * slow + waits_ms(wake_ups) / 1000
    return limit / slow if unit == "/s" else limit


def row(figure, value, unit, limit, source, smaller=True, wake_ups=1):
    """One figure. @source "limit" is an absolute one: it is scaled, and the row says both; "limit
    with the disk" is one of what waits until something is on the disk."""
    if source.startswith("limit"):
        disk = source.startswith("limit with the disk")
        there, limit = limit, scaled(limit, unit, disk, wake_ups)
        if limit != there:
            source = "%s %g on a quiet machine" % (source, there)
    ratio = value / limit if smaller else limit / value
    results.append(ratio)
    figures.add(figure, value, unit, ratio, smaller)
    print(
        "%-58s %10.2f %-7s %10.2f %-44s %6.2f%s"
        % (figure, value, unit, limit, source, ratio, "" if ratio <= 1 else "  ✗ over"),
        flush=True,
    )


def rows(lines, wake_ups=1):
    """Figures of another program: FIGURE|VALUE|UNIT|LIMIT|SOURCE, or with “|larger” behind
    where more is better; other lines are for reading."""
    for line in lines.splitlines() if isinstance(lines, str) else lines:
        line = line.rstrip("\n")
        cells = line.split("|")
        if len(cells) < 5:
            print(line, flush=True)
            continue
        row(
            cells[0],
            float(cells[1]),
            cells[2],
            float(cells[3]),
            cells[4],
            len(cells) == 5,
            wake_ups,
        )


def command(*arguments, **more):
    words = list(map(str, arguments))
    said = subprocess.run(words, capture_output=True, text=True, **more)
    if said.returncode != 0:
        raise SystemExit(
            "%s ended with %d:\n%s%s" % (" ".join(words), said.returncode, said.stdout, said.stderr)
        )
    return said.stdout


def accueil(db, *arguments):
    return command(BUILD / "accueil", *arguments, "--db", db)


def fresh(name):
    db = WORK / name
    for end in ("", "-wal", "-shm"):
        Path(str(db) + end).unlink(missing_ok=True)
    accueil(db, "init", "--station", db.stem)
    accueil(db, "event", "load", TOP / "assets/demo/congress.ini")
    return db


def spent(arguments):
    """Processor seconds, the program's and the kernel's, and peak memory in MB of a command: what
    it takes of a machine, whoever else is at work there."""
    _, memory, processor = measured(arguments)
    return processor, memory


def peak(arguments):
    """Seconds and peak memory in MB of a command."""
    return measured(arguments)[:2]


def measured(arguments):
    start = time.monotonic()
    process = subprocess.Popen(
        list(map(str, arguments)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("%s: %s" % (arguments[0], process.stderr.read().decode()))
    processor = usage.ru_utime + usage.ru_stime
    return time.monotonic() - start, usage.ru_maxrss / 1024, processor


def resident(pid):
    return int(re.search(r"VmRSS:\s*(\d+)", Path("/proc/%d/status" % pid).read_text())[1]) / 1024


def bench_workbook(roster):
    """The same list as a workbook; the peers only read it."""
    workbook, script = WORK / "roster.xlsx", TOP / "tests/bench/workbook.py"
    command("/usr/bin/python3", script, "make", roster, workbook)
    db = fresh("workbook.db")
    seconds, memory = spent([BUILD / "accueil", "import", workbook, "--yes", "--db", db])
    row("import of %d rows from .xlsx, processor" % ROWS, seconds, "s", 15, "limit")
    row("  peak memory", memory, "MB", 150, "limit")
    for peer in "openpyxl", "pandas":
        other = float(command("/usr/bin/python3", script, peer, workbook).split()[0])
        row("  beside %s, which only reads it" % peer, seconds, "s", other, peer + ", in this run")


def bench_export(db):
    """Everybody as a table to take away, beside who only writes it; and a sheet to sign."""
    script, table = TOP / "tests/bench/table.py", WORK / "people.csv"
    for kind, limit, peer in (("csv", 1.5, "Python's csv"), ("xlsx", 5, "XlsxWriter")):
        path = WORK / ("people." + kind)
        seconds, memory = peak([BUILD / "accueil", "export", "people", "-o", path, "--db", db])
        row("export of %d people as .%s" % (ROWS, kind), seconds, "s", limit, "limit")
        row("  peak memory", memory, "MB", 60, "limit")
        other = float(command("/usr/bin/python3", script, kind, table, WORK / ("peer." + kind)))
        # It only writes: what stands in the table it is given, and has read before.
        print("%-58s %10.2f s" % ("  the same written by %s" % peer, other), flush=True)
    few = fresh("sheet.db")
    roster, sheet = WORK / "few.csv", WORK / "sheet.pdf"
    command(sys.executable, TOP / "tests/bench/roster.py", 500, roster)
    accueil(few, "import", roster, "--yes")
    words = ("export", "sheet", "--day", "26", "-o", sheet, "--db", few)
    seconds, _ = peak([BUILD / "accueil", *words])
    row("sheet of 500 names to sign, with the program's start", seconds * 1000, "ms", 300, "limit")


def bench_import():
    roster = WORK / "roster.csv"
    command(sys.executable, TOP / "tests/bench/roster.py", ROWS, roster)
    db = fresh("import.db")
    seconds, memory = spent([BUILD / "accueil", "import", roster, "--yes", "--db", db])
    row("import of %d rows, processor" % ROWS, seconds, "s", 8, "limit")
    row("  peak memory", memory, "MB", 110, "limit")
    seconds, memory = spent([BUILD / "accueil", "import", roster, "--yes", "--db", db])
    row("the same list again, processor", seconds, "s", 4, "limit")
    row("  peak memory", memory, "MB", 110, "limit")
    bench_workbook(roster)
    lines = [line.split("\t") for line in command(BUILD / "tests/bench/search", db).splitlines()]
    slowest = {kind: float(p99) for kind, _, _, p99 in lines[-2:]}
    for kind, limit in ("exact", 5), ("near", 15):
        typed = next(t for t, _, _, p99 in lines if float(p99) == slowest[kind])
        row(
            "%s search among %d, slowest way of typing (%s), p99" % (kind, ROWS, typed),
            slowest[kind],
            "ms",
            limit,
            "limit",
        )
    return db


def bench_badge():
    figures = dict(
        (l.split()[0], l.split()[1:])
        for l in command(
            BUILD / "tests/bench/badge",
            TOP / "assets/badge/a6-portrait.svg",
            TOP / "fonts/fonts.conf",
        ).splitlines()
    )
    peer = command("/usr/bin/python3", TOP / "tests/bench/reportlab_badge.py", 50).split()
    row(
        "badge PDF, median",
        float(figures["pdf"][0]),
        "ms",
        float(peer[0]),
        "ReportLab %.1f ms, in this run" % float(peer[0]),
    )
    row("badge PDF, median", float(figures["pdf"][0]), "ms", 8, "limit")
    row("badge PDF, size", int(figures["pdf"][2]) / 1024, "KB", 60, "limit")
    row("badge PDF, the first after a start", float(figures["first"][0]), "ms", 300, "limit")
    row("10,000 badges in one PDF, one thread", float(figures["book"][0]), "s", 60, "limit")
    row("badge of one bit at 203 dpi, median", float(figures["bits"][0]), "ms", 5, "limit")
    row("badge PDF, p99", float(figures["pdf"][1]), "ms", float(peer[1]), "ReportLab p99")
    row("badge raster at 300 dpi, median", float(figures["raster"][0]), "ms", 5, "limit")


def wait_for(condition, what, deadline_s=120):
    end = time.monotonic() + deadline_s
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("waited %d s for %s" % (deadline_s, what))
        time.sleep(0.1)


def tickets(db):
    """Codes of some delegates, as their convocations hold them."""
    accueil(db, "key", "new")
    accueil(db, "ticket", "issue", "--csv", WORK / "tickets.csv")
    with open(WORK / "tickets.csv", encoding="utf-8-sig", newline="") as sheet:
        return [row["code"] for _, row in zip(range(BADGES), csv.DictReader(sheet))]


def bench_memory(db):
    """The hub and an agent on a replica of ROWS delegates; the agent has printed badges on a real
    CUPS."""
    codes = tickets(db)
    name = "station-%d" % int(time.time())
    station = WORK / "station.db"
    for end in ("", "-wal", "-shm"):
        Path(str(station) + end).unlink(missing_ok=True)
    accueil(station, "init", "--station", name)
    shutil.rmtree(
        WORK / "printer", ignore_errors=True
    )  # an earlier run's sheets would be counted as this one's
    with venue.Venue(WORK / "printer") as cups, open(WORK / "agent.log", "w") as agent_log, open(
        WORK / "hub.log", "w+"
    ) as log:
        hub = subprocess.Popen(
            [BUILD / "accueil-hub", "--db", db, "--listen", "127.0.0.1:0"], stdout=log, stderr=log
        )
        agent = None
        try:
            port = wait_port(WORK / "hub.log", hub)
            invitation = command(
                BUILD / "accueil-hub",
                "--db",
                db,
                "invite",
                name,
                "--url",
                "https://127.0.0.1:%d" % port,
            )
            accueil(station, "enrol", re.search(r"ACCUEIL1:[\w-]+", invitation)[0])
            agent = subprocess.Popen(
                [BUILD / "accueil", "agent", "--db", station, "--printer", "badge"],
                stdout=agent_log,
                stderr=agent_log,
                env=cups.env,
            )
            command(
                BUILD / "accueil",
                "scan",
                "--checkpoint",
                "entree-est",
                "--db",
                station,
                input="\n".join(codes) + "\n",
                env=dict(os.environ, ACCUEIL_NOW="2016-10-26T09:12:00+08:00"),
            )
            wait_for(
                lambda: len(cups.printed("badge")) >= BADGES, "%d badges to be printed" % BADGES
            )
            row("hub, resident at %d delegates" % ROWS, resident(hub.pid), "MB", 100, "limit")
            row(
                "agent, resident at %d delegates, %d badges printed" % (ROWS, BADGES),
                resident(agent.pid),
                "MB",
                60,
                "limit",
            )
        finally:
            for process in (agent, hub):
                if process:
                    process.terminate()
                    process.wait()


def bench_newcomer(db):
    """A new station, whose code was typed in some seconds, and one whose code was at once."""
    taken = scale.new_stations(db)
    for name, what in (
        ("gate", "a new gate takes %d delegates" % ROWS),
        ("desk", "a new desk, the same"),
        ("desk-at-once", "  by a code that is used at once"),
    ):
        row(what, taken[name], "s", 4, "limit with the disk")
    print("%-58s %10.2f s" % ("  the desk's two threads, processor", taken["desk-processor"]))


def bench_scale():
    """Hundreds of stations, and batches; `make bench-scale` draws how both grow."""
    said = scale.point(stations=8, batch=100, requests=100)
    bare = said["bare-rows-a-second"]
    source = "0.4 × bare SQLite, the same rows (%.0f/s), here" % bare
    figure = "hub: 8 stations, batches of 100 over TLS"
    row(figure, said["facts-a-second"], "/s", 0.4 * bare, source, smaller=False)
    two = said["bare-facts-a-second"]
    print("%-58s %10.0f /s" % ("  bare SQLite that stores two short rows a fact", two), flush=True)
    said = scale.point(stations=50, batch=50, requests=15, away=1)
    print(
        "%-58s %10.2f s for %d facts"
        % ("a station that was away catches up", said["caught-up-s"], said["caught-up-facts"])
    )
    said = scale.point(stations=0, listeners=500, samples=100, rows=ROWS)
    figure = "hub: resident with 500 stations connected, %d delegates" % ROWS
    row(figure, said["connected-resident-mb"], "MB", 150, "limit")
    row(
        "  a fact known at all of them, p99",
        said["known-at-all-p99-ms"],
        "ms",
        100,
        "limit with the disk",
    )


# As the log's table, and an index like its own.
BARE_TABLE = (
    "CREATE TABLE bare (number bigserial PRIMARY KEY, station text, seq bigint, at bigint, kind"
    " text, subject text, body text, hash bytea, chain bytea, UNIQUE (station, seq))"
)
BARE_BATCH = "INSERT INTO bare (station, seq, at, kind, subject, body, hash, chain) VALUES %s;\n"
BARE_ROW = "('bare', nextval ('bare_seq'), 1, 'passage', 'FR-%06d', '%s', '\\x%064x', '\\x%064x')"


def bare_postgres(server, database, batch, seconds=4):
    """Facts a second of one connection that sends such batches, by PostgreSQL's own program."""
    server.query(BARE_TABLE, database)
    server.query("CREATE SEQUENCE bare_seq", database)
    script = server.folder / "batch.sql"
    rows = [BARE_ROW % (i, "x" * 180, i * 7919, i * 104729) for i in range(batch)]
    script.write_text(BARE_BATCH % ", ".join(rows))
    script.chmod(0o644)
    words = ("-n", "-c", 1, "-T", seconds, "-f", script, "-h", server.folder, "-p", server.port)
    said = server.run("pgbench", *words, "-U", "accueil", database).out
    return batch * float(re.search(r"tps = ([\d.]+)", said)[1])


def bench_postgres():
    """The log on PostgreSQL with a synchronous standby, beside PostgreSQL alone."""
    with postgres.Postgres("primary") as primary:
        database = primary.make("bench")
        with postgres.Postgres("standby", of=primary):
            primary.set("synchronous_standby_names = 'standby'")
            primary.query("SELECT pg_reload_conf ()")
            wait_for(
                lambda: primary.query("SELECT sync_state FROM pg_stat_replication") == "sync",
                "the standby to be in step",
            )
            primary.make("bare")
            for stations, batch in ((8, 100), (50, 1)):
                log = database if batch > 1 else primary.make("single")
                said = scale.point(stations=stations, batch=batch, requests=60, log=log)
                if batch > 1:
                    bare = bare_postgres(primary, "bare", batch)
                    source = "0.5 × bare PostgreSQL (%.0f/s), in this run" % bare
                    figure = "log on PostgreSQL with a standby, batches of %d" % batch
                    row(figure, said["facts-a-second"], "/s", 0.5 * bare, source, smaller=False)
                    both = 1 / (1 / bare + 1 / said["bare-rows-a-second"])
                    print(
                        "  bare PostgreSQL and then bare SQLite, the replica's rows: %.0f/s" % both
                    )
                else:
                    print(
                        "  %d stations, one fact a request: %.0f/s, acknowledged p99 %.1f ms"
                        % (stations, said["facts-a-second"], said["acknowledged-p99-ms"])
                    )


# A figure: (its test, words for it, what the test says of the longest time, limit in seconds).
FAILOVERS = {
    "a hub killed, facts are taken again after": (
        "failover",
        ["another_hub"],
        r"taken by the other after: ([\d.]+) s",
        2,
    ),
    "PostgreSQL's primary killed, facts are taken again after": (
        "standby",
        [],
        r"^#   primary, .* ([\d.]+) s at most$",
        15,
    ),
    "registered at one hub, on the other's pages after": (
        "failover",
        ["what_hubs_share"],
        r"on the other hub's pages after ([\d.]+) s",
        1,
    ),
}
failovers = {}  # figure → seconds


def try_failovers():
    """Before this program has a network of its own: those tests make theirs."""
    for figure, (script, words, pattern, _) in FAILOVERS.items():
        path = TOP / "tests/integration" / ("test_%s.py" % script)
        env = dict(os.environ, BUILD=str(BUILD), VICTIMS="primary")
        said = command(sys.executable, path, *words, env=env)
        found = re.findall(pattern, said, re.M)
        if not found:
            raise SystemExit("%s says no time:\n%s" % (path.name, said))
        failovers[figure] = max(map(float, found))


def bench_failover():
    """What the tests of it say: a hub's, that of PostgreSQL's primary, and pages meanwhile."""
    for figure, seconds in failovers.items():
        row(figure, seconds, "s", FAILOVERS[figure][-1], "limit with the disk")


def bench_readers():
    """On its way a code wakes the reader's thread and the one that takes it; a mocked scanner's
    also umockdev's."""
    for program, wake_ups in (("readers", 2), ("usb", 3)):
        with waits_beside():
            lines = command(BUILD / "tests/bench" / program).splitlines()
        for line in lines:
            way, _, p99 = line.split()
            figure = "reader's event to code delivered, by %s, p99" % way
            row(figure, float(p99), "ms", 2, "limit", wake_ups=wake_ups)


def bench_camera():
    figures = {
        l.split()[0]: list(map(float, l.split()[1:]))
        for l in command(BUILD / "tests/bench/camera").splitlines()
        if not l.startswith("kind")
    }
    zbar, first, soon, search, count = figures["rate"]
    row(
        "hard pictures read at the first look",
        first,
        "of %d" % count,
        1.4 * zbar,
        "1.4 × ZBar alone (%d), in this run" % zbar,
        smaller=False,
    )
    unit, much = "of %d" % count, 1.4 * zbar
    row("  within four looks", soon, unit, much, "1.4 × ZBar alone", smaller=False)
    row("  as an image file", search, unit, much, "1.4 × ZBar alone", smaller=False)
    row("camera, 640 × 480 with a code, p95", figures["code"][1], "ms", 30, "limit")
    row("camera, 640 × 480 without one, p95", figures["none"][1], "ms", 30, "limit")
    row("camera while nothing moves, of one core", figures["still"][0], "", 0.5, "limit")
    row("camera before a crowd, of one core", figures["crowd"][0], "", 0.5, "limit")


def wait_port(log, process):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if found := re.search(r"https://127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise SystemExit("the hub did not start: " + log.read_text())


def bench_submit():
    """Handing over, and what it costs to ask, on a queue that is stopped. Two requests are handed
    over, each wakes CUPS and then us; what that waits on a busy machine is no part of a quarter of
    what lp computes."""
    with venue.Venue(WORK / "submit") as cups:
        command(BUILD / "accueil", "printers", "test", "badge", env=cups.env)
        command("cupsdisable", "badge", env=cups.env)
        figures = dict(
            (l.split()[0], l.split()[1:])
            for l in command(
                BUILD / "tests/bench/submit", "badge", cups.documents("badge")[0], env=cups.env
            ).splitlines()
        )
    row(
        "a badge handed to CUPS through libcups, median",
        float(figures["libcups"][0]),
        "ms",
        float(figures["lp"][0]) / 4 + waits_ms(4),
        "a quarter of lp's %.1f ms, and 4 wake-ups' wait" % float(figures["lp"][0]),
    )
    for name, what in (
        ("status", "how a printer is"),
        ("find", "where a job is, by name"),
        ("survey", "what a queue wants"),
    ):
        print(
            "%-58s %10.2f ms" % ("asking " + what + ", median", float(figures[name][0])), flush=True
        )


def bench_printing():
    rows(
        command(
            sys.executable, TOP / "tests/bench/printing.py", env=dict(os.environ, BUILD=str(BUILD))
        )
    )


def bench_troubles():
    tests = ("faults", "off", "stopped", "filter_failed", "authentication")
    out = command(
        sys.executable,
        TOP / "tests/integration/test_printers.py",
        *tests,
        env=dict(os.environ, BUILD=str(BUILD)),
    )
    took = [float(seconds) for seconds in re.findall(r"^#   \S+: \S+ after ([\d.]+) s$", out, re.M)]
    row(
        "what is wrong with a printer named, slowest of %d" % len(took),
        max(took),
        "s",
        2,
        "limit with the disk",
    )


# From a touch to the page: the X server, the kiosk, its worker, the kiosk, the X server, and who
# looks at the screen.
KIOSK_WAKE_UPS = 6


def bench_kiosk(db):
    with waits_beside():
        said = command(
            "/usr/bin/python3",
            TOP / "tests/bench/kiosk.py",
            db,
            env=dict(os.environ, BUILD=str(BUILD)),
        )
    rows(said, wake_ups=KIOSK_WAKE_UPS)


OFFICE_FACTS = 5000  # a second, while the pages are looked at


def bench_office(*parts):
    """The organisers' pages, or some @parts of them; in Debian's Python, since selenium and
    XlsxWriter are its. Each row is told as it comes. A slower machine gets fewer facts meanwhile:
    beyond what it can take, waiting says nothing."""
    facts = int(os.environ.get("FACTS", OFFICE_FACTS / slowness()))
    if facts < OFFICE_FACTS:
        print("by %d facts a second, %d on a quiet machine:" % (facts, OFFICE_FACTS))
    words = ["/usr/bin/python3", str(TOP / "tests/bench/office.py"), *parts]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ, BUILD=str(BUILD), FACTS=str(facts)),
    ) as script:
        rows(script.stdout)
    if script.returncode != 0:
        raise SystemExit("the bench of the pages ended with %d" % script.returncode)


def hub_takes(**more):
    """What the hub takes of 50 stations, a second, and of its processor, in µs a fact."""
    env = dict(os.environ, BUILD=str(BUILD), ROWS="1000", **more)
    said = command(BUILD / "tests/bench/hub", env=env, cwd=TOP)
    return (
        float(re.search(r"over TLS\|([\d.]+)\|/s", said)[1]),
        float(re.search(r"takes ([\d.]+) µs", said)[1]),
        float(re.search(r"acknowledged, p99\|([\d.]+)\|", said)[1]),
    )


def bench_signatures():
    """What it costs that stations sign their heads, at them and at the hub: there in turns by
    stations that sign and by stations that do not. As many facts as a hub takes of those that do
    not sign, one a request, are offered to it as scans, by stations that sign: each sends what has
    come meanwhile, under one signature, as the agent does. Beside that, ten facts a request."""
    rows(command(BUILD / "tests/bench/signature", cwd=TOP))
    turns = [(hub_takes(SIGN="0"), hub_takes(SIGN="1")) for _ in range(3)]
    without, alone = (sorted(turn[i] for turn in turns)[1] for i in (0, 1))
    offered = sorted(hub_takes(SIGN="1", OFFER="%.0f" % without[0]) for _ in range(3))[1]
    row(
        "hub: of stations that sign, as many scans offered",
        offered[0],
        "/s",
        0.85 * without[0],
        "0.85 × %.0f unsigned, in this run" % without[0],
        False,
    )
    print("  acknowledged after the scan, p99: %.0f ms" % offered[2])
    print(
        "  one fact a request, as nobody sends who has more to say: %.0f/s; a fact takes %.0f µs "
        "of the hub's processor, unsigned %.0f" % (alone[0], alone[1], without[1])
    )
    turns = [(hub_takes(SIGN="0", BATCH="10"), hub_takes(SIGN="1", BATCH="10")) for _ in range(3)]
    without, signed = (sorted(turn[i] for turn in turns)[1] for i in (0, 1))
    row(
        "hub: of stations that sign, ten facts a request",
        signed[0],
        "/s",
        0.85 * without[0],
        "0.85 × %.0f unsigned, in this run" % without[0],
        False,
    )
    print("  a fact takes %.0f µs of the hub's processor, unsigned %.0f" % (signed[1], without[1]))


def bench_attacks():
    """The hub under attack, beside itself without one."""
    script = TOP / "tests/bench/attacks.py"
    rows(command(sys.executable, script, env=dict(os.environ, BUILD=str(BUILD))))


def processor_s(*arguments, **more):
    """Processor time of a whole command: what a busy machine does not change."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command(*arguments, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bench_congress():
    """What the steering committee looks at, among the people and passages of `decision`; and
    letters, of the demo's people."""
    db = WORK / "decision.db"
    if not db.exists():
        command(BUILD / "tests/bench/decision", env=dict(os.environ, BUILD=str(BUILD)), cwd=TOP)
    asked = (
        ("report of the congress, processor", ("report", "-o", WORK / "report.pdf"), 2),
        ("balance of the two sides, processor", ("balance", "--json"), 0.01),
        ("a session's platform, processor", ("session", "A1", "--json"), 0.01),
    )
    for figure, words, limit_s in asked:
        taken = [
            processor_s(
                "sh", "-c", '"$@" || [ $? = 1 ]', "sh", BUILD / "accueil", *words, "--db", db
            )
            for _ in range(3)
        ]
        nothing = processor_s(BUILD / "accueil", "event", "show", "--db", db)
        row(figure + " without the start", max(0, min(taken) - nothing), "s", limit_s, "limit")
    few = fresh("letters.db")
    lists = [TOP / "assets/demo" / name for name in ("inscriptions-cuf.csv", "报名表.csv")]
    glossary = TOP / "assets/demo/glossaire-术语表.csv"
    accueil(few, "import", *lists, "--glossary", glossary, "--yes")
    accueil(few, "key", "new")
    people = len(accueil(few, "ticket", "issue").splitlines()) - 1
    letters = WORK / "letters"
    taken = processor_s(BUILD / "accueil", "ticket", "issue", "--letters", letters, "--db", few)
    shutil.rmtree(letters)
    row("10,000 letters, on two cores", taken / people * 10000 / 2, "s", 60, "limit")


def bench_program(name):
    """A program of tests/bench that prints its own table, its rows for this one among it."""
    print("\n%s:" % name, flush=True)
    rows(command(BUILD / "tests/bench" / name, env=dict(os.environ, BUILD=str(BUILD)), cwd=TOP))


def main():
    """All parts, or those named: badge, submit … office, export, memory, kiosk, decision, hub; of
    office also some: office:now,scan."""
    WORK.mkdir(parents=True, exist_ok=True)
    alone = (bench_badge, bench_submit, bench_printing, bench_troubles, bench_readers, bench_camera)
    alone += (bench_office, bench_attacks, bench_congress, bench_signatures)
    alone += (bench_scale, bench_postgres, bench_failover)
    with_people = (bench_export, bench_memory, bench_newcomer, bench_kiosk)
    programs = ("decision", "hub")
    names = [part.__name__[6:] for part in alone + (bench_import,) + with_people] + list(programs)
    asked = dict(name.partition(":")[::2] for name in sys.argv[1:] or names)
    wanted = list(asked)
    for name in wanted:
        if name not in names:
            raise SystemExit("%s is no part. The parts are: %s" % (name, " ".join(names)))
    print("%-58s %10s %-7s %10s %-44s %6s" % ("figure", "measured", "", "against", "", "ratio"))
    for part in alone:
        if part.__name__[6:] in wanted:
            calibrate()
            part(*filter(None, asked[part.__name__[6:]].split(",")))
    people = [part for part in with_people if part.__name__[6:] in wanted]
    if people or "import" in wanted:
        calibrate()
        db = bench_import()
    for part in people:
        calibrate()
        part(db)
    for name in programs:
        if name in wanted:
            calibrate()
            bench_program(name)
    print(
        "\nratio: measured / against, for rates against / measured; 1 or less is within. %d of "
        "%d figures above are." % (sum(r <= 1 for r in results), len(results))
    )
    if BEFORE:
        print("\nbeside %s:" % BEFORE, *figures.beside(BEFORE), sep="\n")
    figures.keep()


if __name__ == "__main__":
    if "failover" in (sys.argv[1:] or ["failover"]):
        try_failovers()
    venue.enter()
    main()
