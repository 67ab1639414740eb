#!/usr/bin/env python3
"""Runs tests that speak TAP and closes with one line: N passed, N failed, N skipped.

Usage: run.py --build DIR TEST…
Two tests run at a time; those of tests/integration and tests/kiosk after the others, in three rows one by one: what waits for printers most of the time, what has a display, and the rest. The output of a test that fails is shown whole; all output
is kept in DIR/logs/. A test that ends without a plan, or with a status other than 0, has failed."""
import concurrent.futures, os, re, signal, subprocess, sys, threading, time

LIMIT_S = 600


def run(test, build):
    command = [sys.executable, test] if test.endswith(".py") else [test]
    name = re.sub(r"^%s/tests/|^tests/" % re.escape(build), "", test)
    log = os.path.join(build, "logs", name.replace("/", "-") + ".log")
    start = time.monotonic()
    with open(log, "wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            status = process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = "no end after %d s" % LIMIT_S
    with open(log, "rb") as text:
        output = text.read().decode("utf-8", "replace")
    return name, status, output, time.monotonic() - start


def count(name, status, output):
    """(passed, failed, skipped) and the reasons of the skips."""
    passed = failed = 0
    skips = []
    plan = None
    for line in output.splitlines():
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
    if plan is None or (plan and said != plan) or status != 0:
        failed = max(failed, 1)
    return passed, failed, skips


def main():
    build = sys.argv[sys.argv.index("--build") + 1]
    tests = [a for a in sys.argv[1:] if a not in ("--build", build)]
    os.makedirs(os.path.join(build, "logs"), exist_ok=True)
    os.environ.setdefault(
        "LSAN_OPTIONS", "print_suppressions=0:suppressions=" + os.path.abspath("tests/lsan.supp")
    )
    # Debian's GLib, Cairo and ICU are not built for ThreadSanitizer: it sees their memory, but not their locks.
    os.environ.setdefault("TSAN_OPTIONS", "ignore_noninstrumented_modules=1")
    alone = [t for t in tests if "/integration/" in t or "/kiosk/test_" in t]
    together = [t for t in tests if t not in alone]
    total = [0, 0, 0]

    def report(result):
        name, status, output, seconds = result
        passed, failed, skips = count(name, status, output)
        total[0] += passed
        total[1] += failed
        total[2] += len(skips)
        print(
            "%-4s %-44s %4d passed %6.1f s" % ("FAIL" if failed else "ok", name, passed, seconds),
            flush=True,
        )
        for reason in skips:
            print("     skipped: %s" % reason)
        if failed:
            print(
                "     exit %s; output:\n%s"
                % (status, "\n".join("     | " + l for l in output.splitlines()[-200:])),
                flush=True,
            )

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for result in pool.map(lambda t: run(t, build), together):
            report(result)
    # Each one by one: what is slow because printers are, what needs a display and most of the processor, and the rest.
    prints = [
        t
        for t in alone
        if "/integration/test_" in t and "import venue" in open(t, encoding="utf-8").read()
    ]
    shows = [t for t in alone if "/kiosk/" in t]
    rows = [prints, shows, [t for t in alone if t not in prints + shows]]
    turn = threading.Lock()

    def go(row):
        for test in row:
            result = run(test, build)
            with turn:
                report(result)

    with concurrent.futures.ThreadPoolExecutor(len(rows)) as pool:
        list(pool.map(go, rows))
    print(
        "%d passed, %d failed" % (total[0], total[1])
        + (", %d skipped" % total[2] if total[2] else "")
    )
    return 1 if total[1] or not total[0] else 0


sys.exit(main())
