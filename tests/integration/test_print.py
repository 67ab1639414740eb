#!/usr/bin/env python3
"""Badges from a scan to the sheet in the printer, with the real programs, a real cupsd and virtual IPP printers, all of which are killed along the way. TAP.

Runs twice as root: once as root, once as an ordinary user."""
import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import venue

TOP = Path(__file__).resolve().parents[2]
BUILD = (TOP / os.environ.get("BUILD", "build/debug")).resolve()
NOBODY = 65534
MORNING, NOON = "2016-10-26T08:45:00+08:00", "2016-10-26T12:30:00+08:00"
KILLS = 12


class Failed(Exception):
    pass


def check(good, text):
    if not good:
        raise Failed(text)


class Desk:
    """One station, with the congress of the demo, at a venue."""

    def __init__(self, folder, place, queue):
        self.folder, self.place, self.queue = Path(folder), place, queue
        self.folder.mkdir()
        self.db = self.folder / "desk.db"
        self.env = dict(place.env, ACCUEIL_DB=str(self.db), ACCUEIL_NOW=MORNING, LC_ALL="C.UTF-8")
        self.agents = []
        demo = TOP / "assets/demo"
        self.run("init", "--station", "desk-" + self.folder.name)
        self.run("event", "load", demo / "congress.ini")
        self.run(
            "import",
            "--skip-bad",
            demo / "inscriptions-cuf.csv",
            "--glossary",
            next(demo.glob("glossaire-*.csv")),
        )
        self.run("key", "new")
        tickets = self.folder / "tickets.csv"
        self.run("ticket", "issue", "--csv", tickets)
        people = json.loads(self.run("roster", "--json").stdout)
        served = [
            p["reference"]
            for p in people
            if p["meals"] and "rencontres" in p["events"] and "26" in p["days"]
        ]
        codes = dict(
            re.findall(r"^([^,]+),.*?(AC:[^,\"]+)", tickets.read_text(encoding="utf-8-sig"), re.M)
        )
        self.waiting = [(r, codes[r]) for r in served]

    def run(self, *words, status=0, **more):
        done = subprocess.run(
            [BUILD / "accueil", *map(str, words)],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            **more,
        )
        if status is not None and done.returncode != status:
            raise Failed(
                f"accueil {words[0]} left with {done.returncode}: {done.stderr}{done.stdout}"
            )
        return done

    def arrive(self):
        """The next delegate shows the ticket at the entrance; answers the reference. A badge is owed."""
        reference, code = self.waiting.pop()
        answer = json.loads(
            self.run("scan", "--checkpoint", "entree-est", "--json", input=code + "\n").stdout
        )
        check(
            answer["verdict"] == "ADMITTED" and answer["badge_serial"] == 1,
            f"{reference} was not admitted: {answer}",
        )
        return reference

    def ask(self, sql):
        done = subprocess.run(
            ["sqlite3", "-readonly", "-cmd", ".timeout 5000", self.db, sql],
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout.strip()

    def name(self, reference):
        return self.ask(f"SELECT family FROM delegate WHERE reference = '{reference}'")

    def state(self, reference):
        return self.ask(f"SELECT state FROM print_job WHERE reference = '{reference}'")

    def reason(self, reference):
        return self.ask(f"SELECT reason FROM print_job WHERE reference = '{reference}'")

    def sheets(self, reference):
        """How many badges of this delegate have come out of the printer."""
        return sum(f"-{reference.lower()}-1_" in name for name in self.place.printed(self.queue))

    # The agent

    def start_agent(self, *more, queue=""):
        log = open(self.folder / "agent.log", "ab")
        agent = subprocess.Popen(
            [BUILD / "accueil", "agent", "--printer", queue or self.queue, "--no-sync", *more],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        self.agents.append(agent)
        return agent

    def log(self):
        return (self.folder / "agent.log").read_text()

    def stop_agents(self):
        for agent in self.agents:
            if agent.poll() is None:
                agent.kill()
            agent.wait()
        self.agents.clear()

    def wait_state(self, reference, *wanted):
        return venue.wait_for(
            lambda: (state := self.state(reference)) in wanted and state,
            f"{reference} to be {' or '.join(wanted)}; it is {self.state(reference)}\n{self.log()}",
        )


@contextlib.contextmanager
def serving(desk, *more, queue=""):
    agent = desk.start_agent(*more, queue=queue)
    try:
        yield agent
    finally:
        desk.stop_agents()


# Tests -------------------------------------------------------------------------------------------------------------------------------------------


def printed(desk):
    """a scan becomes a sheet, whose code opens the next door"""
    with serving(desk):
        desk.wait_state(desk.arrive(), "printed")  # the agent is up
        start = time.monotonic()
        reference = desk.arrive()
        desk.wait_state(reference, "printed")
        print(
            f"# scan to printed, printer's own 0.05 s included: {1000 * (time.monotonic() - start):.0f} ms",
            flush=True,
        )
    check(desk.sheets(reference) == 1, "not one sheet")
    document = desk.place.documents(desk.queue)[-1]
    check(f"-{reference.lower()}-1_" in document.name, f"the last document is {document}")
    size = re.search(
        r"Page size:\s+([\d.]+) x ([\d.]+) pts",
        subprocess.run(["pdfinfo", document], capture_output=True, text=True, check=True).stdout,
    )
    width, height = (float(n) * 25.4 / 72 for n in size.groups())
    check(
        abs(width - 105) < 0.1 and abs(height - 148) < 0.1,
        f"the page is {width:.1f} × {height:.1f} mm",
    )
    subprocess.run(
        ["pdftoppm", "-r", "300", "-png", "-singlefile", document, desk.folder / "page"], check=True
    )
    answer = json.loads(
        desk.run(
            "scan",
            "--checkpoint",
            "dejeuner-26",
            "--json",
            "--now",
            NOON,
            "--image",
            desk.folder / "page.png",
        ).stdout
    )
    check(
        answer["verdict"] == "ADMITTED"
        and answer["reference"] == reference
        and answer["presented_serial"] == 1,
        f"the printed code: {answer}",
    )


def fault(desk):
    """a fault is named in both languages and remembered, and its end too"""
    desk.place.set_fault(desk.queue, "media-empty-error")
    with serving(desk):
        reference = desk.arrive()
        venue.wait_for(lambda: desk.reason(reference) == "media-empty", "the fault to be noted")
        check(desk.state(reference) == "printing", f"state is {desk.state(reference)}")
        venue.wait_for(
            lambda: "Plus de papier" in desk.log() and "缺纸" in desk.log(),
            "both languages in the log",
        )
        check(desk.sheets(reference) == 0, "printed without paper")
        desk.place.clear_fault(desk.queue)
        desk.wait_state(reference, "printed")
        check(desk.reason(reference) == "", f"the reason stays {desk.reason(reference)}")
    check(desk.sheets(reference) == 1, "not one sheet")


def agent_killed(desk):
    """the agent killed at any moment: one sheet each"""
    seed = int(os.environ.get("SEED", random.randrange(1 << 30)))
    chance = random.Random(seed)
    print(f"# SEED={seed}", flush=True)
    references, seen = [], {}
    for turn in range(KILLS):
        reference = desk.arrive()
        references.append(reference)
        agent = desk.start_agent()
        # From before `queued` to after `printed`, whichever the machine's speed: a state is waited for, then a moment more.
        wanted = [
            ("queued", "sent", "printing", "printed"),
            ("sent", "printing", "printed"),
            ("printing", "printed"),
        ][turn % 3]
        end = time.monotonic() + venue.DEADLINE_S
        while desk.state(reference) not in wanted and time.monotonic() < end:
            pass
        pause = time.monotonic() + chance.random() * 0.06
        while time.monotonic() < pause:
            pass
        agent.kill()
        agent.wait()
        state = desk.state(reference)
        seen[state] = seen.get(state, 0) + 1
    print(
        "# states at the kill: " + ", ".join(f"{n} {s}" for s, n in sorted(seen.items())),
        flush=True,
    )
    with serving(desk):
        for reference in references:
            desk.wait_state(reference, "printed", "unsure")
    # Killed between the fact that says so and CUPS's answer, nobody can know.
    unsure = [r for r in references if desk.state(r) == "unsure"]
    check(
        all(desk.sheets(r) == 1 for r in references if r not in unsure),
        f"sheets: {[desk.sheets(r) for r in references]}",
    )
    check(
        all(desk.sheets(r) <= 1 and desk.reason(r) == "lost" for r in unsure) and len(unsure) <= 2,
        f"unsure: {unsure}",
    )


def agent_killed_in_fault(desk):
    """the agent killed while the printer is out of paper: one sheet, and the next in its turn"""
    desk.place.set_fault(desk.queue, "media-empty-error")
    first, second = desk.arrive(), desk.arrive()
    for _ in range(3):
        agent = desk.start_agent()
        desk.wait_state(first, "printing")
        venue.wait_for(lambda: desk.reason(first) == "media-empty", "the fault to be noted")
        agent.kill()
        agent.wait()
    desk.place.clear_fault(desk.queue)
    with serving(desk):
        desk.wait_state(first, "printed")
        desk.wait_state(second, "printed")
    check(desk.sheets(first) == 1 and desk.sheets(second) == 1, "not one sheet each")


def cupsd_killed(desk):
    """cupsd killed with a job in the printer: printed once"""
    desk.place.set_fault(desk.queue, "cover-open-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        desk.place.kill_cupsd()
        venue.wait_for(
            lambda: "CUPS" in desk.log().split(f"printing at {desk.queue}: ")[-1],
            "the log to say that CUPS is away",
        )
        desk.place.start_cupsd()
        desk.place.clear_fault(desk.queue)
        desk.wait_state(reference, "printed", "unsure")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    check(
        desk.sheets(reference) == 1 and desk.sheets(after) == 1,
        f"sheets: {desk.sheets(reference)}, {desk.sheets(after)}",
    )


def cupsd_away(desk):
    """cupsd away when a badge is owed: printed once it is back, said once"""
    desk.place.stop_cupsd()
    said = desk.log().count("Asking CUPS")  # by agents before this one
    with serving(desk):
        reference = desk.arrive()
        venue.wait_for(
            lambda: desk.log().count("Asking CUPS") > said
            and desk.reason(reference) in ("", "no-spooler"),
            "the log to say that CUPS is away",
        )
        check(desk.state(reference) in ("", "queued"), f"state is {desk.state(reference)}")
        desk.place.start_cupsd()
        desk.wait_state(reference, "printed")
        venue.wait_for(
            lambda: f"printing at {desk.queue}: works again"
            in desk.log().rpartition("Asking CUPS")[2],
            "the log to say that it works again",
        )
    check(desk.log().count("Asking CUPS") == said + 1, "said more than once")
    check(desk.sheets(reference) == 1, "not one sheet")


def printer_off(desk):
    """the printer switched off: asked for, and printed when it is back"""
    desk.place.stop_printer(desk.queue)
    with serving(desk):
        reference = desk.arrive()
        venue.wait_for(lambda: desk.reason(reference) == "off", "the printer to be called offline")
        desk.place.start_printer(desk.queue)
        desk.wait_state(reference, "printed")
    check(
        desk.sheets(reference) == 1 and desk.reason(reference) == "",
        f"not one sheet, or “{desk.reason(reference)}” is said of it",
    )


def printer_off_with_job(desk):
    """the printer switched off with a badge in it: unsure, never a second sheet by itself"""
    desk.place.set_fault(desk.queue, "media-jam-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        desk.place.stop_printer(desk.queue)
        venue.wait_for(lambda: desk.reason(reference) == "off", "the printer to be called offline")
        desk.place.clear_fault(desk.queue)
        desk.place.start_printer(desk.queue)
        state = desk.wait_state(reference, "unsure", "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    # A queue that waits has CUPS send it again to the printer that came back empty: that is one sheet as well.
    check(
        desk.sheets(reference) == (state == "printed"), f"{state}, {desk.sheets(reference)} sheets"
    )
    check(desk.sheets(after) == 1, "the next was not printed")


def second_agent(desk):
    """a second agent on one replica is refused"""
    with serving(desk):
        venue.wait_for(lambda: (desk.folder / "desk.db.agent").exists(), "the agent to start")
        desk.wait_state(desk.arrive(), "printed")
        second = desk.run("agent", "--printer", desk.queue, "--no-sync", "--once", status=1)
        check("Another agent" in second.stderr, second.stderr)


def stops(desk):
    """ends within a second, idle, at work, and with a cupsd that hangs"""
    for kind in ("idle", "fault", "hang"):
        with serving(desk) as agent:
            desk.wait_state(desk.arrive(), "printed")
            reference = None
            if kind != "idle":
                desk.place.set_fault(desk.queue, "cover-open-error")
                reference = desk.arrive()
                desk.wait_state(reference, "printing")
            if kind == "hang":
                desk.place.processes["cupsd"].send_signal(signal.SIGSTOP)
            start = time.monotonic()
            agent.send_signal(signal.SIGTERM)
            code = agent.wait(10)
            seconds = time.monotonic() - start
            if kind == "hang":
                desk.place.processes["cupsd"].send_signal(signal.SIGCONT)
            desk.place.clear_fault(desk.queue)
        check(code == 0 and seconds < 1, f"{kind}: status {code} after {seconds:.2f} s")
        if reference:
            with serving(desk):
                desk.wait_state(reference, "printed")
            check(desk.sheets(reference) == 1, f"{kind}: not one sheet")


def once(desk):
    """--once prints what is owed and says by its status whether all came out"""
    references = [desk.arrive() for _ in range(3)]
    desk.run("agent", "--printer", desk.queue, "--no-sync", "--once")
    check(
        all(desk.state(r) == "printed" and desk.sheets(r) == 1 for r in references),
        "not all printed",
    )
    desk.run("agent", "--printer", desk.queue, "--no-sync", "--once")
    desk.place.set_abort(desk.queue, True)
    reference = desk.arrive()
    done = desk.run("agent", "--printer", desk.queue, "--once", status=1)
    desk.place.set_abort(desk.queue, False)
    check(desk.state(reference) == "failed" and reference in done.stderr, done.stderr)
    for words, status, text in (
        (["--printer", "nowhere", "--once"], 1, "nowhere"),
        (["--no-sync"], 2, "nothing to do"),
        (["--printer", "badge", "more"], 2, "too much"),
        (["--printer", "badge", "--template", "nowhere.svg"], 1, "nowhere.svg"),
    ):
        if "nowhere" in words:
            desk.arrive()
        done = desk.run("agent", *words, status=status)
        check(text in done.stderr, f"{words}: {done.stderr}")


def cupsd_sends_again(desk):
    """cupsd killed with a job it had on disk, and would send again: printed once"""
    desk.place.set_fault(desk.queue, "cover-open-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        spool = desk.place.state / "spool"
        venue.wait_for(lambda: any(spool.glob("c*")), "cupsd to write the job to disk")
        # CUPS says in whole seconds when it began with a job, and in its usual setting a job is on disk after up to 30 of them.
        begun = int(time.time())
        venue.wait_for(lambda: int(time.time()) > begun, "the next second")
        desk.place.kill_cupsd()
        desk.place.start_cupsd()
        # Its new backend is at the printer's door, and called off, before the printer is ready again. (What is said if it is not: cupsd_sends_printed().)
        if desk.queue in desk.place.waiting:
            venue.wait_for(
                lambda: "Canceled by" in desk.place.cups_log(),
                "the agent to call off what cupsd sends again",
            )
        desk.place.clear_fault(desk.queue)
        desk.wait_state(reference, "printed", "unsure")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    check(
        desk.sheets(reference) == 1 and desk.sheets(after) == 1,
        f"sheets: {desk.sheets(reference)}, {desk.sheets(after)}",
    )


def cupsd_sends_printed(desk):
    """cupsd killed, and back only when the printer has printed the job: a second sheet, if any, is said"""
    desk.place.set_fault(desk.queue, "cover-open-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        spool = desk.place.state / "spool"
        venue.wait_for(lambda: any(spool.glob("c*")), "cupsd to write the job to disk")
        desk.place.kill_cupsd()
        desk.place.clear_fault(desk.queue)
        venue.wait_for(lambda: desk.sheets(reference) == 1, "the sheet")
        desk.place.start_cupsd()
        if desk.queue in desk.place.waiting:
            venue.wait_for(
                lambda: desk.sheets(reference) == 2 or desk.state(reference) == "printed",
                "cupsd to send it again, or the agent to be quicker",
            )
        desk.wait_state(reference, "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    sheets, reason = desk.sheets(reference), desk.reason(reference)
    check(
        sheets <= 2 and (sheets == 1 or reason == "repeated"),
        f"{sheets} sheets, and the reason is “{reason}”",
    )
    check(reason != "repeated" or "两张" in desk.log(), "both languages in the log")
    check(desk.sheets(after) == 1, "the next was not printed once")


def queue_deleted(desk):
    """the queue deleted with a badge in it, and no more in the settings: a person is asked, and the next badge comes out elsewhere"""
    desk.place.set_fault(desk.queue, "media-empty-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
    desk.place.lpadmin("-x", desk.queue)
    with serving(desk, queue="reserve"):
        second = desk.arrive()
        desk.wait_state(second, "printed")
        desk.wait_state(reference, "unsure")
    desk.place.clear_fault(desk.queue)
    desk.place._add_queue(desk.queue)
    check(
        sum(f"-{second.lower()}-1_" in n for n in desk.place.printed("reserve")) == 1,
        "the next did not come out",
    )
    with serving(desk):
        third = desk.arrive()
        desk.wait_state(third, "printed")
    check(desk.sheets(reference) <= 1 and desk.sheets(third) == 1, "not one sheet")


def stead(desk):
    """a badge that waits too long comes out of the next printer, and of that alone; kiosks read how the printers stand; the spool keeps no names"""
    settings = desk.folder / "station.ini"
    settings.write_text(f"[printing]\nprinters = {desk.queue}; reserve\nwait = 5\n")
    log = open(desk.folder / "agent.log", "ab")
    agent = subprocess.Popen(
        [BUILD / "accueil", "agent", "--settings", settings, "--no-sync"],
        env=desk.env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    log.close()
    desk.agents.append(agent)

    def stands(queue):
        return desk.ask(
            f"SELECT state || ' ' || troubles FROM printer_state WHERE queue = '{queue}'"
        ).strip()

    try:
        venue.wait_for(
            lambda: stands(desk.queue) == stands("reserve") == "ready", "both printers to be ready"
        )
        desk.place.set_fault(desk.queue, "media-empty-error")
        reference = desk.arrive()
        begun = time.monotonic()
        venue.wait_for(
            lambda: stands(desk.queue) == "trouble media-empty", "the trouble to stand in the table"
        )
        named = time.monotonic() - begun
        venue.wait_for(
            lambda: desk.reason(reference) == "media-empty", "the trouble to stand in the journal"
        )
        desk.wait_state(reference, "printed")
        second = desk.arrive()
        desk.wait_state(second, "printed")
        desk.place.clear_fault(desk.queue)
        spooled = b"".join(
            f.read_bytes() for f in (desk.place.state / "spool").rglob("*") if f.is_file()
        )
        check(
            desk.name(reference).encode() not in spooled and reference.encode() not in spooled,
            "a name in the spool",
        )
        kept = subprocess.run(
            ["lpstat", "-W", "all", "-o"], env=desk.env, capture_output=True, text=True, check=True
        ).stdout
        check(desk.queue not in kept and "reserve" not in kept, f"CUPS remembers {kept}")
    finally:
        desk.stop_agents()
    print(f"# trouble named after {1000 * named:.0f} ms", flush=True)
    printers = [
        desk.ask(f"SELECT printer FROM print_job WHERE reference = '{r}'")
        for r in (reference, second)
    ]
    out = [
        sum(f"-{r.lower()}-1_" in n for n in desk.place.printed("reserve"))
        for r in (reference, second)
    ]
    check(
        printers == ["reserve", "reserve"]
        and out == [1, 1]
        and desk.sheets(reference) == desk.sheets(second) == 0,
        f"{printers}, {out} sheets there, {desk.sheets(reference)} at the first",
    )
    check(named < 2, f"the trouble was named after {named:.1f} s")


ALL = (
    printed,
    fault,
    agent_killed,
    agent_killed_in_fault,
    cupsd_killed,
    cupsd_away,
    printer_off,
    printer_off_with_job,
    second_agent,
    stops,
    once,
    stead,
    queue_deleted,
)
WAITING = (fault, agent_killed_in_fault, cupsd_killed, printer_off)


def inner(only):
    """The tests, in the namespaces of the venue; each line begins with ok, not ok or #."""
    venue.enter()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="accueil-print-") as folder:
        rounds = (
            ("badge", 30, ALL),
            ("patient", 30, WAITING),
            ("badge", 0, (cupsd_sends_again, cupsd_sends_printed)),
            ("patient", 0, (cupsd_sends_again, cupsd_sends_printed)),
        )
        for number, (queue, clean_s, tests) in enumerate(rounds):
            names = (
                {"printers": ("badge", "reserve"), "waiting": ()}
                if queue == "badge"
                else {"printers": (), "waiting": ("patient",)}
            )
            tests = [t for t in tests if only in t.__name__]
            if not tests:
                continue
            with venue.Venue(Path(folder) / f"venue-{number}", clean_s=clean_s, **names) as place:
                begun = time.monotonic()
                desk = Desk(Path(folder) / f"{queue}-{number}", place, queue)
                # Of a printer that was switched on in the same seconds as a job was sent, it is not known whether it has forgotten one.
                venue.wait_for(
                    lambda: time.monotonic() - begun > 3, "the printers to have been on for a while"
                )
                for test in tests:
                    try:
                        test(desk)
                        print(f"ok {test.__doc__} ({queue})", flush=True)
                    except (
                        Failed,
                        TimeoutError,
                        subprocess.SubprocessError,
                        OSError,
                        ValueError,
                    ) as error:
                        bad += 1
                        print(f"not ok {test.__doc__} ({queue})", flush=True)
                        for line in [
                            f"{type(error).__name__}: {error}",
                            *desk.log().splitlines()[-15:],
                        ]:
                            print("# " + line, flush=True)
                        # The next test finds things in order.
                        place.clear_fault(queue)
                        place.set_abort(queue, False)
                        if "cupsd" not in place.processes:
                            place.start_cupsd()
    return bad > 0


def outer(only):
    """Runs the tests as this user and, as root, as an ordinary one; TAP."""
    words = [str(Path(__file__).resolve()), "--inner", only]
    passes = [("", [sys.executable, *words])]
    if os.geteuid() == 0:
        # root's own Python may be out of others' reach.
        passes = [
            ("as root: ", [sys.executable, *words]),
            (
                "as an ordinary user: ",
                [
                    "setpriv",
                    f"--reuid={NOBODY}",
                    f"--regid={NOBODY}",
                    "--clear-groups",
                    "env",
                    "HOME=/",
                    "/usr/bin/python3",
                    *words,
                ],
            ),
        ]
    number = 0
    good = True
    for name, command in passes:
        reason = None
        if "setpriv" in command and shutil.which("setpriv") is None:
            reason = "setpriv is not installed"
        elif (
            "setpriv" in command
            and subprocess.run(
                [
                    *command[:6],
                    "test",
                    "-x",
                    BUILD / "accueil",
                    "-a",
                    "-r",
                    TOP / "assets/demo/congress.ini",
                    "-a",
                    "-x",
                    "/usr/bin/python3",
                ]
            ).returncode
            != 0
        ):
            reason = f"an ordinary user cannot read {TOP} or has no Python"
        if reason is None:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            lines = 0
            for line in process.stdout:
                if match := re.match(r"(ok|not ok) (.*)", line):
                    number += 1
                    lines += 1
                    good = good and match[1] == "ok"
                    print(f"{match[1]} {number} {name}{match[2]}", flush=True)
                else:
                    print(line, end="", flush=True)
            status = process.wait()
            if status == 77:
                reason = "no private CUPS can run here"
            elif status not in (0, 1) or lines == 0:
                number += 1
                good = False
                print(f"not ok {number} {name}ended with {status}", flush=True)
        if reason is not None:
            number += 1
            print(f"ok {number} {name}printing # SKIP {reason}", flush=True)
    print(f"1..{number}")
    return not good


def main():
    words = sys.argv[1:]
    if words[:1] == ["--inner"]:
        try:
            return inner(words[1] if len(words) > 1 else "")
        except venue.Unavailable as reason:
            print(f"# {reason}", flush=True)
            return 77
    return outer(words[0] if words else "")


if __name__ == "__main__":
    sys.exit(main())
