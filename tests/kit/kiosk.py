"""For the tests of the kiosk: a private display, session bus and accessibility bus, a replica of
the demo congress, the real accueil-kiosk in them, driven as a person with assistive technology
would drive it
(AT-SPI), by codes in its reader, and looked at by screenshots.

Needs Debian's python3-gi, gir1.2-atspi-2.0, at-spi2-core, dbus, xvfb and python3-pil; another
Python in PATH hands over to Debian's."""
import os
import sys

try:
    import gi
    from gi.repository import GLib
    from PIL import Image, ImageChops, ImageGrab
except ImportError:
    if sys.executable != "/usr/bin/python3":
        os.execv("/usr/bin/python3", ["/usr/bin/python3"] + sys.argv)
    raise

import atexit
import contextlib
import ctypes
import json
import re
import shutil
import signal
import subprocess
import tempfile
import time

from . import accessible, run
from .run import KIOSK, MODE, MORNING, demo_congress, pin_of
from .tap import expect, new_folder
from .wait import LIMIT_S, ended
from .wait import wait_for as wait_until

BUILD, ASSETS = str(run.BUILD), str(run.ASSETS)
PICTURES = os.path.join(BUILD, "kiosk")  # what the screens looked like in this run
GOLDEN = os.path.abspath("tests/kiosk/golden")
LOOKS_S = 5  # for a picture to become what it should be
TOLERANCE = 24  # of 255, of one colour of one pixel
SIDE_PX = 1920  # of the display, upright and landscape
SHARE = 0.002  # of all pixels, that may differ more

ONE_SCAN_S = 1.1  # longer than DEBOUNCE_WINDOW_US (scan/debounce.h)
READ_LATE_S = 10  # so long a code may be under way to the scanner's reader

NO_SOUND = {
    "ALSA_CONFIG_PATH": "/dev/null",
    "PULSE_SERVER": "unix:/nowhere",
}  # whatever the machine has
# For a kiosk whose end is looked at: what GTK's libraries leave behind is told apart from what is
# ours (tests/lsan.supp) by whole stacks only. They take their time.
WHOLE_STACKS = {"ASAN_OPTIONS": "fast_unwind_on_malloc=0"} if "asan" in MODE else {}

FOLDER = new_folder("kiosk")
os.chmod(FOLDER, 0o755)


def wait_for(condition, what, limit_s=LIMIT_S, progress=None):
    """Until @condition holds. A node that went away with its page while it was asked is no failure:
    the next look finds the page's own. (Of one that is gone, what it was is None.)"""
    return wait_until(condition, what, limit_s, progress, forgive=(GLib.Error, AttributeError))


def environment(**more):
    foreign = run.FOREIGN + ("GTK", "GDK", "DISPLAY", "WAYLAND", "DBUS", "AT_SPI", "SPEECHD")
    return run.environment(foreign=foreign + ("ALSA", "PULSE"), **more)


def accueil(db, *words, now=MORNING, status=0):
    env = environment(LC_ALL="C")
    return run.accueil(*words, "--db", db, now=now, status=status, env=env).out


class Replica:
    """The demo congress on one station, with tickets and a volunteer; copied for each test."""

    ready = None

    def __init__(self, name):
        if Replica.ready is None:
            Replica.ready = self.prepare()
        self.db = os.path.join(FOLDER, name + ".db")
        shutil.copy(Replica.ready["db"], self.db)
        self.codes, self.pin = Replica.ready["codes"], Replica.ready["pin"]

    @staticmethod
    def prepare():
        db = os.path.join(FOLDER, "ready.db")
        codes = demo_congress(lambda *words: accueil(db, *words), FOLDER, "entree-est")
        pin = pin_of(accueil(db, "volunteer", "add", "Li Na"))
        return {"db": db, "codes": codes, "pin": pin}


def keep(image, name):
    """In PICTURES, quickly rather than small."""
    os.makedirs(PICTURES, exist_ok=True)
    image.save(os.path.join(PICTURES, name + ".png"), compress_level=1)


class MonitorInfo(ctypes.Structure):
    """XRRMonitorInfo of <X11/extensions/Xrandr.h>."""

    _fields_ = [
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int),
        ("mheight", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]


class Display:
    """Xvfb and the two buses, once for a test program."""

    def __init__(self):
        self.processes, self.glasses = [], 0
        read, write = os.pipe()
        self.start(
            [
                "Xvfb",
                "-displayfd",
                str(write),
                "-screen",
                "0",
                f"{SIDE_PX}x{SIDE_PX}x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=(write,),
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.name = ":" + pipe.readline().strip()
        expect(self.name != ":", "Xvfb did not start")
        bus = self.start(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            text=True,
            env=environment(DISPLAY=self.name, XDG_RUNTIME_DIR=FOLDER),
        )
        self.bus = bus.stdout.readline().strip()
        os.environ["DBUS_SESSION_BUS_ADDRESS"], os.environ["DISPLAY"] = self.bus, self.name
        os.environ["XDG_RUNTIME_DIR"] = FOLDER
        atexit.register(self.end)
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self.atspi = Atspi
        Atspi.init()
        self.accessible = accessible.Bus(self.bus)
        self.usual_glass()

    def usual_glass(self):
        """A window of 540 × 960 is as large as a screen of 21.5 inches, upright."""
        self.glass(SIDE_PX, SIDE_PX, SIDE_PX * 268 // 540, SIDE_PX * 268 // 540)

    def glass(self, width_px, height_px, width_mm, height_mm):
        """What the display says of its screen from now on; 0 mm is what it says if it does not
        know."""
        x11, xrandr, one = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2"), ctypes.c_int()
        x11.XOpenDisplay.restype, x11.XDefaultRootWindow.restype, x11.XInternAtom.restype = (
            ctypes.c_void_p,
            ctypes.c_ulong,
            ctypes.c_ulong,
        )
        xrandr.XRRGetMonitors.restype = ctypes.POINTER(MonitorInfo)
        display = ctypes.c_void_p(x11.XOpenDisplay(self.name.encode()))
        root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
        monitor = xrandr.XRRGetMonitors(display, root, 0, ctypes.byref(one))[0]  # outputs and all
        if self.glasses:
            xrandr.XRRDeleteMonitor(
                display,
                root,
                ctypes.c_ulong(x11.XInternAtom(display, b"glass%d" % self.glasses, 0)),
            )
        self.glasses += 1
        monitor.name, monitor.automatic = x11.XInternAtom(display, b"glass%d" % self.glasses, 0), 0
        monitor.width, monitor.height, monitor.mwidth, monitor.mheight = (
            width_px,
            height_px,
            width_mm,
            height_mm,
        )
        xrandr.XRRSetMonitor(display, root, ctypes.byref(monitor))
        xrandr.XRRSetScreenSize(
            display, root, SIDE_PX, SIDE_PX, 500 + self.glasses, 500
        )  # which everybody is told
        x11.XSync(display, 0)
        x11.XCloseDisplay(display)

    def start(self, argv, **options):
        process = subprocess.Popen(
            argv,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **options,
        )
        self.processes.append(process)
        return process

    def end(self):
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


DISPLAY = None


def calm(config):
    """Settings of GTK in @config, in which nothing moves."""
    os.makedirs(os.path.join(config, "gtk-4.0"))
    with open(os.path.join(config, "gtk-4.0", "settings.ini"), "w", encoding="utf-8") as out:
        out.write("[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\n")


class Kiosk:
    """The program at work in a window of its own."""

    def __init__(
        self,
        replica,
        width=540,
        height=960,
        checkpoint="entree-est",
        now=MORNING,
        words=(),
        wait=True,
        env=(),
        settings="",
    ):
        global DISPLAY
        DISPLAY = DISPLAY or Display()
        self.replica, self.size, self.window = replica, (width, height), None
        self.read_at = {}  # code → when
        self.folder = tempfile.mkdtemp(prefix="run-", dir=FOLDER)
        self.fifo, self.settings = os.path.join(self.folder, "codes"), os.path.join(
            self.folder, "station.ini"
        )
        with open(self.settings, "w", encoding="utf-8") as out:
            out.write(f"[reader porte]\nkind = lines\npath = {self.fifo}\n{settings}")
        calm(self.folder)
        self.log = open(os.path.join(self.folder, "log"), "w+b")
        self.started = time.monotonic()
        self.argv = [
            KIOSK,
            "--db",
            replica.db,
            *(["--checkpoint", checkpoint] if checkpoint else []),
            "--settings",
            self.settings,
            "--window",
            f"{width}x{height}",
            *words,
        ]
        self.env = environment(
            **dict(
                dict(
                    DISPLAY=DISPLAY.name,
                    DBUS_SESSION_BUS_ADDRESS=DISPLAY.bus,
                    XDG_RUNTIME_DIR=FOLDER,
                    XDG_CONFIG_HOME=self.folder,
                    GSK_RENDERER="cairo",
                    GDK_BACKEND="x11",
                    ACCUEIL_NOW=now,
                    LC_ALL="C",
                    NO_AT_BRIDGE="0",
                    **NO_SOUND,
                ),
                **dict(env),
            )
        )
        self.process = subprocess.Popen(
            self.argv, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=self.env
        )
        if wait:
            self.root = wait_for(
                self.find_root,
                lambda: "the kiosk's window on the accessibility bus\n" + self.said(),
            )

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            with contextlib.suppress(Exception):
                self.picture("failed")
            print("# the kiosk said:\n# " + self.said().replace("\n", "\n# "))
        self.stop()
        expect(
            kind is not None
            or not re.search(r"\b(Gtk|Gdk|Gsk|GLib\S*|Pango)-(WARNING|CRITICAL)", self.said()),
            "what GTK says about the kiosk:",
            self.said(),
        )

    def said(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            return log.read()[-3000:]

    def stop(self, number=signal.SIGTERM, limit_s=LIMIT_S):
        if self.process.poll() is None:
            self.process.send_signal(number)
        return ended(self.process, limit_s)

    # What assistive technology sees

    def find_root(self):
        desktop = DISPLAY.atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            with contextlib.suppress(Exception):
                application = desktop.get_child_at_index(i)
                if (
                    application is not None
                    and application.get_process_id() == self.process.pid
                    and application.get_child_count() > 0
                ):
                    application.set_cache_mask(DISPLAY.atspi.Cache.NONE)
                    return application
        expect(
            self.process.poll() is None,
            f"the kiosk ended with {self.process.returncode}",
            self.said(),
        )
        return None

    def showing(self):
        """All that is showing, depth first: (name, node)."""
        with contextlib.suppress(GLib.Error):
            look = accessible.Look(DISPLAY.accessible, DISPLAY.atspi, self.root)
            for node in look.nodes:
                yield node.name, node

    def nodes(self):
        """The same with roles: (role, name, node)."""
        for name, node in self.showing():
            yield node.get_role_name(), name, node

    def texts(self):
        return [name for name, _node in self.showing() if name]

    def shows(self, *texts):
        seen = "\n".join(self.texts())
        return all(text in seen for text in texts)

    def wait(self, *texts, limit_s=LIMIT_S):
        wait_for(
            lambda: self.shows(*texts),
            lambda: f"{texts} on the screen; there is:\n" + "\n".join(self.texts()),
            limit_s,
        )

    def find(self, text, role=None):
        for name, node in self.showing():
            if text in name and (role is None or role in node.get_role_name()):
                return node
        return None

    def get(self, text, role=None):
        """find(), once it is there: while a page gives way to another, neither is whole."""
        return wait_for(
            lambda: self.find(text, role),
            lambda: f"{role or 'something'} “{text}”; there is:\n"
            + "\n".join(f"{r}: {n}" for r, n, _ in self.nodes()),
        )

    def touch(self, text):
        """Touches the button whose name holds @text."""

        def attempt():
            node = self.find(text, "button")
            return (
                node is not None
                and node.get_state_set().contains(DISPLAY.atspi.StateType.SENSITIVE)
                and node.get_action_iface() is not None
                and node.get_action_iface().do_action(0)
            )

        wait_for(
            attempt,
            lambda: f"a button “{text}”; there is:\n"
            + "\n".join(f"{r}: {n}" for r, n, _ in self.nodes() if n),
        )

    def touch_key(self, letter):
        """Touches the key of the keyboard on the screen that is named exactly so."""

        def attempt():
            for name, node in self.showing():
                if name == letter and "button" in node.get_role_name():
                    return node.get_action_iface().do_action(0)
            return False

        wait_for(attempt, lambda: f"a key “{letter}”; there is:\n" + " ".join(self.texts()))

    def write(self, field, text):
        node = self.get(field, "text")
        expect(
            node.get_editable_text_iface().set_text_contents(text),
            f"“{field}” cannot be written",
        )

    def is_sensitive(self, text):
        """Whether the button whose name holds @text can be touched; FALSE if there is none."""
        node = self.find(text, "button")
        return node is not None and node.get_state_set().contains(DISPLAY.atspi.StateType.SENSITIVE)

    def value(self, field):
        """What is written in a field."""
        text = self.get(field, "text").get_text_iface()
        return text.get_text(0, text.get_character_count())

    # What the reader sees

    def rest_before(self, text):
        """Until @text, if it has been read by now, would be another scan and not the same still."""
        if time.monotonic() - self.read_at.get(text, -READ_LATE_S) < READ_LATE_S:
            time.sleep(ONE_SCAN_S)
        self.read_at[text] = time.monotonic()

    def scan(self, code):
        """A code by reference, or as it is."""
        text = self.replica.codes.get(code, code)
        self.rest_before(text)
        wait_for(lambda: os.path.exists(self.fifo), "the reader's FIFO")
        with open(self.fifo, "w", encoding="utf-8") as fifo:
            fifo.write(text + "\n")

    # What eyes see

    def picture(self, name):
        """The window as it is painted; kept in PICTURES."""
        image = self.painted()
        keep(image, name)
        return image

    def painted(self):
        return ImageGrab.grab(bbox=(0, 0, *self.size), xdisplay=DISPLAY.name).convert("RGB")

    def looks(self, name, share=SHARE, cause=None):
        """The window looks as tests/kiosk/golden/NAME.png; GOLDEN_UPDATE=1 takes what there is.
        Where it does not, the picture is kept, and beside it what differs. @share: of the pixels,
        may differ. @cause: brings a screen that goes by itself within two seconds, so that each
        change is looked at."""
        name = f"{name}-{'portrait' if self.size[0] < self.size[1] else 'landscape'}"
        golden = os.path.join(GOLDEN, name + ".png")
        steady, since, before = [None], [time.monotonic()], [None]
        # A badge's picture may come a moment later.
        calm_s = 2 if os.environ.get("GOLDEN_UPDATE") and not cause else 0
        if cause:
            before[0] = self.painted()
            cause()

        def still():
            image = self.painted()
            same, steady[0] = (
                steady[0] is not None and ImageChops.difference(image, steady[0]).getbbox() is None,
                image,
            )
            since[0] = since[0] if same else time.monotonic()
            return same and time.monotonic() - since[0] >= calm_s

        if not cause or os.environ.get("GOLDEN_UPDATE"):
            wait_for(still, "a picture that no longer changes")
        if os.environ.get("GOLDEN_UPDATE"):
            os.makedirs(GOLDEN, exist_ok=True)
            steady[0].quantize(128, dither=Image.Dither.NONE).save(golden, optimize=True)
            return
        if not os.path.exists(golden):
            self.picture(name)
        expect(
            os.path.exists(golden),
            f"there is no {golden}; look at {PICTURES}/{name}.png, and with GOLDEN_UPDATE=1 it "
            "is taken",
        )

        def matches():
            image = self.painted()
            if cause and ImageChops.difference(image, before[0]).getbbox() is None:
                return False
            before[0] = image
            wanted = Image.open(golden).convert("RGB")
            if wanted.size != image.size:
                keep(image, name)
                return False
            different = (
                ImageChops.difference(image, wanted)
                .convert("L")
                .point(lambda v: 255 if v > TOLERANCE else 0)
            )
            self.share = different.histogram()[255] / (image.width * image.height)
            if self.share > share:
                keep(image, name)
                keep(different, name + "-difference")
            return self.share <= share

        self.share = 1.0
        wait_for(
            matches,
            lambda: f"{name} to look as it should: {self.share:.4f} of its pixels differ, see "
            f"{PICTURES}/{name}-difference.png",
            LOOKS_S,
        )
        for kept in (name, name + "-difference"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(PICTURES, kept + ".png"))


class Screen:
    """The X server seen from outside the kiosk: its window's size and focus."""

    def __init__(self, kiosk):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype, self.x11.XDefaultRootWindow.restype = (
            ctypes.c_void_p,
            ctypes.c_ulong,
        )
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(DISPLAY.name.encode()))
        kiosk.window = self.window = kiosk.window or wait_for(
            lambda: self.find(kiosk.size), f"a window of {kiosk.size}"
        )

    def find(self, size):
        windows, count, one = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint(), ctypes.c_ulong()
        self.x11.XQueryTree(
            self.display,
            ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display)),
            ctypes.byref(one),
            ctypes.byref(one),
            ctypes.byref(windows),
            ctypes.byref(count),
        )
        for i in range(count.value):
            parts = [ctypes.c_uint() for _ in range(6)]
            self.x11.XGetGeometry(
                self.display,
                ctypes.c_ulong(windows[i]),
                ctypes.byref(one),
                *(ctypes.byref(part) for part in parts),
            )
            if (parts[2].value, parts[3].value) == size:
                return ctypes.c_ulong(windows[i])
        return None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.x11.XSync(self.display, 0)
        self.x11.XCloseDisplay(self.display)


def resize(kiosk, width, height):
    """As a screen that is turned: the window gets another size."""

    def has_size():
        box = (
            kiosk.root.get_child_at_index(0)
            .get_component_iface()
            .get_extents(DISPLAY.atspi.CoordType.WINDOW)
        )
        if abs(box.width - width) <= 1 and abs(box.height - height) <= 1:
            return True
        # Again, should GTK have asked for the size that it knew until then.
        with Screen(kiosk) as screen:
            screen.x11.XResizeWindow(screen.display, screen.window, width, height)
        return False

    wait_for(has_size, f"a window of {width} × {height}")
    kiosk.size = (width, height)


def facts(replica, kind):
    """(subject, body) of all facts of a kind, in order."""
    sql = "SELECT subject, body FROM fact WHERE kind = ? ORDER BY number"
    return [(subject, json.loads(body)) for subject, body in run.rows(replica.db, sql, kind)]


def dial(kiosk, digits):
    """Each digit is waited for: a button that is still going down takes no second touch."""
    for count, digit in enumerate(digits[:-1], 1):
        kiosk.touch(digit)
        wait_for(
            lambda: sum(text.count("●") for text in kiosk.texts()) == count,
            lambda: f"{count} digits; there is {kiosk.texts()}",
        )
    kiosk.touch(digits[-1])


def enter_desk(kiosk):
    """From the start, by number and PIN."""
    kiosk.touch("没有二维码")
    kiosk.touch("接待处")
    kiosk.wait("请扫描您的胸卡")
    dial(kiosk, kiosk.replica.pin)
    kiosk.wait("Li Na")
