#!/usr/bin/python3
"""The kiosk at work in Xvfb, on a release build, over a replica of many delegates: how long from a
line of a scanner to the painted verdict, from the program's start to the first painted answer, from
a typed letter to the painted results, from a touch to the painted page, and how much memory it
takes; and how many touches the desk's work takes, done by a robot on the screen as a volunteer
would. Prints lines "name|value|unit|limit|source" for run.py, which
calls it with the replica; alone it makes one of $ROWS delegates.

A moment is one in which the display itself holds the new pixels: a part of the screen that only the
answer changes (the name; the results) is fetched from the X server again and again, about every
millisecond. So a time ends when the server has drawn, not when the program has said so; it is the
last change before a time of quiet (STILL_S, PAGE_STILL_S), so a picture that comes in two steps
counts with its second. An agent runs beside, as at a venue.

A touch is one of a button, of a field or of a key of the keyboard on the screen; a code that is
shown to the reader counts as one too."""
import ctypes
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
os.chdir(TOP)
os.environ.setdefault("BUILD", "build/release")
sys.path.insert(0, str(TOP / "tests"))
import kit.kiosk  # noqa: E402
from kit.kiosk import Kiosk, accueil, enter_desk, facts, wait_for  # noqa: E402
from kit.run import ACCUEIL, codes_of, pin_of  # noqa: E402
from kit.tap import expect  # noqa: E402

WORK = TOP / "build" / "bench"
ROWS = int(os.environ.get("ROWS", "100000"))
SCANS = int(os.environ.get("SCANS", "400"))
STARTS = 9
STILL_S = 0.06
PAGE_STILL_S = 0.2  # a page may come empty, and its list a moment later
SIZE = (540, 960)
NAME = (0, 100, 540, 190)  # x, y, width, height on the page of a welcome
RESULTS = (0, 128, 540, 330)  # on the page of a search
# The desk's pages, but for the scroll bar: it shrinks when rows below the page's end are made.
PAGE = (0, 0, 508, SIZE[1])
ROUNDS = int(os.environ.get("ROUNDS", "12"))  # of touches through the desk's pages
TYPED = [
    "o",
    "ou",
    "ouy",
    "ouya",
    "ouyang",
    "ouyang f",
    "欧阳",
    "欧阳芳",
    "oysy",
    "lefevre",
    "lefevre zo",
    "d'est",
    "chengdu",
    "wuhan",
    "CN-05",
    "CN-050",
    "王伟",
    "zhuge z",
]
Z_PIXMAP, ALL_PLANES = 2, ctypes.c_ulong(-1)


class Eye:
    """Looks at one part of a display."""

    def __init__(self, display, region):
        x11 = ctypes.CDLL("libX11.so.6")
        for call in ("XOpenDisplay", "XGetImage", "XGetSubImage"):
            getattr(x11, call).restype = ctypes.c_void_p
        x11.XDefaultRootWindow.restype = ctypes.c_ulong
        x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
        x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        x11.XGetImage.argtypes = [
            ctypes.c_void_p,
            ctypes.c_ulong,
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_ulong,
            ctypes.c_int,
        ]
        x11.XGetSubImage.argtypes = x11.XGetImage.argtypes + [
            ctypes.c_void_p,
            ctypes.c_int,
            ctypes.c_int,
        ]
        self.x11, self.region = x11, region
        self.display = x11.XOpenDisplay(display.encode())
        expect(self.display, "no connection to " + display)
        self.root = x11.XDefaultRootWindow(self.display)
        self.image = x11.XGetImage(self.display, self.root, *region, ALL_PLANES, Z_PIXMAP)
        expect(self.image, "the display gives no picture")

    def look(self):
        self.x11.XGetSubImage(
            self.display, self.root, *self.region, ALL_PLANES, Z_PIXMAP, self.image, 0, 0
        )
        # struct _XImage: four ints, then the data.
        data = ctypes.c_void_p.from_address(self.image + 16).value
        return ctypes.string_at(data, self.region[2] * self.region[3] * 4)

    def rest(self, still_s=2, deadline_s=60):
        """Waits until the picture has stayed as it is for @still_s."""
        seen, changed, end = self.look(), time.monotonic(), time.monotonic() + deadline_s
        while time.monotonic() - changed < still_s:
            if (picture := self.look()) != seen:
                seen, changed = picture, time.monotonic()
            expect(time.monotonic() < end, "the screen did not come to rest")
            time.sleep(0.01)

    def last_change(self, before, done, still_s=STILL_S, deadline_s=20):
        """When the picture was first seen as it stays, after it has become another than @before and
        @done is true; it stays if it has done so for @still_s."""
        seen, changed, end = before, None, time.monotonic() + deadline_s
        while True:
            now, picture = time.monotonic(), self.look()
            if picture != seen:
                seen, changed = picture, time.monotonic()
            if changed is not None and now - changed > still_s and seen != before and done():
                return changed
            expect(now < end, "the screen did not change")
            time.sleep(0.001)


def read_code(path):
    """The text of the QR symbol in a picture."""
    zbar = ctypes.CDLL("libzbar.so.0")
    for call in (
        "zbar_image_scanner_create",
        "zbar_image_create",
        "zbar_image_first_symbol",
    ):
        getattr(zbar, call).restype = ctypes.c_void_p
    zbar.zbar_symbol_get_data.restype = ctypes.c_char_p
    picture = kit.kiosk.Image.open(path).convert("L")
    pixels = picture.tobytes()
    scanner = ctypes.c_void_p(zbar.zbar_image_scanner_create())
    image = ctypes.c_void_p(zbar.zbar_image_create())
    zbar.zbar_image_scanner_set_config(scanner, 0, 0, 1)
    zbar.zbar_image_set_format(image, ctypes.c_ulong(int.from_bytes(b"Y800", "little")))
    zbar.zbar_image_set_size(image, picture.width, picture.height)
    zbar.zbar_image_set_data(image, pixels, ctypes.c_ulong(len(pixels)), None)
    zbar.zbar_scan_image(scanner, image)
    symbol = zbar.zbar_image_first_symbol(image)
    expect(symbol, "no code can be read in " + str(path))
    return zbar.zbar_symbol_get_data(ctypes.c_void_p(symbol)).decode()


class Roster:
    """A replica with many delegates, tickets and a volunteer, as kit.kiosk.Replica."""

    def __init__(self, source):
        self.db = str(WORK / "kiosk.db")
        for end in ("", "-wal", "-shm"):
            Path(self.db + end).unlink(missing_ok=True)
        if source is None:
            accueil(self.db, "init", "--station", "entree-est")
            accueil(self.db, "event", "load", "assets/demo/congress.ini")
            subprocess.run(
                [sys.executable, "tests/bench/roster.py", str(ROWS), str(WORK / "kiosk.csv")],
                check=True,
            )
            accueil(self.db, "import", str(WORK / "kiosk.csv"), "--yes")
        else:
            with sqlite3.connect(source) as db:
                db.execute("VACUUM INTO ?", (self.db,))
        with sqlite3.connect(self.db) as db:
            has_key = db.execute("SELECT 1 FROM fact WHERE kind = 'key'").fetchone()
        if not has_key:
            accueil(self.db, "key", "new")
        tickets = WORK / "kiosk-tickets.csv"
        accueil(self.db, "ticket", "issue", "--csv", str(tickets))
        self.codes = codes_of(tickets)
        self.pin = pin_of(accueil(self.db, "volunteer", "add", "Li Na"))
        with sqlite3.connect(self.db) as db:
            names = {
                row[0]: row[1:]
                for row in db.execute("SELECT reference, given, family, name_zh FROM delegate")
            }
            been = {
                row[0]
                for row in db.execute(
                    "SELECT DISTINCT subject FROM fact WHERE kind IN ('passage', 'badge-issued')"
                )
            }
        wearer = min(names.keys() - been)
        self.worn = self.badge_of_a_volunteer(wearer)
        been.add(wearer)
        # People of both countries from everywhere in the list who have not been here yet, and no
        # two with one name after the other: the name is what is looked at.
        self.waiting, name = [], None
        for reference in sorted(self.codes)[:: max(len(self.codes) // (2 * (SCANS + STARTS)), 1)]:
            if reference not in been and names[reference] != name:
                self.waiting.append(reference)
                name = names[reference]

    def badge_of_a_volunteer(self, wearer):
        """The code of a badge that opens the desk."""
        picture = str(WORK / "worn.png")
        typed = pin_of(accueil(self.db, "volunteer", "add", "Marie", "--badge", wearer))
        self.worn_pin = typed[3:]  # after her number
        why = ("--volunteer", "Marie", "--reason", "phone")
        accueil(self.db, "admit", wearer, "--checkpoint", "entree-est", *why)
        serial = facts(self, "badge-issued")[-1][1]["serial"]
        accueil(self.db, "badge", "render", wearer, "--serial", str(serial), "-o", picture)
        return read_code(picture)

    def passages(self):
        with sqlite3.connect(self.db) as db:
            return db.execute("SELECT count(*) FROM fact WHERE kind = 'passage'").fetchone()[0]


def row(figure, value, unit, limit):
    print(f"{figure}|{value}|{unit}|{limit}|limit", flush=True)


def share(times, of):
    return sorted(times)[min(int(len(times) * of), len(times) - 1)]


def scan(kiosk, eye, reference):
    """Seconds from the line to the painted verdict."""
    before, been = eye.look(), kiosk.replica.passages()
    with open(kiosk.fifo, "w", encoding="utf-8") as fifo:
        start = time.monotonic()
        fifo.write(kiosk.replica.codes[reference] + "\n")
    return eye.last_change(before, lambda: kiosk.replica.passages() > been) - start


def start(replica, eye, reference):
    """Seconds from the program's start to the painted answer to a code that waits in its reader."""
    before, been = eye.look(), replica.passages()
    with Kiosk(replica, *SIZE, wait=False) as kiosk:
        wait_for(lambda: os.path.exists(kiosk.fifo), "the reader's FIFO")
        with open(kiosk.fifo, "w", encoding="utf-8") as fifo:
            fifo.write(replica.codes[reference] + "\n")
        took = eye.last_change(before, lambda: replica.passages() > been) - kiosk.started
    wait_for(lambda: eye.look() == before, "the display to be empty again")
    return took


def resident_mb(pid):
    return int(re.search(r"VmRSS:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def enter(kiosk):
    if kiosk.find("Terminé", "button"):
        kiosk.touch("Terminé")
    enter_desk(kiosk)


def search(kiosk):
    """Seconds from each text in the field to its painted results."""
    eye = Eye(kit.kiosk.DISPLAY.name, RESULTS)
    field = wait_for(
        lambda: kiosk.find("查找", "text") or kiosk.find("查找", "entry"), "the search field"
    )
    # Python learns of a call when it is first made. The kiosk's own first search is measured.
    field.set_text_contents("")
    empty, times = eye.look(), []
    for typed in TYPED * 4:
        before = eye.look()
        start = time.monotonic()
        expect(field.set_text_contents(typed), f"“{typed}” cannot be written")
        times.append(eye.last_change(before, lambda: True) - start)
        field.set_text_contents("")
        wait_for(lambda: eye.look() == empty, "the results to be gone")
    return times


class Robot:
    """Works on the screen and counts."""

    def __init__(self, kiosk):
        self.kiosk, self.touches, self.times = kiosk, 0, []
        self.eye = Eye(kit.kiosk.DISPLAY.name, PAGE)

    def act(self, do):
        """@do, once; seconds to the page as it stays."""
        before = self.eye.look()
        start = time.monotonic()
        do()
        self.times.append(self.eye.last_change(before, lambda: True, PAGE_STILL_S) - start)
        self.touches += 1

    def button(self, name, whole=False):
        """The one whose name holds, or is, @name, once it can be touched."""

        def found():
            for role, text, node in self.kiosk.nodes():
                if "button" in role and (text == name if whole else name in text):
                    ready = node.get_state_set().contains(
                        kit.kiosk.DISPLAY.atspi.StateType.SENSITIVE
                    )
                    return node if ready else None
            return None

        return wait_for(
            found, lambda: f"a touch “{name}”; there is:\n" + "\n".join(self.kiosk.texts())
        )

    def touch(self, name, whole=False):
        """By the pointer: GTK waits 250 ms before it does what AT-SPI's action asks for."""
        self.press(self.button(name, whole))

    def field(self, name):
        node = self.kiosk.get(name, "text")
        if not node.get_state_set().contains(kit.kiosk.DISPLAY.atspi.StateType.FOCUSED):
            self.press(node)

    def press(self, node):
        """By the pointer, which besides alone puts the focus into a field. Where that is, is asked
        before: a finger does not ask, and on a page of many rows AT-SPI takes a tenth of a second
        to answer."""
        box = node.get_component_iface().get_extents(kit.kiosk.DISPLAY.atspi.CoordType.WINDOW)
        xtst, x11 = ctypes.CDLL("libXtst.so.6"), self.eye.x11
        display = ctypes.c_void_p(self.eye.display)

        def put():
            xtst.XTestFakeMotionEvent(
                display, 0, box.x + box.width // 2, box.y + box.height // 2, ctypes.c_ulong(0)
            )
            for down in (1, 0):
                xtst.XTestFakeButtonEvent(display, 1, down, ctypes.c_ulong(0))
            x11.XSync(display, 0)

        self.act(put)

    def type(self, letters):
        for letter in letters:
            self.touch(letter, whole=True)

    def scan(self, code):
        self.kiosk.rest_before(code)

        def show():
            with open(self.kiosk.fifo, "w", encoding="utf-8") as fifo:
                fifo.write(code + "\n")

        self.act(show)

    def done(self, work, limit, *texts):
        """Waits for what must stand there now; a line for the table."""
        self.kiosk.wait(*texts)
        row(f"touches to {work}", self.touches, "", limit)
        self.touches = 0


def delegation(replica):
    """Nine of one organisation that nobody has met yet; their references, the leader first."""
    path = replica.db + "-delegation.csv"
    group = [f"DL-{i:02}" for i in range(1, 10)]
    with open(path, "w", encoding="utf-8") as sheet:
        sheet.write("Référence;Civilité;Nom;Prénom;Organisme;Catégorie;Rencontres;Jours;Repas\n")
        for i, reference in enumerate(group):
            sheet.write(f"{reference};Mme;Kervella{'abcdefghi'[i]};Anne;Ville de Brest;expert;")
            sheet.write("oui;26,27;oui\n")
    accueil(replica.db, "import", path, "--yes")
    tickets = WORK / "delegation-tickets.csv"
    accueil(replica.db, "ticket", "issue", "--csv", str(tickets))
    replica.codes.update(codes_of(tickets))
    return group


def work_at_desk(kiosk, people):
    """What a volunteer does most, as she would; how many touches each takes."""
    robot, replica = Robot(kiosk), kiosk.replica
    if kiosk.find("Terminé", "button"):
        robot.touch("Terminé")
        robot.touches = 0
    robot.scan(replica.worn)
    for digit in replica.worn_pin:
        robot.touch(digit)
    robot.done("open the desk by badge and PIN, the first time", 6, "Rechercher")
    robot.touch("Quitter le bureau")
    robot.touches = 0
    robot.scan(replica.worn)
    robot.done("open the desk by badge", 1, "Rechercher")
    lost, misspelt = next(people), next(people)
    robot.scan(replica.codes[lost])
    robot.touch("Faire entrer et imprimer")
    robot.done("let somebody in, her code shown", 4, "N° 1")
    robot.touch("Réimprimer le badge")
    robot.touch("Perdu · 遗失")
    robot.touches += 1  # her code, as above: the page is hers already
    robot.done("print a badge again", 4, "N° 2")
    robot.scan(replica.codes[misspelt])
    robot.touch("Faire entrer et imprimer")
    kiosk.wait("N° 1")
    robot.touches = 1  # her code
    robot.touch("Corriger")
    robot.field("Prénom")
    robot.type("ie")
    robot.touch("Enregistrer et réimprimer")
    robot.done("correct a name by two letters", 7, "N° 2")
    robot.touch("Rechercher")
    robot.touch("Inscription sur place")
    robot.field("Nom de famille")
    robot.type("morel")
    robot.field("Prénom")
    robot.type("zoe")
    robot.touch("Civilité")
    robot.touch("Mme · 女士")
    robot.touch("Catégorie")
    robot.touch("entreprise · 企业代表")
    robot.touch("Rencontres")
    robot.touch("Voir le badge")
    robot.touch("Inscrire, faire entrer, imprimer")
    robot.done("register somebody new (Zoe Morel), let her in and print", 18, "N° 1", "MOREL")
    robot.scan(replica.codes[replica.group[0]])
    robot.touch("Délégation")
    robot.touch("Faire entrer 9 personnes")
    robot.done("let in and print a delegation of nine", 6, "9 / 9")
    handed = facts(replica, "handover")
    expect({subject for subject, _ in handed} == set(replica.group), handed)
    return robot.times


def turn_pages(kiosk, people):
    """Seconds from a touch to its painted page, through all pages of the desk."""
    robot = Robot(kiosk)
    # What is said of the badges that come out meanwhile is other news.
    robot.eye.rest()
    for way in ("Retour", "Rechercher"):
        if kiosk.find(way, "button"):
            robot.touch(way)
    for _ in range(ROUNDS):
        robot.type("ou")
        with open(kiosk.fifo, "w", encoding="utf-8") as fifo:
            fifo.write(kiosk.replica.codes[next(people)] + "\n")
        kiosk.wait("Badges", "Passages")
        for page in ("Corriger", "Droits", "Délégation", "Note"):
            robot.touch(page)
            robot.touch("Retour")
        robot.touch("Rechercher")
        robot.touch("Poste")
        robot.touch("Rechercher")
        robot.touch("Inscription sur place")
        robot.touch("Retour")
    return robot.times


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    replica = Roster(sys.argv[1] if len(sys.argv) > 1 else None)
    kit.kiosk.DISPLAY = kit.kiosk.Display()
    eye = Eye(kit.kiosk.DISPLAY.name, NAME)
    people = iter(replica.waiting)
    agent = subprocess.Popen(
        [ACCUEIL, "agent", "--db", replica.db, "--printer", "none"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        starts = [start(replica, eye, next(people)) for _ in range(STARTS)]
        with Kiosk(replica, *SIZE) as kiosk:
            times = [scan(kiosk, eye, next(people)) for _ in range(SCANS)]
            memory = resident_mb(kiosk.process.pid)
            enter(kiosk)
            typed = search(kiosk)
            memory = max(memory, resident_mb(kiosk.process.pid))
        replica.group = delegation(replica)
        with Kiosk(replica, *SIZE) as kiosk:
            touched = work_at_desk(kiosk, people) + turn_pages(kiosk, people)
            memory = max(memory, resident_mb(kiosk.process.pid))
    finally:
        agent.send_signal(signal.SIGTERM)
        agent.wait()
    delegates = len(replica.codes)
    row(
        f"kiosk, scan line to painted verdict at {delegates}, median",
        share(times, 0.5) * 1000,
        "ms",
        50,
    )
    row("  p99", share(times, 0.99) * 1000, "ms", 50)
    row("kiosk, start to first scan answered, median", share(starts, 0.5), "s", 1.5)
    row("  slowest", max(starts), "s", 1.5)
    row(
        f"kiosk, typed to painted results at {delegates}, median",
        share(typed, 0.5) * 1000,
        "ms",
        50,
    )
    row("  p99", share(typed, 0.99) * 1000, "ms", 50)
    row(
        f"kiosk, touch to painted page at {delegates}, median",
        share(touched, 0.5) * 1000,
        "ms",
        100,
    )
    row("  p99", share(touched, 0.99) * 1000, "ms", 100)
    row(f"kiosk, resident at {delegates}", memory, "MB", 180)


if __name__ == "__main__":
    main()
