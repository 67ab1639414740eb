"""An IPP printer that answers as it is told to, well or badly: for what no real printer, nor
ippeveprinter, can be made to say. No test by itself.

    with OddPrinter(folder) as printer:
        printer.manner = "endless"

It takes what CUPS's `ipp` backend sends (RFC 8010, RFC 8011), keeps a file in @folder for each
sheet that has "come out", and forgets its jobs where it is switched off and on (reboot()). Each
manner of MANNERS is a way to
answer badly; "well" is none of them."""

import contextlib
import os
import re
import socket
import struct
import threading
import time
from pathlib import Path

(
    PRINT_JOB,
    VALIDATE_JOB,
    CREATE_JOB,
    SEND_DOCUMENT,
    CANCEL_JOB,
    GET_JOB_ATTRIBUTES,
    GET_JOBS,
    GET_PRINTER_ATTRIBUTES,
) = (2, 4, 5, 6, 8, 9, 10, 11)
INTEGER, BOOLEAN, ENUM, TEXT, NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = (
    0x21,
    0x22,
    0x23,
    0x41,
    0x42,
    0x44,
    0x45,
    0x47,
    0x48,
    0x49,
)
OPERATION_GROUP, JOB_GROUP, END, PRINTER_GROUP = 1, 2, 3, 4
PENDING, PROCESSING, CANCELED, COMPLETED = 3, 5, 7, 9

# As answers to all that is asked.
MANNERS = (
    "silent",
    "hangs-up",
    "noise",
    "no-ipp",
    "half",
    "too-long",
    "too-short",
    "wild-lengths",
    "endless",
    "nested",
    "drop-by-drop",
    "redirect",
    "http-404",
    "http-500",
    "http-426",
    "endless-head",
    "no-status",
    "refuses",
    "wrong-types",
    "many-words",
)


def value(tag, name, data):
    data = (
        struct.pack(">i", data)
        if isinstance(data, int) and not isinstance(data, bool)
        else bytes([data])
        if isinstance(data, bool)
        else data.encode()
        if isinstance(data, str)
        else data
    )
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(data)) + data


def values(tag, name, *all_of_them):
    return b"".join(
        value(tag, name if number == 0 else "", one) for number, one in enumerate(all_of_them)
    )


def resolutions(name, *dpis):
    return values(0x32, name, *(struct.pack(">iib", dpi, dpi, 3) for dpi in dpis))


def collection(name, *members):
    """Members: values made above, under names of their own (RFC 8010, 3.1.6)."""

    def inner(member):
        tag, length = struct.unpack(">BH", member[:3])
        return (
            value(0x4A, "", member[3 : 3 + length]) + value(tag, "", b"")[:3] + member[3 + length :]
        )

    return value(0x34, name, b"") + b"".join(map(inner, members)) + value(0x37, "", b"")


def medium(name, width, height, side, bottom):
    """One of media-col-database; all in hundredths of a millimetre."""
    size = collection(
        "media-size", value(INTEGER, "x-dimension", width), value(INTEGER, "y-dimension", height)
    )
    margins = {"top": side, "left": side, "right": side, "bottom": bottom}
    return collection(
        name, size, *(value(INTEGER, f"media-{edge}-margin", mm) for edge, mm in margins.items())
    )


def answer(status, number, *groups):
    return (
        struct.pack(">BBHi", 2, 0, status, number)
        + bytes([OPERATION_GROUP])
        + value(CHARSET, "attributes-charset", "utf-8")
        + value(LANGUAGE, "attributes-natural-language", "en")
        + b"".join(groups)
        + bytes([END])
    )


class Job:
    def __init__(self, number, name):
        self.number, self.name, self.state = number, name, PENDING


class OddPrinter:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.manner = "well"
        self.only = ()  # the operations that are answered in that manner; (): all
        self.hold = False  # takes its time with the job in hand
        self.fault = "none"  # printer-state-reasons
        self.ends = "none"  # job-state-reasons of what is completed
        self.counts = True  # says how many sides have come out
        self.single = False  # takes one job at a time, and calls its spool full meanwhile
        self.whole = False  # knows neither Create-Job nor Send-Document
        self.formats = ("application/octet-stream", "application/pdf")
        self.more = b""  # further attributes of itself
        self.documents = []  # what it was given to print
        self.orders = []  # as what: Create-Job, or Print-Job with its document
        self.lock = threading.Lock()
        self.sheets = []  # names of the jobs whose sheets have come out
        self.port = 0
        self.reboot(time.monotonic() - 3600)
        self.switch_on()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.switch_off()

    def switch_on(self):
        """At the same port as before."""
        self.socket = socket.create_server(("127.0.0.1", self.port))
        self.port = self.socket.getsockname()[1]
        self.closing = False
        threading.Thread(target=self._accept, args=(self.socket,), daemon=True).start()

    def switch_off(self):
        self.closing = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    @property
    def uri(self):
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def reboot(self, on_since=None):
        """Off and on: its jobs are forgotten, what was in hand is lost."""
        with self.lock:
            self.on_since = on_since or time.monotonic()
            self.jobs = []

    # HTTP

    def _accept(self, listening):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError, ValueError), connection, connection.makefile(
            "rb"
        ) as source:
            while (head := self._head(source)) is not None:
                if "100-continue" in head.get("expect", "").lower():
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                body = self._body(source, head)
                operation, number = struct.unpack(">Hi", body[2:8])
                if self.manner == "well" or (self.only and operation not in self.only):
                    told = self._told(operation, number, body)
                    connection.sendall(
                        b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: "
                        b"%d\r\n\r\n" % len(told) + told
                    )
                else:
                    self._badly(connection, operation, number, body)
                    return

    @staticmethod
    def _head(source):
        if not source.readline():
            return None
        head = {}
        while line := source.readline().strip():
            name, _, text = line.partition(b":")
            head[name.decode().lower()] = text.strip().decode()
        return head

    @staticmethod
    def _body(source, head):
        if head.get("transfer-encoding", "").lower() != "chunked":
            return source.read(int(head.get("content-length", 0)))
        body = b""
        while length := int(source.readline().split(b";")[0], 16):
            body += source.read(length)
            source.readline()
        source.readline()
        return body

    # Well

    def _told(self, operation, number, body):
        with self.lock:
            if operation == GET_PRINTER_ATTRIBUTES:
                return answer(0, number, self._self())
            if operation in (PRINT_JOB, CREATE_JOB):
                at = body.find(b"job-name") + len(b"job-name")
                length = struct.unpack(">H", body[at : at + 2])[0]
                job = Job(len(self.jobs) + 1, body[at + 2 : at + 2 + length].decode())
                self.jobs.append(job)
                self.orders.append(body)
                if operation == PRINT_JOB:
                    self.documents.append(body)
                    threading.Thread(target=self._print, args=(job,), daemon=True).start()
                return answer(0, number, self._job(job))
            if operation == GET_JOBS:
                done = b"not-completed" not in body
                return answer(
                    0, number, *(self._job(j) for j in self.jobs if (j.state >= CANCELED) == done)
                )
            if operation in (SEND_DOCUMENT, CANCEL_JOB, GET_JOB_ATTRIBUTES):
                wanted = re.search(rb"job-id\x00\x04(....)", body, re.S) or re.search(
                    rb"job-uri..[^\x00]*?/(\d+)", body, re.S
                )
                which = (
                    0
                    if not wanted
                    else struct.unpack(">i", wanted[1])[0]
                    if b"job-id" in wanted[0]
                    else int(wanted[1])
                )
                job = next((j for j in self.jobs if j.number == which), None)
                if job is None:
                    return answer(0x406, number)
                if operation == SEND_DOCUMENT:
                    self.documents.append(body)
                    threading.Thread(target=self._print, args=(job,), daemon=True).start()
                if operation == CANCEL_JOB and job.state < CANCELED:
                    job.state = CANCELED
                return answer(0, number, self._job(job))
        return answer(0, number)

    def _self(self):
        operations = [
            PRINT_JOB,
            VALIDATE_JOB,
            *(() if self.whole else (CREATE_JOB, SEND_DOCUMENT)),
            CANCEL_JOB,
            GET_JOB_ATTRIBUTES,
            GET_JOBS,
            GET_PRINTER_ATTRIBUTES,
        ]
        busy = any(j.state == PROCESSING for j in self.jobs)
        full = self.single and busy
        reasons = [self.fault, *(("spool-area-full",) if full else ())]
        return (
            bytes([PRINTER_GROUP])
            + value(ENUM, "printer-state", 4 if busy else 3)
            + value(BOOLEAN, "printer-is-accepting-jobs", not full)
            + values(KEYWORD, "printer-state-reasons", *reasons)
            + value(INTEGER, "printer-up-time", int(time.monotonic() - self.on_since) + 1)
            + value(NAME, "printer-name", "odd")
            + value(URI, "printer-uri-supported", self.uri)
            + value(KEYWORD, "uri-authentication-supported", "none")
            + value(KEYWORD, "uri-security-supported", "none")
            + value(KEYWORD, "ipp-versions-supported", "2.0")
            + values(ENUM, "operations-supported", *operations)
            + values(MIME, "document-format-supported", *self.formats)
            + value(CHARSET, "charset-supported", "utf-8")
            + value(KEYWORD, "compression-supported", "none")
            + value(INTEGER, "queued-job-count", len([j for j in self.jobs if j.state < CANCELED]))
            + value(BOOLEAN, "color-supported", False)
            + value(TEXT, "printer-make-and-model", "Odd")
            + self.more
        )

    def _job(self, job):
        return (
            bytes([JOB_GROUP])
            + value(INTEGER, "job-id", job.number)
            + value(URI, "job-uri", f"{self.uri}/{job.number}")
            + value(NAME, "job-name", job.name)
            + value(ENUM, "job-state", job.state)
            + value(KEYWORD, "job-state-reasons", self.ends if job.state == COMPLETED else "none")
            + value(
                INTEGER, "job-impressions-completed", int(job.state == COMPLETED and self.counts)
            )
        )

    def _print(self, job):
        jobs = self.jobs
        job.state = PROCESSING
        while (
            (self.hold or self.fault != "none")
            and job.state == PROCESSING
            and self.jobs is jobs
            and not self.closing
        ):
            time.sleep(0.02)
        with self.lock:
            if job.state != PROCESSING or self.jobs is not jobs or self.closing:
                return
            self.sheets.append(job.name)
            job.state = COMPLETED

    # Badly

    def _badly(self, connection, operation, number, body):
        manner = self.manner
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
        chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"

        def chunk(data):
            connection.sendall(b"%x\r\n" % len(data) + data + b"\r\n")

        def whole(data, length=None):
            connection.sendall(
                head
                + b"Content-Length: %d\r\n\r\n" % (len(data) if length is None else length)
                + data
            )

        def while_listening(send):
            while not self.closing and self.manner == manner:
                send()

        well = self._told(operation, number, body)
        if manner == "silent":
            while_listening(lambda: time.sleep(0.05))
        elif manner == "noise":
            connection.sendall(os.urandom(4096))
        elif manner == "no-ipp":
            whole(b"<html>It works!</html>")
        elif manner == "half":
            whole(well[: len(well) // 2])
        elif manner == "too-long":
            whole(well, len(well) + 100000)
        elif manner == "too-short":
            whole(well, 9)
        elif manner == "wild-lengths":
            whole(
                well[:-1]
                + struct.pack(">BH", KEYWORD, 0xFFFF)
                + b"x" * 20
                + struct.pack(">H", 0x7FFF)
                + b"y"
            )
        elif manner == "endless":
            connection.sendall(chunked)
            chunk(answer(0, number)[:-1] + bytes([PRINTER_GROUP]))
            while_listening(lambda: chunk(values(INTEGER, "more", *range(500))))
        elif manner == "nested":
            whole(
                answer(0, number)[:-1]
                + bytes([PRINTER_GROUP])
                + value(0x34, "media-col-database", b"")
                + (value(0x4A, "", "media-size") + value(0x34, "", b"")) * 5000
            )
        elif manner == "drop-by-drop":
            connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(well))
            for byte in well:
                if self.manner != manner or self.closing:
                    return
                connection.sendall(bytes([byte]))
                time.sleep(0.2)
        elif manner == "redirect":
            connection.sendall(
                b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:%d/elsewhere\r\n"
                b"Content-Length: 0\r\n\r\n" % self.port
            )
        elif manner.startswith("http-"):
            connection.sendall(
                b"HTTP/1.1 %s No\r\nUpgrade: TLS/1.2,HTTP/1.1\r\nConnection: Upgrade\r\n"
                b"Content-Length: 0\r\n\r\n" % manner[5:].encode()
            )
        elif manner == "endless-head":
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while_listening(lambda: connection.sendall(b"X-More: " + b"x" * 1000 + b"\r\n"))
        elif manner == "no-status":
            whole(answer(0, number))
        elif manner == "refuses":
            whole(
                answer(0x500, number, value(TEXT, "status-message", "server-error\x1b[31m " * 50))
            )
        elif manner == "wrong-types":
            whole(
                answer(
                    0,
                    number,
                    bytes([PRINTER_GROUP])
                    + value(TEXT, "printer-state", "idle")
                    + value(KEYWORD, "printer-is-accepting-jobs", "no")
                    + value(INTEGER, "printer-state-reasons", -1)
                    + value(KEYWORD, "printer-up-time", "")
                    + bytes([JOB_GROUP])
                    + value(TEXT, "job-id", "1")
                    + value(INTEGER, "job-name", 7)
                    + value(KEYWORD, "job-state", "9"),
                )
            )
        elif manner == "many-words":
            whole(
                answer(
                    0,
                    number,
                    bytes([PRINTER_GROUP])
                    + value(ENUM, "printer-state", 4)
                    + values(
                        KEYWORD,
                        "printer-state-reasons",
                        *("odd-%d-\x1b[2J%s" % (i, "é" * 100) for i in range(3000)),
                    )
                    + value(INTEGER, "printer-up-time", -5),
                )
            )
