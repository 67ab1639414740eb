#!/usr/bin/env python3
"""A badge at a printer that lies, babbles, stalls or hangs up; at one whose queue is changed under
way; and at one that is switched off at the worst moment: the agent goes on, what is wrong is named,
and no badge comes out twice in silence. TAP."""
import contextlib
import json
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import odd_printer, run, venue
from kit.desk import Desk, label_template, serving
from kit.odd_printer import INTEGER, KEYWORD, medium, resolutions, value, values
from kit.run import ACCUEIL, done
from kit.tap import attempt, expect, is_wanted, name_of, say, title
from kit.venue import ZEBRA
from kit.wait import stays, wait_for

QUEUE = "odd"
# With these the printer says, as IPP wants it, that it has no jobs: so the badge that it had is
# lost.
SAYS_NO_JOBS = ("no-status", "wrong-types", "many-words")
# These are no trouble of the printer's: it answers, but for what it does not say, or more than is
# read.
WELL_ENOUGH = ("no-status", "wrong-types", "too-long")
ANSWERS_WITHIN_S = 8


class OddDesk(Desk):
    def __init__(self, folder, place, odd):
        super().__init__(folder, place, "desk-" + Path(folder).name, [QUEUE])
        self.odd = odd
        self.template = label_template(folder, "label", 101.6, 152.4)

    def start_agent(self, *more, queue=""):
        return super().start_agent("--template", str(self.template), *more, queue=queue)

    def sheets(self, reference):
        return sum(f"-{self.name}-{reference}-1@" in name for name in self.odd.sheets)

    def point(self, uri):
        self.place.lpadmin("-p", QUEUE, "-v", uri)


def hasty(odd):
    return odd.uri + "?waitjob=false&waitprinter=false"


def in_hand(desk):
    """A badge that is in the printer, which takes its time."""
    desk.odd.hold = True
    reference = desk.arrive()
    desk.wait_state(reference, "printing")
    return reference


def well(desk):
    """the odd printer prints, when it is well"""
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "printed")
    expect(
        desk.sheets(reference) == 1 and desk.reason(reference) == "",
        f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
    )


def badly(desk):
    """whatever the printer answers, the agent lives, the trouble is named in both languages, and
    the badge comes out once or a person is asked"""
    with serving(desk) as agent:
        for manner in odd_printer.MANNERS:
            reference = in_hand(desk)
            desk.odd.manner = manner
            if manner in SAYS_NO_JOBS:
                desk.wait_state(reference, "unsure")
            if manner not in WELL_ENOUGH:
                desk.wait_for(
                    lambda: desk.stands().startswith("trouble "),
                    lambda: f"“{manner}” to be called a trouble; it is {desk.stands()}",
                )
            trouble = desk.stands()
            said = desk.run("printers", "--json", limit_s=ANSWERS_WITHIN_S).out
            told = next(p for p in json.loads(said)["printers"] if p["queue"] == QUEUE)
            expect(
                manner in WELL_ENOUGH
                or (told["troubles"] and all(t["fr"] and t["zh"] for t in told["troubles"])),
                f"{manner}: {told}",
            )
            plain = desk.run("printers").out
            expect(
                "\x1b" not in plain,
                f"{manner}: the terminal is given the printer's own control characters: {plain!r}",
            )
            desk.odd.manner, desk.odd.hold = "well", False
            state = desk.wait_state(reference, "printed", "unsure")
            expect(agent.poll() is None, f"{manner}: the agent ended with {agent.poll()}")
            expect(
                state == "printed" or manner in SAYS_NO_JOBS,
                f"{manner}: {state} {desk.reason(reference)}",
            )
            desk.wait_for(lambda: desk.sheets(reference) == 1, f"{manner}: the sheet")
            expect(
                desk.reason(reference) == ("" if state == "printed" else "lost"),
                f"{manner}: the reason is {desk.reason(reference)}",
            )
            say(f"  {manner}: {trouble.partition(' ')[2] or 'nothing'}, {state}")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    expect(desk.sheets(after) == 1, "the next was not printed once")


def no_tls(desk):
    """a printer that does not speak TLS where its queue says so: named, kept, and printed once that
    is put right, without a restart"""
    desk.point(hasty(desk.odd).replace("ipp:", "ipps:", 1))
    with serving(desk):
        reference = desk.arrive()
        desk.wait_for(
            lambda: desk.stands() == "trouble off", lambda: f"it to be named: {desk.stands()}"
        )
        expect(desk.state(reference) == "queued", f"state is {desk.state(reference)}")
        desk.point(hasty(desk.odd))
        desk.wait_state(reference, "printed")
    expect(
        desk.sheets(reference) == 1 and desk.reason(reference) == "",
        f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
    )


def moved(desk):
    """the queue is given another printer with a badge in the first: that one is followed where it
    is, and the next at the other"""
    with odd_printer.OddPrinter(desk.folder / "other") as other, serving(desk):
        reference = in_hand(desk)
        desk.point(hasty(other))
        desk.odd.hold = False
        desk.wait_state(reference, "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
        expect(
            desk.sheets(reference) == 1 and desk.reason(reference) == "",
            f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
        )
        expect(
            desk.sheets(after) == 0 and sum(f"-{after}-1@" in n for n in other.sheets) == 1,
            f"the next came out as {other.sheets}",
        )
        desk.point(hasty(desk.odd))
        again = desk.arrive()
        desk.wait_state(again, "printed")
        expect(desk.sheets(again) == 1, "back again")


def new_driver(desk):
    """the queue is given another driver while nobody prints: the next badge is made for that"""
    with serving(desk):
        desk.wait_state(desk.arrive(), "printed")
        desk.place.lpadmin("-p", QUEUE, "-m", "drv:///sample.drv/zebraep2.ppd")
        reference = desk.arrive()
        desk.wait_state(reference, "printed")
        desk.place.lpadmin("-p", QUEUE, "-m", ZEBRA)
        again = desk.arrive()
        desk.wait_state(again, "printed")
    expect(desk.sheets(reference) == desk.sheets(again) == 1, "not one sheet each")


def slow_to_say(desk):
    """a printer that is too busy to say how long it has been on is not taken for one that was
    switched on: printed once is not called repeated"""
    with serving(desk):
        reference = in_hand(desk)
        desk.odd.only, desk.odd.manner = (odd_printer.GET_PRINTER_ATTRIBUTES,), "silent"
        desk.odd.hold = False
        desk.wait_for(lambda: desk.sheets(reference) == 1, "the sheet")
        desk.wait_for(
            lambda: desk.stands() == "trouble off",
            lambda: f"the silence to be named: {desk.stands()}",
        )
        expect(
            desk.state(reference) == "printing",
            f"called {desk.state(reference)} before the printer has said so",
        )
        desk.odd.manner, desk.odd.only = "well", ()
        desk.wait_state(reference, "printed")
    expect(
        desk.reason(reference) == "" and desk.sheets(reference) == 1,
        f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
    )


def never_says(desk):
    """one that never says so: a person is told that the badge may be out twice"""
    with serving(desk):
        reference = in_hand(desk)
        desk.odd.only, desk.odd.manner = (odd_printer.GET_PRINTER_ATTRIBUTES,), "silent"
        desk.odd.hold = False
        desk.wait_state(reference, "printed")
        desk.odd.manner, desk.odd.only = "well", ()
        desk.wait_state(desk.arrive(), "printed")
    expect(
        desk.reason(reference) == "repeated" and desk.sheets(reference) == 1,
        f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
    )


def switched_off(desk):
    """off and on with the badge in it: a person is asked"""
    with serving(desk):
        reference = in_hand(desk)
        desk.odd.reboot()
        desk.odd.hold = False
        desk.wait_state(reference, "unsure")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    expect(
        desk.reason(reference) == "lost"
        and desk.sheets(reference) == 0
        and desk.sheets(after) == 1,
        f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
    )


def forgotten_by_cups(desk):
    """agent killed with a badge in a printer that has been on for two minutes, and CUPS made to
    forget all: printed once, and so called; switched on half a minute ago, nobody knows, and that
    is said"""
    for hour, on_for_s, reason in (("10", 120, ""), ("11", 30, "repeated")):
        desk.odd.reboot(time.monotonic() - on_for_s)
        desk.env["ACCUEIL_NOW"] = f"2016-10-26T{hour}:00:00+08:00"
        with serving(desk):
            reference = in_hand(desk)
        done(["cancel", "-a", "-x"], env=desk.env)
        desk.odd.hold = False
        desk.wait_for(lambda: desk.sheets(reference) == 1, "the sheet")
        desk.env["ACCUEIL_NOW"] = f"2016-10-26T{hour}:00:10+08:00"
        with serving(desk):
            desk.wait_state(reference, "printed")
        expect(
            desk.reason(reference) == reason and desk.sheets(reference) == 1,
            f"on for {on_for_s} s: {desk.sheets(reference)} sheets, {desk.reason(reference)}",
        )


def clock_put_back(desk):
    """the same with a clock that has been put back meanwhile: nobody knows how old the badge is,
    and that is said"""
    desk.odd.reboot(time.monotonic() - 120)
    desk.env["ACCUEIL_NOW"] = "2016-10-26T13:00:00+08:00"
    with serving(desk):
        reference = in_hand(desk)
    done(["cancel", "-a", "-x"], env=desk.env)
    desk.odd.hold = False
    desk.wait_for(lambda: desk.sheets(reference) == 1, "the sheet")
    desk.env["ACCUEIL_NOW"] = "2016-10-26T12:00:00+08:00"
    with serving(desk):
        desk.wait_state(reference, "printed")
        after = desk.arrive()
        desk.wait_state(after, "printed")
    expect(
        desk.reason(reference) == "repeated"
        and desk.reason(after) == ""
        and desk.sheets(after) == 1,
        f"{desk.reason(reference)}, {desk.reason(after)}",
    )


def queue_lost(desk):
    """cupsd killed, and back without its queues. The badge is found at the printer, the loss is
    named, and the next is printed when the queue is there again"""
    conf = desk.place.state / "etc/printers.conf"
    with serving(desk):
        reference = in_hand(desk)
        desk.place.kill_cupsd()
        conf.rename(conf.with_suffix(".kept"))
        conf.with_name("printers.conf.O").unlink(missing_ok=True)
        desk.place.start_cupsd()
        desk.wait_for(
            lambda: desk.stands() == "trouble no-queue",
            lambda: f"the loss to be named: {desk.stands()}",
        )
        # Longer than what nobody knows is waited for.
        stays(
            lambda: desk.state(reference) == "printing",
            lambda: f"the printer has it, but it is called {desk.state(reference)}",
            4,
        )
        desk.odd.hold = False
        desk.wait_state(reference, "printed")
        after = desk.arrive()
        desk.wait_for(
            lambda: desk.state(after) == "queued",
            lambda: f"the next to wait; it is {desk.state(after)}",
        )
        desk.place.stop_cupsd()
        conf.with_suffix(".kept").replace(conf)
        desk.place.start_cupsd()
        desk.wait_state(after, "printed")
    expect(
        desk.sheets(reference) == desk.sheets(after) == 1 and desk.reason(reference) == "",
        f"{desk.sheets(reference)} and {desk.sheets(after)} sheets, {desk.reason(reference)}",
    )


def spool_full(desk):
    """no room on the spool's disk: the badge stays in the journal, what is wrong is named, and it
    comes out once there is room"""
    spool = desk.place.state / "spool"
    if desk.place.kind == "bare":
        say("  without namespaces nothing is mounted here")
        return
    desk.place.stop_cupsd()
    done(["mount", "-t", "tmpfs", "-o", "size=256k,mode=755", "tmpfs", spool])
    try:
        (spool / "tmp").mkdir()
        (spool / "tmp").chmod(0o1777)
        desk.place.start_cupsd()
        filler = spool / "filler"
        with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as out:
            while out.write(b"x" * 4096):
                pass
        with serving(desk) as agent:
            reference = desk.arrive()
            desk.wait_for(
                lambda: desk.stands().startswith("trouble ") or desk.state(reference) == "printed",
                lambda: f"the badge to come out, or the trouble to be named: {desk.stands()}",
            )
            named = desk.stands()
            say(f"  called {named}, {desk.state(reference)} {desk.reason(reference)}")
            expect(
                named == "trouble spool-full" and desk.state(reference) == "queued",
                f"{named}, {desk.state(reference)} {desk.reason(reference)}",
            )
            expect(
                "Le disque de ce poste est plein" in desk.log() and "磁盘已满" in desk.log(),
                "the remedy",
            )
            filler.unlink()
            desk.wait_state(reference, "printed", "unsure")
            expect(
                agent.poll() is None and desk.sheets(reference) == 1,
                f"{desk.state(reference)}, {desk.sheets(reference)} sheets",
            )
            expect(
                desk.state(reference) == "printed",
                f"{desk.state(reference)} {desk.reason(reference)}",
            )
    finally:
        desk.place.stop_cupsd()
        done(["umount", "-l", spool])
        desk.place.start_cupsd()


def empties_log(db):
    with contextlib.closing(sqlite3.connect(db, timeout=run.BUSY_S)) as replica:
        return replica.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall() == [(0, 0, 0)]


def replica_full(desk):
    """no room on the replica's disk: nothing is decided and that is said, the badge in the printer
    is still followed, and all goes on once there is room"""
    small = desk.folder / "small"
    if desk.place.kind == "bare":
        say("  without namespaces nothing is mounted here")
        return
    small.mkdir()
    done(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", small])
    try:
        other = OddDesk(small / "full", desk.place, desk.odd)
        with serving(other) as agent:
            reference = in_hand(other)
            said = desk.folder / "door.log"
            with open(said, "wb") as log:
                door = subprocess.Popen(
                    [ACCUEIL, "scan", "--checkpoint", "entree-est", "--json"],
                    env=other.env,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
            other.door = door
            other.show()
            expect(other.decided()["verdict"] == "ADMITTED", "the door, before")
            # Without its log, which has room of its own.
            wait_for(lambda: empties_log(other.db), "an empty log")
            with contextlib.suppress(OSError), open(small / "filler", "wb", buffering=0) as out:
                while out.write(b"x" * 4096):
                    pass
            desk.odd.hold = False
            desk.wait_for(lambda: other.sheets(reference) == 1, "the sheet")
            words = ("scan", "--checkpoint", "entree-est", "--json")
            refused = other.run(*words, stdin=other.coming[-1][1] + "\n", status=None).err
            expect("the disk is full" in refused and "本机暂时无法使用" in refused, refused)
            expect(
                other.state(reference) == "printing" and agent.poll() is None,
                f"{other.state(reference)}, the agent {agent.poll()}",
            )
            # A door says so, and goes on when there is room.
            other.show()
            desk.wait_for(lambda: "本机暂时无法使用" in said.read_text(), "the door to say so")
            (small / "filler").unlink()
            other.show()
            expect(other.decided()["verdict"] == "ADMITTED", "the door, after")
            other.close_door()
            other.wait_state(reference, "printed")
            after = other.arrive()
            other.wait_state(after, "printed")
        expect(
            other.sheets(reference) == other.sheets(after) == 1 and other.reason(reference) == "",
            f"{other.sheets(reference)} and {other.sheets(after)} sheets, "
            f"{other.reason(reference)}",
        )
        other.run("verify")
    finally:
        done(["umount", "-l", small])


def wrong_names(desk):
    """with only wrong names in the settings, the list of jobs and that of printers say why nothing
    is printed, in both languages, and what to do; so they do where no agent runs"""
    other = OddDesk(desk.folder / "wrong", desk.place, desk.odd)
    first, second = other.arrive(), other.arrive()
    out = other.run("jobs").out
    expect(
        out.count("en attente") == 2
        and "No agent prints at this station" in out
        and "systemctl start accueil-agent" in out,
        f"without an agent: {out}",
    )
    settings = other.folder / "station.ini"
    settings.write_text("[printing]\nprinters = nowhere; elsewhere\n")
    with serving(other, "--printer", "elsewhere", queue="nowhere"):
        desk.wait_for(
            lambda: other.reason(first) == "no-queue",
            lambda: f"the first badge to say what it waits for; {other.state(first)} "
            f"{other.reason(first)}",
        )
        desk.wait_for(
            lambda: other.ask("SELECT count(*) FROM printer_state WHERE troubles = 'no-queue'")
            == "2",
            "both to be named",
        )
        out = other.run("jobs").out
        for text in (
            "✗ nowhere: Cette imprimante n’est pas installée",
            "✗ elsewhere: ",
            "本机未安装此打印机",
            "accueil printers",
            "    → Cette imprimante",
        ):
            expect(text in out, f"“{text}” is not said: {out}")
        out = other.run("printers", "--settings", settings).out
        for text in (
            "✗ nowhere: cannot be asked (printer 1 of this station)",
            "本机未安装此打印机",
            "CUPS has no queue nowhere; there are: odd",
        ):
            expect(text in out, f"“{text}” is not said: {out}")
        other.place.lpadmin("-p", "elsewhere", "-E", "-v", hasty(desk.odd), "-m", ZEBRA)
        for reference in (first, second):
            other.wait_state(reference, "printed")
        expect(other.run("jobs").out == "", f"nothing waits any more: {other.run('jobs').out}")
    desk.place.lpadmin("-x", "elsewhere")


def other_numbers(desk):
    """cupsd killed, and its spool lost: it counts from 1 again. The badge is found at the printer,
    and another's job that has its number now is left alone"""
    spool, cache = desk.place.state / "spool", desk.place.state / "cache"
    with serving(desk):
        reference = in_hand(desk)
        number = int(desk.ask(f"SELECT number FROM print_job WHERE reference = '{reference}'"))
        desk.place.kill_cupsd()
        for path in [*spool.glob("[cd]*"), *cache.glob("job.cache*")]:
            path.unlink()
        (spool / "tmp").mkdir(exist_ok=True)
        desk.place.start_cupsd()
        foreign = desk.folder / "foreign.txt"
        foreign.write_text("another's")
        last = 0
        while last < number:
            words = ["lp", "-d", QUEUE, "-H", "hold", "-o", "raw", foreign]
            out = done(words, env=desk.env).out
            last = int(out.split(f"{QUEUE}-")[1].split()[0])
        desk.odd.hold = False
        desk.wait_state(reference, "printed")
        left = done(["lpstat", "-o", QUEUE], env=desk.env).out
        expect(f"{QUEUE}-{number} " in left, f"another's job {number} is gone: {left}")
        done(["cancel", "-a", "-x"], env=desk.env)
        after = desk.arrive()
        desk.wait_state(after, "printed")
    expect(
        desk.sheets(reference) == 1 and desk.reason(reference) == "" and desk.sheets(after) == 1,
        f"{desk.sheets(reference)} sheets, {desk.reason(reference)}",
    )


def ends_badly(desk):
    """a job that the printer calls completed, with errors: nobody calls its badge printed"""
    with serving(desk):
        for ends, counts, state in (
            ("document-format-error", False, "failed"),
            ("document-unprintable-error", True, "unsure"),
            ("job-completed-with-errors", False, "unsure"),
            ("job-completed-with-warnings", True, "printed"),
        ):
            desk.odd.ends, desk.odd.counts = ends, counts
            reference = desk.arrive()
            got = desk.wait_state(reference, "printed", "failed", "unsure")
            expect(
                got == state and desk.reason(reference) == ("" if state == "printed" else ends),
                f"{ends}: {got} {desk.reason(reference)}",
            )
        desk.odd.ends, desk.odd.counts = "none", True


def one_at_a_time(desk):
    """a printer that takes no other job while it has one, and calls its spool full: that is work;
    and without paper, the paper is what is named"""
    with serving(desk):
        desk.odd.single = True
        reference = in_hand(desk)
        stays(
            lambda: desk.stands() == "printing",
            lambda: f"it is at work, and is called {desk.stands()}",
            1.5,
        )
        desk.odd.fault = "media-empty-error"
        desk.wait_for(
            lambda: desk.stands() == "trouble media-empty",
            lambda: f"the paper to be named: {desk.stands()}",
        )
        desk.odd.fault, desk.odd.hold = "none", False
        desk.wait_state(reference, "printed")
        desk.odd.single = False
    expect(desk.reason(reference) == "", desk.reason(reference))


def whole_jobs(desk):
    """a printer without Create-Job, where CUPS calls the job otherwise: found all the same"""
    desk.odd.whole = True
    with serving(desk):
        reference = in_hand(desk)
        desk.odd.hold = False
        desk.wait_state(reference, "printed")
    desk.odd.whole = False
    expect(
        re.match(r"\d+ - accueil-", desk.odd.sheets[-1]) and desk.sheets(reference) == 1,
        f"{desk.odd.sheets[-1]}: not the case that is meant",
    )


def moved_while_off(desk):
    """the printer is switched off with the badge in it, and comes back at another address, which
    its queue is given: a person is asked, and the next badge comes out there"""
    with odd_printer.OddPrinter(desk.folder / "back") as back, serving(desk):
        reference = in_hand(desk)
        desk.odd.switch_off()
        desk.wait_for(
            lambda: desk.stands() == "trouble off", lambda: f"it to be named: {desk.stands()}"
        )
        back.reboot()
        desk.point(hasty(back))
        desk.wait_state(reference, "unsure")
        after = desk.arrive()
        desk.wait_state(after, "printed")
        expect(
            desk.reason(reference) == "lost" and sum(f"-{after}-1@" in n for n in back.sheets) == 1,
            f"{desk.reason(reference)}, {back.sheets}",
        )
        desk.odd.reboot(time.monotonic() - 3600)
        desk.odd.hold = False
        desk.odd.switch_on()
        desk.point(hasty(desk.odd))


def held(desk):
    """a job that the queue holds is named; a queue that holds all jobs holds no badge"""
    desk.place.lpadmin("-p", QUEUE, "-o", "job-hold-until-default=indefinite")
    with serving(desk):
        desk.wait_state(desk.arrive(), "printed")
    desk.place.lpadmin("-p", QUEUE, "-o", "job-hold-until-default=no-hold")
    desk.point(desk.odd.uri)
    foreign = desk.folder / "foreign.txt"
    foreign.write_text("another's")
    desk.odd.hold = True
    done(["lp", "-d", QUEUE, "-o", "raw", foreign], env=desk.env)
    with serving(desk):
        reference = desk.arrive()
        desk.wait_state(reference, "sent")
        # The later of the two.
        number = max(
            re.findall(QUEUE + r"-(\d+)", done(["lpstat", "-o", QUEUE], env=desk.env).out), key=int
        )
        done(["lp", "-i", number, "-H", "hold"], env=desk.env)
        desk.wait_for(
            lambda: desk.stands() == "trouble job-held",
            lambda: f"it to be named: {desk.stands()}",
        )
        done(["lp", "-i", number, "-H", "resume"], env=desk.env)
        desk.odd.hold = False
        desk.wait_state(reference, "printed")
    desk.point(hasty(desk.odd))
    expect(desk.sheets(reference) == 1, f"{desk.sheets(reference)} sheets")


def paused_by_a_person(desk):
    """a queue that a person has paused rests until she ends it"""
    done(["cupsdisable", "-r", "Lunch", QUEUE], env=desk.env)
    with serving(desk):
        reference = desk.arrive()
        desk.wait_for(
            lambda: desk.stands() == "trouble resting",
            lambda: f"it to be named: {desk.stands()}",
        )
        stays(lambda: desk.state(reference) == "queued", "it was resumed", 1)
        done(["cupsenable", QUEUE], env=desk.env)
        desk.wait_state(reference, "printed")


def reports(desk):
    """what a printer without work only reports is noted"""
    desk.odd.fault = "media-empty-report"
    with serving(desk):
        desk.wait_for(
            lambda: desk.ask("SELECT state || notes FROM printer_state") == "readymedia-empty",
            lambda: f"a note: {desk.ask('SELECT state || notes FROM printer_state')}",
        )
    desk.odd.fault = "none"


# What real printers say of themselves (public recordings of IPP answers), where it is not what CUPS
# makes of it.
A6 = (10500, 14800)
NAMES = values(KEYWORD, "media-supported", "iso_a6_105x148mm", "iso_a4_210x297mm")
DRIVERLESS = (
    value(KEYWORD, "media-default", "iso_a6_105x148mm")
    + values(KEYWORD, "media-col-supported", "media-size", "media-bottom-margin")
    + values(KEYWORD, "urf-supported", "V1.4", "W8", "RS300")
)
MARGINS = b"".join(
    value(INTEGER, f"media-{edge}-margin-supported", 2200 if edge == "bottom" else 300)
    for edge in ("top", "left", "right", "bottom")
)
# Side and bottom, in hundredths of a millimetre.
CUT, WHOLE = (300, 2200), (0, 0)
FORMATS = ("application/octet-stream", "image/urf")
RASTER = ("application/octet-stream", "image/pwg-raster")


def sizes(*margins):
    """A6, as often as there are margins."""
    names = ("media-col-database", *[""] * len(margins))
    return b"".join(medium(name, *A6, *each) for name, each in zip(names, margins))


def types(dpi, *of_raster):
    return values(KEYWORD, "pwg-raster-document-type-supported", *of_raster) + b"".join(
        resolutions(name, dpi)
        for name in ("pwg-raster-document-resolution-supported", "printer-resolution-supported")
    )


@contextlib.contextmanager
def saying(desk, more, formats=FORMATS):
    """A queue for a printer that says so much: with the driver that CUPS makes of it where it knows
    the printer's URF, else without."""
    driver = ("-m", "everywhere") if formats is FORMATS else ()
    desk.odd.more, kept, desk.odd.formats = more, desk.odd.formats, formats
    try:
        desk.place.lpadmin("-p", "own", "-E", "-v", hasty(desk.odd), *driver)
        yield
    finally:
        desk.place.lpadmin("-x", "own")
        desk.odd.more, desk.odd.formats = b"", kept


def proof(desk, width=105, height=148, status=0):
    """A test badge: what the printer was sent, or the refusal; and what the list says."""
    template = label_template(desk.folder, f"own-{width}", width, height)
    before = len(desk.odd.documents)
    words = ("printers", "test", "own", "--template", template, "--wait", 30)
    said = desk.run(*words, status=status)
    sent = desk.odd.documents[before:]
    expect(len(sent) == (1 if status == 0 else 0), f"{len(sent)} documents; {said}")
    told = json.loads(desk.run("printers", "--json", "--template", template).out)
    return sent[0] if sent else said.err, next(p for p in told["printers"] if p["queue"] == "own")


def header(document):
    """Of PWG raster's first page: bits a pixel, colour space, dpi and points (PWG 5102.4, 4.3)."""
    page = document[document.index(b"RaS2PwgRaster") + 4 :]
    return tuple(struct.unpack(">I", page[at : at + 4])[0] for at in (388, 400, 276, 352, 356))


def no_margins(desk):
    """a printer that does not say what it cannot print on (Brother J870DW): what the queue would
    cut is reckoned with, and a badge whose code is there is refused, not spoilt"""
    with saying(desk, NAMES + DRIVERLESS + MARGINS):
        said, told = proof(desk, status=1)
    expect("“qr”" in said and "22.0 mm" in said, said)
    expect(told["badges"]["lost_mm"] == 22, told["badges"])


def two_of_one_size(desk):
    """a size both borderless and with margins: the one that was reckoned with is the one that the
    printer is asked for; where there is the other only, that"""
    for margins, bottom in (((CUT, WHOLE), 0), ((WHOLE, CUT), 0), (((300, 500),), 500)):
        with saying(desk, NAMES + DRIVERLESS + sizes(*margins)):
            _, told = proof(desk)
        order = desk.odd.orders[-1]
        at = order.index(b"media-bottom-margin") + len(b"media-bottom-margin")
        asked = struct.unpack(">BHHi", order[at : at + 9])[3]
        expect(asked == bottom, f"{margins}: asked for {asked}")
        expect(told["badges"]["lost_mm"] == bottom / 100, told["badges"])


def resolution(desk):
    """the printer's own word counts for its resolution, not the queue's (Lexmark MS421dn)"""
    with saying(desk, NAMES + DRIVERLESS + sizes(WHOLE) + types(600, "sgray_8")):
        _, told = proof(desk)
    expect(told["dpi"] == [600] and told["badges"]["dpi"] == 600, told)


def raster_types(desk):
    """without a driver the printer is given a type that it names, however it writes it: bits where
    they do, greys at 600 dpi (Xerox B235, Epson WF-2630); one that names none is refused, and said
    to have no driver (Canon MF720C)"""
    for said, dpi, bits, space in (
        (("black_1", "black_8"), 600, 8, 3),
        (("Sgray_8",), 360, 8, 18),
        (("black_1", "sgray_8"), 203, 1, 3),
    ):
        with saying(desk, NAMES + types(dpi, *said), RASTER):
            document, told = proof(desk)
        expect(header(document)[:3] == (bits, space, dpi), f"{said}: {header(document)}")
        expect(told["badges"]["dpi"] == dpi, told)
    with saying(desk, NAMES, (*RASTER, "image/jpeg")):
        said, told = proof(desk, status=1)
    expect("Queue own has no driver" in said and "Queue own has no driver" in told["error"], told)


def rolls(desk):
    """a printer of rolls: lengths are cut as asked; another roll than is wanted is named, and the
    right one is printed on"""
    ends = values(KEYWORD, "media-supported", "roll_min_12x25mm", "roll_max_62x1000mm")
    for loaded, status in ((29, 1), (62, 0)):
        ready = value(KEYWORD, "media-ready", f"roll_current_{loaded}x0mm")
        with saying(desk, ends + types(300, "black_1") + ready, RASTER):
            got, told = proof(desk, 62, 96, status)
        expect(status == 0 or ("29" in got and "the other roll" in got), got)
    expect(told["badges"]["media"] == "custom_62x96mm_62x96mm", told["badges"])
    expect(header(got) == (1, 3, 300, 175, 272), header(got))


def urf(document):
    """Of the first page of URF (as cups-filters' rastertopwg writes it): bits a pixel, dpi, size,
    and the bytes of its lines."""
    document = document[document.index(b"UNIRAST\0") :]
    bits = document[12]
    width, height, dpi = struct.unpack(">III", document[24:36])
    lines, at, unit = [], 44, bits // 8
    while len(lines) < height:
        times, at, line = document[at] + 1, at + 1, b""
        while len(line) < width * unit:
            code, at = document[at], at + 1
            if code == 0x80:
                line += b"\xff" * (width * unit - len(line))
            else:
                count = 257 - code if code > 0x80 else 1
                line += document[at : at + count * unit] * (1 if code > 0x80 else code + 1)
                at += count * unit
        lines += [line] * times
    return bits, dpi, (width, height), b"".join(lines[:height])


def bits_by_urf(desk):
    """a printer of one bit on a queue without a driver of its own that takes URF (Brother
    QL-1110NWB, LPrint): what comes is our own dots, black and white, whichever way it speaks of its
    resolution; where it takes colours only, the same by a PDF"""
    for words, dpi, shades in (
        (("W8", "RS300"), 300, 1),
        (("W8", "RS203", "CP1"), 203, 1),
        (("V1.4", "SRGB24", "W8", "RS203-300"), 203, 1),
        (("SRGB24", "RS203"), 203, 3),
    ):
        more = NAMES + sizes(WHOLE) + values(KEYWORD, "urf-supported", *words)
        with saying(desk, more):
            document, told = proof(desk)
        bits, sent_dpi, (width, height), pixels = urf(document)
        expect(bits == 8 * shades and sent_dpi == dpi and told["badges"]["one_bit"], words, told)
        expect(
            abs(width - 105 * dpi / 25.4) < 1 and abs(height - 148 * dpi / 25.4) < 2, width, height
        )
        dots = {pixels[at : at + shades] for at in range(0, len(pixels), shades)}
        expect(dots == {b"\0" * shades, b"\xff" * shades}, words, dots)


TESTS = (
    well,
    ends_badly,
    one_at_a_time,
    whole_jobs,
    moved_while_off,
    held,
    paused_by_a_person,
    reports,
    badly,
    no_tls,
    moved,
    new_driver,
    slow_to_say,
    never_says,
    switched_off,
    forgotten_by_cups,
    clock_put_back,
    queue_lost,
    spool_full,
    replica_full,
    wrong_names,
    other_numbers,
    no_margins,
    two_of_one_size,
    resolution,
    raster_types,
    rolls,
    bits_by_urf,
)


def put_right(desk):
    """The next test finds things in order."""
    odd = desk.odd
    odd.manner, odd.only, odd.hold, odd.fault = "well", (), False, "none"
    odd.ends, odd.counts, odd.single, odd.whole = "none", True, False, False
    with contextlib.suppress(venue.Unavailable, TimeoutError), serving(desk):
        desk.point(hasty(desk.odd))
        desk.wait_state(desk.arrive(), "printed")


def run_all(desk):
    good = True
    print(f"1..{len(TESTS)}", flush=True)
    for number, test in enumerate(TESTS, 1):
        if not is_wanted(test):
            print(f"ok {number} - {name_of(test)} # SKIP not asked for")
        elif not attempt(number, title(test), test, desk):
            good = False
            say("\n".join(desk.log().splitlines()[-8:]))
            put_right(desk)
    return good


def main():
    try:
        venue.enter()
        with tempfile.TemporaryDirectory(prefix="accueil-odd-") as folder, venue.Venue(
            Path(folder) / "venue", ()
        ) as place, odd_printer.OddPrinter(Path(folder) / "odd") as odd:
            words = ("-E", "-v", hasty(odd), "-m", ZEBRA, "-o", "printer-error-policy=retry-job")
            place.lpadmin("-p", QUEUE, *words)
            place.stop_cupsd()
            place.start_cupsd()
            return not run_all(OddDesk(Path(folder) / "desk", place, odd))
    except venue.Unavailable as reason:
        print(f"1..0 # skip {reason}")
        return 0


if __name__ == "__main__":
    sys.exit(main())
