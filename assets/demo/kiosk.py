#!/usr/bin/env python3
"""The kiosk in a window, for whoever works on it: the demo congress in a replica of its own, the
agent and a virtual badge printer behind it, codes to be scanned through a FIFO. `make kiosk` runs
it; what stands in KIOSK_OPTIONS= goes to the kiosk.

What it makes is in build/kiosk-demo/, new each time. Closing the window ends it all. (The desk's
test sheet finds no printer: the agent's CUPS lives in namespaces of its own.)"""
import os, shutil, signal, subprocess, sys
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
from kit.run import demo_congress, pin_of  # noqa: E402

BUILD = (TOP / os.environ.get("BUILD", "build/debug")).resolve()
OUT = TOP / "build" / "kiosk-demo"
DB, FIFO, TICKETS = OUT / "accueil.db", OUT / "codes", OUT / "tickets"
ENVIRONMENT = dict(
    os.environ,
    ACCUEIL_DB=str(DB),
    ACCUEIL_NOW=os.environ.get("ACCUEIL_NOW", "2016-10-26T09:12:00+08:00"),
)


def say(text=""):
    print("  " + text if text else "", flush=True)


def accueil(*arguments):
    done = subprocess.run(
        [BUILD / "accueil", *map(str, arguments)], env=ENVIRONMENT, capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit("accueil %s:\n%s%s" % (" ".join(map(str, arguments)), done.stdout, done.stderr))
    return done.stdout


def prepare():
    """The replica, a file for each ticket; answers the volunteer's PIN."""
    shutil.rmtree(OUT, ignore_errors=True)
    TICKETS.mkdir(parents=True)
    for reference, code in demo_congress(accueil, OUT, "kiosk").items():
        (TICKETS / reference).write_text(code + "\n", encoding="utf-8")
    (OUT / "station.ini").write_text(
        "[printing]\nprinters = badge\n\n[reader terminal]\nkind = lines\npath = %s\n" % FIFO,
        encoding="utf-8",
    )
    return pin_of(accueil("volunteer", "add", "Li Na"))


def explain(pin):
    short = OUT.relative_to(TOP)
    say()
    say("Scanner un billet · 扫描参会凭证：    cat %s/tickets/CN-0063 > %s/codes" % (short, short))
    say("Un code inconnu · 无效二维码：    echo BONJOUR > %s/codes" % short)
    say(
        "Plus de papier · 打印机缺纸：         echo media-empty-error > %s/printer/badge.control/fault "
        "   (rm …/fault)" % short
    )
    say("Li Na, bénévole, au bureau d’accueil · 志愿者密码：    %s" % pin)
    say("Badges imprimés · 打印出的胸卡：      %s/printer/badge/" % short)
    say()


def main():
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        sys.exit(
            "make kiosk opens a window and there is no display ($DISPLAY, $WAYLAND_DISPLAY): run "
            "it in a desktop's terminal, or behind `xvfb-run`. On a venue machine "
            "systemd/accueil-kiosk.service starts the kiosk under cage."
        )
    pin = prepare()
    log = open(OUT / "agent.log", "wb")
    agent = subprocess.Popen(
        [
            sys.executable,
            TOP / "tests/kit/venue.py",
            "run",
            OUT / "printer",
            "--printer",
            "badge",
            "--",
            BUILD / "accueil",
            "agent",
            "--printer",
            "badge",
        ],
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    explain(pin)
    try:
        size = [] if "--window" in sys.argv else ["--window", "540x960"]
        return subprocess.run(
            [
                BUILD / "accueil-kiosk",
                "--checkpoint",
                "entree-est",
                "--settings",
                OUT / "station.ini",
                *size,
                *sys.argv[1:],
            ],
            env=ENVIRONMENT,
        ).returncode
    except KeyboardInterrupt:
        return 0
    finally:
        agent.send_signal(signal.SIGTERM)
        agent.wait()


if __name__ == "__main__":
    sys.exit(main())
