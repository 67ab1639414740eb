#!/usr/bin/env python3
"""make install-kiosk DESTDIR=… (all of make install, and a screen's own) puts in place all that the
programs look for, they run from there, and systemd takes the units. TAP."""
import os, re, subprocess, sys, tempfile
from pathlib import Path

BUILD = os.environ.get("BUILD", "build/debug")
MODE = os.path.basename(BUILD)
EXPECTED = [
    "usr/bin/accueil",
    "usr/bin/accueil-hub",
    "usr/bin/accueil-kiosk",
    "usr/share/accueil/kiosk/style.css",
    "usr/share/accueil/kiosk/sounds/yes.wav",
    "usr/share/accueil/badge/a6-portrait.svg",
    "usr/share/accueil/fonts/fonts.conf",
    "usr/share/accueil/demo/congress.ini",
    "usr/share/locale/fr/LC_MESSAGES/accueil.mo",
    "usr/share/locale/zh_CN/LC_MESSAGES/accueil.mo",
    "lib/systemd/system/accueil-agent.service",
    "lib/systemd/system/accueil-hub.service",
    "lib/systemd/system/accueil-backup.service",
    "lib/systemd/system/accueil-backup.timer",
    "lib/systemd/system/accueil-verify.service",
    "lib/systemd/system/accueil-verify.timer",
    "lib/systemd/system/accueil-volume.service",
    "usr/lib/sysusers.d/accueil.conf",
    "usr/lib/tmpfiles.d/accueil.conf",
    "lib/systemd/system/accueil-kiosk.service",
    "usr/lib/systemd/logind.conf.d/60-accueil-kiosk.conf",
    "usr/lib/sysctl.d/60-accueil-kiosk.conf",
    "usr/lib/udev/rules.d/60-accueil-scanners.rules",
]
# `systemd-analyze security`: how much a unit could do if it were taken over, of 10. The screen
# needs devices and its group's; who opens the volume is root, before there is anything else; a
# server of the log is PostgreSQL's own.
UNITS = {
    "accueil-agent": 2.0,
    "accueil-hub": 2.0,
    "accueil-backup": 2.0,
    "accueil-kiosk": 2.0,
    "accueil-verify": 2.0,
    "accueil-volume": 3.1,
    "accueil-log@": 3.4,
}
results = []


def check(good, what, detail=""):
    results.append(good)
    print("%sok %d %s" % ("" if good else "not ", len(results), what))
    if not good:
        print("".join("# %s\n" % l for l in detail.splitlines()), end="")


with tempfile.TemporaryDirectory() as folder:
    # A build of its own: another PREFIX makes the programs anew, which other tests are running.
    build = Path(folder) / "build"
    build.mkdir()
    for part in ("obj", "lib", "gen", "locale"):
        subprocess.run(["cp", "-a", Path(BUILD) / part, build], check=True)
    installed = subprocess.run(
        [
            "make",
            "--no-print-directory",
            "install-kiosk",
            "MODE=" + MODE,
            "BUILD=%s" % build,
            "DESTDIR=" + folder,
            "PREFIX=/usr",
        ],
        capture_output=True,
        text=True,
    )
    check(installed.returncode == 0, "make install succeeds", installed.stdout + installed.stderr)
    for name in EXPECTED:
        check((Path(folder) / name).is_file(), "installs " + name)
    version = subprocess.run(
        [Path(folder) / "usr/bin/accueil", "--version"], capture_output=True, text=True
    )
    check(
        version.returncode == 0 and "accueil" in version.stdout, "runs from there", version.stderr
    )
    db = Path(folder) / "a.db"
    env = dict(
        os.environ,
        ACCUEIL_DB=str(db),
        ACCUEIL_ASSETS=str(Path(folder) / "usr/share/accueil"),
        LC_ALL="fr_FR.UTF-8",
    )
    subprocess.run(
        [Path(folder) / "usr/bin/accueil", "init", "--station", "a"],
        env=env,
        check=True,
        capture_output=True,
    )
    helped = subprocess.run(
        [Path(folder) / "usr/bin/accueil", "init", "--help"],
        env=env,
        capture_output=True,
        text=True,
    )
    check(
        "Usage :" in helped.stdout or "Utilisation" in helped.stdout,
        "speaks French from there",
        helped.stdout,
    )
    # Not installed: its administrator puts it where PostgreSQL is (src/howto.md).
    subprocess.run(
        ["cp", "systemd/postgres/accueil-log@.service", Path(folder) / "lib/systemd/system"],
        check=True,
    )
    for unit, exposure_max in UNITS.items():
        path = Path(folder) / "lib/systemd/system" / (unit + ".service")
        lines = path.read_text().splitlines()
        check(
            {"LimitCORE=0", "MemorySwapMax=0"} <= set(lines) or unit == "accueil-log@",
            "%s leaves its memory in no dump and no swap" % unit,
            path.read_text(),
        )
        # systemd looks for programs in its own PATH, which does not lead into @folder.
        path.write_text(
            re.sub(
                r"^ExecStart=(accueil[\w-]*)",
                lambda m: "ExecStart=%s/usr/bin/%s" % (folder, m[1]),
                path.read_text(),
                flags=re.M,
            )
        )
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True
        )
        said = "".join(line + "\n" for line in verified.stderr.splitlines() if unit in line)
        check(
            verified.returncode == 0 and not said,
            "systemd takes %s" % unit,
            "status %d\n%s" % (verified.returncode, verified.stderr),
        )
        security = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager", path],
            capture_output=True,
            text=True,
        )
        score = re.search(r"exposure level for \S+ ([\d.]+)", security.stdout)
        check(
            score is not None and float(score[1]) <= exposure_max,
            "%s is closed off (%s)" % (unit, score[1] if score else "?"),
            security.stdout + security.stderr,
        )
print("1..%d" % len(results))
sys.exit(0 if all(results) else 1)
