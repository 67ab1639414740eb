#!/usr/bin/env python3
"""The manual pages: one for every command and program, in English and French, that says what
--help says. Prints TAP."""
import os
import re
import subprocess
import sys
import tempfile

BUILD = os.environ.get("BUILD", "build/debug")


def make(folder):
    subprocess.run(
        [sys.executable, "assets/man/pages.py", "--programs", BUILD, "--version", "9.9"]
        + ["--output", folder],
        check=True,
    )


def read(folder, *name):
    with open(os.path.join(folder, *name), encoding="utf-8") as file:
        return file.read()


def plain(page):
    return re.sub(r"\\\\&", "", page.replace("\\-", "-"))


def commands():
    text = subprocess.run(
        [os.path.join(BUILD, "accueil"), "--help"],
        capture_output=True,
        text=True,
        env=dict(os.environ, LC_ALL="C"),
        check=True,
    ).stdout
    return re.findall(r"^  ((?!accueil-)[a-z-]+(?: [a-z]+)?)  ", text, re.M)


def options_of(command):
    text = subprocess.run(
        [os.path.join(BUILD, "accueil"), *command.split(), "--help"],
        capture_output=True,
        text=True,
        env=dict(os.environ, LC_ALL="C"),
        check=True,
    ).stdout
    return re.findall(r"^  (?:-\w, )?(--[a-z-]+)", text, re.M)


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        make(folder)
        names = commands()
        wanted = {"accueil-%s.1" % n.replace(" ", "-") for n in names}
        wanted |= {"accueil.1", "accueil-hub.1", "accueil-kiosk.1"}
        for place in (["man1"], ["fr", "man1"]):
            there = set(os.listdir(os.path.join(folder, *place)))
            results.append(("/".join(place) + " has every page and no other", wanted ^ there))
        missing = []
        for name in names:
            page = plain(read(folder, "man1", "accueil-%s.1" % name.replace(" ", "-")))
            missing += ["%s %s" % (name, o) for o in options_of(name) if o not in page]
        results.append(("every option of every command is in its page", missing))
        results.append(("at least 35 commands were looked at", [] if len(names) >= 35 else names))
        faults = []
        for name in sorted(wanted):
            english, french = read(folder, "man1", name), read(folder, "fr", "man1", name)
            if ".SH NAME" not in english or ".SH NOM" not in french or "accueil 9.9" not in english:
                faults.append(name + " has no name or version")
            if english.split(".SH")[3:4] == french.split(".SH")[3:4]:
                faults.append(name + " is not translated")
        results.append(("French pages are French", faults))
    print("1..%d" % len(results))
    for number, (what, faults) in enumerate(results, 1):
        print("%sok %d %s" % ("not " if faults else "", number, what))
        for fault in sorted(faults):
            print("# " + str(fault))
    return any(f for _, f in results)


sys.exit(main())
