#!/usr/bin/env python3
"""`accueil printers` on a real cupsd: label printers behind Debian's drivers, whose bytes are read
back into pixels; raw queues; a driverless printer of black dots; every state that a printer can be
in. TAP."""
import contextlib
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import labels, run, tap, venue
from kit.desk import Desk, label_template, serving
from kit.run import ACCUEIL, done
from kit.tap import expect, say
from kit.venue import BROTHER, DYMO, EPL2, ZEBRA
from kit.wait import answer, wait_for

PROOF = "EPREUVE-PROOF"


class Place:
    """The venue, and `accueil` in it."""

    def __init__(self, folder, cups):
        self.folder, self.cups = Path(folder), cups
        self.templates = {
            name: label_template(folder, name, *size)
            for name, size in {
                "4x6": (101.6, 152.4),
                "roll": (62, 96),
                "card": (86, 54),
                "a6": (105, 148),
                "poster": (400, 400),
            }.items()
        }
        self.pdf = None  # of 4 × 6 inches, once one was printed
        self.settings = self.folder / "station.ini"
        self.settings.write_text("[printing]\nprinters = zpl; badge; nowhere\n")

    def run(self, *words, status=0, **more):
        env = dict(self.cups.env, LC_ALL="C.UTF-8", **more)
        return run.accueil(*words, env=env, status=status, limit_s=120)

    def printers(self, size="4x6"):
        out = self.run(
            "printers", "--json", "--template", self.templates[size], "--settings", self.settings
        ).out
        return {p["queue"]: p for p in json.loads(out)["printers"]}

    def test(self, queue, size="4x6", status=0, wait=30):
        return self.run(
            "printers",
            "test",
            queue,
            "--template",
            self.templates[size],
            "--wait",
            wait,
            status=status,
        )

    def sheet(self, queue, size="4x6"):
        """Prints one, and returns the bytes that the label printer got."""
        before = len(self.cups.labels_received(queue))
        out = self.test(queue, size).out
        expect("printed" in out, out)
        wait_for(
            lambda: len(self.cups.labels_received(queue)) > before, "the printer to get its bytes"
        )
        return self.cups.labels_received(queue)[-1].read_bytes()

    def lp(self, queue, *words):
        """Prints as others do."""
        return done(["lp", "-d", queue, *words], env=self.cups.env).out

    def job(self, queue, size="4x6", wait=600):
        """Prints in the background."""
        return subprocess.Popen(
            [
                ACCUEIL,
                "printers",
                "test",
                queue,
                "--template",
                self.templates[size],
                "--wait",
                str(wait),
            ],
            env=dict(self.cups.env, LC_ALL="C.UTF-8"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def same(name, got, reference):
    """Two pictures, but for the white around them."""
    got, reference = labels.trim(got), labels.trim(reference)
    off = labels.difference(got, reference)
    expect(
        off == 0,
        f"{name}: {off} of {len(reference) * len(reference[0])} dots differ from what was drawn "
        f"({len(got[0])} × {len(got)} and {len(reference[0])} × {len(reference)})",
    )


# What arrives -------------------------------------------------------------------------------------


def raw_zpl(place):
    """a raw queue that says it is ZPL gets our own graphic field, dot for dot"""
    picture, width = labels.zpl(place.sheet("rawzpl"))
    expect(
        (len(picture[0]), len(picture), width) == (816, 1218, 812),
        f"{len(picture[0])} × {len(picture)}, ^PW{width}",
    )
    expect(labels.codes(picture) == [PROOF], f"codes {labels.codes(picture)}")
    place.reference = {203: picture}
    place.reference[300] = labels.zpl(place.sheet("raw300"))[0]


def raw_refused(place):
    """a raw queue of which nobody knows what it reads is refused, with what to do"""
    said = place.test("raw", status=1)
    expect("lpadmin -p raw" in said.err and "ZPL" in said.err, said.err)
    expect(not place.cups.labels_received("raw"), "something was sent all the same")


def zebra_zpl(place):
    """Zebra ZPL: the driver passes our dots on unchanged; a PDF through CUPS's filters comes out
    different"""
    data = place.sheet("zpl")
    picture, width = labels.zpl(data)
    expect(
        width == 812 and labels.codes(picture) == [PROOF],
        f"^PW{width}, codes {labels.codes(picture)}",
    )
    expect(
        b"^MNY" in data and b"~SD" not in data and b"^MD" not in data,
        "the queue's media tracking, and darkness left alone",
    )
    same("zpl", picture, place.reference[203])
    before = len(place.cups.labels_received("zpl"))
    words = ["-o", "media=na_index-4x6_4x6in", "-o", "print-scaling=none", place.pdf]
    place.lp("zpl", *words)
    wait_for(lambda: len(place.cups.labels_received("zpl")) > before, "the PDF to come out")
    filtered, _ = labels.zpl(place.cups.labels_received("zpl")[-1].read_bytes())
    filtered, picture = labels.trim(filtered), labels.trim(picture)
    off = labels.difference(filtered, picture)
    print(
        f"# a PDF through CUPS's filters: {off} of {sum(map(sum, picture))} black dots differ, "
        f"codes read: {labels.codes(filtered)}",
        flush=True,
    )
    expect(off > 0, "CUPS's filters do as well: the driver needs no raster from us")


def zebra_options(place):
    """what the queue's owner has set goes along: media tracking, darkness, thermal transfer"""
    place.cups.lpadmin(
        "-p",
        "zpl",
        "-o",
        "zeMediaTracking=Continuous",
        "-o",
        "Darkness=20",
        "-o",
        "MediaType=Thermal",
    )
    try:
        data = place.sheet("zpl")
    finally:
        place.cups.lpadmin(
            "-p", "zpl", "-o", "zeMediaTracking=Web", "-o", "Darkness=-1", "-o", "MediaType=Saved"
        )
    expect(b"^MNN" in data and b"~SD20" in data and b"^MTT" in data, f"{data[-300:]}")


def zebra_epl(place):
    """Zebra EPL2: the same dots"""
    picture, _ = labels.epl(place.sheet("epl"))
    expect(labels.codes(picture) == [PROOF], f"codes {labels.codes(picture)}")
    same("epl", picture, place.reference[203])


def roll(place):
    """a roll: the width is the paper's, the height the badge's"""
    for queue, read in (("zpl", labels.zpl), ("epl", labels.epl)):
        picture = read(place.sheet(queue, "roll"))[0]
        expect(
            labels.codes(picture) == [PROOF] and abs(len(picture[0]) - 496) <= 8,
            f"{queue}: {len(picture[0])} dots wide",
        )
    expect(
        place.printers("roll")["zpl"]["badges"]["media"] == "custom_62x96mm_62x96mm",
        "the custom size",
    )


def dymo(place):
    """DYMO LabelWriter 4XL: 4 × 6 inches by the driver's own name for them, told to print dots and
    not halftones; our dots"""
    picture, _ = labels.dymo(place.sheet("dymo"))
    expect(labels.codes(picture) == [PROOF], f"codes {labels.codes(picture)}")
    expect(len(picture[0]) <= 1248, f"{len(picture[0])} dots are wider than the head")
    same("dymo", picture, place.reference[300])


def brother(place):
    """Brother QL-820NWB: continuous tape of 62 mm, cut; our dots"""
    reference = labels.zpl(place.sheet("raw300", "roll"))[0]
    picture, tape, cut = labels.brother(place.sheet("brother", "roll"))
    expect((tape, cut) == (62, True), f"tape {tape} mm, cut {cut}")
    expect(labels.codes(picture) == [PROOF], f"codes {labels.codes(picture)}")
    same("brother", picture, reference)
    expect(
        place.printers("4x6")["brother"].get("badges") is None
        and "62" in place.printers("4x6")["brother"]["error"],
        "a badge of 4 × 6 inches is no label of 62 mm",
    )


def thermal(place):
    """a driverless printer of black dots: PWG raster of one bit, the same dots"""
    place.test("thermal")
    ((picture, dpi, media),) = labels.pwg(place.cups.documents("thermal")[-1].read_bytes())
    expect((dpi, media) == (203, "na_index-4x6_4x6in"), f"{dpi} dpi, {media}")
    expect(labels.codes(picture) == [PROOF], f"codes {labels.codes(picture)}")
    same("thermal", picture, place.reference[203])


def card(place):
    """a card that is wider than the tape is turned a quarter clockwise, dot for dot"""
    wish = place.printers("card")["brother"]["badges"]
    expect(wish["rotated"] and (wish["width_mm"], wish["height_mm"]) == (54, 86), f"{wish}")
    upright = labels.zpl(place.sheet("raw300", "card"))[0]
    picture, _, _ = labels.brother(place.sheet("brother", "card"))
    same("brother", picture, [bytes(row) for row in zip(*reversed(upright))])


def pdf_printer(place):
    """an office printer gets a PDF of the badge's size, upright and across"""
    for size, width, height in (("4x6", 288, 432), ("a6", 297.6, 419.5), ("card", 243, 153)):
        before = len(place.cups.documents("badge"))
        place.test("badge", size)
        document = place.cups.documents("badge")[before]
        place.pdf = place.pdf or document
        info = done(["pdfinfo", document]).out
        got = [
            float(w)
            for w in next(
                line for line in info.splitlines() if line.startswith("Page size")
            ).split()
            if w.replace(".", "").isdigit()
        ]
        expect(abs(got[0] - width) < 1 and abs(got[1] - height) < 1, f"{size}: {got}")


# What a queue's owner may have set for every job, of RFC 8011, PWG 5100, CUPS and its filters.
SPOILING = {
    "copies": "2",
    "job-hold-until": "indefinite",
    "job-sheets": "standard,standard",
    "number-up": "4",
    "number-up-layout": "btrl",
    "page-border": "double",
    "page-set": "even",
    "page-ranges": "2-3",
    "page-delivery": "reverse-order-face-down",
    "outputorder": "reverse",
    "orientation-requested": "4",
    "landscape": "true",
    "mirror": "true",
    "booklet": "on",
    "print-scaling": "fill",
    "fitplot": "true",
    "fit-to-page": "true",
    "fill": "true",
    "crop-to-fit": "true",
    "scaling": "200",
    "natural-scaling": "50",
    "sides": "two-sided-short-edge",
    "page-left": "100",
    "page-right": "100",
    "page-top": "100",
    "page-bottom": "100",
    "page-label": "LABEL",
    "position": "top-left",
    "media": "iso_a4_210x297mm",
    "PageSize": "A4",
    "emit-jcl": "true",
    "multiple-document-handling": "single-document-new-sheet",
    "ppi": "20",
}
PLAIN_PDF = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PLAIN.PPD"
*Product: "(Plain)"
*Manufacturer: "Plain"
*ModelName: "Plain"
*ShortNickName: "Plain"
*NickName: "Plain PDF"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
"""


def plain_driver(folder):
    """A printer of pages that reads PDF, on A6 and A4."""
    sizes = {"A6": (297.64, 419.53), "A4": (595.28, 841.89)}
    text = PLAIN_PDF
    for option in ("PageSize", "PageRegion"):
        text += f"*OpenUI *{option}: PickOne\n*Default{option}: A6\n"
        text += "".join(
            f'*{option} {name}: "<</PageSize[{w} {h}]>>setpagedevice"\n'
            for name, (w, h) in sizes.items()
        )
        text += f"*CloseUI: *{option}\n"
    text += "*DefaultImageableArea: A6\n*DefaultPaperDimension: A6\n"
    for name, (w, h) in sizes.items():
        text += f'*ImageableArea {name}: "0 0 {w} {h}"\n*PaperDimension {name}: "{w} {h}"\n'
    path = folder / "plain.ppd"
    path.write_text(text, encoding="latin-1")
    return path


def pages(folder, data):
    """A PDF as pixels."""
    path = folder / "received.pdf"
    path.write_bytes(data)
    for old in folder.glob("page-*"):
        old.unlink()
    done(["pdftoppm", "-r", "60", path, folder / "page"])
    return [page.read_bytes() for page in sorted(folder.glob("page-*"))]


def defaults(place):
    """whatever the queue's owner has set for every job, a badge comes out as without it, and once:
    as a PDF, and as dots"""
    place.cups.add_label_queue("plain", plain_driver(place.folder))
    good = {}
    for queue, size in (("plain", "a6"), ("zpl", "4x6")):
        good[queue] = place.sheet(queue, size)
        words = [word for k, v in SPOILING.items() for word in ("-o", f"{k}-default={v}")]
        place.cups.lpadmin("-p", queue, *words)
        try:
            before = len(place.cups.labels_received(queue))
            spoilt = place.sheet(queue, size)
            expect(len(place.cups.labels_received(queue)) == before + 1, f"{queue}: not one sheet")
        finally:
            names = [word for k in SPOILING for word in ("-R", f"{k}-default")]
            place.cups.lpadmin("-p", queue, *names)
        if queue == "zpl":
            expect(labels.zpl(spoilt) == labels.zpl(good[queue]), "zpl: other dots")
        else:
            expect(
                pages(place.folder, spoilt) == pages(place.folder, good[queue]),
                "plain: another page",
            )


# Paper --------------------------------------------------------------------------------------------


def listing(place):
    """the list: the pool in its order and marked, then the others; paper, resolution, what is sent;
    a queue that is not there"""
    found = place.printers()
    expect(
        [(q, p["pool"]) for q, p in found.items() if "pool" in p]
        == [("zpl", 1), ("badge", 2), ("nowhere", 3)],
        f"{list(found)}",
    )
    expect(
        found["nowhere"]["troubles"][0]["trouble"] == "no-queue"
        and found["nowhere"]["troubles"][0]["zh"],
        f"{found['nowhere']}",
    )
    zpl, badge = found["zpl"], found["badge"]
    expect(
        zpl["dpi"] == [203, 300, 600]
        and not zpl["colour"]
        and zpl["badges"]["format"] == "application/vnd.cups-raster"
        and zpl["badges"]["one_bit"],
        f"{zpl['badges']}",
    )
    expect(
        badge["colour"]
        and badge["badges"]["format"] == "application/pdf"
        and badge["badges"]["media"] == "na_index-4x6_4x6in",
        f"{badge['badges']}",
    )
    # Whoever reads has read enough: no word about a full disk.
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody:
        enough = subprocess.run(
            [ACCUEIL, "printers"], env=place.cups.env, stdout=nobody, stderr=subprocess.PIPE
        )
    expect(enough.stderr == b"", enough.stderr)
    expect(
        found["thermal"]["badges"]["format"] == "image/pwg-raster"
        and found["brother"].get("badges") is None,
        "formats",
    )
    expect(
        all(p["state"] == "idle" and p["accepting"] for p in found.values() if "state" in p),
        "states",
    )
    text = place.run(
        "printers", "--settings", place.settings, "--template", place.templates["4x6"]
    ).out
    expect(
        "badge: ready (printer 2 of this station)" in text
        and "PDF, 300 dpi, colour, on 101.6 × 152.4 mm (na_index-4x6_4x6in)" in text,
        text,
    )
    expect("nowhere" in text and "n’est pas installée" in text and "请联系技术人员" in text, text)


def no_paper(place):
    """a badge for which a queue has no paper: the nearest sizes are named"""
    said = place.test("epl", "poster", status=1)
    expect("no paper of 400 × 400 mm" in said.err and "101.6 × 165.1" in said.err, said.err)


# States -------------------------------------------------------------------------------------------


def named(place, queue, trouble, severities=("error", "warning")):
    """Waits until `accueil printers` names the trouble, tells how long that took (`make bench`
    holds it against its limit), and checks that both languages say what to do."""
    start = time.monotonic()

    def there():
        return next(
            (t for t in place.printers()[queue]["troubles"] if t["trouble"] == trouble), None
        )

    try:
        said = wait_for(there, f"{queue} to be called {trouble}")
    except TimeoutError as error:
        now = place.printers()[queue]
        raise TimeoutError(f"{error}: {now['troubles']} {now.get('reasons')}") from None
    say(f"  {queue}: {trouble} after {time.monotonic() - start:.2f} s")
    expect(said["severity"] in severities and said["fr"] and said["zh"], f"{said}")


def gone(place, queue):
    wait_for(lambda: not place.printers()[queue]["troubles"], f"{queue} to be well again")


def said_by_test(job, trouble):
    out = answer(job, limit_s=90)[0]
    expect(trouble in out, f"the test sheet does not say {trouble}: {out}")


def faults(place):
    """what an IPP printer says (all that ippeveprinter can say): no paper, other paper, open cover,
    jam, ribbon, toner, tray, waste, memory, paused, something else; and what is soon to be seen
    to"""
    rows = {
        "media-empty": "media-empty",
        "media-needed": "media-needed",
        "cover-open": "cover-open",
        "media-jam": "media-jam",
        "marker-supply-empty": "marker-supply-empty",
        "toner-empty": "toner-empty",
        "input-tray-missing": "input-tray-missing",
        "marker-waste-full": "marker-waste-full",
        "spool-area-full": "memory",
        "paused": "paused",
        "other": "other",
    }
    # marker-waste-almost-full it cuts off: its keywords have 31 letters.
    notes = ("media-low", "marker-supply-low", "toner-low")
    job = place.job("badge")
    try:
        for reason, trouble in rows.items():
            place.cups.set_fault("badge", reason + "-error")
            named(place, "badge", trouble)
        for reason in notes:
            place.cups.set_fault("badge", reason + "-warning")
            named(place, "badge", reason, ("note",))
    finally:
        place.cups.clear_fault("badge")
    said_by_test(job, "printed")
    gone(place, "badge")


def off(place):
    """a printer that is switched off: one that is asked itself, one that hangs, one of which only
    CUPS knows, and back again"""
    place.cups.stop_printer("badge")
    named(place, "badge", "off")
    place.cups.start_printer("badge")
    gone(place, "badge")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        place.cups.lpadmin(
            "-p",
            "deaf",
            "-E",
            "-v",
            f"ipp://127.0.0.1:{deaf.getsockname()[1]}/ipp/print",
            "-m",
            ZEBRA,
        )
        named(place, "deaf", "off")
        place.cups.lpadmin("-x", "deaf")
    # As with a cable that is out: nothing answers the attempt to connect.
    with socket.socket() as silent, contextlib.ExitStack() as waiting:
        silent.bind(("127.0.0.1", 0))
        silent.listen(0)
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(silent.getsockname())
        place.cups.lpadmin(
            "-p", "silent", "-E", "-v", f"socket://127.0.0.1:{silent.getsockname()[1]}", "-m", ZEBRA
        )
        job = place.job("silent", wait=4)
        named(place, "silent", "off")
        expect(
            "off: L’imprimante ne répond pas" in answer(job, limit_s=90)[0],
            "the sheet's own words",
        )
        place.cups.lpadmin("-x", "silent")
    place.cups.stop_label_printer("epl")
    job = place.job("epl")
    try:
        named(place, "epl", "off")
    finally:
        place.cups.start_label_printer("epl")
    out = answer(job, limit_s=90)[0]
    expect("off: L’imprimante ne répond pas" in out and "打印机无响应" in out and "printed" in out, out)
    gone(place, "epl")


def stopped(place):
    """a queue that was stopped, and one that takes no jobs"""
    for command, back, trouble in (
        ("cupsdisable", "cupsenable", "resting"),
        ("cupsreject", "cupsaccept", "not-accepting"),
    ):
        done([command, "badge"], env=place.cups.env)
        named(place, "badge", trouble)
        done([back, "badge"], env=place.cups.env)
        gone(place, "badge")


def bad_driver(place, filter_program):
    """The Zebra's driver file with another filter."""
    path = place.folder / "bad.ppd"
    path.write_text(
        (Path(place.cups.state) / "etc/ppd/zpl.ppd")
        .read_text(encoding="latin-1")
        .replace("50 rastertolabel", f"50 {filter_program}"),
        encoding="latin-1",
    )
    return path


def filter_failed(place):
    """a driver that fails, and one that is not installed"""
    program = Path(place.cups.state) / "fail.sh"
    program.write_text("#!/bin/sh\ncat > /dev/null\nexit 1\n")
    program.chmod(0o755)
    place.cups.add_label_queue("failing", bad_driver(place, program))
    out = place.test("failing", status=1, wait=2).out
    expect("filter-failed: Le pilote" in out and "打印机驱动出错" in out, out)
    print(
        "#   failing: filter-failed after "
        f"{float(out.split('filter-failed')[0].splitlines()[-1].split()[0]):.2f} s",
        flush=True,
    )
    place.cups.add_label_queue("missing", bad_driver(place, "rastertonowhere"))
    job = place.job("missing", wait=4)
    named(place, "missing", "filter-failed")
    said_by_test(job, "filter-failed")


def authentication(place):
    """a printer that wants a password"""

    class Locked(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="printer"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Locked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place.cups.lpadmin(
            "-p",
            "locked",
            "-E",
            "-v",
            f"ipp://127.0.0.1:{server.server_port}/ipp/print",
            "-m",
            ZEBRA,
        )
        named(place, "locked", "authentication")
        out = place.test("locked", status=1, wait=2).out
        expect("authentication: L’imprimante demande un mot de passe" in out, out)
        server.shutdown()
    place.cups.lpadmin("-x", "locked")


def spooler_away(place):
    """without CUPS: said, with what to do"""
    place.cups.stop_cupsd()
    said = place.run("printers", status=1)
    expect("CUPS" in said.err, said.err)
    place.cups.start_cupsd()


# A station ----------------------------------------------------------------------------------------


def station(place):
    """a scan becomes a label: the agent prints a delegate's badge through the Zebra's driver, and
    its code opens the next door; no name is left in the spool"""
    desk = Desk(place.folder / "station", place.cups, "desk-label", ["zpl"])
    before = len(place.cups.labels_received("zpl"))
    code = desk.coming[-1][1]
    with serving(desk, "--template", place.templates["4x6"]):
        reference = desk.arrive()
        wait_for(lambda: len(place.cups.labels_received("zpl")) > before, "the label")
        desk.wait_state(reference, "printed")
    (read,) = labels.codes(labels.zpl(place.cups.labels_received("zpl")[-1].read_bytes())[0])
    expect(read.startswith("AC:") and read != code, f"the label's code is {read}")
    words = ("scan", "--checkpoint", "entree-est", "--json")
    opened = desk.run(*words, stdin=read + "\n", status=None).out
    expect('"ALREADY_IN"' in opened or '"ADMITTED"' in opened, opened)
    names = json.loads(desk.run("roster", "--json", "--search", reference).out)[0]
    texts = [name.encode() for name in (names["family"], names["given"]) if name]
    spool = Path(place.cups.state) / "spool"
    left = [
        path.name
        for path in spool.rglob("*")
        if path.is_file() and any(text in path.read_bytes() for text in texts)
    ]
    expect(texts and not left, f"names are left in the spool: {left}")


def two_sides(place):
    """a printer of both sides gets both, and is told to turn the sheet by its long edge: front and
    back as the station draws them; one that is not asked for the back gets the front alone"""
    desk = Desk(place.folder / "both", place.cups, "desk-both", ["duplex"])
    folder, people = desk.folder, [desk.coming[0][0], desk.coming[1][0]]
    for reference, back, pages in zip(people, ("yes", "no"), (2, 1)):
        settings = folder / f"{back}.ini"
        settings.write_text(f"[printing]\nprinters = duplex\nback = {back}\n")
        words = ("--reason", "not-printed", "--volunteer", "Zoé")
        desk.run("badge", "reprint", reference, *words)
        desk.run("agent", "--settings", settings, "--no-sync", "--once")
        document = place.cups.documents("duplex")[-1]
        said = done(["pdfinfo", document]).out
        expect(f"Pages:           {pages}" in said, said)
        drawn = folder / f"{back}.pdf"
        desk.run("badge", "render", reference, "--serial", "2", "-o", drawn)
        for page in range(1, pages + 1):
            pictures = []
            for path in (document, drawn):
                out = folder / f"{path.stem}-{page}"
                done(
                    [
                        "pdftoppm",
                        "-r",
                        "203",
                        "-gray",
                        "-f",
                        str(page),
                        "-l",
                        str(page),
                        "-singlefile",
                        path,
                        out,
                    ]
                )
                pictures.append(Path(f"{out}.pgm").read_bytes())
            off = sum(abs(a - b) > 64 for a, b in zip(*pictures))
            expect(
                len(pictures[0]) == len(pictures[1]) and off <= len(pictures[0]) // 200,
                f"page {page} is not as it was drawn: {off} of {len(pictures[0])} dots differ",
            )
        sides = (place.cups.control("duplex") / "sides").read_text()
        expect(
            (sides == "two-sided-long-edge") == (pages == 2),
            f"the printer was asked for the sides “{sides}”",
        )


# Traces -------------------------------------------------------------------------------------------


def preserving(place, files):
    """CUPS with its default of holding documents of jobs that are done, or not."""
    conf = Path(place.cups.state) / "etc/cupsd.conf"
    place.cups.stop_cupsd()
    conf.write_text(
        re.sub(
            r"PreserveJobFiles \w+",
            f"PreserveJobFiles {'Yes' if files else 'No'}",
            conf.read_text(),
        )
    )
    place.cups.start_cupsd()


def forgotten(place):
    """a sheet that is out has left nothing in CUPS, even where CUPS is told to hold what it has
    printed: no file, no job, no word in the log"""
    spool = Path(place.cups.state) / "spool"
    preserving(place, True)
    try:
        before = {p.name for p in spool.iterdir()}
        place.cups.set_fault("badge", "media-empty-error")
        job = place.job("badge")
        wait_for(
            lambda: {p.name for p in spool.iterdir() if p.name[0] in "cd"} - before,
            "the job to stand in the spool",
        )
        place.cups.clear_fault("badge")
        out = answer(job, limit_s=90)[0]
        expect("printed" in out, out)
        left = {p.name for p in spool.iterdir() if p.is_file()} - before
        expect(not left, f"the spool still holds {left}")
        jobs = done(["lpstat", "-W", "all", "-o", "badge"], env=place.cups.env, status=None).out
        expect("accueil-test" not in jobs, jobs)
        expect("preuve" not in place.cups.cups_log(), "CUPS's log has texts of the badge")
    finally:
        preserving(place, False)


def doctor(place):
    """the doctor names each printer's trouble, a queue of the pool that is not there, and what CUPS
    still holds of badges that are done"""

    def said():
        words = ("doctor", "--db", place.folder / "station" / "desk.db")
        return place.run(*words, status=None, ACCUEIL_SETTINGS=str(place.settings)).out

    def left(documents):
        pdf = place.folder / "left.pdf"
        pdf.write_bytes(place.pdf.read_bytes())
        preserving(place, documents)
        said = place.lp("badge", "-t", "accueil-desk-X-1", pdf)
        number = re.search(r"badge-\d+", said)[0]

        def completed():
            return done(["lpstat", "-W", "completed"], env=place.cups.env, status=None).out

        wait_for(lambda: re.search(rf"^{number}\s", completed(), re.M), f"job {number} to be done")

    done(["cancel", "-a", "-x"], env=place.cups.env, status=None)
    wait_for(
        lambda: not [p for p in (Path(place.cups.state) / "spool").iterdir() if p.name[0] == "c"],
        "an empty spool",
    )
    out = said()
    expect(
        "CUPS holds nothing of badges that are done" in out
        and "CUPS has no queue nowhere" in out
        and "✓ printer               badge: ready" in out,
        out,
    )
    left(False)
    out = said()
    expect("CUPS knows 1 badges that are done" in out, f"with a job: {out}")
    left(True)
    out = said()
    expect(
        "CUPS holds the documents of 1 badges" in out and "PreserveJobFiles No" in out,
        f"with a document: {out}",
    )
    preserving(place, False)
    done(["cancel", "-a", "-x"], env=place.cups.env, status=None)
    done(["cupsdisable", "badge"], env=place.cups.env)
    expect("badge: cannot print, resting" in said() and "→ cupsenable badge" in said(), said())
    done(["cupsenable", "badge"], env=place.cups.env)


TESTS = (
    pdf_printer,
    defaults,
    raw_zpl,
    raw_refused,
    zebra_zpl,
    zebra_options,
    zebra_epl,
    roll,
    dymo,
    brother,
    thermal,
    card,
    listing,
    no_paper,
    faults,
    off,
    stopped,
    filter_failed,
    authentication,
    spooler_away,
    station,
    two_sides,
    forgotten,
    doctor,
)


LABEL_QUEUES = (
    ("zpl", ZEBRA, ()),
    ("epl", EPL2, ()),
    ("dymo", DYMO, ()),
    ("brother", BROTHER, ()),
    ("raw", None, ()),
    ("rawzpl", None, ("-D", "ZPL 203 dpi")),
    ("raw300", None, ("-D", "ZPL, 300 dpi")),
)


def main():
    try:
        venue.enter()
        with tempfile.TemporaryDirectory(prefix="accueil-printers-") as folder, venue.Venue(
            Path(folder) / "venue", ("badge", "thermal", "duplex")
        ) as cups:
            for name, driver, options in LABEL_QUEUES:
                cups.add_label_queue(name, driver, *options)
            place = Place(folder, cups)
            print(f"1..{len(TESTS)}", flush=True)
            return not tap.run(TESTS, lambda test: contextlib.nullcontext(place))
    except venue.Unavailable as reason:
        print(f"1..0 # skip {reason}")
        return 0


if __name__ == "__main__":
    sys.exit(main())
