#!/usr/bin/python3
"""Names that fit nowhere, on the kiosk's screens of four sizes: nothing is pushed off, nothing is
taken for markup, and any critical message of GTK ends the program, and so the test. TAP."""
import csv
import os
import shutil
import sys

os.environ["G_DEBUG"] = "fatal-criticals"

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import kit.kiosk
from kit.kiosk import Kiosk, Replica, accueil, enter_desk, facts, wait_for
from kit.run import codes_of
from kit.tap import expect, main

NAMES = {
    "X-LONG": {
        "Nom": "Wolfeschlegelsteinhausenbergerdorff" * 4,
        "Prénom": "Anne-Marie-Bénédicte " * 9,
        "Organisme": "Syndicatmixteintercommunalpourlamenagement" * 4,
    },
    "X-RTL": {"Nom": "\u202eאברהם", "Prénom": "محمد عبد الرحمن", "Organisme": "בית \u202e ספר"},
    "X-EMOJI": {"Nom": "👩‍👩‍👧‍👦🏳️‍🌈", "Prénom": "Zoë 🎉", "Organisme": "🏢"},
    "X-MARKS": {"Nom": "Z" + "\u0301" * 80, "Prénom": "o" + "\u0327" * 50, "Organisme": "x"},
    "X-MARKUP": {
        "Nom": "& fils",
        "Prénom": "Jo",
        "Organisme": "${HOME} '; DROP TABLE fact; --",
    },
    "X-ALONE": {"Nom": "M", "Prénom": "", "Organisme": ""},
}


def ready():
    """A replica with the people, and their codes."""
    replica = Replica("names")
    for reference, fields in NAMES.items():
        with open(f"{replica.db}-{reference}.csv", "w", encoding="utf-8", newline="") as sheet:
            out = csv.writer(sheet, delimiter=";")
            out.writerow(
                [
                    "Référence",
                    *fields,
                    "Catégorie",
                    "Rencontres",
                    "Jours",
                    "Repas",
                    "Transport",
                    "Casque",
                ]
            )
            out.writerow(
                [
                    reference,
                    *fields.values(),
                    "universitaire",
                    "oui",
                    "26,27,28",
                    "oui",
                    "oui",
                    "oui",
                ]
            )
        accueil(replica.db, "import", sheet.name, "--yes")
    # What no list may say, a person may have typed.
    words = ("--family", "<b>& fils</b>", "--given", "%s%n", "--volunteer", "Ana")
    accueil(replica.db, "correct", "X-MARKUP", *words)
    tickets = replica.db + "-tickets.csv"
    accueil(replica.db, "ticket", "issue", "--csv", tickets)
    replica.codes = codes_of(tickets)
    return replica


def at(replica, size):
    """Nobody's name makes the window wider than the screen or pushes a touch off it."""

    def test():
        copy = Replica("names-%dx%d" % size)
        shutil.copy(replica.db, copy.db)
        copy.codes = replica.codes
        with Kiosk(copy, *size) as kiosk:
            for reference in NAMES:
                kiosk.scan(reference)
                wait_for(
                    lambda: any(subject == reference for subject, _ in facts(copy, "badge-issued")),
                    "the badge of " + reference,
                )
                kiosk.wait("Terminé", "Votre badge va être imprimé")
                assert_inside(
                    kiosk, reference, "Terminé", "Votre badge va être imprimé", "第五届中法地方政府合作论坛"
                )
            kiosk.touch("Terminé")
            enter_desk(kiosk)
            for reference in NAMES:
                kiosk.write("Rechercher", reference)
                kiosk.touch(reference)
                kiosk.wait("Passages", "Réimprimer le badge")
                assert_inside(kiosk, reference, "Réimprimer le badge", "Quitter le bureau")
                kiosk.touch("Corriger")
                kiosk.wait("更正胸卡")
                assert_inside(kiosk, reference, "保存并重新打印")
                kiosk.touch("返回")
                kiosk.touch("查找")
            expect("Gtk-" not in kiosk.said(), kiosk.said())

    test.__name__ = "names_on_%d_x_%d" % size
    return test


def assert_inside(kiosk, whose, *texts):
    for text in texts:

        def inside():
            box = (
                kiosk.get(text)
                .get_component_iface()
                .get_extents(kit.kiosk.DISPLAY.atspi.CoordType.WINDOW)
            )
            return (
                box.width > 0
                and box.x >= 0
                and box.y >= 0
                and box.x + box.width <= kiosk.size[0] + 1
                and box.y + box.height <= kiosk.size[1] + 1
            )

        wait_for(
            inside,
            lambda: f"{whose}: “{text}” to be on the screen of {kiosk.size}",
            kit.kiosk.LOOKS_S,
        )


if __name__ == "__main__":
    people = ready()
    main([at(people, size) for size in ((540, 960), (960, 540), (480, 800), (800, 480))])
