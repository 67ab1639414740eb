#!/usr/bin/python3
"""The kiosk for a long day: thousands of scans without growing, and killed again and again while
codes come in, without losing or doubling anybody. TAP."""
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run
from kit.kiosk import Kiosk, Replica, accueil, wait_for
from kit.tap import SEED, expect, main

SCANS, SETTLED = 2000, 400
# What the last 1,600 scans may add to the memory that the first 400 have made the program touch. A
# leak of one widget (some 2 KB) a scan would be 3 MB, one of a preview's picture hundreds.
GROWTH_MB = 2.0
KILLS = 24
IS_MEMORY_MEASURED = not re.search(r"san\b", os.environ.get("MODE", ""))


READERS = {}  # by replica: it is asked after every scan


def rows(replica, sql):
    if replica.db not in READERS:
        READERS[replica.db] = run.reader_of(replica.db)
    return READERS[replica.db].execute(sql).fetchall()


def count(replica):
    return rows(replica, "SELECT count(*) FROM fact WHERE kind = 'passage'")[0][0]


def private_mb(pid):
    """Memory that is this process's alone: what it has written, without mapped files, which come
    and go."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return int(re.search(r"^RssAnon:\s*(\d+)", status.read(), re.M)[1]) / 1024


def long_day():
    """Each ticket of the demo in turn: first admitted with badge and preview, then refused; unknown
    codes among them."""
    replica = Replica("long-day")
    codes = list(replica.codes.values())
    with Kiosk(replica) as kiosk:

        def scan(number):
            code = f"{number}" if number % 10 == 9 else codes[number % len(codes)]
            kiosk.scan(code)
            wait_for(lambda: count(replica) > number, lambda: f"the decision of scan {number}")

        held = []
        for number in range(SCANS):
            scan(number)
            if number + 1 in (SETTLED, (SETTLED + SCANS) // 2, SCANS):
                # The last preview has come, and all that a scan leaves is gone.
                kiosk.touch("返回" if kiosk.find("返回", "button") else "Terminé")
                kiosk.wait("请出示您的二维码")
                held.append(private_mb(kiosk.process.pid))
        early, middle, late = held
        print(
            f"# private memory from scan {SETTLED} to {SCANS}: {early:.1f} {middle:.1f} {late:.1f}"
        )
        # What is lost at each scan grows in both halves alike; a heap laid out anew, in one.
        growth = 2 * min(middle - early, late - middle)
        expect(
            not IS_MEMORY_MEASURED or growth <= GROWTH_MB,
            f"{growth:.1f} MB more after {SCANS} scans than after {SETTLED}, evenly",
        )
    accueil(replica.db, "verify")


def again(kiosk):
    """Starts it once more, as the unit does."""
    kiosk.started = time.monotonic()
    kiosk.process = subprocess.Popen(
        kiosk.argv, env=kiosk.env, stdin=subprocess.DEVNULL, stdout=kiosk.log, stderr=kiosk.log
    )


class Reader:
    """A scanner that does not stop: writes code after code into the kiosk's FIFO, whoever reads it,
    and knows which it has written."""

    def __init__(self, fifo, codes):
        self.fifo, self.codes, self.written, self.ends = fifo, codes, [], False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        for reference, code in self.codes:
            while not self.ends:
                try:
                    # Not opened while nobody reads: what is written reaches a reader.
                    fd = os.open(self.fifo, os.O_WRONLY | os.O_NONBLOCK)
                except OSError:
                    time.sleep(0.005)
                    continue
                try:
                    os.write(fd, (code + "\n").encode())
                    self.written.append(reference)
                    break
                except OSError:
                    time.sleep(0.005)
                finally:
                    os.close(fd)
            if self.ends:
                return
            time.sleep(0.02)


def killed():
    random_ = random.Random(SEED)
    replica = Replica("killed")
    people = list(replica.codes.items())
    random_.shuffle(people)
    # Everybody comes many times: who was read and not answered tries again, who was answered is
    # refused.
    reader, last = None, 0
    starts = []
    kiosk = Kiosk(replica, wait=False)
    try:
        reader = Reader(kiosk.fifo, (people[i % len(people)] for i in range(10**6)))
        for kill in range(KILLS):
            wait_for(
                lambda: count(replica) > last,
                lambda: f"a decision after start {kill}\n" + kiosk.said(),
            )
            starts.append(time.monotonic() - kiosk.started)
            time.sleep(random_.random() * starts[-1])  # at any moment, as fast as this machine is
            kiosk.stop(signal.SIGKILL)
            last = count(replica)
            accueil(replica.db, "verify")
            again(kiosk)
        wait_for(lambda: count(replica) > last, "a decision after the last start")
    finally:
        if reader:
            reader.ends = True
            reader.thread.join()
        time_of_end = count(replica)
        kiosk.stop()
    accueil(replica.db, "verify")
    print(
        f"# {KILLS} kills, {count(replica)} passages of {len(reader.written)} codes, slowest "
        f"start to the first decision {max(starts):.2f} s"
    )
    expect(time_of_end <= len(reader.written) + 1, "more decisions than codes")
    # Nobody twice: one admission and one badge a person, and both or neither.
    admitted = rows(
        replica,
        "SELECT subject, count(*) FROM fact WHERE kind = 'passage' AND json_extract(body, "
        "'$.verdict') = 'ADMITTED' GROUP BY subject",
    )
    badges = rows(
        replica, "SELECT subject, count(*) FROM fact WHERE kind = 'badge-issued' GROUP BY subject"
    )
    expect(
        all(times == 1 for _, times in admitted),
        "admitted twice: ",
        [a for a in admitted if a[1] != 1],
    )
    expect(
        sorted(admitted) == sorted(badges),
        "badges without admission or the other way round: ",
        set(admitted) ^ set(badges),
    )
    # Nobody lost: whoever is let in is so in the tables made anew from the facts.
    inside = rows(replica, "SELECT reference FROM badge_state WHERE good = 1 ORDER BY 1")
    accueil(replica.db, "rebuild")
    expect(
        inside == rows(replica, "SELECT reference FROM badge_state WHERE good = 1 ORDER BY 1"),
        "a rebuild finds other badges",
    )
    expect(
        [row[0] for row in inside] == sorted(subject for subject, _ in admitted),
        "an admitted person has no good badge",
    )


if __name__ == "__main__":
    main((long_day, killed))
