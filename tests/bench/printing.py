#!/usr/bin/env python3
"""How long a badge takes, from the code that is read to the printer's first byte and to the
journal's `printed`, with the real agent, a real cupsd and a virtual printer: through the queue that
README recommends, and through
one as CUPS makes it by default, which waits for its printer; the two take turns. Prints lines "name
value unit limit source" for run.py, which calls it; times in milliseconds.

The first byte is taken off the wire, by a forwarder before the printer that knows an IPP request
when it sees one."""
import contextlib
import os
import re
import socket
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
os.environ.setdefault("BUILD", "build/release")
sys.path.insert(0, str(TOP / "tests"))
from kit import venue  # noqa: E402
from kit.desk import Desk  # noqa: E402

BADGES = int(os.environ.get("BADGES", "100"))
WAITING = 15
# Print-Job and Create-Job (RFC 8011, 5.4.15): version, operation, in the first bytes of a request's
# body.
JOBS = (b"\x00\x02", b"\x00\x05")


class Forwarder:
    """Before one printer: hands on every byte, and remembers when a job's first came."""

    def __init__(self, port):
        self.port, self.jobs = port, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.own = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            one = self.socket.accept()[0]
            other = socket.create_connection(("127.0.0.1", self.port))
            for s in (one, other):
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pass, args=(one, other, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(other, one, False), daemon=True).start()

    def _pass(self, source, target, asks):
        with contextlib.suppress(OSError):
            self._pass_all(source, target, asks)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def _pass_all(self, source, target, asks):
        while data := source.recv(65536):
            now = time.monotonic()
            # The body may come in the segment of its header or in one of its own, which then may
            # have a chunk's length before it.
            body = (
                re.search(
                    rb"(?:^|\r\n)[\x01\x02][\x00-\x02](..)....\x01\x47\x00\x12attributes-charset",
                    data,
                    re.S,
                )
                if asks
                else None
            )
            if body and body[1] in JOBS:
                self.jobs.append(now)
            target.sendall(data)


class Quick(venue.Venue):
    """A venue whose printers take a twentieth of a second, with a forwarder before each."""

    def start_printer(self, name):
        super().start_printer(name)
        script = self.state / f"{name}.sh"
        script.write_text(
            f"#!/bin/sh\nsleep 0.05\nbasename \"$1\" >> '{self.control(name)}/printed'\n"
        )
        self.forwarders = getattr(self, "forwarders", {})
        self.forwarders[name] = Forwarder(self.ports[name])

    def device_uri(self, name):
        return (
            super()
            .device_uri(name)
            .replace(f":{self.ports[name]}/", f":{self.forwarders[name].own}/")
        )


class Timed(Desk):
    """A station with one printer, at work."""

    def __init__(self, folder, place, queue):
        super().__init__(Path(folder) / queue, place, f"bench-{queue}", [queue])
        self.open_door()
        self.start_agent()
        self.replica = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True, timeout=10)

    def printed(self):
        return self.replica.execute(
            "SELECT count (*) FROM print_job WHERE state = 'printed'"
        ).fetchone()[0]

    def badge(self):
        """(milliseconds from the code to the first byte, and to printed)"""
        jobs = self.place.forwarders[self.queue].jobs
        jobs.clear()
        before, start = self.printed(), time.monotonic()
        self.show()
        while self.printed() == before:
            if time.monotonic() - start > 30:
                raise SystemExit(f"no badge at {self.queue} after 30 s")
            time.sleep(0.002)
        end = time.monotonic()
        self.decided()
        return 1000 * (jobs[0] - start), 1000 * (end - start)

    def end(self):
        self.kill_agents()
        self.close_door()


def main():
    with tempfile.TemporaryDirectory(prefix="accueil-bench-") as folder, Quick(
        Path(folder) / "venue", printers=("badge",), waiting=("patient",)
    ) as place:
        desks = {queue: Timed(folder, place, queue) for queue in ("badge", "patient")}
        try:
            first, done, patient = [], [], []
            for desk in desks.values():
                desk.badge()  # warm
            for i in range(BADGES):
                byte, end = desks["badge"].badge()
                first.append(byte)
                done.append(end)
                if i % (BADGES // WAITING) == 0:
                    patient.append(desks["patient"].badge()[1])
                time.sleep(0.05)
        finally:
            for desk in desks.values():
                desk.end()
    p99 = sorted(first)[int(len(first) * 0.99) - 1]
    usual = statistics.median(patient)
    print(
        f"code to first byte at the printer, p99|{p99:.1f}|ms|100|limit (median "
        f"{statistics.median(first):.0f} ms)"
    )
    print(
        "code to printed, recommended queue, "
        f"median|{statistics.median(done):.0f}|ms|{0.2 * usual:.1f}|0.2 × default queue "
        f"({usual:.0f} ms)"
    )


if __name__ == "__main__":
    venue.enter()
    main()
