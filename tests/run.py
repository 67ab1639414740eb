#!/usr/bin/env python3
"""Runs tests that speak TAP and closes with one line: N passed, N failed, N skipped.

Usage: run.py --build DIR [TEST…]
A TEST is a program below DIR/tests, or a script below tests; "unit/roster/row" and
"integration/test_print" do as well. SEED=… is handed to all: a number to Python's tests, and what
GLib calls its random seed (R02S…) to those in C.

The longest begin first. As many run at a time as the processors have room for (Room): many tests
wait for printers, readers and pages most of their time, and others compute beside them. The output
of a test that fails is shown whole, and what failed once more at the end; all output is kept in
DIR/logs/. A test that ends without a plan, or with a status other than 0, has failed; so has one in
which nothing goes on any more (kit/wait.py): no output, no work. What each took, and how much of it
the processors worked, stands behind its name."""
import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import threading
import time

from kit import wait

IDLE_S = 180  # without output or work; and wait.CAP times that in all
SAMPLE_S = 5
STILL_S = 60  # between two words about what is still at work
SLOWEST = 10
KEPT_LINES = 5  # of each failed test, at the end
# Tests that take long, the longest first; whatever else is a script comes next.
LONG = """integration/test_kill kiosk/test_rough integration/test_print kiosk/test_desk
kiosk/test_screens kiosk/test_endurance integration/test_odd_printer integration/test_package
kiosk/test_names integration/test_printers integration/test_cli integration/test_badge
integration/test_accessibility integration/test_backup integration/test_sync_programs
integration/test_certificate unit/spool/job_process integration/test_lists unit/scan/line_reader
integration/test_standby kiosk/test_touch integration/test_failover integration/test_browser
integration/test_desk unit/kiosk/window integration/test_simulator integration/camera
integration/test_office integration/failing_disk integration/test_one_number sim/simulate
integration/convergence integration/usb_cycles""".split()


class Test:
    """One test program: how it is called, what it says, what became of it."""

    def __init__(self, path, build):
        self.path, self.build = path, build
        self.script = path.endswith(".py")
        self.name = re.sub(r"^%s/tests/|^tests/" % re.escape(build), "", path)
        self.log = os.path.join(build, "logs", self.name.replace("/", "-") + ".log")
        self.began = self.status = None
        self.seconds = self.worked = 0.0
        self.kind = ""
        if self.name.startswith("kiosk/"):
            self.kind = "display"
        elif re.search(r"^from kit\b.*\bvenue\b|\bvenue\.h\b", self.source(), re.M):
            self.kind = "printers"

    def source(self):
        path = self.path if self.script else os.path.join("tests", self.name + ".c")
        with open(path, encoding="utf-8") as file:
            return file.read()

    def rank(self):
        """The lower, the earlier it begins."""
        name = re.sub(r"\.py$", "", self.name)
        return LONG.index(name) if name in LONG else len(LONG) + (not self.script)

    def command(self):
        seed = os.environ.get("SEED", "")
        if self.script:
            # What needs Debian's own Python, for a module of its packages, says so.
            debian = self.source().startswith("#!/usr/bin/python3\n")
            return ["/usr/bin/python3" if debian else sys.executable, self.path]
        return [self.path] + (["--seed=" + seed] if seed.startswith("R02S") else [])

    def run(self):
        self.began = time.monotonic()
        with open(self.log, "wb") as out:
            process = subprocess.Popen(
                self.command(),
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            self.await_end(process)
        self.seconds = time.monotonic() - self.began

    def await_end(self, process):
        patience = wait.Patience(
            IDLE_S, lambda: os.stat(self.log).st_size, process.pid, sample_s=SAMPLE_S
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid != 0:
                break
            if patience.over():
                os.killpg(process.pid, signal.SIGKILL)
                _, status, usage = os.wait4(process.pid, 0)
                self.status = "none: nothing went on any more, or too much"
                break
            time.sleep(0.05)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.status = self.status or process.returncode
        self.worked = usage.ru_utime + usage.ru_stime

    def output(self):
        with open(self.log, "rb") as text:
            return text.read().decode("utf-8", "replace")

    def count(self):
        """(passed, failed, skipped) and the reasons of the skips."""
        passed = failed = 0
        skips = []
        plan = None
        for line in self.output().splitlines():
            if match := re.match(r"1\.\.(\d+)\s*(?:#\s*skip\s*(.*))?$", line, re.I):
                plan = int(match[1])
                if plan == 0:
                    skips.append(match[2] or "no reason given")
            elif re.match(r"ok\b", line):
                if match := re.search(r"#\s*skip\S*\s*(.*)", line, re.I):
                    skips.append(match[1] or line)
                else:
                    passed += 1
            elif re.match(r"not ok\b", line):
                failed += 1
        said = passed + failed + len(skips)
        if plan is None or (plan and said != plan) or self.status != 0:
            failed = max(failed, 1)
        return passed, failed, skips


class Room:
    """Whether one more test may begin beside those that run: always, where there are fewer than
    processors, and one; up to MOST, while the processors rest for SPARE of their time. Of those
    that need the same costly thing, as many as KINDS says."""

    MOST = 8
    SPARE = 0.1
    LOOK_S = 0.5
    # Virtual printers (kit/venue.py), a display (kit/kiosk.py), a browser or a PostgreSQL.
    KINDS = {"printers": 3, "display": 3, "": MOST}

    def __init__(self):
        processors = os.sched_getaffinity(0)
        self.names = {b"cpu%d" % number for number in processors}
        self.least = len(processors) + 1
        self.seen, self.at, self.rested = self.times(), time.monotonic(), 0.0
        if not venue_has_namespaces():
            self.KINDS = dict(self.KINDS, printers=1)  # they take turns

    def times(self):
        """(all, those without work) of our processors, in ticks."""
        with open("/proc/stat", "rb") as stat:
            rows = [line.split() for line in stat if line.split()[0] in self.names]
        return (
            sum(int(n) for row in rows for n in row[1:9]),
            sum(int(n) for row in rows for n in row[4:6]),
        )

    def is_for(self, test, running):
        if sum(other.kind == test.kind for other in running) >= self.KINDS[test.kind]:
            return False
        return len(running) < (self.MOST if self.rested > self.SPARE else self.least)

    def look(self):
        """How much the processors have rested since the last look, once that says something."""
        now = time.monotonic()
        if now - self.at >= self.LOOK_S:
            seen = self.times()
            self.rested = (seen[1] - self.seen[1]) / max(1, seen[0] - self.seen[0])
            self.seen, self.at = seen, now

    def taken(self):
        """What has just begun shows at the next look only."""
        self.seen, self.at, self.rested = self.times(), time.monotonic(), 0.0


def venue_has_namespaces():
    """Whether kit/venue.py's printers can have a network of their own."""
    words = ["unshare", "--mount", "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    return subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0


class Run:
    """All tests of one call."""

    def __init__(self, tests):
        self.tests, self.done = tests, []
        self.passed = self.failed = self.skipped = 0
        self.turn, self.over = threading.Lock(), threading.Event()

    def one(self, test):
        test.run()
        with self.turn:
            self.report(test)

    def report(self, test):
        passed, failed, skips = test.count()
        self.done.append(test)
        self.passed += passed
        self.failed += failed
        self.skipped += len(skips)
        print(
            "%-4s %3d/%d %-40s %4d passed %6.1f s (%5.1f s)"
            % (
                "FAIL" if failed else "ok",
                len(self.done),
                len(self.tests),
                test.name,
                passed,
                test.seconds,
                test.worked,
            ),
            flush=True,
        )
        for reason in skips:
            print("     skipped: %s" % reason)
        if failed:
            lines = "\n".join("     | " + line for line in test.output().splitlines()[-200:])
            print("     exit %s; output:\n%s" % (test.status, lines), flush=True)

    def tell(self):
        """Now and then, what is at work for long."""
        while not self.over.wait(STILL_S):
            with self.turn:
                for test in self.tests:
                    if test.began is None or test in self.done:
                        continue
                    took = time.monotonic() - test.began
                    if took > STILL_S:
                        print("     at work: %s, for %.0f s" % (test.name, took), flush=True)

    def go(self):
        threading.Thread(target=self.tell, daemon=True).start()
        room, todo, running = Room(), sorted(self.tests, key=Test.rank), {}
        with concurrent.futures.ThreadPoolExecutor(Room.MOST) as pool:
            while todo or running:
                room.look()
                if test := next((t for t in todo if room.is_for(t, running.values())), None):
                    todo.remove(test)
                    running[pool.submit(self.one, test)] = test
                    room.taken()
                    continue
                concurrent.futures.wait(
                    running, Room.LOOK_S, return_when=concurrent.futures.FIRST_COMPLETED
                )
                for each in [each for each in running if each.done()]:
                    each.result()
                    del running[each]
        self.over.set()

    def close(self):
        if len(self.tests) > SLOWEST:
            print("The slowest (and the processors' part in it):")
            for test in sorted(self.tests, key=lambda t: -t.seconds)[:SLOWEST]:
                print("     %-44s %6.1f s (%.1f s)" % (test.name, test.seconds, test.worked))
        if self.failed:
            print("What failed:")
        for test in (t for t in self.done if t.count()[1]):
            lines = test.output().splitlines()
            said = [line for line in lines if line.startswith("not ok")] or lines[-KEPT_LINES:]
            print("     %s (exit %s)" % (test.name, test.status))
            print("\n".join("         " + line[:160] for line in said[:KEPT_LINES]))
        print(
            "%d passed, %d failed" % (self.passed, self.failed)
            + (", %d skipped" % self.skipped if self.skipped else "")
        )
        return 1 if self.failed or not self.passed else 0


def find(name, build):
    """The path of a test that is named as run.py names it; None if there is none."""
    if os.path.isfile(name):
        return name
    name = re.sub(r"\.(py|c)$", "", name)
    paths = ("tests/%s.py" % name, "%s/tests/%s" % (build, name))
    return next((path for path in paths if os.path.isfile(path)), None)


def main():
    build = sys.argv[sys.argv.index("--build") + 1]
    names = [a for a in sys.argv[1:] if a not in ("--build", build)]
    paths = {name: find(name, build) for name in names}
    if missing := [name for name, path in paths.items() if path is None]:
        sys.exit(
            "There is no test %s: a name is one as unit/roster/row or integration/test_print"
            % ", ".join(missing)
        )
    if gone := [
        n for n in LONG if not any(os.path.exists("tests/" + n + e) for e in (".py", ".c"))
    ]:
        sys.exit("LONG in tests/run.py names tests that do not exist: " + ", ".join(gone))
    os.makedirs(os.path.join(build, "logs"), exist_ok=True)
    os.environ.setdefault(
        "LSAN_OPTIONS", "print_suppressions=0:suppressions=" + os.path.abspath("tests/lsan.supp")
    )
    # Debian's GLib, Cairo and ICU are not built for ThreadSanitizer: it sees their memory, but not
    # their locks.
    os.environ.setdefault("TSAN_OPTIONS", "ignore_noninstrumented_modules=1")
    run = Run([Test(path, build) for path in dict.fromkeys(paths.values())])
    run.go()
    return run.close()


if __name__ == "__main__":
    sys.exit(main())
