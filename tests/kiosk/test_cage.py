#!/usr/bin/python3
"""The kiosk as a venue machine runs it: full screen under cage, headless here, as an ordinary user,
with the unit's environment; looked at by grim. Its watchdog, and what happens when it is killed.
TAP."""
import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.kiosk import ASSETS, FOLDER, PICTURES, Replica, environment, wait_for
from kit.run import KIOSK, MORNING
from kit.tap import expect, main
from kit.wait import LIMIT_S, LOOK_S, Patience, ended
from PIL import Image, ImageChops  # after the kit, which hands over to the Python that has it

UNIT = "systemd/accueil-kiosk.service"
# As assets/kiosk/style.css has it: the paper, and how far from it a pixel may be.
PAPER, NEAR = (0xF6, 0xF4, 0xEF), 12
WATCHDOG_MS = 1000


def ordinary_user():
    """Whom to become; None if this is an ordinary user already."""
    return None if os.geteuid() else pwd.getpwnam("nobody")


def program(user):
    """The kiosk where @user reaches it with its assets and words: a copy if this is a clone of
    root's own."""
    if (
        user is None
        or subprocess.run(
            ["test", "-x", KIOSK], user=user.pw_uid, group=user.pw_gid, extra_groups=[]
        ).returncode
        == 0
    ):
        return KIOSK
    place = os.path.join(FOLDER, "tree")
    copy = os.path.join(place, "build", "copy", "accueil-kiosk")
    if not os.path.exists(copy):
        os.makedirs(os.path.dirname(copy))
        for folder in (ASSETS, os.path.join(os.path.dirname(ASSETS), "fonts")):
            shutil.copytree(folder, os.path.join(place, os.path.basename(folder)))
        shutil.copytree(
            os.path.join(os.path.dirname(KIOSK), "locale"),
            os.path.join(os.path.dirname(copy), "locale"),
        )
        shutil.copy(KIOSK, copy)
    return copy


def unit_environment():
    """What the unit sets, but for paths of a venue machine, the seat and the screen."""
    with open(UNIT, encoding="utf-8") as unit:
        pairs = [
            pair.split("=", 1)
            for line in unit
            if line.startswith("Environment=")
            for pair in line.strip()[len("Environment=") :].split()
        ]
    return {
        name: value
        for name, value in pairs
        if name not in ("ACCUEIL_DB", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "LIBSEAT_BACKEND")
    }


class Cage:
    """cage with the kiosk in it, on a screen that exists in memory only (1280 × 720, as wlroots
    makes it)."""

    def __init__(self, name, away=False):
        self.replica = Replica(name)
        self.folder = tempfile.mkdtemp(prefix="cage-", dir=FOLDER)
        self.runtime, home = os.path.join(self.folder, "run"), os.path.join(self.folder, "home")
        self.fifo, settings = os.path.join(self.folder, "codes"), os.path.join(
            self.folder, "station.ini"
        )
        os.mkdir(self.runtime, 0o700)
        os.mkdir(home, 0o700)
        with open(settings, "w", encoding="utf-8") as out:
            out.write(f"[reader porte]\nkind = lines\npath = {self.fifo}\n")
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(os.path.join(self.folder, "notify"))
        shutil.move(self.replica.db, os.path.join(self.folder, "accueil.db"))
        self.replica.db = os.path.join(self.folder, "accueil.db")
        self.user = ordinary_user()
        if self.user:
            for path in (
                self.folder,
                self.runtime,
                home,
                settings,
                self.replica.db,
                os.path.join(self.folder, "notify"),
            ):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        if away:
            os.rename(self.replica.db, self.replica.db + ".away")
        self.log = open(os.path.join(self.folder, "log"), "w+b")
        # $WATCHDOG_PID is the main process, cage, as systemd sets it: the kiosk's is another.
        self.env = environment(
            **unit_environment(),
            WLR_BACKENDS="headless",
            XDG_RUNTIME_DIR=self.runtime,
            HOME=home,
            XDG_CACHE_HOME=home,
            ACCUEIL_NOW=MORNING,
            LC_ALL="C",
            NO_AT_BRIDGE="1",
            NOTIFY_SOCKET=os.path.join(self.folder, "notify"),
            WATCHDOG_USEC=str(WATCHDOG_MS * 1000),
            WATCHDOG_PID="1",
        )
        self.process = subprocess.Popen(
            [
                "cage",
                "-d",
                "--",
                program(self.user),
                "--db",
                self.replica.db,
                "--checkpoint",
                "entree-est",
                "--settings",
                settings,
            ],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
            **self.identity(),
        )

    def identity(self):
        return (
            {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
            if self.user
            else {}
        )

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.notify.close()
        if kind is not None:
            with open(self.log.name, encoding="utf-8", errors="replace") as log:
                print("# cage said:\n# " + log.read()[-3000:].replace("\n", "\n# "))

    def kiosk(self):
        """The kiosk's process id; None before and after its life."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-x", "accueil-kiosk"],
            capture_output=True,
            text=True,
        ).stdout.split()
        return int(found[0]) if found else None

    def display(self):
        return next(
            (
                name
                for name in sorted(os.listdir(self.runtime))
                if re.fullmatch(r"wayland-\d+", name)
            ),
            None,
        )

    def heard(self, idle_s=LIMIT_S):
        """The next message to the service manager; None if there is none in that time."""
        self.notify.settimeout(LOOK_S)
        patience = Patience(idle_s)
        while not patience.over():
            with contextlib.suppress(TimeoutError):
                return self.notify.recv(4096).decode()
        return None

    def wait_ready(self):
        message = self.heard()
        expect(
            message is not None and "READY=1" in message.split(),
            f"the first message is {message!r}",
        )

    def stop_reading(self):
        """From here on the manager has more to read than it can keep."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
            other.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    other.sendto(b"STATUS=", self.notify.getsockname())

    def picture(self, name):
        """What is on the screen; None as long as there is none."""
        path = os.path.join(self.folder, name + ".png")
        done = subprocess.run(
            ["grim", path],
            env=dict(self.env, WAYLAND_DISPLAY=self.display() or "wayland-0"),
            capture_output=True,
            **self.identity(),
        )
        if done.returncode != 0:
            return None
        os.makedirs(PICTURES, exist_ok=True)
        shutil.copy(path, os.path.join(PICTURES, f"cage-{name}.png"))
        return Image.open(path).convert("RGB")

    def scan(self, text):
        wait_for(lambda: os.path.exists(self.fifo), "the reader's FIFO")
        with open(self.fifo, "w", encoding="utf-8") as fifo:
            fifo.write(self.replica.codes.get(text, text) + "\n")

    def passages(self):
        with sqlite3.connect(f"file:{self.replica.db}?mode=ro", uri=True) as db:
            return [
                row[0]
                for row in db.execute(
                    "SELECT subject FROM fact WHERE kind = 'passage' ORDER BY number"
                )
            ]


def paper(image):
    """How much of the picture has the colour of paper, of 1."""
    off = (
        ImageChops.difference(image, Image.new("RGB", image.size, PAPER))
        .point(lambda v: 255 if v > NEAR else 0)
        .split()
    )
    far = ImageChops.lighter(ImageChops.lighter(off[0], off[1]), off[2])
    return far.histogram()[0] / (image.width * image.height)


def changed(one, other):
    return sum(
        ImageChops.difference(one, other)
        .convert("L")
        .point(lambda v: 255 if v > 40 else 0)
        .histogram()[255:]
    ) / (one.width * one.height)


def screen_and_scan():
    with Cage("cage") as cage:
        cage.wait_ready()
        # Not the folder's owner: that is root's, for a program that cannot be looked into.
        with open(f"/proc/{cage.kiosk()}/status", encoding="utf-8") as status:
            who = int(re.search(r"^Uid:\s*(\d+)", status.read(), re.M)[1])
        expect(who != 0, "the kiosk runs as root")
        first = []

        def drawn():
            first[:] = [cage.picture("attract")]
            return first[0] is not None and paper(first[0]) > 0.5

        wait_for(drawn, lambda: f"a screen of paper: {first and first[0] and paper(first[0])}")
        expect(first[0].size == (1280, 720), f"the screen's size is {first[0].size}")
        # Words, rule and touches: ink enough to be a page, and no frame of a window around it.
        expect(paper(first[0]) < 0.98, "nothing is written on it")
        for corner in ((2, 2), (1277, 2), (2, 717), (1277, 717)):
            expect(
                max(abs(a - b) for a, b in zip(first[0].getpixel(corner), PAPER)) <= NEAR,
                f"no paper at {corner}: {first[0].getpixel(corner)}",
            )
        # A manager that does not read must not hold up the screen.
        cage.stop_reading()
        cage.scan("CN-0063")
        wait_for(lambda: cage.passages() == ["CN-0063"], lambda: f"her passage: {cage.passages()}")
        # The name is large: much more of the page changes than a clock or an animation would.
        wait_for(
            lambda: (image := cage.picture("welcome")) is not None
            and changed(first[0], image) > 0.04,
            "another screen",
        )
        expect(paper(cage.picture("welcome")) > 0.4, "the answer's screen is no paper")


def watchdog():
    with Cage("watchdog") as cage:
        cage.wait_ready()
        for _ in range(4):
            expect(
                cage.heard(WATCHDOG_MS / 1000) == "WATCHDOG=1",
                "no sign of life in the time allowed",
            )
        kiosk = cage.kiosk()
        os.kill(kiosk, signal.SIGSTOP)
        wait_for(lambda: cage.heard(WATCHDOG_MS / 1000) is None, "silence from a screen that hangs")
        os.kill(kiosk, signal.SIGCONT)
        expect(cage.heard() == "WATCHDOG=1", "no sign of life from a screen that goes on")
        os.kill(kiosk, signal.SIGTERM)
        wait_for(lambda: cage.heard() == "STOPPING=1", "word of an orderly end")
        ended(cage.process)


def not_to_be_started():
    """The screen that says why the kiosk cannot start is alive to its manager, which would take it
    away otherwise; it has a minute between two signs until the kiosk runs."""
    with Cage("away", away=True) as cage:
        cage.wait_ready()
        expect(cage.heard() == "WATCHDOG_USEC=60000000")
        expect(cage.heard() == "WATCHDOG=1", "no sign of life from the screen that waits")
        os.rename(cage.replica.db + ".away", cage.replica.db)
        usual = f"WATCHDOG_USEC={WATCHDOG_MS * 1000}"
        wait_for(lambda: cage.heard() == usual, "the usual time between two signs")
        cage.scan("FR-0004")
        wait_for(lambda: cage.passages() == ["FR-0004"], "the passage")


def killed():
    with Cage("killed") as cage:
        cage.wait_ready()
        cage.scan("FR-0004")
        wait_for(lambda: cage.passages() == ["FR-0004"], "the passage")
        os.kill(cage.kiosk(), signal.SIGKILL)
        # The unit's main process ends, so the unit starts it again.
        ended(cage.process)
        expect(cage.kiosk() is None)
    with open(UNIT, encoding="utf-8") as unit:
        lines = unit.read().splitlines()
    expect(
        "Restart=always" in lines
        and any(line.startswith("ExecStart=cage -d -- accueil-kiosk") for line in lines),
        "the unit would not start it again",
    )


if __name__ == "__main__":
    main((screen_and_scan, watchdog, not_to_be_started, killed))
