#!/usr/bin/env python3
"""Badges from a scan to the sheet in the printer, with the real programs, a real cupsd and virtual
IPP printers, all of which are killed along the way. TAP.

Runs twice as root: once as root, once as an ordinary user. Words are parts of the names of
tests."""
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
from kit.desk import Desk, serving
from kit.run import ACCUEIL, EVENT, NOON, TOP, done
from kit.tap import SEED, attempt, expect, is_wanted, say, title
from kit.wait import LIMIT_S, Patience, ended, wait_for

NOBODY, NO_PLACE = 65534, 77
KILLS = 12
# Of a printer that was switched on in the same seconds as a job was sent, it is not known whether
# it has forgotten one.
WARM_S = 3


# Tests --------------------------------------------------------------------------------------------


def printed(desk):
    """a scan becomes a sheet, whose code opens the next door"""
    with serving(desk):
        desk.wait_state(desk.arrive(), "printed")  # the agent is up
        reference = desk.arrive()
        desk.wait_state(reference, "printed")
    expect(desk.sheets(reference) == 1, "not one sheet")
    document = desk.place.documents(desk.queue)[-1]
    expect(f"-{reference.lower()}-1_" in document.name, f"the last document is {document}")
    size = re.search(
        r"Page size:\s+([\d.]+) x ([\d.]+) pts",
        done(["pdfinfo", document]).out,
    )
    width, height = (float(n) * 25.4 / 72 for n in size.groups())
    expect(
        abs(width - 105) < 0.1 and abs(height - 148) < 0.1,
        f"the page is {width:.1f} × {height:.1f} mm",
    )
    done(["pdftoppm", "-r", "300", "-png", "-singlefile", document, desk.folder / "page"])
    words = ("scan", "--checkpoint", "dejeuner-26", "--json", "--now", NOON)
    answer = json.loads(desk.run(*words, "--image", desk.folder / "page.png").out)
    expect(
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
        wait_for(lambda: desk.reason(reference) == "media-empty", "the fault to be noted")
        expect(desk.state(reference) == "printing", f"state is {desk.state(reference)}")
        wait_for(
            lambda: "Plus de papier" in desk.log() and "缺纸" in desk.log(),
            "both languages in the log",
        )
        expect(desk.sheets(reference) == 0, "printed without paper")
        desk.place.clear_fault(desk.queue)
        desk.wait_state(reference, "printed")
        expect(desk.reason(reference) == "", f"the reason stays {desk.reason(reference)}")
    expect(desk.sheets(reference) == 1, "not one sheet")


def agent_killed(desk):
    """the agent killed at any moment: one sheet each"""
    chance = random.Random(SEED)
    say(f"SEED={SEED}")
    references, seen = [], {}
    for turn in range(KILLS):
        reference = desk.arrive()
        references.append(reference)
        agent = desk.start_agent()
        # From before `queued` to after `printed`, whichever the machine's speed: a state is waited
        # for, then a moment more.
        wanted = [
            ("queued", "sent", "printing", "printed"),
            ("sent", "printing", "printed"),
            ("printing", "printed"),
        ][turn % 3]
        patience = Patience(LIMIT_S, desk.moves)
        while desk.state(reference) not in wanted and not patience.over():
            pass
        moment = time.monotonic() + chance.random() * 0.06
        while time.monotonic() < moment:
            pass
        agent.kill()
        agent.wait()
        state = desk.state(reference)
        seen[state] = seen.get(state, 0) + 1
    say("states at the kill: " + ", ".join(f"{n} {s}" for s, n in sorted(seen.items())))
    with serving(desk):
        for reference in references:
            desk.wait_state(reference, "printed", "unsure")
    # Killed between the fact that says so and CUPS's answer, nobody can know.
    unsure = [r for r in references if desk.state(r) == "unsure"]
    expect(
        all(desk.sheets(r) == 1 for r in references if r not in unsure),
        f"sheets: {[desk.sheets(r) for r in references]}",
    )
    expect(
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
        wait_for(lambda: desk.reason(first) == "media-empty", "the fault to be noted")
        agent.kill()
        agent.wait()
    desk.place.clear_fault(desk.queue)
    with serving(desk):
        desk.wait_state(first, "printed")
        desk.wait_state(second, "printed")
    expect(desk.sheets(first) == 1 and desk.sheets(second) == 1, "not one sheet each")


def cupsd_killed(desk):
    """cupsd killed with a job in the printer: printed once"""
    desk.place.set_fault(desk.queue, "cover-open-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        desk.place.kill_cupsd()
        wait_for(
            lambda: "CUPS" in desk.log().split(f"printing at {desk.queue}: ")[-1],
            "the log to say that CUPS is away",
        )
        desk.place.start_cupsd()
        desk.place.clear_fault(desk.queue)
        desk.wait_state(reference, "printed", "unsure")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    expect(
        desk.sheets(reference) == 1 and desk.sheets(after) == 1,
        f"sheets: {desk.sheets(reference)}, {desk.sheets(after)}",
    )


def cupsd_away(desk):
    """cupsd away when a badge is owed: printed once it is back, said once"""
    desk.place.stop_cupsd()
    said = desk.log().count("Asking CUPS")  # by agents before this one
    with serving(desk):
        reference = desk.arrive()
        wait_for(
            lambda: desk.log().count("Asking CUPS") > said
            and desk.reason(reference) in ("", "no-spooler"),
            "the log to say that CUPS is away",
        )
        expect(desk.state(reference) in ("", "queued"), f"state is {desk.state(reference)}")
        desk.place.start_cupsd()
        desk.wait_state(reference, "printed")
        wait_for(
            lambda: f"printing at {desk.queue}: works again"
            in desk.log().rpartition("Asking CUPS")[2],
            "the log to say that it works again",
        )
    expect(desk.log().count("Asking CUPS") == said + 1, "said more than once")
    expect(desk.sheets(reference) == 1, "not one sheet")


def printer_off(desk):
    """the printer switched off: asked for, and printed when it is back"""
    desk.place.stop_printer(desk.queue)
    with serving(desk):
        reference = desk.arrive()
        wait_for(lambda: desk.reason(reference) == "off", "the printer to be called offline")
        desk.place.start_printer(desk.queue)
        desk.wait_state(reference, "printed")
    expect(
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
        wait_for(lambda: desk.reason(reference) == "off", "the printer to be called offline")
        desk.place.clear_fault(desk.queue)
        desk.place.start_printer(desk.queue)
        state = desk.wait_state(reference, "unsure", "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    # A queue that waits has CUPS send it again to the printer that came back empty: that is one
    # sheet as well.
    expect(
        desk.sheets(reference) == (state == "printed"), f"{state}, {desk.sheets(reference)} sheets"
    )
    expect(desk.sheets(after) == 1, "the next was not printed")


def second_agent(desk):
    """a second agent on one replica is refused, by whatever path it comes"""
    with serving(desk):
        wait_for(lambda: (desk.folder / "desk.db.agent").exists(), "the agent to start")
        desk.wait_state(desk.arrive(), "printed")
        link, name = desk.folder / "link.db", desk.folder / "name.db"
        link.symlink_to(desk.db)
        name.hardlink_to(desk.db)
        for path in (desk.db, link, name):
            words = ("agent", "--printer", desk.queue, "--no-sync", "--once", "--db", path)
            second = desk.run(*words, status=1)
            expect("Another agent" in second.err, path, second.err)
        name.unlink()


def stops(desk):
    """ends within a second of its own, idle, at work, and with a cupsd that hangs"""
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
            agent.send_signal(signal.SIGTERM)
            code = ended(agent, 1)
            if kind == "hang":
                desk.place.processes["cupsd"].send_signal(signal.SIGCONT)
            desk.place.clear_fault(desk.queue)
        expect(code == 0, f"{kind}: status {code}")
        if reference:
            with serving(desk):
                desk.wait_state(reference, "printed")
            expect(desk.sheets(reference) == 1, f"{kind}: not one sheet")


def once(desk):
    """--once prints what is owed and says by its status whether all came out"""
    references = [desk.arrive() for _ in range(3)]
    desk.run("agent", "--printer", desk.queue, "--no-sync", "--once")
    expect(
        all(desk.state(r) == "printed" and desk.sheets(r) == 1 for r in references),
        "not all printed",
    )
    desk.run("agent", "--printer", desk.queue, "--no-sync", "--once")
    desk.place.set_abort(desk.queue, True)
    reference = desk.arrive()
    said = desk.run("agent", "--printer", desk.queue, "--once", status=1)
    desk.place.set_abort(desk.queue, False)
    expect(desk.state(reference) == "failed" and reference in said.err, said.err)
    for words, status, text in (
        (["--printer", "nowhere", "--once"], 1, "nowhere"),
        (["--no-sync"], 2, "nothing to do"),
        (["--printer", "badge", "more"], 2, "too much"),
        (["--printer", "badge", "--template", "nowhere.svg"], 1, "nowhere.svg"),
    ):
        if "nowhere" in words:
            desk.arrive()
        said = desk.run("agent", *words, status=status)
        expect(text in said.err, f"{words}: {said.err}")


def cupsd_sends_again(desk):
    """cupsd killed with a job it had on disk, and would send again: printed once"""
    desk.place.set_fault(desk.queue, "cover-open-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        spool = desk.place.state / "spool"
        wait_for(lambda: any(spool.glob("c*")), "cupsd to write the job to disk")
        # CUPS says in whole seconds when it began with a job, and in its usual setting a job is on
        # disk after up to 30 of them.
        begun = int(time.time())
        wait_for(lambda: int(time.time()) > begun, "the next second")
        desk.place.kill_cupsd()
        desk.place.start_cupsd()
        # Its new backend is at the printer's door, and called off, before the printer is ready
        # again. (What is said if it is not: cupsd_sends_printed().)
        if desk.queue in desk.place.waiting:
            wait_for(
                lambda: "Canceled by" in desk.place.cups_log(),
                "the agent to call off what cupsd sends again",
            )
        desk.place.clear_fault(desk.queue)
        desk.wait_state(reference, "printed", "unsure")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    expect(
        desk.sheets(reference) == 1 and desk.sheets(after) == 1,
        f"sheets: {desk.sheets(reference)}, {desk.sheets(after)}",
    )


def cupsd_sends_printed(desk):
    """cupsd killed, and back only when the printer has printed the job: a second sheet, if any, is
    said"""
    desk.place.set_fault(desk.queue, "cover-open-error")
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printing")
        spool = desk.place.state / "spool"
        wait_for(lambda: any(spool.glob("c*")), "cupsd to write the job to disk")
        desk.place.kill_cupsd()
        desk.place.clear_fault(desk.queue)
        wait_for(lambda: desk.sheets(reference) == 1, "the sheet")
        desk.place.start_cupsd()
        if desk.queue in desk.place.waiting:
            wait_for(
                lambda: desk.sheets(reference) == 2 or desk.state(reference) == "printed",
                "cupsd to send it again, or the agent to be quicker",
            )
        desk.wait_state(reference, "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    sheets, reason = desk.sheets(reference), desk.reason(reference)
    expect(
        sheets <= 2 and (sheets == 1 or reason == "repeated"),
        f"{sheets} sheets, and the reason is “{reason}”",
    )
    expect(reason != "repeated" or "两张" in desk.log(), "both languages in the log")
    expect(desk.sheets(after) == 1, "the next was not printed once")


def backend_of(reference):
    """The process that CUPS has begun to bring that badge to its printer; None if there is none."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].startswith(b"ipp://") and f"-{reference}-".encode() in words[3]:
            return int(process.name)
    return None


def stopped(process):
    """Stops it; False: it has just ended."""
    try:
        os.kill(process, signal.SIGSTOP)
    except ProcessLookupError:
        return False
    return True


# In a job's file of cupsd, which is written as IPP: an integer (RFC 8010, 3.5.2), and not no-value.
BEGUN = b"\x21\x00\x12time-at-processing"


def with_backend_held(desk):
    """The next delegate whose badge CUPS has on disk, with a backend that is stopped before it has
    brought it to the printer: (reference, process)."""
    while True:
        reference = desk.arrive()
        backend = wait_for(
            lambda: backend_of(reference) or desk.state(reference) == "printed", "a backend"
        )
        if backend is True or not stopped(backend):
            continue  # it was quicker
        if desk.state(reference) == "sent" and not desk.sheets(reference):
            wait_for(
                lambda: any(
                    BEGUN in job.read_bytes() for job in (desk.place.state / "spool").glob("c*")
                ),
                "cupsd to write to disk that it is at work on it",
                forgive=(FileNotFoundError,),  # written under another name, and renamed
            )
            return reference, backend
        os.kill(backend, signal.SIGCONT)
        desk.wait_state(reference, "printed")


def backend_outlives_cupsd(desk):
    """a backend that comes to the printer when its cupsd is dead, and the next has printed it:
    the second sheet is said"""
    with serving(desk):
        desk.wait_state(desk.arrive(), "printed")
        reference, backend = with_backend_held(desk)
        try:
            desk.place.kill_cupsd()
            desk.place.start_cupsd()
            wait_for(lambda: desk.sheets(reference) == 1, "the sheet of the next cupsd")
            moment = time.monotonic() + 1
            wait_for(lambda: time.monotonic() > moment, "the agent to look")
        finally:
            os.kill(backend, signal.SIGCONT)
        wait_for(lambda: backend_of(reference) is None, "the backends to end")
        desk.wait_state(reference, "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    sheets, reason = desk.sheets(reference), desk.reason(reference)
    expect(
        sheets == 1 or (sheets == 2 and reason == "repeated"),
        f"{sheets} sheets, and the reason is “{reason}”",
    )
    expect(desk.sheets(after) == 1, "the next was not printed once")


def queue_deleted(desk):
    """the queue deleted with a badge in it, and no more in the settings: a person is asked, and the
    next badge comes out elsewhere"""
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
    expect(
        desk.sheets(second, "reserve") == 1,
        "the next did not come out",
    )
    with serving(desk):
        third = desk.arrive()
        desk.wait_state(third, "printed")
    expect(desk.sheets(reference) <= 1 and desk.sheets(third) == 1, "not one sheet")


def with_paper_out(desk):
    """(a badge whose printer ran out of paper, those that came out elsewhere at once before it: on
    a slow machine the printer's trouble may be known before the badge is)"""
    before = []
    while True:
        desk.place.set_fault(desk.queue, "media-empty-error")
        reference = desk.arrive()
        wait_for(
            lambda: desk.stands() == "trouble media-empty", "the trouble to stand in the table"
        )
        wait_for(
            lambda: desk.gave_reason(reference, "media-empty")
            or desk.state(reference) == "printed",
            "the trouble to stand in the journal",
        )
        if desk.gave_reason(reference, "media-empty"):
            return reference, before
        before.append(reference)
        desk.place.clear_fault(desk.queue)
        wait_for(lambda: desk.stands() == "ready", "the printer to be ready again")


def stead(desk):
    """a badge that waits too long comes out of the next printer, and of that alone; kiosks read how
    the printers stand; the spool keeps no names"""
    settings = desk.folder / "station.ini"
    settings.write_text(f"[printing]\nprinters = {desk.queue}; reserve\nwait = 5\n")
    desk.start_agent("--settings", settings)
    try:
        wait_for(
            lambda: desk.stands() == desk.stands("reserve") == "ready", "both printers to be ready"
        )
        reference, before = with_paper_out(desk)
        desk.wait_state(reference, "printed")
        second = desk.arrive()
        desk.wait_state(second, "printed")
        desk.place.clear_fault(desk.queue)
        spooled = b"".join(
            f.read_bytes() for f in (desk.place.state / "spool").rglob("*") if f.is_file()
        )
        expect(
            desk.name_of(reference).encode() not in spooled and reference.encode() not in spooled,
            "a name in the spool",
        )
        kept = done(["lpstat", "-W", "all", "-o"], env=desk.env).out
        expect(desk.queue not in kept and "reserve" not in kept, f"CUPS remembers {kept}")
    finally:
        desk.kill_agents()
    badges = [*before, reference, second]
    ends = [(desk.printer(r), desk.sheets(r, "reserve"), desk.sheets(r)) for r in badges]
    expect(
        all(end == ("reserve", 1, 0) for end in ends),
        f"each badge's printer, its sheets there, and at the first: {ends}",
    )


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


ROUNDS = (
    ("badge", 30, ALL),
    ("patient", 30, WAITING),
    ("badge", 0, (cupsd_sends_again, cupsd_sends_printed, backend_outlives_cupsd)),
    ("patient", 0, (cupsd_sends_again, cupsd_sends_printed, backend_outlives_cupsd)),
)


def put_right(place, queue):
    """The next test finds things in order."""
    place.clear_fault(queue)
    place.set_abort(queue, False)
    if "cupsd" not in place.processes:
        place.start_cupsd()


def inner(parts):
    """The tests of some rounds, in the namespaces of the venue; each line begins with ok, not ok or
    #."""
    venue.enter()
    good = True
    with tempfile.TemporaryDirectory(prefix="accueil-print-") as folder:
        for part in parts:
            queue, clean_s, tests = ROUNDS[part]
            names = (
                {"printers": ("badge", "reserve"), "waiting": ()}
                if queue == "badge"
                else {"printers": (), "waiting": ("patient",)}
            )
            tests = [test for test in tests if is_wanted(test)]
            if not tests:
                continue
            with venue.Venue(Path(folder) / f"venue-{part}", clean_s=clean_s, **names) as place:
                begun = time.monotonic()
                name = f"{queue}-{part}"
                desk = Desk(Path(folder) / name, place, "desk-" + name, [queue])
                wait_for(lambda: time.monotonic() - begun > WARM_S, "printers that are warm")
                for test in tests:
                    if not attempt(part, f"{title(test)} ({queue})", test, desk):
                        good = False
                        say("\n".join(desk.log().splitlines()[-15:]))
                        put_right(place, queue)
    return not good


# Rounds that take turns at one venue; the groups, and both users, are at work at the same time.
GROUPS = ((0,), (1, 2, 3))
OTHER_USER = (
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "env",
    "HOME=/",
)


def hindrance():
    """Why the tests cannot run as an ordinary user; None if they can."""
    if shutil.which("setpriv") is None:
        return "setpriv is not installed"
    reads = ("test", "-x", ACCUEIL, "-a", "-r", EVENT, "-a", "-x", "/usr/bin/python3")
    if done([*OTHER_USER, *reads], status=None).code != 0:
        return f"an ordinary user cannot read {TOP} or has no Python"
    return None


def passes():
    """(whose tests, the command that runs a group of them, why they cannot run)"""
    if os.geteuid() != 0:
        return [("", [sys.executable], None)]
    # root's own Python may be out of others' reach.
    other = [*OTHER_USER, "/usr/bin/python3"]
    return [
        ("as root: ", [sys.executable], None),
        ("as an ordinary user: ", other, hindrance()),
    ]


class Outer:
    """Runs the groups of all users; TAP."""

    def __init__(self):
        self.number, self.good = 0, True

    def line(self, good, text):
        self.number += 1
        self.good = self.good and good
        print(f"{'ok' if good else 'not ok'} {self.number} - {text}", flush=True)

    def hear(self, name, process):
        """What one group says. FALSE if there is no place for it here."""
        lines = 0
        for line in process.stdout:
            if match := re.match(r"(ok|not ok) \d+ - (.*)", line):
                lines += 1
                self.line(match[1] == "ok", name + match[2])
            else:
                print(line, end="", flush=True)
        status = process.wait()
        if status not in (0, 1, NO_PLACE) or (lines == 0 and status == 1):
            self.line(False, f"{name}ended with {status}")
        return status != NO_PLACE

    def run(self):
        started = [
            (name, reason, [] if reason else [self.start(command, group) for group in GROUPS])
            for name, command, reason in passes()
        ]
        for name, reason, groups in started:
            if not all([self.hear(name, process) for process in groups]):
                reason = "no private CUPS can run here"
            if reason is not None:
                self.line(True, f"{name}printing # SKIP {reason}")
        print(f"1..{self.number}")
        return not self.good

    @staticmethod
    def start(command, group):
        words = ["--inner=" + ",".join(map(str, group)), *sys.argv[1:]]
        script = str(Path(__file__).resolve())
        return subprocess.Popen([*command, script, *words], stdout=subprocess.PIPE, text=True)


def main():
    if not sys.argv[1:] or not sys.argv[1].startswith("--inner="):
        return Outer().run()
    try:
        return inner([int(part) for part in sys.argv[1].partition("=")[2].split(",")])
    except venue.Unavailable as reason:
        say(reason)
        return NO_PLACE


if __name__ == "__main__":
    sys.exit(main())
