#!/usr/bin/env python3
"""make install DESTDIR=… puts in place all that the programs look for, and they run from there. TAP."""
import os, subprocess, sys, tempfile
from pathlib import Path

BUILD = os.environ.get("BUILD", "build/debug")
MODE = os.path.basename(BUILD)
EXPECTED = ["usr/bin/accueil", "usr/bin/accueil-hub", "usr/share/accueil/badge/a6-portrait.svg", "usr/share/accueil/fonts/fonts.conf", "usr/share/accueil/demo/congress.ini",
            "usr/share/locale/fr/LC_MESSAGES/accueil.mo", "usr/share/locale/zh_CN/LC_MESSAGES/accueil.mo", "lib/systemd/system/accueil-agent.service",
            "lib/systemd/system/accueil-hub.service", "usr/lib/sysusers.d/accueil.conf", "usr/lib/tmpfiles.d/accueil.conf",
            "usr/lib/udev/rules.d/60-accueil-scanners.rules"]
results = []


def check(good, what, detail=""):
    results.append(good)
    print("%sok %d %s" % ("" if good else "not ", len(results), what))
    if not good:
        print("".join("# %s\n" % l for l in detail.splitlines()), end="")


with tempfile.TemporaryDirectory() as folder:
    installed = subprocess.run(["make", "--no-print-directory", "install", "MODE=" + MODE, "DESTDIR=" + folder, "PREFIX=/usr"], capture_output=True, text=True)
    check(installed.returncode == 0, "make install succeeds", installed.stdout + installed.stderr)
    for name in EXPECTED:
        check((Path(folder) / name).is_file(), "installs " + name)
    version = subprocess.run([Path(folder) / "usr/bin/accueil", "--version"], capture_output=True, text=True)
    check(version.returncode == 0 and "accueil" in version.stdout, "runs from there", version.stderr)
    db = Path(folder) / "a.db"
    env = dict(os.environ, ACCUEIL_DB=str(db), ACCUEIL_ASSETS=str(Path(folder) / "usr/share/accueil"), LC_ALL="fr_FR.UTF-8")
    subprocess.run([Path(folder) / "usr/bin/accueil", "init", "--station", "a"], env=env, check=True, capture_output=True)
    helped = subprocess.run([Path(folder) / "usr/bin/accueil", "init", "--help"], env=env, capture_output=True, text=True)
    check("Usage :" in helped.stdout or "Utilisation" in helped.stdout, "speaks French from there", helped.stdout)
print("1..%d" % len(results))
sys.exit(0 if all(results) else 1)
